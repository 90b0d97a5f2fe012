//! From turns to steps: repetitions become one step with `times`, what comes in no order `any-order`.

use std::collections::BTreeMap;
use std::time::Duration;

use handfast_codegen::model::{EventIdx, SchemaIdx, name_matches};
use handfast_codegen::pointer::pointer_push;
use serde_json::Value;

use super::compare::Compared;
use super::conversation::{Conversation, Did, Turn};
use super::pattern::{is_fresh, looks};
use super::{places, requests, schema};
use crate::session::Protocol;
use crate::transport::Peer;

/// From so many on, events of one name in a row are one step even where their payloads differ in more than what always does.
const MANY: usize = 3;

/// A step to be written.
#[derive(Debug, Clone)]
pub struct Step {
    /// What happened, the first time.
    pub turn: Turn,
    /// The values that it says, and that are said of it.
    pub parts: Vec<Part>,
    /// How often it happened, in a row.
    pub n_times: u32,
    /// Whether it may happen more or less often.
    pub is_any_number: bool,
    /// The longest time from what came before.
    pub gap: Duration,
    /// The steps that it has no order among.
    pub group: Option<usize>,
}

/// A value of a step.
#[derive(Debug, Clone)]
pub struct Part {
    /// The key it stands under.
    pub key: Key,
    /// Who said it.
    pub from: Peer,
    /// The schema of it.
    pub schema: Option<SchemaIdx>,
    /// It.
    pub value: Value,
    /// What differs from one time to another, by pointer.
    pub varies: BTreeMap<String, Variation>,
}

/// The key that a value stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// `data`
    Data,
    /// `acknowledged` or `acknowledge`
    Acknowledgement,
    /// `path` of a request
    Path,
    /// `headers` of a request
    Headers,
    /// `body` of a request
    Body,
    /// `body` of its response
    Response,
}

/// How a value differs from one time to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variation {
    /// It does, and is of one type each time.
    Value,
    /// It is of another type at another time.
    Type,
    /// It is the same in both recordings.
    None,
}

/// The turns of `conversation` as steps, one each.
pub fn steps(protocol: &Protocol, conversation: &Conversation) -> Vec<Step> {
    let mut before = conversation.turns.first().map_or(Duration::ZERO, |turn| turn.at);
    let turns = conversation.turns.iter();
    turns
        .map(|turn| {
            let gap = turn.at.saturating_sub(before);
            before = turn.at;
            let parts = parts(protocol, &turn.did);
            Step { turn: turn.clone(), parts, n_times: 1, is_any_number: false, gap, group: None }
        })
        .collect()
}

fn parts(protocol: &Protocol, did: &Did) -> Vec<Part> {
    let part = |key, from, schema, value: &Value| Part {
        key,
        from,
        schema,
        value: value.clone(),
        varies: BTreeMap::new(),
    };
    match did {
        Did::Sent { event, payload, acknowledged, .. } => {
            let schema = protocol.contract[*event].payload;
            let answer =
                acknowledged.iter().map(|answer| part(Key::Acknowledgement, Peer::Server, None, answer));
            std::iter::once(part(Key::Data, Peer::Client, schema, payload)).chain(answer).collect()
        }
        Did::Came { event, payload, acknowledge } => {
            let schema = protocol.contract[*event].payload;
            let answer =
                acknowledge.iter().map(|answer| part(Key::Acknowledgement, Peer::Client, None, answer));
            std::iter::once(part(Key::Data, Peer::Server, schema, payload)).chain(answer).collect()
        }
        Did::Asked(exchange) => {
            let headers = exchange.headers.iter().filter(|(name, _)| super::connect::is_kept(name));
            let headers: Value =
                headers.map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
            let mut found = vec![part(Key::Path, Peer::Client, None, &Value::from(exchange.path.as_str()))];
            found.push(part(Key::Headers, Peer::Client, None, &headers));
            found.extend(
                requests::json(&exchange.body).map(|body| part(Key::Body, Peer::Client, None, &body)),
            );
            // What a server answers to a mere question depends on what it holds, which is not said in the session.
            let answer = requests::json(&exchange.response_body);
            found.extend(answer.map(|body| part(Key::Response, Peer::Server, None, &body)));
            found
        }
        Did::Refused { .. } | Did::Closed { .. } | Did::Dropped | Did::Resumed { .. } => Vec::new(),
    }
}

impl Step {
    /// The event that came.
    pub fn came(&self) -> Option<EventIdx> {
        match self.turn.did {
            Did::Came { event, .. } => Some(event),
            _ => None,
        }
    }

    /// Takes `next`, which says the same again.
    fn absorb(&mut self, next: &Self) {
        for (part, other) in self.parts.iter_mut().zip(&next.parts) {
            merge_values(&mut part.value, &other.value, "", &mut part.varies);
            part.varies.extend(other.varies.clone());
        }
        self.n_times += next.n_times;
        self.is_any_number |= next.is_any_number;
        self.gap = self.gap.max(next.gap);
    }
}

/// Keeps of `value` what `other` has as well, and notes what differs.
pub fn merge_values(
    value: &mut Value,
    other: &Value,
    pointer: &str,
    varies: &mut BTreeMap<String, Variation>,
) {
    match (value, other) {
        (Value::Object(members), Value::Object(others)) => {
            members.retain(|name, _| others.contains_key(name));
            for (name, member) in members.iter_mut() {
                if let Some(other) = others.get(name) {
                    merge_values(member, other, &pointer_push(pointer, name), varies);
                }
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (n, (item, other)) in items.iter_mut().zip(others).enumerate() {
                merge_values(item, other, &format!("{pointer}/{n}"), varies);
            }
        }
        (value, other) if value == other => {}
        (value, other) => {
            let is_one_type = std::mem::discriminant(value) == std::mem::discriminant(other);
            // A fraction in one of them makes it a number in both.
            if other.is_f64() {
                *value = other.clone();
            }
            let variation = if is_one_type { Variation::Value } else { Variation::Type };
            let known = varies.entry(pointer.to_owned()).or_insert(variation);
            if variation == Variation::Type || *known == Variation::None {
                *known = variation;
            }
        }
    }
}

/// Makes one step of several where they say the same, or have no order.
pub fn merge(
    protocol: &Protocol,
    conversation: &Conversation,
    steps: &mut Vec<Step>,
    compared: Option<&Compared>,
) {
    let mut merged: Vec<Step> = Vec::with_capacity(steps.len());
    let mut n_groups = 0;
    let all = std::mem::take(steps);
    let mut rest = all.as_slice();
    while !rest.is_empty() {
        let n_events = rest.iter().take_while(|step| step.came().is_some()).count();
        if n_events == 0 {
            merged.push(rest[0].clone());
            rest = &rest[1..];
            continue;
        }
        let (segment, after) = rest.split_at(n_events);
        let n_causes = merged.iter().rev().take_while(|step| step.came().is_none()).count();
        if has_no_order(protocol, conversation, segment, &merged[merged.len() - n_causes..]) {
            merged.extend(unordered(protocol, segment, n_groups));
            n_groups += 1;
        } else {
            merged.extend(repeated(protocol, segment, after, compared));
        }
        rest = after;
    }
    *steps = merged;
}

/// Events in a row that are one step.
fn repeated(protocol: &Protocol, segment: &[Step], after: &[Step], compared: Option<&Compared>) -> Vec<Step> {
    let mut merged: Vec<Step> = Vec::new();
    for run in segment.chunk_by(|a, b| a.came() == b.came()) {
        let is_alike = run.windows(2).all(|pair| is_same_but_fresh(protocol, &pair[0], &pair[1]));
        let may_vary =
            run.len() >= MANY || compared.is_some_and(|compared| compared.has_other_number(&run[0]));
        let whole = joined(run);
        if run.len() > 1 && (is_alike || may_vary) && !is_needed(&whole, run, after) {
            merged.push(whole);
        } else {
            merged.extend_from_slice(run);
        }
    }
    merged
}

fn joined(run: &[Step]) -> Step {
    let mut whole = run[0].clone();
    run[1..].iter().for_each(|step| whole.absorb(step));
    whole
}

/// Whether a value that differs within `run` is said by the client afterwards: then it has to be captured.
fn is_needed(whole: &Step, run: &[Step], after: &[Step]) -> bool {
    let mut said = Vec::new();
    for part in after.iter().flat_map(|step| &step.parts).filter(|part| part.from == Peer::Client) {
        places::leaves(&part.value, &mut |_, leaf| said.push(leaf));
    }
    let differing = |part: &Part, n: usize| {
        let pointers: Vec<&String> = part.varies.keys().collect();
        let values = run.iter().filter_map(|step| step.parts.get(n));
        values
            .flat_map(|part| pointers.iter().filter_map(|pointer| part.value.pointer(pointer)))
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut values = whole.parts.iter().enumerate().flat_map(|(n, part)| differing(part, n));
    values.any(|value| match &value {
        Value::String(text) if text.len() > 3 => {
            said.iter().any(|said| said.as_str().is_some_and(|said| said.contains(text.as_str())))
        }
        _ => false,
    })
}

/// Whether two events differ in nothing but values that are fresh each time.
fn is_same_but_fresh(protocol: &Protocol, a: &Step, b: &Step) -> bool {
    let mut joint = a.clone();
    joint.absorb(b);
    let same_shape = |n: usize| shape(&a.parts[n].value) == shape(&b.parts[n].value);
    a.parts.len() == b.parts.len()
        && joint.parts.iter().enumerate().all(|(n, part)| {
            same_shape(n)
                && part.varies.iter().filter(|(_, variation)| **variation != Variation::None).all(
                    |(pointer, _)| {
                        let facts = schema::facts(&protocol.contract.schemas, part.schema, pointer);
                        let value = part.value.pointer(pointer).unwrap_or(&Value::Null);
                        is_fresh(&facts, pointer, value) || looks(value).is_some()
                    },
                )
        })
}

/// The pointers of all leaves.
fn shape(value: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    places::leaves(value, &mut |pointer, _| pointers.push(pointer.to_owned()));
    pointers
}

/// Whether the events of `segment` may come in another order: those of several keys of one lifecycle are mixed, or the client
/// asked for several things before; or one of them answers what the client sent while others were under way.
fn has_no_order(protocol: &Protocol, conversation: &Conversation, segment: &[Step], causes: &[Step]) -> bool {
    let n_lifecycles = protocol.contract.rules.lifecycles.len();
    let is_mixed = |lifecycle: usize| {
        let keys: Vec<String> = segment.iter().filter_map(|step| key_in(protocol, lifecycle, step)).collect();
        let runs: Vec<&String> = keys.chunk_by(|a, b| a == b).map(|run| &run[0]).collect();
        let comes_again = runs.iter().enumerate().any(|(n, key)| runs[..n].contains(key));
        comes_again || runs.len() > 1 && causes.len() > 1
    };
    (0..n_lifecycles).any(is_mixed) || answers_meanwhile(protocol, conversation, segment, causes)
}

fn answers_meanwhile(
    protocol: &Protocol,
    conversation: &Conversation,
    segment: &[Step],
    causes: &[Step],
) -> bool {
    let sent = causes.iter().filter_map(|cause| match cause.turn.did {
        Did::Sent { event, .. } => protocol.contract.exchange(event),
        _ => None,
    });
    let replies: Vec<EventIdx> = sent.flat_map(|exchange| exchange.replies.iter().copied()).collect();
    let is_reply = |step: &Step| step.came().is_some_and(|event| replies.contains(&event));
    let Some(reply) = segment.iter().position(is_reply) else { return false };
    let came_before = conversation.turns.iter().take_while(|turn| turn.at < segment[0].turn.at);
    let events = came_before.filter_map(|turn| match &turn.did {
        Did::Came { event, payload, .. } => Some((*event, payload)),
        _ => None,
    });
    segment.len() > 1 && (reply > 0 || super::captures::under_way(protocol, events))
}

/// The key of the event in a lifecycle, as JSON.
fn key_in(protocol: &Protocol, lifecycle: usize, step: &Step) -> Option<String> {
    let Did::Came { event, payload, .. } = &step.turn.did else { return None };
    let name = super::name(protocol, *event);
    let keys = &protocol.contract.rules.lifecycles[lifecycle].key;
    let (_, pointer) = keys.iter().find(|(pattern, _)| name_matches(pattern, name))?;
    payload.pointer(pointer).map(Value::to_string)
}

/// One step for each event of each key, in no order.
fn unordered(protocol: &Protocol, segment: &[Step], group: usize) -> Vec<Step> {
    let n_lifecycles = protocol.contract.rules.lifecycles.len();
    let keys = |step: &Step| {
        (0..n_lifecycles).map(|lifecycle| key_in(protocol, lifecycle, step)).collect::<Vec<_>>()
    };
    let mut members: Vec<(EventIdx, Vec<Option<String>>, Step)> = Vec::new();
    for step in segment {
        let Some(event) = step.came() else { continue };
        let keys = keys(step);
        match members.iter_mut().find(|(known, known_keys, _)| *known == event && *known_keys == keys) {
            Some((_, _, member)) => member.absorb(step),
            None => members.push((event, keys, step.clone())),
        }
    }
    let alone = members.len() == 1;
    members.into_iter().map(|(_, _, step)| Step { group: (!alone).then_some(group), ..step }).collect()
}
