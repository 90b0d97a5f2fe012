//! What Python is made of schemas and contracts. Each snapshot shows both. That the output runs, and what it accepts, is
//! tested in bindings/python/tests.

use std::path::Path;

use handfast_codegen::backend::{Backend, Files, python::Python};
use handfast_codegen::source::Memory;
use handfast_codegen::{compile, compile_schema};

#[track_caller]
fn package(schema: &str) -> Files {
    let source =
        Memory::default().with("example.schema.json", schema).with("handfast.toml", "formats = \"assert\"");
    let compiled = compile_schema(&source, Path::new("example.schema.json"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    Python.generate(&compiled.unit("example", "Example", "example.schema.json"))
}

/// The models and validators of a schema whose type is called `Example`.
#[track_caller]
fn check(cause: &str, schema: &str) {
    let files = package(schema);
    let (models, validators) = (&files["example/models.py"], &files["example/_validators.py"]);
    insta::assert_snapshot!(cause, format!("{}\n\n{models}\n\n{validators}", schema.trim()));
}

#[test]
fn objects() {
    check(
        "object-of-each-kind-of-member",
        r#"{ "type": "object", "required": ["id", "at", "kind"], "properties": {
  "id": { "type": "string", "minLength": 1, "pattern": "^[\\w-]+$" },
  "at": { "type": ["string", "null"], "format": "date-time" },
  "kind": { "const": "example" },
  "note": { "type": ["string", "null"] }, "class": { "type": "integer", "minimum": 0, "maximum": 100 },
  "list": { "type": "array", "items": { "type": "number" }, "minItems": 1, "uniqueItems": true },
  "flag": { "type": "boolean", "deprecated": true }, "free": { "type": "object" }, "any": true, "never": false },
  "additionalProperties": { "type": "integer" } }"#,
    );
}

#[test]
fn unions() {
    check(
        "unions-by-constant-by-type-and-by-trial",
        r##"{ "oneOf": [{ "$ref": "#/$defs/Circle" }, { "$ref": "#/$defs/Square" }], "$defs": {
  "Circle": { "type": "object", "required": ["kind", "r"], "properties": { "kind": { "const": "circle" }, "r": { "$ref": "#/$defs/Size" } } },
  "Square": { "type": "object", "required": ["kind"], "properties": { "kind": { "const": "square" }, "a": { "$ref": "#/$defs/Tree" } } },
  "Size": { "anyOf": [{ "type": "number", "minimum": 10 }, { "type": "number", "multipleOf": 0.5 }, { "type": "string" }] },
  "Tree": { "anyOf": [{ "type": "integer" }, { "type": "array", "items": { "$ref": "#/$defs/Tree" } }] } } }"##,
    );
}

#[test]
fn what_is_left_to_the_validators() {
    check(
        "unevaluated-properties-and-conditions",
        r#"{ "type": "object", "properties": { "a": { "type": "array", "prefixItems": [{ "type": "string" }], "contains": { "type": "null" } } },
  "if": { "required": ["a"] }, "then": { "properties": { "b": { "not": { "type": "string" } } } },
  "dependentRequired": { "b": ["a"] }, "patternProperties": { "^x-": true }, "unevaluatedProperties": false }"#,
    );
}

#[test]
fn packages() {
    let source = Memory::default().with(
        "asyncapi.yaml",
        r##"
asyncapi: 3.0.0
info: { title: "Chat \"\"\" \\", version: 2.1.0-rc.1 }
servers: { a: { host: localhost, protocol: ws }, b: { host: localhost, protocol: socketio } }
channels:
  room:
    address: /room
    servers: [{ $ref: "#/servers/a" }]
    messages:
      said: { name: room.said, payload: { type: object, required: [type, id], properties: { type: { const: room.said }, id: { type: string, format: uuid } } } }
      ping: { payload: { type: object, required: [type, at], properties: { type: { const: ping }, at: { type: string, format: date-time } } } }
      pong: { payload: { type: object, required: [type], properties: { type: { const: pong } } } }
  desk:
    address: /desk
    servers: [{ $ref: "#/servers/b" }]
    messages: { say: { payload: { type: array, prefixItems: [{ type: string }], minItems: 1, items: false } } }
operations:
  send: { action: send, channel: { $ref: "#/channels/room" }, messages: [{ $ref: "#/channels/room/messages/said" }, { $ref: "#/channels/room/messages/pong" }] }
  receive: { action: receive, channel: { $ref: "#/channels/room" }, messages: [{ $ref: "#/channels/room/messages/ping" }] }
  say: { action: receive, channel: { $ref: "#/channels/desk" }, x-ack: { type: "null" } }
x-handfast:
  event-name: $message.payload#/type
  heartbeat: { from: client, ping: ping, pong: pong, within: 5s }
  auth: [{ in: query, name: token }, { in: socketio-auth, name: key }]
"##,
    );
    let compiled =
        compile(&source, Path::new("asyncapi.yaml")).unwrap_or_else(|problems| panic!("{problems}"));
    let files = Python.generate(&compiled.unit("chat", "asyncapi.yaml"));
    let names = files.keys().cloned().collect::<Vec<_>>().join("\n");
    let shown = ["chat/client.py", "chat/socket_io.py", "pyproject.toml"].map(|name| files[name].as_str());
    insta::assert_snapshot!("package-of-a-contract", format!("{names}\n\n{}", shown.join("\n\n")));
}

#[test]
fn a_package_that_would_hide_another_is_called_otherwise() {
    let source = Memory::default().with("s.json", "true");
    let compiled = compile_schema(&source, Path::new("s.json")).expect("a schema");
    let files = Python.generate(&compiled.unit("pydantic", "Pydantic", "s.json"));
    assert!(files.contains_key("pydantic_events/models.py"));
}

#[test]
fn a_pattern_that_python_has_no_word_for_is_a_problem() {
    let source = Memory::default().with("s.json", r#"{ "pattern": "(?i:a)b" }"#);
    let Ok(compiled) = compile_schema(&source, Path::new("s.json")) else {
        return; // The pattern is refused before any language is asked.
    };
    let problems = Python.problems(&compiled.unit("s", "S", "s.json")).expect("a problem");
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["regular-expression"]);
}
