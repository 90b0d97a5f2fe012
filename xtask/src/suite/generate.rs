//! Prints a Rust module for every schema of the suite.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::thread;

use data_encoding::HEXLOWER;
use handfast_codegen::backend::{Backend, rust::Rust};
use handfast_codegen::source::Disk;
use handfast_codegen::{Dialect, Formats, Options};
use sha2::{Digest, Sha256};

use super::fetch::Fetched;
use super::groups::{Category, Group};
use crate::Problem;

/// What stands at the end of every module: what the runner calls.
const SUBJECT: &str = include_str!("../../suite/subject_of_module.rs");

/// Modules by name.
pub type Modules = BTreeMap<String, String>;

/// Per group, the name of its module, or why there is none.
pub type Assigned = Vec<Result<String, String>>;

/// Writes the schemas below `folder` and makes modules of them. Groups whose modules say the same share one, so that
/// what dialects have in common is compiled once.
///
/// # Errors
/// A schema can't be written.
pub fn generate(folder: &Path, fetched: &Fetched, groups: &[&Group]) -> Result<(Modules, Assigned), Problem> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let texts: Vec<Result<String, String>> = thread::scope(|scope| {
        let parts = groups.chunks(groups.len().div_ceil(n_threads).max(1));
        let threads: Vec<_> = parts
            .map(|part| {
                scope.spawn(|| part.iter().map(|group| text(folder, fetched, group)).collect::<Vec<_>>())
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    let mut modules = Modules::new();
    let assigned = groups.iter().zip(texts).map(|(group, text)| {
        text.map(|text| {
            let digest = HEXLOWER.encode(&Sha256::digest(text.as_bytes())[..4]);
            let name = format!("{}_{digest}", group.name);
            modules.entry(name.clone()).or_insert(text);
            name
        })
    });
    let assigned = assigned.collect();
    Ok((modules, assigned))
}

/// The module of a group. Code generation that panics is a refusal as well, so that the others are still judged.
fn text(folder: &Path, fetched: &Fetched, group: &Group) -> Result<String, String> {
    catch_unwind(AssertUnwindSafe(|| {
        let folder = folder.join(group.dialect);
        let path = format!("{}.json", group.name);
        write_schema(&folder, &path, group).map_err(|error| error.to_string())?;
        let compiled = options(fetched, group).compile_schema(&Disk::at(folder), Path::new(&path));
        let compiled = compiled.map_err(|problems| problems.to_string())?;
        let files = Rust.generate(&compiled.unit(&group.name, "Root", &path));
        Ok(files.into_values().chain([SUBJECT.to_owned()]).collect())
    }))
    .unwrap_or_else(|_| Err("code generation panicked".to_owned()))
}

fn write_schema(folder: &Path, path: &str, group: &Group) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(path), group.schema.get())
}

fn options(fetched: &Fetched, group: &Group) -> Options {
    let folders = [
        ("http://localhost:1234/", &fetched.remotes),
        ("http://json-schema.org/", &fetched.metaschemas),
        ("https://json-schema.org/", &fetched.metaschemas),
    ];
    Options {
        default_dialect: Dialect::from_name(group.dialect).unwrap_or_default(),
        formats: if group.category == Category::Format { Formats::Assert } else { Formats::Annotate },
        resolve: folders.map(|(prefix, folder)| (prefix.to_owned(), folder.clone())).to_vec(),
        ..Options::default()
    }
}
