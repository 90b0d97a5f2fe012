//! The command as a user calls it.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

#[cfg(unix)]
mod action;
mod batch;
mod call;
mod capabilities;
mod check;
#[cfg(unix)]
mod ci;
mod compare;
mod connect;
mod fuzz;
mod interruption;
mod mock;
mod orbit;
mod readme;
mod record;
mod replay;
mod server;
mod tokens;
mod usage;
mod validate;
