//! Tells of an attack as of any other run: what was sent and taken well is a session that passed, a finding one that failed.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::moves::Kind;
use super::{Attack, Ended};
use crate::event::{RunEvent, SessionReport};
use crate::run::Emit;
use crate::session::Grade;
use crate::tally::Tally;
use crate::verdict::Verdict;

/// Counts and tells.
pub struct Telling<'e> {
    emit: Emit<'e>,
    began: Instant,
    tally: Tally,
    groups: BTreeMap<(usize, Kind), Group>,
    n_told: usize,
    n_cases: u64,
}

/// What was sent of one kind, of one event.
#[derive(Debug, Default)]
struct Group {
    name: String,
    n_cases: u64,
    n_refused: u64,
    duration: Duration,
}

impl<'e> Telling<'e> {
    /// Begins.
    pub fn new(attack: &Attack<'_>, n_groups: usize, emit: Emit<'e>) -> Self {
        emit(RunEvent::RunStarted {
            n_sessions: n_groups,
            target: attack.settings.target.to_string(),
            seed: attack.settings.seed,
            share: None,
        });
        let tally = Tally::new(Vec::new(), &[]);
        Self { emit, began: Instant::now(), tally, groups: BTreeMap::new(), n_told: 0, n_cases: 0 }
    }

    /// How many payloads were sent.
    pub fn n_cases(&self) -> u64 {
        self.n_cases
    }

    /// Since when.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// A payload of the subject `subject_idx`, called `name`, was sent, in a session that took so long in all for each.
    pub fn sent(&mut self, subject_idx: usize, name: &str, kind: Kind, duration: Duration, is_finding: bool) {
        let n_cases = self.n_cases as usize;
        let group = self.groups.entry((subject_idx, kind)).or_default();
        if group.n_cases == 0 {
            name.clone_into(&mut group.name);
            (self.emit)(RunEvent::SessionStarted {
                session_idx: n_cases,
                name: name.to_owned(),
                file: String::new(),
            });
        }
        group.n_cases += 1;
        group.n_refused += u64::from(is_finding);
        group.duration += duration;
        self.n_cases += 1;
    }

    /// Something was found, or goes wrong on our side.
    pub fn found(&mut self, mut report: SessionReport) {
        report.session_idx = self.n_told;
        self.n_told += 1;
        (self.emit)(RunEvent::SessionStarted {
            session_idx: report.session_idx,
            name: report.name.clone(),
            file: report.file.clone(),
        });
        self.tally.take(&mut report);
        (self.emit)(RunEvent::SessionFinished(Box::new(report)));
    }

    /// Tells what was sent and taken well, and the sum.
    pub fn end(mut self, attack: &Attack<'_>, contract: &str, server_output: Option<String>) -> Ended {
        for ((_, kind), group) in std::mem::take(&mut self.groups) {
            let n_well = group.n_cases - group.n_refused.min(group.n_cases);
            if n_well == 0 {
                continue;
            }
            let mut report = SessionReport {
                session_idx: self.n_told,
                repetition_idx: 0,
                permutation: None,
                skipped: None,
                name: format!("{}: {}", group.name, kind.counted(n_well)),
                file: attack.contract.display().to_string(),
                contract: contract.to_owned(),
                target: attack.settings.target.to_string(),
                arguments: attack.options.arguments.clone(),
                verdict: Verdict::Passed,
                grade: Grade::Ok,
                duration: group.duration,
                lag: Duration::ZERO,
                delays: Vec::new(),
                n_attempts: 1,
                n_frames: 0,
                failures: Vec::new(),
                transcript: Vec::new(),
            };
            self.n_told += 1;
            self.tally.take(&mut report);
            (self.emit)(RunEvent::SessionFinished(Box::new(report)));
        }
        let server_output = server_output.filter(|_| self.tally.gravest() != Verdict::Passed);
        let summary = self.tally.sum(self.n_told, self.began.elapsed(), server_output);
        let ended =
            Ended { n_cases: self.n_cases, n_findings: summary.n_failed, exit_code: summary.exit_code };
        (self.emit)(RunEvent::RunFinished(summary));
        ended
    }
}
