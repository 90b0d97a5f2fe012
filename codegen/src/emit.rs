//! Writes generated files, or compares them with what is there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::backend::Files;

/// How a file on disk differs from what would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stale {
    /// It is not there.
    Missing(PathBuf),
    /// It holds something else, from this line on.
    Differs(PathBuf, usize),
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{} is missing", path.display()),
            Self::Differs(path, line) => write!(f, "{}:{line} differs", path.display()),
        }
    }
}

/// Writes `files` under `folder`. Each is written beside its place and then moved there, so that none is ever half-written;
/// one that is up to date is not touched.
///
/// # Errors
/// As `std::fs`.
pub fn write(folder: &Path, files: &Files) -> io::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|current| current == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let beside = path.with_extension(format!("{}.tmp", std::process::id()));
        fs::write(&beside, text).and_then(|()| fs::rename(&beside, &path)).inspect_err(|_| {
            let _ = fs::remove_file(&beside);
        })?;
        written.push(path);
    }
    Ok(written)
}

/// The files under `folder` that differ from `files`.
pub fn compare(folder: &Path, files: &Files) -> Vec<Stale> {
    files.iter().filter_map(|(name, text)| stale(folder.join(name), text)).collect()
}

fn stale(path: PathBuf, wanted: &str) -> Option<Stale> {
    let Ok(current) = fs::read_to_string(&path) else { return Some(Stale::Missing(path)) };
    if current == wanted {
        return None;
    }
    let same = current.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
    Some(Stale::Differs(path, same + 1))
}
