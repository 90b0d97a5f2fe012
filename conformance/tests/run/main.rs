//! The runner around its pure heart: the driver, the server it starts, the reports.

mod driver;
mod reports;
mod script;
#[cfg(unix)]
mod server;
