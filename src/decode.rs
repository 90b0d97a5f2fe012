//! From bytes to a type, in one pass; a second, slow pass says what is wrong.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::member::{extra, extra_typed};
use crate::place::locate;
use crate::reader::Kind;
use crate::{Error, Integer, Number, OutOfRange, Ranged, Reader, Stop, Validate, Violations};

/// A type that reads itself from JSON which its schema accepts.
///
/// Generated types implement it; [`Decode::from_slice`] is how bytes become one.
pub trait Decode: Sized {
    /// Reads and validates the value that comes next, and nothing behind it.
    ///
    /// # Errors
    /// The value is not valid, or only [`Decode::from_slice`] can say: it has two members of one name.
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop>;

    /// Reads and validates UTF-8 JSON. The last of several members of one name counts.
    ///
    /// # Errors
    /// No JSON, or the violations with their places.
    fn from_slice(bytes: &[u8]) -> Result<Self, Error>
    where
        Self: Validate,
    {
        match read_whole(bytes) {
            Ok(value) => Ok(value),
            Err(Stop) => decode_slowly(bytes),
        }
    }

    /// Makes a `Self` of a value that its schema accepts.
    ///
    /// # Errors
    /// The violations.
    fn from_value(value: Value) -> Result<Self, Error>
    where
        Self: Validate,
    {
        let text = serde_json::to_vec(&value)?;
        read_whole(&text).or_else(|Stop| {
            Self::validate(&value)?;
            // Something is left to say only of values that nest too deep.
            document(&text)?;
            Err(Error::mismatch())
        })
    }
}

/// Reads a `T` and nothing else.
///
/// # Errors
/// As for [`Decode::read`].
#[doc(hidden)]
#[inline]
pub fn read_whole<T: Decode>(bytes: &[u8]) -> Result<T, Stop> {
    whole(Reader::new(bytes)?)
}

/// As [`read_whole`], of what a reader has before it.
///
/// # Errors
/// As for [`Decode::read`].
#[inline]
pub fn whole<T: Decode>(mut input: Reader<'_>) -> Result<T, Stop> {
    let value = T::read(&mut input)?;
    input.end()?;
    Ok(value)
}

/// What [`Decode::from_slice`] does with bytes that can't be read in one pass.
///
/// # Errors
/// As for [`Decode::from_slice`].
#[doc(hidden)]
#[cold]
#[inline(never)]
pub fn decode_slowly<T: Decode + Validate>(bytes: &[u8]) -> Result<T, Error> {
    let value = document(bytes)?;
    T::validate(&value).map_err(|violations| located(violations, bytes))?;
    // Two members of one name stop the first pass at what is valid. Unlike the value, the text keeps all its digits.
    let mut text = String::new();
    let unique = Reader::new(bytes).and_then(|mut input| input.write_unique(&mut text));
    unique.and_then(|()| read_whole(text.as_bytes())).map_err(|Stop| Error::mismatch())
}

fn located(mut violations: Violations, bytes: &[u8]) -> Violations {
    locate(bytes, &mut violations);
    violations
}

/// The JSON in `bytes`.
fn document(bytes: &[u8]) -> Result<Value, Error> {
    match read_whole(bytes) {
        Ok(value) => Ok(value),
        Err(Stop) => Ok(serde_json::from_slice(bytes)?),
    }
}

impl Decode for Value {
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        input.value()
    }
}

impl Decode for () {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        input.null()
    }
}

impl Decode for bool {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        input.boolean()
    }
}

impl Decode for String {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        input.string().map(Into::into)
    }
}

impl Decode for Number {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        input.number().map(Self::of)
    }
}

impl Decode for Integer {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        Number::read(input)?.try_into().map_err(|_| Stop)
    }
}

/// The nearest one; a number beyond its range is none.
impl Decode for f64 {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        input.number()?.parse().ok().filter(|float: &Self| float.is_finite()).ok_or(Stop)
    }
}

macro_rules! integers {
    ($($name:ident)+) => {$(
        impl Decode for $name {
            #[inline]
            fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
                let text = input.number()?;
                text.parse().or_else(|_| written_out(text)?.try_into().map_err(|_| Stop))
            }
        }
    )+};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

/// An integer that is written as 1.0 or 1e3, or does not fit.
#[cold]
fn written_out(text: &str) -> Result<i128, Stop> {
    Number::of(text).as_i128().ok_or(Stop)
}

impl<T: Decode, const MIN: i128, const MAX: i128> Decode for Ranged<T, MIN, MAX>
where
    Self: TryFrom<T, Error = OutOfRange>,
{
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        T::read(input)?.try_into().map_err(|_| Stop)
    }
}

impl<T: Decode> Decode for Vec<T> {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut array = input.begin_array()?;
        let mut items = Self::new();
        while input.next_item(&mut array)? {
            items.push(T::read(input)?);
        }
        Ok(items)
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut object = input.begin_object()?;
        let mut members = Self::new();
        while let Some(key) = input.next_key(&mut object)? {
            extra_typed(input, key, &mut members)?;
        }
        Ok(members)
    }
}

impl Decode for Map<String, Value> {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut object = input.begin_object()?;
        let mut members = Self::new();
        while let Some(key) = input.next_key(&mut object)? {
            extra(input, key, &mut members)?;
        }
        Ok(members)
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        T::read(input).map(Self::new)
    }
}

/// `None` stands for null; whether a member is there at all is a question of its object.
impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        if input.peek()? == Kind::Null { input.null().map(|()| None) } else { T::read(input).map(Some) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ErrorKind;
    use crate::Uuid;
    use crate::member::{self, once};
    use crate::rule::{At, Limit, Report, maximum, required, types};

    /// `{ "type": "object", "properties": { "n": { "type": "integer", "maximum": 9 } }, "required": ["n"] }`
    #[derive(Debug, PartialEq)]
    struct Small {
        n: i64,
        rest: Map<String, Value>,
    }

    impl Decode for Small {
        fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
            let (mut n, mut rest) = (None, Map::new());
            let mut object = input.begin_object()?;
            while let Some(key) = input.next_key(&mut object)? {
                match key.as_ref() {
                    "n" => once(input, &mut n)?,
                    _ => extra(input, key, &mut rest)?,
                }
            }
            let n = member::required(n).and_then(|n| if n <= 9 { Ok(n) } else { Err(Stop) })?;
            Ok(Self { n, rest })
        }
    }

    impl Validate for Small {
        fn test<R: Report>(value: &Value, at: At<'_>, report: &mut R) -> bool {
            let Some(members) = value.as_object() else {
                return types(value, &["object"], at, "#", report);
            };
            let Some(n) = members.get("n") else { return required(members, "n", at, "#", report) };
            let at = At::Key(&at, "n");
            types(n, &["integer"], at, "#/properties/n", report)
                & n.as_number().is_none_or(|n| maximum(n, Limit::Integer(9), at, "#/properties/n", report))
        }
    }

    fn read<T: Decode>(text: &str) -> Option<T> {
        read_whole(text.as_bytes()).ok()
    }

    #[test]
    fn integers_are_read_in_every_spelling_of_their_value() {
        assert_eq!(["5", "5.0", "0.5e1", "50E-1"].map(read::<u8>), [Some(5); 4]);
        assert_eq!(["-0", "-0.0", "0e999999999999"].map(read::<i8>), [Some(0); 3]);
        let wrong = ["5.5", "256", "-1", "1e999999999", "1e-999999999", "\"5\"", "null", "05", "5 5"];
        assert_eq!(wrong.map(read::<u8>), [None; 9]);
        assert_eq!(read("18446744073709551615"), Some(u64::MAX));
        assert_eq!(read("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(read::<i64>("9223372036854775808"), None);
        assert_eq!(read::<Ranged<u8, 0, 100>>("101"), None);
    }

    #[test]
    fn containers() {
        assert_eq!(read("[1, null]"), Some(vec![Some(1_u8), None]));
        assert_eq!(read(r#"{"a":true}"#), Some(BTreeMap::from([("a".to_owned(), Box::new(true))])));
        assert_eq!(read::<BTreeMap<String, bool>>(r#"{"a":true,"a":true}"#), None);
        assert_eq!(
            read::<Uuid>(r#""2eb8aa08-aa98-11ea-b4aa-73b441d16380""#).as_deref(),
            Some("2eb8aa08-aa98-11ea-b4aa-73b441d16380")
        );
        assert_eq!(read::<Uuid>(r#""2eb8""#), None);
        assert_eq!((read("null"), read::<()>("0")), (Some(()), None));
    }

    #[test]
    fn the_last_of_several_members_of_one_name_counts() {
        let small = Small::from_slice(br#"{ "n": 10, "a": 1, "n": 1, "a": 2 }"#).unwrap();
        assert_eq!(small, Small { n: 1, rest: Map::from_iter([("a".to_owned(), json!(2))]) });
        let error = Small::from_slice(br#"{ "n": 1, "n": 10 }"#).unwrap_err();
        assert!(error.to_string().starts_with("1:16: `/n` breaks `maximum`"), "{error}");
    }

    #[test]
    fn violations_have_a_place_where_there_are_bytes() {
        let error = Small::from_slice(b"{\n}").unwrap_err();
        let json = serde_json::to_value(error.violations()).unwrap();
        assert_eq!(json[0]["place"], json!({ "offset": 0, "line": 1, "column": 1 }));
        let error = Small::from_value(json!({ "n": 10 })).unwrap_err();
        assert_eq!(error.violations().and_then(|all| all.iter().next()?.place), None);
    }

    #[test]
    fn what_is_no_json_is_told_by_line_and_column() {
        for (bytes, message) in [
            (b"{\n  \"n\" 1}".as_slice(), "no JSON: expected `:` at line 2 column 7"),
            (b"", "no JSON: EOF while parsing a value at line 1 column 0"),
            (b"{\"n\":1} x", "no JSON: trailing characters at line 1 column 9"),
        ] {
            let error = Small::from_slice(bytes).unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Syntax, message));
        }
        let deep = format!("{{\"n\":1,\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
        assert!(Small::from_slice(deep.as_bytes()).unwrap_err().to_string().contains("recursion limit"));
    }

    #[test]
    fn values_become_types_as_bytes_do() {
        assert_eq!(Small::from_value(json!({ "n": 1.0 })).unwrap().n, 1);
        assert_eq!(Small::from_value(json!([])).unwrap_err().kind(), ErrorKind::Invalid);
    }

    /// `{ "additionalProperties": { "type": "number", "maximum": 9 } }`, of objects
    #[derive(Debug)]
    struct Rates(BTreeMap<String, Number>);

    impl Decode for Rates {
        fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
            let rates = BTreeMap::<String, Number>::read(input)?;
            if rates.values().all(|rate| rate.compare(Limit::Integer(9)).is_le()) {
                Ok(Self(rates))
            } else {
                Err(Stop)
            }
        }
    }

    impl Validate for Rates {
        fn test<R: Report>(value: &Value, at: At<'_>, report: &mut R) -> bool {
            let Some(members) = value.as_object() else {
                return types(value, &["object"], at, "#", report);
            };
            members
                .values()
                .filter_map(Value::as_number)
                .all(|rate| maximum(rate, Limit::Integer(9), at, "#/additionalProperties", report))
        }
    }

    #[test]
    fn digits_are_kept_where_members_are_doubled() {
        let rates = Rates::from_slice(br#"{ "a": 10, "a": 8.00000000000000000001 }"#).unwrap();
        assert_eq!(rates.0["a"].to_string(), "8.00000000000000000001");
    }

    #[test]
    fn what_breaks_a_rule_in_its_last_digit_is_refused() {
        let error = Rates::from_slice(br#"{ "a": 9.00000000000000000001 }"#).unwrap_err();
        let is_told = cfg!(feature = "arbitrary-precision");
        assert_eq!(error.kind(), if is_told { ErrorKind::Invalid } else { ErrorKind::Mismatch });
    }
}
