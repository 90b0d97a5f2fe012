//! The values inside a value, each with its JSON Pointer.

use handfast_codegen::pointer::{pointer_push, pointer_tokens};
use serde_json::Value;

/// Calls `visit` for every value of `value` that holds no others, with its pointer.
pub fn leaves<'v>(value: &'v Value, visit: &mut dyn FnMut(&str, &'v Value)) {
    walk(value, "", visit);
}

fn walk<'v>(value: &'v Value, pointer: &str, visit: &mut dyn FnMut(&str, &'v Value)) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                walk(member, &pointer_push(pointer, name), visit);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (n, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{n}"), visit);
            }
        }
        leaf => visit(pointer, leaf),
    }
}

/// `value` with every leaf replaced by what `render` gives; a value at which `is_whole` holds is a leaf itself.
pub fn map(
    value: &Value,
    pointer: &str,
    is_whole: &dyn Fn(&str) -> bool,
    render: &mut dyn FnMut(&str, &Value) -> Value,
) -> Value {
    match value {
        _ if is_whole(pointer) => render(pointer, value),
        Value::Object(members) if !members.is_empty() => members
            .iter()
            .map(|(name, member)| (name.clone(), map(member, &pointer_push(pointer, name), is_whole, render)))
            .collect(),
        Value::Array(items) if !items.is_empty() => {
            let items = items.iter().enumerate();
            items.map(|(n, item)| map(item, &format!("{pointer}/{n}"), is_whole, render)).collect()
        }
        leaf => render(pointer, leaf),
    }
}

/// The names that lead to a value, numbers of items left out, from the outermost.
pub fn names(pointer: &str) -> Vec<String> {
    let tokens = pointer_tokens(pointer).unwrap_or_default();
    let is_name = |token: &str| !token.is_empty() && !token.bytes().all(|byte| byte.is_ascii_digit());
    tokens.iter().filter(|token| is_name(token)).map(|token| token.clone().into_owned()).collect()
}
