//! Documents → model: the only stage that knows keywords, dialects and AsyncAPI's objects.

mod asyncapi;
mod definitions;
mod environment;
mod keyword;
mod registry;
mod schema;
mod scope;

use std::path::PathBuf;

use crate::config::{Formats, Options};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::load::{Documents, Site};
use crate::model::{Contract, SchemaIdx, Schemas};
use registry::Registry;
use schema::Lowering;

/// What lowering found, and everything that is wrong with it.
pub type Lowered<T> = (Option<T>, Vec<Diagnostic>);

/// A bare schema, lowered.
pub struct Bare {
    /// Every subschema.
    pub schemas: Schemas,
    /// The schema itself.
    pub root: SchemaIdx,
    /// The definitions of a document that holds nothing else.
    pub roots: Vec<(String, SchemaIdx)>,
    /// The files behind it.
    pub files: Vec<PathBuf>,
}

/// Lowers the AsyncAPI document at `site`, as far as it can be read.
pub fn contract(documents: Documents<'_>, site: &Site) -> Lowered<Contract> {
    let mut registry = Registry::new(documents, site, Dialect::Draft202012);
    // In a contract, a format is a promise.
    repeatedly(&mut registry, true, true, |lowering| asyncapi::contract(lowering, site))
}

/// Lowers the bare schema at `site`, or the one that `fragment` names in it, and gives its index and the files behind it.
pub fn schema(
    documents: Documents<'_>,
    site: &Site,
    fragment: Option<&str>,
    options: &Options,
) -> Lowered<Bare> {
    let mut registry = Registry::new(documents, site, options.default_dialect);
    let selected = match fragment.map(|fragment| registry.select(site, fragment)).transpose() {
        Ok(selected) => selected,
        Err(problem) => return (None, vec![problem]),
    };
    let asserts_formats = options.formats == Formats::Assert;
    repeatedly(&mut registry, asserts_formats, false, |lowering| {
        let root = lowering.schema(selected.as_ref().unwrap_or(site));
        let roots = if selected.is_none() { lowering.definitions_only(site) } else { Vec::new() };
        let files = lowering.registry.documents.paths();
        Some(Bare { schemas: std::mem::take(&mut lowering.schemas), root, roots, files })
    })
}

/// Lowers, and begins again where a document that was only then loaded asks for dynamic anchors that nothing had asked for.
fn repeatedly<T>(
    registry: &mut Registry<'_>,
    asserts_formats: bool,
    is_contract: bool,
    lower: impl Fn(&mut Lowering<'_, '_>) -> Option<T>,
) -> Lowered<T> {
    loop {
        let mut lowering = Lowering::new(registry, asserts_formats, is_contract);
        let lowered = lower(&mut lowering);
        let Lowering { mut problems, environments, .. } = lowering;
        if environments.covers(&registry.asked) {
            problems.append(&mut registry.problems);
            return (lowered, problems);
        }
    }
}
