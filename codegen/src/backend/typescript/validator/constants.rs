//! What validators share: the locations of documents, regular expressions, and values that they compare with.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::super::literal;

/// Constants, each once.
#[derive(Debug, Default)]
pub struct Constants {
    documents: Numbered,
    patterns: Numbered,
    values: Numbered,
}

/// What follows the name of each constant of a kind, and its number.
#[derive(Debug, Default)]
struct Numbered {
    all: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Constants {
    /// An expression of a schema's location.
    pub fn location(&mut self, uri: &str) -> String {
        let end = uri.find('#').map_or(uri.len(), |hash| hash + 1);
        let (document, pointer) = uri.split_at(end);
        let constant = self.documents.name("s", format!(" = {}", literal::string(document)));
        if pointer.is_empty() { constant } else { format!("{constant} + {}", literal::string(pointer)) }
    }

    /// The names of a regular expression: as it was written, and compiled.
    pub fn pattern(&mut self, source: &str) -> (String, String) {
        let source = self.patterns.name("e", format!(" = {}", literal::string(source)));
        let compiled = source.replacen('e', "p", 1);
        (source, compiled)
    }

    /// The name of a value.
    pub fn value(&mut self, value: &Value) -> String {
        self.values.name("c", format!(": unknown = {}", json(value)))
    }

    /// The name of a set of texts.
    pub fn set(&mut self, texts: &Value) -> String {
        self.values.name("c", format!(" = /* @__PURE__ */ new Set<unknown>({})", json(texts)))
    }

    /// Whether `word` can be the name of one.
    pub fn may_name(word: &str) -> bool {
        word.starts_with(['s', 'e', 'p', 'c']) && word[1..].bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The declarations of those that `words` name.
    pub fn print(&self, words: &HashSet<&str>) -> Option<String> {
        let mut all = String::new();
        let mut declare = |prefix: &str, values: &[String]| {
            for (index, code) in values.iter().enumerate() {
                let name = format!("{prefix}{index}");
                let is_compiled = prefix == "e" && words.contains(format!("p{index}").as_str());
                if is_compiled || words.contains(name.as_str()) {
                    all.push_str(&format!("const {name}{code};\n"));
                }
            }
        };
        let n_patterns = self.patterns.all.len();
        let compiled: Vec<_> =
            (0..n_patterns).map(|index| format!(" = /* @__PURE__ */ pattern(e{index})")).collect();
        declare("s", &self.documents.all);
        declare("e", &self.patterns.all);
        declare("p", &compiled);
        declare("c", &self.values.all);
        (!all.is_empty()).then_some(all)
    }
}

impl Numbered {
    fn name(&mut self, prefix: &str, code: String) -> String {
        let next = self.all.len();
        let number = *self.numbers.entry(code).or_insert_with_key(|code| {
            self.all.push(code.clone());
            next
        });
        format!("{prefix}{number}")
    }
}

/// A JSON value as an expression.
pub fn json(value: &Value) -> String {
    match value {
        Value::String(text) => literal::string(text),
        Value::Array(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                // As a plain name that one would set the prototype.
                let name =
                    if name == "__proto__" { "[\"__proto__\"]".to_owned() } else { literal::property(name) };
                format!("{name}: {}", json(value))
            });
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
