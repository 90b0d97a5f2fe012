//! Rules over a whole contract, one file each. Adding one is a file and a line in [`RULES`] or [`SCHEMA_RULES`].

mod circular_reference;
mod known_events;
mod name_clash;
mod unsatisfiable;

use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Contract, Location, Schemas};

/// What may be wrong with a contract although each of its parts is right.
static RULES: &[fn(&Contract) -> Vec<Diagnostic>] = &[known_events::check, name_clash::check];

/// What may be wrong with schemas although each is right.
static SCHEMA_RULES: &[fn(&Schemas) -> Vec<Diagnostic>] = &[circular_reference::check, unsatisfiable::check];

/// Everything that is wrong with a contract, beyond its schemas.
pub fn contract(contract: &Contract) -> Vec<Diagnostic> {
    RULES.iter().flat_map(|rule| rule(contract)).collect()
}

/// Everything that is wrong with schemas.
pub fn schemas(schemas: &Schemas) -> Vec<Diagnostic> {
    SCHEMA_RULES.iter().flat_map(|rule| rule(schemas)).collect()
}

fn place(location: &Location) -> Place {
    Place { file: location.file.clone(), position: location.position, pointer: location.pointer().to_owned() }
}
