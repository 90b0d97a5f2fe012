//! Annotations of GitHub Actions: workflow commands, which a runner takes from what a step prints.
//!
//! GitHub shows ten annotations of a kind per step and drops the rest without a word. What is more is told together: first
//! what has the same cause, and then in one last annotation.

use std::fmt::Write;

use super::narrative::plain;

/// How many annotations of a kind are shown per step.
const MAX_ANNOTATIONS: usize = 10;
/// How many places one annotation lists.
pub(super) const MAX_PLACES: usize = 30;
/// How many characters of an annotation are shown.
const MAX_CHARS: usize = 4000;

/// How loud an annotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
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

/// One annotation.
#[derive(Debug, Clone)]
pub(crate) struct Annotation {
    /// How loud it is.
    pub kind: Kind,
    /// The file it is shown in.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What it has in common with others of the same cause.
    pub cause: String,
    /// What it is about.
    pub subject: String,
    /// What it says, of several lines.
    pub message: String,
}

/// The workflow commands of `annotations`, as many as are shown; `things` is what several subjects are called.
pub(crate) fn commands(annotations: &[Annotation], things: &str) -> Vec<String> {
    let of_kind =
        |kind| annotations.iter().filter(move |annotation| annotation.kind == kind).cloned().collect();
    let shown = Kind::ALL.into_iter().flat_map(|kind| bounded(of_kind(kind), things));
    shown.map(|annotation| annotation.command()).collect()
}

/// As many as are shown.
fn bounded(annotations: Vec<Annotation>, things: &str) -> Vec<Annotation> {
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
    groups.iter().filter_map(|group| together(group, things)).collect()
}

/// Several annotations as one, at the place of the first.
fn together(group: &[Annotation], things: &str) -> Option<Annotation> {
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
    let subject = format!("{} {things}", n_more + 1);
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
