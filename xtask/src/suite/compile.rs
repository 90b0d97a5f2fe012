//! Compiles the modules, with a runner, into a workspace of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use handfast_codegen::backend::Files;
use handfast_codegen::emit;
use serde_json::Value;

use super::generate::{Made, Modules};
use crate::process::cargo;
use crate::{Outcome, Problem, root};

/// How many crates the modules are spread over: the compiler reads a crate on one core.
const N_PARTS: usize = 4;

/// What compiled, and what did not.
#[derive(Debug)]
pub struct Compiled {
    /// The program that puts the cases to the modules.
    pub runner: PathBuf,
    /// What the compiler says about modules that it refuses.
    pub refused: BTreeMap<String, String>,
}

impl Compiled {
    /// The module of a group, or why there is none.
    pub fn module<'m>(&'m self, assigned: &'m Result<Made, String>) -> Result<&'m Made, &'m str> {
        let made = assigned.as_ref().map_err(String::as_str)?;
        self.refused.get(&made.name).map_or(Ok(made), |refusal| Err(refusal))
    }
}

/// Compiles `modules` in `folder`, with what is built in `built`. A module that the compiler refuses is left out, so that
/// the others are still judged.
///
/// # Errors
/// Something other than a module does not compile.
pub fn compile(folder: &Path, built: &Path, mut modules: Modules) -> Result<Compiled, Problem> {
    let mut refused = BTreeMap::new();
    loop {
        write(folder, &modules)?;
        let errors = build(folder, built)?;
        if errors.is_empty() {
            let runner = format!("debug/runner{}", std::env::consts::EXE_SUFFIX);
            return Ok(Compiled { runner: built.join(runner), refused });
        }
        for (module, message) in errors {
            if modules.remove(&module).is_none() {
                return Err(message.into());
            }
            refused.insert(module, message);
        }
    }
}

/// Writes the workspace: the interface of a module, the parts that hold the modules, and the runner.
fn write(folder: &Path, modules: &Modules) -> Outcome {
    let parts: Vec<String> = (0..N_PARTS).map(|part| format!("part_{part}")).collect();
    let part_names = parts.iter().map(String::as_str);
    let runner_needs: Vec<&str> = part_names.chain(["subject"]).collect();
    let mut files = Files::from([
        ("Cargo.toml".to_owned(), include_str!("../../suite/workspace.toml").to_owned()),
        ("Cargo.lock".to_owned(), fs::read_to_string(root().join("Cargo.lock"))?),
        ("subject/Cargo.toml".to_owned(), manifest("subject", &["handfast", "serde_json"])),
        ("subject/src/lib.rs".to_owned(), include_str!("../../suite/subject.rs").to_owned()),
        ("runner/Cargo.toml".to_owned(), manifest("runner", &runner_needs)),
        ("runner/src/main.rs".to_owned(), runner(&parts)),
    ]);
    for (index, part) in parts.iter().enumerate() {
        let of_part = || modules.iter().filter(|(name, _)| part_idx(name) == index);
        files.insert(format!("{part}/Cargo.toml"), manifest(part, &["subject", "handfast"]));
        files.insert(format!("{part}/src/lib.rs"), list(of_part().map(|(name, _)| name)));
        files.extend(of_part().map(|(name, text)| (format!("{part}/src/{name}.rs"), text.clone())));
    }
    emit::write(folder, &files)?;
    Ok(())
}

/// The part that holds a module, whatever others there are.
fn part_idx(module: &str) -> usize {
    module.bytes().map(usize::from).sum::<usize>() % N_PARTS
}

fn manifest(name: &str, dependencies: &[&str]) -> String {
    let mut text = format!("[package]\nname = \"{name}\"\nedition.workspace = true\n\n[dependencies]\n");
    for dependency in dependencies {
        let of_workspace = ["handfast", "serde_json"].contains(dependency);
        let origin =
            if of_workspace { "workspace = true".to_owned() } else { format!("path = \"../{dependency}\"") };
        text.push_str(&format!("{dependency} = {{ {origin} }}\n"));
    }
    text
}

/// The root of a part.
fn list<'m>(modules: impl Iterator<Item = &'m String> + Clone) -> String {
    let declared: String = modules.clone().map(|name| format!("mod {name};\n")).collect();
    let listed: String = modules.map(|name| format!("    (\"{name}\", &{name}::SUBJECT),\n")).collect();
    let list = "pub static SUBJECTS: &[(&str, &::subject::Subject)]";
    format!("#![allow(warnings)]\n\n{declared}\n{list} = &[\n{listed}];\n")
}

fn runner(parts: &[String]) -> String {
    let lists: Vec<String> = parts.iter().map(|part| format!("{part}::SUBJECTS")).collect();
    let text = include_str!("../../suite/runner.rs");
    let modules = "fn modules() -> Vec<(&'static str, &'static Subject)>";
    format!("{text}\n/// Every module, by name.\n{modules} {{\n    [{}].concat()\n}}\n", lists.join(", "))
}

/// Builds the workspace, and gives what the compiler says about each module that it refuses.
fn build(folder: &Path, built: &Path) -> Result<BTreeMap<String, String>, Problem> {
    let mut build = cargo(&["build", "--quiet", "--message-format=json", "--keep-going", "--manifest-path"]);
    build.arg(folder.join("Cargo.toml")).arg("--target-dir").arg(built);
    let output = build.stderr(Stdio::piped()).output()?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = lines.lines().filter_map(|line| serde_json::from_str(line).ok());
    let errors: BTreeMap<_, _> = messages.filter_map(|line| error(&line)).collect();
    if errors.is_empty() && !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(errors)
}

/// The module and the text of an error.
fn error(line: &Value) -> Option<(String, String)> {
    let message = line.get("message").filter(|message| message["level"] == "error")?;
    let span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    let module = Path::new(span["file_name"].as_str()?).file_stem()?.to_str()?;
    Some((module.to_owned(), message["rendered"].as_str()?.to_owned()))
}
