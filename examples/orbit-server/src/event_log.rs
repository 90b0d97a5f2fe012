//! The latest events on disk, so that clients can resume over a restart of the server.
//!
//! One event a line, as clients receive it, the oldest first. An event is written before anyone sees it: whatever a client has
//! received, the next process knows. It is handed to the operating system and not forced to the disk, so that it outlives
//! this process, but perhaps not a power cut.

use std::collections::VecDeque;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::event::Event;

/// How many lines that nobody can resume over any more make the file worth writing anew.
const MAX_STALE: usize = 1000;

/// An event log that belongs to this process.
#[derive(Debug)]
pub struct EventLog {
    path: PathBuf,
    file: File,
    n_lines: usize,
}

impl EventLog {
    /// Opens a log, or makes it, and gives its `n_latest` latest events.
    ///
    /// # Errors
    /// The file cannot be read or written, holds something else, or is another server's.
    pub fn open(path: &Path, n_latest: usize) -> io::Result<(Self, VecDeque<Arc<Event>>)> {
        let name = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(name)?;
        file.try_lock().map_err(|error| name(error.into()))?;
        let mut events = read(&file).map_err(name)?;
        events.drain(..events.len().saturating_sub(n_latest));
        let mut log = Self { path: path.to_owned(), file, n_lines: 0 };
        log.write_anew(&events).map_err(name)?;
        Ok((log, events))
    }

    /// Adds an event, the last of `latest`.
    ///
    /// # Errors
    /// The file cannot be written. The next event that can be brings this one with it.
    pub fn append(&mut self, event: &Event, latest: &VecDeque<Arc<Event>>) -> io::Result<()> {
        if self.n_lines >= latest.len().saturating_add(MAX_STALE) {
            return self.write_anew(latest);
        }
        // Until it is known to be whole, the line counts as one that asks for a new file.
        let n_lines = std::mem::replace(&mut self.n_lines, usize::MAX);
        self.file.write_all(format!("{}\n", event.json).as_bytes())?;
        self.n_lines = n_lines + 1;
        Ok(())
    }

    /// Replaces the file at once, so that there is a whole one at any time.
    fn write_anew(&mut self, events: &VecDeque<Arc<Event>>) -> io::Result<()> {
        self.n_lines = usize::MAX;
        let lines: String = events.iter().map(|event| format!("{}\n", event.json)).collect();
        let path = self.path.with_added_extension("new");
        let mut file = File::create(&path)?;
        file.try_lock()?;
        file.write_all(lines.as_bytes())?;
        fs::rename(&path, &self.path)?;
        (self.file, self.n_lines) = (file, events.len());
        Ok(())
    }
}

/// Reads all events. A last line that has no end was not written whole, and nobody has seen its event.
fn read(file: &File) -> io::Result<VecDeque<Arc<Event>>> {
    let mut file = BufReader::new(file);
    let (mut events, mut line) = (VecDeque::new(), String::new());
    while file.read_line(&mut line)? > 0 && line.ends_with('\n') {
        let event = Event::from_json(line.trim_end()).map_err(|error| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("line {} is no event: {error}", events.len() + 1),
            )
        })?;
        events.push_back(Arc::new(event));
        line.clear();
    }
    Ok(events)
}
