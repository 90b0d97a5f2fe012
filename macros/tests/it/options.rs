//! What users choose about generated types, in `handfast.toml` and in the call.

use std::collections::HashSet;

use handfast::{Decode, ErrorKind, Reader, Stop};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod plain {
    handfast::schema!(pub Order = "tests/schemas/options/order.schema.json");
}

mod chosen {
    handfast::schema!(
        pub Order = "tests/schemas/options/order.schema.json",
        scalar(integer = i64, "date-time" = crate::options::Instant),
        replace(Line = crate::options::Line),
        name("order.schema.json#/$defs/Address" = Destination),
        attribute(#[must_use]),
    );
}

/// A type that reads more than the format allows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Instant(String);

impl Decode for Instant {
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        String::read(input).map(Self)
    }
}

/// A type that reads more than its schema allows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Line {
    sku: String,
}

impl Decode for Line {
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        handfast::with_serde(input)
    }
}

fn order() -> Value {
    json!({
        "id": "2EB8AA08-aa98-11ea-b4aa-73b441d16380", "at": "2025-11-13T09:21:05+02:00", "amount": 1.5, "count": 3,
        "lines": [{ "sku": "ab" }], "to": { "street": "x", "more": true },
    })
}

#[test]
fn derives_and_names_are_chosen_in_the_file() {
    let order = plain::Order::from_value(order()).unwrap();
    let to: plain::Place = order.to.clone();
    assert!(to.extra.contains_key("more"));
    assert_eq!(HashSet::from([order.clone(), order]).len(), 1);
    assert_eq!(plain::Whereabouts::There as u8, 1);
}

#[test]
fn types_are_replaced_in_the_call_and_schemas_still_hold() {
    let read = chosen::Order::from_value(order()).unwrap();
    assert_eq!(read.at, Some(Instant("2025-11-13T09:21:05+02:00".into())));
    assert_eq!((read.count, read.lines[0].sku.as_str()), (Some(3), "ab"));
    let to: &chosen::Destination = &read.to;
    assert_eq!(to.street, "x");
    assert_eq!(read.to_value().unwrap(), order());
    for (member, wrong) in [
        ("at", json!("soon")),
        ("lines", json!([{ "sku": "a" }])),
        ("lines", json!([{ "sku": "ab", "x": 1 }])),
    ] {
        let mut order = order();
        order[member] = wrong;
        assert_eq!(chosen::Order::from_value(order).unwrap_err().kind(), ErrorKind::Invalid, "{member}");
    }
}

#[test]
fn what_a_chosen_type_cannot_hold_is_no_violation() {
    let text = order().to_string().replace("\"count\":3", "\"count\":98765432109876543210");
    assert!(plain::Order::from_slice(text.as_bytes()).is_ok());
    assert_eq!(chosen::Order::from_slice(text.as_bytes()).unwrap_err().kind(), ErrorKind::Mismatch);
}
