//! Handfast's pipeline: documents → model → plan → files. Pure but for [`source::disk`] and [`emit`].

pub mod backend;
mod check;
pub mod diagnostic;
pub mod emit;
pub mod load;
mod lower;
pub mod model;
pub mod names;
pub mod plan;
pub mod shape;
pub mod source;

use std::path::{Path, PathBuf};

use backend::Unit;
use diagnostic::Diagnostics;
use load::Documents;
use model::{Contract, SchemaIdx, Schemas};
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
    check::contract(&contract)?;
    let plan = Plan::of(&contract.schemas);
    Ok(Compiled { contract, plan })
}

impl Compiled {
    /// What back-ends print, under the base name `name`, made from `source`.
    pub fn unit<'u>(&'u self, name: &'u str, source: &'u str) -> Unit<'u> {
        let Contract { schemas, .. } = &self.contract;
        Unit { name, source, contract: Some(&self.contract), root: None, schemas, plan: &self.plan }
    }
}

/// A bare schema with its plan.
#[derive(Debug)]
pub struct CompiledSchema {
    /// Every subschema.
    pub schemas: Schemas,
    /// The schema itself.
    pub root: SchemaIdx,
    /// How it is tested.
    pub plan: Plan,
    /// The files it was read from, itself first.
    pub files: Vec<PathBuf>,
}

/// Reads the JSON Schema at `path` and everything it refers to.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile_schema(source: &dyn Source, path: &Path) -> Result<CompiledSchema, Diagnostics> {
    let (documents, site) = Documents::open(source, path)?;
    let (schemas, root, files) = lower::schema(documents, &site)?;
    check::schemas(&schemas)?;
    let plan = Plan::of(&schemas);
    Ok(CompiledSchema { schemas, root, plan, files })
}

impl CompiledSchema {
    /// What back-ends print, with the root type called `root_name`.
    pub fn unit<'u>(&'u self, name: &'u str, root_name: &'u str, source: &'u str) -> Unit<'u> {
        let root = Some((root_name, self.root));
        Unit { name, source, contract: None, root, schemas: &self.schemas, plan: &self.plan }
    }
}
