//! Events that no session asks for: at a rate, and in an order that the lifecycles of the contract allow.

use std::time::Duration;

use handfast_codegen::model::EventIdx;

use super::telling::Teller;
use crate::rules::filter::leaves_out;
use crate::session::Session;

/// How many keys of a lifecycle are under way at a time.
const MAX_LIVES: usize = 3;
/// The most events at once, after a time in which nobody asked.
const MAX_AT_ONCE: u32 = 100;

/// Chooses events.
#[derive(Debug)]
pub struct Improviser {
    events: Vec<EventIdx>,
    every: Duration,
    next: Duration,
}

impl Improviser {
    /// Chooses `rate` events a second among those that the server sends by itself, or among the contract's noise only;
    /// nothing where there are none.
    pub fn new(session: &Session, rate: f64, only_noise: bool, now: Duration) -> Option<Self> {
        let contract = &session.protocol.contract;
        let heartbeat = contract.rules.heartbeat.as_ref();
        let patterns = session.filter();
        let is_free = |event: &EventIdx| {
            let name = &session.event(*event).name;
            let is_reply = contract.exchanges.iter().any(|exchange| exchange.replies.contains(event));
            let is_beat = heartbeat.is_some_and(|heartbeat| heartbeat.events().contains(&name.as_str()));
            let is_refusal =
                contract.rules.refusal.as_ref().is_some_and(|refusal| refusal.event.as_ref() == Some(name));
            let is_left_out = patterns.as_ref().is_some_and(|patterns| leaves_out(session, patterns, *event));
            !is_reply
                && !is_beat
                && !is_refusal
                && !is_left_out
                && (!only_noise || contract.rules.is_noise(name))
        };
        let events: Vec<_> = session.channel().sends.iter().copied().filter(is_free).collect();
        let every = Duration::try_from_secs_f64(1.0 / rate).ok()?.max(Duration::from_micros(100));
        (!events.is_empty()).then(|| Self { events, every, next: now.saturating_add(every) })
    }

    /// When the next event is due.
    pub fn due(&self) -> Duration {
        self.next
    }

    /// The next event that is due by now.
    pub fn next(&mut self, session: &Session, teller: &mut Teller, now: Duration) -> Option<EventIdx> {
        if now < self.next {
            return None;
        }
        // What was missed by more than that is not made up for.
        let earliest = now.saturating_sub(self.every.saturating_mul(MAX_AT_ONCE));
        self.next = self.next.max(earliest).saturating_add(self.every);
        let ways = |event: &EventIdx| teller.keys_for(session, *event, MAX_LIVES);
        let weighted: Vec<_> =
            self.events.iter().flat_map(|event| std::iter::repeat_n(*event, ways(event))).collect();
        teller.fresh().random().choice(weighted)
    }
}
