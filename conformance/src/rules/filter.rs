//! `filter`: what the query leaves out does not come.

use handfast_codegen::model::{EventIdx, Side, name_matches};

use super::{Conditions, Rule, RuleEntry, Seen};
use crate::session::Session;
use crate::verdict::Failure;

/// The rule's line of the table.
pub const ENTRY: RuleEntry = RuleEntry {
    name: "filter",
    what: "Only events that a pattern of the filter's query matches come; replies and heartbeats always do.",
    why: "A client that asked for less pays for the rest, and does not know what to do with it.",
    example: "`container.status` arrives with `?topics=task.*`.",
    start: |conditions| {
        let patterns = conditions.session.filter()?;
        Some(Box::new(Filter { conditions: conditions.clone(), patterns }))
    },
};

struct Filter {
    conditions: Conditions,
    patterns: Vec<String>,
}

/// Whether events of the server are left out of `session` by the filter `patterns`.
pub fn leaves_out(session: &Session, patterns: &[String], event: EventIdx) -> bool {
    let name = &session.event(event).name;
    let contract = &session.protocol.contract;
    let is_reply = contract.exchanges.iter().any(|exchange| exchange.replies.contains(&event));
    let heartbeat = contract.rules.heartbeat.as_ref();
    let is_beat = heartbeat.is_some_and(|heartbeat| [&heartbeat.ping, &heartbeat.pong].contains(&name));
    !is_reply && !is_beat && !patterns.iter().any(|pattern| name_matches(pattern, name))
}

impl Rule for Filter {
    fn frame(&mut self, frame: &Seen<'_>) -> Vec<Failure> {
        if frame.by == Side::Client || !leaves_out(&self.conditions.session, &self.patterns, frame.event) {
            return Vec::new();
        }
        let message = format!("`{}` comes, and the query asks for {}", frame.name, self.patterns.join(", "));
        vec![frame.failure("filter", message)]
    }
}
