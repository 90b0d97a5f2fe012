//! The formats that are asserted (JSON Schema Validation, 7.3), as tests of a text.

/// `uuid` (RFC 4122): 8-4-4-4-12 hexadecimal digits, in either case.
pub fn uuid(text: &str) -> bool {
    let Ok(text): Result<&[u8; 36], _> = text.as_bytes().try_into() else { return false };
    let word = |at: usize| u32::from_le_bytes([text[at], text[at + 1], text[at + 2], text[at + 3]]);
    let pair = |a: usize, b: usize| u64::from(word(a)) | u64::from(word(b)) << 32;
    let dashes = text[8] == b'-' && text[13] == b'-' && text[18] == b'-' && text[23] == b'-';
    dashes
        && all_hexadecimal(pair(0, 4))
        && all_hexadecimal(pair(9, 14))
        && all_hexadecimal(pair(19, 24))
        && all_hexadecimal(pair(28, 32))
}

/// Whether eight bytes are hexadecimal digits, all of them at once.
#[inline]
fn all_hexadecimal(bytes: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    // The high bit of each byte of ASCII that is no less than `least`.
    let no_less = |bytes: u64, least: u8| (bytes | HIGH) - u64::from(least) * ONES;
    let lower = bytes | 0x20 * ONES;
    let digits = no_less(bytes, b'0') & !no_less(bytes, b'9' + 1);
    let letters = no_less(lower, b'a') & !no_less(lower, b'f' + 1);
    bytes & HIGH == 0 && (digits | letters) & HIGH == HIGH
}

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

/// `email` (RFC 5321, 4.1.2): a dotted or quoted local part, at a host name or an address in brackets.
pub fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_local = match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => is_quoted(quoted),
        None => local.split('.').all(is_atom),
    };
    let is_domain = match domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.strip_prefix("IPv6:").map_or_else(|| ipv4(address), ipv6),
        None => hostname(domain),
    };
    is_local && is_domain
}

fn is_atom(text: &str) -> bool {
    let is_character = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_character)
}

fn is_quoted(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let ok = match byte {
            b'\\' => bytes.next().is_some_and(|escaped| (b' '..=b'~').contains(&escaped)),
            byte => (b' '..=b'~').contains(&byte) && byte != b'"',
        };
        if !ok {
            return false;
        }
    }
    true
}

/// `hostname` (RFC 1123, 2.1): labels of letters, digits and inner hyphens.
pub fn hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        let inner = !label.starts_with('-') && !label.ends_with('-');
        let characters = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (1..=63).contains(&label.len()) && inner && characters
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// `ipv4` (RFC 2673, 3.2): four decimal numbers without leading zeros.
pub fn ipv4(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

/// `ipv6` (RFC 4291, 2.2).
pub fn ipv6(text: &str) -> bool {
    text.parse::<std::net::Ipv6Addr>().is_ok()
}

/// `json-pointer` (RFC 6901, 5): empty, or tokens that begin with `/`, in which `~` is written `~0`.
pub fn json_pointer(text: &str) -> bool {
    let escapes_are_known = || text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes_are_known()
}

/// `relative-json-pointer`: how many levels up, then a pointer down or `#`.
pub fn relative_json_pointer(text: &str) -> bool {
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (up, down) = text.split_at(n_digits);
    let has_number = n_digits > 0 && (up == "0" || !up.starts_with('0'));
    has_number && (down == "#" || json_pointer(down))
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
    match text.strip_prefix("//") {
        Some(rest) => {
            let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            authority(host) && path_and_more(path)
        }
        None => path_and_more(text),
    }
}

/// `path [?query] [#fragment]`: they allow the same characters, but for `?`, which begins the query, and a second `#`.
fn path_and_more(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    characters(text, PATH) && characters(fragment, PATH)
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
    characters(user, USER) && characters(host, HOST) && port_ok
}

fn ip_literal(address: &str) -> bool {
    match address.strip_prefix(['v', 'V']).and_then(|rest| rest.split_once('.')) {
        Some((version, rest)) => {
            let is_hex = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hex && !rest.is_empty() && characters(rest, USER)
        }
        None => address.parse::<std::net::Ipv6Addr>().is_ok(),
    }
}

/// Where a character is allowed (RFC 3986, 2 and 3): a bit per place.
const HOST: u8 = 1;
const USER: u8 = 2;
const PATH: u8 = 4;

/// For each byte the places where it is allowed.
const PLACES: [u8; 256] = {
    let mut places = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        places[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => HOST | USER | PATH,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => HOST | USER | PATH,
            b':' => USER | PATH,
            b'/' | b'?' | b'@' => PATH,
            _ => 0,
        };
        byte += 1;
    }
    places
};

/// Whether `text` holds what is allowed at `place`, and `%XX`.
fn characters(text: &str, place: u8) -> bool {
    let mut rest = text.as_bytes();
    loop {
        let Some(other) = rest.iter().position(|byte| PLACES[usize::from(*byte)] & place == 0) else {
            return true;
        };
        match &rest[other..] {
            [b'%', a, b, after @ ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => rest = after,
            _ => return false,
        }
    }
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
    fn durations() {
        check(
            duration,
            &["P4DT12H30M5S", "P4Y", "PT0S", "P1M", "PT1M", "P2W", "P1Y2M", "PT36H"],
            &["", "P", "PT", "P1YT", "4D", "P1D2H", "P2D1Y", "P1W2D", "P1Y2D", "PT1D", "P1", "P\u{09e8}Y"],
        );
    }

    #[test]
    fn emails() {
        check(
            email,
            &[
                "joe.bloggs@example.com",
                "te~st@example.com",
                "\"joe bloggs\"@example.com",
                "\"a@b\"@x.org",
                "joe@[127.0.0.1]",
                "joe@[IPv6:::1]",
            ],
            &[
                "",
                "2962",
                ".test@example.com",
                "te..st@example.com",
                "joe bloggs@example.com",
                "a@b@c.org",
                "joe@[127.0.0.300]",
                "a@-b.org",
            ],
        );
    }

    #[test]
    fn hostnames_and_addresses() {
        check(
            hostname,
            &["www.example.com", "a", "xn--4gbwdl", "1host"],
            &["", "-bad", "bad-", "a_b", "a..b", "a.", &"a".repeat(64)],
        );
        check(
            ipv4,
            &["192.168.0.1", "0.0.0.0"],
            &["127.0.0.0.1", "256.1.1.1", "1.2.3", "087.10.0.1", "0x7f.1.1.1"],
        );
        check(
            ipv6,
            &["::1", "2001:db8::8:800:200c:417a", "::ffff:192.168.0.1"],
            &["12345::", "::1%eth0", "1:2:3", "fe80::a%en1", "::1/64"],
        );
    }

    #[test]
    fn pointers() {
        check(json_pointer, &["", "/", "/foo/bar~0/baz~1/%a"], &["foo", "/foo/~", "/~2", "#"]);
        check(
            relative_json_pointer,
            &["1", "0/foo/bar", "0#", "120/"],
            &["", "/foo", "-1/a", "01/a", "0##", "+1"],
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
