//! Makes a failure small: as few payloads as can be, and the smallest of them.

use std::time::Duration;

use serde_json::Value;

use super::address::Values;
use super::arena::{Arena, Played, Trial};
use super::draw::Source;
use super::moves::{Kind, Move, Sent};
use crate::generate::shrink;
use crate::session::Piece;

/// How often something smaller is tried.
const MAX_TRIES: usize = 60;
/// How often a failure is looked for again that does not come at once.
const MAX_REPETITIONS: usize = 3;
/// How long answers are waited for meanwhile; what is found is tried again with the time that the user gives.
pub const HASTE: Duration = Duration::from_secs(2);

/// A failure that is as small as could be.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimal {
    /// What has to be sent before.
    pub setup: Vec<Move>,
    /// What has to be sent.
    pub moves: Vec<Move>,
    /// Whether an observer has to ask.
    pub is_observed: bool,
    /// Whether a bystander has to be there.
    pub is_watched: bool,
}

/// Makes failures small.
pub struct Minimiser<'m, 'a> {
    /// Plays.
    pub arena: &'m mut Arena<'a>,
    /// What failed.
    pub trial: Trial<'m>,
    /// The rule that was broken.
    pub rule: String,
    /// Makes payloads of each subject.
    pub sources: &'m [Source<'m>],
    /// How long an answer may take.
    pub deadline: Duration,
}

impl Minimiser<'_, '_> {
    /// The smallest trial that fails by the same rule as that of the moves up to `culprit_idx`; nothing where none fails.
    pub fn minimal(&mut self, culprit_idx: usize) -> Option<Minimal> {
        let all = self.trial.moves;
        let suspects = &all[..(culprit_idx + 1).min(all.len())];
        let alone = suspects.last().map(std::slice::from_ref).unwrap_or_default();
        let was = (self.trial.observer.is_some(), self.trial.is_watched);
        let culprit = alone.first().map(|one| one.subject_idx);
        let is_own = |one: &&Move| Some(one.subject_idx) == culprit;
        let own: Vec<Move> = self.trial.setup.iter().filter(is_own).cloned().collect();
        let minimal = |setup: &[Move], moves: &[Move], is_observed, is_watched| Minimal {
            setup: setup.to_vec(),
            moves: moves.to_vec(),
            is_observed: is_observed && was.0,
            is_watched: is_watched && was.1,
        };
        let whole = minimal(self.trial.setup, all, true, true);
        let mut tries = vec![
            minimal(&[], alone, false, false),
            minimal(&[], alone, false, true),
            minimal(&[], alone, true, false),
            minimal(&own, alone, true, false),
            minimal(&own, alone, true, true),
            minimal(self.trial.setup, suspects, true, true),
        ];
        tries.extend(std::iter::repeat_n(whole, MAX_REPETITIONS));
        let mut minimal = tries.into_iter().find(|one| self.fails(one))?;
        self.fewer(&mut minimal);
        self.plainer(&mut minimal);
        self.smaller(&mut minimal);
        Some(minimal)
    }

    /// Leaves out moves, half of them first.
    fn fewer(&mut self, minimal: &mut Minimal) {
        let mut n_left = MAX_TRIES;
        let mut size = minimal.moves.len() / 2;
        while size > 0 {
            let mut at = 0;
            while at < minimal.moves.len() && n_left > 0 && minimal.moves.len() > 1 {
                let mut fewer = minimal.clone();
                fewer.moves.drain(at..(at + size).min(minimal.moves.len()));
                n_left -= 1;
                if !fewer.moves.is_empty() && self.fails(&fewer) {
                    *minimal = fewer;
                } else {
                    at += size;
                }
            }
            size /= 2;
        }
    }

    /// Leaves out what is around the moves.
    fn plainer(&mut self, minimal: &mut Minimal) {
        let others = [
            Minimal { is_watched: false, ..minimal.clone() },
            Minimal { setup: Vec::new(), ..minimal.clone() },
            Minimal { is_observed: false, ..minimal.clone() },
        ];
        for other in others {
            let plainer = Minimal {
                setup: if other.setup.is_empty() { Vec::new() } else { minimal.setup.clone() },
                is_observed: minimal.is_observed && other.is_observed,
                is_watched: minimal.is_watched && other.is_watched,
                moves: minimal.moves.clone(),
            };
            if plainer != *minimal && self.fails(&plainer) {
                *minimal = plainer;
            }
        }
    }

    /// Makes the payloads smaller, each as valid as it was.
    fn smaller(&mut self, minimal: &mut Minimal) {
        for n in 0..minimal.moves.len() {
            let one = minimal.moves[n].clone();
            let smaller = match &one.sent {
                Sent::Raw(pieces) => self.shorter(minimal, n, pieces),
                Sent::To { values, is_connection } => self.nearer(minimal, n, values, *is_connection),
                Sent::Valid(payload) | Sent::Invalid(payload) => {
                    let kind = one.sent.kind();
                    let kept = if kind == Kind::Invalid { one.at.clone() } else { String::from("/-/-") };
                    let source = &self.sources[one.subject_idx];
                    let before = source.violated(payload);
                    let payload = shrink(payload, &kept, MAX_TRIES, &mut |payload: &Value| {
                        let is_alike = source.violated(payload) == before;
                        is_alike && self.fails_with(minimal, n, made(kind, payload.clone()))
                    });
                    made(kind, payload)
                }
            };
            minimal.moves[n].sent = smaller;
        }
    }

    /// The bytes with as few repetitions as can be.
    fn shorter(&mut self, minimal: &Minimal, n: usize, pieces: &[Piece]) -> Sent {
        let mut shortest = pieces.to_vec();
        let mut n_left = MAX_TRIES;
        for (low_factor, step) in [(2, 1), (4, 3)] {
            while n_left > 0 {
                let mut shorter = shortest.clone();
                for times in shorter.iter_mut().filter_map(|piece| piece.times.as_mut()) {
                    *times = (*times * step / low_factor).max(1);
                }
                n_left -= 1;
                let one = &minimal.moves[n];
                let is_bad = Piece::bytes(&shorter)
                    .is_ok_and(|bytes| self.sources[one.subject_idx].is_malformed(&one.site, &bytes));
                if shorter == shortest || !is_bad || !self.fails_with(minimal, n, Sent::Raw(shorter.clone()))
                {
                    break;
                }
                shortest = shorter;
            }
        }
        Sent::Raw(shortest)
    }

    /// Shorter values that are worth the same.
    fn nearer(&mut self, minimal: &Minimal, n: usize, values: &Values, is_connection: bool) -> Sent {
        let source = &self.sources[minimal.moves[n].subject_idx];
        let worth = source.worth(values, is_connection);
        let mut nearest = values.clone();
        for at in 0..values.len() {
            let mut n_left = nearest[at].1.chars().count() / 2;
            while n_left > 0 {
                let mut nearer = nearest.clone();
                nearer[at].1 = nearest[at].1.chars().take(n_left).collect();
                let sent = Sent::To { values: nearer.clone(), is_connection };
                if source.worth(&nearer, is_connection) != worth || !self.fails_with(minimal, n, sent) {
                    break;
                }
                nearest = nearer;
                n_left /= 2;
            }
        }
        Sent::To { values: nearest, is_connection }
    }

    fn fails_with(&mut self, minimal: &Minimal, n: usize, sent: Sent) -> bool {
        let mut other = minimal.clone();
        other.moves[n].sent = sent;
        self.fails(&other)
    }

    /// Whether that fails by the same rule.
    fn fails(&mut self, minimal: &Minimal) -> bool {
        let deadline = self.deadline.min(HASTE);
        let played = self.played(minimal, deadline);
        played.is_some_and(|played| played.failure().is_some_and(|failure| failure.rule == self.rule))
    }

    /// Plays it; nothing where the server is gone for good.
    pub fn played(&mut self, minimal: &Minimal, deadline: Duration) -> Option<Played> {
        self.arena.health().ok()?;
        let trial = minimal.of(&self.trial);
        let path = self.arena.nowhere();
        let played = self.arena.play(&trial, "a smaller one", &path, deadline);
        // Who comes next finds it alive.
        self.arena.health().ok()?;
        Some(played)
    }
}

impl Minimal {
    /// What of `trial` is left.
    pub fn of<'t>(&'t self, trial: &Trial<'t>) -> Trial<'t> {
        Trial {
            setup: &self.setup,
            moves: &self.moves,
            observer: trial.observer.filter(|_| self.is_observed),
            is_watched: self.is_watched,
            ..trial.clone()
        }
    }
}

fn made(kind: Kind, payload: Value) -> Sent {
    match kind {
        Kind::Invalid => Sent::Invalid(payload),
        Kind::Valid | Kind::Raw | Kind::Address => Sent::Valid(payload),
    }
}
