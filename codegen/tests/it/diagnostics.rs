//! What is said of documents that are wrong: document and diagnostics together.

use std::path::Path;

use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::source::Memory;
use handfast_codegen::{compile, compile_schema};

/// The diagnostics of a schema, with `other.json` beside it.
#[track_caller]
fn schema(text: &str) -> String {
    let source = Memory::default()
        .with("s.json", text)
        .with("other.json", r#"{ "$defs": { "a": { "typ": "null" } } }"#);
    match compile_schema(&source, Path::new("s.json")) {
        Ok(compiled) => sound(text, compiled.warnings),
        Err(problems) => format!("{text}\n---\n{problems}"),
    }
}

fn sound(text: &str, warnings: Option<Diagnostics>) -> String {
    let warnings = warnings.map_or_else(|| "nothing is wrong".to_owned(), |warnings| warnings.to_string());
    format!("{text}\n---\n{warnings}")
}

/// The diagnostics of a contract whose root holds `text` beside what a small clock needs.
#[track_caller]
fn contract(text: &str) -> String {
    let source = Memory::default().with("c.yaml", text);
    match compile(&source, Path::new("c.yaml")) {
        Ok(compiled) => sound(text, compiled.warnings),
        Err(problems) => format!("{text}\n---\n{problems}"),
    }
}

const CLOCK: &str = r##"asyncapi: 3.0.0
info: { title: Clock, version: 1.0.0 }
servers:
  here: { host: localhost, protocol: ws }
channels:
  clock:
    address: /
    messages:
      tick: { payload: { type: integer } }
operations:
  tell: { action: send, channel: { $ref: "#/channels/clock" } }
"##;

macro_rules! snapshots {
    ($($kind:ident $name:ident: $text:expr;)+) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!($kind(&$text));
        }
    )+};
}

snapshots! {
    schema duplicate_key: r#"{ "type": "object", "type": "null" }"#;
    schema trailing_comma: "{ \"type\": \"null\", }";
    schema empty_file: "";
    schema misspelt_keyword: r#"{ "minimun": 3, "wholly-unknown": 1 }"#;
    schema unknown_keyword: r#"{ "wholly-unknown": 1, "_enum": [1] }"#;
    schema extension_keywords_pass: r#"{ "x-anything": 3 }"#;
    schema dynamic_reference_to_nothing: r##"{ "$vocabulary": {}, "$dynamicRef": "#a" }"##;
    schema id_in_the_middle_passes: r#"{ "$id": "https://example.org/s", "$defs": { "a": { "$id": "a.json" } } }"#;
    schema other_dialect_passes: r#"{ "$schema": "http://json-schema.org/draft-07/schema#" }"#;
    schema wrong_values: r#"{ "type": "strng", "enum": 1, "multipleOf": 0, "minLength": -1, "allOf": [], "properties": [], "uniqueItems": 1 }"#;
    schema no_regular_expression: r#"{ "pattern": "(", "patternProperties": { "[": true } }"#;
    schema not_a_schema: r#"{ "items": 5 }"#;
    schema reference_to_nothing: r##"{ "$ref": "#/$defs/nowhere" }"##;
    schema reference_to_no_file: r#"{ "$ref": "missing.json" }"#;
    schema reference_to_the_network: r#"{ "$ref": "https://example.org/s.json" }"#;
    schema problem_in_another_file: r#"{ "$ref": "other.json#/$defs/a" }"#;
    schema circle: r##"{ "anyOf": [{ "$ref": "#" }, true] }"##;
    schema recursion_that_descends_passes: r##"{ "properties": { "next": { "$ref": "#" } } }"##;
    schema reference_as_data_passes: r##"{ "enum": [{ "$ref": "#/nowhere" }], "examples": [{ "$ref": 5 }] }"##;
    schema anchors_pass: r##"{ "$ref": "#here", "$defs": { "a": { "$anchor": "here" } } }"##;
    schema nested_too_deep: format!("{}{}", "[".repeat(300), "]".repeat(300));

    contract clock_is_sound: CLOCK;
    contract version_2: "asyncapi: '2.6.0'";
    contract version_missing: "asyncapi: true";
    contract root_key_misspelt: CLOCK.replace("channels:\n", "chanels:\n");
    contract extension_misspelt: format!("{CLOCK}x-handfats: {{}}\n");
    contract extension_key_misspelt: format!("{CLOCK}x-handfast: {{ lifecycle: [] }}\n");
    contract extension_value: format!("{CLOCK}x-handfast: {{ heartbeat: {{ from: server, ping: tick, pong: tick, every: soon }} }}\n");
    contract extension_of_unknown_events: format!("{CLOCK}x-handfast: {{ noise: [tock], unique: [{{ value: /id, events: ['a*'] }}] }}\n");
    contract no_transport: CLOCK.replace("protocol: ws", "protocol: kafka");
    contract no_servers_passes: CLOCK.replace("servers:\n  here: { host: localhost, protocol: ws }\n", "");
    contract action_misspelt: CLOCK.replace("action: send", "action: sends");
    contract channel_of_operation_missing: CLOCK.replace("#/channels/clock", "#/channels/watch");
    contract payload_format: CLOCK.replace("{ type: integer }", "{ schemaFormat: application/vnd.apache.avro, schema: int }");
    contract two_of_one_name: CLOCK.replace("      tick:", "      tock: { name: tick, payload: true }\n      tick:");
    contract second_document: format!("{CLOCK}---\na: 1\n");
    contract bad_indentation: "asyncapi: 3.0.0\n  info: {\n";
    contract alias_bomb: format!("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{}", (1..9)
        .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", ")))
        .collect::<String>());
}

/// A text of a schema whose definitions `d0`, `d1`, … each hold what `link` says of the next.
fn chain(length: usize, link: impl Fn(String) -> String) -> String {
    let definitions: String = (0..length)
        .map(|n| format!(r##""d{n}": {}, "##, link(format!(r##"{{ "$ref": "#/$defs/d{}" }}"##, n + 1))))
        .collect();
    format!(
        r##"{{ "$ref": "#/$defs/d0", "$defs": {{ {definitions} "d{length}": {{ "type": "string" }} }} }}"##
    )
}

#[track_caller]
fn is_sound(text: &str) {
    let source = Memory::default().with("s.json", text);
    compile_schema(&source, Path::new("s.json")).unwrap_or_else(|problems| panic!("{problems}"));
}

#[test]
fn a_long_chain_of_references_is_followed() {
    is_sound(&chain(20_000, |next| next));
    is_sound(&chain(20_000, |next| format!(r#"{{ "properties": {{ "next": {next} }} }}"#)));
}

#[test]
fn what_is_combined_again_and_again_is_read_once() {
    let both = |next: String| {
        let parts = vec![next; 12].join(", ");
        format!(r#"{{ "type": "object", "required": ["k"], "anyOf": [{parts}], "allOf": [{parts}] }}"#)
    };
    is_sound(&chain(12, both));
}
