//! Values that are said again: the first time they are captured, later they are referred to.

use std::collections::HashMap;

use handfast_codegen::model::{EventIdx, Format, JsonType, name_matches};
use serde_json::Value;

use super::conversation::Did;
use super::group::{Key, Part, Step, Variation};
use super::pattern::{generator, is_uuid, matcher};
use super::places::{leaves, names};
use super::schema::{Facts, facts};
use crate::record::secrets::split;
use crate::session::Protocol;
use crate::transport::Peer;

/// Words that stand for something else in braces.
const RESERVED: &[&str] =
    &["absent", "any", "decimal", "hex", "includes", "now", "regex", "semver", "timestamp"];
/// Names that say nothing about what they hold.
const EMPTY: &[&str] =
    &["body", "content", "data", "detail", "item", "message", "object", "payload", "result", "value"];

/// A value that is captured.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// The name it is captured under.
    pub name: String,
    /// It.
    pub value: Value,
    /// Where.
    pub place: Place,
    /// The matcher or generator that captures it.
    pub word: String,
}

/// A place in a session: step, part, and pointer. Of a path, the pointer is the number of the segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The step, by its number.
    pub step: usize,
    /// The part, by its number.
    pub part: usize,
    /// The pointer in it.
    pub pointer: String,
}

/// A value that may be worth capturing, where it stands first.
struct Found {
    place: Place,
    value: Value,
    word: Option<String>,
    context: String,
    n_times: usize,
}

/// The captures of `steps`, in order.
pub fn find(protocol: &Protocol, steps: &[Step]) -> Vec<Capture> {
    let mut found: Vec<Found> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (n, step) in steps.iter().enumerate() {
        for (m, part) in step.parts.iter().enumerate() {
            let context = context(protocol, step);
            each(protocol, step, part, &mut |pointer, value, candidate| {
                let key = key(value);
                match (known.get(&key), candidate) {
                    (Some(at), _) => found[*at].n_times += 1,
                    (None, Some(word)) => {
                        known.insert(key, found.len());
                        let place = Place { step: n, part: m, pointer: pointer.to_owned() };
                        found.push(Found {
                            place,
                            value: value.clone(),
                            word,
                            context: context.clone(),
                            n_times: 1,
                        });
                    }
                    (None, None) => {}
                }
            });
        }
    }
    named(found, steps)
}

/// Two values are the same if they are said in the same way; a number in a path is a string.
fn key(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

type Visit<'v> = dyn FnMut(&str, &Value, Option<Option<String>>) + 'v;

/// Calls `visit` for every value of `part` that may be said again; with what captures it, if it may be captured. A value that a
/// client says first and that stands for itself is known and not captured.
fn each(protocol: &Protocol, step: &Step, part: &Part, visit: &mut Visit<'_>) {
    if part.key == Key::Path {
        let path = part.value.as_str().unwrap_or_default();
        for (n, segment) in segments(path).enumerate() {
            if is_uuid(segment) {
                visit(&n.to_string(), &Value::from(segment), Some(Some("uuid".to_owned())));
            } else if !segment.is_empty() {
                visit(&n.to_string(), &Value::from(segment), None);
            }
        }
        return;
    }
    leaves(&part.value, &mut |pointer, value| {
        let variation = part.varies.get(pointer).copied();
        // Of several values, the last would be captured.
        if step.n_times > 1 && matches!(variation, Some(Variation::Value | Variation::Type)) {
            return;
        }
        let facts = facts(&protocol.contract.schemas, part.schema, pointer);
        if !may_be_said_again(&facts, pointer, value) {
            return;
        }
        let word = match part.from {
            Peer::Client => generator(value, variation).map(str::to_owned),
            Peer::Server => Some(word(&facts, pointer, value, variation)),
        };
        visit(pointer, value, Some(word));
    });
}

fn word(facts: &Facts, pointer: &str, value: &Value, variation: Option<Variation>) -> String {
    let plain = || JsonType::of(value).name().to_owned();
    matcher(facts, pointer, value, variation).unwrap_or_else(plain)
}

/// The parts of a path and of its query that may be values.
pub fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split(['/', '?', '&', '='])
}

/// Whether a value is one that others refer to: an identifier, by its looks, format or name.
fn may_be_said_again(facts: &Facts, pointer: &str, value: &Value) -> bool {
    let is_id = || {
        names(pointer)
            .last()
            .is_some_and(|name| split(name).last().is_some_and(|word| word == "id" || word == "uuid"))
    };
    match value {
        Value::String(text) if text.is_empty() || facts.is_listed => false,
        Value::String(text) => {
            is_uuid(text) || facts.formats.contains(&Format::Uuid) || is_id() || text.starts_with("{{$")
        }
        Value::Number(number) => number.is_u64() && is_id(),
        _ => false,
    }
}

/// What the values of `step` are about where their names don't say so.
fn context(protocol: &Protocol, step: &Step) -> String {
    match &step.turn.did {
        Did::Sent { event, .. } | Did::Came { event, .. } => {
            split(super::name(protocol, *event)).into_iter().next().unwrap_or_default()
        }
        Did::Asked(exchange) => {
            let word = exchange.path_only().rsplit('/').find(|segment| {
                segment.chars().all(|c| c.is_ascii_alphabetic() || c == '-') && !segment.is_empty()
            });
            singular(word.unwrap_or_default())
        }
        Did::Refused { .. } | Did::Closed { .. } | Did::Dropped => String::new(),
    }
}

fn singular(word: &str) -> String {
    let word = word.to_ascii_lowercase();
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word
            .strip_suffix('s')
            .filter(|stem| stem.len() > 2 && !stem.ends_with('s'))
            .unwrap_or(&word)
            .to_owned(),
    }
}

/// Gives those a name that are said again.
fn named(found: Vec<Found>, steps: &[Step]) -> Vec<Capture> {
    let mut captures: Vec<Capture> = Vec::new();
    for Found { place, value, word, context, n_times } in found {
        let Some(word) = word.filter(|_| n_times > 1) else { continue };
        let part = &steps[place.step].parts[place.part];
        let wanted = match part.key {
            Key::Path => path_name(part.value.as_str().unwrap_or_default(), &place.pointer),
            _ => pointer_name(&place.pointer),
        };
        let wanted = usable(
            wanted.or(Some(context).filter(|word| !word.is_empty())).unwrap_or_else(|| "id".to_owned()),
        );
        let is_free = |name: &String| !captures.iter().any(|capture| capture.name == *name);
        let numbered = (2..).map(|n| format!("{wanted}_{n}"));
        let name = std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or(wanted);
        captures.push(Capture { name, value, place, word });
    }
    captures
}

/// `/payload/task_id` → `task`, `/task/id` → `task`.
fn pointer_name(pointer: &str) -> Option<String> {
    let names = names(pointer);
    names.iter().rev().find_map(|name| {
        let mut words = split(name);
        while words.last().is_some_and(|word| matches!(word.as_str(), "id" | "ids" | "uuid")) {
            words.pop();
        }
        if let Some(last) = words.last_mut() {
            *last = singular(last);
        }
        let name = words.join("_");
        (!name.is_empty() && !EMPTY.contains(&name.as_str())).then_some(name)
    })
}

/// The segment before: `/projects/1/builds` → `project`.
fn path_name(path: &str, n: &str) -> Option<String> {
    let n: usize = n.parse().ok()?;
    let before = segments(path).nth(n.checked_sub(1)?)?;
    let words = split(&singular(before));
    let words: Vec<_> = words.into_iter().filter(|word| word != "id").collect();
    Some(words.join("_")).filter(|name| !name.is_empty())
}

/// `name` as what can be captured under.
fn usable(name: String) -> String {
    let is_word = RESERVED.contains(&name.as_str())
        || JsonType::from_name(&name).is_some()
        || Format::ALL.iter().any(|format| format.name() == name);
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    match (is_word, starts_well) {
        (true, _) => format!("{name}_id"),
        (false, true) => name,
        (false, false) => format!("id_{name}"),
    }
}

/// Whether a lifecycle is under way after `events`.
pub fn under_way<'e>(protocol: &Protocol, events: impl Iterator<Item = (EventIdx, &'e Value)>) -> bool {
    progress(protocol, events, false).0
}

/// Whether lifecycles were under way when `events` began, of which some were left out where `is_filtered`.
pub fn began_late<'e>(
    protocol: &Protocol,
    events: impl Iterator<Item = (EventIdx, &'e Value)>,
    is_filtered: bool,
) -> bool {
    progress(protocol, events, is_filtered).1
}

/// Whether a lifecycle is under way after `events`, and whether one was before.
fn progress<'e>(
    protocol: &Protocol,
    events: impl Iterator<Item = (EventIdx, &'e Value)>,
    is_filtered: bool,
) -> (bool, bool) {
    let lifecycles = &protocol.contract.rules.lifecycles;
    let mut states = vec![HashMap::new(); lifecycles.len()];
    let mut began_late = false;
    for (event, payload) in events {
        let name = super::name(protocol, event);
        for ((lifecycle, order), states) in lifecycles.iter().zip(&protocol.orders).zip(&mut states) {
            let pointer = lifecycle.key.iter().find(|(pattern, _)| name_matches(pattern, name));
            let Some(key) =
                pointer.and_then(|(_, pointer)| payload.pointer(pointer)).filter(|_| order.has(name))
            else {
                continue;
            };
            let state = states.entry(key.to_string()).or_insert_with(|| order.start());
            let mut after = order.advance(state, name, &|_| is_filtered);
            if after.is_empty() {
                began_late |= *state == order.start();
                after = order.advance(&order.anywhere(), name, &|_| false);
            }
            *state = after;
        }
    }
    let is_under_way =
        |(order, states): (&crate::rules::order::Order, &HashMap<String, crate::rules::order::States>)| {
            let start = order.next(&order.start(), &|_| false);
            // What may only begin again is over.
            states.values().any(|state| !order.next(state, &|_| false).is_subset(&start))
        };
    (protocol.orders.iter().zip(&states).any(is_under_way), began_late)
}
