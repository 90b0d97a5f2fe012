//! What a keyword means in each dialect.

use std::path::Path;

use handfast_codegen::model::{Constraints, Format, SchemaBody};
use handfast_codegen::source::Memory;
use handfast_codegen::{CompiledSchema, Dialect, Formats, Options};

/// Metaschemas of dialects of their own.
const METASCHEMAS: [(&str, &str); 3] = [
    (
        "meta/plain.json",
        r#"{ "$vocabulary": { "https://json-schema.org/draft/2020-12/vocab/core": true,
        "https://json-schema.org/draft/2020-12/vocab/applicator": true } }"#,
    ),
    (
        "meta/formats.json",
        r#"{ "$vocabulary": { "https://json-schema.org/draft/2020-12/vocab/core": true,
        "https://json-schema.org/draft/2020-12/vocab/format-assertion": false } }"#,
    ),
    ("meta/demanding.json", r#"{ "$vocabulary": { "https://example.org/vocab/units": true } }"#),
];

#[track_caller]
fn compiled(dialect: Dialect, text: &str) -> CompiledSchema {
    let memory = METASCHEMAS
        .into_iter()
        .fold(Memory::default().with("s.json", text), |memory, (path, text)| memory.with(path, text));
    let options = Options {
        default_dialect: dialect,
        resolve: vec![("https://example.org/".to_owned(), "meta".into())],
        ..Options::default()
    };
    options.compile_schema(&memory, Path::new("s.json")).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What the schema `text` asserts.
#[track_caller]
fn read(dialect: Dialect, text: &str) -> Constraints {
    let CompiledSchema { schemas, root, .. } = compiled(dialect, text);
    match &schemas[root].body {
        SchemaBody::Constraints(constraints) => (**constraints).clone(),
        SchemaBody::Always(_) => Constraints::default(),
    }
}

fn dialects(test: impl Fn(Dialect) -> bool) -> Vec<&'static str> {
    Dialect::ALL.into_iter().filter(|dialect| test(*dialect)).map(Dialect::name).collect()
}

/// The dialects in which `text` asserts anything.
fn assertive(text: &str) -> Vec<&'static str> {
    dialects(|dialect| read(dialect, text) != Constraints::default())
}

#[test]
fn keywords_have_their_dialects() {
    let since = |n: usize| Dialect::ALL[n..].iter().map(|dialect| dialect.name()).collect::<Vec<_>>();
    assert_eq!(assertive(r#"{ "const": 1 }"#), since(1));
    assert_eq!(assertive(r#"{ "propertyNames": { "maxLength": 3 } }"#), since(1));
    assert_eq!(assertive(r#"{ "contains": {} }"#), since(1));
    assert_eq!(assertive(r#"{ "if": {}, "then": {} }"#), since(2));
    assert_eq!(assertive(r#"{ "dependentRequired": { "a": ["b"] } }"#), since(3));
    assert_eq!(assertive(r#"{ "unevaluatedProperties": {} }"#), since(3));
    assert_eq!(assertive(r#"{ "prefixItems": [{}] }"#), since(4));
    assert_eq!(assertive(r#"{ "dependencies": { "a": ["b"], "c": {} } }"#), since(0));
}

#[test]
fn a_limit_itself_may_be_out() {
    let rules = read(
        Dialect::Draft4,
        r#"{ "minimum": 3, "exclusiveMinimum": true, "maximum": 5, "exclusiveMaximum": false }"#,
    )
    .number;
    assert_eq!((rules.minimum, rules.exclusive_minimum), (None, Some(3.into())));
    assert_eq!((rules.maximum, rules.exclusive_maximum), (Some(5.into()), None));
    let rules = read(Dialect::Draft6, r#"{ "minimum": 3, "exclusiveMinimum": 4 }"#).number;
    assert_eq!((rules.minimum, rules.exclusive_minimum), (Some(3.into()), Some(4.into())));
}

#[test]
fn tuples_are_arrays_under_items_up_to_2019() {
    let text = r#"{ "items": [{}, {}], "additionalItems": { "type": "null" } }"#;
    for dialect in &Dialect::ALL[..4] {
        let rules = read(*dialect, text).array;
        assert_eq!((rules.prefix.len(), rules.items.is_some()), (2, true), "{dialect}");
    }
    // Without an array, `additionalItems` says nothing.
    assert_eq!(assertive(r#"{ "additionalItems": {} }"#), [""; 0]);
}

#[test]
fn contains_evaluates_from_2020_on_and_has_bounds_from_2019_on() {
    let contains = |dialect| read(dialect, r#"{ "contains": {}, "minContains": 2 }"#).array.contains;
    assert_eq!(dialects(|dialect| contains(dialect).is_some_and(|it| it.evaluates)), ["2020-12"]);
    assert_eq!(dialects(|dialect| contains(dialect).is_some_and(|it| it.min == 2)), ["2019-09", "2020-12"]);
}

#[test]
fn a_reference_hides_its_siblings_up_to_draft_7() {
    let text =
        r##"{ "$ref": "#/definitions/a", "maxLength": 3, "definitions": { "a": { "type": "string" } } }"##;
    assert_eq!(
        dialects(|dialect| read(dialect, text).string.max_length.is_none()),
        ["draft-04", "draft-06", "draft-07"]
    );
}

#[test]
fn a_part_may_have_a_dialect_of_its_own() {
    let text = r#"{ "$defs": { "old": { "id": "urn:old", "$schema": "http://json-schema.org/draft-04/schema#", "const": 1 },
        "new": { "const": 1 } } }"#;
    let warnings = compiled(Dialect::Draft202012, text).warnings.expect("a warning");
    let warned: Vec<_> = warnings.iter().map(|warning| warning.place.pointer.as_str()).collect();
    assert_eq!(warned, ["/$defs/old/const"]);
}

#[test]
fn a_vocabulary_that_is_left_out_asserts_nothing() {
    let text = r#"{ "$schema": "https://example.org/plain", "minimum": 3, "properties": { "a": { "type": "null" } } }"#;
    let read = read(Dialect::Draft202012, text);
    assert_eq!((read.number.minimum, read.object.properties.len()), (None, 1));
}

#[test]
fn formats_assert_where_they_are_asked_to() {
    let format = |schema: &str, formats| {
        let memory = METASCHEMAS
            .into_iter()
            .fold(Memory::default().with("s.json", schema), |memory, (path, text)| memory.with(path, text));
        let resolve = vec![("https://example.org/".to_owned(), "meta".into())];
        let options = Options { formats, resolve, ..Options::default() };
        let compiled =
            options.compile_schema(&memory, Path::new("s.json")).unwrap_or_else(|it| panic!("{it}"));
        match &compiled.schemas[compiled.root].body {
            SchemaBody::Constraints(constraints) => constraints.string.format,
            SchemaBody::Always(_) => None,
        }
    };
    let plain = r#"{ "format": "date" }"#;
    assert_eq!(format(plain, Formats::Annotate), None);
    assert_eq!(format(plain, Formats::Assert), Some(Format::Date));
    let asserting = r#"{ "$schema": "https://example.org/formats", "format": "date" }"#;
    assert_eq!(format(asserting, Formats::Annotate), Some(Format::Date));
}

#[test]
fn a_required_vocabulary_must_be_known() {
    let memory =
        METASCHEMAS.into_iter().fold(Memory::default(), |memory, (path, text)| memory.with(path, text));
    let memory = memory.with("s.json", r#"{ "$schema": "https://example.org/demanding" }"#);
    let resolve = vec![("https://example.org/".to_owned(), "meta".into())];
    let problems = Options { resolve, ..Options::default() }.compile_schema(&memory, Path::new("s.json"));
    let text = problems.unwrap_err().to_string();
    assert!(
        text.contains("error[unsupported-dialect]") && text.contains("https://example.org/vocab/units"),
        "{text}"
    );
}

#[test]
fn a_payload_has_the_dialect_of_its_schema_format() {
    let contract = |version: &str| {
        format!(
            "asyncapi: 3.0.0\nchannels: {{ c: {{ messages: {{ m: {{ payload: {{ \
             schemaFormat: application/schema+json;version={version}, schema: {{ items: [true] }} }} }} }} }} }}\n"
        )
    };
    let compile = |version: &str| {
        let memory = Memory::default().with("c.yaml", contract(version));
        handfast_codegen::compile(&memory, Path::new("c.yaml"))
            .map(drop)
            .map_err(|problems| problems.to_string())
    };
    assert_eq!(compile("draft-07"), Ok(()));
    assert!(compile("draft-2020-12").unwrap_err().contains("`items` must be"));
    assert!(compile("draft-99").unwrap_err().contains("error[unsupported-dialect]"));
}
