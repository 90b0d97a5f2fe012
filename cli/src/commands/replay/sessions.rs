//! Finds sessions and reads them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use handfast_codegen::source::Disk;
use handfast_conformance::run::Case;
use handfast_conformance::session::Loader;
use walkdir::WalkDir;

use crate::error::Error;

/// Reads all sessions: files, and all below folders. What `$NAME` stands for is among `tokens`, or in the environment.
///
/// # Errors
/// There is none, or one that is wrong. Then everything that is wrong with all of them.
pub fn load(paths: &[PathBuf], tokens: &BTreeMap<String, String>) -> Result<Vec<Arc<dyn Case>>, Error> {
    let environment = |name: &str| tokens.get(name).cloned().or_else(|| std::env::var(name).ok());
    let disk = Disk::default();
    let mut loader = Loader::new(&disk, &environment);
    let mut cases: Vec<Arc<dyn Case>> = Vec::new();
    let mut problems = Vec::new();
    for path in find(paths)? {
        match loader.load(&path) {
            Ok(session) => cases.push(Arc::new(session)),
            Err(wrong) => problems.push(wrong),
        }
    }
    if problems.is_empty() { Ok(cases) } else { Err(Error::documents(problems)) }
}

fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(below(path)?);
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry =
            entry.map_err(|error| Error::new(format!("{} can't be read: {error}", folder.display())))?;
        if entry.file_type().is_file()
            && entry.path().extension().is_some_and(|extension| extension == "yaml")
        {
            found.push(entry.into_path());
        }
    }
    if found.is_empty() {
        return Err(Error::new(format!("there is no session in {}", folder.display()))
            .help("a session is a file `*.yaml`; name its folder, or the file itself"));
    }
    Ok(found)
}
