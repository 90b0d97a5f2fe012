//! What runs a command that talks to others.

use tokio::runtime::Runtime;

use crate::error::Error;

/// A runtime for `what`: `the runner`.
///
/// # Errors
/// The system denies it.
pub fn runtime(what: &str) -> Result<Runtime, Error> {
    Runtime::new().map_err(|error| Error::new(format!("the system denies what {what} needs: {error}")))
}
