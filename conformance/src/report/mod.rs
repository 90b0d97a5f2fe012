//! Tells what happened in a run. A report only reads the run's events; it decides nothing.
//!
//! Adding a report is one file and one line in [`REPORTS`].

pub(crate) mod annotation;
mod blob;
mod file;
mod github;
mod html;
mod json;
mod junit;
mod narrative;
mod text;

use std::io::{self, Write};

use crate::event::RunEvent;
pub use blob::{NoBlob, read_blob};
pub use file::ReportFile;
pub use json::report_schema;

/// Every format a run can be reported in.
pub static REPORTS: &[Format] = &[
    Format { name: "text", about: "for people", open: text::open },
    Format { name: "json", about: "JSON Lines, one event of the run each", open: json::open },
    Format { name: "junit", about: "JUnit XML, for CI", open: junit::open },
    Format { name: "html", about: "one page to look at, which needs no network", open: html::open },
    Format { name: "github", about: "annotations of GitHub Actions", open: github::open },
    Format { name: "blob", about: "everything, for `handfast report`", open: blob::open },
];

/// A format of reports.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Makes a report that is written to a sink.
    pub open: fn(Sink) -> Box<dyn Report>,
}

impl Format {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        REPORTS.iter().find(|format| format.name == name)
    }
}

/// Where a report goes.
pub struct Sink {
    /// Takes its bytes. Styles come as ANSI escapes; whoever wants none takes them out.
    pub out: Box<dyn Write + Send>,
    /// Whether somebody looks at it while it grows.
    pub live: bool,
    /// How much people want to read.
    pub detail: Detail,
}

/// How much people want to read. Reports for programs have everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// What did not pass, and the sum.
    Quiet,
    /// Every session in a line, and why one did not pass.
    #[default]
    Normal,
    /// All that was sent and seen.
    Verbose,
}

/// Takes the events of one run, in order.
pub trait Report: Send {
    /// Takes the next event. With the last one of a run the report is whole, and all of it has left for its sink.
    ///
    /// # Errors
    /// It can't be written.
    fn event(&mut self, event: &RunEvent) -> io::Result<()>;
}
