//! Types and validators for real-time event protocols, generated from one AsyncAPI document.
//!
//! This crate is what generated code links against: small, without I/O. The macros of the same name as its back-end's
//! entry points, [`contract!`] and [`schema!`], come with the default feature `macros`.
//!
//! ```
//! use handfast::Validate;
//!
//! let violation = handfast::Violation::new("minimum", "/progress", "task.json#/minimum", [("limit", 0.into())]);
//! assert_eq!(violation.to_string(), "`/progress` breaks `minimum` (limit 0) of task.json#/minimum");
//! # struct Any;
//! # impl Validate for Any {
//! #     fn test<R: handfast::rule::Report>(_: &serde_json::Value, _: handfast::rule::At<'_>, _: &mut R) -> bool { true }
//! # }
//! assert!(Any::is_valid(&serde_json::Value::Null));
//! ```

mod decode;
mod deserialize;
mod error;
mod event;
#[cfg(any(feature = "jiff", feature = "uuid"))]
mod foreign;
pub mod format;
mod json;
mod member;
mod number;
#[cfg(feature = "pattern")]
mod pattern;
mod place;
mod reader;
pub mod rule;
mod text;
mod violation;
#[doc(hidden)]
pub mod wire;

pub use decode::Decode;
#[doc(hidden)]
pub use decode::{decode_slowly, read_whole};
pub use error::{Error, ErrorKind};
pub use event::UnknownEvent;
pub use json::equal;
pub use number::{Integer, InvalidNumber, NotFinite, Number, OutOfRange, Ranged};
#[cfg(feature = "pattern")]
pub use pattern::Pattern;
pub use place::{Place, locate};
pub use reader::{Array, Kind, Mark, Object, Reader, Stop};
pub use rule::Validate;
#[cfg(feature = "pattern")]
pub use text::Regex;
pub use text::{
    Date, DateTime, Duration, Email, Hostname, IdnEmail, IdnHostname, InvalidText, Ipv4, Ipv6, Iri,
    IriReference, JsonPointer, RelativeJsonPointer, Time, Uri, UriReference, UriTemplate, Uuid,
};
pub use violation::{Violation, Violations};
pub use wire::with_serde;

#[doc(hidden)]
pub use {serde, serde_json};

/// What the expansion of the macros needs.
#[doc(hidden)]
#[cfg(feature = "macros")]
pub mod __macros {
    pub use handfast_macros::{contract, schema};
}

/// Generates the types, validators and event enums of a contract, beside this call.
///
/// The path is relative to the crate's `Cargo.toml`; the crate is rebuilt when a file behind the contract changes.
/// A contract that is wrong is a compile error that names file, line and pointer. Behind the path may stand what is chosen about
/// the types, as in `handfast.toml`: `derive(…), attribute(…), scalar(…), name(…), replace(…),
/// proptest(…)`.
///
/// ```
/// mod orbit {
///     handfast::contract!("schemas/orbit/asyncapi.yaml");
/// }
///
/// let event = orbit::ServerEvent::from_slice(br#"{ "type": "task.paused" }"#)?;
/// match &event {
///     orbit::ServerEvent::TaskCompleted(event) => println!("{}", event.payload.task_id),
///     orbit::ServerEvent::Unknown(event) => assert_eq!(event.name(), "task.paused"),
///     _ => {}
/// }
/// # Ok::<(), handfast::Error>(())
/// ```
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! contract {
    ($($input:tt)*) => { $crate::__macros::contract! { $crate; $($input)* } };
}

/// Generates the types and validators of one JSON Schema, beside this call: `schema!(pub Workflow = "workflow.json");`.
///
/// As [`contract!`] otherwise.
///
/// ```
/// handfast::schema!(pub TaskCreated = "schemas/orbit/events/task.created.schema.json");
///
/// let violations = TaskCreated::validate(&serde_json::json!({ "type": "task.created" })).unwrap_err();
/// assert_eq!(violations.iter().next().unwrap().code, "required");
/// ```
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! schema {
    ($($input:tt)*) => { $crate::__macros::schema! { $crate; $($input)* } };
}

/// The examples of the README, compiled and run.
#[cfg(all(doctest, feature = "macros"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// The examples of the guide to types, compiled and run.
#[cfg(all(doctest, feature = "macros"))]
#[doc = include_str!("../docs/types.md")]
struct Types;
