//! The bundled contracts.

use std::path::Path;

use handfast_codegen::model::Side;
use handfast_codegen::source::Disk;
use handfast_codegen::{Compiled, compile};

#[track_caller]
fn bundled(name: &str) -> Compiled {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas").join(name).join("asyncapi.yaml");
    compile(&Disk::default(), &path).unwrap_or_else(|problems| panic!("{problems}"))
}

fn names(compiled: &Compiled, side: Side) -> Vec<&str> {
    compiled
        .contract
        .direction(side)
        .into_iter()
        .map(|event| compiled.contract[event].name.as_str())
        .collect()
}

#[test]
fn orbit() {
    let compiled = bundled("orbit");
    insta::assert_debug_snapshot!((names(&compiled, Side::Server), names(&compiled, Side::Client)));
}

#[test]
fn builder() {
    let compiled = bundled("builder");
    insta::assert_debug_snapshot!((names(&compiled, Side::Server), names(&compiled, Side::Client)));
}
