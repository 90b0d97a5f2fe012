//! Strategies of generated types stand where they are chosen, with the plan that they are drawn from.

use std::path::Path;

use handfast_codegen::backend::{Backend, rust::Rust};
use handfast_codegen::plan::Portable;
use handfast_codegen::source::Memory;
use handfast_codegen::{CompiledSchema, compile_schema};

const SCHEMA: &str = r##"{
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": { "type": "string", "pattern": "^[a-z\"\u2028*/]+$" },
        "parts": { "type": "array", "items": { "$ref": "#" }, "maxItems": 3 }
    }
}"##;

fn compiled(condition: Option<&str>) -> CompiledSchema {
    let source = Memory::default().with("part.json", SCHEMA);
    let mut schema =
        compile_schema(&source, Path::new("part.json")).unwrap_or_else(|problems| panic!("{problems}"));
    schema.rust.proptest = condition.map(str::to_owned);
    schema
}

fn printed(condition: Option<&str>) -> String {
    let schema = compiled(condition);
    Rust.generate(&schema.unit("part", "Part", "part.json")).into_values().collect()
}

#[test]
fn they_are_printed_where_they_are_chosen() {
    let text = printed(Some("any(test, feature = \"proptest\")"));
    assert!(text.contains("#[cfg(any(test, feature = \"proptest\"))]"), "{text}");
    assert!(text.contains("impl Arbitrary for super::Part"), "{text}");
    assert_eq!(text, printed(Some("any(test, feature = \"proptest\")")), "it is always the same");
    assert!(!printed(None).contains("handfast_payload"));
}

#[test]
fn what_is_no_condition_is_a_problem() {
    for condition in ["te st", "", "cfg(test", "test)] fn f() {} #[cfg(test"] {
        let schema = compiled(Some(condition));
        let problems = Rust.problems(&schema.unit("part", "Part", "part.json"));
        let problems = problems.map(|problems| problems.to_string()).unwrap_or_default();
        assert!(problems.contains("is no condition, such as `test`"), "{condition}: {problems}");
    }
}

#[test]
fn a_plan_is_the_same_once_it_was_text() {
    let schema = compiled(None);
    let mut portable = Portable::new(&schema.plan, &schema.schemas);
    assert_eq!(portable.add_root(&[schema.root], None), 0);
    let text = portable.to_text();
    let again = Portable::from_text(&text).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(again.to_text(), text);
    assert!(Portable::from_text("{}").is_err());
}
