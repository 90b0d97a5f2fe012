//! The grammar of strings (RFC 8259, section 7). Offsets are those of the byte behind the opening quote.

use super::Stop;

/// A one in each byte.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// How many bytes of a long text are looked at together.
const MANY: usize = 32;

/// Where the first quote, backslash or control character stands from `start` on; the end of `bytes` if there is none.
#[inline]
pub fn plain_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while bytes.get(at..).and_then(|rest| rest.first_chunk()).is_some_and(is_plain) {
        at += MANY;
    }
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let special = special_bytes(u64::from_le_bytes(*eight));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..b' ')) {
        at += 1;
    }
    at
}

/// Whether none of the bytes ends a plain run. No byte is asked alone, so that the compiler takes them sixteen at a time.
#[inline]
fn is_plain(bytes: &[u8; MANY]) -> bool {
    let special = |byte: u8| u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\');
    bytes.iter().fold(0, |found, byte| found | special(*byte)) == 0
}

/// Sets the top bit of each byte that ends a plain run; bits behind the first such byte mean nothing.
#[inline]
const fn special_bytes(eight: u64) -> u64 {
    let control = eight.wrapping_sub(ONES * b' ' as u64) & !eight;
    (control | equal_bytes(eight, b'"') | equal_bytes(eight, b'\\')) & (ONES << 7)
}

#[inline]
const fn equal_bytes(eight: u64, byte: u8) -> u64 {
    let difference = eight ^ (ONES * byte as u64);
    difference.wrapping_sub(ONES) & !difference
}

/// The string that starts at `start`, and where the text goes on behind its closing quote.
pub fn unescape(text: &str, start: usize) -> Result<(String, usize), Stop> {
    let bytes = text.as_bytes();
    let mut string = String::new();
    let mut at = start;
    loop {
        let end = plain_end(bytes, at);
        string.push_str(text.get(at..end).ok_or(Stop)?);
        match bytes.get(end) {
            Some(b'"') => return Ok((string, end + 1)),
            Some(b'\\') => at = escape(bytes, end + 1, |char| string.push(char))?,
            _ => return Err(Stop),
        }
    }
}

/// Where the text goes on behind the closing quote of the string that starts at `start`.
#[inline]
pub fn end(bytes: &[u8], start: usize) -> Result<usize, Stop> {
    let mut at = start;
    loop {
        let end = plain_end(bytes, at);
        match bytes.get(end) {
            Some(b'"') => return Ok(end + 1),
            Some(b'\\') => at = escape(bytes, end + 1, |_| {})?,
            _ => return Err(Stop),
        }
    }
}

/// Reads the escape whose backslash stands before `at`, and says where it ends.
fn escape(bytes: &[u8], at: usize, mut push: impl FnMut(char)) -> Result<usize, Stop> {
    let (char, end) = match bytes.get(at).ok_or(Stop)? {
        byte @ (b'"' | b'\\' | b'/') => (char::from(*byte), at + 1),
        b'b' => ('\u{8}', at + 1),
        b'f' => ('\u{c}', at + 1),
        b'n' => ('\n', at + 1),
        b'r' => ('\r', at + 1),
        b't' => ('\t', at + 1),
        b'u' => code_point(bytes, at + 1)?,
        _ => return Err(Stop),
    };
    push(char);
    Ok(end)
}

/// The character of one `\u` escape, or of two that are a surrogate pair; half a pair is none.
fn code_point(bytes: &[u8], at: usize) -> Result<(char, usize), Stop> {
    let first = hex(bytes, at)?;
    let end = at + 4;
    if !(0xd800..0xdc00).contains(&first) {
        return Ok((char::from_u32(first).ok_or(Stop)?, end));
    }
    if bytes.get(end..end + 2) != Some(br"\u") {
        return Err(Stop);
    }
    let second = hex(bytes, end + 2)?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Stop)?;
    let point = 0x1_0000 + ((first - 0xd800) << 10) + second;
    Ok((char::from_u32(point).ok_or(Stop)?, end + 6))
}

fn hex(bytes: &[u8], at: usize) -> Result<u32, Stop> {
    let digits: &[u8; 4] = bytes.get(at..).and_then(|rest| rest.first_chunk()).ok_or(Stop)?;
    digits.iter().try_fold(0, |value, digit| Ok(value << 4 | char::from(*digit).to_digit(16).ok_or(Stop)?))
}
