//! Documents of JSON Schema with two files: they are read or refused, and whatever is read can be printed.

#![no_main]

use handfast_codegen::source::Memory;
use handfast_fuzz::{generate::Generator, pipeline};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut generator = Generator::faulty(bytes);
    let (Ok(root), Ok(other)) = (generator.document(), generator.document()) else {
        return Corpus::Reject;
    };
    let source = Memory::default().with("root.json", root.to_string()).with("other.json", other.to_string());
    pipeline::run(&source, "root.json");
    Corpus::Keep
});
