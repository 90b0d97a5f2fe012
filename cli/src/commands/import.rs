//! `handfast import`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use handfast_conformance::record::har::{self, Har};

use super::Run;
use crate::error::Error;
use crate::exit::{FAILED, PASSED};
use crate::printing::say;
use crate::recording::{Outputs, Recording};

const EXAMPLES: &str = "\
Examples:
  handfast import har page.har --contract schemas/orbit/asyncapi.yaml --out install.yaml
  handfast import har page.har --contract schemas/builder/asyncapi.yaml --out build.yaml --compare again.har
  handfast import har page.har --contract schemas/orbit/asyncapi.yaml --out install.yaml --raw install.jsonl --format json";

/// The longest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 30;

/// Make sessions of what a browser or a proxy recorded
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Import {
    /// What the file is
    #[arg(value_enum, value_name = "FORMAT")]
    kind: Kind,
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The AsyncAPI document
    #[arg(long, value_name = "CONTRACT")]
    contract: PathBuf,
    /// Another recording of the same: what differs becomes a matcher, what doesn't stays
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    #[command(flatten)]
    outputs: Outputs,
}

/// What can be imported.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// HTTP Archive, as Chrome, Playwright and mitmproxy write it
    Har,
}

impl Run for Import {
    const NAME: &'static str = "import";

    fn run(self) -> Result<u8, Error> {
        let Kind::Har = self.kind;
        let other = self.compare.as_deref().map(read).transpose()?.unwrap_or_default();
        let Har { traces, notes } = read(&self.file)?;
        let (mut recording, _) = Recording::open(&self.contract, &self.outputs, other.traces)?;
        for trace in traces {
            recording.take(trace)?;
        }
        notes.iter().for_each(|note| say(&format!("note: {note}")));
        let n_sessions = recording.finish()?;
        if n_sessions == 0 {
            say("nothing was imported: the file has no connection on a channel of the contract");
        }
        Ok(if n_sessions == 0 { FAILED } else { PASSED })
    }
}

fn read(path: &Path) -> Result<Har, Error> {
    let unreadable = |reason: String| Error::new(format!("{} can't be read: {reason}", path.display()));
    let n_bytes = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if n_bytes > MAX_BYTES {
        return Err(unreadable(format!("it is longer than {MAX_BYTES} bytes")));
    }
    let text = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    har::read(&text, &|name| beside(folder, name))
        .map_err(|error| Error::new(format!("{} is no HAR file: {error}", path.display())))
}

/// The text of a file beside the HAR. Its name comes from strangers, and leads nowhere else.
fn beside(folder: &Path, name: &str) -> Result<String, String> {
    if Path::new(name).file_name().is_none_or(|last| last != name) {
        return Err("it is not beside the HAR file".to_owned());
    }
    std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
}
