//! Integers with bounds.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Integer;
use crate::rule::Limit;

/// An integer between `MIN` and `MAX`, both included. Of an [`Integer`] the extremes of `i128` are no bounds.
///
/// ```
/// type Percent = handfast::Ranged<u8, 0, 100>;
/// assert_eq!(Percent::try_from(45).unwrap().get(), 45);
/// assert!(Percent::try_from(101).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ranged<T, const MIN: i128, const MAX: i128>(T);

/// An integer outside the range that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfRange {
    /// The smallest that is allowed.
    pub min: i128,
    /// The largest that is allowed.
    pub max: i128,
    /// The one that was given.
    pub actual: Integer,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (min, i128::MAX) => write!(f, "{} is less than {min}", self.actual),
            (i128::MIN, max) => write!(f, "{} is more than {max}", self.actual),
            (min, max) => write!(f, "{} is not between {min} and {max}", self.actual),
        }
    }
}

impl std::error::Error for OutOfRange {}

impl<T: Copy, const MIN: i128, const MAX: i128> Ranged<T, MIN, MAX> {
    /// The integer.
    pub const fn get(self) -> T {
        self.0
    }
}

macro_rules! ranged {
    ($($int:ident)+) => {$(
        impl<const MIN: i128, const MAX: i128> TryFrom<$int> for Ranged<$int, MIN, MAX> {
            type Error = OutOfRange;
            fn try_from(value: $int) -> Result<Self, OutOfRange> {
                if (MIN..=MAX).contains(&i128::from(value)) {
                    Ok(Self(value))
                } else {
                    Err(OutOfRange { min: MIN, max: MAX, actual: value.into() })
                }
            }
        }

        impl<const MIN: i128, const MAX: i128> From<Ranged<$int, MIN, MAX>> for $int {
            fn from(value: Ranged<$int, MIN, MAX>) -> Self {
                value.0
            }
        }
    )+};
}

ranged!(i8 i16 i32 i64 u8 u16 u32 u64);

impl<const MIN: i128, const MAX: i128> Ranged<Integer, MIN, MAX> {
    /// The integer.
    pub const fn integer(&self) -> &Integer {
        &self.0
    }

    /// The integer.
    pub fn into_integer(self) -> Integer {
        self.0
    }
}

impl<const MIN: i128, const MAX: i128> TryFrom<Integer> for Ranged<Integer, MIN, MAX> {
    type Error = OutOfRange;
    fn try_from(actual: Integer) -> Result<Self, OutOfRange> {
        let is_below = MIN > i128::MIN && actual.compare(Limit::Integer(MIN)).is_lt();
        let is_above = MAX < i128::MAX && actual.compare(Limit::Integer(MAX)).is_gt();
        if is_below || is_above { Err(OutOfRange { min: MIN, max: MAX, actual }) } else { Ok(Self(actual)) }
    }
}

macro_rules! ranged_integer {
    ($($int:ident)+) => {$(
        impl<const MIN: i128, const MAX: i128> TryFrom<$int> for Ranged<Integer, MIN, MAX> {
            type Error = OutOfRange;
            fn try_from(value: $int) -> Result<Self, OutOfRange> {
                Integer::from(value).try_into()
            }
        }
    )+};
}

ranged_integer!(i32 u32 i64 u64);

impl<T: PartialEq, const MIN: i128, const MAX: i128> PartialEq<T> for Ranged<T, MIN, MAX> {
    fn eq(&self, other: &T) -> bool {
        self.0 == *other
    }
}

impl<T: fmt::Display, const MIN: i128, const MAX: i128> fmt::Display for Ranged<T, MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize, const MIN: i128, const MAX: i128> Serialize for Ranged<T, MIN, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T, const MIN: i128, const MAX: i128> Deserialize<'de> for Ranged<T, MIN, MAX>
where
    T: Deserialize<'de>,
    Self: TryFrom<T, Error = OutOfRange>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
    }
}
