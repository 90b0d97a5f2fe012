//! Assertions on any value, and what unions report.

use serde_json::Value;

use super::{At, Report};
use crate::{Violation, equal};

/// `type` (JSON Schema Validation, 6.1.1). `names` are JSON Schema's type names; 1.0 is an integer.
pub fn types<R: Report>(value: &Value, names: &[&str], at: At<'_>, schema: &str, report: &mut R) -> bool {
    if names.iter().any(|name| is_type(value, name)) {
        return true;
    }
    report.violation(at, |at| {
        let expected = names.iter().map(|name| Value::from(*name)).collect();
        let params = [("expected", expected), ("actual", type_name(value).into())];
        Violation::new("type", at, format!("{schema}/type"), params)
    })
}

fn is_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || name == "integer" && crate::number::is_integer(number),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// `const` (JSON Schema Validation, 6.1.3).
pub fn constant<R: Report>(
    value: &Value,
    expected: &Value,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    equal(value, expected)
        || report.violation(at, |at| {
            let params = [("expected", expected.clone()), ("actual", value.clone())];
            Violation::new("const", at, format!("{schema}/const"), params)
        })
}

/// `const` of a string.
pub fn constant_text<R: Report>(
    value: &Value,
    expected: &str,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    value.as_str() == Some(expected)
        || report.violation(at, |at| {
            let params = [("expected", expected.into()), ("actual", value.clone())];
            Violation::new("const", at, format!("{schema}/const"), params)
        })
}

/// `enum` of strings.
pub fn enumeration_text<R: Report>(
    value: &Value,
    expected: &[&str],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    value.as_str().is_some_and(|text| expected.contains(&text))
        || report.violation(at, |at| {
            let params = [("expected", expected.iter().copied().collect()), ("actual", value.clone())];
            Violation::new("enum", at, format!("{schema}/enum"), params)
        })
}

/// `enum` (JSON Schema Validation, 6.1.2).
pub fn enumeration<R: Report>(
    value: &Value,
    expected: &[Value],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    expected.iter().any(|one| equal(value, one))
        || report.violation(at, |at| {
            let params = [("expected", expected.to_vec().into()), ("actual", value.clone())];
            Violation::new("enum", at, format!("{schema}/enum"), params)
        })
}

/// The schema `false`.
pub fn never<R: Report>(at: At<'_>, schema: &str, report: &mut R) -> bool {
    report.violation(at, |at| Violation::new("false", at, schema, []))
}

/// `not` (JSON Schema Core, 10.2.1.4), given whether the subschema accepts the value.
pub fn not<R: Report>(accepts: bool, at: At<'_>, schema: &str, report: &mut R) -> bool {
    !accepts || report.violation(at, |at| Violation::new("not", at, format!("{schema}/not"), []))
}

/// `anyOf` (JSON Schema Core, 10.2.1.2), given whether a branch accepts the value.
pub fn any_of<R: Report>(accepted: bool, at: At<'_>, schema: &str, report: &mut R) -> bool {
    accepted || report.violation(at, |at| Violation::new("anyOf", at, format!("{schema}/anyOf"), []))
}

/// `oneOf` (JSON Schema Core, 10.2.1.3), given how many branches accept the value.
pub fn one_of<R: Report>(n_accepted: usize, at: At<'_>, schema: &str, report: &mut R) -> bool {
    n_accepted == 1
        || report.violation(at, |at| {
            Violation::new("oneOf", at, format!("{schema}/oneOf"), [("accepted", n_accepted.into())])
        })
}

/// The failure of `keyword` (`anyOf`, `oneOf`) whose `property` selects no branch.
pub fn tag<R: Report>(
    value: &Value,
    keyword: &'static str,
    property: &str,
    expected: &[&str],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let actual = value.get(property).cloned().unwrap_or_default();
        let expected = expected.iter().map(|tag| Value::from(*tag)).collect();
        let params = [("property", property.into()), ("expected", expected), ("actual", actual)];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}
