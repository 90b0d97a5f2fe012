//! Assertions on arrays (JSON Schema Validation, 6.4).

use serde_json::Value;

use super::{At, Report};
use crate::{Violation, equal};

/// `minItems`
pub fn min_items<R: Report>(items: &[Value], limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    items.len() as u64 >= limit || wrong_count("minItems", items, limit, at, schema, report)
}

/// `maxItems`
pub fn max_items<R: Report>(items: &[Value], limit: u64, at: At<'_>, schema: &str, report: &mut R) -> bool {
    items.len() as u64 <= limit || wrong_count("maxItems", items, limit, at, schema, report)
}

fn wrong_count<R: Report>(
    keyword: &'static str,
    items: &[Value],
    limit: u64,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let params = [("limit", limit.into()), ("actual", items.len().into())];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}

/// `uniqueItems`
pub fn unique_items<R: Report>(items: &[Value], at: At<'_>, schema: &str, report: &mut R) -> bool {
    let double = items.iter().enumerate().find_map(|(second, item)| {
        items[..second].iter().position(|other| equal(item, other)).map(|first| (first, second))
    });
    let Some((first, second)) = double else { return true };
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
    report.violation(at, |at| {
        let params = [("limit", limit.into()), ("actual", n_found.into())];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}
