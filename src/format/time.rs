//! Dates, times and lengths of time (RFC 3339).

/// `date-time` (RFC 3339, 5.6). A leap second is one that can be: 23:59:60 UTC.
pub fn date_time(text: &str) -> bool {
    let Some((day, clock)) = text.as_bytes().split_at_checked(10) else { return false };
    is_date(day) && matches!(clock.first(), Some(b'T' | b't')) && is_time(&clock[1..])
}

/// `date` (RFC 3339, `full-date`).
pub fn date(text: &str) -> bool {
    is_date(text.as_bytes())
}

/// `time` (RFC 3339, `full-time`).
pub fn time(text: &str) -> bool {
    is_time(text.as_bytes())
}

fn is_date(text: &[u8]) -> bool {
    let &[c1, c2, y1, y2, b'-', m1, m2, b'-', d1, d2] = text else { return false };
    let (Some(century), Some(year)) = (two(c1, c2), two(y1, y2)) else { return false };
    let (Some(month), Some(day)) = (two(m1, m2), two(d1, d2)) else { return false };
    let is_leap = if year == 0 { century % 4 == 0 } else { year % 4 == 0 };
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i32::from(is_leap),
        _ => return false,
    };
    (1..=last).contains(&day)
}

fn is_time(text: &[u8]) -> bool {
    let Some((clock, rest)) = text.split_at_checked(8) else { return false };
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = clock else { return false };
    let (Some(hour), Some(minute), Some(second)) = (two(h1, h2), two(m1, m2), two(s1, s2)) else {
        return false;
    };
    let zone = match rest.split_first() {
        Some((b'.', fraction)) => match fraction.iter().position(|byte| !byte.is_ascii_digit()) {
            Some(n_digits @ 1..) => &fraction[n_digits..],
            _ => return false,
        },
        _ => rest,
    };
    let Some(offset) = offset_minutes(zone) else { return false };
    // A leap second is the last of a day in UTC.
    let is_leap_second = || second == 60 && (hour * 60 + minute - offset).rem_euclid(24 * 60) == 23 * 60 + 59;
    hour < 24 && minute < 60 && (second < 60 || is_leap_second())
}

/// Minutes east of UTC.
fn offset_minutes(zone: &[u8]) -> Option<i32> {
    match *zone {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hour, minute) = (two(h1, h2)?, two(m1, m2)?);
            let minutes = hour * 60 + minute;
            (hour < 24 && minute < 60).then_some(if sign == b'+' { minutes } else { -minutes })
        }
        _ => None,
    }
}

/// The number of two digits.
fn two(tens: u8, ones: u8) -> Option<i32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i32::from(tens * 10 + ones))
}

/// `duration` (RFC 3339, appendix A): `P3DT4H`, `P2W`.
pub fn duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else { return false };
    if let Some(weeks) = text.strip_suffix('W') {
        return is_number(weeks);
    }
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let is_there = !date.is_empty() || time.is_some();
    is_there && units(date, "YMD") && time.is_none_or(|time| !time.is_empty() && units(time, "HMS"))
}

/// Whether `text` is numbers with units that follow each other in `order`, without a gap between the first and the last.
fn units(text: &str, order: &str) -> bool {
    let mut rest = text;
    let mut next = None;
    while !rest.is_empty() {
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let unit = rest[n_digits..].chars().next().and_then(|unit| order.find(unit));
        match (n_digits, unit) {
            (1.., Some(unit)) if next.is_none_or(|next| next == unit) => next = Some(unit + 1),
            _ => return false,
        }
        rest = &rest[n_digits + 1..];
    }
    true
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
