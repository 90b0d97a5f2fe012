//! Assertions on objects (JSON Schema Validation, 6.5).

use serde_json::{Map, Value};

use super::{At, Report, beyond, each};
use crate::Violation;

/// One name of `required`.
pub fn required<R: Report>(
    members: &Map<String, Value>,
    property: &str,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    members.contains_key(property) || missing(property, at, schema, report)
}

/// The failure of `required` for want of one name.
#[inline]
pub fn missing<R: Report>(property: &str, at: At<'_>, schema: &str, report: &mut R) -> bool {
    report.violation(at, |at| {
        Violation::new("required", at, format!("{schema}/required"), [("property", property.into())])
    })
}

/// `required`, all of its names: told one by one where one is missing.
#[inline]
pub fn all_required<R: Report>(
    members: &Map<String, Value>,
    properties: &[&str],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    each(properties, R::COLLECTS, |property| required(members, property, at, schema, report))
}

/// `minProperties`
pub fn min_properties<R: Report>(
    members: &Map<String, Value>,
    limit: u64,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    members.len() as u64 >= limit || beyond("minProperties", limit, members.len(), at, schema, report)
}

/// `maxProperties`
pub fn max_properties<R: Report>(
    members: &Map<String, Value>,
    limit: u64,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    members.len() as u64 <= limit || beyond("maxProperties", limit, members.len(), at, schema, report)
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
    each(missing, R::COLLECTS, |name| {
        report.violation(at, |at| {
            let params = [("property", (*name).into()), ("because", property.into())];
            Violation::new("dependentRequired", at, format!("{schema}/dependentRequired"), params)
        })
    })
}
