//! `unique`: values that never repeat on a connection.

use std::collections::HashSet;

use handfast_codegen::model::Side;

use super::{Conditions, Connected, Rule, RuleEntry, Seen, shown};
use crate::verdict::Failure;

pub const ENTRY: RuleEntry = RuleEntry {
    name: "unique",
    what: "The values that `unique` names never repeat on a connection, per key.",
    why: "Clients drop what they have seen before; an event with an old id is lost.",
    example: "Two events with the same `/id`.",
    start: |conditions| {
        let n_rules = conditions.session.rules().unique.len();
        let seen = vec![HashSet::new(); n_rules];
        (n_rules > 0).then(|| Box::new(Unique { conditions: conditions.clone(), seen }) as _)
    },
};

struct Unique {
    conditions: Conditions,
    /// Per rule of the contract: keys with values, as JSON.
    seen: Vec<HashSet<(String, String)>>,
}

impl Rule for Unique {
    fn connected(&mut self, _: Connected) {
        self.seen.iter_mut().for_each(HashSet::clear);
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let mut failures = Vec::new();
        for (rule, seen) in self.conditions.session.rules().unique.iter().zip(&mut self.seen) {
            // What the client sends has a series of its own, which is the session's business.
            if frame.by == Side::Client || !rule.covers(frame.name) {
                continue;
            }
            let Some(value) = frame.value(&rule.value) else { continue };
            let key = rule.key.as_deref().and_then(|key| frame.value(key)).map(ToString::to_string);
            if !seen.insert((key.unwrap_or_default(), value.to_string())) {
                let message = format!("`{}` repeats: {} came before", rule.value, shown(value));
                failures.push(frame.failure("unique", message));
            }
        }
        failures
    }
}
