//! `handfast check`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use handfast_codegen::Document;
use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::load::parse;
use handfast_codegen::source::{Disk, Source};
use handfast_conformance::session::{Loader, Protocol};
use serde_json::{Value, json};

use super::Run;
use crate::diagnostics;
use crate::error::Error;
use crate::exit::{PASSED, WRONG};
use crate::printing::print;
use crate::reading::Reading;

/// Check contracts, schemas and sessions: references, keywords, names, rules, steps
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  handfast check schemas/orbit/asyncapi.yaml conformance/sessions/orbit/*.yaml\n  handfast check --format json schemas/*/asyncapi.yaml | jq .diagnostics\n  handfast check --deny-warnings --resolve https://example.org/=vendor task.schema.json"
)]
pub struct Check {
    /// AsyncAPI documents, JSON Schema files, or sessions
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to say what was found; problems in text go to the standard error
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Take warnings for errors
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    reading: Reading,
}

/// What was found in one file.
struct Checked {
    /// What a sound document holds, in a few words; or what is wrong with it.
    verdict: Result<String, Diagnostics>,
    warnings: Option<Diagnostics>,
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
            let checked = self.check(path);
            match self.format {
                Format::Text => tell(path, &checked)?,
                Format::Json => print(&format!("{}\n", to_json(path, &checked)))?,
            }
            if checked.verdict.is_err() || self.deny_warnings && checked.warnings.is_some() {
                code = WRONG;
            }
        }
        Ok(code)
    }
}

impl Check {
    fn check(&self, path: &Path) -> Checked {
        let mut warnings = None;
        let verdict = if is_session(path) { session(path) } else { self.document(path, &mut warnings) };
        Checked { verdict, warnings }
    }

    fn document(&self, path: &Path, warnings: &mut Option<Diagnostics>) -> Result<String, Diagnostics> {
        let document = self.reading.options(path)?.compile_document(&Disk::default(), path)?;
        *warnings = document.warnings().cloned();
        match document {
            Document::Schema(schema) => Ok(count(schema.files.len(), "file")),
            Document::Contract(compiled) => {
                // The runner's reading knows rules beyond the document's own: the order of lifecycles.
                let contract = Protocol::from_compiled(*compiled, &Disk::default(), path)?.contract;
                let (n_channels, n_events) = (contract.channels.len(), contract.events.len());
                let (channels, events) = (count(n_channels, "channel"), count(n_events, "event"));
                Ok(format!("{} {}: {channels}, {events}", contract.title, contract.version))
            }
        }
    }
}

fn session(path: &Path) -> Result<String, Diagnostics> {
    // Whoever replays it sets the variables; until then each stands for itself.
    let session = Loader::new(&Disk::default(), &|name| Some(format!("${name}"))).load(path)?;
    Ok(format!("{}: {}", session.name, count(session.steps.len(), "step")))
}

/// Whether it can be read, and says that it is a session. What can't be read is for others to tell.
fn is_session(path: &Path) -> bool {
    let root = Disk::default().read(path).ok().and_then(|text| parse(path, &text).ok());
    root.is_some_and(|root| root.get("session").is_some() && root.get("steps").is_some())
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn tell(path: &Path, checked: &Checked) -> Result<(), Error> {
    checked.warnings.iter().for_each(diagnostics::print);
    match &checked.verdict {
        Ok(found) => print(&format!("ok  {}  ({found})\n", path.display())),
        Err(problems) => {
            diagnostics::print(problems);
            Ok(())
        }
    }
}

fn to_json(path: &Path, checked: &Checked) -> Value {
    let found = checked.warnings.iter().chain(checked.verdict.as_ref().err());
    let diagnostics: Vec<_> = found.flat_map(diagnostics::to_json).collect();
    json!({ "file": path.display().to_string(), "ok": checked.verdict.is_ok(), "diagnostics": diagnostics })
}
