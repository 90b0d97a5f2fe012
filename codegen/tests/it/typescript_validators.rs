//! What TypeScript validators are made of schemas. Each snapshot shows both. That they find what they should, and that what does
//! not run in the test of this crate compiles, is tested by `cargo xtask test --only agreement` and `--only suite-typescript`.

use std::path::Path;

use handfast_codegen::backend::{Backend, Files, typescript::TypeScript};
use handfast_codegen::compile_schema;
use handfast_codegen::source::Memory;

#[track_caller]
fn files(schema: &str) -> Files {
    let source =
        Memory::default().with("example.schema.json", schema).with("handfast.toml", "formats = \"assert\"");
    let compiled = compile_schema(&source, Path::new("example.schema.json"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    TypeScript.generate(&compiled.unit("example", "Example", "example.schema.json"))
}

/// The part of the output that holds validators, with its imports.
#[track_caller]
fn validators(schema: &str) -> String {
    let text = files(schema).remove("example.ts").expect("a file of that name");
    let (types, validators) = text.split_once("\n// Validators.").expect("validators");
    let imports: Vec<_> = types.lines().filter(|line| line.ends_with("\"./handfast.js\";")).collect();
    format!("{}\n\n// Validators.{validators}", imports.join("\n"))
}

#[track_caller]
fn check(cause: &str, schema: &str) {
    insta::assert_snapshot!(cause, format!("{}\n\n{}", schema.trim(), validators(schema)));
}

#[test]
fn members_are_looked_up() {
    check(
        "validator-of-an-object",
        r#"{ "type": "object", "required": ["id", "kind"], "properties": {
  "id": { "type": "string", "format": "uuid" }, "kind": { "const": "a" },
  "share": { "type": "number", "minimum": 0, "multipleOf": 0.1 }, "name": { "type": ["string", "null"], "minLength": 1 } } }"#,
    );
    check(
        "validator-of-a-closed-object",
        r#"{ "properties": { "a/b": { "type": "integer" } }, "patternProperties": { "^x-": { "maxLength": 3 } }, "additionalProperties": false }"#,
    );
}

#[test]
fn a_tag_selects_a_branch() {
    check(
        "validator-of-a-tagged-union",
        r##"{ "oneOf": [{ "$ref": "#/$defs/Circle" }, { "$ref": "#/$defs/Square" }], "$defs": {
  "Circle": { "type": "object", "required": ["kind", "r"], "properties": { "kind": { "const": "circle" }, "r": { "type": "number" } } },
  "Square": { "type": "object", "required": ["kind", "a"], "properties": { "kind": { "const": "square" }, "a": { "type": "number" } } } } }"##,
    );
}

#[test]
fn depth_is_counted_where_a_schema_refers_to_itself() {
    check(
        "validator-of-a-tree",
        r##"{ "$ref": "#/$defs/Tree", "$defs": { "Tree": { "type": "object", "properties": {
  "children": { "type": "array", "items": { "$ref": "#/$defs/Tree" }, "uniqueItems": true } } } } }"##,
    );
}

#[test]
fn what_is_not_evaluated_is_asked_of_all_that_evaluate() {
    check(
        "validator-of-unevaluated-members",
        r#"{ "anyOf": [{ "properties": { "a": true }, "required": ["a"] }, { "properties": { "b": true } }], "unevaluatedProperties": false }"#,
    );
}

#[test]
fn hostile_texts_stay_in_their_strings() {
    check(
        "validator-of-hostile-names",
        r#"{ "required": ["__proto__", "*/ `${x}` \" ' \\"], "properties": {
  "__proto__": { "const": { "__proto__": "toString" } }, "a\nb\u2028": { "pattern": "^[/`$\"\\\\]\u2028?$" },
  "constructor": { "enum": ["*/", "\u2029", 1] } } }"#,
    );
}

#[test]
fn the_runtime_is_the_same_for_every_document() {
    let runtime = |schema| files(schema).remove("handfast.ts").expect("a file of that name");
    let text = runtime("true");
    assert_eq!(text, runtime(r#"{ "format": "uri" }"#));
    assert!(
        !text.contains("eval(") && !text.contains("new Function"),
        "a content security policy may forbid these"
    );
}
