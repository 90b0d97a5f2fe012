//! Plain text for people: what is wrong with each document, and how many there were.

use std::collections::HashSet;

use anstream::adapter::strip_str;
use anstyle::{AnsiColor, Style};
use handfast::Violation;
use serde_json::Value;

use super::{Judge, Judged, SIZE, SYNTAX, Tally, UNKNOWN, UNNAMED, Worth};

const FAILED: Style = AnsiColor::Red.on_default().bold();
const UNSURE: Style = AnsiColor::Yellow.on_default().bold();

/// How much of a violation is told, in characters; what it found may be as long as the document.
const MAX_CHARS: usize = 400;
/// How many names of unknown events are told; a hostile stream has a new one in every line.
const MAX_NAMES: usize = 32;

/// Tells what is wrong with documents, up to a limit.
#[derive(Debug)]
pub struct Teller<'j> {
    judge: &'j Judge,
    max_told: u64,
    n_invalid: u64,
    unknown: HashSet<String>,
}

impl<'j> Teller<'j> {
    /// Tells of at most `max_told` invalid documents of those that `judge` has judged.
    pub fn new(judge: &'j Judge, max_told: u64) -> Self {
        Self { judge, max_told, n_invalid: 0, unknown: HashSet::new() }
    }

    /// What there is to tell of a document at `place`, `FILE:LINE`: for an invalid one a line that begins with the place,
    /// and an indented line for each violation after the first. An unknown event is told once.
    pub fn tell(&mut self, place: &str, judged: &Judged) -> String {
        match &judged.worth {
            Worth::Valid => String::new(),
            Worth::Unknown => self.unknown(place, judged.event.as_deref().unwrap_or_default()),
            Worth::Invalid { violations, n_more } => self.invalid(place, violations, *n_more),
        }
    }

    /// How many were not told of: `…and 3 more invalid`.
    pub fn rest(&self) -> Option<String> {
        let n_more = self.n_invalid.saturating_sub(self.max_told);
        (n_more > 0).then(|| format!("…and {n_more} more invalid\n"))
    }

    fn unknown(&mut self, place: &str, name: &str) -> String {
        if self.unknown.len() == MAX_NAMES || !self.unknown.insert(plain(name)) {
            return String::new();
        }
        let (place, told) = (plain(place), plain(&self.unknown_event(name)));
        format!("{UNSURE}{place}{UNSURE:#}: {told}\n")
    }

    fn unknown_event(&self, name: &str) -> String {
        let nearest = self.judge.nearest(name);
        let help = nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("unknown event `{name}`{help}")
    }

    fn invalid(&mut self, place: &str, violations: &[Violation], n_more: usize) -> String {
        self.n_invalid += 1;
        if self.n_invalid > self.max_told {
            return String::new();
        }
        let more = (n_more > 0).then(|| format!("…and {n_more} more"));
        let wrong: Vec<_> =
            violations.iter().map(|violation| plain(&self.told(violation))).chain(more).collect();
        format!("{FAILED}{}{FAILED:#}: {}\n", plain(place), wrong.join("\n  "))
    }

    fn told(&self, violation: &Violation) -> String {
        match violation.params.get("actual").and_then(Value::as_str) {
            Some(name) if violation.code == UNKNOWN => self.unknown_event(name),
            _ => told(violation),
        }
    }
}

/// What a violation says to people.
pub fn told(violation: &Violation) -> String {
    let param = |name: &str| violation.params.get(name).unwrap_or(&Value::Null);
    match violation.code.as_ref() {
        SYNTAX => {
            let message = param("message").as_str().unwrap_or_default();
            format!("no JSON: {message} at line {} column {}", param("line"), param("column"))
        }
        SIZE => format!("longer than {} bytes, not read; `--max-bytes` raises the limit", param("limit")),
        UNNAMED => format!("no event name at `{}`", violation.at),
        _ => violation.to_string(),
    }
}

/// `12 documents, 11 valid (2 of unknown events), 1 invalid`
pub fn summary(tally: &Tally) -> String {
    let Tally { n_documents, n_invalid, n_unknown } = *tally;
    let documents = if n_documents == 1 { "document" } else { "documents" };
    let unknown = match n_unknown {
        0 => String::new(),
        1 => " (1 of an unknown event)".to_owned(),
        n => format!(" ({n} of unknown events)"),
    };
    format!("{n_documents} {documents}, {} valid{unknown}, {n_invalid} invalid", n_documents - n_invalid)
}

/// Data in one line, without escape sequences and control characters, and not too long.
fn plain(data: &str) -> String {
    let is_cut = data.char_indices().nth(MAX_CHARS);
    let shown = is_cut.map_or(data, |(end, _)| &data[..end]);
    let text = strip_str(shown).to_string();
    let text = text.chars().map(|char| if char.is_control() { ' ' } else { char });
    text.chain(is_cut.map(|_| '…')).collect()
}
