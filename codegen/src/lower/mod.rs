//! Documents → model: the only stage that knows keywords, dialects and AsyncAPI's objects.

mod asyncapi;
mod keyword;
mod schema;

use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::load::{Documents, Site};
use crate::model::{Contract, SchemaIdx, Schemas};
use schema::Lowering;

/// What lowering found, and everything that is wrong with it.
pub type Lowered<T> = (Option<T>, Vec<Diagnostic>);

/// Lowers the AsyncAPI document at `site`, as far as it can be read.
pub fn contract(mut documents: Documents<'_>, site: &Site) -> Lowered<Contract> {
    let mut lowering = Lowering::new(&mut documents);
    let contract = asyncapi::contract(&mut lowering, site);
    (contract, lowering.problems)
}

/// Lowers the bare schema at `site`, and gives its index and the files behind it.
pub fn schema(mut documents: Documents<'_>, site: &Site) -> Lowered<(Schemas, SchemaIdx, Vec<PathBuf>)> {
    let mut lowering = Lowering::new(&mut documents);
    let root = lowering.schema(site);
    let files = lowering.documents.paths();
    (Some((lowering.schemas, root, files)), lowering.problems)
}
