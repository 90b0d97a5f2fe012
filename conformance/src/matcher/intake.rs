//! What the connection sees: recorded, checked by the rules, and put into the inbox in the order of arrival.

use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::model::{Auth, Side, Transport};
use handfast_codegen::pointer::pointed;
use serde_json::Value;

use super::play::{Arrival, Hold, Link, Play};
use super::proof::{Asker, Question};
use super::state::{Arrived, State};
use super::{answer, endpoint, recognise, resumption};
use crate::rules::{Connected, Seen};
use crate::session::{Refused, StepKind};
use crate::transport::room::size_of_value;
use crate::transport::{Closing, Frame, Handshake, Observed, Refusal, json_text};
use crate::verdict::{Actor, Failure, Verdict};

/// The most frames that wait to be judged.
const MAX_INBOX: usize = 65_536;
/// The most that their payloads take, in bytes.
const MAX_INBOX_BYTES: usize = 128 << 20;

impl Play {
    /// Takes what the connection saw.
    pub(super) fn see(&mut self, at: Duration, what: Observed) {
        if self.is_over {
            return;
        }
        // What ended before this was seen ended first: a quiet window, a wait. Rules have the time in the frame, so
        // that they can tell what comes late from what does not come.
        self.hold_elapsed(at);
        if self.is_over {
            return;
        }
        match what {
            Observed::Opened(handshake) => self.opened(&handshake, at),
            Observed::Refused(refusal) => self.refused(&refusal, at),
            Observed::Unreachable(reason) => self.unreachable(&reason, at),
            Observed::Frame(frame) => self.frame(frame, at),
            Observed::Acknowledged { id, arguments, attachments } => {
                self.acknowledged(id, arguments, &attachments, at);
            }
            Observed::Barrier(number) => self.answered_question(Question::Barrier(number), at),
            Observed::Malformed { raw, reason } => self.malformed(&raw, &reason, at),
            Observed::Unsupported(reason) => self.unsupported(&reason, at),
            Observed::Keepalive(_) => {}
            Observed::Closed(closing) => self.closed(closing, at),
        }
    }

    fn opened(&mut self, handshake: &Handshake, at: Duration) {
        if !matches!(self.hold, Some(Hold::Opening)) {
            return;
        }
        let line_idx = self.record.line(at, Actor::Server, "open", handshake.status.to_string());
        self.hold = None;
        self.link = Link::Open;
        let connected = Connected { at, again: std::mem::replace(&mut self.was_connected, true) };
        for rule in &mut self.rules {
            rule.connected(connected);
        }
        self.language.restart(at);
        if let Some((step_idx, how)) = self.was_to_refuse() {
            let message = format!("the server accepted the connection, and was to refuse it{how}");
            return self.end_with(Failure::new(Verdict::Failed, "refusal", message), step_idx);
        }
        self.subprotocol(handshake);
        self.accepted(handshake, line_idx, at);
        if !self.is_over {
            self.authenticate(at);
        }
    }

    /// Ends the ways on which the server refuses the connection, as it did not; the step and how it was to, where there is
    /// no other way.
    fn was_to_refuse(&mut self) -> Option<(usize, String)> {
        let session = Arc::clone(&self.session);
        let refused = |step_idx: usize| match &session.steps.get(step_idx)?.kind {
            StepKind::Refused(refused) => Some(refused),
            _ => None,
        };
        if self.language.retain(|state| refused(state.step_idx).is_none()) {
            return None;
        }
        let step_idx = self.language.step_idx();
        refused(step_idx).map(|refused| (step_idx, how(refused)))
    }

    /// Compares the handshake with the steps that say something of it.
    fn accepted(&mut self, handshake: &Handshake, line_idx: usize, at: Duration) {
        let session = Arc::clone(&self.session);
        let compare = |state: &State| match &session.steps.get(state.step_idx)?.kind {
            StepKind::Accepted(wanted) => {
                Some((state.step_idx, answer::accepted(wanted, handshake, &state.captures)))
            }
            _ => None,
        };
        let compared: Vec<_> = self.language.gates().filter_map(compare).collect();
        let mut wrong = Vec::new();
        for (step_idx, outcome) in compared {
            match outcome {
                Ok(captures) => self.language.pass(step_idx, &captures, at),
                Err(differences) => wrong.push((step_idx, differences)),
            }
        }
        let is_left =
            self.language.retain(|state| !wrong.iter().any(|(step_idx, _)| *step_idx == state.step_idx));
        if let Some((step_idx, differences)) = wrong.into_iter().next().filter(|_| !is_left) {
            let message = "the server accepted the connection, but otherwise than it was to";
            let failure = Failure::new(Verdict::Failed, "handshake", message);
            self.end_with(Failure { differences, frame_idx: Some(line_idx), ..failure }, step_idx);
        }
    }

    fn unreachable(&mut self, reason: &str, at: Duration) {
        self.record.line(at, Actor::Runner, "unreachable", reason);
        self.link = Link::Over;
        let message = format!("no server answers at {}: {reason}", self.address());
        let help =
            "check that the server is up, and that `--target` is its address and speaks HTTP".to_owned();
        let failure = Failure::new(Verdict::Unreachable, "target", message);
        self.end_with(Failure { help: Some(help), ..failure }, self.language.step_idx());
    }

    /// Where the connection leads, for people.
    fn address(&self) -> String {
        let mut endpoint = endpoint::endpoint(&self.session, &self.settings, None);
        self.filled.put_into(&mut endpoint);
        let mut url = endpoint.url;
        // It may hold a token.
        url.set_query(None);
        url.to_string()
    }

    /// What to do about a server that does not let the client in.
    fn help_with_address(&self) -> String {
        let title = &self.session.protocol.contract.title;
        format!("check that `--target` is a server of the contract, {title}, and serves this address")
    }

    /// The subprotocol that the contract means is the one the server chose.
    fn subprotocol(&mut self, handshake: &Handshake) {
        let session = Arc::clone(&self.session);
        let Some(Auth::Subprotocol { protocol, .. }) = &session.auth else { return };
        let chosen = handshake.subprotocol.as_deref();
        if chosen == Some(protocol) {
            return;
        }
        let found = chosen.map_or_else(|| "none".to_owned(), |chosen| format!("`{chosen}`"));
        let message = format!("the server chose the subprotocol {found}, and `{protocol}` is wanted");
        let step_idx = self.language.step_idx();
        self.fail(Failure::new(Verdict::Failed, "handshake", message), step_idx);
    }

    fn refused(&mut self, refusal: &Refusal, at: Duration) {
        let status = refusal.status.map_or_else(String::new, |status| format!("{status} "));
        let text = format!("{status}{}", refusal.message);
        let line_idx = self.record.line(at, Actor::Server, "refused", &text);
        self.hold = None;
        self.link = Link::Over;
        self.behind_refusal(&refusal.after, at);
        let text = crate::pattern::cut(text.trim());
        let session = Arc::clone(&self.session);
        let compare = |state: &State| match &session.steps.get(state.step_idx)?.kind {
            StepKind::Refused(wanted) => {
                Some((state.step_idx, answer::refused(wanted, refusal, &state.captures)))
            }
            _ => None,
        };
        let mut compared: Vec<_> = self.language.gates().filter_map(compare).collect();
        compared.sort_by_key(|(_, outcome)| outcome.is_err());
        let Some((step_idx, outcome)) = compared.into_iter().next() else {
            let (address, status) = (self.address(), refusal.status);
            let message = match status {
                Some(200..300) => format!("the server's answer at {address} opens no connection: {text}"),
                _ => format!("the server refused the connection at {address}: {text}"),
            };
            let failure = Failure::new(Verdict::Failed, "refused", message);
            let help = match status {
                None | Some(401 | 403) => "check the session's `token`, or expect it: `- refused`".to_owned(),
                _ => self.help_with_address(),
            };
            let failure = Failure { frame_idx: Some(line_idx), help: Some(help), ..failure };
            let step_idx = self.language.step_idx();
            return self.end_with(failure, step_idx);
        };
        let differences = match outcome {
            Ok(captures) => {
                self.language.keep_only(step_idx);
                return self.language.pass(step_idx, &captures, at);
            }
            Err(differences) => differences,
        };
        let message = format!("the server refused the connection, but otherwise than it was to: {text}");
        let failure = Failure::new(Verdict::Failed, "refusal", message);
        self.end_with(Failure { differences, frame_idx: Some(line_idx), ..failure }, step_idx);
    }

    /// What the server sent to the client that it had refused.
    fn behind_refusal(&mut self, after: &[String], at: Duration) {
        let step_idx = self.language.step_idx();
        for raw in after {
            let line_idx = self.record.line(at, Actor::Server, "after refusal", raw);
            let failures: Vec<_> = self.rules.iter_mut().flat_map(|rule| rule.after_refusal(raw)).collect();
            for failure in failures {
                self.fail(Failure { frame_idx: Some(line_idx), ..failure }, step_idx);
            }
        }
    }

    fn frame(&mut self, mut frame: Frame, at: Duration) {
        self.n_frames += 1;
        let session = Arc::clone(&self.session);
        let payload = recognise::as_payload(std::mem::take(&mut frame.arguments));
        let raw = if frame.raw.is_empty() { json_text(&payload) } else { std::mem::take(&mut frame.raw) };
        let Some(name) = recognise::name(&session, &frame, &payload) else {
            let line_idx = self.record.line(at, Actor::Server, "frame", raw);
            let pointer = session.rules().name_pointer().unwrap_or_default();
            let message = format!("a frame has no name at `{pointer}`");
            return self.arrive(Arrival::NoEvent { rule: "unknown-event", message, line_idx });
        };
        let line_idx = self.record.line(at, Actor::Server, name, raw);
        let Some(event) = recognise::event(&session, Side::Server, name) else {
            return self.arrive(Arrival::Unknown { name: name.to_owned(), line_idx });
        };
        let seen = Seen { at, by: Side::Server, event, name, payload: &payload };
        self.check(&seen, line_idx);
        self.names(&frame, name, line_idx);
        let is_noise = session.rules().is_noise(name);
        let id = self.id(&frame, &seen, line_idx);
        if self.beat(name, at) {
            return;
        }
        let is_optional = is_noise || session.allows_unmatched;
        let (ack, attachments) = (frame.ack, frame.attachments);
        let arrived = Arrived { at, line_idx, event, payload, attachments, id, ack, is_optional };
        self.arrive(Arrival::Event(arrived));
    }

    fn check(&mut self, seen: &Seen<'_>, line_idx: usize) {
        let failures: Vec<_> = self.rules.iter_mut().flat_map(|rule| rule.frame(seen)).collect();
        let step_idx = self.language.step_idx();
        for failure in failures {
            self.fail(Failure { frame_idx: Some(line_idx), ..failure }, step_idx);
        }
    }

    /// Where both the transport and the payload name the event, they name the same one.
    fn names(&mut self, frame: &Frame, name: &str, line_idx: usize) {
        // `message` is what EventSource calls an event without a name.
        let Some(other) = frame.name.as_deref().filter(|other| *other != name && *other != "message") else {
            return;
        };
        let message = format!("the transport calls the event `{other}`, and its payload `{name}`");
        let failure = Failure::new(Verdict::Failed, "event-name", message);
        let step_idx = self.language.step_idx();
        self.fail(Failure { event: Some(name.to_owned()), frame_idx: Some(line_idx), ..failure }, step_idx);
    }

    /// The id of a frame, checked against what a resume makes of it.
    fn id(&mut self, frame: &Frame, seen: &Seen<'_>, line_idx: usize) -> Option<Arc<str>> {
        let resume = self.session.rules().resume.as_ref()?;
        let id: Option<Arc<str>> = match pointed(seen.payload, &resume.id) {
            Some(Value::String(id)) => Some(id.as_str().into()),
            Some(Value::Number(id)) => Some(id.to_string().into()),
            _ => None,
        };
        let mut failures = Vec::new();
        let is_stream = self.session.channel().transport == Transport::Sse;
        let message = match (&frame.id, &id) {
            (Some(sent), Some(id)) if **sent != **id => {
                Some(format!("the stream's id is `{sent}`, and that of the event `{id}`"))
            }
            (None, Some(id)) if is_stream => Some(format!(
                "the stream has no id for the event `{id}`, so that nothing can be resumed after it"
            )),
            _ => None,
        };
        failures.extend(message.map(|message| Failure::new(Verdict::Failed, resumption::RULE, message)));
        if let Some(id) = id.as_ref().filter(|_| self.session.is_resumed(seen.event)) {
            failures.extend(self.resumption.saw(seen.name, id));
        }
        let step_idx = self.language.step_idx();
        for failure in failures {
            let event = Some(seen.name.to_owned());
            self.fail(Failure { event, frame_idx: Some(line_idx), ..failure }, step_idx);
        }
        frame.id.as_deref().map(Into::into).or(id)
    }

    /// Answers a ping, and finds out whom a pong is for; whether no step has to know of it.
    fn beat(&mut self, name: &str, at: Duration) -> bool {
        let session = Arc::clone(&self.session);
        let Some(heartbeat) = &session.rules().heartbeat else { return false };
        match heartbeat.from {
            Side::Server if name == heartbeat.ping => {
                if let Some(pong) = recognise::event(&session, Side::Client, &heartbeat.pong)
                    && self.link == Link::Open
                {
                    self.send_constants(pong, at);
                }
                false
            }
            Side::Client if name == heartbeat.pong => match self.pings.pop_front() {
                Some(Asker::Proof(number)) => {
                    self.answered_question(Question::Ping(number), at);
                    true
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn arrive(&mut self, arrival: Arrival) {
        if !matches!(self.link, Link::Opening | Link::Open) {
            return;
        }
        if self.inbox.is_empty() {
            self.n_inbox_bytes = 0;
        }
        if let Arrival::Event(event) = &arrival {
            self.n_inbox_bytes += size_of_value(&event.payload);
        }
        self.inbox.push_back(arrival);
        if self.inbox.len() > MAX_INBOX || self.n_inbox_bytes > MAX_INBOX_BYTES {
            let message = format!("{} events came while one step was under way", self.inbox.len());
            let step_idx = self.language.step_idx();
            self.end_with(Failure::new(Verdict::Failed, "flood", message), step_idx);
        }
    }

    fn malformed(&mut self, raw: &str, reason: &str, at: Duration) {
        let line_idx = self.record.line(at, Actor::Server, "malformed", raw);
        if self.link == Link::Open {
            let message = format!("the server sent what is no frame: {reason}");
            return self.arrive(Arrival::NoEvent { rule: "malformed", message, line_idx });
        }
        let (message, help) = match self.link {
            Link::Opening => {
                let message = format!("the server's answer at {} is no handshake: {reason}", self.address());
                (message, Some(self.help_with_address()))
            }
            _ => (format!("the server sent what is no frame: {reason}"), None),
        };
        let failure = Failure::new(Verdict::Failed, "malformed", message);
        let step_idx = self.language.step_idx();
        self.fail(Failure { frame_idx: Some(line_idx), help, ..failure }, step_idx);
    }

    fn unsupported(&mut self, reason: &str, at: Duration) {
        self.record.line(at, Actor::Runner, "unsupported", reason);
        if !self.without_barrier(at) {
            let step_idx = self.language.step_idx();
            self.end_with(Failure::new(Verdict::Broken, "transport", reason), step_idx);
        }
    }

    fn closed(&mut self, closing: Closing, at: Duration) {
        let code = closing.code.map_or_else(String::new, |code| format!("{code} "));
        let actor = match closing.by {
            crate::transport::Peer::Client => Actor::Client,
            crate::transport::Peer::Server => Actor::Server,
        };
        let line_idx = self.record.line(at, actor, "closed", format!("{code}{}", closing.reason));
        for rule in &mut self.rules {
            rule.disconnected();
        }
        self.pings.clear();
        self.link = Link::Over;
        match &self.hold {
            Some(Hold::Closing { step_idx, .. }) => {
                let step_idx = *step_idx;
                self.closed_by_step(step_idx, &closing, at);
            }
            Some(Hold::Proof(_)) => {
                self.inbox.push_back(Arrival::Closed { closing, line_idx });
                // Nothing comes any more: no answer could say so better.
                self.proven(at);
            }
            Some(Hold::Opening | Hold::Acknowledgement { .. }) => {
                self.hold = None;
                self.inbox.push_back(Arrival::Closed { closing, line_idx });
            }
            Some(Hold::Response { .. }) | None => self.inbox.push_back(Arrival::Closed { closing, line_idx }),
        }
    }
}

fn how(refused: &Refused) -> String {
    match &refused.message {
        _ if !refused.status.is_empty() => format!(" with {}", refused.status),
        Some(message) => format!(" with {}", message.shown()),
        None => String::new(),
    }
}
