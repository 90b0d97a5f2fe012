//! The lines of the standard input.

use std::io::{self, BufRead, Read};
use std::thread;

use tokio::sync::mpsc;

use super::emits::MAX_BYTES;
use crate::error::Error;

/// How many lines are read ahead.
const QUEUE: usize = 16;

/// Reads lines, until their end, or until one is no text or too long, which is the last then.
///
/// The thread is never waited for: a read that does not come back holds nobody up.
///
/// # Errors
/// The system denies a thread.
pub fn lines() -> Result<mpsc::Receiver<io::Result<String>>, Error> {
    let (lines, read) = mpsc::channel(QUEUE);
    let reading = move || {
        let mut input = io::stdin().lock();
        while let Some(line) = next(&mut input).transpose() {
            let is_last = line.is_err();
            if lines.blocking_send(line).is_err() || is_last {
                return;
            }
        }
    };
    let started = thread::Builder::new().spawn(reading);
    started.map(|_| read).map_err(|error| Error::new(format!("the system denies a thread: {error}")))
}

fn next(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    let n_bytes = input.take(MAX_BYTES + 1).read_line(&mut line)?;
    match n_bytes as u64 {
        0 => Ok(None),
        n if n > MAX_BYTES => Err(io::Error::other(format!("a line is longer than {MAX_BYTES} bytes"))),
        _ => Ok(Some(line)),
    }
}
