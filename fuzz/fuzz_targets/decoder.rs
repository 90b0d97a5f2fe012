//! Any bytes as an instance of generated types: they read what `serde_json` parses and their schema accepts, say of
//! the rest what the plan says, and write what they read as it was.

#![no_main]

use std::path::Path;

use handfast::serde::Serialize;
use handfast::serde::de::DeserializeOwned;
use handfast::{Decode, Error, ErrorKind, Kind, Reader, Stop, Violation, equal, read_whole};
use handfast_codegen::model::Side;
use handfast_codegen::source::Disk;
use handfast_codegen::{Compiled, compile};
use handfast_fuzz::interpret;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

mod orbit {
    handfast::contract!("../schemas/orbit/asyncapi.yaml");
}

mod builder {
    handfast::contract!("../schemas/builder/asyncapi.yaml");
}

handfast::schema!(pub Everything = "../conformance/tests/agreement/schemas/everything.schema.json");

thread_local! {
    static ORBIT: Compiled = contract("orbit");
    static BUILDER: Compiled = contract("builder");
}

fn contract(name: &str) -> Compiled {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas").join(name);
    compile(&Disk::at(&folder), Path::new("asyncapi.yaml")).unwrap_or_else(|problems| panic!("{problems}"))
}

fuzz_target!(|bytes: &[u8]| {
    let parsed = serde_json::from_slice::<Value>(bytes).ok();
    assert_eq!(read_whole::<Value>(bytes).ok(), parsed);
    let expected = match &parsed {
        // Types keep digits that a `Value` loses, and judge by them.
        _ if read_whole::<LongNumber>(bytes) == Ok(LongNumber(true)) => Expected::Anything,
        Some(value) => Expected::Verdict(value),
        None => Expected::Syntax,
    };
    everything(bytes, &expected);
    orbit_event(bytes, &expected);
    if let Expected::Verdict(value) = expected {
        builder_events(value);
    }
});

/// What must become of bytes.
enum Expected<'v> {
    /// They are no JSON.
    Syntax,
    /// What the plan says of this value.
    Verdict(&'v Value),
    /// Anything but a panic.
    Anything,
}

/// Holds what was read of bytes against what is expected; `violations` asks the plan, and `written` is what is written
/// of it.
fn hold<T>(
    read: Result<T, Error>,
    expected: &Expected<'_>,
    violations: impl Fn(&Value) -> Vec<Violation>,
    written: impl Fn(&T) -> Vec<u8>,
) {
    match (read, expected) {
        (Ok(read), Expected::Anything) => drop(written(&read)),
        (Err(_), Expected::Anything) => {}
        (Ok(read), Expected::Verdict(value)) => {
            let (violations, written) = (violations(value), written(&read));
            assert!(violations.is_empty(), "{value} was read: {violations:?}");
            let written: Value = serde_json::from_slice(&written).expect("what is written is JSON");
            assert!(equal(&written, value), "{value} became {written}");
        }
        (Err(error), Expected::Verdict(value)) => {
            let mut told: Vec<_> = error.violations().into_iter().flatten().cloned().collect();
            told.iter_mut().for_each(|violation| violation.place = None);
            assert_eq!(told, violations(value), "{value} was not read: {error}");
            assert!(!told.is_empty(), "{value} was not read: {error}");
        }
        (Ok(_), Expected::Syntax) => panic!("what is no JSON was read"),
        (Err(error), Expected::Syntax) => assert_eq!(error.kind(), ErrorKind::Syntax, "{error}"),
    }
}

fn everything(bytes: &[u8], expected: &Expected<'_>) {
    fn written<T: Serialize>(read: &T) -> Vec<u8> {
        serde_json::to_vec(read).expect("what is read can be written")
    }
    fn through_serde<T: DeserializeOwned>(bytes: &[u8]) -> bool {
        serde_json::from_slice::<T>(bytes).is_ok()
    }
    let violations = |value: &Value| {
        let told = Everything::validate(value);
        assert_eq!(told.is_ok(), Everything::is_valid(value), "{value}");
        told.err().into_iter().flat_map(|all| all.iter().cloned().collect::<Vec<_>>()).collect()
    };
    hold(Everything::from_slice(bytes), expected, violations, written);
    let by_serde = through_serde::<Everything>(bytes);
    if let Expected::Verdict(value) = expected {
        assert_eq!(by_serde, Everything::is_valid(value), "{value}");
        hold(Everything::from_value((*value).clone()), expected, violations, written);
    }
}

fn violations(contract: &Compiled, side: Side, name: &str, value: &Value) -> Vec<Violation> {
    let event = contract.contract.event(side, name).map(|event| &contract.contract[event]);
    let payload = event.and_then(|event| event.payload);
    payload.map_or(Vec::new(), |payload| interpret::violations(&contract.plan, payload, value))
}

/// An event whose name stands in its payload.
fn orbit_event(bytes: &[u8], expected: &Expected<'_>) {
    let written = |event: &orbit::ServerEvent| event.to_vec().expect("what is read can be written");
    let read = orbit::ServerEvent::from_slice(bytes);
    if let Expected::Verdict(value) = expected {
        let name = value.pointer("/type").and_then(Value::as_str);
        let Some(name) = name else {
            let kind = read.err().map(|error| error.kind());
            assert_eq!(kind, Some(ErrorKind::Unnamed), "{value}");
            return;
        };
        let violations = |value: &Value| ORBIT.with(|orbit| violations(orbit, Side::Server, name, value));
        hold(read, expected, violations, written);
    } else {
        hold(read, expected, |_| Vec::new(), written);
    }
}

/// Every event that has no name in its payload.
fn builder_events(value: &Value) {
    for name in builder::ServerEvent::NAMES {
        let read = builder::ServerEvent::from_parts(name, value.clone());
        let violations =
            |value: &Value| BUILDER.with(|builder| violations(builder, Side::Server, name, value));
        hold(read, &Expected::Verdict(value), violations, |event| event.to_vec().expect("it can be written"));
    }
    for name in builder::ClientEvent::NAMES {
        let read = builder::ClientEvent::from_parts(name, value.clone());
        let violations =
            |value: &Value| BUILDER.with(|builder| violations(builder, Side::Client, name, value));
        hold(read, &Expected::Verdict(value), violations, |event| event.to_vec().expect("it can be written"));
    }
}

/// Whether a text of JSON's grammar holds a number that a `Value` may not hold in all its digits.
#[derive(PartialEq)]
struct LongNumber(bool);

impl Decode for LongNumber {
    fn read(input: &mut Reader<'_>) -> Result<Self, Stop> {
        let mut is_long = false;
        match input.peek()? {
            Kind::Number => is_long = is_long_number(input.number()?),
            Kind::Array => {
                let mut array = input.begin_array()?;
                while input.next_item(&mut array)? {
                    is_long |= Self::read(input)?.0;
                }
            }
            Kind::Object => {
                let mut object = input.begin_object()?;
                while input.next_key(&mut object)?.is_some() {
                    is_long |= Self::read(input)?.0;
                }
            }
            Kind::Null | Kind::Boolean | Kind::String => drop(input.skip()?),
        }
        Ok(Self(is_long))
    }
}

fn is_long_number(text: &str) -> bool {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let has_many_digits = digits.bytes().filter(u8::is_ascii_digit).count() > 15;
    let is_integer = text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok();
    let is_far = !exponent.parse().is_ok_and(|exponent: i32| exponent.abs() < 280);
    has_many_digits && !is_integer || is_far
}
