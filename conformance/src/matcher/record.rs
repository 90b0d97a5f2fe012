//! What a session leaves behind: its transcript and its failures.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::Value;

use crate::transport::{json_text, printable, printable_frame};
use crate::verdict::{Actor, Failure, TranscriptLine};

/// The most lines of a transcript; what comes later is counted, not kept.
const MAX_LINES: usize = 20_000;
/// How many bytes of text a transcript keeps in full; what comes later is cut short.
const MAX_TEXT_BYTES: usize = 8 << 20;
/// The most failures that are told.
const MAX_FAILURES: usize = 100;

/// The transcript and the failures so far.
#[derive(Debug, Default)]
pub struct Record {
    /// Everything that was sent and seen.
    pub transcript: Vec<TranscriptLine>,
    /// Why the session does not pass.
    pub failures: Vec<Failure>,
    n_dropped: usize,
    n_bytes: usize,
}

impl Record {
    /// Writes a line, and returns its number.
    pub fn line<'t>(&mut self, at: Duration, by: Actor, what: &str, text: impl Into<Cow<'t, str>>) -> usize {
        if self.transcript.len() >= MAX_LINES {
            self.n_dropped += 1;
            return MAX_LINES;
        }
        let at_ms = (at.as_secs_f64() * 1e6).round() / 1e3;
        let text = text.into();
        let text = if self.n_bytes < MAX_TEXT_BYTES { printable_frame(text) } else { printable(text) };
        self.n_bytes += text.len();
        self.transcript.push(TranscriptLine { at_ms, by, what: printable(what), text });
        self.transcript.len() - 1
    }

    /// Notes a failure. Those of frames stand in the order of the frames, whenever each was found: rules see a frame at
    /// once, steps in their turn, and the first failure is the cause.
    pub fn fail(&mut self, failure: Failure) {
        if self.failures.len() >= MAX_FAILURES {
            return;
        }
        let is_later = |other: &Failure| failure.frame_idx.is_some() && other.frame_idx > failure.frame_idx;
        let n_later = self.failures.iter().rev().take_while(|other| is_later(other)).count();
        self.failures.insert(self.failures.len() - n_later, failure);
    }

    /// The transcript, with a last line about what is missing in it.
    pub fn into_parts(mut self) -> (Vec<TranscriptLine>, Vec<Failure>) {
        if self.n_dropped > 0
            && let Some(at_ms) = self.transcript.last().map(|line| line.at_ms)
        {
            let text = format!("{} more lines", self.n_dropped);
            self.transcript.push(TranscriptLine { at_ms, by: Actor::Runner, what: "cut".to_owned(), text });
        }
        (self.transcript, self.failures)
    }
}

/// JSON values side by side, as a transcript shows them.
pub fn listed(values: &[Value]) -> String {
    values.iter().map(json_text).collect::<Vec<_>>().join(", ")
}
