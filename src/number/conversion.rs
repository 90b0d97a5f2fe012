//! Numbers from and to other numbers, texts and data formats.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::exact::Exact;
use super::{Number, Repr, json_number};
use crate::deserialize::{RAW, is_raw};
use crate::reader::is_number;

/// A text that is no JSON number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidNumber(String);

impl fmt::Display for InvalidNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no JSON number", self.0)
    }
}

impl std::error::Error for InvalidNumber {}

/// A float that JSON has no text for: infinite, or not a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NotFinite(pub f64);

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no JSON number", self.0)
    }
}

impl std::error::Error for NotFinite {}

impl FromStr for Number {
    type Err = InvalidNumber;
    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        if is_number(text) { Ok(Self::of(text)) } else { Err(InvalidNumber(text.to_owned())) }
    }
}

macro_rules! from {
    ($($int:ident)+) => {$(
        impl From<$int> for Number {
            #[inline]
            fn from(value: $int) -> Self {
                Self(Repr::Signed(value.into()))
            }
        }
    )+};
}

from!(i8 u8 i16 u16 i32 u32 i64);

impl From<u64> for Number {
    #[inline]
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or(Repr::Unsigned(value), Repr::Signed))
    }
}

/// The shortest decimal that reads back as the float, which is what JSON writes for it.
impl TryFrom<f64> for Number {
    type Error = NotFinite;
    fn try_from(value: f64) -> Result<Self, NotFinite> {
        if value.is_finite() { Ok(Self(Repr::Float(value))) } else { Err(NotFinite(value)) }
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        let integer = number.as_i64().map(Self::from).or_else(|| number.as_u64().map(Self::from));
        integer.unwrap_or_else(|| Self::of(&number.to_string()))
    }
}

impl From<serde_json::Number> for Number {
    fn from(number: serde_json::Number) -> Self {
        Self::from(&number)
    }
}

/// Exact with the feature `arbitrary-precision`; else the nearest that `serde_json` can hold, the largest beyond that.
impl From<Number> for serde_json::Number {
    fn from(number: Number) -> Self {
        let nearest =
            || Self::from_f64(number.as_f64().clamp(f64::MIN, f64::MAX)).unwrap_or_else(|| 0.into());
        match &number.0 {
            Repr::Signed(integer) => (*integer).into(),
            Repr::Unsigned(integer) => (*integer).into(),
            Repr::Float(_) => nearest(),
            Repr::Text(text) => json_number(text).unwrap_or_else(nearest),
        }
    }
}

/// Exact: beyond what the data format has, JSON gets the text as it is.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Signed(integer) => serializer.serialize_i64(*integer),
            Repr::Unsigned(integer) => serializer.serialize_u64(*integer),
            Repr::Float(float) => serializer.serialize_f64(*float),
            Repr::Text(text) => serialize_text(text, serializer),
        }
    }
}

/// Serialises a number as `serde_json`'s `RawValue` does, which gives its text to JSON.
fn serialize_text<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    // A `Value` refuses large integers of Rust, but takes a raw text as near as it can hold it.
    if !serializer.is_human_readable()
        && let Some(integer) = Exact::Text(text).as_i128()
    {
        return serializer.serialize_i128(integer);
    }
    let mut raw = serializer.serialize_struct(RAW, 1)?;
    raw.serialize_field(RAW, text)?;
    raw.end()
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Number, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Number, E> {
        Ok(Number::of(&value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Number, E> {
        Ok(Number::of(&value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        value.try_into().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if is_raw(&key) => map.next_value::<String>()?.parse().map_err(de::Error::custom),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}
