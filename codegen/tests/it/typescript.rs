//! What TypeScript is made of schemas and contracts. Each snapshot shows both. That the output compiles, and what it
//! accepts, is tested in bindings/typescript/tests.

use std::path::Path;

use handfast_codegen::backend::{Backend, typescript::TypeScript};
use handfast_codegen::source::Memory;
use handfast_codegen::{compile, compile_schema};

/// The output for a schema whose type is called `Example`.
#[track_caller]
fn types(schema: &str) -> String {
    let source =
        Memory::default().with("example.schema.json", schema).with("handfast.toml", "formats = \"assert\"");
    let compiled = compile_schema(&source, Path::new("example.schema.json"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let mut files = TypeScript.generate(&compiled.unit("example", "Example", "example.schema.json"));
    types_of(&files.remove("example.ts").expect("a file of that name"))
}

/// The part of the output that declares types.
pub fn types_of(output: &str) -> String {
    let (types, _) = output.split_once("\n// Validators.").unwrap_or((output, ""));
    let import = |line: &&str| line.ends_with(" from \"./handfast.js\";");
    let imports = types.lines().filter(import).map(|line| format!("{line}\n\n"));
    imports.fold(types.to_owned(), |types, import| types.replace(&import, ""))
}

#[track_caller]
fn check(cause: &str, schema: &str) {
    insta::assert_snapshot!(cause, format!("{}\n\n{}", schema.trim(), types(schema)));
}

#[track_caller]
fn contract(document: &str) -> String {
    let source = Memory::default().with("asyncapi.yaml", document);
    let compiled =
        compile(&source, Path::new("asyncapi.yaml")).unwrap_or_else(|problems| panic!("{problems}"));
    let mut files = TypeScript.generate(&compiled.unit("chat", "asyncapi.yaml"));
    types_of(&files.remove("chat.ts").expect("a file of that name"))
}

#[test]
fn objects() {
    check(
        "object-of-each-kind-of-member",
        r#"{ "type": "object", "required": ["id", "at", "nothing"], "properties": {
  "id": { "type": "string", "minLength": 1 },
  "at": { "type": ["string", "null"], "format": "date-time" },
  "note": { "type": ["string", "null"] },
  "count": { "type": "integer", "minimum": 0, "maximum": 100 },
  "list": { "type": "array", "items": { "type": ["number", "null"] }, "minItems": 1, "uniqueItems": true },
  "nothing": { "type": "null" }, "flag": { "type": "boolean" }, "free": { "type": "object" }, "any": true, "never": false } }"#,
    );
    check(
        "object-that-is-closed-or-typed",
        r#"{ "type": "object", "properties": {
  "closed": { "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": false },
  "empty": { "type": "object", "additionalProperties": false },
  "map": { "type": "object", "additionalProperties": { "type": "object", "properties": { "x": { "type": "number" } } } },
  "both": { "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": { "type": "number" } } } }"#,
    );
    check(
        "object-of-several-schemas",
        r##"{ "allOf": [{ "$ref": "#/$defs/Base" }, { "properties": { "b": { "type": "number" } } }],
  "$defs": { "Base": { "type": "object", "required": ["a"], "properties": { "a": { "type": "string" }, "b": { "minimum": 1 } } } } }"##,
    );
}

#[test]
fn unions() {
    check(
        "union-told-apart-by-a-constant",
        r##"{ "oneOf": [{ "$ref": "#/$defs/Circle" },
  { "type": "object", "required": ["kind", "side"], "properties": { "kind": { "const": "square" }, "side": { "type": "number" } } }],
  "$defs": { "Circle": { "type": "object", "required": ["kind", "radius"],
    "properties": { "kind": { "const": "circle" }, "radius": { "type": "number", "exclusiveMinimum": 0 } } } } }"##,
    );
    check(
        "union-without-a-tag",
        r#"{ "anyOf": [{ "type": "null" }, { "type": "string" },
  { "title": "A point", "type": "object", "required": ["x"], "properties": { "x": { "type": "number" } } },
  { "type": "object", "properties": { "y": { "enum": ["up", "down"] } } }] }"#,
    );
    check(
        "union-of-types",
        r#"{ "type": ["string", "integer", "null", "array"], "items": { "type": "string" } }"#,
    );
    check(
        "union-beside-properties",
        r#"{ "type": "object", "required": ["a"], "properties": { "a": { "type": "string" } },
  "oneOf": [{ "type": "object", "properties": { "b": { "type": "string" } } }, { "type": "object", "properties": { "c": { "type": "string" } } }] }"#,
    );
    check(
        "union-that-only-requires",
        r#"{ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }"#,
    );
}

#[test]
fn enumerations() {
    check(
        "enumeration-of-strings",
        r#"{ "type": "object", "properties": { "level": { "description": "How bad.", "enum": ["low", "high"] }, "maybe": { "enum": ["yes", "no", null] }, "one": { "enum": ["only"] } } }"#,
    );
    check("enumeration-of-anything", r#"{ "enum": [1, -2.5, 1e21, "a", true, null, { "a b": [1] }] }"#);
    check(
        "enumeration-that-is-long",
        r#"{ "enum": ["the first of many values", "the second of many values", "the third of many values", "the fourth of many values"] }"#,
    );
}

#[test]
fn recursion() {
    check(
        "recursion-of-an-object",
        r##"{ "type": "object", "required": ["next"], "properties": { "next": { "anyOf": [{ "$ref": "#" }, { "type": "null" }] }, "children": { "type": "array", "items": { "$ref": "#" } } } }"##,
    );
    check(
        "recursion-without-an-object",
        r##"{ "type": "object", "properties": { "nested": { "type": "array", "items": { "$ref": "#/properties/nested" } }, "map": { "$ref": "#/$defs/Map" } },
  "$defs": { "Map": { "type": "object", "additionalProperties": { "$ref": "#/$defs/Map" } } } }"##,
    );
}

#[test]
fn tuples_and_what_no_type_says() {
    check(
        "tuple-open-and-closed",
        r#"{ "type": "object", "properties": {
  "closed": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": ["number", "null"] }], "items": false, "minItems": 1 },
  "open": { "type": "array", "prefixItems": [{ "type": "string" }], "minItems": 1 },
  "rest": { "type": ["array", "null"], "prefixItems": [{ "type": "string" }], "items": { "type": "number" } } } }"#,
    );
    check(
        "opaque-shape",
        r#"{ "type": "object", "properties": { "odd": { "description": "Not even.", "not": { "multipleOf": 2 } } } }"#,
    );
}

#[test]
fn hostile_texts() {
    check(
        "hostile-names",
        r#"{ "type": "object", "required": ["new"], "properties": {
  "new": { "type": "string" }, "a-b": { "type": "object", "properties": { "x": true } }, "a_b": { "type": "object", "properties": { "y": true } },
  "\"; alert(1); \u2028\u202e\\\n": { "enum": ["*/", "\u2029", "'", "`${x}`"] }, "": { "type": "null" }, "<=": { "enum": ["a", "b"] }, "①": { "enum": ["c", "d"] }, "3d": { "type": "boolean" } } }"#,
    );
    check(
        "hostile-descriptions",
        r#"{ "description": "Ends */ here\r\n@deprecated is no tag\u2028@internal neither\n\n  @alpha\n```ts\nlet unclosed",
  "type": "object", "deprecated": true, "properties": {
  "a": { "description": "One line */", "type": "string", "default": "*/", "examples": ["*/ @deprecated", { "a long example": "of more than eighty characters, which stands on lines of its own", "b": [] }] },
  "b": { "description": "*\u0000/ \u202e", "type": "string" } } }"#,
    );
    check(
        "names-that-clash",
        r##"{ "type": "object", "properties": { "e": { "$ref": "#/$defs/Error" }, "s": { "$ref": "#/$defs/server_event" }, "l": { "$ref": "#/$defs/Example" },
  "a b": { "enum": ["a", "b"] }, "aB": { "enum": ["c", "d"] } },
  "$defs": { "Error": { "type": "object", "properties": { "code": { "enum": ["a", "b"] } } }, "server_event": { "type": "string" }, "Example": { "type": "number" } } }"##,
    );
}

const CHAT: &str = r#"
asyncapi: 3.0.0
info: { title: Chat, version: 1.0.0 }
servers: { main: { host: localhost, protocol: PROTOCOL } }
channels:
  room:
    address: /room
    messages:
      said: { payload: { type: object, required: [type, text], properties: { type: { const: said }, text: { type: string } } } }
      said.v2: { payload: { type: object, required: [type], properties: { type: { const: said.v2 } } } }
      say: { description: "Speaks.", payload: { type: object, required: [type], properties: { type: { const: say } } } }
      move: { payload: { type: array, prefixItems: [{ type: number }, { type: number }], minItems: 2 } }
      ping: { payload: { type: "null" } }
      leave: { payload: { type: "null" } }
      free: {}
operations:
  tell: { action: send, channel: { $ref: "\#/channels/room" }, messages: [{ $ref: "\#/channels/room/messages/said" }, { $ref: "\#/channels/room/messages/said.v2" }] }
  say:
    action: receive
    channel: { $ref: "\#/channels/room" }
    messages: [{ $ref: "\#/channels/room/messages/say" }]
    reply: { channel: { $ref: "\#/channels/room" }, messages: [{ $ref: "\#/channels/room/messages/said" }] }
MORE
"#;

const ACKNOWLEDGED: &str = r#"
  move: { action: receive, channel: { $ref: "\#/channels/room" }, messages: [{ $ref: "\#/channels/room/messages/move" }], x-ack: { type: object, required: [ok], properties: { ok: { type: boolean } } } }
  leave: { action: receive, channel: { $ref: "\#/channels/room" }, messages: [{ $ref: "\#/channels/room/messages/leave" }], x-ack: { type: array, prefixItems: [{ type: string }], minItems: 1 } }
  rest: { action: receive, channel: { $ref: "\#/channels/room" }, messages: [{ $ref: "\#/channels/room/messages/ping" }, { $ref: "\#/channels/room/messages/free" }] }
"#;

fn chat(protocol: &str, more: &str) -> String {
    CHAT.replace("PROTOCOL", protocol).replace("MORE", more).replace("\\#", "#")
}

#[test]
fn events_named_in_the_payload() {
    let document = chat("ws", "x-handfast: { event-name: $message.payload#/type }");
    insta::assert_snapshot!("events-named-in-the-payload", contract(&document));
}

#[test]
fn events_of_socket_io() {
    insta::assert_snapshot!(
        "events-of-socket-io",
        contract(&chat("socketio", ACKNOWLEDGED.trim_matches('\n')))
    );
}

#[test]
fn output_is_deterministic() {
    let document = chat("socketio", ACKNOWLEDGED.trim_matches('\n'));
    let first = contract(&document);
    assert!((0..20).all(|_| contract(&document) == first));
}

/// Every way through them is a different one: there are as many as 2 to the power of 64.
#[test]
fn unions_that_share_their_branches_are_not_followed_on_every_way() {
    const DEPTH: usize = 64;
    let at = |level: usize| format!(r##"{{ "$ref": "#/$defs/Level{level}" }}"##);
    let mut definitions: Vec<_> = (0..DEPTH)
        .map(|level| {
            let next = at(level + 1);
            format!(r#""Level{level}": {{ "anyOf": [{next}, {{ "allOf": [{next}], "minLength": 1 }}] }}"#)
        })
        .collect();
    definitions.push(format!(r#""Level{DEPTH}": {{ "not": {{ "type": "string" }} }}"#));
    let schema = format!(r#"{{ "allOf": [{}], "$defs": {{ {} }} }}"#, at(0), definitions.join(", "));
    assert!(types(&schema).contains("export type Example = "));
}

#[test]
fn definitions_alone() {
    check(
        "definitions-alone",
        r##"{ "$defs": {
  "Text": { "type": "string" }, "text": { "enum": ["a", "b"] }, "Other": { "$ref": "#/$defs/Text" }, "Error": { "$ref": "#/$defs/Later" },
  "Later": { "type": "object", "properties": { "of": { "$ref": "#/definitions/Text" } } } }, "definitions": { "Text": { "type": "number" } } }"##,
    );
}
