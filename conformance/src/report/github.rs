//! Annotations of GitHub Actions for sessions that did not pass.

use std::fmt::Write;
use std::io;

use super::annotation::{Annotation, Kind, MAX_PLACES, commands};
use super::narrative::reproduction;
use super::{Report, Sink};
use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::verdict::Verdict;

/// A report for pull requests.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(GitHub { sink, annotations: Vec::new() })
}

struct GitHub {
    sink: Sink,
    annotations: Vec<Annotation>,
}

impl Report for GitHub {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        match event {
            RunEvent::SessionFinished(report) => self.annotations.extend(annotation(report)),
            RunEvent::RunFinished(summary) => {
                self.annotations.extend(of_run(summary));
                self.write()?;
            }
            _ => {}
        }
        Ok(())
    }
}

impl GitHub {
    fn write(&mut self) -> io::Result<()> {
        for command in commands(&self.annotations, "sessions") {
            writeln!(self.sink.out, "{command}")?;
        }
        self.sink.out.flush()
    }
}

/// What a session has to say, if it has.
fn annotation(report: &SessionReport) -> Option<Annotation> {
    let kind = match report.verdict {
        Verdict::Skipped | Verdict::Passed => return None,
        Verdict::Known => Kind::Notice,
        Verdict::Inconclusive => Kind::Warning,
        Verdict::Failed | Verdict::Unreachable | Verdict::Broken => Kind::Error,
    };
    let cause = report.failures.first()?;
    let of_event = cause.event.as_ref().map_or_else(String::new, |event| format!(" of {event}"));
    let mut message = cause.message.clone();
    for difference in cause.differences.iter().take(MAX_PLACES) {
        let _ =
            write!(message, "\n{}: wanted {}, found {}", difference.at, difference.wanted, difference.found);
    }
    if let Some(reason) = &cause.known {
        let _ = write!(message, "\nknown: {reason}");
    }
    let _ = write!(message, "\nreproduce: {}", reproduction(report));
    Some(Annotation {
        kind,
        file: report.file.clone(),
        line: cause.step.as_ref().map(|step| step.line),
        cause: format!("{}[{}]{of_event}", report.verdict, cause.rule),
        subject: report.name_in_permutation(),
        message,
    })
}

/// What the run has to say beside its sessions.
fn of_run(summary: &RunSummary) -> Vec<Annotation> {
    let about = |kind, cause: &str, subject: &str, message: String| Annotation {
        kind,
        file: String::new(),
        line: None,
        cause: cause.to_owned(),
        subject: subject.to_owned(),
        message,
    };
    let stale = summary.known.iter().filter_map(|known| {
        let why = known.stale.clone()?;
        Some(about(Kind::Error, "stale known failure", &known.entry.session, why))
    });
    let flakes = summary.flakes.iter().map(|flake| {
        let message = format!("it passed {} of {} times", flake.n_passed, flake.n_played);
        Annotation { file: flake.file.clone(), ..about(Kind::Warning, "flaky", &flake.name, message) }
    });
    stale.chain(flakes).collect()
}
