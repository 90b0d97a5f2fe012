//! What two contracts promise beyond payloads: one file per kind of promise, one line in [`CHECKS`].

mod access;
mod channels;
mod events;
mod handshake;
mod heartbeat;
mod lifecycle;
mod reply;
mod streams;
mod values;

use handfast_codegen::diagnostic::Place;
use handfast_codegen::model::{Contract, Side};
use serde::Serialize;
use serde_json::Value;

use super::{Finding, Revision, Rule, Subject, Way};
pub use events::reused;
pub use handshake::PARTS;

/// Everything that is looked for, in the order in which it is told.
static CHECKS: &[fn(&Both<'_>) -> Vec<Finding>] = &[
    channels::check,
    handshake::check,
    events::check,
    access::check,
    values::check,
    lifecycle::check,
    heartbeat::check,
    reply::check,
    streams::check,
];

/// Two contracts.
#[derive(Clone, Copy)]
struct Both<'r> {
    old: &'r Revision,
    new: &'r Revision,
    old_contract: &'r Contract,
    new_contract: &'r Contract,
}

/// What the new contract no longer promises, or promises beyond the old one; nothing where one of them is a bare schema.
pub fn check(old: &Revision, new: &Revision) -> Vec<Finding> {
    let (Some(old_contract), Some(new_contract)) = (old.contract(), new.contract()) else {
        return Vec::new();
    };
    let both = Both { old, new, old_contract, new_contract };
    CHECKS.iter().flat_map(|check| check(&both)).collect()
}

impl<'r> Both<'r> {
    /// A finding about the contract's own text at a pointer in both documents.
    fn finding(&self, rule: &'static Rule, about: Subject, message: String, pointers: [&str; 2]) -> Finding {
        let [old, new] = pointers;
        Finding::new(rule, about, message)
            .old(self.old.root_place(old), self.label(self.old, old))
            .new_at(self.new.root_place(new), self.label(self.new, new))
    }

    /// What stands at a pointer in the document, or that nothing does.
    fn label(&self, revision: &Revision, pointer: &str) -> String {
        let key = pointer.rsplit('/').next().unwrap_or_default();
        match revision.root_value(pointer) {
            Some(value) => shown(&value),
            None => format!("there is no `{key}`"),
        }
    }

    /// A finding where a value of the extension differs; `way` says who breaks.
    fn differs<T: Serialize + PartialEq>(
        &self,
        rule: &'static Rule,
        key: &str,
        values: [&T; 2],
        way: Way,
    ) -> Option<Finding> {
        let [old, new] = values;
        if old == new {
            return None;
        }
        let name = key.rsplit('/').next().unwrap_or(key);
        let message = format!("`{name}` was {}, and is {}", json(old), json(new));
        let pointer = format!("/x-handfast/{key}");
        Some(self.finding(rule, Subject::contract(name), message, [&pointer, &pointer]).way(way))
    }

    /// The sides' contracts, and the names of what a side sends.
    fn sent(&self, contract: &'r Contract, side: Side) -> Vec<&'r str> {
        contract.direction(side).into_iter().map(|event| contract[event].name.as_str()).collect()
    }

    /// The place of an event in its contract.
    fn event_place(revision: &Revision, contract: &Contract, name: &str) -> Place {
        let event = contract.events.iter().find(|event| event.name == name);
        event.map_or_else(|| revision.root_place(""), |event| revision.location_place(&event.location))
    }
}

/// A value in a message: as JSON, `nothing` for none.
fn json<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::Null) | Err(_) => "nothing".to_owned(),
        Ok(value) => shown(&value),
    }
}

fn shown(value: &Value) -> String {
    crate::pattern::cut(&value.to_string())
}
