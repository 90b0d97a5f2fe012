//! Where it is told: events on the standard output, what becomes of the connection beside it.

use super::arguments::{Connect, Format};
use super::told::{Link, Told};
use super::{json, text};
use crate::error::Error;
use crate::printing::{print, say};

/// Prints what is told, each at once.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    format: Format,
    is_full: bool,
}

impl Screen {
    /// As the arguments want it.
    pub const fn new(arguments: &Connect) -> Self {
        Self { format: arguments.format, is_full: arguments.full }
    }

    /// Tells of an event.
    ///
    /// # Errors
    /// Nobody reads it.
    pub fn event(&self, event: &Told<'_>) -> Result<(), Error> {
        match self.format {
            // The terminal may have another width than a moment ago.
            Format::Text => print(&text::event(event, if self.is_full { None } else { text::width() })),
            Format::Json => print(&json::event(event)),
        }
    }

    /// Tells what becomes of the connection: people on the standard error, programs where they read.
    ///
    /// # Errors
    /// Nobody reads it.
    pub fn link(&self, link: &Link<'_>) -> Result<(), Error> {
        if self.format == Format::Text {
            say(&text::link(link));
        }
        self.record(link)
    }

    /// Tells programs what becomes of the connection; people are told otherwise.
    ///
    /// # Errors
    /// Nobody reads it.
    pub fn record(&self, link: &Link<'_>) -> Result<(), Error> {
        if self.format == Format::Json { print(&json::link(link)) } else { Ok(()) }
    }
}
