//! One of the two documents that are compared, and where things stand in its files.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, Place};
use handfast_codegen::load::{Node, parse};
use handfast_codegen::model::{Contract, Location, SchemaIdx, Schemas};
use handfast_codegen::plan::Plan;
use handfast_codegen::pointer::{pointer_push, unescaped_token};
use handfast_codegen::source::Source;
use handfast_codegen::{Document, Options};
use serde_json::Value;

use super::skeleton::Page;
use crate::rules::order::Order;

/// A document as it was or is.
#[derive(Debug)]
pub struct Revision {
    /// How its user calls it: `main:schemas/orbit/asyncapi.yaml`.
    pub label: String,
    /// What it means.
    pub document: Document,
    /// The orders of its lifecycles, in the order of the contract.
    pub orders: Vec<Order>,
    /// What stands before the names of its files in places: `main:`.
    prefix: String,
    /// Its files, by the name that locations have.
    files: BTreeMap<String, File>,
    /// The name of the document's own file.
    main: String,
}

/// A file of a revision.
#[derive(Debug)]
pub(super) struct File {
    /// Its text.
    pub text: String,
    /// What it means.
    pub root: Node,
}

impl Revision {
    /// Reads the document at `path`, and everything it refers to, from `source`. Places in it are told with `prefix` before the
    /// names of files: `main:`.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(
        source: &dyn Source,
        path: &Path,
        options: &Options,
        prefix: &str,
    ) -> Result<Self, Diagnostics> {
        let document = options.compile_document(source, path)?;
        let paths = match &document {
            Document::Contract(compiled) => &compiled.contract.files,
            Document::Schema(compiled) => &compiled.files,
        };
        let file = |path: &PathBuf| {
            let text = source.read(path).ok()?;
            let root = parse(path, &text).ok()?;
            Some((path.display().to_string(), File { text, root }))
        };
        let files = paths.iter().filter_map(file).collect();
        let main = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        let label = format!("{prefix}{}", path.display());
        let prefix = prefix.to_owned();
        let mut revision = Self { label, document, orders: Vec::new(), prefix, files, main };
        revision.orders = revision.read_orders()?;
        Ok(revision)
    }

    fn read_orders(&self) -> Result<Vec<Order>, Diagnostics> {
        let lifecycles = self.contract().into_iter().flat_map(|contract| &contract.rules.lifecycles);
        let order = |(index, lifecycle): (usize, &handfast_codegen::model::Lifecycle)| {
            Order::parse(&lifecycle.order).map_err(|message| {
                let place = self.root_place(&format!("/x-handfast/lifecycles/{index}/order"));
                Diagnostics::from(Diagnostic::new("extension", place, message))
            })
        };
        lifecycles.enumerate().map(order).collect()
    }

    /// The contract, if it is one.
    pub fn contract(&self) -> Option<&Contract> {
        match &self.document {
            Document::Contract(compiled) => Some(&compiled.contract),
            Document::Schema(_) => None,
        }
    }

    /// Every subschema.
    pub fn schemas(&self) -> &Schemas {
        match &self.document {
            Document::Contract(compiled) => &compiled.contract.schemas,
            Document::Schema(compiled) => &compiled.schemas,
        }
    }

    /// How its schemas are tested.
    pub fn plan(&self) -> &Plan {
        match &self.document {
            Document::Contract(compiled) => &compiled.plan,
            Document::Schema(compiled) => &compiled.plan,
        }
    }

    /// The place of `pointer` in the document's own file: of the key, where it is a member. Where there is nothing, that of what
    /// should hold it.
    pub fn root_place(&self, pointer: &str) -> Place {
        self.place(&self.main, pointer)
    }

    /// The texts of its files, by the names that places have.
    pub fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        self.named_texts().map(|(name, text)| (format!("{}{name}", self.prefix), text))
    }

    /// The texts of its files, by the names that locations have.
    pub(super) fn named_texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file.text.as_str()))
    }

    /// The document's own file.
    pub(super) fn main_file(&self) -> Option<&File> {
        self.files.get(&self.main)
    }

    /// A file, by the name that locations have.
    pub(super) fn file(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }

    /// The name of the document's own file, as locations have it.
    pub(super) fn main_name(&self) -> &str {
        &self.main
    }

    /// The text of a file, by the name that locations have.
    pub(super) fn file_text(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|file| file.text.as_str())
    }

    /// The text of a member or element, with its key, as a part of a file.
    pub(super) fn span(&self, file: &str, pointer: &str) -> Option<Range<usize>> {
        let File { text, root } = self.files.get(file)?;
        Some(Page { text, root }.span(pointer)?.range)
    }

    /// What stands at `pointer` in the document's own file.
    pub fn root_value(&self, pointer: &str) -> Option<Value> {
        self.node(&self.main, pointer).map(Node::to_value)
    }

    /// The place of a message.
    pub fn location_place(&self, location: &Location) -> Place {
        self.place(&location.file, location.pointer())
    }

    /// The place of a subschema, or of one of its keywords, if it has that.
    pub fn schema_place(&self, schema: SchemaIdx, keyword: Option<&str>) -> Place {
        let location = &self.schemas()[schema].location;
        let pointer = location.pointer();
        match keyword.map(|keyword| pointer_push(pointer, keyword)) {
            Some(keyword) if self.node(&location.file, &keyword).is_some() => {
                self.place(&location.file, &keyword)
            }
            _ => self.place(&location.file, pointer),
        }
    }

    /// The value of a keyword of a subschema, if it has that.
    pub fn keyword(&self, schema: SchemaIdx, keyword: &str) -> Option<&Node> {
        let location = &self.schemas()[schema].location;
        self.node(&location.file, &pointer_push(location.pointer(), keyword))
    }

    fn node(&self, file: &str, pointer: &str) -> Option<&Node> {
        self.files.get(file)?.root.pointer(pointer)
    }

    fn place(&self, file: &str, pointer: &str) -> Place {
        let root = self.files.get(file).map(|file| &file.root);
        let mut rest = pointer;
        let position = loop {
            let Some(root) = root else { break None };
            let (parent, token) = rest.rsplit_once('/').unwrap_or(("", ""));
            let Some(holder) = root.pointer(parent) else {
                rest = parent;
                continue;
            };
            let token = unescaped_token(token);
            let key = holder
                .as_object()
                .and_then(|members| members.get(token.as_ref()))
                .map(|entry| entry.key_position);
            let found = key.or_else(|| root.pointer(rest).map(|node| node.position));
            if found.is_some() || rest.is_empty() {
                break found;
            }
            rest = parent;
        };
        let file = format!("{}{file}", self.prefix);
        Place { file, position: position.unwrap_or_default(), pointer: pointer.to_owned() }
    }
}
