//! The other side of a session: what a server says where a pattern waits, and how it recognises what a template sends.

use handfast_codegen::model::{Format, JsonType};
use handfast_codegen::pointer::pointer_tokens;
use serde_json::{Map, Value};

use super::form::Form;
use super::placeholder::{Limits, Piece, Placeholder, What};
use super::{Captures, Fresh, Pattern, Template, fill, matches};
use crate::generate::word;
use crate::verdict::Difference;

impl Pattern {
    /// `base` with everything in it that the pattern asks for; where the pattern leaves a choice, `base` makes it.
    ///
    /// What it captures is known once the value is compared with the pattern.
    pub fn instance(&self, base: Option<Value>, captures: &Captures, fresh: &mut Fresh) -> Value {
        match self {
            Self::Literal(value) => value.clone(),
            Self::Text(pieces) => fill::concat(pieces, captures).into(),
            Self::Matcher(placeholder) => match base.filter(|base| matches(self, base, captures).is_ok()) {
                Some(base) => base,
                None => matched(&placeholder.what, captures, fresh),
            },
            Self::Object(members) => {
                let mut object = match base {
                    Some(Value::Object(object)) => object,
                    _ => Map::new(),
                };
                for (name, pattern) in members {
                    let value = pattern.instance(object.remove(name), captures, fresh);
                    object.insert(name.clone(), value);
                }
                Value::Object(object)
            }
            Self::Array(items) => {
                let base = match base {
                    Some(Value::Array(base)) => base,
                    _ => Vec::new(),
                };
                let items = items.iter().enumerate();
                items.map(|(n, item)| item.instance(base.get(n).cloned(), captures, fresh)).collect()
            }
            Self::Forms(forms) => {
                let value = forms.iter().fold(base, |base, form| form.instance(base, captures, fresh));
                value.unwrap_or_else(|| ANY.into())
            }
        }
    }

    /// The pattern of the value at `pointer`, where the pattern says something about it.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        pointer_tokens(pointer)?.into_iter().try_fold(self, |pattern, name| match pattern {
            Self::Object(members) => {
                members.iter().find(|(known, _)| *known == name).map(|(_, member)| member)
            }
            Self::Array(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The one value that fits, where everything in the pattern is known.
    pub fn known(&self, captures: &Captures) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Matcher(Placeholder { what: What::Captured(name), .. }) => captures.get(name).cloned(),
            _ => None,
        }
    }
}

impl Form {
    /// `base` with what the form asks for; nothing where it asks for nothing and there is no base.
    fn instance(&self, base: Option<Value>, captures: &Captures, fresh: &mut Fresh) -> Option<Value> {
        match (self, base) {
            (Self::AnyOf(patterns), base) => {
                let fitting = base
                    .filter(|base| patterns.iter().any(|pattern| matches(pattern, base, captures).is_ok()));
                fitting.or_else(|| Some(patterns.first()?.instance(None, captures, fresh)))
            }
            (Self::AllOf(patterns), base) => {
                patterns.iter().fold(base, |base, pattern| Some(pattern.instance(base, captures, fresh)))
            }
            (Self::Optional(pattern), base) => Some(pattern.instance(base, captures, fresh)),
            (Self::Each(pattern), base) => {
                let items = match base {
                    Some(Value::Array(items)) => items.into_iter().map(Some).collect(),
                    _ => vec![None],
                };
                Some(items.into_iter().map(|item| pattern.instance(item, captures, fresh)).collect())
            }
            (Self::EachValue(pattern), Some(Value::Object(members))) => {
                let member = |(name, value)| (name, pattern.instance(Some(value), captures, fresh));
                Some(members.into_iter().map(member).collect())
            }
            (Self::EachKey(_) | Self::EachValue(_), base) => {
                Some(base.filter(Value::is_object).unwrap_or_else(|| Map::new().into()))
            }
            (Self::Contains(patterns), base) => {
                let mut items = match base {
                    Some(Value::Array(items)) => items,
                    _ => Vec::new(),
                };
                for pattern in patterns {
                    if !items.iter().any(|item| matches(pattern, item, captures).is_ok()) {
                        items.push(pattern.instance(None, captures, fresh));
                    }
                }
                Some(Value::Array(items))
            }
            (Self::Length(limits, _), base) => Some(of_length(*limits, base)),
            (Self::Only(members), _) => {
                Some(Pattern::Object(members.clone()).instance(None, captures, fresh))
            }
            (Self::Exactly(value), _) => Some(value.clone()),
            (Self::Not(_) | Self::Binary(_) | Self::As(_), base) => base,
        }
    }
}

/// What stands for any value.
const ANY: &str = "any";
/// How long a text is, about, whose format leaves that open.
const USUAL_LENGTH: usize = 8;
/// The longest string or array that is made longer.
const MAX_LENGTH: f64 = 65_536.0;

/// `base`, a string, array or object, made as long as that; without one, a string.
fn of_length(limits: Limits, base: Option<Value>) -> Value {
    let min = limits.min.unwrap_or_default().clamp(0.0, MAX_LENGTH) as usize;
    let max = limits.max.unwrap_or(MAX_LENGTH).clamp(0.0, MAX_LENGTH) as usize;
    match base.unwrap_or_else(|| String::new().into()) {
        Value::String(text) => {
            let filler = std::iter::repeat_n('x', min.saturating_sub(text.chars().count()));
            text.chars().take(max).chain(filler).collect::<String>().into()
        }
        Value::Array(mut items) => {
            let last = items.last().cloned().unwrap_or_default();
            let length = items.len().clamp(min.min(max), max);
            items.resize(length, last);
            Value::Array(items)
        }
        other => other,
    }
}

/// A value that a matcher accepts, as far as one is known.
fn matched(what: &What, captures: &Captures, fresh: &mut Fresh) -> Value {
    match what {
        What::Captured(name) => captures.get(name).cloned().unwrap_or_default(),
        What::Type(JsonType::Array, limits) => of_length(*limits, Some(Value::Array(Vec::new()))),
        What::Type(JsonType::Object, _) => Value::Object(Map::new()),
        what if what.can_be_made() => what.made(fresh),
        What::Format(format) => of_format(*format, fresh).into(),
        What::Semver => "1.0.0".into(),
        What::Includes(text) => text.as_str().into(),
        _ => ANY.into(),
    }
}

/// A text of that format: fresh where one is, drawn where that is all the same.
pub(crate) fn of_format(format: Format, fresh: &mut Fresh) -> String {
    let what = What::Format(format);
    match what.can_be_made().then(|| what.made(fresh)) {
        Some(Value::String(text)) => text,
        _ => word::of_format(format, USUAL_LENGTH, fresh.random()),
    }
}

impl Template {
    /// The pattern that what the template sends fits, and nothing else.
    pub fn pattern(&self) -> Pattern {
        match self {
            Self::Literal(value) => Pattern::Literal(value.clone()),
            Self::Placeholder(placeholder) => Pattern::Matcher(received(placeholder)),
            Self::Text(pieces) => Pattern::Text(pieces.clone()),
            Self::Object(members) => Pattern::Object(
                members.iter().map(|(name, member)| (name.clone(), member.pattern())).collect(),
            ),
            Self::Array(items) => Pattern::Array(items.iter().map(Self::pattern).collect()),
        }
    }

    /// Compares `value`, which came from a client, with what the template sends.
    ///
    /// Returns `captures` and what the template captured.
    ///
    /// # Errors
    /// What differs, field by field; never empty.
    pub fn accepts(&self, value: &Value, captures: &Captures) -> Result<Captures, Vec<Difference>> {
        match (self, value) {
            (Self::Text(pieces), Value::String(text)) => match read(pieces, text, captures) {
                Some(captures) => Ok(captures),
                None => matches(&self.pattern(), value, captures),
            },
            _ => matches(&self.pattern(), value, captures),
        }
    }

    /// Whether something in it is new each time it is sent.
    pub fn is_fresh(&self) -> bool {
        let is_new = |placeholder: &Placeholder| !matches!(placeholder.what, What::Captured(_));
        match self {
            Self::Literal(_) => false,
            Self::Placeholder(placeholder) => is_new(placeholder),
            Self::Text(pieces) => pieces
                .iter()
                .any(|piece| matches!(piece, Piece::Placeholder(placeholder) if is_new(placeholder))),
            Self::Object(members) => members.iter().any(|(_, member)| member.is_fresh()),
            Self::Array(items) => items.iter().any(Self::is_fresh),
        }
    }

    /// Whether `value` has nothing that the template does not send.
    pub fn covers(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Object(members), Value::Object(found)) => found.iter().all(|(name, value)| {
                members.iter().any(|(known, member)| known == name && member.covers(value))
            }),
            (Self::Array(items), Value::Array(found)) => {
                items.len() >= found.len() && items.iter().zip(found).all(|(item, value)| item.covers(value))
            }
            _ => true,
        }
    }

    /// `captures` with what the template captures at the same places of `value`, wherever it differs elsewhere.
    pub fn capture(&self, value: Option<&Value>, captures: &mut Captures) {
        match (self, value) {
            (Self::Placeholder(Placeholder { capture: Some(name), .. }), Some(value)) => {
                captures.insert(name, value.clone());
            }
            (Self::Object(members), value) => {
                members.iter().for_each(|(name, member)| {
                    member.capture(value.and_then(|value| value.get(name)), captures);
                });
            }
            (Self::Array(items), value) => {
                items.iter().enumerate().for_each(|(n, item)| {
                    item.capture(value.and_then(|value| value.get(n)), captures);
                });
            }
            _ => {}
        }
    }
}

/// What a sent placeholder looks like where it arrives.
fn received(placeholder: &Placeholder) -> Placeholder {
    match placeholder.what {
        What::Now(_) => Placeholder { what: What::Format(Format::DateTime), ..placeholder.clone() },
        _ => placeholder.clone(),
    }
}

/// Reads `text` as what `pieces` come to: a fresh value ends where the text behind it begins.
fn read(pieces: &[Piece], text: &str, captures: &Captures) -> Option<Captures> {
    let mut captures = captures.clone();
    let mut rest = text;
    for (n, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(part) => rest = rest.strip_prefix(part.as_str())?,
            Piece::Placeholder(Placeholder { what: What::Captured(name), .. }) => {
                let known = fill::concat(std::slice::from_ref(piece), &captures);
                captures.get(name)?;
                rest = rest.strip_prefix(known.as_str())?;
            }
            Piece::Placeholder(placeholder) => {
                let end = match pieces.get(n + 1) {
                    Some(Piece::Text(next)) => rest.find(next.as_str())?,
                    Some(Piece::Placeholder(_)) => return None,
                    None => rest.len(),
                };
                let (value, behind) = rest.split_at(end);
                captures =
                    matches(&Pattern::Matcher(received(placeholder)), &value.into(), &captures).ok()?;
                rest = behind;
            }
        }
    }
    rest.is_empty().then_some(captures)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::SystemTime;

    use handfast_codegen::load::{Node, parse};
    use serde_json::json;

    use super::super::Scope;
    use super::*;

    fn node(value: &Value) -> Node {
        parse(Path::new("a.json"), &value.to_string()).expect("JSON")
    }

    fn known(names: &[(&str, Value)]) -> Captures {
        let mut captures = Captures::default();
        names.iter().for_each(|(name, value)| captures.insert(name, value.clone()));
        captures
    }

    fn scope() -> Scope<'static> {
        let mut scope = Scope::new("a.json");
        scope.names.insert("task".to_owned());
        scope
    }

    fn fresh() -> Fresh {
        Fresh::new(1, SystemTime::UNIX_EPOCH)
    }

    #[track_caller]
    fn check_instance(written: &Value, base: Option<Value>) -> Value {
        let pattern = Pattern::read(&node(written), "", &mut scope());
        let captures = known(&[("task", json!("t1"))]);
        let value = pattern.instance(base, &captures, &mut fresh());
        matches(&pattern, &value, &captures).unwrap_or_else(|differences| panic!("{value}: {differences:?}"));
        value
    }

    #[test]
    fn a_value_that_fits_its_pattern() {
        let written = json!({
            "id": "{{uuid}}", "task": "{{task}}", "text": "for {{task}}", "n": "{{number 0.5..}}", "m": "{{integer ..-3}}",
            "at": "{{date-time}}", "list": [1, "{{boolean}}"], "any": "{{any as all}}", "one": { "two": "{{uri}}" },
        });
        check_instance(&written, None);
        let base = json!({ "id": 5, "n": 7, "more": true, "list": [0, false, 3], "one": { "three": 3 } });
        let value = check_instance(&written, Some(base));
        assert_eq!(
            (&value["n"], &value["more"], &value["list"]),
            (&json!(7), &json!(true), &json!([1, false]))
        );
        assert_eq!((&value["text"], &value["one"]["three"]), (&json!("for t1"), &json!(3)));
    }

    #[test]
    fn a_value_that_fits_its_forms() {
        let written = json!({
            "one": { "$any-of": ["{{uuid}}", null] }, "items": { "$each": "{{integer 3..5}}", "$length": "2..3" },
            "tags": { "$contains": ["a", "{{hex 4}}"] }, "only": { "$only": { "id": "{{semver}}" } },
            "name": { "$all-of": ["{{string 4..}}", { "$length": "..6" }] }, "maybe": { "$optional": "{{decimal 0..1}}" },
            "day": "{{date %d.%m.%Y}}", "as": { "$each-value": "{{boolean}}", "$as": "all" },
        });
        let base = json!({ "name": "a long name", "items": [9, 4, 5, 3], "tags": ["a"], "as": { "x": 1 } });
        check_instance(&written, None);
        let value = check_instance(&written, Some(base));
        assert_eq!((&value["name"], &value["items"][1]), (&json!("a long"), &json!(4)));
    }

    #[test]
    fn a_server_knows_what_the_template_sends() {
        let read = |written: Value| Template::read(&node(&written), "", &mut scope());
        let captures = known(&[("task", json!("t1"))]);
        let uuid = "00000000-0000-4000-8000-000000000000";
        let path = read(json!("/api/{{uuid as project}}/builds/{{task}}"));
        let found = path.accepts(&format!("/api/{uuid}/builds/t1").into(), &captures).expect("it fits");
        assert_eq!(found.get("project"), Some(&json!(uuid)));
        for other in
            ["/api/x/builds/t1", &format!("/api/{uuid}/builds/t2"), &format!("/api/{uuid}/builds/t1/")]
        {
            assert!(path.accepts(&other.into(), &captures).is_err(), "{other}");
        }
        let sent = read(json!({ "id": "{{uuid as id}}", "at": "{{now}}", "n": 1 }));
        let value = json!({ "id": uuid, "at": "2025-01-01T00:00:00Z", "n": 1 });
        assert_eq!(sent.accepts(&value, &captures).expect("it fits").get("id"), Some(&json!(uuid)));
        assert!(sent.accepts(&json!({ "id": uuid, "at": "now", "n": 1 }), &captures).is_err());
        assert!(sent.covers(&value) && !sent.covers(&json!({ "id": uuid, "more": 1 })));
        let mut loosely = captures;
        sent.capture(Some(&json!({ "id": "p", "n": 2 })), &mut loosely);
        assert_eq!(loosely.get("id"), Some(&json!("p")));
    }
}
