//! Puts the sessions of a recording on the disk, and says what was written.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::emit;
use handfast_codegen::source::Disk;
use handfast_conformance::record::trace::Trace;
use handfast_conformance::record::{Sessions, Written};
use handfast_conformance::session::{Loader, Protocol};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::diagnostics;
use crate::error::Error;
use crate::printing::{print, say};

/// Where a recording goes.
#[derive(Debug, Args)]
pub struct Outputs {
    /// The session's file; those of further connections are numbered: install.yaml, install-2.yaml
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Keep everything that crossed the wire, secrets replaced, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub raw: Option<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How to say what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// JSON Lines
    Json,
}

/// Writes what is recorded.
#[derive(Debug)]
pub struct Recording {
    sessions: Sessions,
    raw: Option<(PathBuf, NamedTempFile)>,
    format: Format,
}

impl Recording {
    /// Prepares the files, so that a place that can't be written is known before anything is recorded.
    ///
    /// # Errors
    /// The contract is wrong, or a file can't be written.
    pub fn open(
        contract: &Path,
        outputs: &Outputs,
        other: Vec<Trace>,
    ) -> Result<(Self, Arc<Protocol>), Error> {
        let wrong = |problems: Diagnostics| Error::documents(vec![problems]);
        let protocol = Arc::new(Protocol::compile(&Disk::default(), contract).map_err(wrong)?);
        let folder = folder(&outputs.out);
        std::fs::create_dir_all(folder).map_err(|error| not_written(folder, &error))?;
        if outputs.out.is_dir() {
            return Err(Error::new(format!("{} is a folder", outputs.out.display()))
                .help(format!("name a file: {}", outputs.out.join("session.yaml").display())));
        }
        let relative = relative(folder, contract).map_err(|error| not_written(contract, &error))?;
        let mut sessions = Sessions::new(Arc::clone(&protocol), &outputs.out, relative);
        sessions.compare_with(other);
        let raw =
            outputs.raw.as_ref().map(|path| beside(path).map(|file| (path.clone(), file))).transpose()?;
        Ok((Self { sessions, raw, format: outputs.format }, protocol))
    }

    /// Writes the sessions of a connection that is over.
    ///
    /// # Errors
    /// A file can't be written.
    pub fn take(&mut self, trace: Trace) -> Result<(), Error> {
        let Written { raw, sessions, notes } = self.sessions.take(trace);
        if let Some((path, file)) = &mut self.raw {
            file.write_all(raw.as_bytes()).map_err(|error| not_written(path, &error))?;
        }
        for (path, channel, script) in sessions {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let files = BTreeMap::from([(name, script.text)]);
            emit::write(folder(&path), &files).map_err(|error| not_written(&path, &error))?;
            self.tell(&path, &channel, script.n_steps, &script.variables)?;
            check(&path);
        }
        notes.iter().for_each(|note| say(&format!("note: {note}")));
        Ok(())
    }

    fn tell(&self, path: &Path, channel: &str, n_steps: usize, variables: &[String]) -> Result<(), Error> {
        if self.format == Format::Json {
            let file = path.display().to_string();
            let line = json!({ "event": "written", "file": file, "channel": channel, "steps": n_steps, "environment": variables });
            return print(&format!("{line}\n"));
        }
        let steps = if n_steps == 1 { "1 step".to_owned() } else { format!("{n_steps} steps") };
        let wants =
            if variables.is_empty() { String::new() } else { format!("; wants {}", variables.join(", ")) };
        print(&format!("wrote {}: {steps} on `{channel}`{wants}\n", path.display()))
    }

    /// Puts the raw file in its place; gives how many sessions were written.
    ///
    /// # Errors
    /// It can't be written.
    pub fn finish(self) -> Result<usize, Error> {
        if let Some((path, file)) = self.raw {
            file.persist(&path).map_err(|error| not_written(&path, &error.error))?;
        }
        Ok(self.sessions.n_sessions())
    }

    /// Says something that happens beside the files: a line for people, or JSON.
    ///
    /// # Errors
    /// Nobody can be told.
    pub fn announce(&self, text: &str, value: &Value) -> Result<(), Error> {
        match self.format {
            Format::Text => print(&format!("{text}\n")),
            Format::Json => print(&format!("{value}\n")),
        }
    }
}

/// Says what is wrong with a session that was just written: a recorder that writes such a one has a fault.
fn check(path: &Path) {
    let environment = |name: &str| Some(format!("${name}"));
    if let Err(problems) = Loader::new(&Disk::default(), &environment).load(path) {
        say("note: the session can't be replayed as it is:");
        diagnostics::print(&problems);
    }
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file to grow in, which takes the place of `path` when it is whole.
fn beside(path: &Path) -> Result<NamedTempFile, Error> {
    let folder = folder(path);
    let file = std::fs::create_dir_all(folder)
        .and_then(|()| tempfile::Builder::new().prefix(".handfast-record-").tempfile_in(folder));
    file.map_err(|error| not_written(path, &error))
}

fn not_written(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("{} can't be written: {error}", path.display()))
}

/// `path` as it is called from `folder`.
pub fn relative(folder: &Path, path: &Path) -> std::io::Result<String> {
    let (folder, path) = (folder.canonicalize()?, path.canonicalize()?);
    let n_shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(n_shared).map(|_| Component::ParentDir);
    let parts = up.chain(path.components().skip(n_shared));
    let names: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(names.join("/"))
}
