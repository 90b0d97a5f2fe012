//! Measures how late the runner itself is.
//!
//! A run has one [`Pulse`], a task that means to wake every [`TICK`]: what it sleeps longer is lag of everybody, of a stopped
//! process as of a starved machine. A session adds to it what it worked in one go itself ([`Lag`]). A server can't be blamed
//! for a deadline that such a lag may have broken.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::event::Delay;

/// The longest the pulse means to sleep, and a session to work.
const TICK: Duration = Duration::from_millis(10);
/// How many delays are told of one session.
const MAX_DELAYS: usize = 128;
/// How many late beats are remembered: those of at least [`LOOK`].
const MAX_BEATS: usize = 8192;
/// How often a session looks at the pulse, at least.
const LOOK: Duration = Duration::from_secs(60);

/// The lag that all sessions of a run have in common. It is measured for as long as somebody has it.
#[derive(Debug, Clone)]
pub(super) struct Pulse(Arc<Heart>);

/// A pulse, and the part of it that every session looks at whenever it wakes, which waits for nobody.
#[derive(Debug)]
struct Heart {
    began: Instant,
    /// [`Beats::planned`], in nanoseconds since `began`.
    planned: AtomicU64,
    /// [`Beats::n_late`].
    n_late: AtomicU64,
    beats: Mutex<Beats>,
}

/// What the pulse has measured.
#[derive(Debug)]
struct Beats {
    /// When the next beat is due.
    planned: Instant,
    /// The beats that were late: when they came, and by how much.
    late: VecDeque<(Instant, Duration)>,
    /// How many were late; the last of them are in `late`.
    n_late: u64,
}

impl Pulse {
    /// Measures from now on, in a task of the runtime that this is called in.
    pub(super) fn start() -> Self {
        let pulse = Self::new(Instant::now());
        tokio::spawn(beat(Arc::downgrade(&pulse.0)));
        pulse
    }

    fn new(now: Instant) -> Self {
        let beats = Beats { planned: now + TICK, late: VecDeque::new(), n_late: 0 };
        let planned = AtomicU64::new(nanoseconds(TICK));
        Self(Arc::new(Heart { began: now, planned, n_late: AtomicU64::new(0), beats: Mutex::new(beats) }))
    }

    fn with<T>(&self, look: impl FnOnce(&mut Beats) -> T) -> T {
        // Nothing that is done under the lock leaves it half done.
        let mut beats = self.0.beats.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = look(&mut beats);
        // In this order: who sees the next plan sees how many were late before.
        self.0.n_late.store(beats.n_late, Ordering::Release);
        let planned = beats.planned.saturating_duration_since(self.0.began);
        self.0.planned.store(nanoseconds(planned), Ordering::Release);
        seen
    }

    /// How late the beat is that is due next, and how many were late before.
    fn glance(&self, now: Instant) -> (Duration, u64) {
        let planned = Duration::from_nanos(self.0.planned.load(Ordering::Acquire));
        let late = now.saturating_duration_since(self.0.began).saturating_sub(planned);
        (late, self.0.n_late.load(Ordering::Acquire))
    }
}

async fn beat(pulse: Weak<Heart>) {
    while let Some(pulse) = pulse.upgrade().map(Pulse) {
        let planned = pulse.with(|beats| {
            beats.awake(Instant::now());
            beats.planned
        });
        drop(pulse);
        sleep_until(planned).await;
    }
}

impl Beats {
    fn awake(&mut self, now: Instant) {
        let late = now.saturating_duration_since(self.planned);
        self.planned = now + TICK;
        if late >= TICK {
            self.n_late += 1;
            self.late.push_back((now, late));
            if self.late.len() > MAX_BEATS {
                self.late.pop_front();
            }
        }
    }

    /// The late beats behind the first `n_known`.
    fn since(&self, n_known: u64) -> impl Iterator<Item = (Instant, Duration)> {
        let n_new = usize::try_from(self.n_late - n_known).unwrap_or(usize::MAX);
        self.late.iter().skip(self.late.len().saturating_sub(n_new)).copied()
    }
}

/// The lag of one session.
#[derive(Debug)]
pub(super) struct Lag {
    pulse: Pulse,
    /// How many beats were late before.
    n_before: u64,
    /// How many late beats are known.
    n_known: u64,
    began: Instant,
    /// Until when the session may work in one go.
    planned: Instant,
    largest: Duration,
    waits_since: Instant,
    in_wait: Duration,
    delays: Vec<Delay>,
}

impl Lag {
    /// Measures from `now` on.
    pub(super) fn since(now: Instant, pulse: Pulse) -> Self {
        let n_before = pulse.with(|beats| beats.n_late);
        Self {
            pulse,
            n_before,
            n_known: n_before,
            began: now,
            planned: now + TICK,
            largest: Duration::ZERO,
            waits_since: now,
            in_wait: Duration::ZERO,
            delays: Vec::new(),
        }
    }

    /// When the driver has to look again.
    pub(super) fn next_look(&self) -> Instant {
        self.planned + LOOK
    }

    /// Takes note that the session has slept until `now`, and begins to work.
    pub(super) fn wakes(&mut self, now: Instant) {
        self.planned = now + TICK;
    }

    /// Takes note of what the session has worked until `now`, and of how late the pulse was and is.
    pub(super) fn awake(&mut self, now: Instant) {
        let worked = now.saturating_duration_since(self.planned);
        if worked >= TICK {
            self.note(now, worked);
            self.delays.push(self.delay(now, worked));
            largest_of(&mut self.delays);
        }
        self.wakes(now);
        let (late, n_late) = self.pulse.glance(now);
        self.note(now, late);
        if n_late > self.n_known {
            let pulse = self.pulse.clone();
            pulse.with(|beats| {
                beats.since(self.n_known).for_each(|(at, late)| self.note(at, late));
                self.n_known = beats.n_late;
            });
        }
    }

    /// Counts what is more than the grain of the timer.
    fn note(&mut self, at: Instant, late: Duration) {
        if late >= TICK {
            self.largest = self.largest.max(late);
            // Of a delay that began before the wait did, the rest counts.
            self.in_wait = self.in_wait.max(late.min(at.saturating_duration_since(self.waits_since)));
        }
    }

    fn delay(&self, at: Instant, late: Duration) -> Delay {
        Delay { at_ms: ms(at.saturating_duration_since(self.began)), late_ms: ms(late) }
    }

    /// A new deadline is waited for.
    pub(super) fn begin_wait(&mut self, now: Instant) {
        self.waits_since = now;
        self.in_wait = Duration::ZERO;
    }

    /// By how much something may have been late since [`Self::begin_wait`] because of us: the largest lag, and a tick,
    /// for it is measured no more exactly and the connections have to catch up too.
    pub(super) fn grace(&self) -> Duration {
        if self.in_wait.is_zero() { Duration::ZERO } else { self.in_wait + TICK }
    }

    /// The largest lag of all; nothing where it was no more than the grain of the timer.
    pub(super) fn largest(&self) -> Duration {
        self.largest
    }

    /// The delays of more than a tick, in order; the largest of them where there were many. Those that all sessions have in
    /// common are remembered once, in the pulse.
    pub(super) fn into_delays(mut self) -> Vec<Delay> {
        let mut delays = std::mem::take(&mut self.delays);
        let common: Vec<_> = self.pulse.with(|beats| beats.since(self.n_before).collect());
        delays.extend(common.into_iter().map(|(at, late)| self.delay(at, late)));
        largest_of(&mut delays);
        delays.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms));
        delays
    }
}

/// Leaves no more than the largest [`MAX_DELAYS`].
fn largest_of(delays: &mut Vec<Delay>) {
    if delays.len() > MAX_DELAYS {
        delays.sort_by(|a, b| b.late_ms.total_cmp(&a.late_ms));
        delays.truncate(MAX_DELAYS);
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// In milliseconds, to the microsecond.
fn ms(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lag() -> (Instant, Pulse, Lag) {
        let began = Instant::now();
        let pulse = Pulse::new(began);
        (began, pulse.clone(), Lag::since(began, pulse))
    }

    #[test]
    fn only_work_in_one_go_is_lag_of_the_session() {
        let (began, pulse, mut lag) = lag();
        let at = |ticks: f64| began + TICK.mul_f64(ticks);
        pulse.with(|beats| beats.planned = at(1000.0));
        lag.awake(at(0.5));
        lag.awake(at(2.0));
        assert_eq!((lag.largest(), lag.grace()), (Duration::ZERO, Duration::ZERO));
        lag.awake(at(6.0));
        assert_eq!((lag.largest(), lag.grace()), (TICK * 3, TICK * 4));
        lag.begin_wait(at(6.0));
        lag.wakes(at(100.0));
        lag.awake(at(100.5));
        assert_eq!((lag.grace(), lag.largest()), (Duration::ZERO, TICK * 3));
        assert_eq!(lag.into_delays(), [Delay { at_ms: 60.0, late_ms: 30.0 }]);
    }

    #[test]
    fn a_pulse_that_is_late_is_lag_of_all_who_were_there() {
        let (began, pulse, mut early) = lag();
        pulse.with(|beats| beats.awake(began + TICK * 4));
        let mut late = Lag::since(began + TICK * 4, pulse);
        for lag in [&mut early, &mut late] {
            lag.wakes(began + TICK * 5);
            lag.awake(began + TICK * 5);
        }
        assert_eq!((early.largest(), late.largest()), (TICK * 3, Duration::ZERO));
        assert_eq!(early.into_delays(), [Delay { at_ms: 40.0, late_ms: 30.0 }]);
        // A beat that is due and does not come is lag already, for a wait as long as that has lasted.
        late.begin_wait(began + TICK * 7);
        late.wakes(began + TICK * 9);
        late.awake(began + TICK * 9);
        assert_eq!((late.grace(), late.largest()), (TICK * 3, TICK * 4));
        assert_eq!(late.into_delays(), []);
    }

    #[test]
    fn of_many_delays_the_largest_are_told_in_order() {
        let (mut now, pulse, mut lag) = lag();
        for n in 0..500_u32 {
            now += TICK * (3 + n % 7);
            pulse.with(|beats| beats.awake(now));
            lag.wakes(now);
            lag.awake(now);
        }
        let delays = lag.into_delays();
        assert_eq!(delays.len(), MAX_DELAYS);
        assert!(delays.is_sorted_by(|a, b| a.at_ms < b.at_ms));
        assert!(delays.iter().all(|delay| delay.late_ms >= 70.0), "{delays:?}");
    }

    #[tokio::test]
    async fn a_pulse_beats_until_nobody_has_it() {
        let pulse = Pulse::start();
        let beats = Arc::downgrade(&pulse.0);
        let first = pulse.with(|beats| beats.planned);
        while pulse.with(|beats| beats.planned) == first {
            tokio::task::yield_now().await;
        }
        drop(pulse);
        while beats.strong_count() > 0 {
            tokio::task::yield_now().await;
        }
    }
}
