//! Goes through the cases of a proof: every way to take every choice, those alone that are come to.

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
