//! Puts the parts of a run together again: shards that were played on several machines, or runs against several servers.
//!
//! The shards of one run become what the run would have been; runs that are no shards stand one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::known::KnownCount;
use crate::shard::Share;
use crate::tally::Tally;

/// Why parts can't be put together: what is wrong with which of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The part, by its place among the parts.
    pub part_idx: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

/// A part: the events of one run.
#[derive(Debug, Default)]
struct Part {
    n_sessions: usize,
    target: String,
    seed: u64,
    share: Option<Share>,
    reports: Vec<SessionReport>,
    summary: Option<RunSummary>,
}

/// The whole run. What parts are missing was not played.
///
/// # Errors
/// A part is not whole, comes twice, or is of another run.
pub fn merge(parts: Vec<Vec<RunEvent>>) -> Result<Vec<RunEvent>, Misfit> {
    let parts: Vec<Part> = parts.into_iter().map(Part::of).collect();
    check(&parts)?;
    let first = parts.first();
    let n_sessions = n_sessions(&parts);
    let started = RunEvent::RunStarted {
        n_sessions,
        target: first.map(|part| part.target.clone()).unwrap_or_default(),
        seed: first.map(|part| part.seed).unwrap_or_default(),
        share: None,
    };
    let mut tally = Tally::of(known(&parts));
    let (duration, output) = (duration(&parts), output(&parts));
    let mut events = vec![started];
    for (session_idx, mut report) in in_order(parts).into_iter().enumerate() {
        report.session_idx = session_idx;
        tally.take(&mut report);
        let (name, file) = (report.name.clone(), report.file.clone());
        events.push(RunEvent::SessionStarted { session_idx, name, file });
        events.push(RunEvent::SessionFinished(Box::new(report)));
    }
    events.push(RunEvent::RunFinished(tally.sum(n_sessions, duration, output)));
    Ok(events)
}

impl Part {
    fn of(events: Vec<RunEvent>) -> Self {
        let mut part = Self::default();
        for event in events {
            match event {
                RunEvent::RunStarted { n_sessions, target, seed, share } => {
                    part = Self { n_sessions, target, seed, share, ..part };
                }
                RunEvent::SessionFinished(report) => part.reports.push(*report),
                RunEvent::RunFinished(summary) => part.summary = Some(summary),
                RunEvent::SessionStarted { .. } | RunEvent::StepFinished { .. } => {}
            }
        }
        part
    }

    /// How often each session of its run is played.
    fn n_repetitions(&self) -> Option<usize> {
        let n_own = self.share.as_ref()?.session_idxs.len();
        (n_own > 0).then(|| self.n_sessions / n_own)
    }

    /// Where a session of it stands in the whole run: the repetition, and the session's number.
    fn place(&self, report: &SessionReport) -> Option<(usize, usize)> {
        let own = &self.share.as_ref()?.session_idxs;
        let idx = own.get(report.session_idx % own.len().max(1))?;
        Some((report.repetition_idx, *idx))
    }
}

/// Every part is whole, and those that are shards are shards of one run.
fn check(parts: &[Part]) -> Result<(), Misfit> {
    let mut seen = BTreeSet::new();
    let run = |share: &Share| (share.shard.of, share.n_sessions);
    let first = parts.iter().find_map(|part| part.share.as_ref());
    for (part_idx, part) in parts.iter().enumerate() {
        let misfit = |message: String| Err(Misfit { part_idx, message });
        if part.summary.is_none() {
            return misfit("it is not whole: the run it is of did not come to its end".to_owned());
        }
        let (Some(share), Some(first)) = (&part.share, first) else { continue };
        if run(share) != run(first) {
            let message = format!(
                "it is shard {} of a run of {} sessions, and the first one shard {} of a run of {}",
                share.shard, share.n_sessions, first.shard, first.n_sessions
            );
            return misfit(message);
        }
        if !seen.insert(share.shard.number) {
            return misfit(format!("shard {} is there already", share.shard));
        }
        if part.reports.iter().any(|report| part.place(report).is_none()) {
            return misfit("it has sessions that are not of its shard".to_owned());
        }
    }
    Ok(())
}

/// How often sessions are played in the whole run, missing shards included.
fn n_sessions(parts: &[Part]) -> usize {
    let alone: usize = parts.iter().filter(|part| part.share.is_none()).map(|part| part.n_sessions).sum();
    let sharded = parts.iter().find_map(|part| part.share.as_ref()).map_or(0, |share| share.n_sessions);
    let n_repetitions = parts.iter().filter_map(Part::n_repetitions).max().unwrap_or(1);
    alone + sharded.saturating_mul(n_repetitions)
}

/// What is known to fail, each entry once, before anything is counted.
fn known(parts: &[Part]) -> Vec<KnownCount> {
    let mut known: Vec<KnownCount> = Vec::new();
    for count in parts.iter().filter_map(|part| part.summary.as_ref()).flat_map(|summary| &summary.known) {
        match known.iter_mut().find(|other| other.entry == count.entry) {
            Some(other) => other.n_sessions = other.n_sessions.max(count.n_sessions),
            None => known.push(KnownCount::new(count.entry.clone(), count.n_sessions)),
        }
    }
    known
}

fn duration(parts: &[Part]) -> Duration {
    parts.iter().filter_map(|part| part.summary.as_ref()).map(|summary| summary.duration).sum()
}

fn output(parts: &[Part]) -> Option<String> {
    let outputs = parts.iter().filter_map(|part| part.summary.as_ref()?.server_output.as_deref());
    let text: String = outputs.collect();
    (!text.is_empty()).then_some(text)
}

/// The sessions of all shards in the order of the whole run, then those of runs that are no shards.
fn in_order(parts: Vec<Part>) -> Vec<SessionReport> {
    let (mut of_shards, mut alone) = (BTreeMap::new(), Vec::new());
    for mut part in parts {
        for report in std::mem::take(&mut part.reports) {
            match part.place(&report) {
                Some(place) => drop(of_shards.insert(place, report)),
                None => alone.push(report),
            }
        }
    }
    of_shards.into_values().chain(alone).collect()
}
