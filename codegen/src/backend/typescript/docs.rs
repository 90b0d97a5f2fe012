//! TSDoc: what people wrote in a schema, made safe for a comment.
//!
//! Code in backticks and fences stays as it is. Elsewhere a backslash takes its meaning from what TSDoc or HTML would read: `@`,
//! braces and angle brackets. Markdown shows the character behind it.

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
            self.tag("@deprecated The schema says so.");
        }
    }

    /// Says what holds where nothing is said.
    pub fn default_value(&mut self, docs: &Docs) {
        if let Some(default) = &docs.default {
            self.value("@defaultValue", default);
        }
    }

    /// Says where the schema stands.
    pub fn see(&mut self, place: &str) {
        self.tag(&format!("@see {}", code(place).replace("*/", "*\\/")));
    }

    /// Adds default, deprecation and examples.
    pub fn annotations(&mut self, docs: &Docs) {
        self.deprecation(docs);
        self.default_value(docs);
        for example in &docs.examples {
            self.value("@example", example);
        }
    }

    /// Adds a tag with a value as JSON, on lines of its own where it is long or holds a backtick.
    fn value(&mut self, tag: &str, value: &Value) {
        let text = json(value);
        if text.chars().count() <= MAX_INLINE && !text.contains('`') {
            return self.tag(&format!("{tag} `{text}`"));
        }
        self.tags.extend([tag, "```json"].map(str::to_owned));
        self.tags.extend(pretty(value).lines().map(str::to_owned));
        self.tag("```");
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

/// A name in running text.
pub fn code(name: &str) -> String {
    let name: String =
        name.chars().map(|c| if c == '`' || literal::is_invisible(c) { '\'' } else { c }).collect();
    format!("`{name}`")
}

/// The lines of `text` in which nothing ends the comment, is taken for a tag, or leaves a fence open.
fn inert(text: &str) -> Vec<String> {
    const FENCE: &str = "```";
    let text = text.replace("\r\n", "\n");
    let mut lines: Vec<String> = Vec::new();
    let mut is_fenced = false;
    for line in text.trim().split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let visible: String = line.chars().filter(|c| *c == '\t' || !literal::is_invisible(*c)).collect();
        let behind = visible.trim().strip_prefix(FENCE).map(str::trim);
        let line = match behind {
            Some(_) if is_fenced => FENCE.to_owned(),
            Some(language) if !language.contains('`') => format!("{FENCE}{language}"),
            _ if is_fenced => visible.trim_end().to_owned(),
            _ => prose(visible.trim_end()),
        };
        is_fenced ^= line.starts_with(FENCE);
        lines.push(line.replace("*/", "*\\/"));
    }
    if is_fenced {
        lines.push(FENCE.to_owned());
    }
    if lines.iter().all(String::is_empty) { Vec::new() } else { lines }
}

/// A line in which only Markdown means something.
fn prose(line: &str) -> String {
    let (mut written, mut rest) = (String::new(), line);
    while let Some(character) = rest.chars().next() {
        let next = rest[character.len_utf8()..].chars().next();
        let taken = match (character, next) {
            ('\\', Some(next)) if next.is_ascii_punctuation() => &rest[..2],
            ('`', _) => code_span(rest).unwrap_or("`"),
            _ => &rest[..character.len_utf8()],
        };
        if taken.len() == 1 && matches!(character, '\\' | '`' | '@' | '{' | '}' | '<' | '>') {
            written.push('\\');
        }
        written.push_str(taken);
        rest = &rest[taken.len()..];
    }
    written
}

/// The code in backticks that `text` begins with.
fn code_span(text: &str) -> Option<&str> {
    let end = text[1..].find('`').filter(|length| *length > 0)?;
    Some(&text[..end + 2])
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
