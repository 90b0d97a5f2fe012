//! `room`: what happens in a room is told to those in it.

use std::collections::HashSet;

use handfast_codegen::model::{Side, name_matches};

use super::{Conditions, Connected, Rule, RuleEntry, Seen, shown};
use crate::verdict::Failure;

pub const ENTRY: RuleEntry = RuleEntry {
    name: "room",
    what: "The events of a room come only to clients that have entered it on this connection, and have not left it.",
    why: "What comes otherwise was told in confidence to others.",
    example: "`build:started` of the project `b` comes to a client that has joined the project `a`.",
    start: |conditions| {
        let n_rules = conditions.session.rules().rooms.len();
        let inside = vec![HashSet::new(); n_rules];
        (n_rules > 0).then(|| Box::new(Rooms { conditions: conditions.clone(), inside }) as _)
    },
};

struct Rooms {
    conditions: Conditions,
    /// Per rule of the contract: the rooms that the client is in, as JSON.
    inside: Vec<HashSet<String>>,
}

impl Rule for Rooms {
    fn connected(&mut self, _: Connected) {
        self.inside.iter_mut().for_each(HashSet::clear);
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let mut failures = Vec::new();
        for (rule, inside) in self.conditions.session.rules().rooms.iter().zip(&mut self.inside) {
            if frame.by == Side::Client {
                let room = |of: &indexmap::IndexMap<String, String>| {
                    of.get(frame.name).and_then(|pointer| frame.value(pointer)).map(ToString::to_string)
                };
                inside.extend(room(&rule.enter));
                room(&rule.leave).map(|room| inside.remove(&room));
                continue;
            }
            let pointer = rule.events.iter().find(|(pattern, _)| name_matches(pattern, frame.name));
            let Some(room) = pointer.and_then(|(_, pointer)| frame.value(pointer)) else { continue };
            if !inside.contains(&room.to_string()) {
                let message =
                    format!("`{}` is of the room {}, which this client is not in", frame.name, shown(room));
                failures.push(frame.failure("room", message));
            }
        }
        failures
    }
}
