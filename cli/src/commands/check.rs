//! `handfast check`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::load::parse;
use handfast_codegen::source::{Disk, Source};
use handfast_codegen::{Document, compile_document};
use handfast_conformance::session::{Loader, Protocol};
use serde_json::{Value, json};

use super::Run;
use crate::diagnostics;
use crate::error::Error;
use crate::exit::{PASSED, WRONG};
use crate::printing::print;

/// Check contracts, schemas and sessions: references, keywords, names, rules, steps
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  handfast check schemas/orbit/asyncapi.yaml conformance/sessions/orbit/*.yaml\n  handfast check --format json schemas/*/asyncapi.yaml | jq .diagnostics"
)]
pub struct Check {
    /// AsyncAPI documents, JSON Schema files, or sessions
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to say what was found; problems in text go to the standard error
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// JSON Lines, one file each
    Json,
}

impl Run for Check {
    const NAME: &'static str = "check";

    fn run(self) -> Result<u8, Error> {
        let mut code = PASSED;
        for path in &self.files {
            let checked = check(path);
            match self.format {
                Format::Text => tell(path, &checked)?,
                Format::Json => print(&format!("{}\n", to_json(path, &checked)))?,
            }
            if checked.is_err() {
                code = WRONG;
            }
        }
        Ok(code)
    }
}

/// What a sound document holds, in a few words.
fn check(path: &Path) -> Result<String, Diagnostics> {
    if is_session(path) {
        // Whoever replays it sets the variables; until then each stands for itself.
        let session = Loader::new(&Disk::default(), &|name| Some(format!("${name}"))).load(path)?;
        return Ok(format!("{}: {}", session.name, count(session.steps.len(), "step")));
    }
    match compile_document(&Disk::default(), path)? {
        Document::Schema(schema) => Ok(count(schema.files.len(), "file")),
        Document::Contract(_) => {
            // The runner's reading knows rules beyond the document's own: the order of lifecycles.
            let contract = Protocol::compile(&Disk::default(), path)?.contract;
            let (n_channels, n_events) = (contract.channels.len(), contract.events.len());
            let (channels, events) = (count(n_channels, "channel"), count(n_events, "event"));
            Ok(format!("{} {}: {channels}, {events}", contract.title, contract.version))
        }
    }
}

/// Whether it can be read, and says that it is a session. What can't be read is for others to tell.
fn is_session(path: &Path) -> bool {
    let root = Disk::default().read(path).ok().and_then(|text| parse(path, &text).ok());
    root.is_some_and(|root| root.get("session").is_some() && root.get("steps").is_some())
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn tell(path: &Path, checked: &Result<String, Diagnostics>) -> Result<(), Error> {
    match checked {
        Ok(found) => print(&format!("ok  {}  ({found})\n", path.display())),
        Err(problems) => {
            diagnostics::print(problems);
            Ok(())
        }
    }
}

fn to_json(path: &Path, checked: &Result<String, Diagnostics>) -> Value {
    let diagnostics = checked.as_ref().err().map(diagnostics::to_json).unwrap_or_default();
    json!({ "file": path.display().to_string(), "ok": checked.is_ok(), "diagnostics": diagnostics })
}
