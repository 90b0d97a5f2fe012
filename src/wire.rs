//! What generated types read and write themselves with.

use std::borrow::Cow;

use serde::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::reader::Array;
use crate::{Decode, Reader, Stop, Validate, equal};

pub use crate::decode::whole;
pub use crate::deserialize::deserialize;
pub use crate::member::{constant_text, extra, extra_typed, once, required};

/// Reads a value into a type that knows nothing of this crate, as `serde_json` does: for the `Decode` of replacement types.
///
/// # Errors
/// The type refuses the value.
pub fn with_serde<'de, T: Deserialize<'de>>(input: &mut Reader<'de>) -> Result<T, Stop> {
    serde_json::from_str(input.skip()?).map_err(|_| Stop)
}

/// Asks the plan of `T` about the value that comes next, and stays before it. What is inside a value that has been asked about
/// is not asked about again.
///
/// # Errors
/// The value is not valid.
pub fn check<T: Validate>(input: &mut Reader<'_>) -> Result<(), Stop> {
    if input.is_checked() {
        return Ok(());
    }
    let mark = input.mark();
    let value = input.value()?;
    if !T::is_valid(&value) {
        return Err(Stop);
    }
    input.checked_since(mark);
    Ok(())
}

/// The number of the branch that accepts the value that comes next, and stays before it. What is inside has been checked then.
///
/// # Errors
/// No branch does.
pub fn choose(input: &mut Reader<'_>, accepted: impl FnOnce(&Value) -> Option<usize>) -> Result<usize, Stop> {
    let mark = input.mark();
    let value = input.value()?;
    let branch = accepted(&value).ok_or(Stop)?;
    input.checked_since(mark);
    Ok(branch)
}

/// The number of the branch that accepts, if it is the only one.
pub fn only<const N: usize>(accepted: [bool; N]) -> Option<usize> {
    let first = accepted.iter().position(|accepts| *accepts)?;
    if accepted[first + 1..].contains(&true) { None } else { Some(first) }
}

/// Reads a value that must satisfy the plan of `T`.
///
/// # Errors
/// The value is not valid.
pub fn value<T: Validate>(input: &mut Reader<'_>) -> Result<Value, Stop> {
    let value = input.value()?;
    if T::is_valid(&value) { Ok(value) } else { Err(Stop) }
}

/// Reads a string that must satisfy the plan of `T`.
///
/// # Errors
/// The value is not valid.
pub fn text<T: Validate>(input: &mut Reader<'_>) -> Result<String, Stop> {
    let value = Value::String(input.string()?.into_owned());
    match value {
        value if !T::is_valid(&value) => Err(Stop),
        Value::String(text) => Ok(text),
        _ => Err(Stop),
    }
}

/// Reads a value that must equal the JSON text `expected`.
///
/// # Errors
/// It is something else.
pub fn constant(input: &mut Reader<'_>, expected: &str) -> Result<(), Stop> {
    let expected = Reader::new(expected.as_bytes())?.value()?;
    if equal(&input.value()?, &expected) { Ok(()) } else { Err(Stop) }
}

/// As [`constant`], of a member that must not have been `seen` before.
///
/// # Errors
/// It was, or it is something else.
pub fn constant_member(input: &mut Reader<'_>, expected: &str, seen: &mut bool) -> Result<(), Stop> {
    if std::mem::replace(seen, true) { Err(Stop) } else { constant(input, expected) }
}

/// The first event name that stands in a JSON text at `path`, and the reader of that text, which has not moved.
pub fn named<'b>(bytes: &'b [u8], path: &[&str]) -> Option<(Cow<'b, str>, Reader<'b>)> {
    let mut input = Reader::new(bytes).ok()?;
    let name = input.text_at(path).ok()??;
    Some((name, input))
}

/// Writes a member, if it is there.
///
/// # Errors
/// The serialiser's.
pub fn entry<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    member: &Option<T>,
) -> Result<(), M::Error> {
    member.iter().try_for_each(|member| map.serialize_entry(key, member))
}

/// Writes the members that have no place of their own.
///
/// # Errors
/// The serialiser's.
pub fn entries<'m, M: SerializeMap, T: Serialize + 'm>(
    map: &mut M,
    members: impl IntoIterator<Item = (&'m String, &'m T)>,
) -> Result<(), M::Error> {
    members.into_iter().try_for_each(|(key, member)| map.serialize_entry(key, member))
}

/// The items of an array whose first ones have each their type.
#[derive(Debug)]
pub struct Items<'r, 'de> {
    input: &'r mut Reader<'de>,
    array: Array,
    has_ended: bool,
}

impl<'r, 'de> Items<'r, 'de> {
    /// Begins an array.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn of(input: &'r mut Reader<'de>) -> Result<Self, Stop> {
        let array = input.begin_array()?;
        Ok(Self { input, array, has_ended: false })
    }

    fn goes_on(&mut self) -> Result<bool, Stop> {
        self.has_ended = self.has_ended || !self.input.next_item(&mut self.array)?;
        Ok(!self.has_ended)
    }

    /// The next item.
    ///
    /// # Errors
    /// There is none, or it is no `T`.
    pub fn one<T: Decode>(&mut self) -> Result<T, Stop> {
        if self.goes_on()? { T::read(self.input) } else { Err(Stop) }
    }

    /// The next item, if there is one.
    ///
    /// # Errors
    /// It is no `T`.
    pub fn maybe<T: Decode>(&mut self) -> Result<Option<T>, Stop> {
        if self.goes_on()? { T::read(self.input).map(Some) } else { Ok(None) }
    }

    /// All items that follow.
    ///
    /// # Errors
    /// One is no `T`.
    pub fn rest<T: Decode>(mut self) -> Result<Vec<T>, Stop> {
        let mut rest = Vec::new();
        while self.goes_on()? {
            rest.push(T::read(self.input)?);
        }
        Ok(rest)
    }

    /// Makes sure that no item follows.
    ///
    /// # Errors
    /// One does.
    pub fn end(mut self) -> Result<(), Stop> {
        if self.goes_on()? { Err(Stop) } else { Ok(()) }
    }
}

/// Writes the items of an array of which some at its end may be absent.
pub struct Sequence<S: Serializer> {
    items: S::SerializeSeq,
    has_ended: bool,
}

impl<S: Serializer> Sequence<S> {
    /// Begins an array.
    ///
    /// # Errors
    /// The serialiser's.
    pub fn of(serializer: S) -> Result<Self, S::Error> {
        Ok(Self { items: serializer.serialize_seq(None)?, has_ended: false })
    }

    /// Writes an item.
    ///
    /// # Errors
    /// One before it is absent, or the serialiser's.
    pub fn one<T: Serialize>(&mut self, item: &T) -> Result<(), S::Error> {
        if self.has_ended {
            return Err(S::Error::custom("an item is absent, and one behind it is not"));
        }
        self.items.serialize_element(item)
    }

    /// Writes an item, if there is one.
    ///
    /// # Errors
    /// As for [`Self::one`].
    pub fn maybe<T: Serialize>(&mut self, item: &Option<T>) -> Result<(), S::Error> {
        match item {
            Some(item) => self.one(item),
            None => {
                self.has_ended = true;
                Ok(())
            }
        }
    }

    /// Writes all items that follow.
    ///
    /// # Errors
    /// As for [`Self::one`].
    pub fn rest<T: Serialize>(&mut self, items: &[T]) -> Result<(), S::Error> {
        items.iter().try_for_each(|item| self.one(item))
    }

    /// Ends the array.
    ///
    /// # Errors
    /// The serialiser's.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.items.end()
    }
}
