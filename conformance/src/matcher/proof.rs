//! Proofs that something does not come: a question that the server answers after all it had queued, or a quiet window.

use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, Side, Transport};

use super::play::{Arrival, Hold, Play};
use super::{Action, endpoint, recognise};
use crate::pattern::{Subject, matches};
use crate::session::{Never, QUIET, StepKind};
use crate::transport::{Command, Kind};
use crate::verdict::{Actor, Failure, Verdict};

/// How long a barrier that is no part of the protocol may stay unanswered before silence counts instead.
const UNANSWERED: Duration = Duration::from_secs(1);

/// A proof under way.
#[derive(Debug)]
pub(super) struct Proof {
    /// The step that wants it; the number of steps for the end of the session.
    pub(super) step_idx: usize,
    /// The questions that have no answer yet; none from the start for a quiet window.
    open: Vec<Question>,
    /// When it counts without an answer.
    pub(super) until: Duration,
}

/// Something that the server answers after all it had queued before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// The contract's ping, with a number of ours.
    Ping(u64),
    /// The transport's barrier.
    Barrier(u64),
}

/// Who sent a ping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// A step of the session.
    Step,
    /// A proof, with its number.
    Proof(u64),
}

impl Play {
    /// Begins to show that nothing more comes that the step `step_idx` forbids.
    pub(super) fn prove(&mut self, step_idx: usize, now: Duration) {
        let quiet = match self.session.steps.get(step_idx).map(|step| &step.kind) {
            Some(StepKind::Never(never)) => never.quiet,
            _ => QUIET,
        };
        let kind = endpoint::kind(self.session.channel().transport);
        let mut open = Vec::new();
        let mut wait = quiet;
        if let Some(ping) = self.ping() {
            let number = self.number();
            self.pings.push_back(Asker::Proof(number));
            self.send_constants(ping, now);
            open.push(Question::Ping(number));
            let within = self.session.rules().heartbeat.as_ref().and_then(|heartbeat| heartbeat.within);
            wait = within.map_or(self.patience.deadline, |within| within.duration());
        }
        if kind != Kind::Sse {
            // After a ping it tells a pong that comes twice: the second one comes before the barrier's answer.
            let number = self.number();
            self.record.line(now, Actor::Runner, "barrier", number.to_string());
            self.outbox.push_back(Action::Command(Command::Barrier(number)));
            open.push(Question::Barrier(number));
            wait = wait.max(if kind == Kind::WebSocket { self.patience.deadline } else { UNANSWERED });
        }
        let wait = self.patience.scaled(wait);
        if open.is_empty() {
            self.record.line(now, Actor::Runner, "quiet", format!("for {wait:?}"));
        }
        self.hold = Some(Hold::Proof(Proof { step_idx, open, until: now.saturating_add(wait) }));
    }

    /// The contract's ping, where a client on this channel can ask with it. Socket.IO has a barrier of its own, which
    /// a server answers below the level of events.
    fn ping(&self) -> Option<EventIdx> {
        let heartbeat = self.session.rules().heartbeat.as_ref()?;
        let is_ours = heartbeat.from == Side::Client
            && endpoint::kind(self.session.channel().transport) == Kind::WebSocket;
        let ping = recognise::event(&self.session, Side::Client, &heartbeat.ping)?;
        recognise::event(&self.session, Side::Server, &heartbeat.pong)?;
        let payload = self.session.protocol.constants(ping);
        (is_ours && self.session.protocol.violations(ping, &payload).is_empty()).then_some(ping)
    }

    /// The answer to a question came.
    pub(super) fn answered_question(&mut self, question: Question, at: Duration) {
        let Some(Hold::Proof(proof)) = &mut self.hold else { return };
        let n_open = proof.open.len();
        proof.open.retain(|open| *open != question);
        if proof.open.is_empty() && n_open > 0 {
            self.proven(at);
        }
    }

    /// The transport has no barrier; a quiet window takes its place, unless another question stands.
    pub(super) fn without_barrier(&mut self, now: Duration) -> bool {
        let quiet = now.saturating_add(self.patience.scaled(QUIET));
        let Some(Hold::Proof(proof)) = &mut self.hold else { return false };
        proof.open.retain(|question| matches!(question, Question::Ping(_)));
        if proof.open.is_empty() {
            proof.until = quiet;
        }
        true
    }

    /// A question has had no answer for too long.
    pub(super) fn unanswered(&mut self, now: Duration) {
        let is_websocket = self.session.channel().transport == Transport::WebSocket;
        if let Some(Hold::Proof(proof)) = &self.hold
            && proof.open.iter().any(|question| matches!(question, Question::Barrier(_)))
            && is_websocket
        {
            let (step_idx, waited) = (proof.step_idx, self.patience.scaled(self.patience.deadline));
            let message = format!("no pong came for a ping of the WebSocket protocol within {waited:?}");
            let help = "a WebSocket has to answer every ping (RFC 6455, 5.5.2)".to_owned();
            let failure = Failure::new(Verdict::Failed, "deadline", message);
            self.fail(Failure { help: Some(help), ..failure }, step_idx);
        }
        self.proven(now);
    }

    /// Everything that the server had queued when it was asked is in the inbox.
    pub(super) fn proven(&mut self, now: Duration) {
        let Some(Hold::Proof(proof)) = self.hold.take() else { return };
        let session = Arc::clone(&self.session);
        if let Some(StepKind::Never(never)) = session.steps.get(proof.step_idx).map(|step| &step.kind) {
            return self.sift(never, proof.step_idx, now);
        }
        self.proven = Some(proof.step_idx);
        if let Some(failure) = self.resumption.ended() {
            self.fail(failure, proof.step_idx);
        }
    }

    /// Ends the ways in which a forbidden event came.
    fn sift(&mut self, never: &Never, step_idx: usize, now: Duration) {
        let mut found = None;
        let events = self.inbox.iter().filter_map(|arrival| match arrival {
            Arrival::Event(event) if event.event == never.event => Some(event),
            _ => None,
        });
        let forbidden: Vec<_> = events.collect();
        self.language.sift(step_idx, now, |state| {
            let is_meant = |payload: Subject<'_>| match &never.data {
                None => true,
                Some(pattern) => matches(pattern, payload, &state.captures).is_ok(),
            };
            let came = forbidden
                .iter()
                .find(|event| is_meant(Subject { value: &event.payload, attachments: &event.attachments }));
            found = found.or(came.map(|event| event.line_idx));
            came.is_none()
        });
        if let Some(line_idx) = found
            && self.language.states().is_empty()
        {
            let name = &self.session.event(never.event).name;
            let failure =
                Failure::new(Verdict::Failed, "never", format!("`{name}` came, and was never to come"));
            let failure = Failure { event: Some(name.clone()), frame_idx: Some(line_idx), ..failure };
            self.end_with(failure, step_idx);
        }
    }
}
