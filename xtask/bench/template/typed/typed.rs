//! From bytes to an event that has been checked and has a type, against serde with and without checks.

use std::hint::black_box;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::measure::compare;

/// A kind of event, as each side reads it.
pub struct Event {
    /// Whether the bytes are one.
    pub ours: fn(&[u8]) -> bool,
    /// As `ours`, by way of a `Value` and its validator.
    pub through_value: fn(&[u8]) -> bool,
    /// As `ours`, without checks.
    pub unchecked: fn(&[u8]) -> bool,
    /// A JSON array.
    pub instances: &'static str,
}

/// The event of two types, ours and a plain one, whose validator is a function.
#[macro_export]
macro_rules! event {
    ($ours:ty, $plain:ty, $is_valid:expr, $instances:literal) => {
        $crate::typed::Event {
            ours: |bytes| std::hint::black_box(<$ours>::from_slice(std::hint::black_box(bytes))).is_ok(),
            through_value: |bytes| $crate::typed::through_value::<$plain>(bytes, $is_valid),
            unchecked: $crate::typed::unchecked::<$plain>,
            instances: include_str!(concat!("../instances/", $instances, ".json")),
        }
    };
}

/// Reads a document, asks about it, and makes a `T` of it.
pub fn through_value<T: DeserializeOwned>(bytes: &[u8], is_valid: fn(&Value) -> bool) -> bool {
    let Ok(value) = serde_json::from_slice::<Value>(black_box(bytes)) else { return false };
    is_valid(&value) && black_box(serde_json::from_value::<T>(value)).is_ok()
}

/// Reads a `T`.
pub fn unchecked<T: DeserializeOwned>(bytes: &[u8]) -> bool {
    black_box(serde_json::from_slice::<T>(black_box(bytes))).is_ok()
}

/// Compares the sides over the events of one figure, and prints how many there are and how long, in bytes.
///
/// # Panics
/// They disagree about an instance, or none is valid.
pub fn figure(name: &str, events: &[Event]) {
    let mut jobs: Vec<(&Event, &[u8])> = Vec::new();
    for event in events {
        let instances: Vec<&RawValue> = serde_json::from_str(event.instances).expect("an array");
        jobs.extend(instances.iter().map(|instance| (event, instance.get().as_bytes())));
    }
    jobs.retain(|(event, bytes)| {
        let verdict = (event.through_value)(bytes);
        assert_eq!((event.ours)(bytes), verdict, "{name}: {:.300}", String::from_utf8_lossy(bytes));
        assert!(!verdict || (event.unchecked)(bytes));
        verdict
    });
    let lengths = || jobs.iter().map(|(_, bytes)| bytes.len());
    let (least, most) = (lengths().min().expect("an event"), lengths().max().expect("an event"));
    println!("events {name} {} {least} {most}", jobs.len());
    let pass = |side: fn(&Event) -> fn(&[u8]) -> bool| {
        let jobs = &jobs;
        move || {
            for (event, bytes) in jobs {
                assert!(side(event)(bytes));
            }
        }
    };
    let ours = || pass(|event| event.ours);
    compare(&format!("typed-vs-value-{name}"), jobs.len(), ours(), pass(|event| event.through_value));
    compare(&format!("typed-vs-serde-{name}"), jobs.len(), ours(), pass(|event| event.unchecked));
}
