//! Failures of a server that are known: listed in a file, each with its reason.
//!
//! What is listed does not fail a run. What is listed and does not happen any more does: the list never tells of a server that
//! is better by now.

use std::path::Path;

use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::model::name_matches;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::event::SessionReport;
use crate::list_file::ListFile;
use crate::verdict::{Failure, Verdict};

/// What `--known` reads.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Known failures")]
struct KnownFile {
    /// The failures.
    known_failures: Vec<Known>,
}

/// Failures that are known: of one rule, in the sessions of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Known {
    /// The session's name; `*` stands for any characters.
    pub session: String,
    /// The rule that fails: `schema`, `deadline`, …
    pub rule: String,
    /// The event that it fails for; any, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Why that is so, or where it is told: the ticket, the release that mends it.
    pub reason: String,
    /// Whether it fails now and then only: the list is not stale when it does not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flaky: bool,
}

impl Known {
    /// Whether it speaks of the sessions of that name.
    pub fn covers(&self, session: &str) -> bool {
        name_matches(&self.session, session)
    }

    fn is_about(&self, session: &str, failure: &Failure) -> bool {
        let is_of_event = self.event.is_none() || self.event == failure.event;
        failure.verdict == Verdict::Failed && is_of_event && self.rule == failure.rule && self.covers(session)
    }
}

/// A known failure, and what a run saw of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct KnownCount {
    /// As it is listed.
    pub entry: Known,
    /// How many sessions of the run it speaks of.
    pub n_sessions: usize,
    /// How many of them were played to their end.
    pub n_played: usize,
    /// How many failures it was the reason of.
    pub n_failures: usize,
    /// What is wrong with the entry, if it is stale: it fails the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<String>,
}

impl KnownCount {
    /// An entry that speaks of so many sessions, before any of them is played.
    pub fn new(entry: Known, n_sessions: usize) -> Self {
        Self { entry, n_sessions, n_played: 0, n_failures: 0, stale: None }
    }

    /// Marks the failures of `report` that the entry speaks of, and counts them.
    pub fn apply(&mut self, report: &mut SessionReport) {
        if !self.entry.covers(&report.name) {
            return;
        }
        let name = &report.name;
        for failure in report.failures.iter_mut().filter(|failure| self.entry.is_about(name, failure)) {
            failure.known = Some(self.entry.reason.clone());
            self.n_failures += 1;
        }
        // One that ended for another reason might have come to this failure.
        let is_through = report.failures.iter().all(|failure| failure.weight() == Verdict::Known);
        self.n_played += usize::from(is_through);
    }

    /// Says whether the entry is stale, once all sessions are played.
    pub fn conclude(&mut self) {
        let Known { session, rule, .. } = &self.entry;
        self.stale = match self {
            Self { n_sessions: 0, .. } => Some(format!("no session is called `{session}`")),
            Self { n_played: 1.., n_failures: 0, entry: Known { flaky: false, .. }, .. } => {
                Some(format!("`{rule}` does not fail any more in `{session}`"))
            }
            _ => None,
        };
    }
}

/// Reads a list of known failures.
///
/// # Errors
/// It is none.
pub fn read(path: &Path, text: &str) -> Result<Vec<Known>, Diagnostics> {
    let list = ListFile { path, code: "known-failures", what: "known failures", page: "docs/replay.md" };
    let (root, file): (_, KnownFile) = list.read(text)?;
    match file.known_failures.iter().find(|known| known.reason.trim().is_empty()) {
        Some(Known { rule, session, .. }) => {
            Err(list.problem(root.position, format!("`{rule}` of `{session}` has no reason")).into())
        }
        None => Ok(file.known_failures),
    }
}

/// The JSON Schema of the file.
pub fn known_schema() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<KnownFile>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn complains(text: &str, words: &str) {
        let problems = read(Path::new("known.yaml"), text).unwrap_err().to_string();
        assert!(problems.contains(words), "{problems}");
    }

    #[test]
    fn a_list_says_what_is_wrong_with_it() {
        let entry = "known-failures:\n- session: a\n  rule: schema\n  reason: ";
        assert_eq!(read(Path::new("known.yaml"), &format!("{entry}T-1")).unwrap().len(), 1);
        complains(&format!("{entry}' '"), "`schema` of `a` has no reason");
        complains(&format!("{entry}T-1\n  rul: x"), "known.yaml:5");
        complains("known-failures: 7", "this is no list of known failures");
        complains("[", "this is no YAML");
    }
}
