//! The command as a user calls it.

mod call;
mod check;
mod interruption;
mod replay;
mod server;
mod usage;
