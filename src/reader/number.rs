//! The grammar of numbers (RFC 8259, section 6).

use super::Stop;

/// Whether `text` is a JSON number and nothing else.
pub fn is_number(text: &str) -> bool {
    end(text.as_bytes(), 0) == Ok(text.len())
}

/// Where the number ends that starts at `start`.
#[inline]
pub fn end(bytes: &[u8], start: usize) -> Result<usize, Stop> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    at = match bytes.get(at) {
        Some(b'0') => at + 1,
        _ => digits_end(bytes, at)?,
    };
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits_end(bytes, at)?;
    }
    Ok(at)
}

/// Where the digits end, at least one, that start at `start`.
#[inline]
fn digits_end(bytes: &[u8], start: usize) -> Result<usize, Stop> {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    if at == start { Err(Stop) } else { Ok(at) }
}
