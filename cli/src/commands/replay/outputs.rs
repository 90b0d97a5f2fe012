//! Where a run is reported: the standard output, and files.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use handfast_conformance::event::RunEvent;
use handfast_conformance::report::{Format, Report, ReportFile, Sink};

use super::arguments::ReportSpec;
use crate::error::Error;

/// The reports of a run.
pub struct Outputs {
    screen: Option<Box<dyn Report>>,
    files: Vec<(PathBuf, ReportFile)>,
    error: Option<Error>,
}

impl Outputs {
    /// Opens all of them, so that what can't be written is known before the run.
    pub fn open(format: &Format, reports: &[ReportSpec]) -> Result<Self, Error> {
        let files: Result<_, Error> =
            reports.iter().map(|spec| Ok((spec.path.clone(), open(spec)?))).collect();
        let screen = (format.open)(Sink { out: Box::new(anstream::stdout()), live: true });
        Ok(Self { files: files?, screen: Some(screen), error: None })
    }

    /// Takes an event. It breaks when the run is of no use any more: nobody reads, or a file can't be written.
    pub fn event(&mut self, event: &RunEvent) -> ControlFlow<()> {
        let was_well = self.error.is_none();
        if let Some(Err(error)) = self.screen.as_mut().map(|screen| screen.event(event)) {
            self.screen = None;
            self.error.get_or_insert(Error::printing(&error));
        }
        for (path, file) in &mut self.files {
            if let Err(error) = file.event(event) {
                self.error.get_or_insert(not_written(path, &error));
            }
        }
        if was_well && self.error.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Puts the files in their places.
    ///
    /// # Errors
    /// Something could not be written.
    pub fn finish(self) -> Result<(), Error> {
        let mut outcome = self.error.map_or(Ok(()), Err);
        for (path, file) in self.files {
            outcome = outcome.and(file.finish().map_err(|error| not_written(&path, &error)));
        }
        outcome
    }
}

fn open(spec: &ReportSpec) -> Result<ReportFile, Error> {
    ReportFile::create(spec.format, &spec.path).map_err(|error| not_written(&spec.path, &error))
}

fn not_written(path: &std::path::Path, error: &io::Error) -> Error {
    Error::new(format!("the report {} can't be written: {error}", path.display()))
}
