//! From what a client and a server say to sessions: recorded by a proxy, or read from a HAR file.
//!
//! ```text
//! proxy | har → traces → secrets → raw lines
//!                              └→ script → the session's file
//! ```
//!
//! Whatever a trace comes from, it is written in one way, and never before its secrets were replaced.

pub mod har;
pub mod proxy;
pub mod raw;
mod recorder;
pub mod script;
mod secrets;
mod sessions;
pub mod trace;

pub use recorder::{ConnectionId, MAX_BYTES, Recorded, Recorder};
pub(crate) use script::yaml;
pub use secrets::Secrets;
pub use sessions::{Sessions, Written};
