//! What a recorded value is written as: itself, or a matcher where another run would have another value there.

use std::sync::LazyLock;

use handfast_codegen::model::{Format, JsonType};
use regex::Regex;
use serde_json::Value;

use super::group::Variation;
use super::places::names;
use super::schema::Facts;
use crate::interpret::format_test;
use crate::record::secrets::split;

/// Words in the name of a number that is measured, or counts time.
const MEASURED: &[&str] = &[
    "age",
    "at",
    "duration",
    "elapsed",
    "estimated",
    "eta",
    "expires",
    "latency",
    "micros",
    "millis",
    "ms",
    "nanos",
    "seconds",
    "time",
    "timestamp",
    "took",
    "ts",
    "uptime",
];

/// A URL with a host, which is the server's own.
static URL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(?:https?|wss?)://[^/\s]+").ok());

/// What a value looks like that is fresh in each run, as a matcher has it.
pub fn looks(value: &Value) -> Option<&'static str> {
    let text = value.as_str()?;
    if is_uuid(text) {
        return Some("uuid");
    }
    if text.len() >= 20 && format_test(Format::DateTime)(text) {
        return Some("date-time");
    }
    let is_url = URL.as_ref().is_some_and(|url| url.is_match(text)) && format_test(Format::Uri)(text);
    is_url.then_some("uri")
}

/// Whether `text` is a UUID, hyphens included.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36 && format_test(Format::Uuid)(text)
}

/// Whether the value at `pointer` is fresh in each run: its schema gives it a format, or it is measured.
pub fn is_fresh(facts: &Facts, pointer: &str, value: &Value) -> bool {
    !facts.is_listed
        && (format_of(facts, value).is_some() || looks(value).is_some() || is_measured(pointer, value))
}

/// Whether `value` is a number that is measured: it is called so, or has many decimals.
fn is_measured(pointer: &str, value: &Value) -> bool {
    let Value::Number(number) = value else { return false };
    let words = names(pointer).last().map(|name| split(name)).unwrap_or_default();
    let is_called = words.iter().any(|word| MEASURED.contains(&word.as_str()));
    let n_decimals = number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    is_called || n_decimals > 2
}

fn format_of(facts: &Facts, value: &Value) -> Option<&'static str> {
    let text = value.as_str()?;
    // `{{regex}}` is another matcher.
    let formats = facts.formats.iter().filter(|format| **format != Format::Regex);
    formats.into_iter().find(|format| format_test(**format)(text)).map(|format| format.name())
}

/// Whether `value` is text for people, which servers word in their own ways: it has spaces, or letters beyond ASCII.
pub fn is_prose(value: &Value) -> bool {
    let is_worded = |char: char| char.is_whitespace() || !char.is_ascii() && char.is_alphabetic();
    value.as_str().is_some_and(|text| text.contains(is_worded))
}

/// The matcher for a value that the server says, unless it stands for itself.
pub fn matcher(facts: &Facts, pointer: &str, value: &Value, variation: Option<Variation>) -> Option<String> {
    let by_format = format_of(facts, value).filter(|_| !facts.is_listed).or_else(|| looks(value));
    match variation {
        Some(Variation::Type) => Some("any".to_owned()),
        Some(Variation::Value) => Some(by_format.map_or_else(|| type_name(value), str::to_owned)),
        _ if value.as_str().is_some_and(|text| text.contains("{{$")) => Some("string".to_owned()),
        _ if facts.is_listed => None,
        _ if by_format.is_some() => by_format.map(str::to_owned),
        Some(Variation::None) => None,
        None => is_measured(pointer, value).then(|| type_name(value)),
    }
}

/// What a client says instead of `value`, which another run has to say afresh.
pub fn generator(value: &Value, variation: Option<Variation>) -> Option<&'static str> {
    match looks(value) {
        _ if variation == Some(Variation::None) => None,
        Some("uuid") => Some("uuid"),
        Some("date-time") => Some("now"),
        _ => None,
    }
}

fn type_name(value: &Value) -> String {
    let json_type = JsonType::of(value);
    // Another run may have a fraction where this one has none by chance.
    let is_float = value.is_f64();
    if is_float { "number".to_owned() } else { json_type.name().to_owned() }
}

/// `value` as an expectation has it: a string that only looks like a matcher is compared to the letter.
pub fn literal(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if text.contains("{{") => Value::from(format!("{{{{regex ^{}$}}}}", regex::escape(text))),
        _ => value.clone(),
    }
}
