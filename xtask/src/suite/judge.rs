//! Puts the cases to the compiled modules, and gathers what fails.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::compile::Compiled;
use super::generate::Assigned;
use super::groups::Group;
use crate::Problem;

/// How long the runner may take for a case; none takes more than a few milliseconds.
const LONGEST_CASE: Duration = Duration::from_secs(60);

/// What came of a group.
#[derive(Debug)]
pub struct Judged<'g> {
    /// The group.
    pub group: &'g Group,
    /// Why there was nothing to put the cases to: what code generation or the compiler says.
    pub refusal: Option<String>,
    /// What went wrong, by the number of the case.
    pub failures: BTreeMap<usize, String>,
}

/// A line of what the runner prints.
#[derive(Deserialize)]
struct Line {
    file: String,
    group_idx: usize,
    case_idx: usize,
    failed: Vec<String>,
}

/// Puts the cases of every group to its module. `table` is the file that tells the runner what to do, `tests` the suite's
/// folder.
///
/// # Errors
/// The runner ends early.
pub fn judge<'g>(
    groups: &[&'g Group],
    assigned: &Assigned,
    compiled: &Compiled,
    table: &Path,
    tests: &Path,
) -> Result<Vec<Judged<'g>>, Problem> {
    let modules: Vec<_> = assigned.iter().map(|module| compiled.module(module)).collect();
    let judgeable =
        groups.iter().zip(&modules).filter_map(|(group, module)| Some((group, module.as_ref().ok()?)));
    let rows = judgeable.clone().map(|(group, module)| {
        format!("{}\n", json!({ "file": path(group), "group_idx": group.group_idx, "module": module }))
    });
    fs::write(table, rows.collect::<String>())?;
    let mut lines = run(Command::new(&compiled.runner).arg(table).arg(tests))?.into_iter();
    let judged = groups.iter().zip(&modules).map(|(group, module)| match module {
        Ok(_) => judged(group, &mut lines),
        Err(refusal) => Ok(refused(group, refusal)),
    });
    judged.collect()
}

/// The file below the suite's folder.
fn path(group: &Group) -> String {
    format!("{}/{}", group.dialect, group.file)
}

/// What the runner prints. Its panics are lines as well, and need no other report.
fn run(runner: &mut Command) -> Result<Vec<Line>, Problem> {
    let mut child = runner.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let stdout = child.stdout.take().ok_or("the runner has no output")?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || BufReader::new(stdout).lines().try_for_each(|line| sender.send(line)));
    let mut lines: Vec<Line> = Vec::new();
    let problem = loop {
        match receiver.recv_timeout(LONGEST_CASE) {
            Ok(line) => lines.push(serde_json::from_str(&line?)?),
            Err(RecvTimeoutError::Timeout) => break format!("does not end within {LONGEST_CASE:?}"),
            Err(RecvTimeoutError::Disconnected) => match child.wait()? {
                status if status.success() => return Ok(lines),
                status => break format!("ends with {status}"),
            },
        }
    };
    // It may have ended by itself meanwhile.
    let _ = child.kill();
    child.wait()?;
    let after = lines
        .last()
        .map(|line| format!("case {} of group {} of {}", line.case_idx, line.group_idx, line.file));
    Err(format!("the runner {problem}, after {}", after.as_deref().unwrap_or("nothing")).into())
}

/// Takes the lines of a group.
fn judged<'g>(group: &'g Group, lines: &mut impl Iterator<Item = Line>) -> Result<Judged<'g>, Problem> {
    let mut failures = BTreeMap::new();
    for case_idx in 0..group.cases.len() {
        let line = lines.next().ok_or("the runner left cases out")?;
        if (line.file, line.group_idx, line.case_idx) != (path(group), group.group_idx, case_idx) {
            return Err(format!("the runner left out {group}, case {case_idx}").into());
        }
        if !line.failed.is_empty() {
            failures.insert(case_idx, line.failed.join("; "));
        }
    }
    Ok(Judged { group, refusal: None, failures })
}

fn refused<'g>(group: &'g Group, refusal: &str) -> Judged<'g> {
    let failures = (0..group.cases.len()).map(|case_idx| (case_idx, "refused".to_owned())).collect();
    Judged { group, refusal: Some(refusal.to_owned()), failures }
}
