//! The server's side of one session: where in it a conversation is, and what the server is to do there.

use std::collections::BTreeSet;
use std::sync::Arc;

use handfast_codegen::model::{EventIdx, Side, name_matches};
use serde_json::Value;

use crate::pattern::{Captures, matches};
use crate::session::{Cause, CloseBy, Course, Expect, HttpRequest, Refused, Send, Session, StepKind};

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
    /// The events that were said on this connection, and how many there were, noise not counted.
    seen: (BTreeSet<EventIdx>, u32),
    /// The steps of the client that are done though the session has not come to them.
    done_ahead: BTreeSet<usize>,
    /// The session in the other courses that the server may take.
    forks: Vec<Script>,
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
        let mut script = Self {
            session,
            captures: Captures::default(),
            step_idx: 0,
            n_told: Vec::new(),
            seen: Default::default(),
            done_ahead: BTreeSet::new(),
            forks: Vec::new(),
        };
        script.settle();
        script
    }

    /// This session, and those that it has become where the server may take several courses.
    pub fn unfolded(mut self) -> Vec<Self> {
        let forks = std::mem::take(&mut self.forks);
        let mut all = vec![self];
        all.extend(forks.into_iter().flat_map(Self::unfolded));
        all
    }

    /// Whether the client may do something now that stands further on: its cause has come.
    pub fn has_turn_ahead(&self) -> bool {
        self.ahead().next().is_some()
    }

    /// The steps further on that the client may take now, as their causes have come (`after`). They are not looked for beyond
    /// the connection.
    fn ahead(&self) -> impl Iterator<Item = (usize, &StepKind)> {
        let steps = self.session.steps.iter().map(|step| &step.kind).enumerate().skip(self.step_idx + 1);
        let here = steps.take_while(|(_, step)| {
            !matches!(step, StepKind::Disconnect | StepKind::Resume(_) | StepKind::Close(_))
        });
        here.filter(|(idx, step)| {
            !self.done_ahead.contains(idx) && step.cause().is_some_and(|cause| self.has_come(cause))
        })
    }

    fn has_come(&self, cause: Cause) -> bool {
        match cause {
            Cause::Events(n_events) => self.seen.1 >= n_events,
            Cause::Event(event) => self.seen.0.contains(&event),
        }
    }

    /// The steps that the client may take now.
    fn turns(&self) -> impl Iterator<Item = (usize, &StepKind)> {
        self.step().map(|step| (self.step_idx, step)).into_iter().chain(self.ahead())
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
        if !self.session.rules().is_noise(&self.session.event(event).name) {
            self.seen.0.insert(event);
            self.seen.1 += 1;
        }
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
    pub fn send(&self, event: EventIdx, payload: &Value, fit: Fit) -> Option<Turn<'_, Send>> {
        self.turns().find_map(|(step_idx, step)| {
            let StepKind::Send(send) = step else { return None };
            let captures = self.sent(send, event, payload, fit)?;
            Some(Turn { step_idx, step: send, captures })
        })
    }

    fn sent(&self, send: &Send, event: EventIdx, payload: &Value, fit: Fit) -> Option<Captures> {
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
        Some(captures)
    }

    /// The step that the client takes with this request, where it is what the session has it do.
    pub fn request(&self, request: &Requested<'_>, fit: Fit) -> Option<Turn<'_, HttpRequest>> {
        self.turns().find_map(|(step_idx, step)| {
            let StepKind::Request(step) = step else { return None };
            let captures = self.requested(step, request, fit)?;
            Some(Turn { step_idx, step: &**step, captures })
        })
    }

    fn requested(&self, step: &HttpRequest, request: &Requested<'_>, fit: Fit) -> Option<Captures> {
        if !step.method.eq_ignore_ascii_case(request.method) {
            return None;
        }
        let captures = step.path.accepts(&request.path.into(), &self.captures).ok()?;
        let captures = step.headers.iter().try_fold(captures, |captures, (name, template)| {
            let (_, value) = request.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
            template.accepts(&value.as_str().into(), &captures).ok()
        })?;
        match (&step.body, fit) {
            (None, _) => Some(captures),
            (Some(body), Fit::Exact) if !body.covers(request.body) => None,
            (Some(body), Fit::Exact | Fit::More) => body.accepts(request.body, &captures).ok(),
            (Some(body), Fit::Loose) => {
                let mut captures = captures;
                body.capture(Some(request.body), &mut captures);
                Some(captures)
            }
        }
    }

    /// The client has taken the step `step_idx`, in which this was captured.
    pub fn pass(&mut self, step_idx: usize, captures: Captures) {
        self.captures = captures;
        if step_idx == self.step_idx {
            self.step_idx += 1;
            self.settle();
        } else {
            self.done_ahead.insert(step_idx);
        }
    }

    /// The step under way is done.
    fn pass_on(&mut self) {
        self.pass(self.step_idx, self.captures.clone());
    }

    /// The connection is over; a step that says so is done.
    pub fn left(&mut self) {
        let is_ours = match self.step() {
            Some(StepKind::Disconnect) => true,
            Some(StepKind::Close(close)) => close.by == CloseBy::Client,
            _ => false,
        };
        // Causes are counted on each connection.
        self.seen = Default::default();
        if is_ours {
            self.pass_on();
        }
    }

    /// The server closes, as the session says.
    pub fn left_by_server(&mut self) {
        if matches!(self.wants(), Wants::Close(_)) {
            self.pass_on();
        }
    }

    /// Whether the session has the client come back now.
    pub fn is_to_resume(&self) -> bool {
        matches!(self.step(), Some(StepKind::Resume(_)))
    }

    /// The client has come back.
    pub fn resumed(&mut self) {
        if self.is_to_resume() {
            self.pass_on();
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

    /// Goes to the next step at which something happens. Of several courses this is the first; the others fork off.
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
                    let (first, others) = courses
                        .split_first()
                        .map_or((next, &[][..]), |(first, others)| (first.step_idx, others));
                    let forks: Vec<_> = others.iter().map(|course| self.in_course(course)).collect();
                    self.forks.extend(forks);
                    next = first;
                }
                Some(StepKind::Send(_) | StepKind::Request(_)) if self.done_ahead.remove(&self.step_idx) => {}
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

impl Script {
    /// The session as it goes on when the server takes this course.
    fn in_course(&self, course: &Course) -> Self {
        let mut other =
            Self { forks: Vec::new(), n_told: Vec::new(), step_idx: course.step_idx, ..self.clone() };
        other.settle();
        other
    }
}

/// What the client does, as a step has it.
#[derive(Debug)]
pub struct Turn<'s, S> {
    /// The step's number.
    pub step_idx: usize,
    /// The step.
    pub step: &'s S,
    /// What is captured with it.
    pub captures: Captures,
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
