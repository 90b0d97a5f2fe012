//! Fills in what a session sends.

use std::time::{Duration, SystemTime};

use handfast_codegen::load::{Entry, Node, NodeKind};
use handfast_codegen::model::{Format, JsonType};
use handfast_codegen::pointer::pointer_push;
use serde_json::Value;

use super::clock::{self, Now, NowForm};
use super::form::{self, BINARY, EXACTLY};
use super::placeholder::{Limits, Piece, Placeholder, What, pieces};
use super::{Captures, Scope};

/// The length of a string whose length nobody says.
const LENGTH: f64 = 12.0;
/// The longest string that is made up, in characters.
const MAX_LENGTH: f64 = 65_536.0;
/// How far numbers go whose range has no end.
const SPAN: f64 = 2_147_483_647.0;

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

    fn system_time(&self) -> SystemTime {
        self.began.checked_add(self.now).unwrap_or(self.began)
    }

    fn now(&self, now: &Now) -> Value {
        let at = now.at(self.system_time());
        match &now.form {
            NowForm::Text => format!("{at:.3}").into(),
            NowForm::Millis => at.as_millisecond().into(),
            NowForm::Seconds => at.as_second().into(),
            NowForm::Strftime(format) => self.clock(format),
        }
    }

    /// The present time in a form of strftime, which was checked when it was read.
    fn clock(&self, format: &str) -> Value {
        let at = clock::now().at(self.system_time());
        clock::written(format, at).unwrap_or_default().into()
    }

    fn integer(&mut self, limits: Limits) -> Value {
        let (min, max) = limits.span();
        // A range of integers holds one: that was checked when it was read.
        self.random.i64(min.ceil() as i64..=(max.floor() as i64).max(min.ceil() as i64)).into()
    }

    fn number(&mut self, limits: Limits) -> Value {
        let (min, max) = limits.span();
        Value::from((min + self.random.f64() * (max - min)).clamp(min, max))
    }

    fn text(&mut self, limits: Limits, digit: fn(&mut fastrand::Rng) -> char) -> Value {
        let min = limits.min.unwrap_or(LENGTH.min(limits.max.unwrap_or(LENGTH))).min(MAX_LENGTH);
        let max = limits.max.unwrap_or(min.max(LENGTH)).clamp(min, MAX_LENGTH);
        let length = self.random.u64(min as u64..=max as u64);
        (0..length).map(|_| digit(&mut self.random)).collect::<String>().into()
    }
}

impl Limits {
    /// The least and the greatest number within them.
    fn span(self) -> (f64, f64) {
        let min = self.min.unwrap_or_else(|| self.max.map_or(0.0, |max| (max - SPAN).min(0.0)));
        (min, self.max.unwrap_or(min.max(0.0) + SPAN))
    }
}

impl Template {
    /// Reads the template at `node`. Problems go into `scope`, as do the names it captures.
    pub fn read(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        if let Some(value) = form::sole(node, EXACTLY) {
            return Self::of(&value.to_value());
        }
        if let Some(binary) = form::sole(node, BINARY) {
            return Self::binary(binary, &pointer_push(pointer, BINARY), scope);
        }
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
            NodeKind::String(text) if text.contains("{{") => Self::read_text(text, node, pointer, scope),
            _ => Self::Literal(node.to_value()),
        }
    }

    fn read_text(text: &str, node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        let mut pieces = pieces(text, node, pointer, scope);
        for piece in &pieces {
            if let Piece::Placeholder(placeholder) = piece
                && !placeholder.what.can_be_made()
            {
                let place = scope.place(node.position, pointer);
                let message = format!("`{}` matches many values, and can't be sent", placeholder.source);
                let help = "what is sent takes `{{NAME}}`, `{{uuid}}`, `{{now}}`, `{{integer 1..9}}`, `{{string 8}}` and the like";
                scope.problem("pattern", place, message, help);
            }
        }
        if let [Piece::Placeholder(_)] = pieces.as_slice()
            && let Some(Piece::Placeholder(placeholder)) = pieces.pop()
        {
            return Self::Placeholder(placeholder);
        }
        Self::Text(pieces)
    }

    /// Bytes that travel as an attachment; a reference takes their place.
    fn binary(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        let bytes = form::binary(node, pointer, scope).and_then(|binary| binary.bytes);
        if bytes.is_none() {
            let place = scope.place(node.position, pointer);
            let help = "write `{ $binary: { base64: AAE= } }`";
            scope.problem("pattern", place, "an attachment that is sent has its bytes in `base64`", help);
        }
        scope.attachments.push(bytes.unwrap_or_default());
        Self::of(&form::placeholder(scope.attachments.len() - 1))
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

    /// The value to send, as text: a string is itself, anything else its JSON.
    pub fn text(&self, captures: &mut Captures, fresh: &mut Fresh) -> String {
        match self.fill(captures, fresh) {
            Value::String(text) => text,
            value => value.to_string(),
        }
    }

    /// Whether everything that it needs is captured.
    pub fn is_ready(&self, captures: &Captures) -> bool {
        let is_known = |placeholder: &Placeholder| match &placeholder.what {
            What::Captured(name) => captures.get(name).is_some(),
            _ => true,
        };
        match self {
            Self::Literal(_) => true,
            Self::Placeholder(placeholder) => is_known(placeholder),
            Self::Text(pieces) => pieces.iter().all(|piece| match piece {
                Piece::Text(_) => true,
                Piece::Placeholder(placeholder) => is_known(placeholder),
            }),
            Self::Object(members) => members.iter().all(|(_, member)| member.is_ready(captures)),
            Self::Array(items) => items.iter().all(|item| item.is_ready(captures)),
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
        what => what.made(fresh),
    };
    if let Some(name) = &placeholder.capture {
        captures.insert(name, value.clone());
    }
    value
}

impl What {
    /// Whether there is a value to send that it stands for.
    pub(super) fn can_be_made(&self) -> bool {
        match self {
            Self::Captured(_) | Self::Now(_) | Self::Clock(..) | Self::Decimal(_) | Self::Hex(_) => true,
            Self::Format(format) => {
                matches!(format, Format::Uuid | Format::Date | Format::Time | Format::DateTime)
            }
            Self::Type(json_type, _) => !matches!(json_type, JsonType::Array | JsonType::Object),
            Self::Any | Self::Absent | Self::Semver | Self::Includes(_) | Self::Regex(_) => false,
        }
    }

    /// A fresh value that it stands for.
    pub(super) fn made(&self, fresh: &mut Fresh) -> Value {
        match self {
            Self::Now(now) => fresh.now(now),
            Self::Clock(_, format) => fresh.clock(format),
            Self::Format(Format::Date) => fresh.clock("%Y-%m-%d"),
            Self::Format(Format::Time) => fresh.clock("%H:%M:%SZ"),
            Self::Format(Format::DateTime) => fresh.now(&clock::now()),
            Self::Format(_) => fresh.uuid().into(),
            Self::Type(JsonType::Boolean, _) => fresh.random.bool().into(),
            Self::Type(JsonType::Integer, limits) => fresh.integer(*limits),
            Self::Type(JsonType::Number, limits) | Self::Decimal(limits) => fresh.number(*limits),
            Self::Type(JsonType::String, limits) => fresh.text(*limits, fastrand::Rng::alphanumeric),
            Self::Hex(limits) => fresh.text(*limits, |random| random.digit(16)),
            _ => Value::Null,
        }
    }
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
