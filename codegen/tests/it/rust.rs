//! What Rust is printed for a schema: input and output together.

use std::path::Path;

use handfast_codegen::backend::Backend;
use handfast_codegen::backend::rust::Rust;
use handfast_codegen::compile_schema;
use handfast_codegen::source::Memory;

/// All that is printed for `schema`.
#[track_caller]
fn file(schema: &str) -> String {
    let source =
        Memory::default().with("thing.schema.json", schema).with("handfast.toml", "formats = \"assert\"");
    let compiled =
        compile_schema(&source, Path::new("thing.schema.json")).unwrap_or_else(|it| panic!("{it}"));
    let files = Rust.generate(&compiled.unit("thing", "Thing", "thing.schema.json"));
    files["thing.rs"].clone()
}

/// The types printed for `schema`, without validators and trait implementations.
#[track_caller]
fn types(schema: &str) -> String {
    let file = syn::parse_file(&file(schema)).unwrap_or_else(|error| panic!("{error}"));
    let is_type =
        |item: &syn::Item| matches!(item, syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Type(_));
    let items = file.items.into_iter().filter(is_type).collect();
    let printed =
        prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items });
    format!("{schema}\n---\n{printed}")
}

macro_rules! snapshots {
    ($($name:ident: $schema:literal)+) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(types($schema));
        }
    )+};
}

snapshots! {
    required_optional_and_nullable: r#"{"type":"object","required":["a","b"],"properties":{"a":{"type":"string"},
        "b":{"type":["string","null"]},"c":{"type":"string"},"d":{"type":["string","null"]}}}"#
    constants_are_no_fields: r#"{"type":"object","required":["type"],"properties":{"type":{"const":"ping"},"maybe":{"const":"x"}}}"#
    closed_and_typed_rest: r##"{"type":"object","properties":{"closed":{"type":"object","properties":{"a":true},"additionalProperties":false},
        "typed":{"type":"object","properties":{"a":true},"additionalProperties":{"type":"boolean"}},
        "map":{"type":"object","additionalProperties":{"type":"boolean"}},"any":{"type":"object"}}}"##
    integers_by_range: r#"{"type":"object","properties":{"byte":{"type":"integer","minimum":0,"maximum":255},
        "percent":{"type":"integer","minimum":0,"maximum":100},"signed":{"type":"integer","exclusiveMinimum":-3,"maximum":1e3},
        "open":{"type":"integer"},"positive":{"type":"integer","minimum":1},"even":{"type":"integer","minimum":0,"maximum":9,"multipleOf":2}}}"#
    numbers_and_texts: r#"{"type":"object","properties":{"plain":{"type":"number"},"ratio":{"type":"number","minimum":0,"maximum":1},
        "id":{"type":"string","format":"uuid"},"name":{"type":"string","minLength":1},"at":{"type":"string","format":"date-time"}}}"#
    unions_by_constant: r##"{"oneOf":[{"$ref":"#/$defs/Circle"},{"$ref":"#/$defs/Square"}],"$defs":{
        "Circle":{"type":"object","required":["kind","r"],"properties":{"kind":{"const":"circle"},"r":{"type":"number"}}},
        "Square":{"type":"object","required":["kind"],"properties":{"kind":{"const":"square"},"in":{"$ref":"#"}}}}}"##
    enumerations: r#"{"type":"object","properties":{"status":{"enum":["<","<=","running","Running"]},"mixed":{"enum":[1,"a"]},
        "maybe":{"enum":["a",null]}}}"#
    names_that_clash: r#"{"type":"object","properties":{"a b":{"type":"string"},"a-b":{"type":"string"},"type":true,"self":true,"":true,"extra":true}}"#
    recursion_is_boxed: r##"{"type":"object","properties":{"next":{"$ref":"#"},"all":{"type":"array","items":{"$ref":"#"}}}}"##
    merged_by_reference: r##"{"$ref":"#/$defs/Base","required":["b"],"type":"object","properties":{"b":{"type":"integer"},"a":{"minLength":1}},
        "$defs":{"Base":{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}}}"##
    what_has_no_good_type: r#"{"type":"object","properties":{"tuple":{"type":"array","prefixItems":[true,true]},"either":{"anyOf":[{"type":"string"},{"type":"number"}]},
        "never":false}}"#
    patterns: r#"{"type":"object","properties":{"code":{"type":"string","pattern":"^[A-Z]+$"},
        "by-name":{"type":"object","patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}}}"#
    docs_are_inert: r#"{"type":"object","description":"Says */ \"\"\"\n\n    let x = 1;\n\n```rust\npanic!()\n```\nend\u2028of","deprecated":true,
        "properties":{"old":{"type":"string","deprecated":true}}}"#
}

#[test]
fn a_chain_of_types_without_names_may_be_long() {
    const N: usize = 1_000;
    let link = |index: usize| {
        format!(r##""p{index}":{{"type":"array","items":{{"$ref":"#/properties/p{}"}}}},"##, index + 1)
    };
    let links: String = (0..N).map(link).collect();
    let schema = format!(r#"{{"type":"object","properties":{{{links}"p{N}":{{"type":"string"}}}}}}"#);
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || types(&schema));
    assert!(thread.unwrap().join().unwrap().contains("Vec<Vec<Vec<"));
}

/// rustc warns of a value that is assigned and never read.
#[test]
fn where_only_patterns_know_names_none_is_known_at_first() {
    let schema = |properties: &str| {
        format!(
            r#"{{"type":"object",{properties}"patternProperties":{{"^x-":true}},"additionalProperties":{{"type":"string"}}}}"#
        )
    };
    let undeclaring = file(&schema(""));
    assert!(undeclaring.contains("let mut is_known = false;"));
    assert_eq!(undeclaring.matches("is_known = false").count(), 1);
    let declaring = file(&schema(r#""properties":{"a":{"type":"null"}},"#));
    assert!(declaring.contains("let mut is_known = true;") && declaring.contains("is_known = false;"));
}
