//! The server's side of one session: where in it a conversation is, and what the server is to do there.

use std::sync::Arc;

use handfast_codegen::model::{EventIdx, Side, name_matches};
use serde_json::Value;

use crate::pattern::{Captures, matches};
use crate::session::{CloseBy, Expect, HttpRequest, Refused, Send, Session, StepKind};

/// A session that is being played.
#[derive(Debug, Clone)]
pub struct Script {
    /// The session.
    pub session: Arc<Session>,
    /// What is captured by now.
    pub captures: Captures,
    step_idx: usize,
    /// How often each expectation of the step was told.
    n_told: Vec<u32>,
}

/// What is to happen next.
#[derive(Debug, Clone, Copy)]
pub enum Wants<'s> {
    /// The server says this.
    Tell(&'s Expect),
    /// The server's heartbeat comes, in its own time.
    Beat,
    /// The server closes, with this code where the session names one.
    Close(Option<u16>),
    /// The server refuses the connection.
    Refuse(&'s Refused),
    /// The client does something.
    Client(&'s StepKind),
    /// Nothing; the session is over.
    Nothing,
}

/// How closely a client has to keep to the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It does what the session says, and nothing else.
    Exact,
    /// It does what the session says, with more members in what it sends.
    More,
    /// It does the same kind of thing, with other values.
    Loose,
}

impl Script {
    /// The session from its beginning.
    pub fn new(session: Arc<Session>) -> Self {
        let mut script = Self { session, captures: Captures::default(), step_idx: 0, n_told: Vec::new() };
        script.settle();
        script
    }

    fn step(&self) -> Option<&StepKind> {
        self.session.steps.get(self.step_idx).map(|step| &step.kind)
    }

    /// What is to happen next.
    pub fn wants(&self) -> Wants<'_> {
        match self.step() {
            None => Wants::Nothing,
            Some(StepKind::Expect(members)) => {
                let open = members.iter().zip(&self.n_told).find(|(member, told)| **told < member.times.min);
                match open {
                    Some((member, _)) if self.is_beat(member.event) => Wants::Beat,
                    Some((member, _)) => Wants::Tell(member),
                    None => Wants::Nothing,
                }
            }
            Some(StepKind::Close(close)) if close.by == CloseBy::Server => {
                Wants::Close(close.codes.first().copied())
            }
            Some(StepKind::Refused(refused)) => Wants::Refuse(refused),
            Some(step) => Wants::Client(step),
        }
    }

    /// Whether the event is the server's heartbeat.
    fn is_beat(&self, event: EventIdx) -> bool {
        let heartbeat = self.session.rules().heartbeat.as_ref();
        heartbeat.is_some_and(|heartbeat| {
            heartbeat.from == Side::Server && heartbeat.ping == self.session.event(event).name
        })
    }

    /// The server has said this; whether it is what the session expects here.
    pub fn told(&mut self, event: EventIdx, payload: &Value) -> bool {
        let Some(StepKind::Expect(members)) = self.session.steps.get(self.step_idx).map(|step| &step.kind)
        else {
            return false;
        };
        let taken = members.iter().zip(&mut self.n_told).find_map(|(member, n_told)| {
            let has_room = member.times.max.is_none_or(|max| *n_told < max);
            let captures = fits(member, event, payload, &self.captures).filter(|_| has_room)?;
            *n_told += 1;
            Some(captures)
        });
        let Some(captures) = taken else { return false };
        self.captures = captures;
        self.settle();
        true
    }

    /// The step that the client takes with this event, where it is what the session has it do.
    pub fn send(&self, event: EventIdx, payload: &Value, fit: Fit) -> Option<(&Send, Captures)> {
        let Some(StepKind::Send(send)) = self.step() else { return None };
        if send.event != event {
            return None;
        }
        let captures = match (send.data.accepts(payload, &self.captures), fit) {
            (Ok(captures), Fit::More | Fit::Loose) => captures,
            (Ok(captures), Fit::Exact) if send.data.covers(payload) => captures,
            (_, Fit::Exact | Fit::More) => return None,
            (Err(_), Fit::Loose) => {
                let mut captures = self.captures.clone();
                send.data.capture(Some(payload), &mut captures);
                captures
            }
        };
        Some((send, captures))
    }

    /// The step that the client takes with this request, where it is what the session has it do.
    pub fn request(&self, request: &Requested<'_>, fit: Fit) -> Option<(&HttpRequest, Captures)> {
        let Some(StepKind::Request(step)) = self.step() else { return None };
        if !step.method.eq_ignore_ascii_case(request.method) {
            return None;
        }
        let captures = step.path.accepts(&request.path.into(), &self.captures).ok()?;
        let captures = step.headers.iter().try_fold(captures, |captures, (name, template)| {
            let (_, value) = request.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            template.accepts(&value.as_str().into(), &captures).ok()
        })?;
        match (&step.body, fit) {
            (None, _) => Some((step, captures)),
            (Some(body), Fit::Exact) if !body.covers(request.body) => None,
            (Some(body), Fit::Exact | Fit::More) => Some((step, body.accepts(request.body, &captures).ok()?)),
            (Some(body), Fit::Loose) => {
                let mut captures = captures;
                body.capture(Some(request.body), &mut captures);
                Some((step, captures))
            }
        }
    }

    /// The step is done, and captured this.
    pub fn pass(&mut self, captures: Captures) {
        self.captures = captures;
        self.step_idx += 1;
        self.settle();
    }

    /// The connection is over; a step that says so is done.
    pub fn left(&mut self) {
        let is_ours = match self.step() {
            Some(StepKind::Disconnect) => true,
            Some(StepKind::Close(close)) => close.by == CloseBy::Client,
            _ => false,
        };
        if is_ours {
            self.pass(self.captures.clone());
        }
    }

    /// The server closes, as the session says.
    pub fn left_by_server(&mut self) {
        if matches!(self.wants(), Wants::Close(_)) {
            self.pass(self.captures.clone());
        }
    }

    /// Whether the session has the client come back now.
    pub fn is_to_resume(&self) -> bool {
        matches!(self.step(), Some(StepKind::Resume(_)))
    }

    /// The client has come back.
    pub fn resumed(&mut self) {
        if self.is_to_resume() {
            self.pass(self.captures.clone());
        }
    }

    /// What is known of the key at one of `pointers` in the events that the session expects from here on.
    pub fn keys_ahead(&self, pointers: &[(&str, &str)]) -> Vec<Value> {
        let steps = self.session.steps.iter().skip(self.step_idx);
        let expected = steps.flat_map(|step| match &step.kind {
            StepKind::Expect(members) => members.as_slice(),
            _ => &[],
        });
        let key = |expect: &Expect| {
            let name = &self.session.event(expect.event).name;
            let (_, pointer) = pointers.iter().find(|(pattern, _)| name_matches(pattern, name))?;
            expect.data.as_ref()?.at(pointer)?.known(&self.captures)
        };
        expected.filter_map(key).collect()
    }

    /// Goes to the next step at which something happens. Of several courses the first is taken.
    fn settle(&mut self) {
        loop {
            let mut next = self.step_idx + 1;
            match self.session.steps.get(self.step_idx).map(|step| &step.kind) {
                Some(StepKind::Expect(members)) => {
                    self.n_told.resize(members.len(), 0);
                    if members.iter().zip(&self.n_told).any(|(member, told)| *told < member.times.min) {
                        return;
                    }
                }
                Some(StepKind::OneOf(courses)) => {
                    next = courses.first().map_or(next, |course| course.step_idx);
                }
                Some(StepKind::Join(step_idx)) => next = *step_idx,
                Some(StepKind::Never(_) | StepKind::Accepted(_)) => {}
                _ => {
                    self.n_told.clear();
                    return;
                }
            }
            self.n_told.clear();
            self.step_idx = next;
        }
    }
}

/// What `expect` captures of an event, where it is what it waits for.
pub fn fits(expect: &Expect, event: EventIdx, payload: &Value, captures: &Captures) -> Option<Captures> {
    if expect.event != event {
        return None;
    }
    match &expect.data {
        None => Some(captures.clone()),
        Some(pattern) => matches(pattern, payload, captures).ok(),
    }
}

/// An HTTP request that came.
#[derive(Debug)]
pub struct Requested<'r> {
    /// `GET`, `POST`, …
    pub method: &'r str,
    /// Path and query.
    pub path: &'r str,
    /// Headers.
    pub headers: &'r [(String, String)],
    /// The body, as JSON where it is, else as a JSON string; `null` where there is none.
    pub body: &'r Value,
}
