use std::collections::HashSet;

use super::*;

#[track_caller]
fn number(text: &str) -> Number {
    text.parse().unwrap()
}

/// Groups of texts, in ascending order; those of one group are of one value.
const ASCENDING: &[&[&str]] = &[
    &["-1e999999999999999999999999"],
    &["-1e400", "-10e399", "-0.01E+402"],
    &["-123456789012345678901234567890.5"],
    &["-9223372036854775809", "-9223372036854775809.0"],
    &["-9223372036854775808", "-9.223372036854775808e18"],
    &["-1", "-1.0", "-10e-1", "-0.1e1"],
    &["-0.1", "-1e-1"],
    &["-1e-400"],
    &["0", "-0", "0.0", "-0.0e5", "0e999999999999999999999999", "0.000E-999999999999999999"],
    &["1e-999999999999999999999999"],
    &["1e-400", "0.1e-399"],
    &["5e-324", "0.5e-323"],
    &["0.1", "1e-1", "0.10", "0.1000000000000000000000000"],
    &["0.1000000000000000055511151231257827", "1.000000000000000055511151231257827e-1"],
    &["0.30000000000000004"],
    &["1", "1.0", "1e0", "100e-2"],
    &["9007199254740993", "9007199254740993.0"],
    &["1152921504606846976", "1152921504606846976.0"],
    // The shortest text of the float that is the number above.
    &["1152921504606847000", "1.152921504606847e18"],
    &["9223372036854775807"],
    &["9223372036854775808"],
    &["18446744073709551615", "1.8446744073709551615e19"],
    &["18446744073709551616"],
    &["100000000000000000000000000000", "1e29", "1.0E+29"],
    &["100000000000000000000000000001"],
    &["1.7976931348623157e308"],
    &["1e400", "10e399"],
    &["1e999999999999999999999999"],
];

#[test]
fn numbers_are_ordered_by_their_value() {
    let texts =
        ASCENDING.iter().enumerate().flat_map(|(rank, texts)| texts.iter().map(move |text| (rank, *text)));
    let numbers: Vec<(usize, Number)> = texts.map(|(rank, text)| (rank, number(text))).collect();
    for (a_rank, a) in &numbers {
        for (b_rank, b) in &numbers {
            assert_eq!(a.cmp(b), a_rank.cmp(b_rank), "{a} against {b}");
        }
    }
    let distinct: HashSet<&Number> = numbers.iter().map(|(_, number)| number).collect();
    assert_eq!(distinct.len(), ASCENDING.len());
}

#[test]
fn numbers_keep_their_value_as_json() {
    for text in ASCENDING.iter().copied().flatten() {
        let number = number(text);
        let json = serde_json::to_string(&number).unwrap();
        assert_eq!(self::number(&json), number, "{text} as {json}");
        assert_eq!(self::number(&number.to_string()), number, "{text} as {number}");
        assert_eq!(serde_json::from_str::<Number>(text).unwrap(), number, "{text}");
        assert_eq!(serde_json::from_reader::<_, Number>(text.as_bytes()).unwrap(), number, "{text}");
    }
}

#[test]
fn only_what_json_calls_a_number_is_one() {
    for text in ["", "-", "01", "1.", ".5", "+1", "1e", "NaN", "inf", " 1", "1 ", "1e5x", "0x1"] {
        assert_eq!(text.parse::<Number>().unwrap_err().to_string(), format!("`{text}` is no JSON number"));
    }
    assert!([f64::NAN, f64::INFINITY].map(Number::try_from).iter().all(Result::is_err));
    assert!(serde_json::from_str::<Number>("\"1\"").is_err());
    assert!(serde_json::from_str::<Number>("{}").is_err());
}

#[test]
fn machine_numbers_come_and_go() {
    assert_eq!([Number::from(-1_i32), (-1_i64).into()].map(|n| n.as_i64()), [Some(-1); 2]);
    assert_eq!((Number::from(u64::MAX).as_u64(), Number::from(u64::MAX).as_i64()), (Some(u64::MAX), None));
    assert_eq!((Number::from(7_u64), number("7.0").as_i64()), (number("7"), Some(7)));
    assert_eq!((number("1.5").as_i128(), number("1.5").as_f64()), (None, 1.5));
    assert_eq!(number("-170141183460469231731687303715884105728").as_i128(), Some(i128::MIN));
    assert_eq!(number("170141183460469231731687303715884105728").as_i128(), None);
    assert_eq!((number("1e400").as_f64(), number("1e-400").as_f64()), (f64::INFINITY, 0.0));
    assert_eq!(Number::try_from(0.1).unwrap(), number("0.1"));
    assert!(number("2.50") == 2.5 && number("2.0") == 2_i64 && number("0.1000000000000000055511") != 0.1);
}

#[test]
fn numbers_of_serde_json_come_and_go() {
    for text in ["0", "-5", "18446744073709551615", "1.5", "1e300", "-0.25", "0.30000000000000004"] {
        let theirs: serde_json::Number = text.parse().unwrap();
        assert_eq!(Number::from(&theirs), number(text));
        assert_eq!(Number::from(serde_json::Number::from(number(text))), number(text));
        assert_eq!(order(&theirs, &number(text).into()), Ordering::Equal);
    }
    let large: serde_json::Number = number("1e400").into();
    let expected = if cfg!(feature = "arbitrary-precision") { "1e400" } else { "1.7976931348623157e308" };
    assert_eq!(Number::from(large), number(expected));
}

#[test]
fn numbers_pass_through_values_as_exactly_as_those_hold_them() {
    let text = "123456789012345678901234567890";
    let value = serde_json::to_value(number(text)).unwrap();
    let expected = if cfg!(feature = "arbitrary-precision") { text } else { "1.2345678901234568e29" };
    assert_eq!(serde_json::from_value::<Number>(value).unwrap(), number(expected));
}

#[test]
fn limits_are_compared_exactly() {
    let against = |text: &str, limit| number(text).compare(limit);
    assert_eq!(against("10.000000000000000000001", Limit::Integer(10)), Ordering::Greater);
    assert_eq!(against("9.999999999999999999999", Limit::Float(10.0)), Ordering::Less);
    assert_eq!(against("0.1", Limit::Float(0.1)), Ordering::Equal);
    assert_eq!(against("9007199254740993", Limit::Float(9007199254740992.0)), Ordering::Greater);
    assert_eq!(against("1e400", Limit::Integer(i128::MAX)), Ordering::Greater);
    assert_eq!(against("1e400", Limit::Float(f64::NAN)), Ordering::Equal);
    assert_eq!(against("1e400", Limit::Float(f64::INFINITY)), Ordering::Less);
}

/// Numbers, divisors and whether these divide those.
const MULTIPLES: &[(&str, Limit, bool)] = &[
    ("10", Limit::Integer(5), true),
    ("10.0", Limit::Integer(5), true),
    ("11", Limit::Integer(5), false),
    ("0", Limit::Integer(5), true),
    ("5", Limit::Integer(0), false),
    ("0.0075", Limit::Float(0.0001), true),
    ("0.00751", Limit::Float(0.0001), false),
    ("1.1", Limit::Float(0.1), true),
    ("0.3", Limit::Float(0.1), true),
    ("1e308", Limit::Float(0.123456789), false),
    ("1e308", Limit::Float(0.5), true),
    ("1e999999999999999999", Limit::Integer(1 << 100), true),
    ("1e999999999999999999", Limit::Integer(3), false),
    ("3e999999999999999999", Limit::Integer(-3), true),
    ("1e-999999999999999999", Limit::Integer(1), false),
    ("123456789012345678901234567890", Limit::Integer(10), true),
    ("123456789012345678901234567891", Limit::Integer(10), false),
    ("1000000000000000000000000000000000000000000000000", Limit::Integer(i128::MAX), false),
    ("340282366920938463463374607431768211454", Limit::Integer(i128::MAX), true),
    ("0.10000000000000000000001", Limit::Float(0.1), false),
    ("5", Limit::Float(1e-300), true),
    ("5", Limit::Float(f64::NAN), false),
    ("-7.5", Limit::Float(-2.5), true),
];

#[test]
fn multiples() {
    for (text, divisor, expected) in MULTIPLES {
        assert_eq!(number(text).is_multiple_of(*divisor), *expected, "{text} of {divisor:?}");
    }
    assert!(!Exact::Integer(i128::MIN).is_multiple(Exact::Integer(0)));
    assert!(Exact::Integer(i128::MIN).is_multiple(Exact::Integer(-1)));
}

#[test]
fn integers_have_no_fraction() {
    let integer = |text| Integer::try_from(number(text));
    assert_eq!(
        ["1.0", "1e3", "10e-1", "-0.0"].map(|text| integer(text).unwrap().as_i64()),
        [1, 1000, 1, 0].map(Some)
    );
    assert!(["1.5", "1e-1", "1e-999999999"].map(integer).iter().all(Result::is_err));
    let huge = integer("1e999999999").unwrap();
    assert_eq!((huge.as_i128(), serde_json::to_string(&huge).unwrap().as_str()), (None, "1e999999999"));
    assert!(serde_json::from_str::<Integer>("1.5").unwrap_err().to_string().starts_with("1.5 is no integer"));
    assert!(Integer::try_from(serde_json::Number::from_f64(1.5).unwrap()).is_err());
}
