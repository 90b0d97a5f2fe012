//! Findings that are let pass for a while: listed in a file, each with its reason and the day on which it ends.

use std::path::Path;

use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, Place, nearest};
use handfast_codegen::load::{Node, Position};
use handfast_codegen::model::name_matches;
use jiff::civil::Date;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde_json::Value;

use super::rule::{EXCEPTION_EXPIRED, EXCEPTION_STALE, RULES, rule};
use super::{Finding, Grade, Subject};
use crate::list_file::ListFile;

/// What `--exceptions` reads.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Exceptions of a comparison")]
struct ExceptionFile {
    /// The exceptions.
    exceptions: Vec<Exception>,
}

/// One exception.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Exception {
    /// The rule whose findings it lets pass: `payload-required`.
    rule: String,
    /// The event, channel or definition that they are about; `*` stands for any run of characters.
    event: String,
    /// Why, or where that is told.
    reason: String,
    /// The last day on which it counts: `2026-06-30`.
    #[schemars(with = "String", extend("format" = "date"))]
    expires: String,
}

/// A list of exceptions, and what each of them has let pass.
#[derive(Debug)]
pub struct Exceptions {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    exception: Exception,
    expires: Date,
    place: Place,
    n_passed: usize,
}

impl Exceptions {
    /// Reads the list in `text`, the file at `path`.
    ///
    /// # Errors
    /// It is none.
    pub fn read(path: &Path, text: &str) -> Result<Self, Diagnostics> {
        let list = ListFile { path, code: "exceptions", what: "exceptions", page: "docs/compare.md" };
        let (root, file): (_, ExceptionFile) = list.read(text)?;
        let nodes = root.get("exceptions").and_then(Node::as_array).unwrap_or_default();
        let positions = nodes.iter().map(|node| node.position);
        let entry = |(exception, position): (Exception, Position)| {
            let expires = wrong_with(&exception).map_err(|message| list.problem(position, message))?;
            Ok(Entry { exception, expires, place: list.place(position), n_passed: 0 })
        };
        let entries =
            file.exceptions.into_iter().zip(positions).map(entry).collect::<Result<_, Diagnostic>>()?;
        Ok(Self { entries })
    }

    /// Marks the findings that an exception lets pass. One that has expired by `today` still marks them: what is wrong then is the
    /// exception.
    pub fn apply(&mut self, findings: &mut [Finding]) {
        for finding in findings.iter_mut().filter(|finding| finding.grade > Grade::Api) {
            let Some(entry) = self.entries.iter_mut().find(|entry| entry.covers(finding)) else { continue };
            entry.n_passed += 1;
            finding.excepted = Some(entry.exception.reason.clone());
        }
    }

    /// The exceptions that have expired by `today`, and those that nothing needs.
    pub fn findings(&self, today: Date) -> Vec<Finding> {
        self.entries.iter().filter_map(|entry| entry.finding(today)).collect()
    }
}

impl Entry {
    fn covers(&self, finding: &Finding) -> bool {
        self.exception.rule == finding.rule.id && name_matches(&self.exception.event, &finding.subject.name)
    }

    fn finding(&self, today: Date) -> Option<Finding> {
        let Exception { rule, event, .. } = &self.exception;
        let (id, message) = if self.expires < today {
            (
                &EXCEPTION_EXPIRED,
                format!("the exception of `{rule}` for `{event}` expired on {}", self.expires),
            )
        } else if self.n_passed == 0 {
            (&EXCEPTION_STALE, format!("nothing needs the exception of `{rule}` for `{event}`"))
        } else {
            return None;
        };
        let subject = Subject::contract("exceptions");
        Some(Finding::new(id, subject, message).new_at(self.place.clone(), self.exception.reason.clone()))
    }
}

/// The day of an exception; or what is wrong with it.
fn wrong_with(exception: &Exception) -> Result<Date, String> {
    let Exception { rule: id, event, reason, expires } = exception;
    if rule(id).is_none() {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        let near = nearest(id, &known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(format!("`{id}` is no rule{near}"));
    }
    if reason.trim().is_empty() {
        return Err(format!("the exception of `{id}` for `{event}` has no reason"));
    }
    expires.parse().map_err(|_| format!("`{expires}` is no day: write it as 2026-06-30"))
}

/// The JSON Schema of the file.
pub fn exceptions_schema() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<ExceptionFile>().to_value()
}
