//! Rules over a whole contract, one file each. Adding one is a file and a line in [`RULES`].

mod circular_reference;
mod known_events;
mod name_clash;

use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::model::{Contract, Location, Schemas};

/// What may be wrong with a contract although each of its parts is right.
static RULES: &[fn(&Contract) -> Vec<Diagnostic>] = &[
    |contract| circular_reference::check(&contract.schemas),
    known_events::check,
    name_clash::check,
];

/// What may be wrong with bare schemas although each is right.
static SCHEMA_RULES: &[fn(&Schemas) -> Vec<Diagnostic>] = &[circular_reference::check];

/// Checks a contract.
///
/// # Errors
/// Everything that is wrong with it.
pub fn contract(contract: &Contract) -> Result<(), Diagnostics> {
    none(RULES.iter().flat_map(|rule| rule(contract)).collect())
}

/// Checks bare schemas.
///
/// # Errors
/// Everything that is wrong with them.
pub fn schemas(schemas: &Schemas) -> Result<(), Diagnostics> {
    none(SCHEMA_RULES.iter().flat_map(|rule| rule(schemas)).collect())
}

fn none(found: Vec<Diagnostic>) -> Result<(), Diagnostics> {
    Diagnostics::new(found).map_or(Ok(()), Err)
}

fn place(location: &Location) -> Place {
    Place {
        file: location.file.clone(),
        position: location.position,
        pointer: location.pointer().to_owned(),
    }
}
