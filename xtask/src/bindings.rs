//! Writes committed bindings of a language, or says which of them are stale.

use std::path::Path;

use handfast_codegen::backend::Backend;
use handfast_codegen::names::pascal_case;
use handfast_codegen::source::Disk;
use handfast_codegen::{compile_document, emit};

use crate::{Outcome, root};

/// What is printed, and where.
pub struct Output {
    /// The contract or schema.
    document: String,
    /// The folder of the output.
    folder: String,
    /// The name in it.
    name: String,
}

impl Output {
    pub fn new(document: impl Into<String>, folder: impl Into<String>, name: impl Into<String>) -> Self {
        Self { document: document.into(), folder: folder.into(), name: name.into() }
    }
}

/// Writes `outputs`, or, with `check`, fails if one is not up to date; `task` is what would write them.
pub fn bindings(language: &dyn Backend, outputs: &[Output], check: bool, task: &str) -> Outcome {
    let repo = root().join("").display().to_string();
    let mut stale = Vec::new();
    for Output { document, folder, name } in outputs {
        let compiled = compile_document(&Disk::at(root()), Path::new(document))?;
        let files = language.generate(&compiled.unit(name, &pascal_case(name), document));
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
