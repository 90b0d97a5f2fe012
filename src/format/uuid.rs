//! UUIDs.

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
    let lower = bytes | (0x20 * ONES);
    let digits = no_less(bytes, b'0') & !no_less(bytes, b'9' + 1);
    let letters = no_less(lower, b'a') & !no_less(lower, b'f' + 1);
    bytes & HIGH == 0 && (digits | letters) & HIGH == HIGH
}
