//! The reader against `serde_json`: both take the same texts, and make the same values of them.

use std::borrow::Cow;

use serde_json::Value;

use super::{Kind, Reader, Stop};

/// Every construct of JSON, with escapes and characters of all lengths around the eight bytes that are read at once.
const SAMPLE: &str = r#" { "id" : "2eb8aa08", "a\"b\\c\/\b\f\n\r\t" : [ 0, -1, 1.5, 10e+2, 2E-1, -0.0, true, false, null ],
	"é" : "1234567é", "pair" : "\ud83d\uDE00 😀", "empty" : [ { } , [ ] , "" ], "id" : { "deep" : { "er" : 1 } } } "#;

/// Texts that break one rule each, or come close to it.
const TEXTS: &[&str] = &[
    // Values.
    "",
    " ",
    "null",
    "nul",
    "nulll",
    "Null",
    "true",
    "tru",
    "truefalse",
    "false",
    "fals",
    "NaN",
    "Infinity",
    "undefined",
    "\u{feff}1",
    "1\u{feff}",
    "\0",
    "1\0",
    "\u{b}1",
    "\u{c}1",
    "\u{a0}1",
    "\r\n\t 1 \r\n\t",
    "1 1",
    "//1",
    "1//",
    "'a'",
    // Numbers.
    "0",
    "-0",
    "00",
    "01",
    "-01",
    "-",
    "--1",
    "+1",
    "1.",
    ".5",
    "-.5",
    "1.5",
    "1.e1",
    "1e",
    "1e+",
    "1e-",
    "1E5",
    "1e05",
    "1e5.5",
    "1.5e+05",
    "0x10",
    "1_000",
    "1a",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1e308",
    "0e999999999999",
    "1e-999999999999",
    "123456789.125",
    "１",
    // Strings.
    r#""""#,
    r#"""#,
    r#""\""#,
    r#""\\""#,
    r#""\"""#,
    r#""\/""#,
    r#""\a""#,
    r#""\'""#,
    r#""\u0041""#,
    r#""\u00g1""#,
    r#""\u004""#,
    r#""\u+041""#,
    r#""\U0041""#,
    r#""\u0000""#,
    r#""\ud800""#,
    r#""\udc00""#,
    r#""\ud800\ud800""#,
    r#""\ud800\u0041""#,
    r#""\ud800x""#,
    r#""\ud83d\ude00""#,
    r#""\ud83d\ude0""#,
    r#""\udbff\udfff""#,
    r#""\ud800\"#,
    r#""\ud800\udbff""#,
    r#""\ud800\ue000""#,
    r#""\uffff""#,
    "\"a\nb\"",
    "\"\t\"",
    "\"\0\"",
    "\"1234567\u{1f}\"",
    "\"12345678\u{1}\"",
    "\"\u{7f}\"",
    "\"\u{2028}\"",
    "\"é😀é😀é😀\"",
    "\"1234567\"",
    "\"12345678\"",
    "\"12345678\\n9\"",
    "\"123456789012345",
    "\"1234567\\",
    // Arrays and objects.
    "[]",
    "[",
    "]",
    "[ ]",
    "[1]",
    "[1,]",
    "[,1]",
    "[,]",
    "[1,,2]",
    "[1 2]",
    "[1;2]",
    "[1}",
    "[1]]",
    "[[]",
    "[1:2]",
    "{}",
    "{",
    "}",
    "{ }",
    r#"{"a"}"#,
    r#"{"a":}"#,
    r#"{"a":1}"#,
    r#"{"a":1,}"#,
    r#"{,"a":1}"#,
    r#"{,}"#,
    r#"{"a" 1}"#,
    r#"{"a"::1}"#,
    r#"{"a":1,,"b":2}"#,
    r#"{"a":1 "b":2}"#,
    r#"{"a":1]"#,
    r#"{"a":1}}"#,
    "{1:1}",
    "{a:1}",
    "{null:1}",
    r#"{"a":1;"b":2}"#,
    r#"{"a","b"}"#,
    r#"{"a":1,"a":2}"#,
    r#"{"":{}}"#,
    r#"{"\u0061":1,"a":2}"#,
    r#"{"\ud800":1}"#,
];

fn read(bytes: &[u8]) -> Result<Value, Stop> {
    let mut input = Reader::new(bytes)?;
    let value = input.value()?;
    input.end()?;
    Ok(value)
}

fn skip(bytes: &[u8]) -> Result<&str, Stop> {
    let mut input = Reader::new(bytes)?;
    let text = input.skip()?;
    input.end()?;
    Ok(text)
}

#[track_caller]
fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let ours = read(bytes);
    assert_eq!(ours.as_ref().ok(), serde_json::from_slice(bytes).ok().as_ref(), "{text}");
    if ours.is_ok() {
        assert_eq!(skip(bytes), Ok(text.trim_matches([' ', '\n', '\r', '\t'])));
    } else {
        assert_eq!(skip(bytes), Err(Stop), "{text}");
    }
}

#[test]
fn every_rule_of_the_grammar() {
    for text in TEXTS {
        check(text.as_bytes());
        check(format!("[{text}]").as_bytes());
        check(format!("{{\"a\": {text}, \"b\": 1 }}").as_bytes());
    }
}

#[test]
fn texts_that_break_off() {
    assert!(read(SAMPLE.as_bytes()).is_ok());
    (0..=SAMPLE.len()).for_each(|end| check(&SAMPLE.as_bytes()[..end]));
}

#[test]
fn texts_with_a_byte_changed_removed_or_doubled() {
    for at in 0..SAMPLE.len() {
        let (before, after) = SAMPLE.as_bytes().split_at(at);
        (0..=255).for_each(|byte| check(&[before, &[byte], &after[1..]].concat()));
        check(&[before, &after[1..]].concat());
        check(&[before, &after[..1], after].concat());
    }
}

#[test]
fn nesting_is_bounded_as_in_serde_json() {
    for depth in [1, 126, 127, 128, 129, 100_000] {
        check(["[".repeat(depth), "]".repeat(depth)].concat().as_bytes());
        check(["{\"a\":".repeat(depth), "1".to_owned(), "}".repeat(depth)].concat().as_bytes());
    }
    check(format!("[{}1]", "[[]],{\"a\":{}},".repeat(300)).as_bytes());
}

#[test]
fn numbers_too_large_for_a_float_are_for_those_who_ask_for_their_text() {
    let is_wide = cfg!(feature = "arbitrary-precision");
    assert_eq!((read(b"1e400").is_ok(), read(b"-1e400").is_ok()), (is_wide, is_wide));
    assert_eq!((skip(b" 1e400 "), Reader::new(b"1e400").unwrap().number()), (Ok("1e400"), Ok("1e400")));
}

#[test]
fn the_last_of_several_members_of_one_name_is_written() {
    let unique = |text: &str| {
        let mut written = String::new();
        Reader::new(text.as_bytes())?.write_unique(&mut written).map(|()| written)
    };
    let text = r#"{"b":[1.00000000000000000001,{},[]],"a":1,"\u0062":[{"a\n":1,"a\n":[2 ]}, "\u0062"]}"#;
    assert_eq!(unique(text).as_deref(), Ok(r#"{"a":1,"b":[{"a\n":[2]},"\u0062"]}"#));
    assert_eq!(read(unique(SAMPLE).unwrap().as_bytes()), read(SAMPLE.as_bytes()));
    assert_eq!(unique("[1,]"), Err(Stop));
}

/// `serde_json` reads such an object as what its member says.
#[test]
fn members_with_names_that_serde_json_uses_for_itself_are_members() {
    let text = r#"{"$serde_json::private::RawValue":"1"}"#;
    assert_eq!(read(text.as_bytes()).unwrap().as_object().unwrap().len(), 1);
}

#[test]
fn strings_are_borrowed_unless_they_hold_an_escape() {
    let mut input = Reader::new(r#"["a longer text é", "\u0061"]"#.as_bytes()).unwrap();
    let mut array = input.begin_array().unwrap();
    input.next_item(&mut array).unwrap();
    assert!(matches!(input.string(), Ok(Cow::Borrowed("a longer text é"))));
    input.next_item(&mut array).unwrap();
    assert!(matches!(input.string(), Ok(Cow::Owned(text)) if text == "a"));
    assert_eq!((input.next_item(&mut array), input.end()), (Ok(false), Ok(())));
}

#[test]
fn kinds_are_told_by_their_first_byte() {
    let kind = |text: &str| Reader::new(text.as_bytes()).unwrap().peek();
    let kinds = ["null", " true", "\n1", "-", "\"", "[", "{"].map(kind);
    let expected =
        [Kind::Null, Kind::Boolean, Kind::Number, Kind::Number, Kind::String, Kind::Array, Kind::Object];
    assert_eq!(kinds, expected.map(Ok));
    assert_eq!(["", "x", "]", "\u{1}"].map(kind), [Err(Stop); 4]);
    assert_eq!(Reader::new(b"\"\xff\"").err(), Some(Stop));
}

#[test]
fn nested_texts_are_seen_ahead() {
    let text = r#"{"a":{"x":[{}],"b":{"c":"deep"}},"s":"flat","n":1}"#;
    let mut input = Reader::new(text.as_bytes()).unwrap();
    assert_eq!(input.text_at(&["a", "b", "c"]), Ok(Some("deep".into())));
    assert_eq!(input.text_at(&["s"]), Ok(Some("flat".into())));
    for absent in [["a", "b"].as_slice(), &["n"], &["s", "b"], &["z"], &[]] {
        assert_eq!(input.text_at(absent), Ok(None));
    }
    assert_eq!(Reader::new(b"\"root\"").unwrap().text_at(&[]), Ok(Some("root".into())));
    assert_eq!(input.skip(), Ok(text));
    // What comes behind the text is not looked at; for one that is not there, everything is.
    let mut broken = Reader::new(br#" {"t":"a","t":"b","x":!"#).unwrap();
    assert_eq!(broken.text_at(&["t"]), Ok(Some("a".into())));
    assert_eq!(broken.text_at(&["absent"]), Err(Stop));
    assert!(broken.begin_object().is_ok());
}

#[test]
fn reading_goes_back_to_a_mark_at_any_depth() {
    let mut input = Reader::new(br#"{"a":[1,2]}"#).unwrap();
    let mark = input.mark();
    for _ in 0..1_000 {
        let mut object = input.begin_object().unwrap();
        assert_eq!(input.next_key(&mut object), Ok(Some("a".into())));
        assert!(input.begin_array().is_ok());
        input.rewind(mark);
    }
    assert!(input.skip().is_ok());
}

#[test]
fn what_was_checked_on_a_way_that_is_given_up_is_not_checked() {
    let mut input = Reader::new(b" [1] ").unwrap();
    let start = input.mark();
    input.skip().unwrap();
    input.checked_since(start);
    assert!(input.is_checked() && input.skip().is_ok() && !input.is_checked());
    input.rewind(start);
    assert!(!input.is_checked());
}

/// A value whose reading takes much stack.
struct Wide(
    #[expect(dead_code, reason = "only its size counts")] [u8; 32 << 10],
    #[expect(dead_code, reason = "as above")] Option<Box<Wide>>,
);

impl crate::Decode for Wide {
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut array = input.begin_array()?;
        let mut inner = None;
        while input.next_item(&mut array)? {
            inner = Some(Box::<Self>::read(input)?);
        }
        Ok(Self([0; 32 << 10], inner))
    }
}

#[test]
fn reading_ends_before_the_stack_does() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let read = |depth: usize| crate::decode::read_whole::<Wide>(nested(depth).as_bytes()).is_ok();
    assert!(read(3) && !read(120));
}
