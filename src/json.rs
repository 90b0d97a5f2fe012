//! Equality of JSON values (JSON Schema Core, 4.2.2).

use std::cmp::Ordering;

use serde_json::Value;

use crate::number::compare;
use crate::rule::Limit;

/// Whether two values are the same instance: 1 equals 1.0, members have no order.
pub fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => compare(a, Limit::from(b)) == Ordering::Equal,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => a == b,
    }
}
