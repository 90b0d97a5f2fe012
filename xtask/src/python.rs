//! `cargo xtask python`: writes the committed Python, or says what of it is stale.

use clap::{Args, Command, FromArgMatches};
use handfast_codegen::backend::python::Python;

use crate::bindings::{Output, bindings};
use crate::{Outcome, Task};

pub const TASK: Task = Task {
    command: || Options::augment_args(Command::new("python").about("Writes the committed Python")),
    run: |matches| python(Options::from_arg_matches(matches)?.check),
};

#[derive(Args)]
struct Options {
    /// Writes nothing, and fails if a file is not up to date.
    #[arg(long)]
    check: bool,
}

/// Whether the committed files are up to date.
pub fn check() -> Outcome {
    python(true)
}

fn python(check: bool) -> Outcome {
    let outputs = ["orbit", "builder"].map(|name| {
        Output::new(format!("schemas/{name}/asyncapi.yaml"), format!("bindings/python/{name}"), name)
    });
    bindings(&Python, &outputs, check, "python")
}
