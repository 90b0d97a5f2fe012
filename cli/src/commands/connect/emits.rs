//! `--emit EVENT [JSON]`, as often as it is given.

use std::fs::File;
use std::io::{self, Read};

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::error::Error;

/// The longest payload that is read.
pub const MAX_BYTES: u64 = 16 << 20;

const ID: &str = "emit";

/// The events to send, in order.
#[derive(Debug, Clone, Default)]
pub struct Emits(pub Vec<Emit>);

/// An event to send, as it was given.
#[derive(Debug, Clone)]
pub struct Emit {
    /// Its name.
    pub name: String,
    /// Its payload: JSON, `@FILE`, or `-` for the standard input.
    source: Option<String>,
}

impl FromArgMatches for Emits {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let occurrences = matches.get_occurrences::<String>(ID).into_iter().flatten();
        let emits = occurrences.filter_map(|mut values| {
            Some(Emit { name: values.next()?.clone(), source: values.next().cloned() })
        });
        Ok(Self(emits.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Emits {
    fn augment_args(command: Command) -> Command {
        let help = "Send an event when connected; without JSON, the constants its schema requires. JSON may be @FILE, or - \
                    for the standard input. May be given again";
        command.arg(
            Arg::new(ID)
                .long(ID)
                .value_names(["EVENT", "JSON"])
                .num_args(1..=2)
                .allow_negative_numbers(true)
                .action(ArgAction::Append)
                .help(help),
        )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl Emits {
    /// How many payloads come from the standard input.
    pub fn n_from_stdin(&self) -> usize {
        self.0.iter().filter(|emit| emit.source.as_deref() == Some("-")).count()
    }
}

impl Emit {
    /// The text of its payload, if one was given.
    ///
    /// # Errors
    /// It can't be read.
    pub fn text(&self) -> Result<Option<String>, Error> {
        let Some(source) = &self.source else { return Ok(None) };
        let read = match source.strip_prefix('@') {
            Some(path) => File::open(path).and_then(read),
            None if source == "-" => read(io::stdin()),
            None => Ok(source.clone()),
        };
        let unread = |error| Error::new(format!("the payload of `{}` can't be read: {error}", self.name));
        read.map(Some)
            .map_err(|error| unread(error).help("write JSON, `@FILE`, or `-` for the standard input"))
    }
}

fn read(source: impl Read) -> io::Result<String> {
    let mut text = String::new();
    source.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(format!("it is longer than {MAX_BYTES} bytes")));
    }
    Ok(text)
}
