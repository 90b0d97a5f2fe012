//! Where documents come from. The only part of this crate that reads files is [`disk`].

pub mod disk;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub use disk::Disk;

/// Gives the text behind a path.
pub trait Source {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// As `std::fs::read_to_string`.
    fn read(&self, path: &Path) -> io::Result<String>;
}

/// The file and the fragment of `file.json#/$defs/Name`.
pub fn select(path: &Path) -> (PathBuf, Option<String>) {
    match path.to_str().and_then(|text| text.split_once('#')) {
        Some((file, fragment)) => (file.into(), Some(fragment.to_owned())),
        None => (path.to_path_buf(), None),
    }
}

/// Documents in memory, for tests and embedders.
#[derive(Debug, Clone, Default)]
pub struct Memory(BTreeMap<PathBuf, String>);

impl Memory {
    /// Adds or replaces a file.
    #[must_use]
    pub fn with(mut self, path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        self.0.insert(path.into(), text.into());
        self
    }
}

impl Source for Memory {
    fn read(&self, path: &Path) -> io::Result<String> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
