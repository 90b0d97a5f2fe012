//! From a valid JSON value to a type.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Number, Value};

use crate::{
    Date, DateTime, Duration, Email, Error, Hostname, Integer, Ipv4, Ipv6, JsonPointer, OutOfRange, Ranged,
    RelativeJsonPointer, Time, Uri, UriReference, Uuid, Validate,
};

/// A type that is made of a JSON value which its schema accepts.
///
/// Generated types implement it; [`Decode::from_slice`] is how bytes become one.
pub trait Decode: Sized {
    /// Makes a `Self` of a value that has been validated.
    ///
    /// # Errors
    /// The value is of another shape, which validation rules out.
    fn decode(value: Value) -> Result<Self, Mismatch>;

    /// Validates `value` and makes a `Self` of it.
    ///
    /// # Errors
    /// The violations.
    fn from_value(value: Value) -> Result<Self, Error>
    where
        Self: Validate,
    {
        Self::validate(&value)?;
        Ok(Self::decode(value)?)
    }

    /// Parses and validates UTF-8 JSON.
    ///
    /// # Errors
    /// No JSON, or the violations.
    fn from_slice(bytes: &[u8]) -> Result<Self, Error>
    where
        Self: Validate,
    {
        Self::from_value(serde_json::from_slice(bytes)?)
    }
}

/// A value of a shape that a type cannot hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    wanted: &'static str,
    found: String,
}

impl Mismatch {
    /// `found` is no `wanted`.
    pub fn new(wanted: &'static str, found: &Value) -> Self {
        Self { wanted, found: found.to_string() }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no {}", self.found, self.wanted)
    }
}

impl std::error::Error for Mismatch {}

impl Decode for Value {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        Ok(value)
    }
}

impl Decode for () {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        value.as_null().ok_or_else(|| Mismatch::new("null", &value))
    }
}

impl Decode for bool {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        value.as_bool().ok_or_else(|| Mismatch::new("boolean", &value))
    }
}

impl Decode for String {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(Mismatch::new("string", &other)),
        }
    }
}

impl Decode for Number {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Number(number) => Ok(number),
            other => Err(Mismatch::new("number", &other)),
        }
    }
}

impl Decode for f64 {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        value.as_f64().ok_or_else(|| Mismatch::new("number", &value))
    }
}

impl Decode for Integer {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        Number::decode(value)?.try_into().map_err(|number: Number| Mismatch::new("integer", &number.into()))
    }
}

macro_rules! integers {
    ($($name:ident)+) => {$(
        impl Decode for $name {
            fn decode(value: Value) -> Result<Self, Mismatch> {
                let integer = Integer::decode(value.clone())?.as_i128();
                integer.and_then(|integer| integer.try_into().ok()).ok_or_else(|| Mismatch::new(stringify!($name), &value))
            }
        }
    )+};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! texts {
    ($($name:ident)+) => {$(
        impl Decode for $name {
            fn decode(value: Value) -> Result<Self, Mismatch> {
                let text = String::decode(value)?;
                text.try_into().map_err(|error: crate::InvalidText| Mismatch::new(error.format, &error.text.into()))
            }
        }
    )+};
}

texts!(Uuid DateTime Date Time Duration Email Hostname Ipv4 Ipv6 Uri UriReference JsonPointer RelativeJsonPointer);

impl<T: Decode, const MIN: i128, const MAX: i128> Decode for Ranged<T, MIN, MAX>
where
    Self: TryFrom<T, Error = OutOfRange>,
{
    fn decode(value: Value) -> Result<Self, Mismatch> {
        let integer = T::decode(value.clone())?;
        Self::try_from(integer).map_err(|_| Mismatch::new("integer in the range", &value))
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Array(items) => items.into_iter().map(T::decode).collect(),
            other => Err(Mismatch::new("array", &other)),
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        members(value)?.into_iter().map(|(key, value)| Ok((key, T::decode(value)?))).collect()
    }
}

impl Decode for Map<String, Value> {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        members(value)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        T::decode(value).map(Self::new)
    }
}

/// `None` stands for null; whether a member is there at all is [`take_optional`]'s question.
impl<T: Decode> Decode for Option<T> {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        if value.is_null() { Ok(None) } else { T::decode(value).map(Some) }
    }
}

/// The members of an object.
///
/// # Errors
/// The value is no object.
#[doc(hidden)]
pub fn members(value: Value) -> Result<Map<String, Value>, Mismatch> {
    match value {
        Value::Object(members) => Ok(members),
        other => Err(Mismatch::new("object", &other)),
    }
}

/// Takes the member `key`, which is required.
///
/// # Errors
/// The member is not there, or no `T`.
#[doc(hidden)]
pub fn take<T: Decode>(members: &mut Map<String, Value>, key: &str) -> Result<T, Mismatch> {
    T::decode(members.remove(key).unwrap_or_default())
}

/// Takes the member `key`, if it is there.
///
/// # Errors
/// The member is no `T`.
#[doc(hidden)]
pub fn take_optional<T: Decode>(members: &mut Map<String, Value>, key: &str) -> Result<Option<T>, Mismatch> {
    members.remove(key).map(T::decode).transpose()
}
