//! Two events of one direction with one name can't be told apart.

use super::place;
use crate::diagnostic::Diagnostic;
use crate::model::{Contract, Side};

/// Finds events that share direction and name.
pub fn check(contract: &Contract) -> Vec<Diagnostic> {
    [Side::Server, Side::Client].into_iter().flat_map(|side| clashes(contract, side)).collect()
}

fn clashes(contract: &Contract, side: Side) -> Vec<Diagnostic> {
    let events = contract.direction(side);
    let first = |name: &str| events.iter().find(|event| contract[**event].name == name);
    let clashing = events.iter().filter(|event| first(&contract[**event].name) != Some(event));
    clashing
        .map(|event| {
            let event = &contract[*event];
            let message = format!("a second event of this direction is named `{}`", event.name);
            Diagnostic::new("name-clash", place(&event.location), message)
                .help("give one of them another `name`, or let both channels refer to one message")
        })
        .collect()
}
