//! Documents on disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Source;

/// The largest document that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Reads from the file system, relative to a folder.
#[derive(Debug, Clone, Default)]
pub struct Disk(PathBuf);

impl Disk {
    /// Reads relative to `folder`. The default is the working directory.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }
}

impl Source for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        let mut text = String::new();
        File::open(self.0.join(path))?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
        if text.len() as u64 > MAX_BYTES {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("larger than {MAX_BYTES} bytes"),
            ));
        }
        Ok(text)
    }
}
