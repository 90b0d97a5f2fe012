//! Integers of any size.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Number;
use crate::rule::Limit;

/// An integer of a size that the schema does not bound; 1.0 and 1e3 are integers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(Number);

impl Integer {
    /// The value, if it fits.
    #[inline]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The value, if it fits.
    #[inline]
    pub fn as_u64(&self) -> Option<u64> {
        self.0.as_u64()
    }

    /// The value, if it fits.
    #[inline]
    pub fn as_i128(&self) -> Option<i128> {
        self.0.as_i128()
    }

    /// The nearest `f64`: infinite beyond its range.
    #[inline]
    pub fn as_f64(&self) -> f64 {
        self.0.as_f64()
    }

    /// The JSON number.
    #[inline]
    pub fn as_number(&self) -> &Number {
        &self.0
    }

    /// Compares the integer with a limit, exactly. What can't be compared is equal.
    #[inline]
    pub fn compare(&self, limit: Limit) -> Ordering {
        self.0.compare(limit)
    }

    /// Whether it is `divisor` times an integer, exactly.
    #[inline]
    pub fn is_multiple_of(&self, divisor: Limit) -> bool {
        self.0.is_multiple_of(divisor)
    }
}

/// Gives the number back where it has a fraction.
impl TryFrom<Number> for Integer {
    type Error = Number;
    #[inline]
    fn try_from(number: Number) -> Result<Self, Number> {
        if number.is_integer() { Ok(Self(number)) } else { Err(number) }
    }
}

/// Gives the number back where it has a fraction.
impl TryFrom<serde_json::Number> for Integer {
    type Error = serde_json::Number;
    fn try_from(number: serde_json::Number) -> Result<Self, serde_json::Number> {
        Number::from(&number).try_into().map_err(|_| number)
    }
}

macro_rules! from {
    ($($int:ident)+) => {$(
        impl From<$int> for Integer {
            #[inline]
            fn from(value: $int) -> Self {
                Self(value.into())
            }
        }
    )+};
}

from!(i8 u8 i16 u16 i32 u32 i64 u64);

impl From<Integer> for Number {
    fn from(integer: Integer) -> Self {
        integer.0
    }
}

/// As for [`Number`].
impl From<Integer> for serde_json::Number {
    fn from(integer: Integer) -> Self {
        integer.0.into()
    }
}

impl PartialEq<i64> for Integer {
    fn eq(&self, other: &i64) -> bool {
        self.0 == *other
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        number.try_into().map_err(|number| de::Error::custom(format_args!("{number} is no integer")))
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
