//! The value of a number in the cheapest form that says it exactly.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use super::decimal::Decimal;
use crate::rule::Limit;

/// Integers up to here, of either sign, are exact as an `f64`.
const MAX_SAFE: u128 = 1 << 53;

/// A number: machine integers and floats where they are exact, else its text.
#[derive(Debug, Clone, Copy)]
pub enum Exact<'t> {
    /// An integer.
    Integer(i128),
    /// The shortest decimal that reads back as this `f64`.
    Float(f64),
    /// A text of JSON's grammar.
    Text(&'t str),
}

impl<'t> Exact<'t> {
    /// The number of a text of JSON's grammar.
    #[inline]
    pub fn of(text: &'t str) -> Self {
        match text.parse::<i64>() {
            // Minus zero has a sign, which an integer can't keep.
            Ok(integer) if integer != 0 || !text.starts_with('-') => Self::Integer(integer.into()),
            _ => Self::of_other(text),
        }
    }

    fn of_other(text: &'t str) -> Self {
        if let Ok(integer) = text.parse::<u64>() {
            return Self::Integer(integer.into());
        }
        match text.parse::<f64>() {
            Ok(float) if is_short(text) || is_exact(text, float) => Self::Float(float),
            _ => Self::Text(text),
        }
    }

    /// The value, if it is an integer that fits.
    pub fn as_i128(self) -> Option<i128> {
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Float(float) if float.fract() != 0.0 => None,
            Self::Float(float) if float.abs() <= MAX_SAFE as f64 => Some(float as i128),
            _ => self.decimal(|decimal| decimal.as_i128()),
        }
    }

    /// Whether it has no fraction.
    pub fn is_integer(self) -> bool {
        match self {
            Self::Integer(_) => true,
            Self::Float(float) => float.fract() == 0.0,
            Self::Text(text) => Decimal::of(text).is_integer(),
        }
    }

    /// Compares two numbers. What can't be compared is equal.
    pub fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(&b),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Self::Integer(a), Self::Float(b)) if is_comparable(a, b) => order_floats(a as f64, b),
            (Self::Float(a), Self::Integer(b)) if is_comparable(b, a) => order_floats(a, b as f64),
            (_, Self::Float(b)) if !b.is_finite() => order_floats(0.0, b),
            (Self::Float(a), _) if !a.is_finite() => order_floats(a, 0.0),
            (a, b) => a.decimal(|a| b.decimal(|b| a.cmp(b))),
        }
    }

    /// Whether it is `divisor` times an integer.
    pub fn is_multiple(self, divisor: Self) -> bool {
        match (self, divisor) {
            (Self::Integer(number), Self::Integer(divisor)) => {
                divisor != 0 && number.wrapping_rem(divisor) == 0
            }
            (_, Self::Float(divisor)) if !divisor.is_finite() => false,
            (number, divisor) => {
                number.decimal(|number| divisor.decimal(|divisor| number.is_multiple(divisor)))
            }
        }
    }

    /// Calls `read` with the digits.
    pub fn decimal<T>(self, read: impl FnOnce(&Decimal<'_>) -> T) -> T {
        let mut digits = Digits::default();
        // The buffer is large enough for either, and cuts off what is not.
        let written = match self {
            Self::Text(text) => return read(&Decimal::of(text)),
            Self::Integer(integer) => write!(digits, "{integer}"),
            Self::Float(float) => write!(digits, "{float:e}"),
        };
        debug_assert!(written.is_ok());
        read(&Decimal::of(digits.as_str()))
    }
}

impl From<Limit> for Exact<'_> {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Integer(integer) => Self::Integer(integer),
            Limit::Float(float) => Self::Float(float),
        }
    }
}

/// Whether `integer` and `float` compare as floats: the decimal that `float` stands for lies on the same side of every
/// integer that is exact.
fn is_comparable(integer: i128, float: f64) -> bool {
    integer.unsigned_abs() <= MAX_SAFE && !float.is_nan()
}

fn order_floats(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// Whether `text` has no exponent and at most 15 digits, which every `f64` of that size keeps.
#[inline]
fn is_short(text: &str) -> bool {
    text.len() <= 16 && !text.bytes().any(|byte| matches!(byte, b'e' | b'E'))
}

/// Whether `float`, the nearest to the decimal `text`, stands for the same decimal.
fn is_exact(text: &str, float: f64) -> bool {
    let decimal = Decimal::of(text);
    let is_normal = (-300..300).contains(&decimal.point());
    match decimal.n_digits() {
        0..=15 if is_normal => true,
        0..=17 if float.is_finite() => Exact::Float(float).decimal(|shortest| *shortest == decimal),
        _ => false,
    }
}

/// The text of a machine number, on the stack.
struct Digits {
    bytes: [u8; 48],
    n_bytes: usize,
}

impl Default for Digits {
    fn default() -> Self {
        Self { bytes: [0; 48], n_bytes: 0 }
    }
}

impl Digits {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.n_bytes]).unwrap_or_default()
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.n_bytes + text.len();
        self.bytes.get_mut(self.n_bytes..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.n_bytes = end;
        Ok(())
    }
}
