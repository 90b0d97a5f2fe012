//! Finds the files that a command is to read: those it is given, and those below folders.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::Error;

/// What is looked for below folders.
#[derive(Debug, Clone, Copy)]
pub struct Sought {
    /// What such a file is: `session`.
    pub what: &'static str,
    /// The ending of its name: `yaml`.
    pub extension: &'static str,
}

impl Sought {
    /// The files among `paths`, and all such files below the folders among them, in the order of their names.
    ///
    /// # Errors
    /// A folder can't be read, or has none.
    pub fn find(self, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        let mut found = Vec::new();
        for path in paths {
            if path.is_dir() {
                found.extend(self.below(path)?);
            } else {
                found.push(path.clone());
            }
        }
        Ok(found)
    }

    fn below(self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let Self { what, extension } = self;
        let mut found = Vec::new();
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
            let entry =
                entry.map_err(|error| Error::new(format!("{} can't be read: {error}", folder.display())))?;
            let is_sought = entry.path().extension().is_some_and(|found| found == extension);
            if entry.file_type().is_file() && is_sought {
                found.push(entry.into_path());
            }
        }
        if found.is_empty() {
            return Err(Error::new(format!("there is no {what} in {}", folder.display()))
                .help(format!("a {what} is a file `*.{extension}`; name its folder, or the file itself")));
        }
        Ok(found)
    }
}
