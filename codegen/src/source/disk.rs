//! Documents on disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Source;

/// The largest document that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Reads from the file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Source for Disk {
    fn read(&self, path: &Path) -> io::Result<String> {
        let mut text = String::new();
        File::open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
        if text.len() as u64 > MAX_BYTES {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("larger than {MAX_BYTES} bytes"),
            ));
        }
        Ok(text)
    }
}
