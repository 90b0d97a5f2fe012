//! Matchers that hold other patterns: `{ $each: … }`, `{ $any-of: […] }`. Every form that stands in one object has to match.

use std::collections::BTreeSet;

use data_encoding::{BASE64, HEXLOWER};
use handfast::rule::At;
use handfast_codegen::diagnostic::nearest;
use handfast_codegen::load::{Node, NodeKind, Object};
use handfast_codegen::pointer::pointer_push;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Scope;
use super::matching::{Comparison, Pattern, cut};
use super::media_type;
use super::placeholder::{Limits, sizes};
use crate::verdict::Difference;

/// What one member of such an object wants.
#[derive(Debug, Clone)]
pub enum Form {
    /// `$any-of`: one of these; the first that matches captures.
    AnyOf(Vec<Pattern>),
    /// `$all-of`: each of these.
    AllOf(Vec<Pattern>),
    /// `$not`: anything but this.
    Not(Box<Pattern>),
    /// `$optional`: this, or no such member.
    Optional(Box<Pattern>),
    /// `$each`: every element of an array.
    Each(Box<Pattern>),
    /// `$each-key`: the name of every member of an object.
    EachKey(Box<Pattern>),
    /// `$each-value`: the value of every member of an object.
    EachValue(Box<Pattern>),
    /// `$contains`: each of these is an element of an array.
    Contains(Vec<Pattern>),
    /// `$length`: of a string in characters, of an array, of an object in members. As it is written, too.
    Length(Limits, String),
    /// `$only`: an object with these members and no other.
    Only(Vec<(String, Pattern)>),
    /// `$exactly`: this very JSON.
    Exactly(Value),
    /// `$binary`: a binary attachment.
    Binary(Binary),
    /// `$as`: the value is captured under this name.
    As(String),
}

/// What a binary attachment is like.
#[derive(Debug, Clone, Default)]
pub struct Binary {
    /// How many bytes it has, and how that is written.
    pub length: Option<(Limits, String)>,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub sha256: Option<String>,
    /// Its bytes.
    pub bytes: Option<Vec<u8>>,
    /// Its media type, as its first bytes tell it: `image/png`, `image/*`.
    pub media_type: Option<String>,
}

type Read = fn(&Node, &str, &mut Scope<'_>) -> Option<Form>;

/// Every form, by its key.
const FORMS: [(&str, Read); 13] = [
    ("$any-of", any_of),
    ("$all-of", |node, at, scope| Some(Form::AllOf(list(node, at, scope)?))),
    ("$not", |node, at, scope| Some(Form::Not(inside(node, at, scope)))),
    ("$optional", |node, at, scope| Some(Form::Optional(inside(node, at, scope)))),
    ("$each", |node, at, scope| Some(Form::Each(inside(node, at, scope)))),
    ("$each-key", |node, at, scope| Some(Form::EachKey(inside(node, at, scope)))),
    ("$each-value", |node, at, scope| Some(Form::EachValue(inside(node, at, scope)))),
    ("$contains", |node, at, scope| Some(Form::Contains(list(node, at, scope)?))),
    ("$length", length),
    ("$only", only),
    (EXACTLY, |node, _, _| Some(Form::Exactly(node.to_value()))),
    (BINARY, |node, at, scope| binary(node, at, scope).map(Form::Binary)),
    ("$as", capture),
];

/// The key of JSON that is meant as it stands, placeholders and forms included.
pub const EXACTLY: &str = "$exactly";
/// The key of a binary attachment.
pub const BINARY: &str = "$binary";

/// Whether an object is made of forms, or looks as if it was meant to be.
pub fn is_form(members: &Object) -> bool {
    let is_known = |key: &String| FORMS.iter().any(|(known, _)| known == key);
    let is_misspelt =
        |key: &String| key.starts_with('$') && nearest(key, &FORMS.map(|(key, _)| key)).is_some();
    members.keys().any(is_known) || !members.is_empty() && members.keys().all(is_misspelt)
}

/// Reads the forms in an object.
pub fn read(members: &Object, pointer: &str, scope: &mut Scope<'_>) -> Vec<Form> {
    let mut forms = Vec::new();
    for (key, entry) in members {
        let at = pointer_push(pointer, key);
        match FORMS.iter().find(|(known, _)| known == key) {
            Some((_, read)) => forms.extend(read(&entry.value, &at, scope)),
            None => {
                let place = scope.place(entry.key_position, &at);
                let help = match nearest(key, &FORMS.map(|(key, _)| key)).filter(|_| key.starts_with('$')) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "put the members of an object into an object of their own: `{ $all-of: [{ id: 1 }, …] }`".to_owned(),
                };
                scope.problem("pattern", place, format!("`{key}` stands beside matchers, and is none"), help);
            }
        }
    }
    forms
}

/// A pattern of values of which there may be none, or many: later steps can't rely on what it captures.
fn inside(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Box<Pattern> {
    let before = scope.names.clone();
    let pattern = Pattern::read(node, pointer, scope);
    scope.names = before;
    Box::new(pattern)
}

fn any_of(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<Form> {
    let before = scope.names.clone();
    let mut common: Option<BTreeSet<String>> = None;
    let mut patterns = Vec::new();
    for (n, item) in items(node, pointer, scope)?.iter().enumerate() {
        scope.names.clone_from(&before);
        patterns.push(Pattern::read(item, &format!("{pointer}/{n}"), scope));
        let names = std::mem::take(&mut scope.names);
        common = Some(common.map_or(names.clone(), |common| &common & &names));
    }
    scope.names = common.unwrap_or(before);
    Some(Form::AnyOf(patterns))
}

fn list(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<Vec<Pattern>> {
    let items = items(node, pointer, scope)?.iter().enumerate();
    Some(items.map(|(n, item)| Pattern::read(item, &format!("{pointer}/{n}"), scope)).collect())
}

fn items<'n>(node: &'n Node, pointer: &str, scope: &mut Scope<'_>) -> Option<&'n [Node]> {
    let items = node.as_array().filter(|items| !items.is_empty());
    if items.is_none() {
        let place = scope.place(node.position, pointer);
        scope.problem("pattern", place, "a list of patterns is wanted here", "write `[first, second]`");
    }
    items
}

fn length(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<Form> {
    let (limits, text) = size(node, pointer, scope)?;
    Some(Form::Length(limits, text))
}

fn size(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<(Limits, String)> {
    let text = node.as_str().map_or_else(|| node.to_value().to_string(), str::to_owned);
    match sizes(&text) {
        Ok(limits) => Some((limits, text)),
        Err((message, help)) => {
            let place = scope.place(node.position, pointer);
            scope.problem("pattern", place, message, help);
            None
        }
    }
}

fn only(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<Form> {
    if node.as_object().is_none() {
        let place = scope.place(node.position, pointer);
        let message = format!("`$only` takes an object, and this is {}", node.type_name());
        scope.problem("pattern", place, message, "write `{ $only: { id: 1 } }`");
        return None;
    }
    Some(Form::Only(Pattern::read_members(node, pointer, scope)))
}

fn capture(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<Form> {
    match node.as_str().filter(|name| super::placeholder::can_be_captured(name)) {
        Some(name) => {
            scope.names.insert(name.to_owned());
            Some(Form::As(name.to_owned()))
        }
        None => {
            let place = scope.place(node.position, pointer);
            let message = "`$as` takes a name that no matcher has";
            scope.problem("pattern", place, message, "write `{ $each: \"{{uuid}}\", $as: ids }`");
            None
        }
    }
}

/// Reads what stands behind `$binary`.
pub fn binary(node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<Binary> {
    let mut binary = Binary::default();
    let Some(members) = node.as_object().filter(|members| !members.is_empty()) else {
        let place = scope.place(node.position, pointer);
        let help = "write `{ $binary: { length: 1.., sha256: …, base64: …, type: … } }`";
        scope.problem("pattern", place, "`$binary` says what an attachment is like", help);
        return None;
    };
    for (key, entry) in members {
        let at = pointer_push(pointer, key);
        let text = entry.value.as_str().unwrap_or_default();
        let wrong = match key.as_str() {
            "length" => {
                binary.length = size(&entry.value, &at, scope);
                None
            }
            "sha256" => {
                let is_hash =
                    HEXLOWER.decode(text.to_ascii_lowercase().as_bytes()).is_ok_and(|hash| hash.len() == 32);
                binary.sha256 = Some(text.to_ascii_lowercase());
                (!is_hash).then(|| "a SHA-256 has 64 hexadecimal digits".to_owned())
            }
            "base64" => match BASE64.decode(text.as_bytes()) {
                Ok(bytes) => {
                    binary.bytes = Some(bytes);
                    None
                }
                Err(error) => Some(format!("this is no base64: {error}")),
            },
            "type" => {
                binary.media_type = Some(text.to_ascii_lowercase());
                (!media_type::is_known(text)).then(|| format!("`{text}` is no media type that bytes tell"))
            }
            _ => Some(format!("`{key}` is no key of `$binary`")),
        };
        if let Some(message) = wrong {
            let place = scope.place(entry.value.position, &at);
            scope.problem("pattern", place, message, "known are: length, sha256, base64, type");
        }
    }
    Some(binary)
}

impl Form {
    /// Key and value, as they are written.
    pub fn to_member(&self) -> (String, Value) {
        let all = |patterns: &[Pattern]| patterns.iter().map(Pattern::to_value).collect();
        let (key, value) = match self {
            Self::AnyOf(patterns) => ("$any-of", all(patterns)),
            Self::AllOf(patterns) => ("$all-of", all(patterns)),
            Self::Not(pattern) => ("$not", pattern.to_value()),
            Self::Optional(pattern) => ("$optional", pattern.to_value()),
            Self::Each(pattern) => ("$each", pattern.to_value()),
            Self::EachKey(pattern) => ("$each-key", pattern.to_value()),
            Self::EachValue(pattern) => ("$each-value", pattern.to_value()),
            Self::Contains(patterns) => ("$contains", all(patterns)),
            Self::Length(_, text) => ("$length", text.as_str().into()),
            Self::Only(members) => {
                ("$only", members.iter().map(|(key, member)| (key.clone(), member.to_value())).collect())
            }
            Self::Exactly(value) => (EXACTLY, value.clone()),
            Self::Binary(binary) => (BINARY, binary.to_value()),
            Self::As(name) => ("$as", name.as_str().into()),
        };
        (key.to_owned(), value)
    }
}

impl Comparison<'_> {
    /// Compares `value` with one form.
    pub(super) fn form(&mut self, form: &Form, value: &Value, at: At<'_>) {
        match (form, value) {
            (Form::AnyOf(patterns), _) => self.any_of(patterns, value, at),
            (Form::AllOf(patterns), _) => {
                patterns.iter().for_each(|pattern| self.compare(pattern, value, at));
            }
            (Form::Optional(pattern), _) => self.compare(pattern, value, at),
            (Form::Each(pattern), Value::Array(items)) => {
                for (n, item) in items.iter().enumerate() {
                    self.compare(pattern, item, At::Index(&at, n));
                }
            }
            (Form::EachKey(pattern), Value::Object(members)) => {
                for key in members.keys() {
                    self.compare(pattern, &Value::from(key.as_str()), At::Key(&at, key));
                }
            }
            (Form::EachValue(pattern), Value::Object(members)) => {
                for (key, member) in members {
                    self.compare(pattern, member, At::Key(&at, key));
                }
            }
            (Form::Contains(patterns), Value::Array(items)) => {
                patterns.iter().for_each(|pattern| self.contains(pattern, items, value, at));
            }
            (Form::Only(wanted), Value::Object(members)) => self.only(wanted, members, at),
            (Form::As(name), _) => self.captures.insert(name, value.clone()),
            (form, _) if self.holds(form, value) => {}
            (form, _) => self.differs(at, shown(form), Some(value)),
        }
    }

    /// Whether `value` is what a form without differences inside wants.
    fn holds(&self, form: &Form, value: &Value) -> bool {
        match form {
            Form::Not(pattern) => self.tried(pattern, value, At::Root).is_err(),
            Form::Length(limits, _) => {
                (value.is_string() || value.is_array() || value.is_object()) && limits.hold(value)
            }
            Form::Exactly(wanted) => handfast::equal(wanted, value),
            Form::Binary(binary) => binary.is_like(value, self.attachments),
            _ => false,
        }
    }

    /// What comes of comparing `value` with `pattern`, and nothing of it kept.
    fn tried(
        &self,
        pattern: &Pattern,
        value: &Value,
        at: At<'_>,
    ) -> Result<super::Captures, Vec<Difference>> {
        let (captures, attachments) = (self.captures.clone(), self.attachments);
        let mut attempt = Comparison { captures, attachments, differences: Vec::new() };
        attempt.compare(pattern, value, at);
        if attempt.differences.is_empty() { Ok(attempt.captures) } else { Err(attempt.differences) }
    }

    fn any_of(&mut self, patterns: &[Pattern], value: &Value, at: At<'_>) {
        let mut near: Vec<Vec<Difference>> = Vec::new();
        for pattern in patterns {
            match self.tried(pattern, value, at) {
                Ok(captures) => {
                    self.captures = captures;
                    return;
                }
                Err(differences) => near.push(differences),
            }
        }
        // What differs as a whole is no alternative that was meant.
        let whole = at.pointer();
        let inside = near
            .into_iter()
            .filter(|differences| differences.iter().all(|difference| difference.at != whole));
        match inside.min_by_key(Vec::len) {
            Some(differences) => self.differences.extend(differences),
            None => {
                let wanted: Vec<_> = patterns.iter().map(Pattern::shown).collect();
                self.differs(at, cut(&wanted.join(" or ")), Some(value));
            }
        }
    }

    fn contains(&mut self, pattern: &Pattern, items: &[Value], value: &Value, at: At<'_>) {
        let found =
            items.iter().enumerate().find_map(|(n, item)| self.tried(pattern, item, At::Index(&at, n)).ok());
        match found {
            Some(captures) => self.captures = captures,
            None => self.differs(at, format!("an element {}", pattern.shown()), Some(value)),
        }
    }

    fn only(&mut self, wanted: &[(String, Pattern)], members: &Map<String, Value>, at: At<'_>) {
        for (key, pattern) in wanted {
            self.member(pattern, members.get(key), At::Key(&at, key));
        }
        for (key, extra) in members {
            if !wanted.iter().any(|(known, _)| known == key) {
                self.differs(At::Key(&at, key), "nothing".to_owned(), Some(extra));
            }
        }
    }
}

/// The form as JSON, cut to a readable length.
fn shown(form: &Form) -> String {
    let (key, value) = form.to_member();
    cut(&Value::Object([(key, value)].into_iter().collect()).to_string())
}

impl Pattern {
    /// Whether it is about bytes.
    pub fn is_binary(&self) -> bool {
        matches!(self, Self::Forms(forms) if forms.iter().any(|form| matches!(form, Form::Binary(_))))
    }
}

impl Binary {
    fn is_like(&self, value: &Value, attachments: &[Vec<u8>]) -> bool {
        let Some(found) = attachment(value, attachments) else { return false };
        let length = Value::from(found.len());
        self.length.as_ref().is_none_or(|(limits, _)| limits.hold(&length))
            && self.bytes.as_ref().is_none_or(|bytes| bytes == found)
            && self.media_type.as_ref().is_none_or(|wanted| media_type::is_of(found, wanted))
            && self.sha256.as_ref().is_none_or(|hash| *hash == HEXLOWER.encode(&Sha256::digest(found)))
    }

    fn to_value(&self) -> Value {
        let length = self.length.as_ref().map(|(_, text)| ("length", text.clone()));
        let sha256 = self.sha256.as_ref().map(|hash| ("sha256", hash.clone()));
        let base64 = self.bytes.as_ref().map(|bytes| ("base64", BASE64.encode(bytes)));
        let media_type = self.media_type.as_ref().map(|media_type| ("type", media_type.clone()));
        let members = [length, sha256, base64, media_type].into_iter().flatten();
        members.map(|(key, text)| (key.to_owned(), Value::from(text))).collect()
    }
}

/// The attachment that `value` stands for, as Socket.IO refers to it (protocol 5, binary events).
fn attachment<'v>(value: &Value, attachments: &'v [Vec<u8>]) -> Option<&'v Vec<u8>> {
    value.get("_placeholder").filter(|is_one| **is_one == Value::Bool(true))?;
    attachments.get(usize::try_from(value.get("num")?.as_u64()?).ok()?)
}

/// What stands for the attachment number `n` in a value.
pub fn placeholder(n: usize) -> Value {
    serde_json::json!({ "_placeholder": true, "num": n })
}

/// The value of a node that is only the form `key`.
pub fn sole<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.kind {
        NodeKind::Object(members) if members.len() == 1 => node.get(key),
        _ => None,
    }
}
