//! Measures how late the runner itself is.
//!
//! The driver means to wake at least every [`TICK`]. What it sleeps longer, or works longer in one go, is its lag: a
//! stopped process, a starved machine, a slow step of our own. A server can't be blamed for a deadline that such a lag
//! may have broken.

use std::time::Duration;

use tokio::time::Instant;

use crate::event::Delay;

/// The longest the driver means to sleep.
const TICK: Duration = Duration::from_millis(10);
/// How many delays are told of one session.
const MAX_DELAYS: usize = 128;

/// The lag of one session.
#[derive(Debug)]
pub(super) struct Lag {
    began: Instant,
    planned: Instant,
    largest: Duration,
    in_wait: Duration,
    delays: Vec<Delay>,
}

impl Lag {
    /// Measures from `now` on.
    pub(super) fn since(now: Instant) -> Self {
        Self {
            began: now,
            planned: now + TICK,
            largest: Duration::ZERO,
            in_wait: Duration::ZERO,
            delays: Vec::new(),
        }
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
            if late >= TICK {
                self.keep(Delay { at_ms: ms(now - self.began), late_ms: ms(late) });
            }
        }
    }

    /// Keeps the delay, instead of the smallest one where there are too many.
    fn keep(&mut self, delay: Delay) {
        self.delays.push(delay);
        if self.delays.len() > MAX_DELAYS {
            let by_lateness =
                |(_, a): &(usize, &Delay), (_, b): &(usize, &Delay)| a.late_ms.total_cmp(&b.late_ms);
            let smallest = self.delays.iter().enumerate().min_by(by_lateness).map_or(0, |(idx, _)| idx);
            self.delays.remove(smallest);
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

    /// The delays of more than a tick, in order; the largest of them where there were many.
    pub(super) fn into_delays(self) -> Vec<Delay> {
        self.delays
    }
}

/// In milliseconds, to the microsecond.
fn ms(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
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
        assert_eq!(lag.into_delays(), [Delay { at_ms: 40.0, late_ms: 30.0 }]);
    }

    #[test]
    fn of_many_delays_the_largest_are_told_in_order() {
        let mut now = Instant::now();
        let mut lag = Lag::since(now);
        for n in 0..500_u32 {
            now += TICK * (3 + n % 7);
            lag.awake(now);
        }
        let delays = lag.into_delays();
        assert_eq!(delays.len(), MAX_DELAYS);
        assert!(delays.is_sorted_by(|a, b| a.at_ms < b.at_ms));
        assert!(delays.iter().all(|delay| delay.late_ms >= 70.0), "{delays:?}");
    }
}
