//! `reply`: a request is answered.

use std::collections::VecDeque;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, Side};

use super::{Conditions, Connected, Rule, RuleEntry, Seen};
use crate::verdict::{Failure, Verdict};

pub const ENTRY: RuleEntry = RuleEntry {
    name: "reply",
    what: "Each event that the contract has a reply for is answered by one, within the deadline of the session.",
    why: "A client that asked waits for the answer; without one it waits for ever, or asks again.",
    example: "`join-project` is sent, and no `project-joined` comes.",
    start: |conditions| {
        let session = &conditions.session;
        let sent = session.protocol.direction(session.channel_idx, Side::Client);
        let is_asked = sent.iter().any(|event| !replies(conditions, *event).is_empty());
        let within = conditions.scaled(conditions.deadline);
        is_asked
            .then(|| Box::new(Reply { conditions: conditions.clone(), within, asked: VecDeque::new() }) as _)
    },
};

struct Reply {
    conditions: Conditions,
    within: Duration,
    /// The requests that have no answer yet, and when they were sent, in order.
    asked: VecDeque<(EventIdx, Duration)>,
}

/// The events that answer `request` on the session's channel. Pings are the heartbeat's.
fn replies(conditions: &Conditions, request: EventIdx) -> &[EventIdx] {
    let session = &conditions.session;
    let is_ping =
        session.rules().heartbeat.as_ref().is_some_and(|beat| beat.ping == session.event(request).name);
    let exchange = session.protocol.contract.exchange(request).filter(|_| !is_ping);
    let from_server = session.protocol.direction(session.channel_idx, Side::Server);
    let replies = exchange.map_or(&[][..], |exchange| &exchange.replies);
    if replies.iter().any(|reply| from_server.contains(reply)) { replies } else { &[] }
}

impl Rule for Reply {
    fn connected(&mut self, _: Connected) {
        self.asked.clear();
    }

    fn disconnected(&mut self) {
        self.asked.clear();
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        match frame.by {
            Side::Client if !replies(&self.conditions, frame.event).is_empty() => {
                self.asked.push_back((frame.event, frame.at));
            }
            Side::Client => {}
            Side::Server => {
                let answers =
                    |(request, _): &(EventIdx, _)| replies(&self.conditions, *request).contains(&frame.event);
                if let Some(n) = self.asked.iter().position(answers) {
                    self.asked.remove(n);
                }
            }
        }
        Vec::new()
    }

    fn unanswered(&mut self, request: EventIdx) {
        if let Some(n) = self.asked.iter().rposition(|(asked, _)| *asked == request) {
            self.asked.remove(n);
        }
    }

    fn waits(&self) -> bool {
        !self.asked.is_empty()
    }

    fn due(&self) -> Option<Duration> {
        self.asked.front().map(|(_, at)| at.saturating_add(self.within))
    }

    fn tick(&mut self, now: Duration) -> Vec<Failure> {
        let mut failures = Vec::new();
        while self.due().is_some_and(|due| now > due)
            && let Some((request, _)) = self.asked.pop_front()
        {
            let session = &self.conditions.session;
            let name = session.event(request).name.clone();
            let wanted = replies(&self.conditions, request).iter();
            let wanted: Vec<_> = wanted.map(|reply| format!("`{}`", session.event(*reply).name)).collect();
            let message =
                format!("`{name}` was not answered by {} within {:?}", wanted.join(" or "), self.within);
            let help = "where the server is to refuse it, say so: `answered: false`".to_owned();
            let failure = Failure::new(Verdict::Failed, "reply", message);
            failures.push(Failure { event: Some(name), help: Some(help), ..failure });
        }
        failures
    }
}
