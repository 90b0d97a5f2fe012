//! The command as a user calls it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod call;
mod check;
mod connect;
mod interruption;
mod readme;
mod replay;
mod server;
mod tokens;
mod usage;
mod validate;
