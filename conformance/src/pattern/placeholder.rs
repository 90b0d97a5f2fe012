//! The grammar of `{{…}}`.

use std::ops::Range;

use handfast_codegen::diagnostic::nearest;
use handfast_codegen::load::Node;
use handfast_codegen::model::{Format, JsonType};
use regex::Regex;

use super::Scope;

/// What stands between `{{` and `}}`.
#[derive(Debug, Clone)]
pub struct Placeholder {
    /// What it stands for.
    pub what: What,
    /// The name that captures the value.
    pub capture: Option<String>,
    /// As it is written, braces included.
    pub source: String,
}

/// What a placeholder stands for.
#[derive(Debug, Clone)]
pub enum What {
    /// `any`
    Any,
    /// `string`, `number 0..100`
    Type(JsonType, Limits),
    /// `uuid`, `date-time`
    Format(Format),
    /// `regex ^a$`
    Regex(Regex),
    /// `now`
    Now,
    /// A captured value.
    Captured(String),
}

/// The range of a number, limits included.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// The least.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
}

/// A piece of a string.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Text that stands for itself.
    Text(String),
    /// `{{…}}`
    Placeholder(Placeholder),
}

/// The pieces of the string `text`, which stands at `node`. Problems go into `scope`; names that are captured too.
pub fn pieces(text: &str, node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for span in spans(text) {
        if span.start > done {
            pieces.push(Piece::Text(text[done..span.start].to_owned()));
        }
        done = span.end;
        if let Some(placeholder) = checked(&text[span], node, pointer, scope) {
            pieces.push(Piece::Placeholder(placeholder));
        }
    }
    if let Some(start) = text[done..].find("{{") {
        let place = scope.place(node.position, pointer);
        let message = format!("`{}` is never closed", &text[done + start..]);
        scope.problem("pattern", place, message, "close it with `}}`");
    }
    if done < text.len() {
        pieces.push(Piece::Text(text[done..].to_owned()));
    }
    pieces
}

/// Where the placeholders of `text` stand, braces included.
fn spans(text: &str) -> Vec<Range<usize>> {
    // An expression may hold braces of its own, so that it ends where the string ends.
    if text.starts_with("{{regex ") && text.ends_with("}}") {
        return std::iter::once(0..text.len()).collect();
    }
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|start| from + start) {
        let Some(end) = text[start..].find("}}").map(|end| start + end + 2) else { break };
        spans.push(start..end);
        from = end;
    }
    spans
}

fn checked(source: &str, node: &Node, pointer: &str, scope: &mut Scope<'_>) -> Option<Placeholder> {
    let place = scope.place(node.position, pointer);
    let inside = source.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).unwrap_or(source);
    let (body, capture) = split_capture(inside.trim());
    match parse(body) {
        Ok(What::Captured(name)) if !scope.names.contains(&name) => {
            let mut known: Vec<&str> = words().collect();
            known.extend(scope.names.iter().map(String::as_str));
            let help = match nearest(&name, &known) {
                Some(near) => format!("did you mean `{{{{{near}}}}}`?"),
                None => format!("capture it in an earlier step: `{{{{any as {name}}}}}`"),
            };
            let message = format!("`{name}` is no matcher, and nothing is captured under that name before");
            scope.problem("undefined-capture", place, message, help);
            None
        }
        Ok(what) => {
            if let Some(name) = capture {
                if words().any(|word| word == name) {
                    let message =
                        format!("`{name}` is the name of a matcher, and can't be captured under it");
                    scope.problem("pattern", place, message, "take another name");
                    return None;
                }
                scope.names.insert(name.to_owned());
            }
            Some(Placeholder { what, capture: capture.map(str::to_owned), source: source.to_owned() })
        }
        Err((message, help)) => {
            scope.problem("pattern", place, message, help);
            None
        }
    }
}

fn split_capture(body: &str) -> (&str, Option<&str>) {
    match body.rsplit_once(" as ") {
        Some((body, name)) if is_name(name.trim()) => (body.trim_end(), Some(name.trim())),
        _ => (body, None),
    }
}

fn is_name(text: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text.chars().all(inner)
}

/// Every word that stands for something; none of them can be captured under.
fn words() -> impl Iterator<Item = &'static str> {
    let types = JsonType::ALL.into_iter().map(JsonType::name);
    types.chain(Format::ALL.into_iter().map(Format::name)).chain(["any", "regex", "now"])
}

fn parse(body: &str) -> Result<What, (String, String)> {
    if let Some(expression) = body.strip_prefix("regex ") {
        return regex(expression.trim());
    }
    let (word, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let rest = rest.trim();
    let json_type = JsonType::from_name(word);
    if let (Some(json_type @ (JsonType::Number | JsonType::Integer)), false) = (json_type, rest.is_empty()) {
        return limits(rest).map(|limits| What::Type(json_type, limits));
    }
    let what = match (word, json_type, Format::from_name(word)) {
        ("any", ..) => What::Any,
        ("now", ..) => What::Now,
        (_, Some(json_type), _) => What::Type(json_type, Limits::default()),
        (_, _, Some(format)) => What::Format(format),
        _ if rest.is_empty() && is_name(word) => What::Captured(word.to_owned()),
        _ => {
            let known: Vec<_> = words().collect();
            return Err((format!("`{body}` is no matcher"), format!("known are: {}", known.join(", "))));
        }
    };
    if rest.is_empty() {
        return Ok(what);
    }
    let message = format!("`{word}` takes nothing behind it, and `{rest}` stands there");
    Err((message, format!("write `{{{{{word}}}}}` or `{{{{{word} as NAME}}}}`")))
}

fn regex(expression: &str) -> Result<What, (String, String)> {
    Regex::new(expression).map(What::Regex).map_err(|error| {
        let message = error.to_string();
        let cause = message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let help = "the syntax is that of the Rust crate `regex`: no look-around, no back-references";
        (format!("`{expression}` is no regular expression: {cause}"), help.to_owned())
    })
}

fn limits(text: &str) -> Result<Limits, (String, String)> {
    let limit = |text: &str| match text.trim() {
        "" => Ok(None),
        text => text.parse::<f64>().ok().filter(|limit| limit.is_finite()).map(Some).ok_or(()),
    };
    let parsed = text.split_once("..").and_then(|(min, max)| Some((limit(min).ok()?, limit(max).ok()?)));
    match parsed {
        Some((Some(min), Some(max))) if min > max => {
            Err((format!("no number is in `{text}`"), format!("write `{max}..{min}`")))
        }
        Some((min, max)) => Ok(Limits { min, max }),
        None => Err((format!("`{text}` is no range"), "write `0..100`, `1..` or `..9`".to_owned())),
    }
}
