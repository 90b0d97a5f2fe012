//! An observer: a question whose answer shows whether something has changed.

use std::time::Duration;

use handfast_codegen::model::Transport;
use serde_json::{Value, json};

use super::arena::{Arena, Trial, payload, response};
use super::draw;
use super::moves::Kind;
use super::script::{Steps, set, step};
use super::stage::Stage;
use super::subject::{Legality, Subject, Way, leaves};
use crate::event::SessionReport;
use crate::session::Protocol;
use crate::verdict::Verdict;

/// The most values of an answer that are compared.
const MAX_VALUES: usize = 40;

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

/// The questions whose answers don't change by themselves.
pub fn observers(
    arena: &mut Arena<'_>,
    protocol: &Protocol,
    stage: &Stage,
    subjects: &[Subject],
    deadline: Duration,
) -> Vec<Observer> {
    let asked = questions(protocol, stage, subjects).into_iter();
    asked.filter_map(|question| observer(arena, stage, subjects, &question, deadline)).collect()
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
    let channels = contract.channels.iter().filter(|channel| {
        channel.transport == Transport::Sse
            && channel.method.as_deref() == Some("GET")
            && channel.sends.is_empty()
    });
    events.chain(channels.map(|channel| Question::Get(channel.address.clone()))).collect()
}

fn observer(
    arena: &mut Arena<'_>,
    stage: &Stage,
    subjects: &[Subject],
    question: &Question,
    deadline: Duration,
) -> Option<Observer> {
    let mut tried = |observer: &Observer| {
        let observer = Some(observer);
        let trial = Trial {
            stage,
            setup: &[],
            moves: &[],
            subjects,
            kind: Kind::Invalid,
            observer,
            is_watched: false,
        };
        let path = arena.nowhere();
        arena.play(&trial, "what an answer says", &path, deadline).report
    };
    let report = tried(&Observer { before: question.steps(None), after: question.steps(None) });
    if report.verdict != Verdict::Passed {
        return None;
    }
    let (first, second) = (question.answer(&report, 1)?, question.answer(&report, 0)?);
    let (mut captured, mut wanted) = (Value::Null, Value::Null);
    let values = leaves(&first, String::new()).into_iter();
    let same = values.filter(|(pointer, value)| second.pointer(pointer) == Some(value));
    let same = same.filter(|(pointer, _)| is_in_objects(&first, pointer));
    for (n, (pointer, _)) in same.take(MAX_VALUES).enumerate() {
        set(&mut captured, &pointer, &json!(format!("{{{{any as was{n}}}}}")));
        set(&mut wanted, &pointer, &json!(format!("{{{{was{n}}}}}")));
    }
    let observer = Observer { before: question.steps(Some(&captured)), after: question.steps(Some(&wanted)) };
    (!captured.is_null() && tried(&observer).verdict == Verdict::Passed).then_some(observer)
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
