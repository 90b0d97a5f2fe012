//! One schema object → one model schema, by the table of keywords.

use std::collections::HashMap;
use std::rc::Rc;

use super::keyword::{KEYWORDS, Lower};
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::load::{Documents, Node, NodeKind, Site};
use crate::model::{Constraints, Docs, Location, Schema, SchemaBody, SchemaIdx, Schemas};

/// The dialects a schema may declare.
const DIALECTS: [&str; 1] = ["https://json-schema.org/draft/2020-12/schema"];

/// How deep schemas are lowered inside each other; a chain of references may be as long as it likes.
const MAX_NESTING: usize = 128;

/// The state of one lowering: every site becomes one schema, once.
pub struct Lowering<'d, 's> {
    pub documents: &'d mut Documents<'s>,
    pub schemas: Schemas,
    pub problems: Vec<Diagnostic>,
    lowered: HashMap<Site, SchemaIdx>,
    depth: usize,
    /// Schemas that wait for their turn, because they were met too deep in others.
    pending: Vec<(SchemaIdx, Site)>,
}

/// A schema object while its keywords are read.
pub struct Scope<'l, 'd, 's> {
    pub lowering: &'l mut Lowering<'d, 's>,
    pub site: Site,
    pub node: Rc<Node>,
    pub constraints: Constraints,
    pub docs: Docs,
}

impl<'d, 's> Lowering<'d, 's> {
    pub fn new(documents: &'d mut Documents<'s>) -> Self {
        Self {
            documents,
            schemas: Schemas::default(),
            problems: Vec::new(),
            lowered: HashMap::new(),
            depth: 0,
            pending: Vec::new(),
        }
    }

    pub fn problem(&mut self, site: &Site, code: &'static str, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::new(code, self.documents.place(site), message).help(help);
        self.problems.push(diagnostic);
    }

    pub fn location(&self, site: &Site) -> Location {
        let place = self.documents.place(site);
        Location { uri: self.documents.uri(site), file: place.file, position: place.position }
    }

    /// Follows a reference; what leads nowhere is a problem.
    pub fn resolve(&mut self, site: &Site, reference: &str) -> Option<Site> {
        match self.documents.resolve(site, reference) {
            Ok(target) => Some(target),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// A copy of the node at `site`, which exists.
    pub fn node(&self, site: &Site) -> Option<Rc<Node>> {
        let root = self.documents.root(site.file);
        if site.pointer.is_empty() { Some(root) } else { root.pointer(&site.pointer).cloned().map(Rc::new) }
    }

    /// Lowers the schema at `site`, unless that has been done.
    pub fn schema(&mut self, site: &Site) -> SchemaIdx {
        if let Some(index) = self.lowered.get(site) {
            return *index;
        }
        let index = SchemaIdx(self.schemas.0.len() as u32);
        self.lowered.insert(site.clone(), index);
        let location = self.location(site);
        let placeholder = Schema { location, docs: Docs::default(), body: SchemaBody::Always(true) };
        self.schemas.0.push(placeholder);
        if self.depth == MAX_NESTING {
            self.pending.push((index, site.clone()));
            return index;
        }
        self.fill(index, site);
        while let Some((index, site)) = self.pending.pop_if(|_| self.depth == 0) {
            self.fill(index, &site);
        }
        index
    }

    fn fill(&mut self, index: SchemaIdx, site: &Site) {
        self.depth += 1;
        let (docs, body) = self.body(site);
        self.depth -= 1;
        let schema = &mut self.schemas.0[index.0 as usize];
        (schema.docs, schema.body) = (docs, body);
    }

    fn body(&mut self, site: &Site) -> (Docs, SchemaBody) {
        let nothing = (Docs::default(), SchemaBody::Always(true));
        let Some(node) = self.node(site) else { return nothing };
        match &node.kind {
            NodeKind::Bool(value) => (Docs::default(), SchemaBody::Always(*value)),
            NodeKind::Object(_) => self.object(site, &node),
            _ => {
                let message = format!("a schema is an object or a boolean, not {}", node.type_name());
                self.problem(
                    site,
                    "not-a-schema",
                    message,
                    "write `true` for a schema that accepts everything",
                );
                nothing
            }
        }
    }

    fn object(&mut self, site: &Site, node: &Rc<Node>) -> (Docs, SchemaBody) {
        let mut scope = Scope {
            lowering: self,
            site: site.clone(),
            node: Rc::clone(node),
            constraints: Constraints::default(),
            docs: Docs::default(),
        };
        for (key, entry) in node.as_object().into_iter().flatten() {
            scope.keyword(key, &entry.value);
        }
        let Scope { constraints, docs, .. } = scope;
        if constraints == Constraints::default() {
            return (docs, SchemaBody::Always(true));
        }
        (docs, SchemaBody::Constraints(Box::new(constraints)))
    }
}

impl Scope<'_, '_, '_> {
    fn keyword(&mut self, key: &str, value: &Node) {
        match KEYWORDS.iter().find(|keyword| keyword.name == key) {
            Some(keyword) => match keyword.lower {
                Lower::With(lower) => {
                    if lower(self, value).is_none() {
                        self.wrong_value(key, keyword.expects, value);
                    }
                }
                Lower::Annotation => {}
                Lower::NotYet => self.not_yet(key, &format!("the keyword `{key}`")),
            },
            None if key.starts_with("x-") => {}
            None => self.unknown(key),
        }
    }

    fn not_yet(&mut self, key: &str, what: &str) {
        let message = format!("{what} is not implemented yet");
        let site = self.site.child(key);
        self.lowering.problem(&site, "unsupported-keyword", message, "say it with other keywords");
    }

    /// Reports `key` where it stands in the middle of a document, which would give what is below it another base URI.
    pub fn only_at_the_root(&mut self, key: &str) {
        if !self.site.pointer.is_empty() {
            self.not_yet(key, &format!("`{key}` in the middle of a document"));
        }
    }

    fn wrong_value(&mut self, key: &str, expects: &str, value: &Node) {
        let found = match value.to_value() {
            Value::Array(items) if items.is_empty() => "an empty array".to_owned(),
            Value::Array(_) | Value::Object(_) => value.type_name().to_owned(),
            scalar => format!("`{scalar}`"),
        };
        let message = format!("`{key}` must be {expects}, not {found}");
        let site = self.site.child(key);
        self.lowering.problem(&site, "keyword-value", message, "see JSON Schema 2020-12 for the keyword");
    }

    fn unknown(&mut self, key: &str) {
        let place = self.lowering.documents.place(&self.site.child(key));
        let known = KEYWORDS.iter().map(|keyword| keyword.name);
        self.lowering.problems.push(Diagnostic::unknown_key(
            place,
            "keyword of JSON Schema 2020-12",
            key,
            known,
        ));
    }

    /// The subschema under `key`.
    pub fn subschema(&mut self, key: &str) -> SchemaIdx {
        let site = self.site.child(key);
        self.lowering.schema(&site)
    }

    /// The subschemas of the array under `key`; `None` unless `value` is an array.
    pub fn subschemas(&mut self, key: &str, value: &Node) -> Option<Vec<SchemaIdx>> {
        let site = self.site.child(key);
        let n_items = value.as_array()?.len();
        Some((0..n_items).map(|index| self.lowering.schema(&site.child(&index.to_string()))).collect())
    }

    /// The subschemas of the object under `key`; `None` unless `value` is an object.
    pub fn subschema_map(&mut self, key: &str, value: &Node) -> Option<Vec<(String, SchemaIdx)>> {
        let site = self.site.child(key);
        let names = value.as_object()?.keys();
        Some(names.map(|name| (name.clone(), self.lowering.schema(&site.child(name)))).collect())
    }

    /// Follows the reference under `key` to a schema; one that leads nowhere is a problem already.
    pub fn reference(&mut self, key: &str, reference: &str) -> Option<SchemaIdx> {
        let target = self.lowering.resolve(&self.site.child(key), reference)?;
        Some(self.lowering.schema(&target))
    }

    /// Checks the dialect under `$schema`.
    pub fn dialect(&mut self, uri: &str) {
        if !DIALECTS.contains(&uri.trim_end_matches('#')) {
            let site = self.site.child("$schema");
            let message = format!("the dialect `{uri}` is not implemented yet");
            let help = format!("implemented: {}", DIALECTS.join(", "));
            self.lowering.problem(&site, "unsupported-dialect", message, &help);
        }
    }

    /// Reports a format that is not asserted.
    pub fn unknown_format(&mut self, format: &str, known: &str) {
        let site = self.site.child("format");
        let message = format!("the format `{format}` is not implemented yet");
        self.lowering.problem(&site, "unsupported-format", message, &format!("implemented: {known}"));
    }
}
