//! The contract's heartbeat: answers pings, sends those that are due, and knows when the server is dead.

use std::collections::VecDeque;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, Heartbeat, Side};
use handfast_conformance::matcher::recognise;
use handfast_conformance::session::Session;
use tokio::time::Instant;

use super::outgoing::By;

/// How many pings without an answer are remembered.
const MAX_ASKED: usize = 1024;

/// The heartbeat of a channel.
#[derive(Debug)]
pub struct Heart {
    contract: Heartbeat,
    /// What the client sends: `ping` or `pong`; `None` where nothing but the event's constants is known, and they are
    /// not valid, or where the channel does not carry it.
    ours: Option<EventIdx>,
    next_ping: Option<Instant>,
    dead_at: Option<Instant>,
    /// The pings that have no answer yet, the oldest first.
    asked: VecDeque<Asked>,
}

#[derive(Debug, Clone, Copy)]
struct Asked {
    by: By,
    /// When the server is dead if it has not answered by then.
    until: Option<Instant>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Send this event.
    Send(EventIdx),
    /// Give the connection up: the server was silent, or did not answer, for so long.
    Dead(Duration),
}

/// What an event of the server is to the heartbeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reaction {
    /// The event that answers it.
    pub answer: Option<EventIdx>,
    /// Whether the user has nothing to do with it.
    pub is_internal: bool,
}

impl Heart {
    /// The heartbeat of the session's channel, where it has one.
    pub fn new(session: &Session) -> Option<Self> {
        let contract = session.rules().heartbeat.clone()?;
        recognise::event(session, contract.from, &contract.ping)?;
        let ours = match contract.from {
            Side::Client => &contract.ping,
            Side::Server => &contract.pong,
        };
        let is_known = |event: &EventIdx| {
            session.protocol.violations(*event, &session.protocol.constants(*event)).is_empty()
        };
        let ours = recognise::event(session, Side::Client, ours).filter(is_known);
        Some(Self { contract, ours, next_ping: None, dead_at: None, asked: VecDeque::new() })
    }

    /// The connection is open.
    pub fn connected(&mut self, now: Instant) {
        self.asked.clear();
        self.next_ping = self.every().map(|every| now + every);
        self.dead_at = self.silence().map(|silence| now + silence);
    }

    /// The connection is over.
    pub fn disconnected(&mut self) {
        self.asked.clear();
        (self.next_ping, self.dead_at) = (None, None);
    }

    /// The server has sent an event.
    pub fn heard(&mut self, name: &str, now: Instant) -> Reaction {
        self.dead_at = self.silence().map(|silence| now + silence);
        match self.contract.from {
            Side::Server if name == self.contract.ping => {
                Reaction { answer: self.ours, is_internal: self.ours.is_some() }
            }
            Side::Client if name == self.contract.pong => {
                let asked = self.asked.pop_front();
                Reaction { answer: None, is_internal: asked.is_some_and(|asked| asked.by == By::Heart) }
            }
            _ => Reaction::default(),
        }
    }

    /// The client has sent an event.
    pub fn sent(&mut self, name: &str, by: By, now: Instant) {
        if self.contract.from == Side::Client && name == self.contract.ping {
            let within = self.contract.within.filter(|_| by == By::Heart);
            self.asked.push_back(Asked { by, until: within.map(|within| now + within.duration()) });
            if self.asked.len() > MAX_ASKED {
                self.asked.pop_front();
            }
        }
    }

    /// When [`Self::tick`] has something to do.
    pub fn due(&self) -> Option<Instant> {
        let unanswered = self.asked.iter().filter_map(|asked| asked.until).min();
        [self.next_ping, self.dead_at, unanswered].into_iter().flatten().min()
    }

    /// What is to be done now.
    pub fn tick(&mut self, now: Instant) -> Option<Beat> {
        if self.dead_at.is_some_and(|dead_at| dead_at <= now) {
            return self.silence().map(Beat::Dead);
        }
        if self.asked.iter().any(|asked| asked.until.is_some_and(|until| until <= now)) {
            return self.contract.within.map(|within| Beat::Dead(within.duration()));
        }
        self.next_ping.filter(|next| *next <= now)?;
        self.next_ping = self.every().map(|every| now + every);
        self.ours.map(Beat::Send)
    }

    /// The pause between two pings of the client.
    fn every(&self) -> Option<Duration> {
        let every =
            self.contract.every.filter(|_| self.contract.from == Side::Client && self.ours.is_some())?;
        // A contract that wants them without a pause does not mean it.
        Some(every.duration().max(Duration::from_millis(10)))
    }

    /// How long a server that pings may be silent.
    fn silence(&self) -> Option<Duration> {
        let silence = self.contract.dead_after.filter(|_| self.contract.from == Side::Server);
        silence.map(|silence| silence.duration())
    }
}
