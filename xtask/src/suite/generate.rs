//! Prints a Rust module for every schema of the suite.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use data_encoding::HEXLOWER;
use handfast_codegen::backend::{Backend, rust::Rust};
use handfast_codegen::source::Disk;
use handfast_codegen::{CompiledSchema, Dialect, Formats, Options};
use sha2::{Digest, Sha256};

use super::fetch::Fetched;
use super::groups::{Category, Group};
use super::parallel;

/// What stands at the end of every module: what the runner calls.
const SUBJECT: &str = include_str!("../../suite/subject_of_module.rs");

/// Modules by name.
pub type Modules = BTreeMap<String, String>;

/// What was made of a group's schema.
#[derive(Debug)]
pub struct Made {
    /// The name of its module.
    pub name: String,
    /// What the module was printed from.
    pub schema: CompiledSchema,
}

/// Per group, its module, or why there is none.
pub type Assigned = Vec<Result<Made, String>>;

/// Writes the schemas below `folder` and makes modules of them. Groups whose modules say the same share one, so that
/// what dialects have in common is compiled once.
pub fn generate(folder: &Path, fetched: &Fetched, groups: &[&Group]) -> (Modules, Assigned) {
    let made = parallel::map(groups, || (), |(), group| make(folder, fetched, group));
    let mut modules = Modules::new();
    let assigned = made.into_iter().map(|made| {
        made.map(|(made, text)| {
            modules.entry(made.name.clone()).or_insert(text);
            made
        })
    });
    let assigned = assigned.collect();
    (modules, assigned)
}

/// The module of a group, and its text. Code generation that panics is a refusal as well, so that the others are still
/// judged.
fn make(folder: &Path, fetched: &Fetched, group: &Group) -> Result<(Made, String), String> {
    catch_unwind(AssertUnwindSafe(|| {
        let schema = compile(folder, fetched, group)?;
        let files = Rust.generate(&schema.unit(&group.name, "Root", &path(group)));
        let text: String = files.into_values().chain([SUBJECT.to_owned()]).collect();
        let digest = HEXLOWER.encode(&Sha256::digest(text.as_bytes())[..4]);
        Ok((Made { name: format!("{}_{digest}", group.name), schema }, text))
    }))
    .unwrap_or_else(|_| Err("code generation panicked".to_owned()))
}

/// Writes the schema of a group below `folder`, and compiles it.
///
/// # Errors
/// What is wrong with it.
pub fn compile(folder: &Path, fetched: &Fetched, group: &Group) -> Result<CompiledSchema, String> {
    let (folder, path) = (folder.join(group.dialect), path(group));
    write_schema(&folder, &path, group).map_err(|error| error.to_string())?;
    let schema = options(fetched, group).compile_schema(&Disk::at(folder), Path::new(&path));
    schema.map_err(|problems| problems.to_string())
}

fn path(group: &Group) -> String {
    format!("{}.json", group.name)
}

fn write_schema(folder: &Path, path: &str, group: &Group) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(path), group.schema.get())
}

fn options(fetched: &Fetched, group: &Group) -> Options {
    Options {
        default_dialect: Dialect::from_name(group.dialect).unwrap_or_default(),
        formats: if group.category == Category::Format { Formats::Assert } else { Formats::Annotate },
        resolve: fetched.resolve(),
        ..Options::default()
    }
}
