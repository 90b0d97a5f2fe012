//! Writes to the terminal; whoever has gone meanwhile is not missed.

use std::io::{self, Write};

use crate::error::Error;

/// Writes `text` to the standard output.
///
/// # Errors
/// It can't be written.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Error::printing(&error))
}

/// Writes `text` and a line's end to the standard error.
pub fn say(text: &str) {
    // There is nowhere else to say it.
    let _: io::Result<()> = writeln!(anstream::stderr().lock(), "{text}");
}
