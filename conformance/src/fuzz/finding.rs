//! What was found: a session that fails, as small as could be, and its file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use handfast_codegen::emit;

use super::arena::Played;
use super::moves::Move;
use super::subject::Subject;
use super::{Attack, NotBegun};

/// The names of findings, each its own.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<String, usize>);

impl Names {
    /// The file of a finding about `event` by `rule`.
    pub fn file(&mut self, attack: &Attack<'_>, event: &str, rule: &str) -> PathBuf {
        let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let stem: String = format!("{event}-{rule}").chars().map(safe).collect();
        let number = self.0.entry(stem.clone()).or_default();
        *number += 1;
        let name = if *number == 1 { format!("{stem}.yaml") } else { format!("{stem}-{number}.yaml") };
        attack.home.join(name)
    }
}

/// What a finding is called: the event, what was sent, and what it broke.
pub fn name(subjects: &[Subject], moves: &[Move], rule: &str) -> String {
    let last = moves.last().map_or_else(
        || "before anything is sent".to_owned(),
        |last| format!("{}, {}", subjects[last.subject_idx].name, last.what),
    );
    let before = match moves.len() {
        0 | 1 => String::new(),
        n => format!(" after {} more", n - 1),
    };
    format!("{last}{before}: {rule}")
}

/// Writes the session of a finding.
///
/// # Errors
/// It can't be written.
pub fn save(path: &std::path::Path, played: &Played) -> Result<(), NotBegun> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(()) };
    let files = BTreeMap::from([(name.to_string_lossy().into_owned(), played.text.clone())]);
    emit::write(folder, &files).map(drop).map_err(|error| {
        NotBegun::call(
            format!("{} can't be written: {error}", path.display()),
            "name another folder with `--out`",
        )
    })
}
