//! Handfast's pipeline: documents → model → plan → files. Pure but for [`source::disk`].

pub mod diagnostic;
pub mod load;
mod lower;
pub mod model;
pub mod plan;
pub mod source;

use std::path::Path;

use diagnostic::Diagnostics;
use load::Documents;
use model::Contract;
use plan::Plan;
use source::Source;

/// A contract with the plan of its schemas.
#[derive(Debug)]
pub struct Compiled {
    /// What it means.
    pub contract: Contract,
    /// How its schemas are tested.
    pub plan: Plan,
}

/// Reads the AsyncAPI document at `path` and everything it refers to.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile(source: &dyn Source, path: &Path) -> Result<Compiled, Diagnostics> {
    let (documents, root) = Documents::open(source, path)?;
    let contract = lower::contract(documents, &root)?;
    let plan = Plan::of(&contract.schemas);
    Ok(Compiled { contract, plan })
}
