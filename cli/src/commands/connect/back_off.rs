//! How long to wait before connecting again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// The pause before the first attempt, about.
const FIRST: Duration = Duration::from_millis(250);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(15);

/// Pauses that double while attempts fail.
#[derive(Debug, Default)]
pub struct BackOff {
    /// How many attempts have failed since events came.
    n_failed: u32,
}

impl BackOff {
    /// Events come: the next loss is a new one.
    pub fn reset(&mut self) {
        self.n_failed = 0;
    }

    /// The pause before the next attempt. A quarter of it is chance, so that the clients of a server that was away don't
    /// come back all at once.
    pub fn next(&mut self) -> Duration {
        let whole = FIRST.saturating_mul(1 << self.n_failed.min(16)).min(LONGEST);
        self.n_failed = self.n_failed.saturating_add(1);
        let chance = RandomState::new().hash_one(()) % 1000;
        whole.mul_f64(1.0 - 0.25 * chance as f64 / 1000.0)
    }

    /// How many attempts there were since events came, the one to come included.
    pub const fn n_attempts(&self) -> u32 {
        self.n_failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_limit_until_events_come() {
        let mut back_off = BackOff::default();
        for whole in [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000] {
            let pause = back_off.next().as_millis();
            assert!((whole * 3 / 4 - 1..=whole).contains(&pause), "{pause} of {whole}");
        }
        assert!((0..100).all(|_| back_off.next() <= LONGEST));
        back_off.reset();
        assert!(back_off.next() <= FIRST);
        assert_eq!(back_off.n_attempts(), 1);
    }
}
