//! Assertions on numbers (JSON Schema Validation, 6.2).

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{At, Report, beyond};
use crate::number::{compare, is_multiple};

/// A limit: the number that a keyword holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// An integer.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

impl From<&Number> for Limit {
    fn from(number: &Number) -> Self {
        let integer = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
        integer.map_or_else(|| Self::Float(number.as_f64().unwrap_or(f64::NAN)), Self::Integer)
    }
}

impl From<Limit> for Value {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Integer(integer) => match (u64::try_from(integer), i64::try_from(integer)) {
                (Ok(integer), _) => integer.into(),
                (_, Ok(integer)) => integer.into(),
                _ => (integer as f64).into(),
            },
            Limit::Float(float) => float.into(),
        }
    }
}

macro_rules! limit {
    ($($(#[$doc:meta])* $name:ident $keyword:literal $($bad:ident)|+;)+) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name<R: Report>(number: &Number, limit: Limit, at: At<'_>, schema: &str, report: &mut R) -> bool {
            !matches!(order(number, limit), $(Ordering::$bad)|+) || beyond($keyword, limit, number.clone(), at, schema, report)
        }
    )+};
}

limit! {
    /// `minimum`
    minimum "minimum" Less;
    /// `maximum`
    maximum "maximum" Greater;
    /// `exclusiveMinimum`
    exclusive_minimum "exclusiveMinimum" Less | Equal;
    /// `exclusiveMaximum`
    exclusive_maximum "exclusiveMaximum" Greater | Equal;
}

/// As [`compare`], at once where both are small integers.
#[inline]
fn order(number: &Number, limit: Limit) -> Ordering {
    match (number.as_i64(), limit) {
        (Some(integer), Limit::Integer(limit)) => i128::from(integer).cmp(&limit),
        _ => compare(number, limit),
    }
}

/// `multipleOf`
pub fn multiple_of<R: Report>(
    number: &Number,
    divisor: Limit,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    is_multiple(number, divisor) || beyond("multipleOf", divisor, number.clone(), at, schema, report)
}
