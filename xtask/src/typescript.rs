//! `cargo xtask typescript`: writes the committed TypeScript, or says what of it is stale.

use std::path::Path;

use clap::{Args, Command, FromArgMatches};
use handfast_codegen::backend::{Backend, typescript::TypeScript};
use handfast_codegen::source::Disk;
use handfast_codegen::{compile, emit};

use crate::{Outcome, Task, root};

pub const TASK: Task = Task {
    command: || Options::augment_args(Command::new("typescript").about("Writes the committed TypeScript")),
    run: |matches| typescript(Options::from_arg_matches(matches)?.check),
};

#[derive(Args)]
struct Options {
    /// Writes nothing, and fails if a file is not up to date.
    #[arg(long)]
    check: bool,
}

/// A contract, the folder of its output, and the name in it.
const OUTPUTS: [(&str, &str, &str); 3] = [
    ("schemas/orbit/asyncapi.yaml", "bindings/typescript", "orbit"),
    ("schemas/builder/asyncapi.yaml", "bindings/typescript", "builder"),
    ("bindings/typescript/tests/constructs.asyncapi.yaml", "bindings/typescript/tests", "constructs"),
];

/// Whether the committed files are up to date.
pub fn check() -> Outcome {
    typescript(true)
}

fn typescript(check: bool) -> Outcome {
    let repo = root().join("").display().to_string();
    let mut stale = Vec::new();
    for (contract, folder, name) in OUTPUTS {
        let compiled = compile(&Disk::at(root()), Path::new(contract))?;
        let files = TypeScript.generate(&compiled.unit(name, contract));
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
    Err(format!("{}\nrun `cargo xtask typescript`", stale.join("\n")).into())
}
