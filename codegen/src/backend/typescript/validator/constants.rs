//! What validators share: the locations of documents, regular expressions, and values that they compare with.

use std::fmt::Display;

use serde_json::Value;

use super::super::literal;

/// Constants, each once.
#[derive(Debug, Default)]
pub struct Constants {
    /// Of each what follows its name.
    documents: Vec<String>,
    patterns: Vec<String>,
    values: Vec<String>,
}

impl Constants {
    /// An expression of a schema's location.
    pub fn location(&mut self, uri: &str) -> String {
        let end = uri.find('#').map_or(uri.len(), |hash| hash + 1);
        let (document, pointer) = uri.split_at(end);
        let constant = name("s", &mut self.documents, format!(" = {}", literal::string(document)));
        if pointer.is_empty() { constant } else { format!("{constant} + {}", literal::string(pointer)) }
    }

    /// The names of a regular expression: as it was written, and compiled.
    pub fn pattern(&mut self, source: &str) -> (String, String) {
        let source = name("e", &mut self.patterns, format!(" = {}", literal::string(source)));
        let compiled = source.replacen('e', "p", 1);
        (source, compiled)
    }

    /// The name of a value.
    pub fn value(&mut self, value: &Value) -> String {
        name("c", &mut self.values, format!(": unknown = {}", json(value)))
    }

    /// The name of a set of texts.
    pub fn set(&mut self, texts: &Value) -> String {
        name("c", &mut self.values, format!(" = /* @__PURE__ */ new Set<unknown>({})", json(texts)))
    }

    /// The declarations of those that `text` speaks of.
    pub fn print(&self, text: &str) -> Option<String> {
        let is_used = |name: &str| {
            let mut after = text.match_indices(name).map(|(at, _)| &text[at + name.len()..]);
            after.any(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        };
        let mut all = String::new();
        let mut declare = |prefix: &str, values: &[String]| {
            for (index, code) in values.iter().enumerate() {
                let name = format!("{prefix}{index}");
                let is_compiled = prefix == "e" && is_used(&format!("p{index}"));
                if is_compiled || is_used(&name) {
                    all.push_str(&format!("const {name}{code};\n"));
                }
            }
        };
        let compiled: Vec<_> =
            (0..self.patterns.len()).map(|index| format!(" = /* @__PURE__ */ pattern(e{index})")).collect();
        declare("s", &self.documents);
        declare("e", &self.patterns);
        declare("p", &compiled);
        declare("c", &self.values);
        (!all.is_empty()).then_some(all)
    }
}

fn name(prefix: impl Display, all: &mut Vec<String>, code: String) -> String {
    let index = all.iter().position(|known| *known == code).unwrap_or_else(|| {
        all.push(code);
        all.len() - 1
    });
    format!("{prefix}{index}")
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
