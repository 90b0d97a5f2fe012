//! The formats that are asserted (JSON Schema Validation, 7.3), as tests of a text.

/// `uuid` (RFC 4122): 8-4-4-4-12 hexadecimal digits, in either case.
pub fn uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `date-time` (RFC 3339, 5.6). A leap second is one that can be: 23:59:60 UTC.
pub fn date_time(text: &str) -> bool {
    text.get(..10).is_some_and(date)
        && matches!(text.as_bytes().get(10), Some(b'T' | b't'))
        && text.get(11..).is_some_and(time)
}

/// `date` (RFC 3339, `full-date`).
pub fn date(text: &str) -> bool {
    let [year, month, day] = fields(text, b'-').unwrap_or_default();
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap),
        _ => return false,
    };
    text.len() == 10 && text.as_bytes()[4] == b'-' && (1..=last).contains(&day)
}

/// `time` (RFC 3339, `full-time`).
pub fn time(text: &str) -> bool {
    let Some([hour, minute, second]) = text.get(..8).and_then(|clock| fields(clock, b':')) else {
        return false;
    };
    let rest = &text[8..];
    let digits =
        rest.strip_prefix('.').map_or(0, |fraction| fraction.bytes().take_while(u8::is_ascii_digit).count());
    if rest.starts_with('.') && digits == 0 {
        return false;
    }
    let zone = if digits == 0 { rest } else { &rest[digits + 1..] };
    let Some(offset) = offset_minutes(zone) else { return false };
    let utc_minute = (hour as i32 * 60 + minute as i32 - offset).rem_euclid(24 * 60);
    let is_leap_second = second == 60 && utc_minute == 23 * 60 + 59;
    hour < 24 && minute < 60 && (second < 60 || is_leap_second)
}

/// Minutes east of UTC.
fn offset_minutes(zone: &str) -> Option<i32> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let [hour, minute] = fields(zone.get(1..)?, b':')?;
    (zone.len() == 6 && hour < 24 && minute < 60).then_some(sign * (hour as i32 * 60 + minute as i32))
}

/// Splits `text` into `N` runs of digits with `separator` between; all but a first of four have two.
fn fields<const N: usize>(text: &str, separator: u8) -> Option<[u32; N]> {
    let mut values = [0; N];
    let mut parts = text.split(char::from(separator));
    for value in &mut values {
        let part = parts.next()?;
        if !(part.len() == 2 || part.len() == 4) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *value = part.parse().ok()?;
    }
    parts.next().is_none().then_some(values)
}

/// `uri` (RFC 3986, 3): with a scheme.
pub fn uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && hierarchy(rest)
}

/// `uri-reference` (RFC 3986, 4.1): a URI, or relative to one.
pub fn uri_reference(text: &str) -> bool {
    // The first segment of a relative path may hold no colon.
    let first_segment = text.split(['/', '?', '#']).next().unwrap_or_default();
    uri(text) || !first_segment.contains(':') && hierarchy(text)
}

/// What follows the scheme: `[//authority] path [?query] [#fragment]`.
fn hierarchy(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let (authority_ok, path) = match text.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            (authority(&rest[..end]), &rest[end..])
        }
        None => (true, text),
    };
    authority_ok && characters(path, b"/:@") && characters(query, b"/?:@") && characters(fragment, b"/?:@")
}

fn authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => {
            if !ip_literal(address) {
                return false;
            }
            ("", port)
        }
        None => host.find(':').map_or((host, ""), |colon| host.split_at(colon)),
    };
    let port_ok =
        port.is_empty() || port.starts_with(':') && port[1..].bytes().all(|byte| byte.is_ascii_digit());
    characters(user, b":") && characters(host, b"") && port_ok
}

fn ip_literal(address: &str) -> bool {
    match address.strip_prefix(['v', 'V']).and_then(|rest| rest.split_once('.')) {
        Some((version, rest)) => {
            let is_hex = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hex && !rest.is_empty() && characters(rest, b":")
        }
        None => address.parse::<std::net::Ipv6Addr>().is_ok(),
    }
}

/// Whether `text` holds unreserved characters, sub-delimiters, `%XX` and `more` (RFC 3986, 2).
fn characters(text: &str, more: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let ok = match byte {
            b'%' => {
                [bytes.next(), bytes.next()].iter().all(|hex| hex.is_some_and(|hex| hex.is_ascii_hexdigit()))
            }
            byte => {
                byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte) || more.contains(&byte)
            }
        };
        if !ok {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(test: fn(&str) -> bool, valid: &[&str], invalid: &[&str]) {
        for text in valid {
            assert!(test(text), "{text:?} should be valid");
        }
        for text in invalid {
            assert!(!test(text), "{text:?} should be invalid");
        }
    }

    #[test]
    fn uuids() {
        check(
            uuid,
            &["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
            &[
                "",
                "2eb8aa08aa9811eab4aa73b441d16380",
                "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
                "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
            ],
        );
    }

    #[test]
    fn date_times() {
        check(
            date_time,
            &[
                "2025-11-13T09:21:05Z",
                "1963-06-19t08:30:06.283185z",
                "1998-12-31T23:59:60Z",
                "1998-12-31T15:59:60.123-08:00",
            ],
            &[
                "2025-11-13 09:21:05Z",
                "2025-11-13T09:21:05",
                "1990-02-31T15:59:59Z",
                "1998-12-31T22:59:60Z",
                "1990-12-31T15:59:59-24:00",
                "1963-06-1\u{09ea}T00:00:00Z",
                "2025-11-13T09:21:05.Z",
            ],
        );
    }

    #[test]
    fn dates() {
        check(
            date,
            &["1963-06-19", "2020-02-29"],
            &["2021-02-29", "06/19/1963", "1998-1-20", "19980120", "199801-200", ""],
        );
    }

    #[test]
    fn uris() {
        check(
            uri,
            &[
                "http://foo.bar/?baz=qux#quux",
                "file:///C:/Containers/a.orbit",
                "urn:oasis:names",
                "ldap://[2001:db8::7]/c=GB?objectClass?one",
                "tel:+1-816-555-1212",
            ],
            &[
                "//foo.bar/",
                "/abc",
                "\\\\WIN",
                "abc",
                "http:// x",
                ":// no scheme",
                "http://a b",
                "bar,baz:foo",
                "http://[::1",
                "https://a%zz",
            ],
        );
    }

    #[test]
    fn uri_references() {
        check(
            uri_reference,
            &["http://a", "//foo", "/abc", "abc", "#f", "", "url-to-preview"],
            &["\\\\WIN", "#a\\b", "1:b"],
        );
    }
}
