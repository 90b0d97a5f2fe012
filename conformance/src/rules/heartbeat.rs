//! `heartbeat`: pings are answered in time, and a server that pings does so as often as it says, and is not silent.

use std::collections::VecDeque;
use std::time::Duration;

use handfast_codegen::model::{Heartbeat as Contract, Side};

use super::{Connected, Rule, RuleEntry, Seen};
use crate::verdict::{Failure, Verdict};

pub const ENTRY: RuleEntry = RuleEntry {
    name: "heartbeat",
    what: "A client's ping is answered within `within`; a server that pings does so each `every`, half as long again allowed, and is never silent for `dead-after`.",
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
        let every = contract.every.filter(|_| contract.from == Side::Server);
        let rarest = every.map(|every| conditions.scaled(every.duration()).mul_f64(TOLERANCE));
        Some(Box::new(Heartbeat {
            contract,
            limit,
            rarest,
            asked: VecDeque::new(),
            heard: None,
            pinged: None,
        }))
    },
};

/// How much longer than `every` the pause between two pings may be: timers of servers are no clocks.
const TOLERANCE: f64 = 1.5;

struct Heartbeat {
    contract: Contract,
    /// How soon the answer comes, or how long silence may last.
    limit: Option<Duration>,
    /// How long the server may not ping.
    rarest: Option<Duration>,
    /// When the pings were sent that have no answer.
    asked: VecDeque<Duration>,
    /// When the server was last heard; `None` without a connection.
    heard: Option<Duration>,
    /// When it last pinged, or the connection began.
    pinged: Option<Duration>,
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

impl Heartbeat {
    /// The server sent something, at `frame.at`.
    fn heard(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let mut failures: Vec<Failure> = self.silence(frame.at).into_iter().collect();
        self.heard = Some(frame.at);
        if frame.name == self.contract.ping {
            failures.extend(self.pinged(frame));
        } else {
            failures.extend(self.rareness(frame.at));
        }
        failures
    }

    /// The server pinged.
    fn pinged(&mut self, frame: &Seen<'_>) -> Option<Failure> {
        let pause = frame.at.saturating_sub(self.pinged.replace(frame.at)?);
        let rarest = self.rarest.filter(|rarest| pause > *rarest)?;
        let message = format!("`{}` came after {pause:.1?}, and {rarest:.1?} is the limit", frame.name);
        Some(frame.failure("heartbeat", message))
    }

    /// The server was not heard for too long.
    fn silence(&mut self, now: Duration) -> Option<Failure> {
        let limit = passed(self.heard, self.limit, now)?;
        // A server that is silent does not ping, either: that is told once.
        (self.heard, self.pinged) = (Some(now), Some(now));
        Some(self.failure(&self.contract.ping, format!("the server was silent for more than {limit:.1?}")))
    }

    /// The server did not ping for too long.
    fn rareness(&mut self, now: Duration) -> Option<Failure> {
        let rarest = passed(self.pinged, self.rarest, now)?;
        self.pinged = Some(now);
        let ping = &self.contract.ping;
        Some(self.failure(ping, format!("no `{ping}` within {rarest:.1?}")))
    }

    /// The client's oldest ping was not answered for too long.
    fn unanswered(&mut self, now: Duration) -> Option<Failure> {
        let limit = passed(self.asked.front().copied(), self.limit, now)?;
        self.asked.pop_front();
        let pong = &self.contract.pong;
        Some(self.failure(pong, format!("no `{pong}` within {limit:.1?}")))
    }

    fn failure(&self, event: &str, message: String) -> Failure {
        Failure { event: Some(event.to_owned()), ..Failure::new(Verdict::Failed, "heartbeat", message) }
    }
}

impl Rule for Heartbeat {
    fn connected(&mut self, connected: Connected) {
        self.heard = Some(connected.at);
        self.pinged = Some(connected.at);
        self.asked.clear();
    }

    fn disconnected(&mut self) {
        (self.heard, self.pinged) = (None, None);
        self.asked.clear();
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        match (self.contract.from, frame.by) {
            (Side::Client, Side::Client) if frame.name == self.contract.ping => {
                self.asked.push_back(frame.at);
                Vec::new()
            }
            (Side::Client, Side::Server) if frame.name == self.contract.pong => {
                self.answered(frame).into_iter().collect()
            }
            (Side::Server, Side::Server) => self.heard(frame),
            _ => Vec::new(),
        }
    }

    fn due(&self) -> Option<Duration> {
        match self.contract.from {
            Side::Client => after(self.asked.front().copied(), self.limit),
            Side::Server => {
                let dues = [after(self.heard, self.limit), after(self.pinged, self.rarest)];
                dues.into_iter().flatten().min()
            }
        }
    }

    fn tick(&mut self, now: Duration) -> Vec<Failure> {
        match self.contract.from {
            Side::Client => self.unanswered(now).into_iter().collect(),
            Side::Server => self.silence(now).into_iter().chain(self.rareness(now)).collect(),
        }
    }
}

/// When `limit` is over that began then.
fn after(since: Option<Duration>, limit: Option<Duration>) -> Option<Duration> {
    Some(since?.saturating_add(limit?))
}

/// `limit`, where it is over at `now`.
fn passed(since: Option<Duration>, limit: Option<Duration>, now: Duration) -> Option<Duration> {
    after(since, limit).filter(|due| now > *due).and(limit)
}
