//! Annotations of GitHub Actions: workflow commands, which a runner takes from what a step prints.
//!
//! GitHub shows ten annotations of a kind per step and drops the rest without a word. What is more is told together: first
//! what has the same cause, and then in one last annotation.

use std::fmt::Write;
use std::io;

use super::narrative::{plain, reproduction};
use super::{Report, Sink};
use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::verdict::Verdict;

/// How many annotations of a kind are shown per step.
const MAX_ANNOTATIONS: usize = 10;
/// How many places one annotation lists.
const MAX_PLACES: usize = 30;
/// How many characters of an annotation are shown.
const MAX_CHARS: usize = 4000;

/// A report for pull requests.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(GitHub { sink, annotations: Vec::new() })
}

struct GitHub {
    sink: Sink,
    annotations: Vec<Annotation>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

#[derive(Debug, Clone)]
struct Annotation {
    kind: Kind,
    file: String,
    line: Option<usize>,
    /// What it has in common with others of the same cause.
    cause: String,
    subject: String,
    message: String,
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
        for kind in Kind::ALL {
            let of_kind =
                self.annotations.iter().filter(|annotation| annotation.kind == kind).cloned().collect();
            for annotation in bounded(of_kind) {
                writeln!(self.sink.out, "{}", annotation.command())?;
            }
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

/// As many as are shown.
fn bounded(annotations: Vec<Annotation>) -> Vec<Annotation> {
    if annotations.len() <= MAX_ANNOTATIONS {
        return annotations;
    }
    let mut groups: Vec<Vec<Annotation>> = Vec::new();
    for annotation in annotations {
        match groups.iter_mut().find(|group| group[0].cause == annotation.cause) {
            Some(group) => group.push(annotation),
            None => groups.push(vec![annotation]),
        }
    }
    if groups.len() > MAX_ANNOTATIONS {
        let rest = groups.split_off(MAX_ANNOTATIONS - 1).concat();
        groups.push(rest);
    }
    groups.iter().filter_map(|group| together(group)).collect()
}

/// Several annotations as one, at the place of the first.
fn together(group: &[Annotation]) -> Option<Annotation> {
    let n_more = group.len() - 1;
    let mut all = group.iter();
    let first = all.next()?;
    if n_more == 0 {
        return Some(first.clone());
    }
    let mut message = first.message.clone();
    let _ = write!(message, "\nand {n_more} more:");
    for other in all.clone().take(MAX_PLACES) {
        let line = other.line.map_or_else(String::new, |line| format!(":{line}"));
        let _ = write!(message, "\n  {}{line} {}: {}", other.file, other.cause, other.subject);
    }
    if n_more > MAX_PLACES {
        let _ = write!(message, "\n  … and {} more", n_more - MAX_PLACES);
    }
    let has_one_cause = all.all(|other| other.cause == first.cause);
    let cause = if has_one_cause { first.cause.clone() } else { "several causes".to_owned() };
    let subject = format!("{} sessions", n_more + 1);
    Some(Annotation { cause, subject, message, ..first.clone() })
}

impl Annotation {
    /// The workflow command.
    fn command(&self) -> String {
        let mut text = format!("::{} ", self.kind.name());
        if !self.file.is_empty() {
            let _ = write!(text, "file={},", property(&self.file));
        }
        if let Some(line) = self.line {
            let _ = write!(text, "line={line},");
        }
        let title = format!("{}: {}", self.cause, self.subject);
        let message: String = self.message.lines().map(plain).collect::<Vec<_>>().join("\n");
        let message: String = message.chars().take(MAX_CHARS).collect();
        let _ = write!(text, "title={}::{}", property(&plain(&title)), data(&message));
        text
    }
}

/// `text` as the message of a command: it can't end the line, and so not begin another command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
