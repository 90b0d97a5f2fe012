//! The payloads that were worth keeping: one for each thing that a server answered.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use handfast_codegen::emit;
use handfast_codegen::source::{Disk, Source};
use serde_json::{Value, json};

use super::NotBegun;
use super::moves::Sent;
use crate::session::Piece;

/// The most payloads of one event that are kept.
const MAX_KEPT: usize = 64;
/// The longest line, in bytes: what is longer is drawn again, and not kept.
const MAX_LINE_BYTES: usize = 4096;

/// The payloads that were worth keeping, by event: a file of JSON Lines each.
#[derive(Debug, Default)]
pub struct Corpus {
    folder: Option<PathBuf>,
    kept: BTreeMap<String, Vec<Sent>>,
    /// What servers have answered: the event, what was sent, what came.
    seen: BTreeSet<(String, String, String)>,
    is_changed: bool,
}

impl Corpus {
    /// Reads the corpus in `folder`, which need not be there yet.
    ///
    /// # Errors
    /// A file can't be read, or a line is no payload.
    pub fn open(folder: Option<&Path>, events: &[&str]) -> Result<Self, NotBegun> {
        let mut corpus = Self { folder: folder.map(Path::to_path_buf), ..Self::default() };
        let Some(folder) = folder else { return Ok(corpus) };
        for event in events {
            let path = folder.join(file_name(event));
            let text = match Disk::default().read(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => {
                    let message = format!("{} can't be read: {error}", path.display());
                    return Err(NotBegun::call(message, "name another folder with `--corpus`"));
                }
            };
            let lines = text.lines().enumerate().map(|(n, line)| {
                parsed(line).ok_or_else(|| {
                    let message = format!("{}:{}: this is no payload of a corpus", path.display(), n + 1);
                    NotBegun::call(message, "take the line away")
                })
            });
            corpus.kept.insert((*event).to_owned(), lines.collect::<Result<_, _>>()?);
        }
        Ok(corpus)
    }

    /// What was kept of `event`.
    pub fn of(&self, event: &str) -> Vec<Sent> {
        self.kept.get(event).cloned().unwrap_or_default()
    }

    /// Keeps `sent` if nothing like it was answered so before.
    pub fn take(&mut self, event: &str, sent: &Sent, site: &str, answers: &[String]) {
        let kind = format!("{:?} {}", sent.kind(), site.rsplit('/').next().unwrap_or_default());
        if self.seen.insert((event.to_owned(), kind, answers.join(" "))) {
            self.keep(event, sent);
        }
    }

    /// Keeps `sent` in any case.
    pub fn keep(&mut self, event: &str, sent: &Sent) {
        let kept = self.kept.entry(event.to_owned()).or_default();
        let fits = kept.len() < MAX_KEPT && line(sent).len() <= MAX_LINE_BYTES;
        if fits && !kept.contains(sent) {
            kept.push(sent.clone());
            self.is_changed = true;
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// A file can't be written.
    pub fn save(&self) -> Result<(), NotBegun> {
        let Some(folder) = self.folder.as_ref().filter(|_| self.is_changed) else { return Ok(()) };
        let text = |kept: &Vec<Sent>| kept.iter().map(|sent| format!("{}\n", line(sent))).collect::<String>();
        let files: BTreeMap<String, String> =
            self.kept.iter().map(|(event, kept)| (file_name(event), text(kept))).collect();
        emit::write(folder, &files).map(drop).map_err(|error| {
            NotBegun::call(
                format!("the corpus in {} can't be written: {error}", folder.display()),
                "name another folder",
            )
        })
    }
}

/// The file of an event: its name, as far as file systems take it.
fn file_name(event: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
    format!("{}.jsonl", event.chars().map(safe).collect::<String>().trim_start_matches('.'))
}

fn line(sent: &Sent) -> String {
    match sent {
        Sent::Valid(payload) => json!({ "payload": payload, "valid": true }),
        Sent::Invalid(payload) => json!({ "payload": payload, "valid": false }),
        Sent::Raw(pieces) => json!({ "raw": pieces }),
        Sent::To { values, is_connection } => json!({ "to": values, "connects": is_connection }),
    }
    .to_string()
}

fn parsed(line: &str) -> Option<Sent> {
    let mut line: Value = serde_json::from_str(line).ok()?;
    if let Some(raw) = line.get("raw") {
        let pieces: Vec<Piece> = serde_json::from_value(raw.clone()).ok()?;
        return Piece::bytes(&pieces).is_ok().then_some(Sent::Raw(pieces));
    }
    if let Some(values) = line.get("to") {
        let is_connection = line.get("connects")?.as_bool()?;
        return Some(Sent::To { values: serde_json::from_value(values.clone()).ok()?, is_connection });
    }
    let is_valid = line.get("valid")?.as_bool()?;
    let payload = line.get_mut("payload")?.take();
    Some(if is_valid { Sent::Valid(payload) } else { Sent::Invalid(payload) })
}
