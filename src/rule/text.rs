//! Assertions on strings (JSON Schema Validation, 6.3 and 7). Other values pass.

use serde_json::Value;

use super::{At, Report};
use crate::Violation;

/// `minLength`, in code points.
pub fn min_length<R: Report>(value: &Value, limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    let Value::String(text) = value else { return true };
    length(text) >= limit || wrong_length("minLength", text, limit, at, schema, report)
}

/// `maxLength`, in code points.
pub fn max_length<R: Report>(value: &Value, limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    let Value::String(text) = value else { return true };
    // A text has no more code points than bytes.
    text.len() as u64 <= limit
        || length(text) <= limit
        || wrong_length("maxLength", text, limit, at, schema, report)
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

fn wrong_length<R: Report>(
    keyword: &'static str,
    text: &str,
    limit: u64,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let params = [("limit", limit.into()), ("actual", length(text).into())];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}

/// `format`, given its name and its test.
pub fn format<R: Report>(
    value: &Value,
    name: &str,
    test: fn(&str) -> bool,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    let Value::String(text) = value else { return true };
    test(text)
        || report.violation(at, |at| {
            let params = [("format", name.into()), ("actual", text.as_str().into())];
            Violation::new("format", at, format!("{schema}/format"), params)
        })
}
