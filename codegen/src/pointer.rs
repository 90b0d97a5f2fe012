//! JSON Pointers (RFC 6901), as texts.

use std::borrow::Cow;

/// The reference tokens of a JSON Pointer, unescaped; `None` if it does not begin with `/` and is not empty.
pub fn pointer_tokens(pointer: &str) -> Option<Vec<Cow<'_, str>>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let rest = pointer.strip_prefix('/')?;
    Some(rest.split('/').map(unescaped_token).collect())
}

/// The name that a reference token stands for (RFC 6901, 4).
pub fn unescaped_token(token: &str) -> Cow<'_, str> {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~").into() } else { token.into() }
}

/// The name that the last reference token of a pointer stands for.
#[must_use]
pub fn last_token(pointer: &str) -> String {
    unescaped_token(pointer.rsplit('/').next().unwrap_or_default()).into_owned()
}

/// `pointer` with one more reference token.
#[must_use]
pub fn pointer_push(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", escaped_token(token))
}

/// A name as a reference token (RFC 6901, 3).
#[must_use]
pub fn escaped_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
