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
use diagnostic::{Diagnostic, Diagnostics, Place};
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
    compile_leniently(source, path).strict()
}

/// As [`compile`], but keeps what could be read of a contract that is wrong.
pub fn compile_leniently(source: &dyn Source, path: &Path) -> Lenient<Compiled> {
    let (documents, root) = match Documents::open(source, path) {
        Ok(opened) => opened,
        Err(problem) => return Lenient::nothing(problem),
    };
    let (contract, mut problems) = lower::contract(documents, &root);
    problems.extend(contract.iter().flat_map(|contract| check::schemas(&contract.schemas)));
    if problems.is_empty() {
        // Rules over the whole are told only where the parts are right: what is missing would be told again and again.
        problems.extend(contract.iter().flat_map(check::contract));
    }
    let read = contract.map(|contract| Compiled { plan: Plan::of(&contract.schemas), contract });
    Lenient::new(read, problems)
}

/// A document of either kind.
#[derive(Debug)]
pub enum Document {
    /// An AsyncAPI document.
    Contract(Box<Compiled>),
    /// A JSON Schema.
    Schema(CompiledSchema),
}

/// Reads the document at `path`: a contract if it says `asyncapi`, else a schema.
///
/// # Errors
/// Everything that is wrong with it.
pub fn compile_document(source: &dyn Source, path: &Path) -> Result<Document, Diagnostics> {
    let (documents, root) = Documents::open(source, path)?;
    if documents.root(root.file).get("asyncapi").is_some() {
        compile(source, path).map(Box::new).map(Document::Contract)
    } else {
        compile_schema(source, path).map(Document::Schema)
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
    fn new(read: Option<T>, problems: Vec<Diagnostic>) -> Self {
        let is_endless = problems.iter().any(|problem| problem.code == "circular-reference");
        Self { read: read.filter(|_| !is_endless), problems: Diagnostics::new(problems) }
    }

    fn nothing(problem: Diagnostic) -> Self {
        Self { read: None, problems: Some(problem.into()) }
    }

    fn strict(self) -> Result<T, Diagnostics> {
        match (self.read, self.problems) {
            (Some(read), None) => Ok(read),
            (_, Some(problems)) => Err(problems),
            (None, None) => {
                Err(Diagnostic::new("no-document", Place::default(), "there is nothing to read").into())
            }
        }
    }
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
    compile_schema_leniently(source, path).strict()
}

/// As [`compile_schema`], but keeps what could be read of a schema that is wrong.
pub fn compile_schema_leniently(source: &dyn Source, path: &Path) -> Lenient<CompiledSchema> {
    let (documents, site) = match Documents::open(source, path) {
        Ok(opened) => opened,
        Err(problem) => return Lenient::nothing(problem),
    };
    let (lowered, mut problems) = lower::schema(documents, &site);
    problems.extend(lowered.iter().flat_map(|(schemas, ..)| check::schemas(schemas)));
    let read = lowered.map(|(schemas, root, files)| CompiledSchema {
        plan: Plan::of(&schemas),
        schemas,
        root,
        files,
    });
    Lenient::new(read, problems)
}

impl CompiledSchema {
    /// What back-ends print, with the root type called `root_name`.
    pub fn unit<'u>(&'u self, name: &'u str, root_name: &'u str, source: &'u str) -> Unit<'u> {
        let root = Some((root_name, self.root));
        Unit { name, source, contract: None, root, schemas: &self.schemas, plan: &self.plan }
    }
}
