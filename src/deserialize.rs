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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::rule::{At, Limit, Report, minimum, types};
    use crate::{Number, Reader, Stop};

    /// `{ "type": "object", "additionalProperties": { "type": "number", "minimum": 0 } }`
    #[derive(Debug, PartialEq)]
    struct Rates(BTreeMap<String, Number>);

    impl Decode for Rates {
        fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
            let rates = BTreeMap::<String, Number>::read(input)?;
            if rates.values().all(|rate| rate.compare(Limit::Integer(0)).is_ge()) {
                Ok(Self(rates))
            } else {
                Err(Stop)
            }
        }
    }

    impl Validate for Rates {
        fn test<R: Report>(value: &Value, at: At<'_>, report: &mut R) -> bool {
            let Some(members) = value.as_object() else { return types(value, &["object"], at, "#", report) };
            crate::rule::each(members, R::COLLECTS, |(key, rate)| {
                let at = At::Key(&at, key);
                match rate {
                    Value::Number(rate) => {
                        minimum(rate, Limit::Integer(0), at, "#/additionalProperties", report)
                    }
                    rate => types(rate, &["number"], at, "#/additionalProperties", report),
                }
            })
        }
    }

    impl<'de> Deserialize<'de> for Rates {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserialize(deserializer)
        }
    }

    fn rates<const N: usize>(rates: [(&str, &str); N]) -> Rates {
        Rates(rates.into_iter().map(|(key, rate)| (key.to_owned(), rate.parse().unwrap())).collect())
    }

    #[test]
    fn json_is_read_from_its_text_to_the_last_digit() {
        let text = r#" [ {"a": 1.00000000000000000001, "\u0062": 1e400} ] "#;
        let expected = [rates([("a", "1.00000000000000000001"), ("b", "1e400")])];
        assert_eq!(serde_json::from_str::<[Rates; 1]>(text).unwrap(), expected);
        assert_eq!(serde_json::from_slice::<[Rates; 1]>(text.as_bytes()).unwrap(), expected);
        assert_eq!(serde_json::from_reader::<_, [Rates; 1]>(text.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn values_are_read() {
        let value = json!({ "a": 1.5 });
        assert_eq!(serde_json::from_value::<Rates>(value.clone()).unwrap(), rates([("a", "1.5")]));
        assert_eq!(Rates::deserialize(&value).unwrap(), rates([("a", "1.5")]));
    }

    #[test]
    fn violations_are_the_message() {
        let message = "`/a` breaks `minimum`";
        for text in [r#"{"a":-1}"#, r#"{"a":-1e-9}"#] {
            let error = serde_json::from_str::<Rates>(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
        assert!(
            serde_json::from_value::<Rates>(json!({ "a": -1 })).unwrap_err().to_string().starts_with(message)
        );
        assert!(serde_json::from_str::<Rates>("[{]").unwrap_err().is_syntax());
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Flag(bool),
        Number(Number),
        Rates(Rates),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        id: u8,
        total: Number,
        #[serde(flatten)]
        rates: Rates,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "type")]
    enum Tagged {
        Rates(Rates),
    }

    #[test]
    fn what_serde_buffers_is_read() {
        let untagged = |text| serde_json::from_str::<Untagged>(text).unwrap();
        assert_eq!(untagged(r#"{"a":1,"b":0.25}"#), Untagged::Rates(rates([("a", "1"), ("b", "0.25")])));
        assert_eq!(untagged("{}"), Untagged::Rates(rates([])));
        assert_eq!(
            (untagged("true"), untagged("2.5")),
            (Untagged::Flag(true), Untagged::Number("2.5".parse().unwrap()))
        );
        assert!(serde_json::from_str::<Untagged>(r#"{"a":-1}"#).is_err());
        let outer = serde_json::from_str::<Outer>(r#"{"id":1,"a":0.25,"total":1e2}"#).unwrap();
        assert_eq!(outer, Outer { id: 1, total: 100.into(), rates: rates([("a", "0.25")]) });
        let tagged = serde_json::from_str::<Tagged>(r#"{"a":0.25,"type":"Rates"}"#).unwrap();
        assert_eq!(tagged, Tagged::Rates(rates([("a", "0.25")])));
    }

    /// The deserializers of serde itself stand for formats that know nothing of `serde_json`.
    #[test]
    fn other_formats_are_read() {
        use serde::de::value::{Error, MapDeserializer};
        let members = [("a", 1_u64), ("b", 2)];
        let read = Rates::deserialize(MapDeserializer::<_, Error>::new(members.into_iter())).unwrap();
        assert_eq!(read, rates([("a", "1"), ("b", "2")]));
        let none = MapDeserializer::<_, Error>::new(std::iter::empty::<(&str, u64)>());
        assert_eq!(Rates::deserialize(none).unwrap(), rates([]));
        let deserializer: serde::de::value::BoolDeserializer<Error> = true.into_deserializer();
        assert!(Rates::deserialize(deserializer).unwrap_err().to_string().contains("breaks `type`"));
        let items: serde::de::value::SeqDeserializer<_, Error> = vec![1_u64].into_deserializer();
        assert!(Rates::deserialize(items).unwrap_err().to_string().contains("breaks `type`"));
        let number: serde::de::value::F64Deserializer<Error> = 1.5.into_deserializer();
        assert!(Number::deserialize(number).unwrap() == 1.5);
    }
}
