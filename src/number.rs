//! JSON numbers, compared by their mathematical value.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Number;

use crate::rule::Limit;

/// The largest magnitude below which every `f64` that is an integer is also exact as an `i128`.
const EXACT: f64 = 1e30;

/// Whether `number` has no fraction: 1.0 and 1e3 are integers (JSON Schema Core, 4.2.1).
pub fn is_integer(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// Compares a number with a limit, exactly. What can't be compared is equal.
pub fn compare(number: &Number, limit: Limit) -> Ordering {
    match (Limit::from(number), limit) {
        (Limit::Integer(a), Limit::Integer(b)) => a.cmp(&b),
        (Limit::Float(a), Limit::Float(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
        (Limit::Integer(a), Limit::Float(b)) => compare_mixed(a, b),
        (Limit::Float(a), Limit::Integer(b)) => compare_mixed(b, a).reverse(),
    }
}

fn compare_mixed(integer: i128, float: f64) -> Ordering {
    if float.abs() >= EXACT {
        return if float > 0.0 { Ordering::Less } else { Ordering::Greater };
    }
    let floor = float.floor();
    integer.cmp(&(floor as i128)).then(if floor < float { Ordering::Less } else { Ordering::Equal })
}

/// Whether `number` is `divisor` times an integer. Decimals are taken as they are written, not as binary fractions.
pub fn is_multiple(number: &Number, divisor: Limit) -> bool {
    match (Limit::from(number), divisor) {
        (Limit::Integer(number), Limit::Integer(divisor)) => divisor != 0 && number % divisor == 0,
        (number, divisor) => match (decimal(number), decimal(divisor)) {
            (Some(number), Some(divisor)) => is_multiple_decimal(number, divisor),
            _ => false,
        },
    }
}

/// Digits and a power of ten.
type Decimal = (i128, i32);

/// The shortest decimal that reads back as the same number.
fn decimal(limit: Limit) -> Option<Decimal> {
    let text = match limit {
        Limit::Integer(integer) => return Some((integer, 0)),
        Limit::Float(float) => format!("{float:e}"),
    };
    let (digits, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let n_fraction = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len()) as i32;
    Some((digits.replace('.', "").parse().ok()?, exponent - n_fraction))
}

/// Whether `a · 10^i` is a multiple of `b · 10^j`: the remainder is computed digit by digit, so that no size overflows.
fn is_multiple_decimal((a, i): Decimal, (b, j): Decimal) -> bool {
    let shift = i.saturating_sub(j);
    if b == 0 {
        return false;
    }
    if shift >= 0 {
        let mut remainder = a % b;
        for _ in 0..shift {
            if remainder == 0 {
                break;
            }
            remainder = remainder * 10 % b;
        }
        return remainder == 0;
    }
    let scaled = 10_i128.checked_pow(shift.unsigned_abs()).and_then(|power| b.checked_mul(power));
    // A divisor too large for its number to hold divides nothing but zero.
    scaled.map_or(a == 0, |divisor| a % divisor == 0)
}

/// An integer of a size that the schema does not bound: keeps its value as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Integer(Number);

impl Integer {
    /// The value, if it fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128().and_then(|value| value.try_into().ok())
    }

    /// The value, if it fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128().and_then(|value| value.try_into().ok())
    }

    /// The value, if it fits. 1.0 is 1.
    pub fn as_i128(&self) -> Option<i128> {
        match Limit::from(&self.0) {
            Limit::Integer(value) => Some(value),
            Limit::Float(value) => (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i128),
        }
    }

    /// The JSON number.
    pub fn as_number(&self) -> &Number {
        &self.0
    }
}

impl TryFrom<Number> for Integer {
    type Error = Number;
    fn try_from(number: Number) -> Result<Self, Number> {
        if is_integer(&number) { Ok(Self(number)) } else { Err(number) }
    }
}

impl From<i64> for Integer {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

impl From<u64> for Integer {
    fn from(value: u64) -> Self {
        Self(value.into())
    }
}

impl From<Integer> for Number {
    fn from(integer: Integer) -> Self {
        integer.0
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
