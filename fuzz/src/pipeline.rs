//! A document on its way through the whole pipeline.

use std::path::Path;

use handfast_codegen::backend::{BACKENDS, Backend, Unit, rust::Rust};
use handfast_codegen::source::Memory;
use handfast_codegen::{compile_document, compile_leniently, compile_schema_leniently};

/// Reads the document at `path`, and prints in every language what can be read of it.
///
/// # Panics
/// Where the pipeline does, or prints Rust that is none.
pub fn run(source: &Memory, path: &str) {
    let file = Path::new(path);
    match compile_document(source, file) {
        Ok(document) => print(&document.unit("fuzzed", "Root", path)),
        Err(problems) => {
            // Macros print what could be read of a document that is wrong.
            drop(problems.to_string());
            if let Some(contract) = compile_leniently(source, file).read {
                print(&contract.unit("fuzzed", path));
            }
            if let Some(schema) = compile_schema_leniently(source, file).read {
                print(&schema.unit("fuzzed", "Root", path));
            }
        }
    }
}

fn print(unit: &Unit<'_>) {
    for backend in BACKENDS {
        for (name, text) in backend.generate(unit) {
            if backend.name() == Rust.name()
                && let Err(error) = syn::parse_file(&text)
            {
                panic!("{name} is no Rust: {error}\n{text}");
            }
        }
    }
}
