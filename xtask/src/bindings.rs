//! Writes committed bindings of a language, or says which of them are stale.

use std::path::Path;

use handfast_codegen::backend::Backend;
use handfast_codegen::source::Disk;
use handfast_codegen::{compile, emit};

use crate::{Outcome, root};

/// A contract, the folder of its output, and the name in it.
pub type Output = (&'static str, &'static str, &'static str);

/// Writes `outputs`, or, with `check`, fails if one is not up to date; `task` is what would write them.
pub fn bindings(language: &dyn Backend, outputs: &[Output], check: bool, task: &str) -> Outcome {
    let repo = root().join("").display().to_string();
    let mut stale = Vec::new();
    for (contract, folder, name) in outputs {
        let compiled = compile(&Disk::at(root()), Path::new(contract))?;
        let files = language.generate(&compiled.unit(name, contract));
        if check {
            let found = emit::compare(&root().join(folder), &files);
            stale.extend(found.iter().map(|file| file.to_string().replace(&repo, "")));
        } else {
            emit::write(&root().join(folder), &files)?;
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("{}\nrun `cargo xtask {task}`", stale.join("\n")).into())
}
