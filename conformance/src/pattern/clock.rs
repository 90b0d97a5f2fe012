//! Dates and times in a written form: `{{date %d.%m.%Y}}`, `{{now +1h ms}}`.

use std::time::{Duration, SystemTime};

use handfast_codegen::model::Millis;
use jiff::Timestamp;
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::TimeZone;

/// What a text in a form of strftime tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// A day.
    Date,
    /// A time of a day.
    Time,
    /// Both, or a moment.
    DateTime,
}

/// A time around the present one.
#[derive(Debug, Clone, PartialEq)]
pub struct Now {
    /// Whether it is before the present, and by how much it is apart.
    pub shift: (bool, Duration),
    /// How it is written.
    pub form: NowForm,
}

/// How a time is written.
#[derive(Debug, Clone, PartialEq)]
pub enum NowForm {
    /// RFC 3339, with milliseconds.
    Text,
    /// Milliseconds since 1970, a number.
    Millis,
    /// Seconds since 1970, a number.
    Seconds,
    /// In a form of strftime, in UTC.
    Strftime(String),
}

impl Clock {
    /// Whether `text` is what `format`, a form of strftime, writes.
    pub fn reads(self, format: &str, text: &str) -> bool {
        let Ok(broken_down) = BrokenDownTime::parse(format, text) else { return false };
        match self {
            Self::Date => broken_down.to_date().is_ok(),
            Self::Time => broken_down.to_time().is_ok(),
            Self::DateTime => broken_down.to_datetime().is_ok() || broken_down.to_timestamp().is_ok(),
        }
    }
}

/// `format`, if it is a form of strftime.
///
/// # Errors
/// What is wrong with it.
pub fn checked(format: &str) -> Result<String, String> {
    if !format.contains('%') {
        return Err(format!("`{format}` is no form of a date or time"));
    }
    match written(format, Timestamp::UNIX_EPOCH) {
        Ok(_) => Ok(format.to_owned()),
        Err(error) => Err(format!("`{format}` is no form of a date or time: {error}")),
    }
}

/// `at` in `format`, in UTC.
///
/// # Errors
/// The form is wrong.
pub fn written(format: &str, at: Timestamp) -> Result<String, jiff::Error> {
    strtime::format(format, &at.to_zoned(TimeZone::UTC))
}

/// The present time, as RFC 3339 has it.
pub const fn now() -> Now {
    Now { shift: (false, Duration::ZERO), form: NowForm::Text }
}

impl Now {
    /// Reads what stands behind `now`: `+1h`, `-5m ms`, `%H:%M`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (shift, form) = match text.strip_prefix(['+', '-']) {
            None => (Duration::ZERO, text),
            Some(rest) => {
                let (shift, form) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                (shift.parse::<Millis>()?.duration(), form.trim())
            }
        };
        let form = match form {
            "" => NowForm::Text,
            "ms" => NowForm::Millis,
            "s" => NowForm::Seconds,
            format => NowForm::Strftime(checked(format)?),
        };
        Ok(Self { shift: (text.starts_with('-'), shift), form })
    }

    /// The time, where the present one is `now`.
    pub fn at(&self, now: SystemTime) -> Timestamp {
        let (is_before, by) = self.shift;
        let shifted = if is_before { now.checked_sub(by) } else { now.checked_add(by) };
        Timestamp::try_from(shifted.unwrap_or(now)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}
