//! `handfast compare`

mod batch;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Run;
use crate::error::Error;

const EXAMPLES: &str = "\
Examples:
  handfast compare --batch pairs.jsonl --format json
  registry export | handfast compare --batch - --format json | jq -c 'select(.verdict != \"compatible\")'

A line of a batch is {\"id\": …, \"dialect\": \"draft7\", \"producer\": {…}, \"consumer\": {…}}; what comes of it is a line, too:
`verdict` and `declared_only` (compatible, breaking, unknown), `witness` and `because`.

Exit codes: 0 every line was judged, 2 usage, or a file or a line that is wrong or can't be read";

/// Tell whether everything that a producer's schema accepts is accepted by a consumer's
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Compare {
    /// Pairs of schemas, one a line; - is the standard input
    #[arg(long, value_name = "FILE|-")]
    batch: PathBuf,
    /// How to say what was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many threads compare [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// How to say what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// JSON Lines
    Json,
}

impl Run for Compare {
    const NAME: &'static str = "compare";

    fn run(self) -> Result<u8, Error> {
        batch::run(&self.batch, self.format, self.jobs)
    }
}
