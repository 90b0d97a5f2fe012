//! What the client does: the steps that are no expectations.

use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, Side};
use serde_json::Value;

use super::play::{Arrival, Hold, Link, Play};
use super::proof::Asker;
use super::record::listed;
use super::state::State;
use super::{Action, Answer, Request, answer, endpoint, recognise};
use crate::pattern::{Captures, Subject, cut, matches};
use crate::rules::{Seen, Spoilt};
use crate::session::{Acknowledgement, Close, CloseBy, HttpRequest, Raw, Send, StepKind};
use crate::transport::{Command, Limits, Outgoing, json_text};
use crate::verdict::{Actor, Failure, Verdict};

/// An event on its way out.
struct Sending {
    event: EventIdx,
    payload: Value,
    ack: Option<u64>,
    attachments: Vec<Vec<u8>>,
    /// Whether it is meant to break its schema.
    is_invalid: bool,
    /// Whether the reply of the contract is to come.
    is_answered: bool,
}

impl Sending {
    fn valid(event: EventIdx, payload: Value) -> Self {
        Self { event, payload, ack: None, attachments: Vec::new(), is_invalid: false, is_answered: true }
    }
}

impl Play {
    /// Does the step `step_idx`, before which a way stands; whether there was something to do.
    pub(super) fn act(&mut self, step_idx: usize, now: Duration) -> bool {
        let session = Arc::clone(&self.session);
        let Some(step) = session.steps.get(step_idx) else {
            if self.stands_by {
                return false;
            }
            return self.last(step_idx, now, |play| play.end_well(now));
        };
        let Some(state) = self.language.gate(step_idx).cloned() else { return false };
        let is_open = self.link == Link::Open;
        match &step.kind {
            StepKind::Request(request) => self.request(request, step_idx, &state, now),
            StepKind::Resume(after) if self.link == Link::Over => self.resume(*after, step_idx, &state, now),
            StepKind::Send(send) if is_open => self.send_step(send, step_idx, state, now),
            StepKind::Raw(raw) if is_open => self.send_raw(raw, step_idx, &state, now),
            StepKind::Never(_) if is_open => self.prove(step_idx, now),
            StepKind::Disconnect if is_open && self.causes.first_before(step_idx).is_none() => {
                self.disconnect(step_idx, now);
            }
            StepKind::Close(close) if close.by == CloseBy::Client && is_open => {
                return self.last(step_idx, now, |play| play.close(close, step_idx, now));
            }
            _ => return false,
        }
        true
    }

    /// Does a step whose cause has come, whatever stands before it; whether there was one.
    pub(super) fn act_on_cause(&mut self, now: Duration) -> bool {
        let session = Arc::clone(&self.session);
        let state_of = |play: &Self, step_idx: usize| {
            let kind = &session.steps.get(step_idx)?.kind;
            let is_open = play.link == Link::Open || matches!(kind, StepKind::Request(_));
            let mut states = play.language.states().iter().filter(|_| is_open);
            states.find(|state| is_ready(kind, &state.captures)).map(|state| (step_idx, state.clone()))
        };
        let Some((step_idx, state)) = self.causes.ready().find_map(|step_idx| state_of(self, step_idx))
        else {
            return false;
        };
        self.causes.done(step_idx);
        match &session.steps[step_idx].kind {
            StepKind::Send(send) => self.send_step(send, step_idx, state, now),
            StepKind::Request(request) => self.request(request, step_idx, &state, now),
            _ => {}
        }
        true
    }

    /// Does `then` once everything is judged and it is shown that nothing more comes.
    fn last(&mut self, step_idx: usize, now: Duration, then: impl FnOnce(&mut Self)) -> bool {
        let is_hoped = self.language.hope(step_idx).is_some_and(|until| now <= until);
        let is_awaited =
            self.causes.first_before(step_idx).is_some() || self.rules.iter().any(|rule| rule.waits());
        if !self.inbox.is_empty() || self.link == Link::Open && (is_hoped || is_awaited) {
            return false;
        }
        if self.proven == Some(step_idx) || self.link != Link::Open {
            then(self);
        } else {
            self.prove(step_idx, now);
        }
        true
    }

    /// How long the answer to what the step `step_idx` asks may take.
    pub(super) fn answer_within(&self, step_idx: usize) -> Duration {
        let within = self.session.steps.get(step_idx).and_then(|step| match &step.kind {
            StepKind::Send(send) => send.within,
            StepKind::Request(request) => request.within,
            _ => None,
        });
        self.patience.scaled(within.unwrap_or(self.patience.deadline))
    }

    fn send_step(&mut self, send: &Send, step_idx: usize, state: State, now: Duration) {
        let mut captures = state.captures;
        let payload = send.data.fill(&mut captures, &mut self.fresh);
        let ack = send.acknowledged.is_some().then(|| self.number());
        let is_ping = self.session.rules().heartbeat.as_ref().is_some_and(|heartbeat| {
            heartbeat.from == Side::Client && heartbeat.ping == self.session.event(send.event).name
        });
        if is_ping && !send.is_invalid {
            self.pings.push_back(Asker::Step);
        }
        let attachments = send.attachments.clone();
        let Send { event, is_invalid, is_answered, .. } = *send;
        self.send(Sending { event, payload, ack, attachments, is_invalid, is_answered }, now);
        match ack {
            None => self.language.pass(step_idx, &captures, now),
            Some(id) => {
                let until = now.saturating_add(self.answer_within(step_idx));
                self.hold = Some(Hold::Acknowledgement { step_idx, id, until, captures });
            }
        }
    }

    /// Sends bytes as they are.
    fn send_raw(&mut self, raw: &Raw, step_idx: usize, state: &State, now: Duration) {
        let name = raw.event.map_or("", |event| &self.session.event(event).name).to_owned();
        let what = if name.is_empty() { "raw" } else { &name };
        let text = String::from_utf8_lossy(&raw.bytes);
        self.record.line(now, Actor::Client, what, cut(&text));
        self.rules.iter_mut().for_each(|rule| rule.spoilt(Spoilt { at: now, event: None }));
        self.outbox.push_back(Action::Command(Command::Raw { name, bytes: Arc::clone(&raw.bytes) }));
        self.language.pass(step_idx, &state.captures, now);
    }

    /// Sends an event; one that is not valid, and is not meant to be, is our mistake and ends the session.
    fn send(&mut self, sending: Sending, now: Duration) {
        let Sending { event, payload, ack, attachments, is_invalid, is_answered } = sending;
        let session = Arc::clone(&self.session);
        let name = &session.event(event).name;
        let line_idx = self.record.line(now, Actor::Client, name, json_text(&payload));
        let seen = Seen { at: now, by: Side::Client, event, name, payload: &payload };
        // The server is to refuse what is invalid; then it never was part of the conversation.
        let rules = self.rules.iter_mut().filter(|_| !is_invalid);
        let failures: Vec<_> = rules.flat_map(|rule| rule.frame(&seen)).collect();
        if is_invalid {
            let spoilt = Spoilt { at: now, event: Some(event) };
            self.rules.iter_mut().for_each(|rule| rule.spoilt(spoilt));
        }
        if !is_answered {
            self.rules.iter_mut().for_each(|rule| rule.unanswered(event));
        }
        let is_broken = failures.iter().any(|failure| failure.verdict == Verdict::Broken);
        let step_idx =
            self.language.at_gate().map_or_else(|| self.language.step_idx(), |state| state.step_idx);
        for failure in failures {
            self.fail(Failure { frame_idx: Some(line_idx), ..failure }, step_idx);
        }
        if is_broken {
            return self.end();
        }
        let arguments = recognise::as_arguments(&session, event, payload);
        let outgoing = Outgoing { name: name.clone(), arguments, ack, attachments };
        self.outbox.push_back(Action::Command(Command::Send(outgoing)));
    }

    /// Sends an event with the payload that its schema leaves no choice about.
    pub(super) fn send_constants(&mut self, event: EventIdx, now: Duration) {
        let payload = self.session.protocol.constants(event);
        self.send(Sending::valid(event, payload), now);
    }

    /// Sends the event that carries the token, where the contract has one.
    pub(super) fn authenticate(&mut self, now: Duration) {
        if let Some((event, payload)) = self.session.auth_event.clone() {
            self.send(Sending::valid(event, payload), now);
        }
    }

    /// The server acknowledged what a step sent.
    pub(super) fn acknowledged(
        &mut self,
        id: u64,
        arguments: Vec<Value>,
        attachments: &[Vec<u8>],
        at: Duration,
    ) {
        let line_idx = self.record.line(at, Actor::Server, "acknowledgement", listed(&arguments));
        let step_idx = self.language.step_idx();
        let (step_idx, captures) = match &self.hold {
            Some(Hold::Acknowledgement { step_idx, id: asked, captures, .. }) if *asked == id => {
                (*step_idx, captures.clone())
            }
            _ => {
                let message = format!("an acknowledgement with the id {id} came, and nothing asked for it");
                let failure = Failure::new(Verdict::Failed, "acknowledgement", message);
                return self.fail(Failure { frame_idx: Some(line_idx), ..failure }, step_idx);
            }
        };
        self.hold = None;
        let session = Arc::clone(&self.session);
        let Some(StepKind::Send(send)) = session.steps.get(step_idx).map(|step| &step.kind) else { return };
        let arguments = Value::Array(arguments);
        let payload = recognise::payload_of(&arguments);
        let failures: Vec<_> =
            self.rules.iter_mut().flat_map(|rule| rule.acknowledged(send.event, payload)).collect();
        for failure in failures {
            self.fail(Failure { frame_idx: Some(line_idx), ..failure }, step_idx);
        }
        let Some(pattern) = &send.acknowledged else { return };
        let subject = Subject { value: &arguments, attachments };
        match matches(pattern, subject, &captures) {
            Ok(captures) => self.language.pass(step_idx, &captures, at),
            Err(differences) => {
                let name = &session.event(send.event).name;
                let message = format!("the acknowledgement of `{name}` is not what is expected");
                let failure = Failure::new(Verdict::Failed, "acknowledgement", message);
                let event = Some(name.clone());
                self.end_with(Failure { event, differences, frame_idx: Some(line_idx), ..failure }, step_idx);
            }
        }
    }

    /// Answers the acknowledgement that a frame asks for.
    pub(super) fn acknowledge(
        &mut self,
        id: u64,
        answer: &Acknowledgement,
        mut captures: Captures,
        now: Duration,
    ) {
        let arguments = match answer.arguments.fill(&mut captures, &mut self.fresh) {
            Value::Array(arguments) => arguments,
            argument => vec![argument],
        };
        self.record.line(now, Actor::Client, "acknowledgement", listed(&arguments));
        let command = Command::Acknowledge { id, arguments, attachments: answer.attachments.clone() };
        self.outbox.push_back(Action::Command(command));
    }

    fn request(&mut self, request: &HttpRequest, step_idx: usize, state: &State, now: Duration) {
        let mut captures = state.captures.clone();
        let path = request.path.text(&mut captures, &mut self.fresh);
        let mut headers = Vec::new();
        for (name, value) in &request.headers {
            headers.push((name.clone(), value.text(&mut captures, &mut self.fresh)));
        }
        let body = request.body.as_ref().map(|body| body.fill(&mut captures, &mut self.fresh));
        if let Some((name, value)) = endpoint::credentials(&self.session)
            && !headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name))
        {
            headers.push((name, value));
        }
        let raw = request.raw.clone();
        let shown = match (&body, &raw) {
            (Some(body), _) => format!(" {body}"),
            (None, Some(raw)) => format!(" {}", cut(&String::from_utf8_lossy(raw))),
            (None, None) => String::new(),
        };
        self.record.line(now, Actor::Client, "request", format!("{} {path}{shown}", request.method));
        let request = Request { method: request.method.clone(), path: path.clone(), headers, body, raw };
        self.outbox.push_back(Action::Request(request));
        let until = now.saturating_add(self.answer_within(step_idx));
        self.hold = Some(Hold::Response { step_idx, until, captures, path });
    }

    /// The answer to the HTTP request of a step came.
    pub(super) fn response(&mut self, at: Duration, answer: Answer) {
        if self.is_over {
            return;
        }
        // What ended before the answer came ended first.
        self.elapsed(at);
        let (step_idx, captures, path) = match self.hold.take() {
            Some(Hold::Response { step_idx, captures, path, .. }) => (step_idx, captures, path),
            other => {
                self.hold = other;
                return;
            }
        };
        let session = Arc::clone(&self.session);
        let Some(StepKind::Request(request)) = session.steps.get(step_idx).map(|step| &step.kind) else {
            return;
        };
        let what = &session.steps[step_idx].text;
        let (status, headers, body, bytes) = match answer {
            Answer::Response { status, headers, body, bytes } => (status, headers, body, bytes),
            Answer::Failed(reason) => {
                self.record.line(at, Actor::Server, "response", format!("none: {reason}"));
                let message = format!("`{what}` was not answered: {reason}");
                return self.end_with(Failure::new(Verdict::Failed, "response", message), step_idx);
            }
        };
        let line_idx = self.record.line(at, Actor::Server, "response", format!("{status} {body}"));
        let shown = cut(&body.to_string());
        let promised = answer::promised(&session.protocol, (&request.method, &path), (status, &body));
        match answer::response(request, (status, &headers, body, bytes), &captures) {
            Ok(captures) if promised.is_empty() || answer::is_binary(request) => {
                self.language.pass(step_idx, &captures, at);
            }
            Ok(_) => {
                let message = format!("the answer to `{what}` is not as the contract says: {status} {shown}");
                let failure = Failure::new(Verdict::Failed, "schema", message);
                let failure = Failure { differences: promised, frame_idx: Some(line_idx), ..failure };
                self.end_with(failure, step_idx);
            }
            Err(differences) => {
                let message = format!("the answer to `{what}` is not what is expected: {status} {shown}");
                let failure = Failure::new(Verdict::Failed, "response", message);
                self.end_with(Failure { differences, frame_idx: Some(line_idx), ..failure }, step_idx);
            }
        }
    }

    fn disconnect(&mut self, step_idx: usize, now: Duration) {
        self.record.line(now, Actor::Client, "disconnect", "");
        self.outbox.push_back(Action::Command(Command::Abort));
        self.closing(step_idx, now);
    }

    fn close(&mut self, close: &Close, step_idx: usize, now: Duration) {
        let code = close.codes.first().copied().unwrap_or(1000);
        let mut captures = self.language.at_gate().map(|state| state.captures.clone()).unwrap_or_default();
        let reason = close.says.as_ref().map(|says| says.text(&mut captures, &mut self.fresh));
        let reason = reason.unwrap_or_default();
        self.record.line(now, Actor::Client, "close", format!("{code} {reason}").trim_end());
        self.outbox.push_back(Action::Command(Command::Close { code, reason }));
        self.closing(step_idx, now);
    }

    fn closing(&mut self, step_idx: usize, now: Duration) {
        // What came and was not judged is not missed: it comes again after a resume, or nobody waits for it. What was no
        // event is wrong all the same.
        for arrival in std::mem::take(&mut self.inbox) {
            if let Arrival::NoEvent { rule, message, line_idx } = arrival {
                self.judge_no_event(rule, &message, line_idx);
            }
        }
        self.recent.clear();
        self.link = Link::Closing;
        // The transport has a bound of its own; this one is for a transport that does not keep it.
        self.hold = Some(Hold::Closing { step_idx, until: now.saturating_add(2 * Limits::default().close) });
    }

    fn resume(&mut self, after: Option<EventIdx>, step_idx: usize, state: &State, now: Duration) {
        let id = match after {
            Some(event) => state.matched.of.get(&event),
            None => state.matched.last.as_ref(),
        };
        let id = id.map(|id| id.to_string()).or_else(|| self.session.last_event_id.clone());
        if self.session.rules().resume.is_some()
            && id.is_none()
            && let Some(event) = after
        {
            let name = &self.session.event(event).name;
            let message = format!("`{name}` had no id, so that nothing can be resumed after it");
            let failure = Failure::new(Verdict::Failed, "resume", message);
            return self.end_with(Failure { event: Some(name.clone()), ..failure }, step_idx);
        }
        self.language.keep_only(step_idx);
        self.language.pass(step_idx, &Captures::default(), now);
        let id = id.filter(|_| self.session.rules().resume.is_some());
        self.resumption.resumed(id.as_deref());
        self.open(now, id.as_deref());
    }
}

/// Whether everything that a step sends is captured by now.
fn is_ready(kind: &StepKind, captures: &Captures) -> bool {
    match kind {
        StepKind::Send(send) => send.data.is_ready(captures),
        StepKind::Request(request) => {
            let headers = request.headers.iter().map(|(_, value)| value);
            let mut templates = headers.chain(&request.body).chain([&request.path]);
            templates.all(|template| template.is_ready(captures))
        }
        _ => false,
    }
}
