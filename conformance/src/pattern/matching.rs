//! Compares a value with a pattern, field by field.

use handfast::rule::At;
use handfast_codegen::load::{Node, NodeKind};
use handfast_codegen::model::JsonType;
use handfast_codegen::pointer::pointer_push;
use serde_json::Value;

use super::form::{self, Form};
use super::placeholder::{Limits, Piece, Placeholder, What, pieces};
use super::{Captures, MAX_SHOWN, Scope, semver};
use crate::interpret::format_test;
use crate::verdict::Difference;

/// The most differences that are told of one value.
const MAX_DIFFERENCES: usize = 32;

/// What an expectation wants of a value.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// A value equal to this one; never an object or array.
    Literal(Value),
    /// A string that is one `{{…}}`.
    Matcher(Placeholder),
    /// A longer string with captured values in it.
    Text(Vec<Piece>),
    /// An object that has these members, whatever else it has.
    Object(Vec<(String, Pattern)>),
    /// An array with exactly these elements.
    Array(Vec<Pattern>),
    /// All of these, as `{ $each: …, $length: 1.. }` says them.
    Forms(Vec<Form>),
}

/// A value, and the bytes that it refers to.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'v> {
    /// The value.
    pub value: &'v Value,
    /// The attachments, which `{"_placeholder":true,"num":0}` in the value refers to.
    pub attachments: &'v [Vec<u8>],
}

impl<'v> From<&'v Value> for Subject<'v> {
    fn from(value: &'v Value) -> Self {
        Self { value, attachments: &[] }
    }
}

impl Pattern {
    /// Reads the pattern at `node`. Problems go into `scope`, as do the names it captures.
    pub fn read(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        let pattern = Self::read_member(node, pointer, scope);
        if pattern.takes_nothing() {
            let place = scope.place(node.position, pointer);
            let message = "nothing but a member of an object can be absent";
            scope.problem("pattern", place, message, "write it as a member: `{ error: \"{{absent}}\" }`");
        }
        pattern
    }

    /// Reads a pattern of what may be absent.
    pub fn read_member(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        match &node.kind {
            NodeKind::Object(members) if form::is_form(members) => {
                Self::Forms(form::read(members, pointer, scope))
            }
            NodeKind::Object(_) => Self::Object(Self::read_members(node, pointer, scope)),
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

    /// Reads the members of an object.
    pub(super) fn read_members(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Vec<(String, Self)> {
        let members = node.as_object().into_iter().flatten();
        let member = members.map(|(key, entry)| {
            (key.clone(), Self::read_member(&entry.value, &pointer_push(pointer, key), scope))
        });
        member.collect()
    }

    /// Whether it is content with nothing at all.
    fn takes_nothing(&self) -> bool {
        match self {
            Self::Matcher(placeholder) => matches!(placeholder.what, What::Absent),
            Self::Forms(forms) => forms.iter().any(|form| matches!(form, Form::Optional(_))),
            _ => false,
        }
    }

    fn text(text: &str, node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Self {
        let mut pieces = pieces(text, node, pointer, scope);
        let is_captured = |piece: &Piece| match piece {
            Piece::Text(_) => true,
            Piece::Placeholder(placeholder) => matches!(placeholder.what, What::Captured(_)),
        };
        if let [Piece::Placeholder(_)] = pieces.as_slice()
            && let Some(Piece::Placeholder(placeholder)) = pieces.pop()
        {
            if matches!(placeholder.what, What::Now(_)) {
                let place = scope.place(node.position, pointer);
                let message =
                    format!("`{}` stands for a fresh time, and can only be sent", placeholder.source);
                scope.problem("pattern", place, message, "write `{{date-time}}`");
            }
            return Self::Matcher(placeholder);
        }
        if !pieces.iter().all(is_captured) {
            let place = scope.place(node.position, pointer);
            let message = format!("`{text}` has a matcher inside a longer string");
            scope.problem("pattern", place, message, "match the whole string: `{{regex ^build-[0-9]+$}}`");
        }
        Self::Text(pieces)
    }

    /// The pattern as JSON, cut to a readable length.
    pub fn shown(&self) -> String {
        cut(&self.to_value().to_string())
    }

    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Literal(value) => value.clone(),
            Self::Matcher(placeholder) => Value::from(placeholder.source.as_str()),
            Self::Text(pieces) => pieces.iter().map(Piece::source).collect::<String>().into(),
            Self::Object(members) => {
                members.iter().map(|(key, member)| (key.clone(), member.to_value())).collect()
            }
            Self::Array(items) => items.iter().map(Self::to_value).collect(),
            Self::Forms(forms) => forms.iter().map(Form::to_member).collect(),
        }
    }
}

impl Piece {
    fn source(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Placeholder(placeholder) => &placeholder.source,
        }
    }
}

/// Compares `value` with `pattern`.
///
/// Returns `captures` and what the pattern captured.
///
/// # Errors
/// What differs, field by field; never empty.
pub fn matches<'v>(
    pattern: &Pattern,
    subject: impl Into<Subject<'v>>,
    captures: &Captures,
) -> Result<Captures, Vec<Difference>> {
    let Subject { value, attachments } = subject.into();
    let mut comparison = Comparison { captures: captures.clone(), attachments, differences: Vec::new() };
    comparison.compare(pattern, value, At::Root);
    if comparison.differences.is_empty() { Ok(comparison.captures) } else { Err(comparison.differences) }
}

/// `text`, cut to a readable length.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

pub(super) struct Comparison<'v> {
    pub(super) captures: Captures,
    pub(super) attachments: &'v [Vec<u8>],
    pub(super) differences: Vec<Difference>,
}

impl Comparison<'_> {
    pub(super) fn compare(&mut self, pattern: &Pattern, value: &Value, at: At<'_>) {
        match (pattern, value) {
            (Pattern::Literal(wanted), value) if handfast::equal(wanted, value) => {}
            (Pattern::Matcher(placeholder), value) => self.matcher(placeholder, value, at),
            (Pattern::Text(pieces), Value::String(text)) => {
                let wanted = super::fill::concat(pieces, &self.captures);
                if wanted != *text {
                    self.differs(at, Value::from(wanted).to_string(), Some(value));
                }
            }
            (Pattern::Object(wanted), Value::Object(members)) => {
                for (key, pattern) in wanted {
                    self.member(pattern, members.get(key), At::Key(&at, key));
                }
            }
            (Pattern::Array(wanted), Value::Array(items)) => {
                for (n, pattern) in wanted.iter().enumerate() {
                    self.member(pattern, items.get(n), At::Index(&at, n));
                }
                for (n, extra) in items.iter().enumerate().skip(wanted.len()) {
                    self.differs(At::Index(&at, n), "nothing".to_owned(), Some(extra));
                }
            }
            (Pattern::Forms(forms), value) => {
                for form in forms {
                    self.form(form, value, at);
                }
            }
            _ => self.differs(at, pattern.shown(), Some(value)),
        }
    }

    pub(super) fn member(&mut self, pattern: &Pattern, value: Option<&Value>, at: At<'_>) {
        match value {
            Some(value) => self.compare(pattern, value, at),
            None if pattern.takes_nothing() => {}
            None => self.differs(at, pattern.shown(), None),
        }
    }

    fn matcher(&mut self, placeholder: &Placeholder, value: &Value, at: At<'_>) {
        let fits = match &placeholder.what {
            What::Any => true,
            What::Type(json_type, limits) => is_type(value, *json_type) && limits.hold(value),
            What::Decimal(limits) => value.is_f64() && limits.hold(value),
            What::Hex(limits) => {
                let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
                value.as_str().is_some_and(is_hex) && limits.hold(value)
            }
            What::Format(format) => value.as_str().is_some_and(format_test(*format)),
            What::Regex(regex) => value.as_str().is_some_and(|text| regex.is_match(text)),
            What::Clock(clock, format) => value.as_str().is_some_and(|text| clock.reads(format, text)),
            What::Semver => value.as_str().is_some_and(semver::is_version),
            What::Includes(part) => value.as_str().is_some_and(|text| text.contains(part.as_str())),
            What::Now(_) | What::Absent => false,
            What::Captured(name) => match self.captures.get(name) {
                Some(captured) if handfast::equal(captured, value) => true,
                captured => {
                    let captured =
                        captured.map_or_else(|| "nothing".to_owned(), |value| cut(&value.to_string()));
                    let wanted = format!("{} = {captured}", placeholder.source);
                    return self.differs(at, wanted, Some(value));
                }
            },
        };
        if !fits {
            return self.differs(at, placeholder.source.clone(), Some(value));
        }
        if let Some(name) = &placeholder.capture {
            self.captures.insert(name, value.clone());
        }
    }

    pub(super) fn differs(&mut self, at: At<'_>, wanted: String, found: Option<&Value>) {
        if self.differences.len() < MAX_DIFFERENCES {
            let found = found.map_or_else(|| "nothing".to_owned(), |value| cut(&value.to_string()));
            self.differences.push(Difference { at: at.pointer(), wanted, found });
        }
    }
}

impl Limits {
    /// Whether a number is within them, or the length of anything else: of a string in characters, of an object in
    /// members.
    pub(super) fn hold(self, value: &Value) -> bool {
        let number = match value {
            Value::String(text) => text.chars().count() as f64,
            Value::Array(items) => items.len() as f64,
            Value::Object(members) => members.len() as f64,
            value => value.as_f64().unwrap_or_default(),
        };
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }
}

fn is_type(value: &Value, json_type: JsonType) -> bool {
    match json_type {
        JsonType::Null => value.is_null(),
        JsonType::Boolean => value.is_boolean(),
        // A number without a fraction is an integer, however it is written (JSON Schema Core, 6.3).
        JsonType::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        JsonType::Number => value.is_number(),
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}
