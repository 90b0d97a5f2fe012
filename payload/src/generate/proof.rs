//! Proves that there is no value: in no case, a case being one way to take every choice that is come to.
//!
//! What is built on the way is no value that is asked for: choices may be left open, and nothing is checked in the end.

use handfast_codegen::plan::PlanIdx;

use super::demand::{Ask, Demand};
use super::solve::{Aim, Solver, Style};

/// How many choices one after the other make up a case.
const MAX_CHOICES: usize = 12;
/// How many proofs are looked for within each other.
const MAX_AHEAD: usize = 2;
/// How many cases are looked at before a proof is given up.
const MAX_CASES: usize = 64;
/// How many ways a choice may have to be looked at.
const MAX_WAYS: usize = 24;

/// The choices on the way to one case.
#[derive(Debug)]
pub struct Cases {
    /// How many choices are looked at one after the other; those behind them are left open.
    max_choices: usize,
    /// Which of how many is taken.
    taken: Vec<(usize, usize)>,
    n_met: usize,
}

impl Cases {
    /// The first case.
    pub const fn new(max_choices: usize) -> Self {
        Self { max_choices, taken: Vec::new(), n_met: 0 }
    }

    /// Goes back to the first choice.
    pub fn rewind(&mut self) {
        self.n_met = 0;
    }

    /// Which of `n` the case takes; nothing where that is left open.
    pub fn next(&mut self, n: usize) -> Option<usize> {
        if n > MAX_WAYS || self.n_met == self.max_choices {
            return None;
        }
        if self.n_met == self.taken.len() {
            self.taken.push((0, n));
        }
        self.n_met += 1;
        self.taken.get(self.n_met - 1).map(|(taken, _)| *taken)
    }

    /// Goes on to the next case; false where that was the last.
    pub fn advance(&mut self) -> bool {
        while let Some((taken, n)) = self.taken.pop() {
            if taken + 1 < n {
                self.taken.push((taken + 1, n));
                return true;
            }
        }
        false
    }
}

impl<'p> Solver<'p> {
    /// Whether it is proved that there is no value that `root` accepts but for what `aim` says: there is none in any case.
    pub(super) fn has_none(&mut self, root: PlanIdx, aim: &Aim) -> bool {
        // Where it goes without any choice, no number of cases stands in the way.
        [0, MAX_CHOICES].into_iter().any(|max_choices| self.has_none_in(Cases::new(max_choices), root, aim))
    }

    fn has_none_in(&mut self, mut cases: Cases, root: PlanIdx, aim: &Aim) -> bool {
        for _ in 0..MAX_CASES {
            cases.rewind();
            self.cases = Some(cases);
            let made = self.value(root, Style::Minimal, Some(aim.clone()), 0);
            let Some(met) = self.cases.take() else { return false };
            cases = met;
            if !made.is_err_and(|conflict| conflict.is_proved) {
                return false;
            }
            if !cases.advance() {
                return true;
            }
        }
        false
    }

    /// While a proof is looked for, whether it is proved without any choice that no value meets `asks`.
    pub(super) fn leaves_nothing(&mut self, asks: &[Ask]) -> bool {
        if self.n_ahead == MAX_AHEAD || !self.is_relaxed() {
            return false;
        }
        self.n_ahead += 1;
        let cases = self.cases.replace(Cases::new(0));
        let (struck, rng) = (self.struck.clone(), self.rng.clone());
        let made = self.solve(asks);
        (self.cases, self.struck, self.rng) = (cases, struck, rng);
        self.n_ahead -= 1;
        made.is_err_and(|conflict| conflict.is_proved)
    }

    /// Whether a proof is looked for, and so a choice may be left open: where even then there is no value, none is there whatever is
    /// chosen.
    pub(super) const fn is_relaxed(&self) -> bool {
        self.cases.is_some()
    }

    /// One of `n`, drawn, or the next of all cases; nothing where the choice is left open.
    pub(super) fn draw(&mut self, n: usize, demand: &mut Demand<'p>) -> Option<usize> {
        match &mut self.cases {
            _ if n == 1 => Some(0),
            Some(cases) => cases.next(n),
            None => {
                demand.has_chosen = true;
                Some(self.rng.usize(..n))
            }
        }
    }
}
