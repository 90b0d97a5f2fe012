//! Why bytes are no instance of a type.

use std::error::Error as StdError;
use std::fmt;

use crate::Violations;

const MISMATCH: &str = "not valid, though no rule is seen to be broken: if a number has more digits than a 64-bit float \
    keeps, the feature `arbitrary-precision` of handfast tells which; if wide objects nest deep, there was too little stack to \
    read them; else please report it";

/// Bytes that are no valid instance.
#[derive(Debug)]
pub struct Error(Box<Repr>);

#[derive(Debug)]
enum Repr {
    Syntax(serde_json::Error),
    Unwritable(serde_json::Error),
    Invalid(Violations),
    Unnamed { pointer: &'static str },
    Mismatch,
}

/// What kind of error it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are no JSON.
    Syntax,
    /// The value can't be written as JSON: an item of a tuple is absent before one that is there.
    Unwritable,
    /// The JSON breaks the schema; [`Error::violations`] says how.
    Invalid,
    /// The JSON holds no event name where the contract says that it stands.
    Unnamed,
    /// The type cannot hold a value that its validator accepts: without the feature `arbitrary-precision`, a number broke
    /// the schema in a digit that the validator can't see; else a bug in Handfast.
    Mismatch,
}

impl Error {
    /// The payload has no event name at `pointer`.
    pub fn unnamed(pointer: &'static str) -> Self {
        Self(Box::new(Repr::Unnamed { pointer }))
    }

    /// The type can't hold what its validator accepts.
    pub(crate) fn mismatch() -> Self {
        Self(Box::new(Repr::Mismatch))
    }

    /// The same error for a part of a larger text, whose places it does not know.
    pub(crate) fn without_places(mut self) -> Self {
        if let Repr::Invalid(violations) = &mut *self.0 {
            violations.iter_mut().for_each(|violation| violation.place = None);
        }
        self
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        match *self.0 {
            Repr::Syntax(_) => ErrorKind::Syntax,
            Repr::Unwritable(_) => ErrorKind::Unwritable,
            Repr::Invalid(_) => ErrorKind::Invalid,
            Repr::Unnamed { .. } => ErrorKind::Unnamed,
            Repr::Mismatch => ErrorKind::Mismatch,
        }
    }

    /// What breaks the schema; nothing for the other kinds.
    pub fn violations(&self) -> Option<&Violations> {
        match &*self.0 {
            Repr::Invalid(violations) => Some(violations),
            _ => None,
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        // Text has a line; what could not be written has none.
        Self(Box::new(if error.line() == 0 { Repr::Unwritable(error) } else { Repr::Syntax(error) }))
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self(Box::new(Repr::Invalid(violations)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Repr::Syntax(error) => write!(f, "no JSON: {error}"),
            Repr::Unwritable(error) => write!(f, "can't be written as JSON: {error}"),
            Repr::Invalid(violations) => violations.fmt(f),
            Repr::Unnamed { pointer } => write!(f, "no event name at `{pointer}`"),
            Repr::Mismatch => f.write_str(MISMATCH),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Repr::Syntax(error) | Repr::Unwritable(error) => Some(error),
            Repr::Invalid(violations) => Some(violations),
            Repr::Unnamed { .. } | Repr::Mismatch => None,
        }
    }
}
