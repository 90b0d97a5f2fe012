//! Host names and addresses.

use super::idna;

/// The most characters of a label, and of a name, in ASCII.
const LONGEST_LABEL: usize = 63;
const LONGEST_NAME: usize = 253;

/// `hostname` (RFC 1123, 2.1): labels of letters, digits and inner hyphens. What begins with `xn--` stands for a label of
/// `idn-hostname` (RFC 5890, 2.3.2.1).
pub fn hostname(text: &str) -> bool {
    text.len() <= LONGEST_NAME && text.split('.').all(is_label)
}

/// `idn-hostname`: a `hostname` whose labels may be international (RFC 5890, 2.3.2.3), with any of the dots that separate
/// them (RFC 3490, 3.1). Labels are as they are looked up: lower case, in normal form C.
pub fn idn_hostname(text: &str) -> bool {
    is_international(text, &['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'])
}

/// Whether the labels between `dots` are those of a host name, in ASCII or not.
pub(super) fn is_international(text: &str, dots: &[char]) -> bool {
    let mut length = 0;
    text.split(dots).all(|label| {
        let ascii_length = if label.is_ascii() {
            is_label(label).then_some(label.len())
        } else {
            idna::ascii_length(label).filter(|length| *length <= LONGEST_LABEL)
        };
        // The dot before the first label is none.
        length += ascii_length.unwrap_or_default() + 1;
        ascii_length.is_some() && length <= LONGEST_NAME + 1
    })
}

fn is_label(label: &str) -> bool {
    let inner = !label.starts_with('-') && !label.ends_with('-');
    let characters = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_international = |bytes: &[u8]| matches!(bytes, [b'x' | b'X', b'n' | b'N', b'-', b'-', ..]);
    (1..=LONGEST_LABEL).contains(&label.len())
        && inner
        && characters
        && (!is_international(label.as_bytes()) || idna::stands_for_label(&label[4..]))
}

/// `ipv4` (RFC 2673, 3.2): four decimal numbers without leading zeros.
pub fn ipv4(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

/// `ipv6` (RFC 4291, 2.2).
pub fn ipv6(text: &str) -> bool {
    text.parse::<std::net::Ipv6Addr>().is_ok()
}
