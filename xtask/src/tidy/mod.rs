//! `cargo xtask tidy`: rules of the house that no compiler checks. Adding one is a file and a line in [`RULES`].

mod file_names;
mod imports;
mod links;
mod lock_files;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Command;

use crate::{Outcome, Problem, Task, process, root};

pub const TASK: Task =
    Task { command: || Command::new("tidy").about("Checks the rules of the house"), run: |_| check() };

/// What a rule finds wrong, one line each.
type Findings = Vec<String>;

/// Reads the files and tells what breaks it.
type Rule = fn(&[Source]) -> Result<Findings, Problem>;

/// Every rule.
static RULES: &[Rule] = &[imports::check, links::check, file_names::check, lock_files::check];

/// A file that git tracks or would track.
struct Source {
    /// Relative to the repo, with forward slashes.
    path: String,
}

impl Source {
    fn read(&self) -> Result<String, Problem> {
        let path: PathBuf = root().join(&self.path);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", self.path).into())
    }

    fn has_ending(&self, ending: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == ending)
    }
}

/// Runs every rule.
pub fn check() -> Outcome {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let listed = process::output(&mut process::command("git", "", &arguments))?;
    let exists = |path: &&str| root().join(path).is_file();
    let sources: Vec<Source> =
        listed.lines().filter(exists).map(|path| Source { path: path.to_owned() }).collect();
    let mut findings = Vec::new();
    for rule in RULES {
        findings.extend(rule(&sources)?);
    }
    if findings.is_empty() { Ok(()) } else { Err(findings.join("\n").into()) }
}
