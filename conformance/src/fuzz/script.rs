//! Writes what is tried as a session's file.

use std::ops::Range;

use handfast_codegen::model::{Contract, SchemaBody, SchemaIdx};
use handfast_codegen::pointer::pointer_tokens;
use serde_json::{Map, Value, json};

use crate::record::yaml::{Entries, Node, Writer};
use crate::session::STEPS;

/// A step: its key first.
pub type Step = Entries;
/// Steps, in order.
pub type Steps = Vec<Step>;

/// What stands in a session's file.
#[derive(Debug)]
pub struct Scene<'s> {
    /// Its name.
    pub name: &'s str,
    /// The contract, relative to the file.
    pub contract: &'s str,
    /// Where to connect, and as whom.
    pub connect: &'s Value,
    /// Members between `connect` and `steps`.
    pub head: Entries,
    /// The steps before the moves.
    pub before: &'s [Step],
    /// The steps of each move.
    pub moves: &'s [Steps],
    /// The steps behind them.
    pub after: &'s [Step],
}

/// The text of a session, and the lines of each of its moves, from 1.
pub fn written(scene: &Scene<'_>) -> (String, Vec<Range<usize>>) {
    let mut out = Writer::default();
    out.line(0, "session", &scene.name.into());
    out.line(0, "contract", &scene.contract.into());
    out.line(0, "connect", &scene.connect.clone().into());
    for (key, value) in &scene.head {
        out.line(0, key, value);
    }
    out.line(0, "unmatched", &"allow".into());
    out.line(0, "refusals", &"judge".into());
    out.line(0, "joins-late", &true.into());
    out.open("steps");
    let mut lines = Vec::new();
    scene.before.iter().for_each(|step| out.item(2, step));
    for steps in scene.moves {
        let first = out.n_lines() + 1;
        steps.iter().for_each(|step| out.item(2, step));
        lines.push(first..out.n_lines() + 1);
    }
    scene.after.iter().for_each(|step| out.item(2, step));
    if scene.before.is_empty() && scene.after.is_empty() && scene.moves.iter().all(Vec::is_empty) {
        out.empty();
    }
    (out.finish(), lines)
}

/// The step `key: value`, with other members.
pub fn step<'k>(
    key: &str,
    value: impl Into<Value>,
    members: impl IntoIterator<Item = (&'k str, Value)>,
) -> Step {
    let first = (key.to_owned(), Node::Value(value.into()));
    let rest = members.into_iter().map(|(key, value)| (key.to_owned(), Node::Value(value)));
    std::iter::once(first).chain(rest).collect()
}

/// A step of another file, its key first.
pub fn of_value(value: &Value) -> Step {
    let Value::Object(members) = value else {
        return vec![(value.as_str().unwrap_or_default().to_owned(), Node::Value(Value::Null))];
    };
    let mut entries: Entries =
        members.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect();
    entries.sort_by_key(|(key, _)| !STEPS.contains(&key.as_str()));
    entries
}

/// The value of a step's member.
pub fn member<'s>(step: &'s Step, key: &str) -> Option<&'s Value> {
    step.iter().find_map(|(name, node)| match node {
        Node::Value(value) if name == key => Some(value),
        _ => None,
    })
}

/// `steps` as one value.
pub fn list(steps: &[Step]) -> Value {
    let object = |step: &Step| -> Value {
        let entries = step.iter().filter_map(|(key, node)| match node {
            Node::Value(value) => Some((key.clone(), value.clone())),
            Node::Map(_) => None,
        });
        entries.collect()
    };
    steps.iter().map(object).collect()
}

/// `payload` as it has to be written to be sent as it is: braces and dollars in it are text.
pub fn sent(payload: &Value) -> Value {
    match payload {
        Value::String(text) if text.contains("{{") => json!({ "$exactly": text }),
        Value::Array(items) => items.iter().map(sent).collect(),
        Value::Object(members) if members.keys().any(|key| key.starts_with('$')) => {
            json!({ "$exactly": payload })
        }
        Value::Object(members) => {
            let members: Map<String, Value> =
                members.iter().map(|(key, member)| (key.clone(), sent(member))).collect();
            Value::Object(members)
        }
        other => other.clone(),
    }
}

/// The name under which a step captures a key that stands where `pointer_of` says for its event.
pub fn captured(steps: &[Step], pointer_of: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    steps.iter().rev().find_map(|step| {
        let event = member(step, "expect").or_else(|| member(step, "eventually"))?.as_str()?;
        let pattern =
            pointer_of(event).and_then(|pointer| member(step, "data")?.pointer(&pointer).cloned())?;
        let text = pattern.as_str().map(ToOwned::to_owned);
        let text = text.or_else(|| {
            pattern.get("$as").and_then(Value::as_str).map(|name| format!("{{{{any as {name}}}}}"))
        })?;
        let inner = text.strip_prefix("{{")?.strip_suffix("}}")?;
        let name = inner.rsplit_once(" as ").map_or(inner, |(_, name)| name);
        Some(name.to_owned())
    })
}

/// How many arguments a payload of `schema` stands for: those of an array schema with `prefixItems`, else one.
pub fn n_arguments(contract: &Contract, schema: SchemaIdx) -> usize {
    match &contract.schemas[contract.schemas.follow(schema)].body {
        SchemaBody::Constraints(constraints) => constraints.array.prefix.len().max(1),
        SchemaBody::Always(_) => 1,
    }
}

/// Puts `pattern` where `pointer` leads, into an object that grows as needed.
pub fn set(value: &mut Value, pointer: &str, pattern: &Value) {
    let mut at = value;
    for token in pointer_tokens(pointer).unwrap_or_default() {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Value::Object(members) = at else { return };
        at = members.entry(token.into_owned()).or_insert(Value::Null);
    }
    *at = pattern.clone();
}
