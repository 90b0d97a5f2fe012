//! `jiff::Timestamp` for `date-time`, `jiff::civil::Date` for `date`.
//!
//! There is nothing for `time`: its offset is part of what it says, and `jiff::civil::Time` has none.

use jiff::Timestamp;
use jiff::civil;

use crate::{Date, DateTime, Decode, InvalidText, Reader, Stop, format};

/// Reads what the format `date-time` accepts, but for what it can't hold: leap seconds, parts of a nanosecond, and what
/// comes after 9999-12-30T22:00:00.999999999Z. The offset and how the text was written are lost.
impl Decode for Timestamp {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        timestamp(&input.string()?).ok_or(Stop)
    }
}

/// Reads what the format `date` accepts.
impl Decode for civil::Date {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        date(&input.string()?).ok_or(Stop)
    }
}

fn timestamp(text: &str) -> Option<Timestamp> {
    // jiff takes a leap second for the one before.
    let is_leap_second = || text.get(17..19) == Some("60");
    if format::date_time(text) && !is_leap_second() { text.parse().ok() } else { None }
}

fn date(text: &str) -> Option<civil::Date> {
    if format::date(text) { text.parse().ok() } else { None }
}

/// Fails for what a `Timestamp` can't hold: see its `Decode`.
impl TryFrom<&DateTime> for Timestamp {
    type Error = InvalidText;
    fn try_from(text: &DateTime) -> Result<Self, InvalidText> {
        let invalid = || InvalidText { format: "jiff::Timestamp", text: text.to_string() };
        timestamp(text).ok_or_else(invalid)
    }
}

/// In UTC. Fails before the year 0, which RFC 3339 can't write.
impl TryFrom<Timestamp> for DateTime {
    type Error = InvalidText;
    fn try_from(timestamp: Timestamp) -> Result<Self, InvalidText> {
        timestamp.to_string().try_into()
    }
}

/// Does not fail: a `civil::Date` holds what a `Date` does.
impl TryFrom<&Date> for civil::Date {
    type Error = InvalidText;
    fn try_from(text: &Date) -> Result<Self, InvalidText> {
        let invalid = || InvalidText { format: "jiff::civil::Date", text: text.to_string() };
        date(text).ok_or_else(invalid)
    }
}

/// Fails before the year 0, which RFC 3339 can't write.
impl TryFrom<civil::Date> for Date {
    type Error = InvalidText;
    fn try_from(date: civil::Date) -> Result<Self, InvalidText> {
        date.to_string().try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_whole;

    fn read<T: Decode>(text: &str) -> Option<T> {
        read_whole(format!("{text:?}").as_bytes()).ok()
    }

    #[test]
    fn date_times() {
        for (text, utc) in [
            ("2025-11-13T09:21:05Z", "2025-11-13T09:21:05Z"),
            ("2025-11-13t09:21:05.5z", "2025-11-13T09:21:05.5Z"),
            ("2025-11-13T09:21:05.123456789+02:00", "2025-11-13T07:21:05.123456789Z"),
            ("2025-11-13T09:21:05-00:00", "2025-11-13T09:21:05Z"),
            ("2025-11-13T09:21:05+23:59", "2025-11-12T09:22:05Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ] {
            let read = read::<Timestamp>(text);
            assert_eq!(read.map(|it| it.to_string()).as_deref(), Some(utc), "{text}");
        }
        for text in [
            "2016-12-31T23:59:60Z",
            "2017-01-01T00:59:60.5+01:00",
            "2025-11-13T09:21:05.1234567891Z",
            "9999-12-31T23:59:59Z",
            "2025-11-13T09:21Z",
            "2025-11-13T09:21:05+02:00[Europe/Berlin]",
            "2025-11-13 09:21:05Z",
            "20251113T092105Z",
            "+002025-11-13T09:21:05Z",
        ] {
            assert_eq!(read::<Timestamp>(text), None, "{text}");
        }
    }

    #[test]
    fn dates() {
        assert_eq!(read("2024-02-29"), Some(civil::date(2024, 2, 29)));
        assert_eq!(read("0000-01-01"), Some(civil::date(0, 1, 1)));
        assert_eq!(read("9999-12-31"), Some(civil::date(9999, 12, 31)));
        for text in ["2025-02-29", "20250228", "2025-02-28T00:00:00", "-000001-01-01", "2025-W01-1"] {
            assert_eq!(read::<civil::Date>(text), None, "{text}");
        }
    }

    #[test]
    fn converts_both_ways() {
        let text: DateTime = "2025-11-13T09:21:05+02:00".parse().unwrap();
        let timestamp = Timestamp::try_from(&text).unwrap();
        assert_eq!(DateTime::try_from(timestamp).unwrap(), "2025-11-13T07:21:05Z");
        assert!(DateTime::try_from(Timestamp::MIN).is_err());
        assert!(DateTime::try_from(Timestamp::MAX).is_ok());
        let text: Date = "2025-11-13".parse().unwrap();
        assert_eq!(civil::Date::try_from(&text), Ok(civil::date(2025, 11, 13)));
        assert_eq!(Date::try_from(civil::date(2025, 11, 13)), Ok(text));
        assert!(Date::try_from(civil::Date::MIN).is_err());
    }
}
