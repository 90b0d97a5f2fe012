//! JSON numbers that keep their value, whatever their size and precision.
//!
//! The value of a number is the decimal that its JSON text says: 0.1 is a tenth, not the binary fraction next to it.

mod conversion;
mod decimal;
mod exact;
mod integer;
mod json;
mod ranged;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use exact::Exact;

pub use conversion::{InvalidNumber, NotFinite};
pub use integer::Integer;
pub use json::{compare, is_integer, is_multiple, json_number, order};
pub use ranged::{OutOfRange, Ranged};

use crate::rule::Limit;

/// A JSON number of any size and precision (RFC 8259, section 6).
///
/// Equality, order and hash are those of the mathematical value: 1.0 is 1, and 1e400 is not 1e401.
///
/// ```
/// use handfast::Number;
///
/// let tenth: Number = "0.10".parse()?;
/// assert_eq!((tenth.to_string(), tenth.as_f64(), tenth.as_i64()), ("0.1".to_owned(), 0.1, None));
/// let large: Number = "123456789012345678901234567890".parse()?;
/// assert_eq!(large.to_string(), "123456789012345678901234567890");
/// # Ok::<(), handfast::InvalidNumber>(())
/// ```
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    Signed(i64),
    /// Beyond `i64`.
    Unsigned(u64),
    /// Finite; stands for the shortest decimal that reads back as it.
    Float(f64),
    /// Everything that none of the others says exactly: a text of JSON's grammar.
    Text(Box<str>),
}

impl Number {
    /// The number of a `text` that is known to be of JSON's grammar.
    #[inline]
    pub(crate) fn of(text: &str) -> Self {
        match Exact::of(text) {
            Exact::Integer(integer) => {
                Self::of_integer(integer).unwrap_or_else(|| Self(Repr::Text(text.into())))
            }
            Exact::Float(float) => Self(Repr::Float(float)),
            Exact::Text(text) => Self(Repr::Text(text.into())),
        }
    }

    #[inline]
    fn of_integer(integer: i128) -> Option<Self> {
        let signed = i64::try_from(integer).map(Repr::Signed);
        signed.or_else(|_| u64::try_from(integer).map(Repr::Unsigned)).ok().map(Self)
    }

    #[inline]
    fn exact(&self) -> Exact<'_> {
        match &self.0 {
            Repr::Signed(integer) => Exact::Integer((*integer).into()),
            Repr::Unsigned(integer) => Exact::Integer((*integer).into()),
            Repr::Float(float) => Exact::Float(*float),
            Repr::Text(text) => Exact::Text(text),
        }
    }

    /// The value, if it is an integer that fits. 1.0 is 1.
    #[inline]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128().and_then(|value| value.try_into().ok())
    }

    /// The value, if it is an integer that fits. 1.0 is 1.
    #[inline]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128().and_then(|value| value.try_into().ok())
    }

    /// The value, if it is an integer that fits. 1.0 is 1.
    #[inline]
    pub fn as_i128(&self) -> Option<i128> {
        self.exact().as_i128()
    }

    /// The nearest `f64`: infinite beyond its range.
    #[inline]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Signed(integer) => *integer as f64,
            Repr::Unsigned(integer) => *integer as f64,
            Repr::Float(float) => *float,
            Repr::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    /// Whether it has no fraction: 1.0 and 1e3 are integers (JSON Schema Core, 4.2.1).
    #[inline]
    pub fn is_integer(&self) -> bool {
        self.exact().is_integer()
    }

    /// Compares the number with a limit, exactly. What can't be compared is equal.
    #[inline]
    pub fn compare(&self, limit: Limit) -> Ordering {
        self.exact().order(limit.into())
    }

    /// Whether it is `divisor` times an integer, exactly.
    #[inline]
    pub fn is_multiple_of(&self, divisor: Limit) -> bool {
        self.exact().is_multiple(divisor.into())
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.exact().order(other.exact())
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.exact().decimal(|decimal| decimal.hash(state));
    }
}

impl PartialEq<i64> for Number {
    fn eq(&self, other: &i64) -> bool {
        self.as_i64() == Some(*other)
    }
}

impl PartialEq<f64> for Number {
    fn eq(&self, other: &f64) -> bool {
        Self::try_from(*other).is_ok_and(|other| *self == other)
    }
}

/// The JSON text.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Signed(integer) => integer.fmt(f),
            Repr::Unsigned(integer) => integer.fmt(f),
            // Rust's own text for debugging is the shortest that reads back, with an exponent where it is large.
            Repr::Float(float) => fmt::Debug::fmt(float, f),
            Repr::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
