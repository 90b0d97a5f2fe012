//! The formats of JSON Schema (Validation, 7.3), as tests of a text.

mod email;
mod host;
mod idna;
mod pointer;
mod template;
mod time;
mod uri;
mod uuid;

#[cfg(test)]
mod tests;

pub use email::{email, idn_email};
pub use host::{hostname, idn_hostname, ipv4, ipv6};
pub use pointer::{json_pointer, relative_json_pointer};
pub use template::uri_template;
pub use time::{date, date_time, duration, time};
pub use uri::{iri, iri_reference, uri, uri_reference};
pub use uuid::uuid;

/// `regex` (ECMA-262), as `new RegExp(…, "u")` takes it.
#[cfg(feature = "pattern")]
pub fn regex(text: &str) -> bool {
    regress::backends::try_parse(text.chars().map(u32::from), "u".into()).is_ok()
}
