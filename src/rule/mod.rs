//! The assertions that validators are made of, one function each.
//!
//! Generated validators and the interpreter of plans call the same functions, so that a keyword means the same in both.
//! Each is generic over its [`Report`]: with [`Quick`] it stops at the first violation and allocates nothing, with
//! [`Collect`] it tells all of them.

mod array;
mod number;
mod object;
mod subject;
mod text;
mod value;

use serde_json::Value;

pub use array::{contains, max_items, min_items, unique_items};
pub use number::{Limit, exclusive_maximum, exclusive_minimum, maximum, minimum, multiple_of};
pub use object::{all_required, dependent_required, max_properties, min_properties, missing, required};
pub use subject::Subject;
pub use text::{format, max_length, min_length, pattern};
pub use value::{
    any_of, constant, constant_text, enumeration, enumeration_text, is_integer, is_type, never, not, one_of,
    tag, too_deep, types, wrong_type,
};

use crate::{Violation, Violations};

/// Where violations go.
pub trait Report {
    /// Whether validation goes on after a violation.
    const COLLECTS: bool;
    /// Takes the violation that `describe` makes; always `false`, so that a test can end with it.
    fn violation(&mut self, at: At<'_>, describe: impl FnOnce(String) -> Violation) -> bool;
    /// How deep validation is in schemas that refer to themselves.
    fn depth(&mut self) -> &mut Depth;

    /// One that only asks, as deep as this one is.
    #[inline]
    fn quick(&mut self) -> Quick {
        Quick(*self.depth())
    }

    /// The place of the member `name` of what stands at `at`; the root, which costs nothing, where nobody will ask.
    #[inline]
    fn key<'a>(at: &'a At<'a>, name: &'a str) -> At<'a> {
        if Self::COLLECTS { At::Key(at, name) } else { At::Root }
    }

    /// As [`Report::key`], of an item.
    #[inline]
    fn index<'a>(at: &'a At<'a>, index: usize) -> At<'a> {
        if Self::COLLECTS { At::Index(at, index) } else { At::Root }
    }
}

/// How often validation has come to a schema that refers to itself, and has not left it.
///
/// A stack has an end; a `Value` that was not parsed, but made, may go deeper.
#[derive(Debug, Clone, Copy, Default)]
pub struct Depth(u16);

impl Depth {
    /// Deeper than this a value is a violation: twice what `serde_json` parses.
    pub const MAX: u16 = 256;

    /// Goes one deeper, unless that is too deep.
    #[inline]
    pub const fn enter(&mut self) -> bool {
        let goes = self.0 < Self::MAX;
        self.0 += goes as u16;
        goes
    }

    /// Comes back from where [`Depth::enter`] led to.
    #[inline]
    pub const fn leave(&mut self) {
        self.0 -= 1;
    }
}

/// Only asks whether an instance is valid.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quick(Depth);

impl Report for Quick {
    const COLLECTS: bool = false;
    #[inline]
    fn violation(&mut self, _: At<'_>, _: impl FnOnce(String) -> Violation) -> bool {
        false
    }

    #[inline]
    fn depth(&mut self) -> &mut Depth {
        &mut self.0
    }
}

/// Keeps every violation.
#[derive(Debug, Clone, Default)]
pub struct Collect(pub Vec<Violation>, Depth);

impl Report for Collect {
    const COLLECTS: bool = true;
    #[cold]
    fn violation(&mut self, at: At<'_>, describe: impl FnOnce(String) -> Violation) -> bool {
        self.0.push(describe(at.pointer()));
        false
    }

    fn depth(&mut self) -> &mut Depth {
        &mut self.1
    }
}

/// The place of a value in an instance: a path of borrowed steps, which costs nothing until somebody asks for it.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    /// The instance itself.
    Root,
    /// A member of an object.
    Key(&'a At<'a>, &'a str),
    /// An element of an array.
    Index(&'a At<'a>, usize),
}

impl At<'_> {
    /// The place as a JSON Pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.push_to(&mut pointer);
        pointer
    }

    fn push_to(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.push_to(pointer);
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Self::Index(parent, index) => {
                parent.push_to(pointer);
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}

/// The violation of a `keyword` that sets a limit.
fn beyond<R: Report>(
    keyword: &'static str,
    limit: impl Into<Value>,
    actual: impl Into<Value>,
    at: At<'_>,
    schema: &str,
    report: &mut R,
) -> bool {
    report.violation(at, |at| {
        let params = [("limit", limit.into()), ("actual", actual.into())];
        Violation::new(keyword, at, format!("{schema}/{keyword}"), params)
    })
}

/// Whether every item passes; goes on after the first that does not where `collects`.
#[inline]
pub fn each<T>(
    items: impl IntoIterator<Item = T>,
    collects: bool,
    mut passes: impl FnMut(T) -> bool,
) -> bool {
    let mut valid = true;
    for item in items {
        if !passes(item) {
            if !collects {
                return false;
            }
            valid = false;
        }
    }
    valid
}

/// A type that knows the schema of its instances.
pub trait Validate {
    /// Tests `value`, which stands at `at`, and tells `report` what is wrong.
    fn test<R: Report>(value: &Value, at: At<'_>, report: &mut R) -> bool;

    /// Whether `value` is valid. Stops at the first violation and allocates nothing.
    fn is_valid(value: &Value) -> bool {
        Self::test(value, At::Root, &mut Quick::default())
    }

    /// Every violation of `value`.
    ///
    /// # Errors
    /// When `value` is not valid.
    fn validate(value: &Value) -> Result<(), Violations> {
        let mut collect = Collect::default();
        Self::test(value, At::Root, &mut collect);
        Violations::none_of(collect.0)
    }
}
