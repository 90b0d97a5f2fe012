//! Assertions on any value, and what unions report.

use serde_json::{Number, Value};

use super::{At, Depth, Report, Subject};
use crate::Violation;

/// `type` (JSON Schema Validation, 6.1.1). `names` are JSON Schema's type names; 1.0 is an integer.
pub fn types<R: Report>(value: &Value, names: &[&str], at: At<'_>, schema: &str, report: &mut R) -> bool {
    names.iter().any(|name| is_type(value, name)) || wrong_type(value, names, at, schema, report)
}

/// Whether a value is of the type that `type` calls so.
#[inline]
pub fn is_type(value: &Value, name: &str) -> bool {
    match (value, name) {
        (Value::Number(number), "integer") => is_integer(number),
        _ => value.type_name() == name,
    }
}

/// The failure of `type`.
#[inline]
pub fn wrong_type<R: Report>(
    subject: &(impl Subject + ?Sized),
    names: &[&str],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let params = [("expected", names.iter().copied().collect()), ("actual", subject.type_name().into())];
        Violation::new("type", at, format!("{schema}/type"), params)
    })
}

/// Whether a number has no fraction: 1.0 is an integer (JSON Schema Core, 4.2.1).
#[inline]
pub fn is_integer(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || crate::number::is_integer(number)
}

/// `const` (JSON Schema Validation, 6.1.3).
pub fn constant<R: Report>(
    subject: &(impl Subject + ?Sized),
    expected: &Value,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    subject.equals(expected)
        || report.violation(at, |at| {
            let params = [("expected", expected.clone()), ("actual", subject.to_value())];
            Violation::new("const", at, format!("{schema}/const"), params)
        })
}

/// `const` of a string.
#[inline]
pub fn constant_text<R: Report>(
    subject: &(impl Subject + ?Sized),
    expected: &str,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    subject.as_text() == Some(expected)
        || report.violation(at, |at| {
            let params = [("expected", expected.into()), ("actual", subject.to_value())];
            Violation::new("const", at, format!("{schema}/const"), params)
        })
}

/// `enum` of strings, given whether it is one of them.
#[inline]
pub fn enumeration_text<R: Report>(
    subject: &(impl Subject + ?Sized),
    is_one: impl FnOnce(&str) -> bool,
    expected: &[&str],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    subject.as_text().is_some_and(is_one)
        || report.violation(at, |at| {
            let params = [("expected", expected.iter().copied().collect()), ("actual", subject.to_value())];
            Violation::new("enum", at, format!("{schema}/enum"), params)
        })
}

/// `enum` (JSON Schema Validation, 6.1.2).
pub fn enumeration<R: Report>(
    subject: &(impl Subject + ?Sized),
    expected: &[Value],
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    expected.iter().any(|one| subject.equals(one))
        || report.violation(at, |at| {
            let params = [("expected", expected.to_vec().into()), ("actual", subject.to_value())];
            Violation::new("enum", at, format!("{schema}/enum"), params)
        })
}

/// The schema `false`.
pub fn never<R: Report>(at: At<'_>, schema: &str, report: &mut R) -> bool {
    report.violation(at, |at| Violation::new("false", at, schema, []))
}

/// A value that follows a schema which refers to itself too far: [`Depth::enter`] says no.
#[cold]
pub fn too_deep<R: Report>(at: At<'_>, schema: &str, report: &mut R) -> bool {
    report.violation(at, |at| Violation::new("depth", at, schema, [("limit", Depth::MAX.into())]))
}

/// `not` (JSON Schema Core, 10.2.1.4), given whether the subschema accepts the value.
#[inline]
pub fn not<R: Report>(accepts: bool, at: At<'_>, schema: &str, report: &mut R) -> bool {
    !accepts || report.violation(at, |at| Violation::new("not", at, format!("{schema}/not"), []))
}

/// `anyOf` (JSON Schema Core, 10.2.1.2), given whether a branch accepts the value.
#[inline]
pub fn any_of<R: Report>(accepted: bool, at: At<'_>, schema: &str, report: &mut R) -> bool {
    accepted || report.violation(at, |at| Violation::new("anyOf", at, format!("{schema}/anyOf"), []))
}

/// `oneOf` (JSON Schema Core, 10.2.1.3), given how many branches accept the value.
#[inline]
pub fn one_of<R: Report>(n_accepted: usize, at: At<'_>, schema: &str, report: &mut R) -> bool {
    n_accepted == 1
        || report.violation(at, |at| {
            Violation::new("oneOf", at, format!("{schema}/oneOf"), [("accepted", n_accepted.into())])
        })
}

/// The failure of `keyword` (`anyOf`, `oneOf`) whose `property` has none of the `expected` values, which are an array.
#[inline]
pub fn tag<R: Report>(
    value: &Value,
    keyword: &'static str,
    property: &str,
    expected: impl FnOnce() -> Value,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let actual = value.get(property).cloned().unwrap_or_default();
        let params = [("property", property.into()), ("expected", expected()), ("actual", actual)];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}
