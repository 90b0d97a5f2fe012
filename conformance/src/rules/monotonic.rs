//! `monotonic`: values that never decrease on a connection.

use std::cmp::Ordering;
use std::collections::HashMap;

use handfast_codegen::model::Side;
use jiff::Timestamp;
use serde_json::Value;

use super::{Conditions, Connected, Rule, RuleEntry, Seen, shown};
use crate::verdict::Failure;

pub const ENTRY: RuleEntry = RuleEntry {
    name: "monotonic",
    what: "The values that `monotonic` names never decrease on a connection, per key.",
    why: "Clients keep the newest; what goes back in time overwrites what came after it.",
    example: "`/timestamp` of `build:progress` is lower than that of the event before.",
    start: |conditions| {
        let n_rules = conditions.session.rules().monotonic.len();
        let last = vec![HashMap::new(); n_rules];
        (n_rules > 0).then(|| Box::new(Monotonic { conditions: conditions.clone(), last }) as _)
    },
};

struct Monotonic {
    conditions: Conditions,
    /// Per rule of the contract, and per key as JSON: the last value.
    last: Vec<HashMap<String, Value>>,
}

impl Rule for Monotonic {
    fn connected(&mut self, _: Connected) {
        self.last.iter_mut().for_each(HashMap::clear);
    }

    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        let mut failures = Vec::new();
        for (rule, last) in self.conditions.session.rules().monotonic.iter().zip(&mut self.last) {
            if frame.by == Side::Client || !rule.covers(frame.name) {
                continue;
            }
            let Some(value) = frame.value(&rule.value) else { continue };
            let key = rule.key.as_deref().and_then(|key| frame.value(key)).map(ToString::to_string);
            let before = last.insert(key.unwrap_or_default(), value.clone());
            if let Some(before) = before
                && compare(&before, value) == Some(Ordering::Greater)
            {
                let message =
                    format!("`{}` goes back from {} to {}", rule.value, shown(&before), shown(value));
                failures.push(frame.failure("monotonic", message));
            }
        }
        failures
    }
}

/// The order of two values; none where they are of different types.
fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i128(), b.as_i128()) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
        },
        (Value::String(a), Value::String(b)) => match (a.parse::<Timestamp>(), b.parse::<Timestamp>()) {
            (Ok(a), Ok(b)) => Some(a.cmp(&b)),
            _ => Some(a.cmp(b)),
        },
        _ => None,
    }
}
