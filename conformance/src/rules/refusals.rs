//! `refusals`: what is valid is not refused, and what is invalid is, in the way of the contract.

use std::collections::VecDeque;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, Refusal, Side, Transport};

use serde_json::Value;

use super::{Conditions, Connected, Ended, Rule, RuleEntry, Seen, Spoilt};
use crate::verdict::{Failure, Verdict};

/// The close codes of RFC 6455, 7.4.1, by which a server refuses what it was sent: a protocol error, data that it does not take,
/// a text that is none, a policy, a message too big.
const REFUSING: [u16; 5] = [1002, 1003, 1007, 1008, 1009];

pub const ENTRY: RuleEntry = RuleEntry {
    name: "refusals",
    what: "Where a session says `refusals: judge`: what is valid is not refused, and what is invalid is refused as the contract says, and not answered.",
    why: "A server that takes what its contract rules out has accepted what nobody has thought of.",
    example: "`set-level` with the level 101 is answered by `level-set`, where the schema says `maximum: 100`.",
    start: |conditions| {
        let session = &conditions.session;
        session.judges_refusals.then(|| {
            let within = conditions.scaled(conditions.deadline);
            let refusal = session.rules().refusal.clone().unwrap_or_default();
            Box::new(Refusals {
                refusal,
                within,
                conditions: conditions.clone(),
                spoilt: VecDeque::new(),
                asked: VecDeque::new(),
                may_refuse: false,
            }) as _
        })
    },
};

struct Refusals {
    conditions: Conditions,
    refusal: Refusal,
    within: Duration,
    /// What was sent and must not be, and was not refused yet.
    spoilt: VecDeque<Spoilt>,
    /// The valid requests that have no answer yet.
    asked: VecDeque<EventIdx>,
    /// Whether something was sent that the server may take or refuse.
    may_refuse: bool,
}

impl Refusals {
    fn replies(&self, request: EventIdx) -> &[EventIdx] {
        let exchange = self.conditions.session.protocol.contract.exchange(request);
        exchange.map_or(&[], |exchange| &exchange.replies)
    }

    /// Whether an acknowledgement refuses it.
    fn is_acknowledged(&self, request: EventIdx) -> bool {
        let exchange = self.conditions.session.protocol.contract.exchange(request);
        self.refusal.acknowledgement.is_some()
            && exchange.is_some_and(|exchange| exchange.acknowledgement.is_some())
    }

    fn name(&self, event: EventIdx) -> &str {
        &self.conditions.session.event(event).name
    }

    /// The event that refuses, where one does on this channel.
    fn refusing(&self) -> Option<&str> {
        let session = &self.conditions.session;
        let name = self.refusal.event.as_deref()?;
        let sent = session.protocol.direction(session.channel_idx, Side::Server);
        sent.iter().any(|event| session.event(*event).name == name).then_some(name)
    }

    /// The first that has to be refused by an event.
    fn owed(&self) -> Option<Spoilt> {
        self.refusing()?;
        let is_owed = |spoilt: &&Spoilt| spoilt.event.is_some_and(|event| !self.is_acknowledged(event));
        self.spoilt.iter().find(is_owed).copied()
    }

    /// A refusal came.
    fn refused(&mut self, frame: &Seen<'_>) -> Option<Failure> {
        let acknowledged = |spoilt: &Spoilt| spoilt.event.is_some_and(|event| self.is_acknowledged(event));
        if let Some(n) = self.spoilt.iter().position(|spoilt| !acknowledged(spoilt)) {
            self.spoilt.remove(n);
            return None;
        }
        if self.may_refuse || !self.spoilt.is_empty() {
            return None;
        }
        let what = match self.asked.pop_front() {
            Some(request) => format!("`{}` was sent, and is valid", self.name(request)),
            None => "everything that was sent is valid".to_owned(),
        };
        Some(frame.failure("refusals", format!("`{}` came: {what}", frame.name)))
    }

    /// An event came that is no refusal.
    fn answered(&mut self, frame: &Seen<'_>) -> Option<Failure> {
        let answers = |request: EventIdx| self.replies(request).contains(&frame.event);
        if let Some(n) = self.asked.iter().position(|request| answers(*request)) {
            self.asked.remove(n);
            return None;
        }
        let request =
            self.spoilt.iter().filter_map(|spoilt| spoilt.event).find(|request| answers(*request))?;
        let name = self.name(request).to_owned();
        let message = format!("`{name}` breaks its schema, and was answered by `{}`", frame.name);
        Some(Failure { event: Some(name), ..Failure::new(Verdict::Failed, "refusals", message) })
    }
}

impl Rule for Refusals {
    fn connected(&mut self, _: Connected) {
        self.spoilt.clear();
        self.asked.clear();
        self.may_refuse = false;
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let failure = match frame.by {
            Side::Client => {
                if !self.replies(frame.event).is_empty() {
                    self.asked.push_back(frame.event);
                }
                None
            }
            Side::Server if self.refusing() == Some(frame.name) => self.refused(frame),
            Side::Server => self.answered(frame),
        };
        failure.into_iter().collect()
    }

    fn acknowledged(&mut self, request: EventIdx, _: &Value) -> Vec<Failure> {
        if let Some(n) = self.spoilt.iter().position(|spoilt| spoilt.event == Some(request)) {
            self.spoilt.remove(n);
        }
        Vec::new()
    }

    fn spoilt(&mut self, spoilt: Spoilt) {
        self.may_refuse |= spoilt.event.is_none();
        self.spoilt.push_back(spoilt);
    }

    fn unanswered(&mut self, request: EventIdx) {
        if self.spoilt.back().is_none_or(|spoilt| spoilt.event != Some(request)) {
            self.may_refuse = true;
        }
        if let Some(n) = self.asked.iter().rposition(|asked| *asked == request) {
            self.asked.remove(n);
        }
    }

    fn may_close(&self, closing: Ended) -> bool {
        let is_raw = self.spoilt.iter().any(|spoilt| spoilt.event.is_none());
        let is_spoilt = !self.spoilt.is_empty();
        let codes = &self.refusal.close;
        match self.conditions.session.channel().transport {
            // Bytes that are no packet end a connection of Socket.IO.
            Transport::SocketIo => {
                is_raw || is_spoilt && self.refusing().is_none() && self.refusal.acknowledgement.is_none()
            }
            // What is no text is no message, and ends a WebSocket without a word (RFC 6455, 8.1).
            _ if is_raw => closing.code.is_none_or(|code| code == 1006 || REFUSING.contains(&code)),
            _ if !codes.is_empty() => is_spoilt && closing.code.is_some_and(|code| codes.contains(&code)),
            _ => {
                let is_refusing = closing.code.is_some_and(|code| REFUSING.contains(&code));
                is_spoilt && self.refusing().is_none() && closing.is_clean && is_refusing
            }
        }
    }

    fn waits(&self) -> bool {
        self.owed().is_some()
    }

    fn due(&self) -> Option<Duration> {
        self.owed().map(|spoilt| spoilt.at.saturating_add(self.within))
    }

    fn tick(&mut self, now: Duration) -> Vec<Failure> {
        let Some(spoilt) = self.owed().filter(|_| self.due().is_some_and(|due| now > due)) else {
            return Vec::new();
        };
        self.spoilt.retain(|other| other.at != spoilt.at);
        let name = spoilt.event.map(|event| self.name(event).to_owned());
        let message = format!(
            "`{}` breaks its schema, and `{}` did not come within {:?}",
            name.as_deref().unwrap_or_default(),
            self.refusing().unwrap_or_default(),
            self.within
        );
        vec![Failure { event: name, ..Failure::new(Verdict::Failed, "refusals", message) }]
    }
}
