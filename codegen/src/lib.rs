//! Handfast's pipeline: documents → model → plan → files. Pure but for [`source::disk`] and [`emit`].

pub mod backend;
mod check;
pub mod config;
pub mod diagnostic;
mod dialect;
pub mod emit;
pub mod load;
mod lower;
pub mod model;
pub mod names;
pub mod plan;
pub mod pointer;
pub mod shape;
pub mod source;

use std::path::{Path, PathBuf};

use backend::Unit;
pub use config::{Formats, Options, RustOptions, TypeOptions};
use diagnostic::{Diagnostic, Diagnostics, Place};
pub use dialect::Dialect;
use load::{Documents, Site};
use model::{Contract, SchemaIdx, Schemas};
use plan::Plan;
use source::{Source, select};

/// A contract with the plan of its schemas.
#[derive(Debug)]
pub struct Compiled {
    /// What it means.
    pub contract: Contract,
    /// How its schemas are tested.
    pub plan: Plan,
    /// What is chosen about its Rust.
    pub rust: RustOptions,
    /// What may be wrong with it.
    pub warnings: Option<Diagnostics>,
}

/// A bare schema with its plan.
#[derive(Debug)]
pub struct CompiledSchema {
    /// Every subschema.
    pub schemas: Schemas,
    /// The schema itself, or the one that was selected.
    pub root: SchemaIdx,
    /// The definitions of a document that holds nothing else, each with its name.
    pub roots: Vec<(String, SchemaIdx)>,
    /// How it is tested.
    pub plan: Plan,
    /// The files it was read from, itself first.
    pub files: Vec<PathBuf>,
    /// What is chosen about its Rust.
    pub rust: RustOptions,
    /// What may be wrong with it.
    pub warnings: Option<Diagnostics>,
}

/// A document of either kind.
#[derive(Debug)]
pub enum Document {
    /// An AsyncAPI document.
    Contract(Box<Compiled>),
    /// A JSON Schema.
    Schema(Box<CompiledSchema>),
}

/// Reads the AsyncAPI document at `path` and everything it refers to, by the options of the nearest `handfast.toml`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile(source: &dyn Source, path: &Path) -> Result<Compiled, Diagnostics> {
    Options::find(source, path)?.compile(source, path)
}

/// As [`compile`], but keeps what could be read of a contract that is wrong.
pub fn compile_leniently(source: &dyn Source, path: &Path) -> Lenient<Compiled> {
    match Options::find(source, path) {
        Ok(options) => options.compile_leniently(source, path),
        Err(problem) => Lenient::nothing(problem),
    }
}

/// Reads the document at `path`: a contract if it says `asyncapi`, else a schema; `file.json#/$defs/Name` selects one.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile_document(source: &dyn Source, path: &Path) -> Result<Document, Diagnostics> {
    Options::find(source, path)?.compile_document(source, path)
}

/// Reads the JSON Schema at `path` and everything it refers to, by the options of the nearest `handfast.toml`. A fragment
/// selects a schema in the file: `file.json#/$defs/Name`, `file.json#anchor`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile_schema(source: &dyn Source, path: &Path) -> Result<CompiledSchema, Diagnostics> {
    Options::find(source, path)?.compile_schema(source, path)
}

/// As [`compile_schema`], but keeps what could be read of a schema that is wrong.
pub fn compile_schema_leniently(source: &dyn Source, path: &Path) -> Lenient<CompiledSchema> {
    match Options::find(source, path) {
        Ok(options) => options.compile_schema_leniently(source, path),
        Err(problem) => Lenient::nothing(problem),
    }
}

impl Options {
    /// As [`compile`], by these options.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn compile(&self, source: &dyn Source, path: &Path) -> Result<Compiled, Diagnostics> {
        self.compile_leniently(source, path).strict()
    }

    /// As [`compile_leniently`], by these options.
    pub fn compile_leniently(&self, source: &dyn Source, path: &Path) -> Lenient<Compiled> {
        match Documents::open(source, path) {
            Ok((documents, root)) => self.contract(documents, &root),
            Err(problem) => Lenient::nothing(problem),
        }
    }

    fn contract<'s>(&'s self, documents: Documents<'s>, root: &Site) -> Lenient<Compiled> {
        let (mut contract, problems) = lower::contract(documents.resolving(&self.resolve), root);
        let mut found = Found::new(problems);
        found.extend(contract.iter().flat_map(|contract| check::schemas(&contract.schemas)));
        if found.errors.is_empty() {
            // Rules over the whole are told only where the parts are right: what is missing would be told again and again.
            found.extend(contract.iter().flat_map(check::contract));
        }
        contract.iter_mut().for_each(|contract| contract.files.extend(self.file.clone()));
        found.lenient(contract, |contract, warnings| Compiled {
            plan: Plan::of(&contract.schemas),
            contract,
            rust: self.rust.clone(),
            warnings,
        })
    }

    /// As [`compile_document`], by these options.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn compile_document(&self, source: &dyn Source, path: &Path) -> Result<Document, Diagnostics> {
        let (file, fragment) = select(path);
        let (documents, root) = Documents::open(source, &file)?;
        if fragment.is_none() && documents.root(root.file).get("asyncapi").is_some() {
            self.contract(documents, &root).strict().map(Box::new).map(Document::Contract)
        } else {
            let read = self.schema(documents, &root, fragment.as_deref());
            read.strict().map(Box::new).map(Document::Schema)
        }
    }

    /// As [`compile_schema`], by these options.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn compile_schema(&self, source: &dyn Source, path: &Path) -> Result<CompiledSchema, Diagnostics> {
        self.compile_schema_leniently(source, path).strict()
    }

    /// As [`compile_schema_leniently`], by these options.
    pub fn compile_schema_leniently(&self, source: &dyn Source, path: &Path) -> Lenient<CompiledSchema> {
        let (file, fragment) = select(path);
        match Documents::open(source, &file) {
            Ok((documents, root)) => self.schema(documents, &root, fragment.as_deref()),
            Err(problem) => Lenient::nothing(problem),
        }
    }

    fn schema<'s>(
        &'s self,
        documents: Documents<'s>,
        root: &Site,
        fragment: Option<&str>,
    ) -> Lenient<CompiledSchema> {
        let documents = documents.resolving(&self.resolve);
        let (lowered, problems) = lower::schema(documents, root, fragment, self);
        let mut found = Found::new(problems);
        found.extend(lowered.iter().flat_map(|bare| check::schemas(&bare.schemas)));
        found.lenient(lowered, |bare, warnings| {
            let lower::Bare { schemas, root, roots, mut files } = bare;
            files.extend(self.file.clone());
            CompiledSchema {
                plan: Plan::of(&schemas),
                schemas,
                root,
                roots,
                files,
                rust: self.rust.clone(),
                warnings,
            }
        })
    }
}

/// What could be read of a document, and what is wrong with it.
#[derive(Debug)]
pub struct Lenient<T> {
    /// What could be read; nothing where its meaning would have no end.
    pub read: Option<T>,
    /// What is wrong.
    pub problems: Option<Diagnostics>,
}

impl<T> Lenient<T> {
    fn nothing(problem: Diagnostic) -> Self {
        Self { read: None, problems: Some(problem.into()) }
    }

    fn strict(self) -> Result<T, Diagnostics> {
        match (self.read, self.problems) {
            (Some(read), None) => Ok(read),
            (_, Some(problems)) => Err(problems),
            (None, None) => {
                Err(Diagnostic::new("unreadable-file", Place::default(), "there is nothing to read").into())
            }
        }
    }
}

/// What was found in a document, by what it does.
struct Found {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl Found {
    fn new(all: Vec<Diagnostic>) -> Self {
        let mut found = Self { errors: Vec::new(), warnings: Vec::new() };
        found.extend(all.into_iter());
        found
    }

    fn extend(&mut self, all: impl Iterator<Item = Diagnostic>) {
        for one in all {
            if one.is_error() { self.errors.push(one) } else { self.warnings.push(one) }
        }
    }

    fn lenient<L, T>(self, lowered: Option<L>, make: impl FnOnce(L, Option<Diagnostics>) -> T) -> Lenient<T> {
        let is_endless = self.errors.iter().any(|problem| problem.code == "circular-reference");
        let warnings = Diagnostics::new(self.warnings);
        let read = lowered.filter(|_| !is_endless).map(|lowered| make(lowered, warnings));
        Lenient { read, problems: Diagnostics::new(self.errors) }
    }
}

impl Document {
    /// What back-ends print, under the base name `name`, made from `source`; a schema's type is called `root_name`.
    pub fn unit<'u>(&'u self, name: &'u str, root_name: &'u str, source: &'u str) -> Unit<'u> {
        match self {
            Self::Contract(compiled) => compiled.unit(name, source),
            Self::Schema(compiled) => compiled.unit(name, root_name, source),
        }
    }

    /// What may be wrong with it.
    pub fn warnings(&self) -> Option<&Diagnostics> {
        match self {
            Self::Contract(compiled) => compiled.warnings.as_ref(),
            Self::Schema(compiled) => compiled.warnings.as_ref(),
        }
    }
}

impl Compiled {
    /// What back-ends print, under the base name `name`, made from `source`.
    pub fn unit<'u>(&'u self, name: &'u str, source: &'u str) -> Unit<'u> {
        let Contract { schemas, .. } = &self.contract;
        Unit {
            name,
            source,
            contract: Some(&self.contract),
            root: None,
            roots: &[],
            schemas,
            plan: &self.plan,
            rust: &self.rust,
        }
    }
}

impl CompiledSchema {
    /// What back-ends print, with the root type called `root_name`.
    pub fn unit<'u>(&'u self, name: &'u str, root_name: &'u str, source: &'u str) -> Unit<'u> {
        let Self { schemas, roots, plan, rust, .. } = self;
        Unit { name, source, contract: None, root: Some((root_name, self.root)), roots, schemas, plan, rust }
    }
}
