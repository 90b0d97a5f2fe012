//! What a contract says of every connection, whatever its session expects: one file per rule, one line in [`RULES`].
//! Rules see the frames of both directions as they come; they know nothing of steps.

mod acknowledgement;
mod after_refusal;
mod before_auth;
pub mod filter;
mod heartbeat;
mod lifecycle;
mod monotonic;
pub mod order;
mod refusals;
mod reply;
mod room;
mod schema;
mod unique;

use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, Side};
use handfast_codegen::pointer::pointed;
use serde_json::Value;

use crate::pattern::cut;
use crate::session::Session;
use crate::verdict::{Failure, Verdict};

/// Every rule, in the order in which failures of one frame are told.
pub static RULES: &[RuleEntry] = &[
    schema::ENTRY,
    acknowledgement::ENTRY,
    before_auth::ENTRY,
    after_refusal::ENTRY,
    filter::ENTRY,
    room::ENTRY,
    unique::ENTRY,
    monotonic::ENTRY,
    lifecycle::ENTRY,
    heartbeat::ENTRY,
    refusals::ENTRY,
    reply::ENTRY,
];

/// A rule, and what it says to people.
#[derive(Debug)]
pub struct RuleEntry {
    /// The code of its failures.
    pub name: &'static str,
    /// What it asks for.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What breaks it.
    pub example: &'static str,
    /// The rule at the start of a session; `None` where its contract does not have it.
    pub start: fn(&Conditions) -> Option<Box<dyn Rule + Send>>,
}

/// What a rule is started with.
#[derive(Debug, Clone)]
pub struct Conditions {
    /// The session that is played.
    pub session: Arc<Session>,
    /// The deadline of what has none of its own.
    pub deadline: Duration,
    /// What every deadline is multiplied with.
    pub scale: f64,
}

impl Conditions {
    /// A deadline of the contract or the session, as it counts in this run.
    pub fn scaled(&self, duration: Duration) -> Duration {
        Duration::try_from_secs_f64(duration.as_secs_f64() * self.scale).unwrap_or(Duration::MAX)
    }
}

/// A rule over the frames of a session.
pub trait Rule {
    /// Takes a frame of either side.
    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure>;
    /// Takes the arguments that acknowledge `request`, in the form of a payload.
    fn acknowledged(&mut self, _request: EventIdx, _payload: &Value) -> Vec<Failure> {
        Vec::new()
    }
    /// The request that the client just sent is to be refused, and has no reply.
    fn unanswered(&mut self, _request: EventIdx) {}
    /// The client just sent what it must not.
    fn spoilt(&mut self, _spoilt: Spoilt) {}
    /// Whether the server has a right to end the connection so.
    fn may_close(&self, _closing: Ended) -> bool {
        false
    }
    /// Whether the session can't be over yet: something that is owed may still come.
    fn waits(&self) -> bool {
        false
    }
    /// Whether a step that has waited too long says the same, and better.
    fn yields(&self) -> bool {
        false
    }
    /// The server has refused the client, and sent this to it all the same.
    fn after_refusal(&mut self, _raw: &str) -> Vec<Failure> {
        Vec::new()
    }
    /// A connection is open, or open again.
    fn connected(&mut self, _connected: Connected) {}
    /// The connection is over.
    fn disconnected(&mut self) {}
    /// When [`Rule::tick`] wants to be called, unless frames come before.
    fn due(&self) -> Option<Duration> {
        None
    }
    /// Takes the time.
    fn tick(&mut self, _now: Duration) -> Vec<Failure> {
        Vec::new()
    }
}

/// What a client sent and must not.
#[derive(Debug, Clone, Copy)]
pub struct Spoilt {
    /// When, since the session began.
    pub at: Duration,
    /// The event with a payload that breaks its schema; none for bytes that need not even be a frame.
    pub event: Option<EventIdx>,
}

/// How a server ended a connection.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// The close code, where it has one.
    pub code: Option<u16>,
    /// Whether the protocol's closing handshake took place.
    pub is_clean: bool,
}

/// How a connection came to be.
#[derive(Debug, Clone, Copy)]
pub struct Connected {
    /// When, since the session began.
    pub at: Duration,
    /// Whether it is not the first of its session.
    pub again: bool,
}

/// A frame that either side sent.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'f> {
    /// When, since the session began.
    pub at: Duration,
    /// Who sent it.
    pub by: Side,
    /// What it is.
    pub event: EventIdx,
    /// The event's name.
    pub name: &'f str,
    /// The event's data.
    pub payload: &'f Value,
}

impl Seen<'_> {
    /// The value at `pointer`.
    fn value(&self, pointer: &str) -> Option<&Value> {
        pointed(self.payload, pointer)
    }

    /// A failure of the server about this frame.
    fn failure(&self, rule: &'static str, message: String) -> Failure {
        Failure { event: Some(self.name.to_owned()), ..Failure::new(Verdict::Failed, rule, message) }
    }
}

/// `value` as a message shows it.
pub(crate) fn shown(value: &Value) -> String {
    cut(&value.to_string())
}

#[cfg(test)]
mod tests;
