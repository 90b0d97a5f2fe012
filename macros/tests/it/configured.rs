//! A schema in a document of another dialect, which needs what `handfast.toml` says.

use serde_json::json;

handfast::schema!(pub Ping = "tests/schemas/configured/protocol.json#/definitions/Ping");

#[test]
fn a_definition_is_selected_and_read_by_the_configuration() {
    let ping = |at: &str| json!({ "at": at, "pair": [1, "one"] });
    assert!(Ping::from_value(ping("2025-11-13T09:21:05Z")).is_ok());
    assert!(Ping::from_value(ping("yesterday")).is_err());
    assert!(Ping::from_value(json!({ "at": "2025-11-13T09:21:05Z", "pair": [1, 2] })).is_err());
}
