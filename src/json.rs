//! Equality of JSON values (JSON Schema Core, 4.2.2), and an order that agrees with it.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use crate::number;
use crate::rule::{At, Report, Validate};

/// Any JSON value, as the payload of an event of which the contract says nothing more.
impl Validate for Value {
    fn test<R: Report>(_: &Value, _: At<'_>, _: &mut R) -> bool {
        true
    }
}

/// Whether two values are the same instance: 1 equals 1.0, members have no order.
pub fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => number::order(a, b) == Ordering::Equal,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => a == b,
    }
}

/// The first pair of equal items: the numbers of the earlier and the later one.
pub fn first_double(items: &[Value]) -> Option<(usize, usize)> {
    // Few items are compared with each other, which needs no memory; many are sorted, which does not take forever.
    const FEW: usize = 16;
    if items.len() <= FEW {
        let earlier = |later: usize| items[..later].iter().position(|item| equal(item, &items[later]));
        return (0..items.len()).find_map(|later| Some((earlier(later)?, later)));
    }
    // Up to here the stack has room for their numbers.
    const MANY: usize = 256;
    let mut few = [0; MANY];
    let mut many = Vec::new();
    let numbers = few.get_mut(..items.len()).unwrap_or_else(|| {
        many.resize(items.len(), 0);
        &mut many
    });
    (0..).zip(&mut *numbers).for_each(|(number, slot)| *slot = number);
    numbers.sort_unstable_by(|a, b| order(&items[*a], &items[*b]).then(a.cmp(b)));
    let pairs = numbers.windows(2).filter(|pair| order(&items[pair[0]], &items[pair[1]]) == Ordering::Equal);
    pairs.map(|pair| (pair[1], pair[0])).min().map(|(later, earlier)| (earlier, later))
}

/// A total order in which two values are equal exactly when [`equal`] says so.
fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => number::order(a, b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => {
            let items = a.iter().zip(b).map(|(a, b)| order(a, b));
            items.fold(a.len().cmp(&b.len()), Ordering::then)
        }
        (Value::Object(a), Value::Object(b)) => order_members(a, b),
        _ => rank(a).cmp(&rank(b)),
    }
}

fn order_members(a: &Map<String, Value>, b: &Map<String, Value>) -> Ordering {
    // They are sorted, unless somebody turns on a feature of `serde_json`.
    if a.keys().is_sorted() && b.keys().is_sorted() {
        let keys = a.keys().cmp(b.keys());
        return keys.then_with(|| {
            a.values().zip(b.values()).map(|(a, b)| order(a, b)).fold(Ordering::Equal, Ordering::then)
        });
    }
    let sorted = |members: &'_ Map<String, Value>| {
        let mut keys: Vec<String> = members.keys().cloned().collect();
        keys.sort_unstable();
        keys
    };
    let keys = sorted(a);
    let values =
        keys.iter().map(|key| order(a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null)));
    keys.cmp(&sorted(b)).then_with(|| values.fold(Ordering::Equal, Ordering::then))
}

const fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Items that are all different, and values that equal one of them but are written in another way.
    fn items() -> (Vec<Value>, [Value; 3]) {
        let different = (0..40).map(|n| json!({ "n": n, "list": [n, { "deep": true }] }));
        let more = [json!(1), json!("1"), json!(true), json!(null), json!([1]), json!({ "a": 1, "b": 2 })];
        let equal = [json!(1.0), json!([1.0]), json!({ "b": 2.0, "a": 1 })];
        (different.chain(more).collect(), equal)
    }

    #[test]
    fn doubles_are_found_among_many_as_among_few() {
        let (items, equal) = items();
        assert_eq!(first_double(&items), None);
        assert_eq!(first_double(&items[36..]), None);
        for double in equal {
            let original = items.iter().position(|item| super::equal(item, &double)).unwrap();
            let with = |items: &[Value]| [items, std::slice::from_ref(&double)].concat();
            assert_eq!(first_double(&with(&items)), Some((original, items.len())));
            assert_eq!(first_double(&with(&items[36..])), Some((original - 36, items.len() - 36)));
        }
    }
}
