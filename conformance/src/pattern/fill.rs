//! Fills in what a session sends.

use std::time::{Duration, SystemTime};

use handfast_codegen::load::{Entry, Node, NodeKind, pointer_push};
use handfast_codegen::model::Format;
use jiff::Timestamp;
use serde_json::Value;

use super::placeholder::{Piece, Placeholder, What, pieces};
use super::{Captures, Scope};

/// JSON to send, with placeholders in it.
#[derive(Debug, Clone)]
pub enum Template {
    /// This value; never an object or array.
    Literal(Value),
    /// A string that is one `{{…}}`: a value of any type.
    Placeholder(Placeholder),
    /// A longer string with values in it.
    Text(Vec<Piece>),
    /// An object.
    Object(Vec<(String, Template)>),
    /// An array.
    Array(Vec<Template>),
}

/// Where fresh values come from.
#[derive(Debug, Clone)]
pub struct Fresh {
    random: fastrand::Rng,
    began: SystemTime,
    /// Since `began`.
    pub now: Duration,
}

impl Fresh {
    /// Fresh values that derive from `seed`, in a session that began at `began`.
    pub fn new(seed: u64, began: SystemTime) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), began, now: Duration::ZERO }
    }

    /// What is neither a UUID nor a time.
    pub(crate) fn random(&mut self) -> &mut fastrand::Rng {
        &mut self.random
    }

    /// A random UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let bytes = self.random.u128(..).to_be_bytes();
        uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
    }

    /// The time it is now, as RFC 3339 writes it.
    pub(crate) fn time(&self) -> String {
        let now = self.began.checked_add(self.now).unwrap_or(self.began);
        let timestamp = Timestamp::try_from(now).unwrap_or(Timestamp::UNIX_EPOCH);
        format!("{timestamp:.3}")
    }
}

impl Template {
    /// Reads the template at `node`. Problems go into `scope`, as do the names it captures.
    pub fn read(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        match &node.kind {
            NodeKind::Object(members) => {
                let member = |(key, entry): (&String, &Entry)| {
                    (key.clone(), Self::read(&entry.value, &pointer_push(pointer, key), scope))
                };
                Self::Object(members.iter().map(member).collect())
            }
            NodeKind::Array(items) => {
                let items = items.iter().enumerate();
                Self::Array(
                    items.map(|(n, item)| Self::read(item, &format!("{pointer}/{n}"), scope)).collect(),
                )
            }
            NodeKind::String(text) if text.contains("{{") => Self::text(text, node, pointer, scope),
            _ => Self::Literal(node.to_value()),
        }
    }

    fn text(text: &str, node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        let mut pieces = pieces(text, node, pointer, scope);
        for piece in &pieces {
            if let Piece::Placeholder(placeholder) = piece
                && !matches!(placeholder.what, What::Captured(_) | What::Now | What::Format(Format::Uuid))
            {
                let place = scope.place(node.position, pointer);
                let message = format!("`{}` matches many values, and can't be sent", placeholder.source);
                scope.problem(
                    "pattern",
                    place,
                    message,
                    "what is sent takes `{{NAME}}`, `{{uuid}}` or `{{now}}`",
                );
            }
        }
        if let [Piece::Placeholder(_)] = pieces.as_slice()
            && let Some(Piece::Placeholder(placeholder)) = pieces.pop()
        {
            return Self::Placeholder(placeholder);
        }
        Self::Text(pieces)
    }

    /// The template of one value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Object(members) => {
                Self::Object(members.iter().map(|(key, member)| (key.clone(), Self::of(member))).collect())
            }
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            value => Self::Literal(value.clone()),
        }
    }

    /// The value, where nothing has to be filled in.
    pub fn constant(&self) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Placeholder(_) | Self::Text(_) => None,
            Self::Object(members) => {
                members.iter().map(|(key, member)| Some((key.clone(), member.constant()?))).collect()
            }
            Self::Array(items) => items.iter().map(Self::constant).collect(),
        }
    }

    /// The value to send. Fresh values that are captured go into `captures`.
    pub fn fill(&self, captures: &mut Captures, fresh: &mut Fresh) -> Value {
        match self {
            Self::Literal(value) => value.clone(),
            Self::Placeholder(placeholder) => value_of(placeholder, captures, fresh),
            Self::Text(pieces) => {
                let mut text = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(part) => text.push_str(part),
                        Piece::Placeholder(placeholder) => {
                            push(&mut text, &value_of(placeholder, captures, fresh));
                        }
                    }
                }
                text.into()
            }
            Self::Object(members) => {
                members.iter().map(|(key, member)| (key.clone(), member.fill(captures, fresh))).collect()
            }
            Self::Array(items) => items.iter().map(|item| item.fill(captures, fresh)).collect(),
        }
    }
}

fn value_of(placeholder: &Placeholder, captures: &mut Captures, fresh: &mut Fresh) -> Value {
    let value = match &placeholder.what {
        What::Captured(name) => captures.get(name).cloned().unwrap_or_default(),
        What::Now => fresh.time().into(),
        _ => fresh.uuid().into(),
    };
    if let Some(name) = &placeholder.capture {
        captures.insert(name, value.clone());
    }
    value
}

/// The string that `pieces` come to, with captured values alone.
pub fn concat(pieces: &[Piece], captures: &Captures) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Placeholder(Placeholder { what: What::Captured(name), .. }) => {
                push(&mut text, captures.get(name).unwrap_or(&Value::Null));
            }
            Piece::Placeholder(placeholder) => text.push_str(&placeholder.source),
        }
    }
    text
}

fn push(text: &mut String, value: &Value) {
    match value {
        Value::String(part) => text.push_str(part),
        value => text.push_str(&value.to_string()),
    }
}
