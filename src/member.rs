//! The members of objects, as generated code reads them. Each goes to one place, once: doubles are for the slow pass.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{Decode, Reader, Stop};

/// Reads a member that must not have been there before.
///
/// # Errors
/// It was, or it is no `T`.
#[inline]
pub fn once<T: Decode>(input: &mut Reader<'_>, member: &mut Option<T>) -> Result<(), Stop> {
    if member.is_some() {
        return Err(Stop);
    }
    *member = Some(T::read(input)?);
    Ok(())
}

/// Reads a member that must be the string `expected`, and must not have been `seen` before.
///
/// # Errors
/// It was, or it is something else.
#[inline]
pub fn constant_text(input: &mut Reader<'_>, expected: &str, seen: &mut bool) -> Result<(), Stop> {
    if std::mem::replace(seen, true) || input.string()? != expected { Err(Stop) } else { Ok(()) }
}

/// Reads a member that has no place of its own.
///
/// # Errors
/// It was there before, or it is no JSON.
#[inline]
pub fn extra(input: &mut Reader<'_>, key: Cow<'_, str>, rest: &mut Map<String, Value>) -> Result<(), Stop> {
    match rest.insert(key.into_owned(), input.value()?) {
        None => Ok(()),
        Some(_) => Err(Stop),
    }
}

/// Reads a member that has no place of its own, but a type.
///
/// # Errors
/// It was there before, or it is no `T`.
#[inline]
pub fn extra_typed<T: Decode>(
    input: &mut Reader<'_>,
    key: Cow<'_, str>,
    rest: &mut BTreeMap<String, T>,
) -> Result<(), Stop> {
    match rest.insert(key.into_owned(), T::read(input)?) {
        None => Ok(()),
        Some(_) => Err(Stop),
    }
}

/// A member that has to be there.
///
/// # Errors
/// It is not.
#[inline]
pub fn required<T>(member: Option<T>) -> Result<T, Stop> {
    member.ok_or(Stop)
}
