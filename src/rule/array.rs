//! Assertions on arrays (JSON Schema Validation, 6.4).

use serde_json::Value;

use super::{At, Report, beyond};
use crate::Violation;
use crate::json::first_double;

/// `minItems`
pub fn min_items<R: Report>(items: &[Value], limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    items.len() as u64 >= limit || beyond("minItems", limit, items.len(), at, schema, report)
}

/// `maxItems`
pub fn max_items<R: Report>(items: &[Value], limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    items.len() as u64 <= limit || beyond("maxItems", limit, items.len(), at, schema, report)
}

/// `uniqueItems`
pub fn unique_items<R: Report>(items: &[Value], at: At<'_>, schema: &str, report: &mut R) -> bool {
    let Some((first, second)) = first_double(items) else { return true };
    report.violation(at, |at| {
        let params = [("first", first.into()), ("second", second.into())];
        Violation::new("uniqueItems", at, format!("{schema}/uniqueItems"), params)
    })
}

/// `contains` with `minContains` and `maxContains`, given how many items count.
pub fn contains<R: Report>(
    n_found: usize,
    min: u64,
    max: Option<u64>,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    let (n_found, keyword, limit) = match (n_found as u64, max) {
        (n_found, _) if n_found < min => (n_found, if min == 1 { "contains" } else { "minContains" }, min),
        (n_found, Some(max)) if n_found > max => (n_found, "maxContains", max),
        _ => return true,
    };
    beyond(keyword, limit, n_found, at, schema, report)
}
