//! The grammar of `{{…}}`.

use std::ops::Range;

use handfast_codegen::diagnostic::nearest;
use handfast_codegen::load::Node;
use handfast_codegen::model::{Format, JsonType};
use regex::Regex;

use super::Scope;
use super::clock::{self, Clock, Now};

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
    /// `absent`
    Absent,
    /// `string`, `number 0..100`, `array 1..`: the limits are those of a number, or of a length.
    Type(JsonType, Limits),
    /// `decimal`: a number that is written with a fraction.
    Decimal(Limits),
    /// `hex 32`: a string of hexadecimal digits.
    Hex(Limits),
    /// `uuid`, `date-time`
    Format(Format),
    /// `date %d.%m.%Y`
    Clock(Clock, String),
    /// `semver`
    Semver,
    /// `includes some text`
    Includes(String),
    /// `regex ^a$`
    Regex(Regex),
    /// `now`, `now +1h ms`
    Now(Now),
    /// A captured value.
    Captured(String),
}

/// The range of a number or a length, limits included.
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
                if !can_be_captured(name) {
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

/// Whether a value can be captured under `name`.
pub fn can_be_captured(name: &str) -> bool {
    is_name(name) && words().all(|word| word != name)
}

fn is_name(text: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text.chars().all(inner)
}

/// Every word that stands for something; none of them can be captured under.
fn words() -> impl Iterator<Item = &'static str> {
    let types = JsonType::ALL.into_iter().map(JsonType::name);
    types.chain(Format::ALL.into_iter().map(Format::name)).chain(WORDS)
}

/// The words that are neither a type nor a format.
const WORDS: [&str; 8] = ["any", "absent", "decimal", "hex", "semver", "includes", "regex", "now"];

/// What is wrong with a placeholder, and what to do about it.
type Wrong = (String, String);

fn parse(body: &str) -> Result<What, Wrong> {
    let (word, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let rest = rest.trim();
    if !rest.is_empty()
        && let Some(what) = parse_more(word, rest)
    {
        return what;
    }
    let what = match (word, JsonType::from_name(word), Format::from_name(word)) {
        ("any", ..) => What::Any,
        ("absent", ..) => What::Absent,
        ("decimal", ..) => What::Decimal(Limits::default()),
        ("hex", ..) => What::Hex(Limits::default()),
        ("semver", ..) => What::Semver,
        ("now", ..) => return now(""),
        (_, Some(json_type), _) => What::Type(json_type, Limits::default()),
        (_, _, Some(format)) => What::Format(format),
        _ if rest.is_empty() && is_name(word) && !WORDS.contains(&word) => What::Captured(word.to_owned()),
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

/// What a word that takes more stands for with `rest` behind it.
fn parse_more(word: &str, rest: &str) -> Option<Result<What, Wrong>> {
    Some(match (word, JsonType::from_name(word)) {
        ("regex", _) => regex(rest),
        ("includes", _) => Ok(What::Includes(rest.to_owned())),
        ("now", _) => now(rest),
        ("decimal", _) => limits(rest).map(What::Decimal),
        ("hex", _) => sizes(rest).map(What::Hex),
        ("date", _) => clock(Clock::Date, rest),
        ("time", _) => clock(Clock::Time, rest),
        ("date-time", _) => clock(Clock::DateTime, rest),
        (_, Some(JsonType::Integer)) => {
            limits(rest).and_then(whole).map(|limits| What::Type(JsonType::Integer, limits))
        }
        (_, Some(JsonType::Number)) => limits(rest).map(|limits| What::Type(JsonType::Number, limits)),
        (_, Some(json_type @ (JsonType::String | JsonType::Array | JsonType::Object))) => {
            sizes(rest).map(|limits| What::Type(json_type, limits))
        }
        _ => return None,
    })
}

fn regex(expression: &str) -> Result<What, Wrong> {
    Regex::new(expression).map(What::Regex).map_err(|error| {
        let message = error.to_string();
        let cause = message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let help = "the syntax is that of the Rust crate `regex`: no look-around, no back-references";
        (format!("`{expression}` is no regular expression: {cause}"), help.to_owned())
    })
}

fn now(rest: &str) -> Result<What, Wrong> {
    let help = "write `{{now}}`, `{{now ms}}`, `{{now +1h}}` or `{{now %Y-%m-%d}}`";
    Now::parse(rest).map(What::Now).map_err(|message| (message, help.to_owned()))
}

fn clock(clock: Clock, format: &str) -> Result<What, Wrong> {
    let help = "write it as strftime does: `%Y-%m-%d`, `%H:%M:%S`";
    let checked = clock::checked(format).map_err(|message| (message, help.to_owned()));
    checked.map(|format| What::Clock(clock, format))
}

/// The range of a number: `0..100`, `1..`, `..9` or `5`.
fn limits(text: &str) -> Result<Limits, Wrong> {
    let limit = |text: &str| match text.trim() {
        "" => Ok(None),
        text => text.parse::<f64>().ok().filter(|limit| limit.is_finite()).map(Some).ok_or(()),
    };
    let (min, max) = text.split_once("..").unwrap_or((text, text));
    match (limit(min), limit(max)) {
        (Ok(Some(min)), Ok(Some(max))) if min > max => {
            Err((format!("no number is in `{text}`"), format!("write `{max}..{min}`")))
        }
        (Ok(min), Ok(max)) => Ok(Limits { min, max }),
        _ => Err((format!("`{text}` is no range"), "write `0..100`, `1..` or `..9`".to_owned())),
    }
}

/// `limits`, if there is an integer within them.
fn whole(limits: Limits) -> Result<Limits, Wrong> {
    match (limits.min, limits.max) {
        (Some(min), Some(max)) if min.ceil() > max.floor() => {
            Err((format!("no integer is in `{min}..{max}`"), "write `0..100`, `1..` or `..9`".to_owned()))
        }
        _ => Ok(limits),
    }
}

/// The range of a length, as [`limits`] reads it.
pub fn sizes(text: &str) -> Result<Limits, Wrong> {
    let limits = limits(text)?;
    let is_size = |limit: Option<f64>| limit.is_none_or(|limit| limit >= 0.0 && limit.fract() == 0.0);
    if is_size(limits.min) && is_size(limits.max) {
        return Ok(limits);
    }
    Err((format!("`{text}` is no length"), "write `8`, `1..64` or `1..`".to_owned()))
}
