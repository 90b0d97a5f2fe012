//! Any text as a document: it is read or refused, and whatever is read can be printed.
//!
//! A NUL ends the document and begins `other.json`; another begins `handfast.toml`.

#![no_main]

use handfast_codegen::source::Memory;
use handfast_fuzz::pipeline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut parts = text.splitn(3, '\0');
    let document = parts.next().unwrap_or_default();
    let path = if document.trim_start().starts_with('{') { "root.json" } else { "root.yaml" };
    let mut source = Memory::default().with(path, document);
    for (name, text) in ["other.json", "handfast.toml"].into_iter().zip(parts) {
        source = source.with(name, text);
    }
    pipeline::run(&source, path);
});
