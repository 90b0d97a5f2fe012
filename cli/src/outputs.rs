//! Where a run is reported: the standard output, and files.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use handfast_conformance::event::RunEvent;
use handfast_conformance::report::{Detail, Format, Report, ReportFile, Sink};

use crate::error::Error;
use crate::reporting::{ReportSpec, Reporting};

/// The name of the report that GitHub Actions gets unasked.
const ANNOTATIONS: &str = "github";

/// The reports of a run.
pub struct Outputs {
    printed: Vec<Box<dyn Report>>,
    files: Vec<(PathBuf, ReportFile)>,
    error: Option<Error>,
}

impl Outputs {
    /// Opens all of them, so that what can't be written is known before the run.
    ///
    /// # Errors
    /// A file can't be written, or two reports are to share the standard output that can't.
    pub fn open(reporting: &Reporting) -> Result<Self, Error> {
        let (printed, filed): (Vec<_>, Vec<_>) = reporting.reports.iter().partition(|spec| spec.is_printed());
        if !printed.is_empty() && reporting.format.name != "text" {
            return Err(Error::new(format!(
                "annotations would break the {} on the standard output",
                reporting.format.name
            ))
            .help("write them to a file, or leave `--format` away"));
        }
        let files: Result<_, Error> = filed.iter().map(|spec| Ok((spec.path.clone(), open(spec)?))).collect();
        let files = files?;
        let stdout = || Box::new(anstream::stdout()) as Box<dyn Write + Send>;
        let screen = Sink { out: stdout(), live: true, detail: reporting.detail() };
        let mut opened = vec![(reporting.format.open)(screen)];
        opened.extend(printed.iter().map(|spec| printing(spec.format, stdout())));
        opened.extend(unasked(reporting));
        Ok(Self { files, printed: opened, error: None })
    }

    /// Takes an event. It breaks when the run is of no use any more: nobody reads, or a file can't be written.
    pub fn event(&mut self, event: &RunEvent) -> ControlFlow<()> {
        let was_well = self.error.is_none();
        self.printed.retain_mut(|report| {
            let told = report.event(event);
            if let Err(error) = &told {
                self.error.get_or_insert(Error::printing(error));
            }
            told.is_ok()
        });
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

/// Annotations, where GitHub Actions runs the command and nobody has said where they go. They take the standard error, from
/// which GitHub reads them as well: whatever reads the standard output is not disturbed.
fn unasked(reporting: &Reporting) -> Option<Box<dyn Report>> {
    let is_on_github = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let is_asked = reporting.reports.iter().map(|spec| spec.format).chain([reporting.format]);
    let is_asked = is_asked.into_iter().any(|format| format.name == ANNOTATIONS);
    let format = Format::named(ANNOTATIONS).filter(|_| is_on_github && !is_asked)?;
    Some(printing(format, Box::new(anstream::stderr())))
}

fn printing(format: &Format, out: Box<dyn Write + Send>) -> Box<dyn Report> {
    (format.open)(Sink { out, live: false, detail: Detail::Normal })
}

fn open(spec: &ReportSpec) -> Result<ReportFile, Error> {
    ReportFile::create(spec.format, &spec.path).map_err(|error| not_written(&spec.path, &error))
}

fn not_written(path: &Path, error: &io::Error) -> Error {
    Error::new(format!("the report {} can't be written: {error}", path.display()))
}
