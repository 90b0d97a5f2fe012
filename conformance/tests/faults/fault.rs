//! What a server can do wrong: one change to one of its events, or to what it is told.

use std::time::Duration;

use serde_json::Value;

use crate::event::{Data, Event};

/// What is wrong with a server.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// An event, the nth of its name from 0, is not what it was.
    Event(&'static str, usize, Change),
    /// It lets a client in whose token is this one, which is no good.
    Admits(&'static str),
    /// It does not heed this header of the handshake.
    Ignores(&'static str),
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    /// It does not come.
    Lost,
    /// Neither it nor any later one of its name comes.
    Silent,
    /// It comes twice.
    Twice,
    /// It comes after the next event of that name.
    Behind(&'static str),
    /// It comes that much later, and so does everything after it.
    Late(Duration),
    /// Its member at the pointer is missing.
    Without(&'static str),
    /// The value at the pointer is another one; the text is JSON.
    With(&'static str, &'static str),
    /// The value at the pointer is that of the event before.
    Repeating(&'static str),
    /// The transport gives it another name.
    Called(&'static str),
    /// It is text that is no JSON.
    Garbage(&'static str),
    /// Another event, with this name and JSON, comes before it.
    After(&'static str, &'static str),
    /// Another event, with this name and JSON, comes behind it.
    Then(&'static str, &'static str),
    /// The connection ends instead.
    Closed,
}

impl Fault {
    /// The same fault at a pace that is slower by that factor.
    pub fn at(self, pace: u32) -> Self {
        match self {
            Self::Event(name, nth, Change::Late(pause)) => Self::Event(name, nth, Change::Late(pause * pace)),
            other => other,
        }
    }
}

/// What goes on to the client.
#[derive(Debug, Clone)]
pub enum Output {
    /// An event, after a pause.
    Event(Duration, Event),
    /// The end of the connection.
    End,
}

/// A fault at work on the events of all connections, in their order.
#[derive(Debug)]
pub struct Injector {
    fault: Option<Fault>,
    n_seen: usize,
    before: Option<Event>,
    held: Option<(Event, &'static str)>,
    /// How often the fault has been at work.
    pub n_done: usize,
}

impl Injector {
    pub fn new(fault: Option<Fault>) -> Self {
        Self { fault, n_seen: 0, before: None, held: None, n_done: 0 }
    }

    /// What becomes of `event`.
    pub fn pass(&mut self, event: Event) -> Vec<Output> {
        let released = self.held.take_if(|(_, behind)| *behind == event.name).map(|(held, _)| held);
        let before = self.before.replace(event.clone());
        let mut outputs = match self.change(&event.name) {
            Some(Change::Behind(name)) => {
                self.held = Some((event, name));
                Vec::new()
            }
            Some(change) => change.apply(event, before.as_ref()),
            None => vec![now(event)],
        };
        outputs.extend(released.map(now));
        outputs
    }

    /// The change that is due for an event of that name.
    fn change(&mut self, name: &str) -> Option<Change> {
        let Some(Fault::Event(event, nth, change)) = self.fault else { return None };
        if event != name {
            return None;
        }
        let n = self.n_seen;
        self.n_seen += 1;
        let is_due = if matches!(change, Change::Silent) { n >= nth } else { n == nth };
        self.n_done += usize::from(is_due);
        is_due.then_some(change)
    }
}

impl Change {
    fn apply(self, event: Event, before: Option<&Event>) -> Vec<Output> {
        match self {
            Self::Lost | Self::Silent => Vec::new(),
            Self::Twice => vec![now(event.clone()), now(event)],
            Self::Late(pause) => vec![Output::Event(pause, event)],
            Self::Without(pointer) => vec![now(without(&event, pointer))],
            Self::With(pointer, text) => vec![now(with(&event, pointer, parsed(text)))],
            Self::Repeating(pointer) => {
                let value = before.and_then(|before| before.json.pointer(pointer)).cloned();
                vec![now(with(&event, pointer, value.unwrap_or_default()))]
            }
            Self::Called(name) => vec![now(event.with(name, &Data::Json(event.json.clone())))],
            Self::Garbage(text) => vec![now(event.with(&event.name, &Data::Text(text)))],
            Self::After(name, text) => {
                vec![now(event.with(name, &Data::Json(parsed(text)))), now(event)]
            }
            Self::Then(name, text) => {
                let other = event.with(name, &Data::Json(parsed(text)));
                vec![now(event), now(other)]
            }
            Self::Closed => vec![Output::End],
            // Which takes more than one event; the injector does it.
            Self::Behind(_) => vec![now(event)],
        }
    }
}

fn now(event: Event) -> Output {
    Output::Event(Duration::ZERO, event)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON in the table")
}

fn with(event: &Event, pointer: &str, value: Value) -> Event {
    let mut json = event.json.clone();
    *json.pointer_mut(pointer).expect("a member to change") = value;
    event.with(&event.name, &Data::Json(json))
}

fn without(event: &Event, pointer: &str) -> Event {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer to a member");
    let mut json = event.json.clone();
    let members = json.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    members.remove(name).expect("a member to take away");
    event.with(&event.name, &Data::Json(json))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::event::Carriage;

    /// What comes of three events under a fault of the second `a`: names with their numbers.
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
            Output::End => "end".to_owned(),
        });
        let shown: Vec<_> = shown.map(|text| text.replace(['"', '{', '}'], "")).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn changes() {
        check(Change::Lost, "n:0,t:a n:2,t:b n:3,t:a");
        check(Change::Silent, "n:0,t:a n:2,t:b");
        check(Change::Twice, "n:0,t:a n:1,t:a n:1,t:a n:2,t:b n:3,t:a");
        check(Change::Behind("b"), "n:0,t:a n:2,t:b n:1,t:a n:3,t:a");
        check(Change::Behind("a"), "n:0,t:a n:2,t:b n:3,t:a n:1,t:a");
        check(Change::Late(Duration::from_secs(1)), "n:0,t:a 1s n:1,t:a n:2,t:b n:3,t:a");
        check(Change::Without("/n"), "n:0,t:a t:a n:2,t:b n:3,t:a");
        check(Change::With("/n", "[7]"), "n:0,t:a n:[7],t:a n:2,t:b n:3,t:a");
        check(Change::Repeating("/n"), "n:0,t:a n:0,t:a n:2,t:b n:3,t:a");
        check(Change::Garbage("no"), "n:0,t:a no n:2,t:b n:3,t:a");
        check(Change::After("x", "5"), "n:0,t:a 5 n:1,t:a n:2,t:b n:3,t:a");
        check(Change::Then("x", "5"), "n:0,t:a n:1,t:a 5 n:2,t:b n:3,t:a");
        check(Change::Closed, "n:0,t:a end n:2,t:b n:3,t:a");
    }
}
