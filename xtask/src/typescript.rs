//! `cargo xtask typescript`: writes the committed TypeScript, or says what of it is stale.

use std::fs;
use std::path::Path;

use clap::{Args, Command, FromArgMatches};
use handfast_codegen::backend::{Backend, typescript::TypeScript};
use handfast_codegen::names::pascal_case;
use handfast_codegen::source::Disk;
use handfast_codegen::{compile_document, emit};

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

/// A contract, the folder of its output, and the name in it.
const CONTRACTS: [(&str, &str, &str); 3] = [
    ("schemas/orbit/asyncapi.yaml", "bindings/typescript", "orbit"),
    ("schemas/builder/asyncapi.yaml", "bindings/typescript", "builder"),
    ("bindings/typescript/tests/constructs.asyncapi.yaml", "bindings/typescript/tests", "constructs"),
];

/// Where each `NAME.schema.json` has a `NAME.ts` beside it.
pub const CONSTRUCTS: &str = "bindings/typescript/tests/constructs";

/// Whether the committed files are up to date.
pub fn check() -> Outcome {
    typescript(true)
}

fn typescript(check: bool) -> Outcome {
    let repo = root().join("").display().to_string();
    let mut stale = Vec::new();
    let contracts = CONTRACTS.map(|(document, folder, name)| (document.into(), folder.into(), name.into()));
    for (document, folder, name) in contracts.into_iter().chain(constructs()?) {
        let compiled = compile_document(&Disk::at(root()), Path::new(&document))?;
        let files = TypeScript.generate(&compiled.unit(&name, &pascal_case(&name), &document));
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

/// The schemas of the tests, as those of [`CONTRACTS`].
fn constructs() -> Result<Vec<(String, String, String)>, Problem> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join(CONSTRUCTS))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".schema.json").map(str::to_owned));
    }
    names.sort();
    let paths = |name: String| (format!("{CONSTRUCTS}/{name}.schema.json"), CONSTRUCTS.to_owned(), name);
    Ok(names.into_iter().map(paths).collect())
}
