//! The arguments of `handfast validate`.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use handfast_codegen::model::Side;
use handfast_conformance::validate::{Layout, Selection, Unknown};

use crate::error::Error;

const EXAMPLES: &str = "\
Examples:
  handfast validate workflow.schema.json workflows/*.json
  handfast validate asyncapi.yaml events.jsonl --from server
  handfast validate asyncapi.yaml progress.jsonl --event build:progress
  tail -f events.jsonl | handfast validate asyncapi.yaml - --format json | jq -c 'select(.valid | not)'

Exit codes: 0 all documents are valid, 1 some are not, 2 usage, or a file that is wrong or can't be read";

/// Validate JSON documents and JSON Lines by a contract's events or a schema; files of any size, and streams
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Validate {
    /// An AsyncAPI document, or a JSON Schema file
    #[arg(value_name = "CONTRACT|SCHEMA")]
    pub document: PathBuf,
    /// Files of one document each (*.json) or of one a line (*.jsonl, *.ndjson); - is the standard input, one a line
    #[arg(required = true, value_name = "FILE|-")]
    pub files: Vec<PathBuf>,
    /// How documents lie in the files, where their names do not tell
    #[arg(long, value_enum)]
    pub input: Option<Input>,
    /// The event that all documents are; else each is the event it names where the contract says
    #[arg(long, value_name = "NAME")]
    pub event: Option<String>,
    /// The side that sends the documents; else an event of either side will do
    #[arg(long, value_enum, value_name = "SIDE")]
    pub from: Option<From>,
    /// What becomes of events that the contract does not know: counted among the valid ones, or invalid
    #[arg(long, value_enum, default_value_t = IfUnknown::Ignore)]
    pub unknown: IfUnknown,
    /// How to say what was found; with json the summary goes to the standard error
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print the summary only
    #[arg(long, short)]
    pub quiet: bool,
    /// How many violations of one document are told
    #[arg(long, value_name = "N", default_value = "100")]
    pub max_violations: NonZeroUsize,
    /// How many invalid documents are told as text; all are counted
    #[arg(long, value_name = "N", default_value = "100")]
    pub max_shown: u64,
    /// The longest document that is read, as 1000000, 64M or 1G; longer ones are invalid [default: 64M a line, 1G a file]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_bytes: Option<u64>,
    /// How many threads judge [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// How documents lie in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// One document
    Json,
    /// One document a line
    #[value(alias = "ndjson")]
    Jsonl,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// The server
    Server,
    /// The client
    Client,
}

/// What becomes of events that the contract does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum IfUnknown {
    /// They are told and counted: a newer peer may send them
    Ignore,
    /// They are invalid
    Fail,
}

/// How to say what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// JSON Lines, one document each
    Json,
}

impl Validate {
    /// What is said about the documents beforehand.
    pub fn selection(&self) -> Selection {
        let from = self.from.map(|from| match from {
            From::Server => Side::Server,
            From::Client => Side::Client,
        });
        Selection { event: self.event.clone(), from }
    }

    /// What becomes of events that the contract does not know.
    pub fn unknown(&self) -> Unknown {
        match self.unknown {
            IfUnknown::Ignore => Unknown::Ignore,
            IfUnknown::Fail => Unknown::Fail,
        }
    }

    /// How many threads judge.
    pub fn n_jobs(&self) -> usize {
        let processors = || std::thread::available_parallelism().ok();
        self.jobs.or_else(processors).map_or(1, NonZeroUsize::get)
    }

    /// How documents lie in `path`.
    ///
    /// # Errors
    /// Neither the call nor the name says so.
    pub fn layout(&self, path: &Path) -> Result<Layout, Error> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match (self.input, ending.as_deref()) {
            (Some(Input::Json), _) | (None, Some("json")) => Ok(Layout::Document),
            (Some(Input::Jsonl), _) | (None, Some("jsonl" | "ndjson")) => Ok(Layout::Lines),
            (None, _) if path == Path::new("-") => Ok(Layout::Lines),
            (None, _) => Err(Error::new(format!("`{}` may be one document, or one a line", path.display()))
                .help("say which with `--input json` or `--input jsonl`")),
        }
    }
}

fn size(text: &str) -> Result<u64, String> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (amount, unit) = text.split_at(unit_at);
    let factor = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err("it is no size: write `1000000`, `64K`, `64M` or `1G`".to_owned()),
    };
    let bytes = amount.parse::<u64>().ok().and_then(|amount| amount.checked_mul(factor));
    bytes
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "it is no size above 0: write `1000000`, `64K`, `64M` or `1G`".to_owned())
}
