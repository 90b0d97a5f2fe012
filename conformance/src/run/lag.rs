//! Measures how late the runner itself is.
//!
//! The driver means to wake at least every [`TICK`]. What it sleeps longer, or works longer in one go, is its lag: a
//! stopped process, a starved machine, a slow step of our own. A server can't be blamed for a deadline that such a lag
//! may have broken.

use std::time::Duration;

use tokio::time::Instant;

/// The longest the driver means to sleep.
const TICK: Duration = Duration::from_millis(10);

/// The lag of one session.
#[derive(Debug)]
pub(super) struct Lag {
    planned: Instant,
    largest: Duration,
    in_wait: Duration,
}

impl Lag {
    /// Measures from `now` on.
    pub(super) fn since(now: Instant) -> Self {
        Self { planned: now + TICK, largest: Duration::ZERO, in_wait: Duration::ZERO }
    }

    /// When the driver has to be awake next.
    pub(super) fn next_tick(&self) -> Instant {
        self.planned
    }

    /// Takes note that the driver is awake.
    pub(super) fn awake(&mut self, now: Instant) {
        if let Some(late) = now.checked_duration_since(self.planned) {
            self.largest = self.largest.max(late);
            self.in_wait = self.in_wait.max(late);
            self.planned = now + TICK;
        }
    }

    /// A new deadline is waited for.
    pub(super) fn begin_wait(&mut self) {
        self.in_wait = Duration::ZERO;
    }

    /// By how much something may have been late since [`Self::begin_wait`] because of us: the largest lag, and a tick,
    /// for it is measured no more exactly and the connections have to catch up too. Less than a tick is no lag but the
    /// grain of the timer.
    pub(super) fn grace(&self) -> Duration {
        if self.in_wait < TICK { Duration::ZERO } else { self.in_wait + TICK }
    }

    /// The largest lag of all.
    pub(super) fn largest(&self) -> Duration {
        self.largest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_later_than_planned_is_lag() {
        let began = Instant::now();
        let mut lag = Lag::since(began);
        lag.awake(began + TICK / 2);
        assert_eq!(lag.largest(), Duration::ZERO);
        lag.awake(began + TICK * 4);
        assert_eq!(lag.largest(), TICK * 3);
        assert_eq!(lag.grace(), TICK * 4);
        lag.begin_wait();
        lag.awake(began + TICK * 5 + TICK / 2);
        assert_eq!((lag.grace(), lag.largest()), (Duration::ZERO, TICK * 3));
    }
}
