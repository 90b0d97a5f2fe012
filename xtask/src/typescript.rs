//! `cargo xtask typescript`: writes the committed TypeScript, or says what of it is stale.

use clap::{Args, Command, FromArgMatches};
use handfast_codegen::backend::typescript::TypeScript;

use crate::bindings::{Output, bindings};
use crate::{Outcome, Task};

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

const OUTPUTS: [Output; 3] = [
    ("schemas/orbit/asyncapi.yaml", "bindings/typescript", "orbit"),
    ("schemas/builder/asyncapi.yaml", "bindings/typescript", "builder"),
    ("bindings/typescript/tests/constructs.asyncapi.yaml", "bindings/typescript/tests", "constructs"),
];

/// Whether the committed files are up to date.
pub fn check() -> Outcome {
    typescript(true)
}

fn typescript(check: bool) -> Outcome {
    bindings(&TypeScript, &OUTPUTS, check, "typescript")
}
