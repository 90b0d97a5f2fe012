//! Patterns: what an expectation wants of a value ([`Pattern`]), and what a session sends ([`Template`]).
//! Knows nothing of events, steps or time.

mod clock;
mod counterpart;
mod fill;
mod form;
mod matching;
mod media_type;
mod placeholder;
mod semver;

use std::collections::{BTreeMap, BTreeSet};

use handfast_codegen::diagnostic::{Diagnostic, Place};
use handfast_codegen::load::Position;
use serde_json::Value;

pub(crate) use counterpart::of_format;
pub use fill::{Fresh, Template};
pub use form::{EXACTLY, placeholder};
pub use matching::{Pattern, Subject, cut, matches};

/// The longest JSON that a difference shows, in characters.
const MAX_SHOWN: usize = 200;

/// Captured values, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Captures(BTreeMap<String, Value>);

impl Captures {
    /// The value captured as `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Captures `value` as `name`; a later capture of that name counts.
    pub fn insert(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Takes over everything that `other` captured.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
}

/// What reading a pattern or template needs to know, and where its problems go.
#[derive(Debug)]
pub struct Scope<'s> {
    /// The file, as the user would write it.
    pub file: &'s str,
    /// The names that are captured by now; grows while patterns are read.
    pub names: BTreeSet<String>,
    /// The binary attachments of what was read, in the order in which it refers to them.
    pub attachments: Vec<Vec<u8>>,
    /// What is wrong so far.
    pub problems: Vec<Diagnostic>,
}

impl<'s> Scope<'s> {
    /// The scope of a file, in which nothing is captured yet.
    pub fn new(file: &'s str) -> Self {
        Self { file, names: BTreeSet::new(), attachments: Vec::new(), problems: Vec::new() }
    }

    /// A place in the file.
    pub fn place(&self, position: Position, pointer: &str) -> Place {
        Place { file: self.file.to_owned(), position, pointer: pointer.to_owned() }
    }

    /// Reports a problem.
    pub fn problem(
        &mut self,
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(Diagnostic::new(code, place, message).help(help));
    }
}

#[cfg(test)]
mod tests;
