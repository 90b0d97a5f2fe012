//! A HAR file and what it refers to, zipped as Playwright writes it: `har.har`, and beside it a file for each body and each
//! WebSocket. What comes out of it is bounded, however small it is.

use std::cell::RefCell;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::HarError;

/// The most bytes of a file in it.
const MAX_BYTES: u64 = 1 << 30;

/// What every ZIP file begins with, that has anything in it.
const SIGNATURE: &[u8] = b"PK\x03\x04";

/// A HAR file in an archive.
pub struct Archive<'z> {
    files: RefCell<ZipArchive<Cursor<&'z [u8]>>>,
}

impl<'z> Archive<'z> {
    /// The archive that `bytes` are, if they are one.
    ///
    /// # Errors
    /// They begin like one, and are none.
    pub fn of(bytes: &'z [u8]) -> Result<Option<Self>, HarError> {
        if !bytes.starts_with(SIGNATURE) {
            return Ok(None);
        }
        let files = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| HarError(format!("it is a ZIP file that can't be read: {error}")))?;
        Ok(Some(Self { files: RefCell::new(files) }))
    }

    /// The only HAR file in it.
    ///
    /// # Errors
    /// There is none, or more than one, or it can't be read.
    pub fn har(&self) -> Result<Vec<u8>, HarError> {
        let files = self.files.borrow();
        let names: Vec<String> = files.file_names().flatten().map(|name| name.into_owned()).collect();
        drop(files);
        let mut found = names.iter().filter(|name| name.ends_with(".har"));
        match (found.next(), found.next()) {
            (Some(name), None) => {
                self.read(name, MAX_BYTES).map_err(|reason| HarError(format!("{name} in it: {reason}")))
            }
            (None, _) => Err(HarError("it is a ZIP file without a `.har` in it".to_owned())),
            (Some(_), Some(_)) => {
                Err(HarError("there is more than one `.har` in it: unpack it, and name one".to_owned()))
            }
        }
    }

    /// The text of a file that the HAR refers to.
    ///
    /// # Errors
    /// There is none of that name, or it can't be read.
    pub fn attached(&self, name: &str) -> Result<String, String> {
        String::from_utf8(self.read(name, MAX_BYTES)?).map_err(|_| "it is no UTF-8".to_owned())
    }

    fn read(&self, name: &str, max_bytes: u64) -> Result<Vec<u8>, String> {
        let mut files = self.files.borrow_mut();
        let file = files.by_name(name).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        // One byte more than is allowed tells that it is longer; what its header says of its length need not be so.
        let n_read = file.take(max_bytes + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if n_read as u64 > max_bytes {
            return Err(format!("it is longer than {max_bytes} bytes"));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, SimpleFileOptions::default()).expect("a file");
            archive.write_all(bytes).expect("bytes");
        }
        archive.finish().expect("an archive").into_inner()
    }

    #[test]
    fn the_har_and_what_it_refers_to_are_read() {
        let bytes = zipped(&[("a.jsonl", b"{}\n"), ("har.har", b"{\"log\":{}}"), ("b.bin", b"\xff")]);
        let archive = Archive::of(&bytes).expect("a ZIP file").expect("an archive");
        assert_eq!(archive.har().expect("a HAR"), b"{\"log\":{}}");
        assert_eq!(archive.attached("a.jsonl").as_deref(), Ok("{}\n"));
        assert_eq!(archive.attached("b.bin"), Err("it is no UTF-8".to_owned()));
        assert!(archive.attached("../a.jsonl").is_err());
        assert!(archive.read("har.har", 10).is_ok());
        assert_eq!(archive.read("har.har", 9), Err("it is longer than 9 bytes".to_owned()));
        assert!(Archive::of(b"{}").expect("no archive").is_none());
    }

    #[test]
    fn what_is_no_archive_of_a_har_is_told() {
        let told = |bytes: &[u8]| match Archive::of(bytes) {
            Ok(Some(archive)) => archive.har().map(drop).expect_err("no HAR").to_string(),
            Ok(None) => "no archive".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(told(&zipped(&[("a.txt", b"")])), "it is a ZIP file without a `.har` in it");
        assert!(
            told(&zipped(&[("a.har", b""), ("b.har", b"")])).starts_with("there is more than one `.har`")
        );
        assert!(told(b"PK\x03\x04 and nothing").starts_with("it is a ZIP file that can't be read"));
        let mut cut = zipped(&[("har.har", &[b'x'; 4000])]);
        let middle = cut.len() / 2;
        cut[middle - 8..middle].fill(0xff);
        assert!(!told(&cut).is_empty());
    }
}
