//! The sum of a run, session by session: the same for a run that is under way and for one that is put together again.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::event::{Flake, FlakeCause, RunSummary, SessionReport};
use crate::known::{Known, KnownCount};
use crate::verdict::Verdict;

/// The sum of a run so far.
#[derive(Debug)]
pub struct Tally {
    summary: RunSummary,
    gravest: Verdict,
    plays: Vec<Plays>,
    /// Where the plays of a session stand, by its name and file.
    places: BTreeMap<(String, String), usize>,
}

/// How a session ended, each time it was played.
#[derive(Debug)]
struct Plays {
    name: String,
    file: String,
    n_passed: usize,
    causes: BTreeMap<(Verdict, String, Option<String>), usize>,
}

impl Tally {
    /// The sum of nothing. `names` are those of all sessions, those of other shards among them.
    pub fn new(known: Vec<Known>, names: &[&str]) -> Self {
        let count = |entry: Known| {
            let n_sessions = names.iter().filter(|name| entry.covers(name)).count();
            KnownCount::new(entry, n_sessions)
        };
        Self::of(known.into_iter().map(count).collect())
    }

    /// The sum of nothing, with known failures that speak of so many sessions.
    pub fn of(known: Vec<KnownCount>) -> Self {
        let summary = RunSummary { known, ..RunSummary::default() };
        Self { summary, gravest: Verdict::Passed, plays: Vec::new(), places: BTreeMap::new() }
    }

    /// Takes a session that is over: its failures that are known are marked as such, and its verdict is what is left.
    pub fn take(&mut self, report: &mut SessionReport) {
        if report.skipped.is_some() {
            self.summary.n_skipped += 1;
            return;
        }
        for known in &mut self.summary.known {
            known.apply(report);
        }
        report.verdict =
            report.failures.iter().map(|failure| failure.weight()).max().unwrap_or(Verdict::Passed);
        let count = match report.verdict {
            Verdict::Skipped | Verdict::Passed => &mut self.summary.n_passed,
            Verdict::Known => &mut self.summary.n_known,
            Verdict::Failed => &mut self.summary.n_failed,
            Verdict::Broken | Verdict::Unreachable => &mut self.summary.n_broken,
            Verdict::Inconclusive => &mut self.summary.n_inconclusive,
        };
        *count += 1;
        self.gravest = self.gravest.max(report.verdict);
        self.count(report);
    }

    fn count(&mut self, report: &SessionReport) {
        let key = (report.name_in_permutation(), report.file.clone());
        let place = *self.places.entry(key.clone()).or_insert_with(|| {
            let (name, file) = key;
            self.plays.push(Plays { name, file, n_passed: 0, causes: BTreeMap::new() });
            self.plays.len() - 1
        });
        let plays = &mut self.plays[place];
        let gravest = report.failures.iter().find(|failure| failure.weight() == report.verdict);
        match gravest {
            Some(cause) => {
                let cause = (report.verdict, cause.rule.to_string(), cause.event.clone());
                *plays.causes.entry(cause).or_default() += 1;
            }
            None => plays.n_passed += 1,
        }
    }

    /// The gravest verdict so far.
    pub fn gravest(&self) -> Verdict {
        self.gravest
    }

    /// The summary of a run of so many sessions. One that was stopped before all of them were played is not conclusive; one
    /// with a stale list of known failures has failed.
    pub fn sum(mut self, n_sessions: usize, duration: Duration, server_output: Option<String>) -> RunSummary {
        self.summary.known.iter_mut().for_each(KnownCount::conclude);
        let is_stale = self.summary.known.iter().any(|known| known.stale.is_some());
        let is_whole = self.summary.n_done() >= n_sessions;
        let of_list = if is_stale { Verdict::Failed } else { Verdict::Passed };
        let of_run = if is_whole { Verdict::Passed } else { Verdict::Inconclusive };
        let flakes = self.plays.into_iter().filter_map(Plays::flake).collect();
        let exit_code = self.gravest.max(of_list).max(of_run).exit_code();
        RunSummary { flakes, duration, exit_code, server_output, ..self.summary }
    }
}

impl Plays {
    /// The session as a flake, if it is one.
    fn flake(self) -> Option<Flake> {
        let n_not_passed: usize = self.causes.values().sum();
        if self.causes.len() + usize::from(self.n_passed > 0) < 2 {
            return None;
        }
        let cause = |((verdict, rule, event), n_times)| FlakeCause { verdict, rule, event, n_times };
        let mut causes: Vec<_> = self.causes.into_iter().map(cause).collect();
        // Sorting is stable: equally frequent ones keep their order.
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.n_times));
        let n_played = self.n_passed + n_not_passed;
        Some(Flake { name: self.name, file: self.file, n_played, n_passed: self.n_passed, causes })
    }
}
