//! Documents → model: the only stage that knows keywords, dialects and AsyncAPI's objects.

mod asyncapi;
mod keyword;
mod schema;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Documents, Node, Site};
use crate::model::{Contract, SchemaIdx, Schemas};
use schema::Lowering;

/// Lowers the AsyncAPI document at `site`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn contract(mut documents: Documents<'_>, site: &Site) -> Result<Contract, Diagnostics> {
    let mut lowering = Lowering::new(&mut documents);
    let contract = asyncapi::contract(&mut lowering, site);
    lowering.finish(contract)
}

/// Lowers the bare schema at `site`, and gives its index.
///
/// # Errors
/// Everything that is wrong with it.
pub fn schema(
    mut documents: Documents<'_>,
    site: &Site,
) -> Result<(Schemas, SchemaIdx, Vec<std::path::PathBuf>), Diagnostics> {
    let mut lowering = Lowering::new(&mut documents);
    let root = lowering.schema(site);
    let files = lowering.documents.paths();
    let schemas = std::mem::take(&mut lowering.schemas);
    lowering.finish(Some((schemas, root, files)))
}

/// Whether `root` is an AsyncAPI document rather than a schema.
pub fn is_asyncapi(root: &Node) -> bool {
    root.get("asyncapi").is_some()
}

/// `found`, unless something is wrong.
fn outcome<T>(found: Option<T>, problems: Vec<Diagnostic>) -> Result<T, Diagnostics> {
    match (Diagnostics::new(problems), found) {
        (None, Some(found)) => Ok(found),
        (Some(problems), _) => Err(problems),
        (None, None) => {
            Err(Diagnostic::new("no-document", Default::default(), "there is nothing to read").into())
        }
    }
}
