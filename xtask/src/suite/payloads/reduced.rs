//! Takes a keyword out of a schema's text, so that somebody else can judge what it alone refuses.

use handfast_conformance::generate::NearMiss;
use serde_json::Value;

/// What looks at members and items for those that look at the rest: without these keywords, more is refused.
const LOOKING: [&str; 5] = ["anyOf", "oneOf", "contains", "minContains", "maxContains"];

/// `document` without the keyword that `miss` breaks; nothing where something else depends on that keyword.
///
/// # Errors
/// There is no such keyword.
pub fn reduced(document: &Value, miss: &NearMiss) -> Result<Option<Value>, String> {
    if LOOKING.contains(&&*miss.keyword) && document.to_string().contains("\"unevaluated") {
        return Ok(None);
    }
    let none = || format!("nothing stands at `{}`", miss.schema);
    let (_, pointer) = miss.schema.split_once('#').ok_or_else(none)?;
    let (above, keyword) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    let mut document = document.clone();
    if let Some(nothing @ Value::Bool(false)) = document.pointer_mut(pointer) {
        // What accepts nothing is a subschema, and may stand in a list.
        *nothing = true.into();
        return Ok(Some(document));
    }
    let members = document.pointer_mut(above).and_then(Value::as_object_mut).ok_or_else(none)?;
    let keyword = if members.contains_key(keyword) { keyword } else { older(keyword) };
    let removed = members.remove(keyword).ok_or_else(none)?;
    if removed == true {
        // In draft 4 it only sharpens the limit beside it.
        members.remove(match keyword {
            "exclusiveMinimum" => "minimum",
            "exclusiveMaximum" => "maximum",
            _ => "",
        });
    }
    Ok(Some(document))
}

/// What a keyword is called in older dialects.
fn older(keyword: &str) -> &str {
    if keyword.starts_with("dependent") { "dependencies" } else { keyword }
}
