//! URI templates (RFC 6570).

use super::uri::{is_private, is_ucschar};

/// `uri-template` (RFC 6570, 2): literals and expressions such as `{?page,size:3}`.
pub fn uri_template(text: &str) -> bool {
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let after = match next {
            '{' => rest[1..].split_once('}').filter(|(inner, _)| expression(inner)).map(|(_, after)| after),
            '%' => after_triplet(rest),
            next => is_literal(next).then(|| &rest[next.len_utf8()..]),
        };
        match after {
            Some(after) => rest = after,
            None => return false,
        }
    }
    true
}

/// What is between braces; the operators that are reserved for extensions are as good as the others.
fn expression(text: &str) -> bool {
    let variables = text.strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|']);
    variables.unwrap_or(text).split(',').all(variable)
}

/// A name, with `*` or the length of a prefix.
fn variable(text: &str) -> bool {
    let name = match text.split_once(':') {
        Some((name, length)) => {
            let is_length = (1..=4).contains(&length.len()) && !length.starts_with('0');
            if !is_length || !length.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            name
        }
        None => text.strip_suffix('*').unwrap_or(text),
    };
    name.split('.').all(is_name)
}

fn is_name(text: &str) -> bool {
    let mut rest = text;
    while let Some(next) = rest.bytes().next() {
        let is_plain = next.is_ascii_alphanumeric() || next == b'_';
        match if is_plain { Some(&rest[1..]) } else { after_triplet(rest) } {
            Some(after) => rest = after,
            None => return false,
        }
    }
    !text.is_empty()
}

/// What follows the `%XX` at the begin of `text`.
fn after_triplet(text: &str) -> Option<&str> {
    match text.as_bytes() {
        [b'%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => Some(&text[3..]),
        _ => None,
    }
}

/// What may stand outside expressions as it is (2.1, with erratum 6937, which admits `'`).
fn is_literal(character: char) -> bool {
    match character {
        '"' | '<' | '>' | '\\' | '^' | '`' | '|' | '}' => false,
        '!'..='~' => true,
        other => is_ucschar(other) || is_private(other),
    }
}
