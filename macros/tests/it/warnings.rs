//! Generated code gives no warnings, even where all of it is deprecated.
#![deny(warnings)]

use serde_json::json;

handfast::schema!(pub Outdated = "tests/schemas/deprecated.schema.json");

#[test]
fn what_is_deprecated_still_works() {
    let value =
        json!({ "kind": "a", "old": null, "each": { "k": { "x": 1 } }, "next": { "kind": "b", "old": {} } });
    assert_eq!(Outdated::from_value(value.clone()).unwrap().to_value().unwrap(), value);
}
