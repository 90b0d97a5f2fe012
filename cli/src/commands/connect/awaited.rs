//! What `--until` and `--where` wait for.

use handfast_codegen::pointer::pointer_tokens;
use std::fmt;
use std::str::FromStr;

use serde_json::Value;

/// An event that is waited for.
#[derive(Debug, Clone)]
pub struct Awaited {
    /// Its name.
    pub name: String,
    /// What its payload has.
    pub wheres: Vec<Where>,
}

/// A value at a place of a payload.
#[derive(Debug, Clone)]
pub struct Where {
    pointer: String,
    /// As it was given.
    text: String,
    /// The same as JSON, where it is.
    value: Option<Value>,
}

impl Awaited {
    /// Whether an event of this name with this payload is the one.
    pub fn is(&self, name: &str, payload: &Value) -> bool {
        name == self.name && self.wheres.iter().all(|condition| condition.holds(payload))
    }
}

impl fmt::Display for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.name)?;
        for (n, Where { pointer, text, .. }) in self.wheres.iter().enumerate() {
            write!(f, "{} {pointer}={text}", if n == 0 { " with" } else { "," })?;
        }
        Ok(())
    }
}

impl Where {
    fn holds(&self, payload: &Value) -> bool {
        let Some(found) = payload.pointer(&self.pointer) else { return false };
        // Who looks for the id 17 need not know whether it is a number or a string.
        found.as_str() == Some(&self.text) || self.value.as_ref().is_some_and(|value| is_equal(found, value))
    }
}

/// As JSON Schema has it, where 1 is 1.0.
fn is_equal(found: &Value, wanted: &Value) -> bool {
    let is_one_a_float = found.is_f64() != wanted.is_f64();
    found == wanted || is_one_a_float && found.as_f64().is_some_and(|found| Some(found) == wanted.as_f64())
}

impl FromStr for Where {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (pointer, text) = text.split_once('=').ok_or("write POINTER=VALUE, as /payload/id=17")?;
        if pointer_tokens(pointer).is_none() {
            return Err(format!(
                "`{pointer}` is no JSON Pointer; did you mean `/{}`?",
                pointer.replace('.', "/")
            ));
        }
        let value = serde_json::from_str(text).ok();
        Ok(Self { pointer: pointer.to_owned(), text: text.to_owned(), value })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(condition: &str, payload: &Value, expected: bool) {
        let awaited = Awaited { name: "e".to_owned(), wheres: vec![condition.parse().unwrap()] };
        assert_eq!(awaited.is("e", payload), expected, "{condition} {payload}");
        assert!(!awaited.is("f", payload));
    }

    #[test]
    fn a_value_is_json_or_text() {
        check("/a/b=c", &json!({ "a": { "b": "c" } }), true);
        check("/a/b=c", &json!({ "a": { "b": "cc" } }), false);
        check("/a/b=c", &json!({ "a": {} }), false);
        check("/a=17", &json!({ "a": 17 }), true);
        check("/a=17", &json!({ "a": "17" }), true);
        check("/a=17", &json!({ "a": 17.0 }), true);
        check("/a=\"17\"", &json!({ "a": 17 }), false);
        check("/a=\"17\"", &json!({ "a": "17" }), true);
        check("/a=x=y", &json!({ "a": "x=y" }), true);
        check("/a={\"b\":[true]}", &json!({ "a": { "b": [true] } }), true);
        check("/a=", &json!({ "a": "" }), true);
        check("=3", &json!(3), true);
    }

    #[test]
    fn large_numbers_are_not_rounded_to_each_other() {
        check("/a=9007199254740993", &json!({ "a": 9_007_199_254_740_993_u64 }), true);
        check("/a=9007199254740993", &json!({ "a": 9_007_199_254_740_992_u64 }), false);
    }

    #[test]
    fn a_pointer_begins_with_a_slash() {
        assert!("payload.id=3".parse::<Where>().unwrap_err().contains("did you mean `/payload/id`?"));
        assert!("/payload".parse::<Where>().is_err());
    }
}
