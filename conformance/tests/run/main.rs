//! The runner around its pure heart: the driver, the server it starts, the reports.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod annotations;
mod driver;
mod merging;
mod page;
mod reports;
mod script;
#[cfg(unix)]
mod server;
