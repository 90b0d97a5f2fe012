//! Blobs: the whole stream of events of a run, to be reported later, elsewhere, and together with other parts of the run.
//!
//! A line that says what the file is, and the events as JSON Lines below it.

use std::fmt;
use std::io::{self, BufRead};

use serde::{Deserialize, Serialize};

use super::{Report, Sink};
use crate::event::RunEvent;

/// The version of the form in which events stand in a blob. What an older version wrote is not guessed at.
const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Header {
    handfast_blob: u32,
}

/// A report to be reported again.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(Blob { sink, has_begun: false })
}

struct Blob {
    sink: Sink,
    has_begun: bool,
}

impl Report for Blob {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        let out = &mut self.sink.out;
        if !std::mem::replace(&mut self.has_begun, true) {
            serde_json::to_writer(&mut *out, &Header { handfast_blob: VERSION })?;
            out.write_all(b"\n")?;
        }
        serde_json::to_writer(&mut *out, event)?;
        out.write_all(b"\n")?;
        if matches!(event, RunEvent::RunFinished(_)) { out.flush() } else { Ok(()) }
    }
}

/// Why a file is no blob, with the line.
#[derive(Debug)]
pub struct NoBlob(String);

impl fmt::Display for NoBlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoBlob {}

/// The events of a blob.
///
/// # Errors
/// It can't be read, is no blob, or one of another version.
pub fn read_blob(lines: impl BufRead) -> Result<Vec<RunEvent>, NoBlob> {
    let mut lines = lines.lines();
    let first =
        lines.next().unwrap_or_else(|| Ok(String::new())).map_err(|error| NoBlob(error.to_string()))?;
    match serde_json::from_str(&first) {
        Ok(Header { handfast_blob: VERSION }) => {}
        Ok(Header { handfast_blob }) => {
            return Err(NoBlob(format!(
                "it is a blob of version {handfast_blob}, and this command reads {VERSION}"
            )));
        }
        Err(_) => return Err(NoBlob("it is no blob, which `--report blob=FILE` writes".to_owned())),
    }
    let event = |(idx, line): (usize, io::Result<String>)| {
        let line = line.map_err(|error| NoBlob(error.to_string()))?;
        serde_json::from_str(&line).map_err(|error| NoBlob(format!("line {}: {error}", idx + 2)))
    };
    lines.enumerate().map(event).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read_blob(text.as_bytes()).unwrap_err().to_string(), expected);
    }

    #[test]
    fn what_is_no_blob_is_told() {
        let none = "it is no blob, which `--report blob=FILE` writes";
        check("", none);
        check("<?xml version=\"1.0\"?>", none);
        check("{\"event\":\"run-started\"}", none);
        check("{\"handfast-blob\":2}\n", "it is a blob of version 2, and this command reads 1");
        let cut = read_blob("{\"handfast-blob\":1}\n{\"event\":".as_bytes()).unwrap_err().to_string();
        assert!(cut.starts_with("line 2: "), "{cut}");
    }
}
