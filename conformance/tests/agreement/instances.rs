//! Instances near a valid one: some still valid, most broken at one place.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// Values that tend to be wrong somewhere.
fn strange() -> impl Strategy<Value = Value> {
    prop_oneof![
        select(vec![
            json!(null),
            json!(true),
            json!(0),
            json!(1.0),
            json!(-1),
            json!(3),
            json!(15),
            json!(100),
            json!(101),
            json!(255.5),
            json!(0.07),
            json!(1e3),
            json!(9_007_199_254_740_993_u64),
            json!(u64::MAX),
            json!(""),
            json!("ab"),
            json!("añ€😀"),
            json!("word"),
            json!("2eb8aa08-aa98-11ea-b4aa-73b441d16380"),
            json!("2025-11-13T09:21:05Z"),
            json!("2025-02-30T09:21:05+02:00"),
            json!("file:///C:/a b"),
            json!("urn:a"),
            json!("P1Y2M3DT4H5M6S"),
            json!("PT4H6S"),
            json!("a.b+c@example.org"),
            json!("\"a b\"@[192.0.2.1]"),
            json!("www.example.org"),
            json!("-a.org"),
            json!("192.0.2.1"),
            json!("192.0.2.01"),
            json!("2001:db8::1"),
            json!("/a~1b/0"),
            json!("1/a"),
            json!("0#"),
            json!([]),
            json!([1, 1.0]),
            json!(["a", true]),
            json!(["a", "b", 1]),
            json!({}),
            json!({ "a": 1, "d": 2 }),
            json!({ "a": "x", "b": 1, "c": 2 }),
            json!({ "kind": "circle", "r": 3 }),
            json!({ "kind": "box", "in": { "kind": "square" } }),
            json!({ "kind": "oval" }),
        ]),
        any::<i64>().prop_map(Value::from),
        // Beyond this the oracle takes a decimal for the binary fraction nearest to it, and we take it as it is written.
        (-1e9..1e9).prop_map(Value::from),
        "[ -~é]{0,4}".prop_map(Value::from),
    ]
}

/// One change of an instance.
#[derive(Debug, Clone)]
enum Change {
    Replace(Index, Value),
    Remove(Index),
    Insert(Index, String, Value),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), strange()).prop_map(|(place, value)| Change::Replace(place, value)),
        any::<Index>().prop_map(Change::Remove),
        (any::<Index>(), "[a-e]{1,3}", strange())
            .prop_map(|(place, name, value)| Change::Insert(place, name, value)),
    ]
}

/// Up to two changes of one of `examples`.
pub fn near(examples: Vec<Value>) -> impl Strategy<Value = Value> {
    (select(examples), prop::collection::vec(change(), 0..3)).prop_map(|(mut value, changes)| {
        changes.into_iter().for_each(|change| apply(&mut value, change));
        value
    })
}

/// An object whose members are strange, under the names that a schema knows.
pub fn strange_members(names: Vec<String>) -> impl Strategy<Value = Value> {
    prop::collection::vec((select(names), strange()), 0..4).prop_map(|members| {
        let mut object: Map<String, Value> = members.into_iter().collect();
        object.insert("always".to_owned(), json!(1));
        object.into()
    })
}

fn apply(value: &mut Value, change: Change) {
    let mut places = Vec::new();
    collect(value, String::new(), &mut places);
    match change {
        Change::Replace(place, new) => {
            if let Some(target) = value.pointer_mut(&places[place.index(places.len())]) {
                *target = new;
            }
        }
        Change::Remove(place) => {
            let Some((parent, key)) = place.get(places.as_slice()).rsplit_once('/') else { return };
            match value.pointer_mut(parent) {
                Some(Value::Object(members)) => drop(members.remove(key)),
                Some(Value::Array(items)) => drop(items.pop()),
                _ => {}
            }
        }
        Change::Insert(place, name, new) => match value.pointer_mut(&places[place.index(places.len())]) {
            Some(Value::Object(members)) => drop(members.insert(name, new)),
            Some(Value::Array(items)) => items.push(new),
            _ => {}
        },
    }
}

fn collect(value: &Value, pointer: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| collect(value, format!("{pointer}/{key}"), places));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| collect(item, format!("{pointer}/{index}"), places));
        }
        _ => {}
    }
    places.push(pointer);
}
