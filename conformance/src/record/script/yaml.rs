//! Writes YAML 1.2 as people write sessions: short values in one line, long ones indented.

use std::fmt::Write as _;

use serde_json::Value;

/// The longest line that is written on purpose, in characters.
const WIDTH: usize = 120;

/// What is written: a value, or a mapping whose order is meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A value; members of objects are sorted.
    Value(Value),
    /// A mapping.
    Map(Entries),
}

/// A mapping in the order in which it is written.
pub type Entries = Vec<(String, Node)>;

impl<V: Into<Value>> From<V> for Node {
    fn from(value: V) -> Self {
        Self::Value(value.into())
    }
}

impl Node {
    /// What is in it, where it is a mapping or a list.
    fn parts(&self) -> Parts {
        match self {
            Self::Map(entries) => Parts::Entries(entries.clone()),
            Self::Value(Value::Object(members)) => Parts::Entries(
                members.iter().map(|(name, member)| (name.clone(), member.clone().into())).collect(),
            ),
            Self::Value(Value::Array(items)) => {
                Parts::Items(items.iter().map(|item| item.clone().into()).collect())
            }
            Self::Value(_) => Parts::None,
        }
    }
}

/// What is in a node.
enum Parts {
    Entries(Entries),
    Items(Vec<Node>),
    None,
}

/// Writes a session's file.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// `key: value` at `indent`.
    pub fn line(&mut self, indent: usize, key: &str, value: &Node) {
        self.text.push_str(&" ".repeat(indent));
        self.entry(indent, key, value);
    }

    /// `key: { … }` in one line, however long.
    pub fn flow(&mut self, key: &str, entries: &Entries) {
        let _ = writeln!(self.text, "{key}: {}", flow_entries(entries));
    }

    /// `key:`
    pub fn open(&mut self, key: &str) {
        let _ = writeln!(self.text, "{key}:");
    }

    /// Takes back the line break of a key whose list is empty.
    pub fn empty(&mut self) {
        self.text.pop();
        self.text.push_str(" []\n");
    }

    /// `- key: value`, the other entries below it.
    pub fn item(&mut self, indent: usize, entries: &Entries) {
        if let [(key, Node::Value(Value::Null))] = entries.as_slice() {
            let _ = writeln!(self.text, "{}- {key}", " ".repeat(indent));
            return;
        }
        for (n, (key, value)) in entries.iter().enumerate() {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(if n == 0 { "- " } else { "  " });
            self.entry(indent + 2, key, value);
        }
    }

    /// `- key:` with a list of items below it.
    pub fn group(&mut self, indent: usize, key: &str, members: &[Entries]) {
        let _ = writeln!(self.text, "{}- {key}:", " ".repeat(indent));
        members.iter().for_each(|member| self.item(indent + 4, member));
    }

    fn entry(&mut self, indent: usize, key: &str, value: &Node) {
        let (key, line) = (scalar(key), flow(value));
        if indent + key.chars().count() + 2 + line.chars().count() <= WIDTH {
            let _ = writeln!(self.text, "{key}: {line}");
            return;
        }
        match value.parts() {
            Parts::Entries(entries) if !entries.is_empty() => {
                let _ = writeln!(self.text, "{key}:");
                entries.iter().for_each(|(name, member)| self.line(indent + 2, name, member));
            }
            Parts::Items(items) if !items.is_empty() => {
                let _ = writeln!(self.text, "{key}:");
                for item in &items {
                    self.text.push_str(&" ".repeat(indent + 2));
                    self.text.push_str("- ");
                    self.list_item(indent + 4, item);
                }
            }
            _ => {
                let _ = writeln!(self.text, "{key}: {line}");
            }
        }
    }

    /// An item of a list, behind its hyphen.
    fn list_item(&mut self, indent: usize, item: &Node) {
        let line = flow(item);
        match item.parts() {
            Parts::Entries(entries) if indent + line.chars().count() > WIDTH && !entries.is_empty() => {
                for (n, (name, member)) in entries.iter().enumerate() {
                    if n > 0 {
                        self.text.push_str(&" ".repeat(indent));
                    }
                    self.entry(indent, name, member);
                }
            }
            _ => {
                let _ = writeln!(self.text, "{line}");
            }
        }
    }

    /// How many lines there are so far.
    pub fn n_lines(&self) -> usize {
        self.text.lines().count()
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.text
    }
}

/// `node` in one line.
fn flow(node: &Node) -> String {
    match (node.parts(), node) {
        (Parts::Entries(entries), _) => flow_entries(&entries),
        (Parts::Items(items), _) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        (Parts::None, Node::Value(Value::String(text))) => scalar(text),
        (Parts::None, Node::Value(other)) => other.to_string(),
        (Parts::None, Node::Map(_)) => String::new(),
    }
}

fn flow_entries(entries: &Entries) -> String {
    if entries.is_empty() {
        return "{}".to_owned();
    }
    let entries = entries.iter().map(|(name, member)| format!("{}: {}", scalar(name), flow(member)));
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

/// A string without quotes where nothing can take it for anything else, in double quotes otherwise.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    // A time, `15s`, or a number of times, `1..`: both are strings.
    let number = text.strip_suffix('s').or_else(|| text.strip_suffix(".."));
    if number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
        return true;
    }
    let word = text.to_ascii_lowercase();
    let is_other =
        matches!(word.as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '$')
        || text.starts_with("../");
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "_./$-:".contains(c);
    starts
        && !is_other
        && !text.ends_with(':')
        && text.chars().all(|c| is_safe(c) || c == ' ')
        && !text.contains(": ")
        && !text.ends_with(' ')
        && !text.contains("  ")
}

/// In double quotes, as JSON has it; what YAML does not let stand, or what a reader can't see, is escaped as well.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for char in Value::from(text).to_string().chars() {
        match char {
            '\u{7f}'..='\u{9f}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Value {
        handfast_codegen::load::parse(Path::new("t.yaml"), text)
            .unwrap_or_else(|error| panic!("{error:?}\n{text}"))
            .to_value()
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            any::<String>(),
            "[a-zA-Z:,#{}\\[\\]&*!|>'\"%@` -]{0,12}",
            "(true|null|1e3|0x1|~|-|\\?|\\$A|a: b)"
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 48, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(text.clone(), inner, 0..5)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value in any_json()) {
            let mut out = Writer::default();
            out.item(0, &vec![("first".to_owned(), json!("f").into()), ("data".to_owned(), value.clone().into())]);
            out.flow_item(&value);
            let text = out.finish();
            prop_assert_eq!(read(&text), json!([{ "first": "f", "data": value }, { "x": value }]), "{}", text);
        }
    }

    impl Writer {
        fn flow_item(&mut self, value: &Value) {
            self.text.push_str("- ");
            self.flow_pair(value);
        }

        fn flow_pair(&mut self, value: &Value) {
            let _ = writeln!(self.text, "{{ x: {} }}", flow(&value.clone().into()));
        }
    }

    #[test]
    fn short_values_stand_in_one_line_and_long_ones_below() {
        let entries = |entries: &[(&str, Value)]| -> Entries {
            entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone().into())).collect()
        };
        let mut out = Writer::default();
        out.item(2, &entries(&[("send", json!("ping")), ("data", json!({ "a": 1, "b": ["x", "1"] }))]));
        out.item(2, &entries(&[("disconnect", Value::Null)]));
        let long = "x".repeat(120);
        let data = json!({ "long": long, "list": [{ "of": "{{uuid}}" }] });
        out.item(2, &entries(&[("expect", json!("build:done")), ("data", data)]));
        let expected = format!(
            "  - send: ping\n    data: {{ a: 1, b: [x, \"1\"] }}\n  - disconnect\n  - expect: build:done\n    data:\n      list: [{{ of: \"{{{{uuid}}}}\" }}]\n      long: {long}\n"
        );
        assert_eq!(out.finish(), expected);
    }
}
