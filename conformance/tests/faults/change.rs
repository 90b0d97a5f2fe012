//! A fault at work on the events of a server.

use std::time::Duration;

use serde_json::{Value, json};

use crate::event::{Data, Event};
use crate::fault::{Change, Fault, Packet, Spoil};

/// What goes on to the client.
#[derive(Debug, Clone)]
pub enum Output {
    /// An event, after a pause.
    Event(Duration, Event),
    /// An event, written in that way.
    Spoiled(Event, Spoil),
    /// Nothing any more, while the connection stays.
    Stall,
    /// The end of the connection.
    End,
}

/// A fault at work on the events of all connections, in their order.
#[derive(Debug)]
pub struct Injector {
    fault: Option<Fault>,
    n_seen: usize,
    seen: Vec<Event>,
    held: Option<Held>,
    /// How often the fault has been at work.
    pub n_done: usize,
}

/// What waits for an event of that name, and comes before or after it.
#[derive(Debug)]
struct Held {
    events: Vec<Event>,
    until: &'static str,
    reversed: bool,
}

impl Injector {
    pub fn new(fault: Option<Fault>) -> Self {
        Self { fault, n_seen: 0, seen: Vec::new(), held: None, n_done: 0 }
    }

    /// What becomes of `event`.
    pub fn pass(&mut self, event: Event) -> Vec<Output> {
        let released = self.held.take_if(|held| held.until == event.name);
        let fault = self.due(&event.name);
        let outputs = match fault {
            Some(Fault::Event(_, _, Change::Behind(until))) => self.hold(&event, until, false),
            Some(Fault::Event(_, _, Change::Reversed(until))) => self.hold(&event, until, true),
            Some(Fault::Event(_, _, change)) => change.apply(event.clone(), &self.seen),
            Some(Fault::Bytes(_, _, spoil)) => vec![Output::Spoiled(event.clone(), spoil)],
            Some(Fault::Packet(_, _, packet)) => {
                packet.apply(&event).into_iter().map(|text| now(event.written(text))).collect()
            }
            _ => match self.held.as_mut().filter(|held| held.reversed) {
                Some(held) => {
                    held.events.push(event.clone());
                    Vec::new()
                }
                None => vec![now(event.clone())],
            },
        };
        self.seen.push(event);
        outputs.into_iter().chain(released.into_iter().flat_map(Held::released)).collect()
    }

    /// How many events the server has sent.
    pub fn n_events(&self) -> usize {
        self.seen.len()
    }

    fn hold(&mut self, event: &Event, until: &'static str, reversed: bool) -> Vec<Output> {
        self.held = Some(Held { events: vec![event.clone()], until, reversed });
        Vec::new()
    }

    /// The fault, where it is due for an event of that name.
    fn due(&mut self, name: &str) -> Option<Fault> {
        let fault = self.fault?;
        let (_, nth) = fault.place().filter(|(event, _)| *event == name)?;
        let n = self.n_seen;
        self.n_seen += 1;
        let lasts = matches!(fault, Fault::Event(_, _, Change::Silent));
        let is_due = if lasts { n >= nth } else { n == nth };
        self.n_done += usize::from(is_due);
        is_due.then_some(fault)
    }
}

impl Held {
    fn released(self) -> impl Iterator<Item = Output> {
        self.events.into_iter().rev().map(now)
    }
}

impl Change {
    fn apply(self, event: Event, seen: &[Event]) -> Vec<Output> {
        let other = |name, text| event.with(name, &Data::Json(parsed(text)));
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut json = event.json.clone();
            change(&mut json);
            vec![now(event.with(&event.name, &Data::Json(json)))]
        };
        match self {
            Self::Lost | Self::Silent => Vec::new(),
            Self::Stalled => vec![Output::Stall],
            Self::Closed => vec![Output::End],
            Self::Twice => vec![now(event.clone()), now(event)],
            Self::Replaying(name) => {
                let first = seen.iter().find(|seen| seen.name == name).expect("an event to play again");
                vec![now(first.clone()), now(event)]
            }
            Self::Late(pause) => vec![Output::Event(pause, event)],
            Self::Without(pointer) => changed(&|json| drop(take(json, pointer))),
            Self::Renamed(pointer, name) => changed(&|json| {
                let value = take(json, pointer);
                put(json, &format!("{}/{name}", parent(pointer).0), value);
            }),
            Self::Extra(pointer, name) => {
                changed(&|json| put(json, &format!("{pointer}/{name}"), json!("more")))
            }
            Self::With(pointer, text) => changed(&|json| *at(json, pointer) = parsed(text)),
            Self::Swapped(one, two) => changed(&|json| {
                let first = at(json, one).clone();
                let second = std::mem::replace(at(json, two), first);
                *at(json, one) = second;
            }),
            Self::Repeating(pointer) => changed(&|json| {
                let before = seen.last().and_then(|before| before.json.pointer(pointer));
                *at(json, pointer) = before.cloned().unwrap_or_default();
            }),
            Self::Wrapped => changed(&|json| *json = Value::Array(vec![json.take()])),
            Self::Called(name) => vec![now(event.with(name, &Data::Json(event.json.clone())))],
            Self::Garbage(text) => vec![now(event.with(&event.name, &Data::Text(text)))],
            Self::After(name, text) => vec![now(other(name, text)), now(event)],
            Self::Then(name, text) => vec![now(event.clone()), now(other(name, text))],
            // Which take more than one event; the injector does them.
            Self::Behind(_) | Self::Reversed(_) => vec![now(event)],
        }
    }
}

impl Packet {
    /// What is written in place of an event.
    fn apply(self, event: &Event) -> Vec<String> {
        let text = event.text();
        let rest = text.strip_prefix("42").expect("an event of Socket.IO");
        let (namespace, call) = rest.split_at(rest.find('[').expect("an array"));
        let one = match self {
            Self::Attached => format!("451-{rest}"),
            Self::Elsewhere => format!("42/elsewhere,{call}"),
            Self::Argued => format!("{},1]", text.strip_suffix(']').expect("an array")),
            Self::Nameless => format!("42{namespace}[5]"),
            Self::UnknownEngine => "9".to_owned(),
            Self::UnknownType => format!("49{rest}"),
            Self::Unasked => format!("43{namespace}7[]"),
            Self::ConnectedAgain => format!("40{namespace}{{\"sid\":\"again\"}}"),
            Self::Disconnected => format!("41{namespace}"),
            Self::EngineClosed => "1".to_owned(),
            Self::Noop => return vec!["6".to_owned(), text.to_owned()],
        };
        vec![one]
    }
}

fn now(event: Event) -> Output {
    Output::Event(Duration::ZERO, event)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON in the table")
}

fn at<'j>(json: &'j mut Value, pointer: &str) -> &'j mut Value {
    json.pointer_mut(pointer).expect("a member to change")
}

fn parent(pointer: &str) -> (&str, &str) {
    pointer.rsplit_once('/').expect("a pointer to a member")
}

fn take(json: &mut Value, pointer: &str) -> Value {
    let (parent, name) = parent(pointer);
    let members = at(json, parent).as_object_mut().expect("an object");
    members.remove(name).expect("a member to take away")
}

fn put(json: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = parent(pointer);
    at(json, parent).as_object_mut().expect("an object").insert(name.to_owned(), value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Carriage;

    /// What comes of four events under a fault of the second `a`: names with their numbers.
    #[track_caller]
    fn check(change: Change, expected: &str) {
        let mut injector = Injector::new(Some(Fault::Event("a", 1, change)));
        let events = [("a", 0), ("a", 1), ("b", 2), ("a", 3)];
        let outputs = events.into_iter().flat_map(|(name, n)| {
            let text = json!({ "t": name, "n": n }).to_string();
            injector.pass(Carriage::Messages { name: "/t" }.decode(&text).unwrap())
        });
        let shown = outputs.map(|output| match output {
            Output::Event(pause, event) if pause.is_zero() => event.text().to_owned(),
            Output::Event(pause, event) => format!("{pause:?} {}", event.text()),
            Output::Spoiled(event, spoil) => format!("{spoil:?} {}", event.text()),
            Output::Stall => "stall".to_owned(),
            Output::End => "end".to_owned(),
        });
        let shown: Vec<_> = shown.map(|text| text.replace(['"', '{', '}'], "")).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn changes() {
        check(Change::Lost, "n:0,t:a n:2,t:b n:3,t:a");
        check(Change::Silent, "n:0,t:a n:2,t:b");
        check(Change::Stalled, "n:0,t:a stall n:2,t:b n:3,t:a");
        check(Change::Twice, "n:0,t:a n:1,t:a n:1,t:a n:2,t:b n:3,t:a");
        check(Change::Replaying("a"), "n:0,t:a n:0,t:a n:1,t:a n:2,t:b n:3,t:a");
        check(Change::Behind("b"), "n:0,t:a n:2,t:b n:1,t:a n:3,t:a");
        check(Change::Behind("a"), "n:0,t:a n:2,t:b n:3,t:a n:1,t:a");
        check(Change::Reversed("a"), "n:0,t:a n:3,t:a n:2,t:b n:1,t:a");
        check(Change::Late(Duration::from_secs(1)), "n:0,t:a 1s n:1,t:a n:2,t:b n:3,t:a");
        check(Change::Without("/n"), "n:0,t:a t:a n:2,t:b n:3,t:a");
        check(Change::Renamed("/n", "m"), "n:0,t:a m:1,t:a n:2,t:b n:3,t:a");
        check(Change::Extra("", "m"), "n:0,t:a m:more,n:1,t:a n:2,t:b n:3,t:a");
        check(Change::With("/n", "[7]"), "n:0,t:a n:[7],t:a n:2,t:b n:3,t:a");
        check(Change::Swapped("/n", "/t"), "n:0,t:a n:a,t:1 n:2,t:b n:3,t:a");
        check(Change::Repeating("/n"), "n:0,t:a n:0,t:a n:2,t:b n:3,t:a");
        check(Change::Wrapped, "n:0,t:a [n:1,t:a] n:2,t:b n:3,t:a");
        check(Change::Garbage("no"), "n:0,t:a no n:2,t:b n:3,t:a");
        check(Change::After("x", "5"), "n:0,t:a 5 n:1,t:a n:2,t:b n:3,t:a");
        check(Change::Then("x", "5"), "n:0,t:a n:1,t:a 5 n:2,t:b n:3,t:a");
        check(Change::Closed, "n:0,t:a end n:2,t:b n:3,t:a");
    }

    #[test]
    fn packets() {
        let event = Carriage::Packets.decode(r#"42/n,["a",{}]"#).unwrap();
        let texts = [Packet::Attached, Packet::Elsewhere, Packet::Argued, Packet::Disconnected]
            .map(|packet| packet.apply(&event).concat());
        assert_eq!(texts, [r#"451-/n,["a",{}]"#, r#"42/elsewhere,["a",{}]"#, r#"42/n,["a",{},1]"#, "41/n,"]);
    }
}
