//! Judges JSON documents by the events of a contract, or by a schema.
//!
//! Bytes come in by a reader and verdicts go out as values; what opens files, starts threads and writes to a terminal is
//! the command's.

mod chunks;
mod heard;
mod json;
mod judge;
mod select;
mod text;

#[cfg(test)]
mod tests;

use handfast::Violation;

pub use chunks::{Body, Chunk, Chunks, Layout};
pub use heard::{Heard, acknowledged, heard};
pub use json::line as json_line;
pub use judge::Judge;
pub use select::{Selection, SelectionError, Unknown};
pub use text::{Teller, summary, told};

/// The code of a document that is no JSON in UTF-8; `params` say where and why.
pub const SYNTAX: &str = "syntax";
/// The code of a document that is longer than the limit in `params`, and was not read.
pub const SIZE: &str = "size";
/// The code of a document without a name where the contract says that events have theirs.
pub const UNNAMED: &str = "unnamed-event";
/// The code of an event that the contract does not know.
pub const UNKNOWN: &str = "unknown-event";

/// A document and what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The line where it begins, from 1.
    pub line: u64,
    /// The event it was taken for; `None` where it has no name, and where a schema judges.
    pub event: Option<String>,
    /// What it is worth.
    pub worth: Worth,
}

/// What a document is worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Worth {
    /// It keeps its schema.
    Valid,
    /// The contract does not know the event, and nobody said that it has to.
    Unknown,
    /// It breaks something.
    Invalid {
        /// What it breaks, as many as were asked for.
        violations: Vec<Violation>,
        /// How many more there are.
        n_more: usize,
    },
}

impl Worth {
    /// Whether nothing is wrong with the document.
    pub const fn is_valid(&self) -> bool {
        !matches!(self, Self::Invalid { .. })
    }
}

/// How many documents there were, of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub n_documents: u64,
    /// Those that are invalid.
    pub n_invalid: u64,
    /// Those that are valid because the contract does not know their event.
    pub n_unknown: u64,
}

impl Tally {
    /// Counts a document.
    pub fn count(&mut self, judged: &Judged) {
        self.n_documents += 1;
        match judged.worth {
            Worth::Valid => {}
            Worth::Unknown => self.n_unknown += 1,
            Worth::Invalid { .. } => self.n_invalid += 1,
        }
    }
}
