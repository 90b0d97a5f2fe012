//! Random schemas and instances: the two ways to execute a plan agree, and the `jsonschema` crate agrees with them.

#![no_main]

use std::path::Path;

use handfast_codegen::compile_schema;
use handfast_codegen::source::Memory;
use handfast_fuzz::{generate::Generator, interpret};
use libfuzzer_sys::{Corpus, fuzz_target};

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
        if let Ok(oracle) = &oracle {
            assert_eq!(is_valid, oracle.is_valid(&instance), "{document}\n{instance}\n{violations:?}");
        }
    }
    Corpus::Keep
});
