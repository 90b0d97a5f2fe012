//! `heartbeat`: pings are answered in time, and a server that pings is not silent.

use std::collections::VecDeque;
use std::time::Duration;

use handfast_codegen::model::{Heartbeat as Contract, Side};

use super::{Connected, Rule, RuleEntry, Seen};
use crate::verdict::{Failure, Verdict};

pub const ENTRY: RuleEntry = RuleEntry {
    name: "heartbeat",
    what: "A client's ping is answered within `within`; a server that pings is never silent for `dead-after`.",
    why: "Clients take a server for dead that does not, and reconnect for nothing.",
    example: "`pong` comes 6 s after `ping`, where the contract says `within: 5s`.",
    start: |conditions| {
        let contract = conditions.session.rules().heartbeat.clone()?;
        let from_server = conditions.session.protocol.direction(conditions.session.channel_idx, Side::Server);
        let answers = if contract.from == Side::Client { &contract.pong } else { &contract.ping };
        // A channel that does not carry the heartbeat has none.
        from_server.iter().find(|event| conditions.session.event(**event).name == *answers)?;
        let limit = match contract.from {
            Side::Client => contract.within,
            Side::Server => contract.dead_after,
        };
        let limit = limit.map(|limit| conditions.scaled(limit.duration()));
        Some(Box::new(Heartbeat { contract, limit, asked: VecDeque::new(), heard: None }))
    },
};

struct Heartbeat {
    contract: Contract,
    /// How soon the answer comes, or how long silence may last.
    limit: Option<Duration>,
    /// When the pings were sent that have no answer.
    asked: VecDeque<Duration>,
    /// When the server was last heard; `None` without a connection.
    heard: Option<Duration>,
}

impl Heartbeat {
    /// The answer to the oldest ping, seen at `at`.
    fn answered(&mut self, frame: &Seen<'_>) -> Option<Failure> {
        let Some(asked) = self.asked.pop_front() else {
            let message = format!("`{}` answers no `{}`", self.contract.pong, self.contract.ping);
            return Some(frame.failure("heartbeat", message));
        };
        let took = frame.at.saturating_sub(asked);
        let limit = self.limit.filter(|limit| took > *limit)?;
        let message = format!("`{}` came after {took:.1?}, and {limit:.1?} is the limit", self.contract.pong);
        Some(frame.failure("heartbeat", message))
    }
}

impl Rule for Heartbeat {
    fn connected(&mut self, connected: Connected) {
        self.heard = Some(connected.at);
        self.asked.clear();
    }

    fn disconnected(&mut self) {
        self.heard = None;
        self.asked.clear();
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let mut failures = Vec::new();
        match (self.contract.from, frame.by) {
            (Side::Client, Side::Client) if frame.name == self.contract.ping => {
                self.asked.push_back(frame.at);
            }
            (Side::Client, Side::Server) if frame.name == self.contract.pong => {
                failures.extend(self.answered(frame));
            }
            (Side::Server, Side::Server) => {
                failures = self.tick(frame.at);
                self.heard = Some(frame.at);
            }
            _ => {}
        }
        failures
    }

    fn due(&self) -> Option<Duration> {
        let since = match self.contract.from {
            Side::Client => self.asked.front().copied(),
            Side::Server => self.heard,
        };
        Some(since?.saturating_add(self.limit?))
    }

    fn tick(&mut self, now: Duration) -> Vec<Failure> {
        let (Some(limit), Some(_)) = (self.limit, self.due().filter(|due| now > *due)) else {
            return Vec::new();
        };
        let (event, message) = match self.contract.from {
            Side::Client => {
                self.asked.pop_front();
                (&self.contract.pong, format!("no `{}` within {limit:.1?}", self.contract.pong))
            }
            Side::Server => {
                self.heard = Some(now);
                (&self.contract.ping, format!("the server was silent for more than {limit:.1?}"))
            }
        };
        let event = Some(event.clone());
        vec![Failure { event, ..Failure::new(Verdict::Failed, "heartbeat", message) }]
    }
}
