//! What the servers of these tests do, whatever carries it: rooms with a level and talk, and tickets. Some of them wrongly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use serde_json::{Map, Value, json};

use super::contract::PLACES;

/// What a server does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    None,
    /// A level above 100 is taken.
    Range,
    /// `say` without its text breaks the connection.
    Missing,
    /// A text of any type is told to the room.
    Echo,
    /// What is said in one room is told in all of them.
    Leak,
    /// A level above 100 is refused, and set.
    State,
    /// What is nested too deep brings the server down.
    Depth,
    /// A valid text of full length is refused.
    Strict,
    /// A ticket can't be settled.
    Tickets,
    /// What answers a request is not as the contract says.
    Answer,
    /// A place that is none is taken for one.
    Place,
}

/// What is to be done.
#[derive(Debug)]
pub enum Effect {
    /// Tell a client.
    Tell(usize, &'static str, Value),
    /// Acknowledge what was sent.
    Acknowledge(Value),
    /// Drop the client's connection.
    Drop,
    /// Drop everybody's.
    Die,
}

#[derive(Debug, Default)]
struct State {
    rooms: BTreeMap<usize, BTreeSet<String>>,
    levels: BTreeMap<String, i64>,
    n_tickets: u64,
    open: BTreeSet<String>,
}

/// A server's mind.
#[derive(Debug)]
pub struct Board {
    pub bug: Bug,
    /// Whether `set` is acknowledged, rather than answered by an event.
    pub acknowledges: bool,
    state: Mutex<State>,
}

impl Board {
    pub fn new(bug: Bug, acknowledges: bool) -> Self {
        Self { bug, acknowledges, state: Mutex::default() }
    }

    pub fn came(&self, client: usize) {
        self.state.lock().unwrap().rooms.insert(client, BTreeSet::new());
    }

    pub fn went(&self, client: usize) {
        self.state.lock().unwrap().rooms.remove(&client);
    }

    /// Whether something is at that path, which ends with a place.
    pub fn is_at(&self, path: &str) -> bool {
        let place = path.rsplit('/').next().unwrap_or_default();
        self.bug == Bug::Place || PLACES.contains(&place)
    }

    /// Whether a frame with that text brings the server down.
    pub fn is_deadly(&self, text: &str) -> bool {
        self.bug == Bug::Depth && text.contains(&"[".repeat(50))
    }

    pub fn level(&self, room: &str) -> i64 {
        self.state.lock().unwrap().levels.get(room).copied().unwrap_or(0)
    }

    /// What comes of the event `name` with `payload`.
    pub fn take(&self, client: usize, name: &str, payload: &Value) -> Vec<Effect> {
        let mut state = self.state.lock().unwrap();
        let refused = || {
            if self.acknowledges && name == "set" {
                vec![Effect::Acknowledge(json!({ "ok": false }))]
            } else {
                vec![Effect::Tell(client, "refused", json!({ "reason": "invalid" }))]
            }
        };
        let Some(members) = payload.as_object() else { return refused() };
        let room = || text(members, "room").unwrap_or_default();
        let is_shaped = |names: &[&str]| members.keys().all(|key| names.contains(&key.as_str()));
        let has_room = text(members, "room").is_some_and(|room| (1..=20).contains(&room.chars().count()));
        match name {
            "join" if has_room && is_shaped(&["room"]) => {
                state.rooms.entry(client).or_default().insert(room());
                vec![Effect::Tell(client, "joined", json!({ "room": room() }))]
            }
            "get" if has_room && is_shaped(&["room"]) => {
                let level = state.levels.get(&room()).copied().unwrap_or(0);
                vec![Effect::Tell(client, "level", json!({ "room": room(), "level": level }))]
            }
            "set" if has_room && is_shaped(&["room", "level"]) => match integer(members, "level") {
                Some(level @ 0..=100) => self.set(&mut state, client, &room(), level),
                Some(level @ 101..) if self.bug == Bug::Range => self.set(&mut state, client, &room(), level),
                Some(level @ 101..) if self.bug == Bug::State => {
                    state.levels.insert(room(), level % 97);
                    refused()
                }
                _ => refused(),
            },
            "say" if has_room && self.bug == Bug::Missing && !members.contains_key("text") => {
                vec![Effect::Drop]
            }
            "say" if has_room && is_shaped(&["room", "text", "mood"]) => {
                let mood =
                    members.get("mood").is_none_or(|mood| ["calm", "loud"].map(Value::from).contains(mood));
                let said = members.get("text").filter(|_| mood);
                let length = said.and_then(Value::as_str).map(|text| text.chars().count());
                let is_right = match self.bug {
                    Bug::Echo => {
                        said.is_some_and(|said| !said.is_string()) || length.is_some_and(|n| n <= 20)
                    }
                    Bug::Strict => length.is_some_and(|n| n < 20),
                    _ => length.is_some_and(|n| n <= 20),
                };
                match said.filter(|_| is_right) {
                    Some(said) => self.said(&state, &room(), said),
                    None => refused(),
                }
            }
            "open" if is_shaped(&[]) => {
                state.n_tickets += 1;
                let ticket = format!("t{}", state.n_tickets);
                state.open.insert(ticket.clone());
                vec![Effect::Tell(client, "opened", json!({ "ticket": ticket }))]
            }
            "settle" if is_shaped(&["ticket"]) => {
                let ticket = text(members, "ticket").filter(|ticket| state.open.remove(ticket));
                match ticket.filter(|_| self.bug != Bug::Tickets) {
                    Some(ticket) => vec![Effect::Tell(client, "settled", json!({ "ticket": ticket }))],
                    None => refused(),
                }
            }
            _ => refused(),
        }
    }

    fn set(&self, state: &mut State, client: usize, room: &str, level: i64) -> Vec<Effect> {
        state.levels.insert(room.to_owned(), level);
        if self.acknowledges {
            vec![Effect::Acknowledge(json!({ "ok": true }))]
        } else {
            vec![Effect::Tell(client, "level", json!({ "room": room, "level": level.min(100) }))]
        }
    }

    fn said(&self, state: &State, room: &str, said: &Value) -> Vec<Effect> {
        let hears =
            |rooms: &BTreeSet<String>| rooms.contains(room) || self.bug == Bug::Leak && !rooms.is_empty();
        let hearing = state.rooms.iter().filter(|(_, rooms)| hears(rooms));
        hearing
            .map(|(client, _)| Effect::Tell(*client, "said", json!({ "room": room, "text": said })))
            .collect()
    }
}

fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.get(name)?.as_str().map(ToOwned::to_owned)
}

/// A number without a fraction is an integer, however it is written.
fn integer(members: &Map<String, Value>, name: &str) -> Option<i64> {
    let number = members.get(name)?.as_f64()?;
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}
