//! Types of other crates that stand for the texts of a format, where the format says what they read.

#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "uuid")]
mod uuid;
