//! The media type of bytes, as they tell it themselves: by their first bytes, or by being text.

/// What bytes are that no signature tells, and that are no text.
const UNKNOWN: &str = "application/octet-stream";
/// The types of text that are told apart.
const OF_TEXT: [&str; 2] = ["application/json", "text/plain"];

/// Whether `bytes` are of the type `wanted`, in lower case: `image/png`, `image/*`. All text is `text/plain`, and all bytes
/// are `application/octet-stream` (RFC 2046, 4.1.3 and 4.5.1).
pub fn is_of(bytes: &[u8], wanted: &str) -> bool {
    wanted == UNKNOWN
        || is_like(told(bytes), wanted)
        || is_like(OF_TEXT[1], wanted) && std::str::from_utf8(bytes).is_ok()
}

/// Whether bytes can be found to be of such a type at all.
pub fn is_known(wanted: &str) -> bool {
    let wanted = wanted.to_ascii_lowercase();
    let signatures = infer::Infer::new();
    wanted == UNKNOWN
        || OF_TEXT.iter().any(|known| is_like(known, &wanted))
        || signatures.is_mime_supported(&wanted)
        || wanted.strip_suffix("/*").is_some_and(|kind| KINDS.contains(&kind))
}

/// The kinds of types that have signatures.
const KINDS: [&str; 5] = ["application", "audio", "font", "image", "video"];

/// The type that `bytes` tell.
fn told(bytes: &[u8]) -> &'static str {
    match infer::get(bytes) {
        Some(found) => found.mime_type(),
        None if serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() => OF_TEXT[0],
        None => UNKNOWN,
    }
}

fn is_like(found: &str, wanted: &str) -> bool {
    match wanted.strip_suffix("/*") {
        Some(kind) => found.split('/').next() == Some(kind),
        None => found == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_their_type() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let check = |bytes: &[u8], wanted: &str, expected: bool| {
            assert_eq!(is_of(bytes, wanted), expected, "{bytes:?} {wanted}");
            assert!(is_known(wanted), "{wanted}");
        };
        check(png, "image/png", true);
        check(png, "image/*", true);
        check(png, "image/jpeg", false);
        check(png, "text/plain", false);
        check(png, "application/octet-stream", true);
        check(b"%PDF-1.7\n", "application/pdf", true);
        check(b"{\"a\":1}", "application/json", true);
        check(b"{\"a\":1}", "text/plain", true);
        check("grüß dich".as_bytes(), "text/plain", true);
        check("grüß dich".as_bytes(), "application/json", false);
        check(b"\xff\xfe\x01", "text/*", false);
        check(b"", "application/json", false);
        for unheard_of in ["image/png2", "png", "*/*", ""] {
            assert!(!is_known(unheard_of), "{unheard_of}");
        }
    }
}
