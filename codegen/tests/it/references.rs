//! Where references lead.

use std::path::{Path, PathBuf};

use handfast_codegen::model::{SchemaBody, SchemaIdx, Schemas};
use handfast_codegen::source::Memory;
use handfast_codegen::{CompiledSchema, Options, compile_schema};

const OTHERS: [(&str, &str); 7] = [
    ("dynamic.json", r##"{ "$dynamicAnchor": "node", "properties": { "y": { "$dynamicRef": "#node" } } }"##),
    ("other.json", r#"{ "$defs": { "a": { "$anchor": "here" }, "b c": true } }"#),
    (
        "with-id.json",
        r#"{ "$id": "https://example.org/with-id", "properties": { "x": { "$ref": "other.json" } } }"#,
    ),
    ("vendor/a.json", r##"{ "$anchor": "here", "properties": { "x": { "$ref": "b#here" } } }"##),
    ("vendor/b.json", r#"{ "$anchor": "here" }"#),
    ("vendor/deep/b.json", r#"{ "$anchor": "here" }"#),
    ("secret.json", "{}"),
];

fn options() -> Options {
    let resolve = [("https://example.com/", "vendor"), ("https://example.com/b", "vendor/deep/b.json")];
    let resolve = resolve.map(|(uri, path)| (uri.to_owned(), PathBuf::from(path)));
    Options { resolve: resolve.to_vec(), ..Options::default() }
}

fn memory(text: &str) -> Memory {
    OTHERS
        .into_iter()
        .fold(Memory::default().with("s.json", text), |memory, (path, text)| memory.with(path, text))
}

#[track_caller]
fn compiled(text: &str) -> CompiledSchema {
    options()
        .compile_schema(&memory(text), Path::new("s.json"))
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The schema that the property `name` of `schema` stands for.
fn property(schemas: &Schemas, schema: SchemaIdx, name: &str) -> SchemaIdx {
    let SchemaBody::Constraints(constraints) = &schemas[schemas.follow(schema)].body else {
        panic!("no properties")
    };
    let found = constraints.object.properties.iter().find(|(known, _)| known == name);
    schemas.follow(found.expect("a property of that name").1)
}

/// Follows the properties of `path` from the root of `text`, and compares where the last one stands.
#[track_caller]
fn leads(text: &str, path: &[&str], expected: &str) {
    let CompiledSchema { schemas, root, .. } = compiled(text);
    let end = path.iter().fold(root, |schema, name| property(&schemas, schema, name));
    assert_eq!(schemas[end].location.uri, expected);
}

#[test]
fn by_pointer() {
    let to = |reference: &str| {
        format!(
            r#"{{ "properties": {{ "x": {{ "$ref": "{reference}" }}, "a/b~c": {{ "type": "null" }}, "p%q": true }},
                "unknown": {{ "deep": [{{ "type": "null" }}] }} }}"#
        )
    };
    leads(&to("#"), &["x"], "s.json#");
    leads(&to("s.json"), &["x"], "s.json#");
    leads(&to("#/properties/a~1b~0c"), &["x"], "s.json#/properties/a~1b~0c");
    leads(&to("#/properties/a~1b%7E0c"), &["x"], "s.json#/properties/a~1b~0c");
    leads(&to("#/properties/p%25q"), &["x"], "s.json#/properties/p%q");
    leads(&to("#/unknown/deep/0"), &["x"], "s.json#/unknown/deep/0");
    leads(&to("./other.json#/$defs/b%20c"), &["x"], "other.json#/$defs/b c");
    leads(&to("other.json#here"), &["x"], "other.json#/$defs/a");
}

#[test]
fn by_identifier() {
    let among = |definitions: &str| {
        format!(
            r##"{{ "$id": "https://example.org/dir/s", "properties": {{ "x": {{ "$ref": "t" }}, "y": {{ "$ref": "t#here" }} }},
            "$defs": {{ {definitions} }} }}"##
        )
    };
    let embedded = among(r#""t": { "$id": "t", "$defs": { "a": { "$anchor": "here" } } }"#);
    leads(&embedded, &["x"], "s.json#/$defs/t");
    leads(&embedded, &["y"], "s.json#/$defs/t/$defs/a");
    let absolute = among(r#""t": { "$id": "https://EXAMPLE.org/dir/t", "$anchor": "here" }"#);
    leads(&absolute, &["y"], "s.json#/$defs/t");
    // What only looks like a schema gives no identifiers.
    let data = r#""d": { "enum": [{ "$id": "t", "$anchor": "here" }], "const": { "$id": "t" }, "examples": [{ "$id": "t" }] },
        "t": { "$id": "t", "$anchor": "here" }"#;
    leads(&among(data), &["y"], "s.json#/$defs/t");
}

#[test]
fn to_what_stands_beside_a_file_with_an_id() {
    leads(r#"{ "properties": { "w": { "$ref": "with-id.json" } } }"#, &["w", "x"], "other.json#");
}

#[test]
fn by_prefix() {
    let to = |reference: &str| format!(r#"{{ "properties": {{ "x": {{ "$ref": "{reference}" }} }} }}"#);
    leads(&to("https://example.com/a.json"), &["x"], "vendor/a.json#");
    leads(&to("https://example.com/a#here"), &["x"], "vendor/a.json#");
    leads(&to("https://example.com/b#here"), &["x"], "vendor/deep/b.json#");
    leads(&to("https://example.com/a"), &["x", "x"], "vendor/deep/b.json#");
    let out = options()
        .compile_schema(&memory(&to("https://example.com/x/..%2F..%2Fsecret.json")), Path::new("s.json"));
    assert!(out.unwrap_err().to_string().starts_with("error[remote-reference]"));
}

#[test]
fn in_older_dialects() {
    let text = r##"{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://example.org/s",
        "properties": { "x": { "$id": "http://example.org/elsewhere/", "$ref": "#here" } },
        "definitions": { "a": { "$id": "#here" } } }"##;
    leads(text, &["x"], "s.json#/definitions/a");
    let text = r##"{ "$schema": "http://json-schema.org/draft-04/schema", "properties": { "x": { "$ref": "http://example.org/a" } },
        "definitions": { "a": { "id": "http://example.org/a" } } }"##;
    leads(text, &["x"], "s.json#/definitions/a");
}

const TREE: &str = r##""tree": { "$id": "urn:tree", "$dynamicAnchor": "node", "type": "object",
    "properties": { "child": { "$dynamicRef": "#node" }, "plain": { "$ref": "#node" } } }"##;

#[test]
fn by_dynamic_anchor() {
    let strict = format!(
        r##"{{ "$id": "urn:strict", "$dynamicAnchor": "node", "$ref": "urn:tree", "unevaluatedProperties": false,
            "properties": {{ "loose": {{ "$ref": "urn:loose" }} }},
            "$defs": {{ {TREE}, "loose": {{ "$id": "urn:loose", "properties": {{ "tree": {{ "$ref": "urn:tree" }} }} }} }} }}"##
    );
    // The outermost resource wins, however the tree is reached.
    leads(&strict, &["loose", "tree", "child"], "s.json#");
    leads(&strict, &["loose", "tree", "plain"], "s.json#/$defs/tree");
    let alone =
        format!(r#"{{ "properties": {{ "tree": {{ "$ref": "urn:tree" }} }}, "$defs": {{ {TREE} }} }}"#);
    leads(&alone, &["tree", "child"], "s.json#/$defs/tree");
}

#[test]
fn by_dynamic_anchor_of_a_document_that_is_loaded_late() {
    let text = r#"{ "$dynamicAnchor": "node", "properties": { "x": { "$ref": "dynamic.json" } } }"#;
    leads(text, &["x", "y"], "s.json#");
    leads(&text.replace("$dynamicAnchor", "$anchor"), &["x", "y"], "dynamic.json#");
}

#[test]
fn one_schema_has_a_meaning_per_dynamic_scope() {
    let one = |name: &str| {
        format!(
            r##""{name}": {{ "$id": "urn:{name}", "properties": {{ "list": {{ "$ref": "urn:list" }} }},
                "$defs": {{ "item": {{ "$dynamicAnchor": "item" }} }} }}"##
        )
    };
    let list = r##""list": { "$id": "urn:list", "properties": { "item": { "$dynamicRef": "#item" } },
        "$defs": { "item": { "$dynamicAnchor": "item" } } }"##;
    let text = format!(
        r#"{{ "properties": {{ "a": {{ "$ref": "urn:a" }}, "b": {{ "$ref": "urn:b" }} }}, "$defs": {{ {}, {}, {list} }} }}"#,
        one("a"),
        one("b")
    );
    leads(&text, &["a", "list", "item"], "s.json#/$defs/a/$defs/item");
    leads(&text, &["b", "list", "item"], "s.json#/$defs/b/$defs/item");
}

#[test]
fn by_recursive_anchor() {
    let text = |flag: bool| {
        format!(
            r##"{{ "$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "urn:strict", "$recursiveAnchor": {flag},
                "properties": {{ "tree": {{ "$ref": "urn:tree" }} }},
                "$defs": {{ "tree": {{ "$id": "urn:tree", "$recursiveAnchor": true,
                    "properties": {{ "child": {{ "$recursiveRef": "#" }} }} }} }} }}"##
        )
    };
    leads(&text(true), &["tree", "child"], "s.json#");
    leads(&text(false), &["tree", "child"], "s.json#/$defs/tree");
}

#[test]
fn each_schema_is_lowered_once_where_nothing_is_dynamic() {
    let text = r##"{ "$dynamicAnchor": "a", "properties": { "x": { "$ref": "#/$defs/r" }, "y": { "$ref": "#/$defs/r" } },
        "$defs": { "r": { "$id": "urn:r", "$dynamicAnchor": "a", "items": { "$ref": "s.json" } } } }"##;
    let CompiledSchema { schemas, .. } = compiled(&text.replace("s.json", "urn:r"));
    assert_eq!(schemas.iter().count(), 5);
}

#[test]
fn a_fragment_selects_a_schema() {
    let text = r#"{ "$defs": { "a": { "title": "A", "$anchor": "here" }, "b/c": { "title": "B" } } }"#;
    for (path, title) in [("s.json#/$defs/a", "A"), ("s.json#here", "A"), ("s.json#/$defs/b~1c", "B")] {
        let compiled = compile_schema(&memory(text), Path::new(path)).unwrap_or_else(|it| panic!("{it}"));
        assert_eq!(compiled.schemas[compiled.root].docs.title.as_deref(), Some(title), "{path}");
        assert!(compiled.roots.is_empty());
    }
    let problems = compile_schema(&memory(text), Path::new("s.json#/$defs/c")).unwrap_err();
    assert!(problems.to_string().starts_with("error[unresolved-reference]"), "{problems}");
}

#[test]
fn a_document_of_definitions_stands_for_all_of_them() {
    let names =
        |text: &str| -> Vec<String> { compiled(text).roots.into_iter().map(|(name, _)| name).collect() };
    let definitions = r#""$defs": { "B": {}, "A": { "type": "string" } }"#;
    assert_eq!(
        names(&format!(r#"{{ "title": "t", "type": "object", "x-a": 1, {definitions} }}"#)),
        ["B", "A"]
    );
    assert_eq!(names(&format!(r#"{{ "required": ["a"], {definitions} }}"#)), [""; 0]);
    assert_eq!(names(&format!(r##"{{ "$ref": "#/$defs/A", {definitions} }}"##)), [""; 0]);
    assert_eq!(names(r#"{ "title": "t" }"#), [""; 0]);
}
