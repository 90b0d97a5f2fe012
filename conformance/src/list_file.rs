//! Lists that users keep beside their contracts, each entry with its reason.

use std::path::Path;

use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, Place};
use handfast_codegen::load::{Node, Position, from_node, parse};
use serde::de::DeserializeOwned;

/// A file with a list.
#[derive(Debug, Clone, Copy)]
pub struct ListFile<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// The code of its problems.
    pub code: &'static str,
    /// What it lists, in words.
    pub what: &'static str,
    /// The page that shows what it is like.
    pub page: &'static str,
}

impl ListFile<'_> {
    /// Reads its text.
    ///
    /// # Errors
    /// It is no such list.
    pub fn read<T: DeserializeOwned>(&self, text: &str) -> Result<(Node, T), Diagnostics> {
        let root = parse(self.path, text).map_err(|error| self.problem(error.position, error.message))?;
        let list = from_node(&root).map_err(|misfit| {
            let position = misfit.position.unwrap_or(root.position);
            self.problem(position, format!("this is no list of {}: {misfit}", self.what))
        })?;
        Ok((root, list))
    }

    /// A place in it.
    pub fn place(&self, position: Position) -> Place {
        Place { file: self.path.display().to_string(), position, pointer: String::new() }
    }

    /// What is wrong with it there.
    pub fn problem(&self, position: Position, message: String) -> Diagnostic {
        Diagnostic::new(self.code, self.place(position), message)
            .help(format!("{} shows what the file is like", self.page))
    }
}
