//! JSON Pointers (RFC 6901), as texts.

use std::borrow::Cow;

use serde_json::Value;

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
    [pointer, "/", &escaped_token(token)].concat()
}

/// A name as a reference token (RFC 6901, 3).
pub fn escaped_token(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// The value at `pointer` in `root`: what [`Value::pointer`] finds, which makes a text of each reference token.
pub fn pointed<'v>(root: &'v Value, pointer: &str) -> Option<&'v Value> {
    if pointer.is_empty() {
        return Some(root);
    }
    pointer.strip_prefix('/')?.split('/').try_fold(root, |holder, token| match holder {
        Value::Object(members) => members.get(&*unescaped_token(token)),
        Value::Array(items) => items.get(array_index(token)?),
        _ => None,
    })
}

/// The number of an element (RFC 6901, 4): digits without a leading zero.
fn array_index(token: &str) -> Option<usize> {
    let is_canonical = token == "0" || !token.starts_with(['0', '+']);
    if is_canonical { token.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_found_as_serde_json_finds_them() {
        let root = json!({ "a/b": { "m~n": [0, { "": 1 }] }, "": { "01": 2 }, "~1": 3 });
        let pointers = [
            "",
            "/",
            "/a~1b/m~0n/1/",
            "/a~1b/m~0n/0",
            "/a~1b/m~0n/00",
            "/a~1b/m~0n/+1",
            "/a~1b/m~0n/-",
            "//01",
        ];
        for pointer in pointers.into_iter().chain(["a", "/~01", "/a", "/a~1b/m~0n/1//x", "/a~1b/m~0n/2"]) {
            assert_eq!(pointed(&root, pointer), root.pointer(pointer), "{pointer}");
        }
        assert_eq!(pointed(&root, &pointer_push("", "a/b")), root.get("a/b"));
        assert_eq!(pointed(&root, &pointer_push("", "~1")), Some(&json!(3)));
    }
}
