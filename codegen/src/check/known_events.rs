//! Rules under `x-handfast` that name an event the contract does not have would never apply.

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::model::{Auth, Contract, name_matches};

/// Finds names and patterns of events that match nothing.
pub fn check(contract: &Contract) -> Vec<Diagnostic> {
    let rules = &contract.rules;
    let values = rules.unique.iter().chain(&rules.monotonic).flat_map(|rule| &rule.events);
    let heartbeat = rules.heartbeat.iter().flat_map(|heartbeat| heartbeat.events());
    let keys = rules.lifecycles.iter().flat_map(|lifecycle| lifecycle.key.keys());
    let auth = rules.auth.iter().filter_map(|auth| match auth {
        Auth::Event { event, .. } => Some(event),
        _ => None,
    });
    let refusal = rules.refusal.iter().filter_map(|refusal| refusal.event.as_ref());
    let extensible = rules.extensible.iter().flat_map(|extensible| &extensible.events);
    let rooms = rules
        .rooms
        .iter()
        .flat_map(|room| room.enter.keys().chain(room.leave.keys()).chain(room.events.keys()));
    let owned = values
        .chain(extensible)
        .chain(keys)
        .chain(rooms)
        .chain(auth)
        .chain(refusal)
        .chain(&rules.noise)
        .chain(&rules.before_auth);
    let ordered = rules.lifecycles.iter().flat_map(|lifecycle| event_names(&lifecycle.order));
    owned
        .map(String::as_str)
        .chain(heartbeat)
        .chain(ordered)
        .filter_map(|name| unknown(contract, name))
        .collect()
}

/// The names in a regular expression over events.
fn event_names(order: &str) -> impl Iterator<Item = &str> {
    order.split(|c: char| c.is_whitespace() || "()|*+?".contains(c)).filter(|name| !name.is_empty())
}

fn unknown(contract: &Contract, pattern: &str) -> Option<Diagnostic> {
    let names: Vec<&str> = contract.events.iter().map(|event| event.name.as_str()).collect();
    if names.iter().any(|name| name_matches(pattern, name)) {
        return None;
    }
    let file = contract.files.first().map(|path| path.display().to_string()).unwrap_or_default();
    let place = Place { file, pointer: "/x-handfast".to_owned(), ..Place::default() };
    let message = format!("`{pattern}` under `x-handfast` is no event of this contract");
    let diagnostic = Diagnostic::new("unknown-event", place, message);
    Some(match nearest(pattern, &names) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("its events are: {}", names.join(", "))),
    })
}
