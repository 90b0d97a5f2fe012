//! Docstrings: what people wrote in a schema, made safe for a string literal.

use serde_json::Value;

use super::literal;
use crate::model::Docs;

/// How long an example may be to stand on one line.
const MAX_INLINE: usize = 80;

/// A docstring.
#[derive(Debug, Default)]
pub struct Docstring {
    paragraphs: Vec<Vec<String>>,
}

impl Docstring {
    /// Adds a paragraph, unless it is empty or was said before.
    pub fn paragraph(&mut self, text: &str) {
        let lines = inert(text);
        if !lines.is_empty() && !self.paragraphs.contains(&lines) {
            self.paragraphs.push(lines);
        }
    }

    /// Adds default, deprecation and examples.
    pub fn annotations(&mut self, docs: &Docs) {
        if docs.deprecated {
            self.paragraph("Deprecated.");
        }
        if let Some(default) = &docs.default {
            self.paragraph(&format!("Where it is absent: `{default}`"));
        }
        for example in &docs.examples {
            self.paragraph(&in_full(example));
        }
    }

    /// The docstring at `indent`; nothing if it is empty.
    pub fn print(&self, indent: &str) -> String {
        let lines = self.paragraphs.join(&String::new());
        match lines.as_slice() {
            [] => String::new(),
            [line] => format!("{indent}\"\"\"{}\"\"\"\n", last(line)),
            [first, rest @ ..] => {
                let rest: String =
                    rest.iter().map(|line| format!("{indent}{line}").trim_end().to_owned() + "\n").collect();
                format!("{indent}\"\"\"{first}\n{rest}{indent}\"\"\"\n")
            }
        }
    }
}

/// A line before the closing quotes: a quote at its end would be taken for one of them.
fn last(line: &str) -> String {
    match line.strip_suffix('"') {
        Some(rest) => format!("{rest}\\\""),
        None => line.to_owned(),
    }
}

/// The lines of `text` in which nothing ends the literal or is taken for an escape.
fn inert(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let line = |line: &str| {
        let visible: String = line.chars().filter(|c| *c == '\t' || !literal::is_invisible(*c)).collect();
        visible.trim_end().replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
    };
    let lines: Vec<_> = text.trim().split(['\n', '\r', '\u{2028}', '\u{2029}']).map(line).collect();
    if lines.iter().all(String::is_empty) { Vec::new() } else { lines }
}

fn in_full(example: &Value) -> String {
    let line = example.to_string();
    if line.chars().count() <= MAX_INLINE {
        return format!("Example: `{line}`");
    }
    format!("Example:\n```json\n{}\n```", serde_json::to_string_pretty(example).unwrap_or(line))
}

/// The description, or else the title.
pub fn description(docs: &Docs) -> &str {
    docs.description.as_deref().or(docs.title.as_deref()).unwrap_or_default()
}

/// A name in running text.
pub fn code(name: &str) -> String {
    let name: String =
        name.chars().map(|c| if c == '`' || literal::is_invisible(c) { '\'' } else { c }).collect();
    format!("`{name}`")
}
