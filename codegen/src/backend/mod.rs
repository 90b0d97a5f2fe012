//! Back-ends: each prints types and plan in one language, as a pure function from the model to files.
//!
//! Adding one is a folder and a line in [`BACKENDS`]. A back-end never sees a document, a keyword or the disk.

mod naming;
pub mod python;
pub mod rust;
pub mod typescript;

use std::collections::BTreeMap;

use crate::config::RustOptions;
use crate::diagnostic::Diagnostics;
use crate::model::{Contract, SchemaIdx, Schemas};
use crate::plan::Plan;

/// Every back-end.
pub static BACKENDS: &[&dyn Backend] = &[&rust::Rust, &typescript::TypeScript, &python::Python];

/// Output: text by path, relative to the output folder.
pub type Files = BTreeMap<String, String>;

/// Prints a unit in one language.
pub trait Backend: Sync {
    /// The language's name on the command line.
    fn name(&self) -> &'static str;
    /// What it prints, in one line.
    fn about(&self) -> &'static str;
    /// What is wrong with the choices that users have made about what it prints.
    fn problems(&self, unit: &Unit<'_>) -> Option<Diagnostics> {
        let _ = unit;
        None
    }
    /// The schemas that each type with a name is made from, by its name.
    fn origins(&self, unit: &Unit<'_>) -> BTreeMap<String, Vec<SchemaIdx>> {
        let _ = unit;
        BTreeMap::new()
    }
    /// Prints the unit. Every file begins with [`header`].
    fn generate(&self, unit: &Unit<'_>) -> Files;
}

/// What is printed together: a contract, or a bare schema.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'u> {
    /// Base name of the output: `orbit`.
    pub name: &'u str,
    /// The document it is made from, as the header names it: relative, with forward slashes.
    pub source: &'u str,
    /// The contract, if it is one.
    pub contract: Option<&'u Contract>,
    /// The root of a bare schema, with the name of its type.
    pub root: Option<(&'u str, SchemaIdx)>,
    /// Further roots, each with a hint of its name: the definitions of a document that holds nothing else.
    pub roots: &'u [(String, SchemaIdx)],
    /// Every subschema.
    pub schemas: &'u Schemas,
    /// The tests of every subschema.
    pub plan: &'u Plan,
    /// What is chosen about Rust.
    pub rust: &'u RustOptions,
}

/// The back-end of that name.
pub fn backend(name: &str) -> Option<&'static dyn Backend> {
    BACKENDS.iter().copied().find(|backend| backend.name() == name)
}

/// The first line of every file, without the comment mark.
pub fn header(unit: &Unit<'_>) -> String {
    format!("@generated from {} by handfast; edit that, not this.", unit.source.replace(['\n', '\r'], " "))
}
