//! Random schemas and instances: the two ways to execute a plan agree, and the `jsonschema` crate agrees with them.

#![no_main]

use std::path::Path;

use handfast_codegen::compile_schema;
use handfast_codegen::source::Memory;
use handfast_fuzz::{generate::Generator, interpret};
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::Value;

const DRAFT_4: &str = "http://json-schema.org/draft-04/schema#";

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut generator = Generator::sound(bytes);
    let Ok(document) = generator.document() else { return Corpus::Reject };
    let source = Memory::default().with("root.json", document.to_string());
    let Ok(compiled) = compile_schema(&source, Path::new("root.json")) else { return Corpus::Reject };
    let oracle = jsonschema::options().should_validate_formats(false).build(&document);
    for _ in 0..4 {
        let Ok(instance) = generator.instance() else { break };
        let is_valid = interpret::is_valid(&compiled.plan, compiled.root, &instance);
        let violations = interpret::violations(&compiled.plan, compiled.root, &instance);
        assert_eq!(is_valid, violations.is_empty(), "{document}\n{instance}\n{violations:?}");
        // What an integer is in draft 4 is a known difference: there 1.0 is none, by a sentence that later drafts took back.
        let is_disputed = document["$schema"] == DRAFT_4 && holds_whole_float(&instance);
        if let Ok(oracle) = oracle.as_ref()
            && !is_disputed
        {
            assert_eq!(is_valid, oracle.is_valid(&instance), "{document}\n{instance}\n{violations:?}");
        }
    }
    Corpus::Keep
});

fn holds_whole_float(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(holds_whole_float),
        Value::Object(members) => members.values().any(holds_whole_float),
        Value::Number(number) => number.is_f64() && number.as_f64().is_some_and(|float| float.fract() == 0.0),
        _ => false,
    }
}
