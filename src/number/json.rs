//! The numbers of `serde_json`: what validators of a `Value` compare, and how a text becomes one.

use std::cmp::Ordering;

use serde_json::Number;

use super::exact::Exact;
use crate::rule::Limit;

/// Whether `number` has no fraction: 1.0 and 1e3 are integers (JSON Schema Core, 4.2.1).
pub fn is_integer(number: &Number) -> bool {
    exact(number).is_integer()
}

/// Compares a number with a limit, exactly. What can't be compared is equal.
pub fn compare(number: &Number, limit: Limit) -> Ordering {
    exact(number).order(limit.into())
}

/// Compares two numbers, exactly.
pub fn order(a: &Number, b: &Number) -> Ordering {
    exact(a).order(exact(b))
}

/// Whether `number` is `divisor` times an integer. Decimals are taken as they are written, not as binary fractions.
pub fn is_multiple(number: &Number, divisor: Limit) -> bool {
    exact(number).is_multiple(divisor.into())
}

#[cfg(not(feature = "arbitrary-precision"))]
fn exact(number: &Number) -> Exact<'_> {
    let integer = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    integer.map_or_else(|| Exact::Float(number.as_f64().unwrap_or(f64::NAN)), Exact::Integer)
}

#[cfg(feature = "arbitrary-precision")]
fn exact(number: &Number) -> Exact<'_> {
    Exact::of(number.as_str())
}

/// The number of a `text` of JSON's grammar, as near as `serde_json` can hold it; none beyond the range of `f64`.
#[cfg(not(feature = "arbitrary-precision"))]
pub fn json_number(text: &str) -> Option<Number> {
    match Exact::of(text) {
        Exact::Integer(integer) => Number::from_i128(integer),
        Exact::Float(float) => Number::from_f64(float),
        Exact::Text(text) => Number::from_f64(text.parse().ok()?),
    }
}

/// The number of a `text` of JSON's grammar.
#[cfg(feature = "arbitrary-precision")]
pub fn json_number(text: &str) -> Option<Number> {
    text.parse().ok()
}
