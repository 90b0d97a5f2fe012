//! An observer: a question whose answer shows whether something has changed.

use std::time::Duration;

use handfast_codegen::model::Transport;
use serde_json::{Value, json};

use super::address::{Address, Values, path};
use super::arena::{Arena, Trial, payload, response};
use super::draw::{self, Source};
use super::moves::{Kind, Move};
use super::script::{Steps, set, step};
use super::stage::Stage;
use super::subject::{Legality, Subject, Way, leaves};
use crate::event::SessionReport;
use crate::session::Protocol;
use crate::verdict::Verdict;

/// The most values of an answer that are compared.
const MAX_VALUES: usize = 40;
/// The most questions.
const MAX_QUESTIONS: usize = 6;

/// A question that is asked before and behind what a server refuses: the answer is the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Observer {
    /// Asks, and captures what the answer says.
    pub before: Steps,
    /// Asks again, and wants the same.
    pub after: Steps,
}

/// A way to ask.
enum Question {
    /// An event, with its payload, and the event that answers.
    Event { name: String, payload: Value, reply: String },
    /// An HTTP request for this path.
    Get(String),
}

impl Question {
    /// Whether it is asked with the event of `subject`.
    fn is_of(&self, subject: &Subject) -> bool {
        matches!(self, Self::Event { name, .. } if *name == subject.name)
    }

    /// The steps that ask, with what is wanted of the answer.
    fn steps(&self, wanted: Option<&Value>) -> Steps {
        match self {
            Self::Event { name, payload, reply } => {
                let wanted = wanted.map(|data| ("data", data.clone()));
                let send = step("send", name.as_str(), [("data", payload.clone())]);
                vec![send, step("eventually", reply.as_str(), wanted)]
            }
            Self::Get(path) => {
                let request = json!({ "method": "GET", "path": path });
                let response = wanted.map(|body| ("response", json!({ "status": "2xx", "body": body })));
                vec![step("request", request, response)]
            }
        }
    }

    /// The last answer but `n_back` in `report`.
    fn answer(&self, report: &SessionReport, n_back: usize) -> Option<Value> {
        match self {
            Self::Event { reply, .. } => payload(report, reply, n_back),
            Self::Get(_) => response(report, n_back),
        }
    }
}

/// Plays the sessions that show what questions are good for.
struct Rehearsal<'r, 'a> {
    arena: &'r mut Arena<'a>,
    stage: &'r Stage,
    setup: &'r [Move],
    subjects: &'r [Subject],
    deadline: Duration,
}

impl Rehearsal<'_, '_> {
    fn played(&mut self, moves: &[Move], observer: &Observer) -> SessionReport {
        let trial = Trial {
            stage: self.stage,
            setup: self.setup,
            moves,
            subjects: self.subjects,
            kind: Kind::Invalid,
            observer: Some(observer),
            is_watched: false,
        };
        let path = self.arena.nowhere();
        self.arena.play(&trial, "what an answer says", &path, self.deadline).report
    }

    /// A question that captures what stays the same in its answer, under names with `number` in them.
    fn observer(&mut self, question: &Question, number: usize) -> Option<Observer> {
        let plain = Observer { before: question.steps(None), after: question.steps(None) };
        let report = self.played(&[], &plain);
        if report.verdict != Verdict::Passed {
            return None;
        }
        let (first, second) = (question.answer(&report, 1)?, question.answer(&report, 0)?);
        let (mut captured, mut wanted) = (Value::Null, Value::Null);
        let values = leaves(&first, String::new()).into_iter();
        let same = values.filter(|(pointer, value)| second.pointer(pointer) == Some(value));
        let same = same.filter(|(pointer, _)| is_in_objects(&first, pointer));
        for (n, (pointer, _)) in same.take(MAX_VALUES).enumerate() {
            let name = format!("was{number}_{n}");
            set(&mut captured, &pointer, &json!(format!("{{{{any as {name}}}}}")));
            set(&mut wanted, &pointer, &json!(format!("{{{{{name}}}}}")));
        }
        let observer =
            Observer { before: question.steps(Some(&captured)), after: question.steps(Some(&wanted)) };
        (!captured.is_null() && self.played(&[], &observer).verdict == Verdict::Passed).then_some(observer)
    }
}

/// All questions in one whose answers don't change by themselves, and which change nothing.
pub fn observer(
    arena: &mut Arena<'_>,
    protocol: &Protocol,
    stage: &Stage,
    setup: &[Move],
    sources: &[Source<'_>],
    deadline: Duration,
) -> Option<Observer> {
    let subjects: Vec<Subject> = sources.iter().map(|source| source.subject().clone()).collect();
    let asked = questions(protocol, stage, &subjects);
    let mut rehearsal = Rehearsal { arena, stage, setup, subjects: &subjects, deadline };
    let mut known = Vec::new();
    for (number, question) in asked.into_iter().enumerate().take(MAX_QUESTIONS) {
        known.extend(rehearsal.observer(&question, number).map(|observer| (question, observer)));
    }
    let mut pure = Vec::new();
    for n in 0..known.len() {
        let others =
            together(known.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, (_, one))| one));
        let changes =
            sources.iter().filter(|source| known[n].0.is_of(source.subject())).flat_map(Source::several);
        let changes: Vec<Move> = changes.collect();
        if changes.is_empty() || rehearsal.played(&changes, &others).verdict == Verdict::Passed {
            pure.push(&known[n].1);
        }
    }
    Some(together(pure.into_iter())).filter(|observer| !observer.before.is_empty())
}

fn together<'o>(observers: impl Iterator<Item = &'o Observer> + Clone) -> Observer {
    let before = observers.clone().flat_map(|one| one.before.clone()).collect();
    Observer { before, after: observers.flat_map(|one| one.after.clone()).collect() }
}

fn questions(protocol: &Protocol, stage: &Stage, subjects: &[Subject]) -> Vec<Question> {
    let contract = &protocol.contract;
    let here = stage.subject_idxs.iter().map(|idx| &subjects[*idx]);
    let asking = here.filter(|subject| {
        let is_plain = subject.way == Way::Message && subject.legality == Legality::Accepted;
        is_plain && subject.opener.is_none() && !subject.is_single(contract)
    });
    let events = asking.filter_map(|subject| {
        let [reply] = subject.replies.as_slice() else { return None };
        let payload = Stage::question(subject, &draw::plainest(protocol, subject.event));
        Some(Question::Event { name: subject.name.clone(), payload, reply: reply.clone() })
    });
    let usual = |idx: usize| {
        let address = Address::new(protocol, idx, &stage.connect, &stage.before, false);
        address.map_or_else(Values::new, |address| address.usual)
    };
    let channels = contract.channels.iter().enumerate().filter(|(_, channel)| {
        channel.transport == Transport::Sse
            && channel.method.as_deref() == Some("GET")
            && channel.sends.is_empty()
    });
    events.chain(channels.map(|(idx, channel)| Question::Get(path(channel, &usual(idx))))).collect()
}

/// Whether `pointer` leads through objects only: patterns of arrays say how long they are.
fn is_in_objects(payload: &Value, pointer: &str) -> bool {
    let mut above = pointer;
    while let Some((parent, _)) = above.rsplit_once('/') {
        if payload.pointer(parent).is_some_and(Value::is_array) {
            return false;
        }
        above = parent;
    }
    !pointer.is_empty()
}
