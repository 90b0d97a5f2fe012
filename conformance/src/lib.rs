//! Replays recorded sessions against a server and judges what the server sends by its contract.

pub mod capabilities;
pub mod compare;
pub mod event;
pub mod evolution;
pub mod fuzz;
pub mod known;
mod list_file;
pub mod matcher;
pub mod merge;
pub mod mock;
pub mod pattern;
pub mod record;
pub mod report;
pub mod rules;
pub mod run;
pub mod session;
pub mod shard;
pub mod tally;
pub mod testing;
pub mod transport;
pub mod validate;
pub mod verdict;

pub use handfast_payload::{generate, interpret};
