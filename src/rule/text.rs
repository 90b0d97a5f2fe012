//! Assertions on strings (JSON Schema Validation, 6.3 and 7).

use super::{At, Report, beyond};
use crate::Violation;

/// `minLength`, in code points.
#[inline]
pub fn min_length<R: Report>(text: &str, limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    // No code point has more than four bytes.
    text.len() as u64 >= limit.saturating_mul(4)
        || length(text) >= limit
        || beyond("minLength", limit, length(text), at, schema, report)
}

/// `maxLength`, in code points.
#[inline]
pub fn max_length<R: Report>(text: &str, limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    // A text has no more code points than bytes.
    text.len() as u64 <= limit
        || length(text) <= limit
        || beyond("maxLength", limit, length(text), at, schema, report)
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

/// `pattern`, given the expression and its test.
#[inline]
pub fn pattern<R: Report>(
    text: &str,
    source: &str,
    test: impl FnOnce(&str) -> bool,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    test(text) || unlike("pattern", source, text, at, schema, report)
}

/// `format`, given its name and its test.
#[inline]
pub fn format<R: Report>(
    text: &str,
    name: &str,
    test: impl FnOnce(&str) -> bool,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    test(text) || unlike("format", name, text, at, schema, report)
}

/// The violation of a `keyword` that says what strings look like.
fn unlike<R: Report>(
    keyword: &'static str,
    expected: &str,
    text: &str,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let params = [(keyword, expected.into()), ("actual", text.into())];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}
