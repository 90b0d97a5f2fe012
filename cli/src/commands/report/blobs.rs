//! Finds blobs and reads them.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use handfast_conformance::event::RunEvent;
use handfast_conformance::report::read_blob;

use crate::error::Error;
use crate::finding::Sought;

const BLOBS: Sought = Sought { what: "blob", extension: "blob" };

/// Reads all blobs: files, and all below folders, in the order of their paths.
///
/// # Errors
/// There is none, or one that can't be read.
pub fn read(paths: &[PathBuf]) -> Result<Vec<(PathBuf, Vec<RunEvent>)>, Error> {
    let found = BLOBS.find(paths)?;
    found.into_iter().map(|path| read_one(&path).map(|events| (path, events))).collect()
}

fn read_one(path: &Path) -> Result<Vec<RunEvent>, Error> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| Error::new(format!("{shown} can't be read: {error}")))?;
    read_blob(BufReader::new(file)).map_err(|error| Error::new(format!("{shown} can't be used: {error}")))
}
