//! Integers with bounds.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An integer between `MIN` and `MAX`, both included.
///
/// ```
/// type Percent = handfast::Ranged<u8, 0, 100>;
/// assert_eq!(Percent::try_from(45).unwrap().get(), 45);
/// assert!(Percent::try_from(101).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ranged<T, const MIN: i128, const MAX: i128>(T);

/// An integer outside the range that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    /// The smallest that is allowed.
    pub min: i128,
    /// The largest that is allowed.
    pub max: i128,
    /// The one that was given.
    pub actual: i128,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not between {} and {}", self.actual, self.min, self.max)
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
                let actual = i128::from(value);
                if (MIN..=MAX).contains(&actual) { Ok(Self(value)) } else { Err(OutOfRange { min: MIN, max: MAX, actual }) }
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
