//! The arguments of `handfast compare`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use handfast_conformance::compare::Reading as Producers;
use handfast_conformance::evolution::{Grade, Mode, Settings};

use crate::reading::Reading;

const EXAMPLES: &str = "\
Examples:
  handfast compare main schemas/orbit/asyncapi.yaml
  handfast compare main:schemas/orbit/asyncapi.yaml schemas/orbit/asyncapi.yaml --mode forward
  handfast compare v1.0 v1.1 v2.0 asyncapi.yaml
  handfast compare old.schema.json new.schema.json --reading strict
  handfast compare main schemas --format github
  handfast compare main asyncapi.yaml --exceptions compatibility.yaml
  handfast compare main asyncapi.yaml --fix
  registry export | handfast compare --batch - --format json | jq -c 'select(.verdict != \"compatible\")'

A line of a batch is {\"id\": …, \"dialect\": \"draft7\", \"producer\": {…}, \"consumer\": {…}}; what comes of it is a line, too:
`verdict` and `declared_only` (compatible, breaking, unknown), `witness` and `because`. Its exit code is 0 once every line was
judged.

Exit codes: 0 nobody breaks, 1 somebody breaks, 4 that could not be decided, 2 usage, or a file that is wrong or can't be read";

/// Compare two versions of a contract or schema: who breaks, which change did it, and a payload that proves it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Compare {
    /// The old versions, and the new one last: files, folders, `REVISION:PATH` of git, or a revision that has the new one's path.
    /// The new one is compared with each
    #[arg(required_unless_present = "batch", num_args = 2.., value_names = ["OLD", "NEW"])]
    pub versions: Vec<String>,
    /// Compare pairs of schemas, one a line of JSON; - is the standard input
    #[arg(long, value_name = "FILE|-", conflicts_with = "versions")]
    pub batch: Option<PathBuf>,
    /// How many threads compare [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// What has to be safe: `backward` that new consumers read what old producers send, `forward` that old consumers read what
    /// new producers send
    #[arg(long, value_enum, default_value_t = Ways::Full)]
    pub mode: Ways,
    /// What producers are taken to send: everything their schema accepts, or of that what has no undeclared members
    #[arg(long, value_enum, default_value_t = Sent::DeclaredOnly)]
    pub reading: Sent,
    /// The lightest grade of findings that fails
    #[arg(long, value_enum, value_name = "GRADE", default_value_t = FailOn::Dangerous)]
    pub fail_on: FailOn,
    /// A list of findings to let pass for a while; goes before that of handfast.toml
    #[arg(long, value_name = "FILE")]
    pub exceptions: Option<PathBuf>,
    /// Where the contract wants a new name for what breaks, write it: the old event as it was, and a new one beside it
    #[arg(long, conflicts_with = "batch")]
    pub fix: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print only what fails
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print what came of every payload
    #[arg(long, short)]
    pub verbose: bool,
    #[command(flatten)]
    pub documents: Reading,
}

/// What has to be safe.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Ways {
    /// New consumers read what old producers send
    Backward,
    /// Old consumers read what new producers send
    Forward,
    /// Both
    Full,
}

/// What producers are taken to send.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Sent {
    /// No members but those the contract declares
    DeclaredOnly,
    /// Everything the contract allows
    Strict,
}

/// The lightest grade of findings that fails.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FailOn {
    /// What changes generated code, and all below
    Api,
    /// What breaks consumers that take closed lists for closed, and all below
    Dangerous,
    /// What breaks somebody
    Breaking,
}

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON document; of a batch a line each
    Json,
    /// JUnit XML
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

impl FailOn {
    /// The grade.
    pub const fn grade(self) -> Grade {
        match self {
            Self::Api => Grade::Api,
            Self::Dangerous => Grade::Dangerous,
            Self::Breaking => Grade::Breaking,
        }
    }
}

impl Compare {
    /// What counts.
    pub fn settings(&self) -> Settings {
        let mode = match self.mode {
            Ways::Backward => Mode::Backward,
            Ways::Forward => Mode::Forward,
            Ways::Full => Mode::Full,
        };
        let reading = match self.reading {
            Sent::DeclaredOnly => Producers::DeclaredOnly,
            Sent::Strict => Producers::Strict,
        };
        Settings { mode, reading, ..Settings::default() }
    }
}
