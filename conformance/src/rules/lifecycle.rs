//! `lifecycle`: the events that share a key come in their order.

use std::collections::HashMap;

use handfast_codegen::model::{EventIdx, Lifecycle, Side, name_matches};

use super::order::States;
use super::{Conditions, Connected, Rule, RuleEntry, Seen, filter, shown};
use crate::verdict::Failure;

pub const ENTRY: RuleEntry = RuleEntry {
    name: "lifecycle",
    what: "The events of a lifecycle come in its order, for each key on its own.",
    why: "A client's state machine follows the same order; what it can't place is a state it never leaves.",
    example: "`task.updated` after `task.completed` of the same task.",
    start: |conditions| {
        let n_lifecycles = conditions.session.rules().lifecycles.len();
        let keys = vec![HashMap::new(); n_lifecycles];
        let patterns = conditions.session.filter();
        let is_late = conditions.session.joins_late;
        let rule = Lifecycles { conditions: conditions.clone(), patterns, keys, is_late };
        (n_lifecycles > 0).then(|| Box::new(rule) as _)
    },
};

struct Lifecycles {
    conditions: Conditions,
    /// The patterns of the filter.
    patterns: Option<Vec<String>>,
    /// Per lifecycle of the contract: where each key, as JSON, may be.
    keys: Vec<HashMap<String, States>>,
    /// Whether a key that is not known may be anywhere.
    is_late: bool,
}

impl Rule for Lifecycles {
    fn connected(&mut self, connected: Connected) {
        if connected.again {
            // What happened in between is not known, and what comes again was seen before.
            self.keys.iter_mut().for_each(HashMap::clear);
            self.is_late = true;
        }
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let session = &self.conditions.session;
        let lifecycles = session.rules().lifecycles.iter().zip(&session.protocol.orders).zip(&mut self.keys);
        let mut failures = Vec::new();
        for ((lifecycle, order), keys) in lifecycles {
            let Some(key) = key(lifecycle, frame).filter(|_| order.has(frame.name)) else { continue };
            let patterns = self.patterns.as_deref();
            let skipped = |name: &str| {
                let leaves_out =
                    |event: EventIdx| filter::leaves_out(session, patterns.unwrap_or_default(), event);
                let from_server = session.protocol.direction(session.channel_idx, Side::Server);
                let event = from_server.iter().find(|event| session.event(**event).name == name);
                patterns.is_some() && event.is_some_and(|event| leaves_out(*event))
            };
            let fresh = || if self.is_late { order.anywhere() } else { order.start() };
            let states = keys.entry(key.to_string()).or_insert_with(fresh);
            let after = order.advance(states, frame.name, &skipped);
            if after.is_empty() {
                let next: Vec<_> =
                    order.next(states, &skipped).into_iter().map(|name| format!("`{name}`")).collect();
                let next = if next.is_empty() { "nothing".to_owned() } else { next.join(" or ") };
                let (life, key) = (&lifecycle.name, shown(key));
                let message = format!("`{}` can't come now: of {life} {key}, {next} comes next", frame.name);
                failures.push(frame.failure("lifecycle", message));
                // One mistake is told once: the key goes on from anywhere.
                *states = order.advance(&order.anywhere(), frame.name, &skipped);
            } else {
                *states = after;
            }
        }
        failures
    }
}

/// The key of the frame: at the pointer of the first pattern that matches its name.
fn key<'f>(lifecycle: &Lifecycle, frame: &'f Seen<'_>) -> Option<&'f serde_json::Value> {
    let (_, pointer) = lifecycle.key.iter().find(|(pattern, _)| name_matches(pattern, frame.name))?;
    frame.value(pointer)
}
