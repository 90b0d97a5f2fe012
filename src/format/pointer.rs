//! JSON Pointers.

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
