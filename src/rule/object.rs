//! Assertions on objects (JSON Schema Validation, 6.5).

use serde_json::{Map, Value};

use super::{At, Report};
use crate::Violation;

/// One name of `required`.
pub fn required<R: Report>(
    members: &Map<String, Value>,
    property: &str,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    members.contains_key(property)
        || report.violation(at, |at| {
            Violation::new("required", at, format!("{schema}/required"), [("property", property.into())])
        })
}

/// `minProperties`
pub fn min_properties<R: Report>(
    members: &Map<String, Value>,
    limit: u64,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    members.len() as u64 >= limit || wrong_count("minProperties", members, limit, at, schema, report)
}

/// `maxProperties`
pub fn max_properties<R: Report>(
    members: &Map<String, Value>,
    limit: u64,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    members.len() as u64 <= limit || wrong_count("maxProperties", members, limit, at, schema, report)
}

fn wrong_count<R: Report>(
    keyword: &'static str,
    members: &Map<String, Value>,
    limit: u64,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let params = [("limit", limit.into()), ("actual", members.len().into())];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}

/// One member of `dependentRequired`: where `property` is, the `needed` are.
pub fn dependent_required<R: Report>(
    members: &Map<String, Value>,
    property: &str,
    needed: &[&str],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    if !members.contains_key(property) {
        return true;
    }
    let missing = needed.iter().filter(|name| !members.contains_key(**name));
    let mut complete = true;
    for name in missing {
        complete = report.violation(at, |at| {
            let params = [("property", (*name).into()), ("because", property.into())];
            Violation::new("dependentRequired", at, format!("{schema}/dependentRequired"), params)
        });
        if !R::COLLECTS {
            break;
        }
    }
    complete
}
