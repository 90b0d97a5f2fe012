//! Parses YAML, JSON and TOML into nodes that know where they stand, and knows what URIs and files are relative to.
//! Knows nothing of what a document means.

mod base;
mod de;
mod documents;
mod json;
mod lines;
mod node;
mod toml;
mod yaml;

use std::path::Path;

pub(crate) use base::{Base, has_scheme, percent_decode};
pub use base::{beside, clean};
pub use de::{Misfit, from_node};
pub use documents::{Documents, FileIdx, Site};
pub use node::{Entry, Node, NodeKind, Object, Position};

/// The deepest nesting of a document.
pub const MAX_DEPTH: usize = 256;
/// The largest number of nodes of a document, YAML aliases expanded.
pub const MAX_NODES: usize = 4_000_000;

/// A text that is no document: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub position: Position,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// Parses `text` as JSON if `path` ends in `.json`, or has no ending and is an object in JSON; as TOML if it ends in `.toml`;
/// else as YAML.
///
/// # Errors
/// A text that is none of them, has duplicate keys, or exceeds [`MAX_DEPTH`] or [`MAX_NODES`].
pub fn parse(path: &Path, text: &str) -> Result<Node, SyntaxError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => json::parse(text),
        Some("toml") => toml::parse(text),
        None if text.trim_start().starts_with('{') => json::parse(text),
        _ => yaml::parse(text),
    }
}
