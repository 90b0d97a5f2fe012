//! Why a command could not do its work.

use std::fmt;
use std::io;

use anstyle::{AnsiColor, Style};
use handfast_codegen::diagnostic::Diagnostics;

use crate::diagnostics;
use crate::exit::{PASSED, WRONG};
use crate::printing;

/// The style of the word that begins an error.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Why a command could not do its work.
#[derive(Debug)]
pub struct Error(Box<Kind>);

#[derive(Debug)]
enum Kind {
    Plain { message: String, help: Option<String> },
    Documents(Vec<Diagnostics>),
    NobodyReads,
}

impl Error {
    /// A problem of the call: what was found and what was wanted.
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Kind::Plain { message: message.into(), help: None }))
    }

    /// Adds one line that can be acted on.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        if let Kind::Plain { help, .. } = self.0.as_mut() {
            *help = Some(line.into());
        }
        self
    }

    /// Documents that are wrong.
    pub fn documents(problems: Vec<Diagnostics>) -> Self {
        Self(Box::new(Kind::Documents(problems)))
    }

    /// What the standard output came to.
    pub fn printing(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self(Box::new(Kind::NobodyReads)),
            _ => Self::new(format!("can't write to the standard output: {error}")),
        }
    }

    /// The process' exit code. A reader that has seen enough, and goes, is no error.
    pub fn code(&self) -> u8 {
        match self.0.as_ref() {
            Kind::NobodyReads => PASSED,
            Kind::Plain { .. } | Kind::Documents(_) => WRONG,
        }
    }

    /// Tells the user.
    pub fn print(&self) {
        match self.0.as_ref() {
            Kind::NobodyReads => {}
            Kind::Plain { .. } => printing::say(&self.to_string()),
            Kind::Documents(problems) => problems.iter().for_each(diagnostics::print),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_ref() {
            Kind::NobodyReads => Ok(()),
            Kind::Plain { message, help } => {
                write!(f, "{ERROR}error{ERROR:#}: {message}")?;
                help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
            }
            Kind::Documents(problems) => problems.iter().try_for_each(|problems| write!(f, "{problems}")),
        }
    }
}

impl std::error::Error for Error {}
