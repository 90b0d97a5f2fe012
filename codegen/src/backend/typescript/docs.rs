//! TSDoc: what people wrote in a schema, made safe for a comment.

use serde_json::Value;

use super::literal;
use crate::model::Docs;

/// How long an example may be to stand on the line of its tag.
const MAX_INLINE: usize = 80;

/// A documentation comment.
#[derive(Debug, Default)]
pub struct Comment {
    paragraphs: Vec<Vec<String>>,
    tags: Vec<String>,
}

impl Comment {
    /// Adds a paragraph, unless it is empty or was said before.
    pub fn paragraph(&mut self, text: &str) {
        let lines = inert(text);
        if !lines.is_empty() && !self.paragraphs.contains(&lines) {
            self.paragraphs.push(lines);
        }
    }

    /// Adds a sentence: behind the last paragraph where that is one line of prose, else as its own.
    pub fn sentence(&mut self, text: &str) {
        match self.paragraphs.last_mut().map(Vec::as_mut_slice) {
            Some([line]) if !text.is_empty() && line.ends_with(['.', '!', '?']) => {
                line.push(' ');
                line.push_str(text);
            }
            _ => self.paragraph(text),
        }
    }

    /// Adds a line with a tag.
    pub fn tag(&mut self, tag: &str) {
        self.tags.push(tag.to_owned());
    }

    /// Marks what is deprecated.
    pub fn deprecation(&mut self, docs: &Docs) {
        if docs.deprecated {
            self.tag("@deprecated");
        }
    }

    /// Adds default, deprecation and examples.
    pub fn annotations(&mut self, docs: &Docs) {
        self.deprecation(docs);
        if let Some(default) = &docs.default {
            self.tag(&format!("@defaultValue {}", json(default)));
        }
        for example in &docs.examples {
            self.example(example);
        }
    }

    fn example(&mut self, example: &Value) {
        let text = json(example);
        let is_small = text.chars().count() <= MAX_INLINE;
        match example {
            Value::Object(_) | Value::Array(_) if !is_small => {
                self.tags.extend(["@example", "```json"].map(str::to_owned));
                self.tags.extend(pretty(example).lines().map(str::to_owned));
                self.tag("```");
            }
            _ => self.tag(&format!("@example {text}")),
        }
    }

    /// The comment at `indent`, on one line where that is enough; nothing if it is empty.
    pub fn print(&self, indent: &str) -> String {
        let mut lines = self.paragraphs.join(&String::new());
        if !lines.is_empty() && !self.tags.is_empty() {
            lines.push(String::new());
        }
        lines.extend(self.tags.iter().cloned());
        match lines.as_slice() {
            [] => String::new(),
            [line] => format!("{indent}/** {line} */\n"),
            _ => {
                let body: String = lines
                    .iter()
                    .map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n")
                    .collect();
                format!("{indent}/**\n{body}{indent} */\n")
            }
        }
    }
}

/// The lines of `text` in which nothing ends the comment, is taken for a tag, or leaves a fence open.
fn inert(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let mut lines: Vec<String> = Vec::new();
    let mut is_fenced = false;
    for line in text.trim().split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let visible: String = line.chars().filter(|c| *c == '\t' || !literal::is_invisible(*c)).collect();
        let visible = visible.trim_end().replace("*/", "*\\/");
        let start = visible.len() - visible.trim_start().len();
        is_fenced ^= visible[start..].starts_with("```");
        let is_tag = visible[start..].starts_with('@');
        lines.push(if is_tag { format!("{}\\{}", &visible[..start], &visible[start..]) } else { visible });
    }
    if is_fenced {
        lines.push("```".to_owned());
    }
    if lines.iter().all(String::is_empty) { Vec::new() } else { lines }
}

/// JSON in a comment: a slash may be escaped, so that it is still JSON.
fn json(value: &Value) -> String {
    literal::json(value).replace("*/", "*\\/")
}

/// JSON in a comment over several lines: members that are small stay on theirs.
fn pretty(value: &Value) -> String {
    fn write(value: &Value, indent: &str) -> String {
        let inner = format!("{indent}  ");
        let line = json(value);
        match value {
            Value::Object(members) if line.chars().count() > MAX_INLINE => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| {
                        format!("{inner}{}: {}", json(&name.as_str().into()), write(value, &inner))
                    })
                    .collect();
                format!("{{\n{}\n{indent}}}", members.join(",\n"))
            }
            Value::Array(items) if line.chars().count() > MAX_INLINE => {
                let items: Vec<_> =
                    items.iter().map(|item| format!("{inner}{}", write(item, &inner))).collect();
                format!("[\n{}\n{indent}]", items.join(",\n"))
            }
            _ => line,
        }
    }
    write(value, "")
}
