//! A report's file: there is all of it, or none.

use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use anstream::StripStream;
use tempfile::NamedTempFile;

use super::{Detail, Format, Report, Sink};
use crate::event::RunEvent;

/// A report that is written beside its file, and takes the file's place when it is whole.
pub struct ReportFile {
    report: Box<dyn Report>,
    file: NamedTempFile,
    path: PathBuf,
}

impl ReportFile {
    /// Prepares the file, so that a path that can't be written is known before the run.
    ///
    /// # Errors
    /// The path can't be written.
    pub fn create(format: &Format, path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let file = beside(folder)?;
        let out = BufWriter::new(StripStream::new(file.reopen()?));
        let report = (format.open)(Sink { out: Box::new(out), live: false, detail: Detail::Normal });
        Ok(Self { report, file, path: path.to_owned() })
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// It can't be written.
    pub fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        self.report.event(event)
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// It can't be written.
    pub fn finish(self) -> io::Result<()> {
        drop(self.report);
        self.file.as_file().sync_all()?;
        self.file.persist(&self.path).map(drop).map_err(|error| error.error)
    }
}

/// A file for a report to grow in, with the rights of any new file.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".handfast-report-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
