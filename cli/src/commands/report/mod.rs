//! `handfast report`

mod blobs;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use handfast_conformance::event::RunEvent;
use handfast_conformance::merge::merge;
use handfast_conformance::report::{Format, ReportFile};

use super::Run;
use crate::error::Error;
use crate::exit::PASSED;
use crate::outputs::Outputs;
use crate::reporting::Reporting;

const EXAMPLES: &str = "\
Examples:
  handfast report merge shard-1.blob shard-2.blob --report junit=report.xml --report html=report.html
  handfast report merge blobs --quiet
  handfast report html blobs --out report.html";

const MERGE_EXAMPLES: &str = "\
Examples:
  handfast report merge shard-1.blob shard-2.blob --report junit=report.xml
  handfast report merge blobs --format json | jq .";

const HTML_EXAMPLES: &str = "\
Examples:
  handfast report html run.blob --out report.html
  handfast report html blobs --out report.html";

/// Report runs again from their blobs, which `handfast replay --report blob=FILE` writes
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Report {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Merge(Merge),
    Html(Html),
}

/// Put the shards of a run together, and report it as if it had been one; ends with the run's exit code
#[derive(Debug, Args)]
#[command(after_help = MERGE_EXAMPLES)]
struct Merge {
    /// Blobs, or folders: all `*.blob` files below them
    #[arg(required = true, value_name = "BLOB")]
    blobs: Vec<PathBuf>,
    #[command(flatten)]
    reporting: Reporting,
}

/// Write a run as one HTML page, which needs no network
#[derive(Debug, Args)]
#[command(after_help = HTML_EXAMPLES)]
struct Html {
    /// Blobs, or folders: all `*.blob` files below them
    #[arg(required = true, value_name = "BLOB")]
    blobs: Vec<PathBuf>,
    /// The page
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Run for Report {
    const NAME: &'static str = "report";

    fn run(self) -> Result<u8, Error> {
        match self.what {
            What::Merge(merge) => merge.run(),
            What::Html(html) => html.run(),
        }
    }
}

impl Merge {
    fn run(self) -> Result<u8, Error> {
        let events = merged(&self.blobs)?;
        let mut outputs = Outputs::open(&self.reporting)?;
        for event in &events {
            if outputs.event(event).is_break() {
                break;
            }
        }
        outputs.finish()?;
        Ok(exit_code(&events))
    }
}

impl Html {
    fn run(self) -> Result<u8, Error> {
        let events = merged(&self.blobs)?;
        let not_written = |error| Error::new(format!("{} can't be written: {error}", self.out.display()));
        let format = Format::named("html").ok_or_else(|| Error::new("there are no HTML reports"))?;
        let mut page = ReportFile::create(format, &self.out).map_err(not_written)?;
        events.iter().try_for_each(|event| page.event(event)).map_err(not_written)?;
        page.finish().map_err(not_written)?;
        Ok(PASSED)
    }
}

/// The run that the blobs are parts of.
fn merged(paths: &[PathBuf]) -> Result<Vec<RunEvent>, Error> {
    let blobs = blobs::read(paths)?;
    let (paths, parts): (Vec<_>, Vec<_>) = blobs.into_iter().unzip();
    merge(parts).map_err(|misfit| {
        let path = paths[misfit.part_idx].display();
        Error::new(format!("{path} does not belong to the others: {misfit}"))
            .help("name every shard of one run once; blobs without shards are put one after the other")
    })
}

/// The exit code that the run ended with, or would have.
fn exit_code(events: &[RunEvent]) -> u8 {
    match events.last() {
        Some(RunEvent::RunFinished(summary)) => summary.exit_code,
        _ => PASSED,
    }
}
