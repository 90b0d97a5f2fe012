//! Finds sessions and reads them, with what is known of them.

use std::collections::BTreeMap;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use handfast_conformance::known::{self, Known};
use handfast_conformance::run::{Case, Part};
use handfast_conformance::session::{Loader, Session};
use handfast_conformance::shard::{Shard, Share};

use crate::error::Error;
use crate::finding::Sought;

/// What a session is among files.
pub const SESSIONS: Sought = Sought { what: "session", extension: "yaml" };

/// Reads all sessions. With `cut_everywhere`, those that can resume come with a copy for each
/// point at which the connection can be lost.
///
/// # Errors
/// One is wrong. Then everything that is wrong with all of them.
pub fn load(
    paths: &[PathBuf],
    loader: &mut Loader<'_>,
    cut_everywhere: bool,
) -> Result<Vec<Arc<dyn Case>>, Error> {
    // A file that is named many times, to be played at once by as many clients, is one session.
    let mut known: BTreeMap<&PathBuf, Vec<Arc<dyn Case>>> = BTreeMap::new();
    let mut cases = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if !known.contains_key(path) {
            let read = match loader.load(path) {
                Ok(session) => {
                    with_cuts(session, cut_everywhere).map(|session| Arc::new(session) as _).collect()
                }
                Err(wrong) => {
                    problems.push(wrong);
                    Vec::new()
                }
            };
            known.insert(path, read);
        }
        cases.extend(known[path].iter().cloned());
    }
    if problems.is_empty() { Ok(cases) } else { Err(Error::documents(problems)) }
}

/// A session, with its copies that lose their connection if they are wanted.
pub fn with_cuts(session: Session, cut_everywhere: bool) -> impl Iterator<Item = Session> {
    let cut = if cut_everywhere { session.cut_everywhere() } else { Vec::new() };
    iter::once(session).chain(cut)
}

/// Reads a list of known failures.
///
/// # Errors
/// It can't be read, or is none.
pub fn known(path: &Path) -> Result<Vec<Known>, Error> {
    known::read(path, &text(path)?).map_err(|problems| Error::documents(vec![problems]))
}

/// Which of all sessions one shard has.
///
/// # Errors
/// The report with the durations can't be read.
pub fn part(cases: &[Arc<dyn Case>], shard: Shard, durations_path: Option<&Path>) -> Result<Part, Error> {
    let names: Vec<String> = cases.iter().map(|case| case.name().to_owned()).collect();
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let share = match durations_path {
        Some(path) => Share::by_duration(shard, &named, &durations(path)?),
        None => Share::by_name(shard, &named),
    };
    Ok(Part { share, names })
}

/// How many milliseconds each session took at most, by the report at `path`: JSON Lines or a blob, which are alike in that.
fn durations(path: &Path) -> Result<BTreeMap<String, f64>, Error> {
    let mut known = BTreeMap::new();
    for line in text(path)?.lines() {
        let event: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        if let (Some(name), Some(ms)) = (event["name"].as_str(), event["duration-ms"].as_f64()) {
            let longest: &mut f64 = known.entry(name.to_owned()).or_default();
            *longest = longest.max(ms);
        }
    }
    if known.is_empty() {
        return Err(Error::new(format!("{} has no durations of sessions", path.display()))
            .help("`--report json=FILE` and `--report blob=FILE` write them"));
    }
    Ok(known)
}

/// What a file holds.
///
/// # Errors
/// It can't be read.
pub fn text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path)
        .map_err(|error| Error::new(format!("{} can't be read: {error}", path.display())))
}
