//! `cargo xtask typescript`: writes the committed TypeScript, or says what of it is stale.

use std::fs;

use clap::{Args, Command, FromArgMatches};
use handfast_codegen::backend::typescript::TypeScript;

use crate::bindings::{Output, bindings};
use crate::{Outcome, Problem, Task, root};

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

/// Where each `NAME.schema.json` has a `NAME.ts` beside it.
pub const CONSTRUCTS: &str = "bindings/typescript/tests/constructs";

/// Whether the committed files are up to date.
pub fn check() -> Outcome {
    typescript(true)
}

fn typescript(check: bool) -> Outcome {
    let mut outputs = vec![
        Output::new("schemas/orbit/asyncapi.yaml", "bindings/typescript", "orbit"),
        Output::new("schemas/builder/asyncapi.yaml", "bindings/typescript", "builder"),
        Output::new(format!("{CONSTRUCTS}.asyncapi.yaml"), "bindings/typescript/tests", "constructs"),
    ];
    outputs.extend(constructs()?);
    bindings(&TypeScript, &outputs, check, "typescript")
}

/// The schemas of the tests.
fn constructs() -> Result<Vec<Output>, Problem> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join(CONSTRUCTS))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".schema.json").map(str::to_owned));
    }
    names.sort();
    let output = |name: String| Output::new(format!("{CONSTRUCTS}/{name}.schema.json"), CONSTRUCTS, name);
    Ok(names.into_iter().map(output).collect())
}
