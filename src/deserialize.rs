//! Serde's way into generated types.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::{Decode, Validate};

/// The name by which `serde_json`'s `RawValue` asks for the text of a value. Its deserializers answer with a map of one
/// member of this name, which holds the text; others take it for the name of some type, and give the value.
///
/// The name is private to `serde_json`. Should it ever change, values take the way of the other formats, which is slower.
pub const RAW: &str = "$serde_json::private::RawValue";

/// As [`RAW`], for numbers that `serde_json` hands out as text with its feature `arbitrary_precision`.
const RAW_NUMBER: &str = "$serde_json::private::Number";

/// Whether the only member of a map of this name holds a JSON text.
pub fn is_raw(key: &str) -> bool {
    key == RAW || key == RAW_NUMBER
}

/// What `Deserialize` of generated types does: reads the text itself where the format is JSON.
///
/// # Errors
/// The value is not valid.
pub fn deserialize<'de, T: Decode + Validate, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, Any(PhantomData))
}

/// Takes a value in whatever way the format gives it.
struct Any<T>(PhantomData<T>);

impl<T: Decode + Validate> Any<T> {
    fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::from_value(Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

macro_rules! scalars {
    ($($visit:ident $type:ty;)+) => {$(
        fn $visit<E: serde::de::Error>(self, value: $type) -> Result<T, E> {
            Self::value(value.into_deserializer())
        }
    )+};
}

impl<'de, T: Decode + Validate> Visitor<'de> for Any<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    scalars! {
        visit_bool bool;
        visit_i64 i64;
        visit_u64 u64;
        visit_i128 i128;
        visit_u128 u128;
        visit_f64 f64;
        visit_str &str;
        visit_string String;
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        Self::value(().into_deserializer())
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        Self::value(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        Self::value(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        Self::value(SeqAccessDeserializer::new(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return Self::value(MapAccessDeserializer::new(map));
        };
        if is_raw(&key) {
            return map.next_value_seed(Text(PhantomData));
        }
        let mut members = Map::from_iter([(key, map.next_value()?)]);
        while let Some((key, value)) = map.next_entry()? {
            members.insert(key, value);
        }
        T::from_value(members.into()).map_err(A::Error::custom)
    }
}

/// Takes the text of a value.
struct Text<T>(PhantomData<T>);

impl<'de, T: Decode + Validate> DeserializeSeed<'de> for Text<T> {
    type Value = T;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T: Decode + Validate> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        T::from_slice(text.as_bytes()).map_err(|error| E::custom(error.without_places()))
    }
}
