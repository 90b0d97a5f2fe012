//! One schema object → one model schema, by the table of keywords.

use std::collections::HashMap;
use std::rc::Rc;

use super::environment::{EnvironmentIdx, Environments};
use super::keyword::hides_siblings;
use super::registry::Registry;
use super::scope::Scope;
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::Dialect;
use crate::load::{Node, NodeKind, Site};
use crate::model::{Constraints, Docs, Location, Schema, SchemaBody, SchemaIdx, Schemas};

/// How deep schemas are lowered inside each other; a chain of references may be as long as it likes.
const MAX_NESTING: usize = 128;

/// The largest number of schemas that are lowered again for a dynamic environment, which can make many of few.
const MAX_SPECIALISED: usize = 20_000;

/// The state of one lowering: every site becomes one schema per environment, once.
pub struct Lowering<'d, 's> {
    pub registry: &'d mut Registry<'s>,
    pub schemas: Schemas,
    pub problems: Vec<Diagnostic>,
    /// Whether `format` asserts, whatever the dialect says.
    pub asserts_formats: bool,
    /// Whether what is nearly a format is an error.
    pub is_contract: bool,
    pub environments: Environments,
    lowered: HashMap<(Site, EnvironmentIdx), SchemaIdx>,
    n_specialised: usize,
    depth: usize,
    /// Schemas that wait for their turn, because they were met too deep in others.
    pending: Vec<(SchemaIdx, Site, EnvironmentIdx)>,
}

impl<'d, 's> Lowering<'d, 's> {
    pub fn new(registry: &'d mut Registry<'s>, asserts_formats: bool, is_contract: bool) -> Self {
        let environments = Environments::new(registry.asked.clone());
        Self {
            registry,
            schemas: Schemas::default(),
            problems: Vec::new(),
            asserts_formats,
            is_contract,
            environments,
            lowered: HashMap::new(),
            n_specialised: 0,
            depth: 0,
            pending: Vec::new(),
        }
    }

    pub fn problem(&mut self, site: &Site, code: &'static str, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::new(code, self.place(site), message).help(help);
        self.problems.push(diagnostic);
    }

    pub fn place(&self, site: &Site) -> Place {
        self.registry.documents.place(site)
    }

    pub fn location(&self, site: &Site) -> Location {
        let place = self.place(site);
        Location { uri: self.registry.documents.uri(site), file: place.file, position: place.position }
    }

    /// Follows a reference object; what leads nowhere is a problem.
    pub fn resolve(&mut self, site: &Site, reference: &str) -> Option<Site> {
        match self.registry.resolve(site, "$ref", reference) {
            Ok(target) => Some(target.site),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// A copy of the node at `site`, which exists.
    pub fn node(&self, site: &Site) -> Option<Rc<Node>> {
        let root = self.registry.documents.root(site.file);
        if site.pointer.is_empty() { Some(root) } else { root.pointer(&site.pointer).cloned().map(Rc::new) }
    }

    /// Lowers the schema at `site`, where a walk over schemas begins, unless that has been done.
    pub fn schema(&mut self, site: &Site) -> SchemaIdx {
        self.registry.ensure(site);
        self.schema_in(site, EnvironmentIdx::default())
    }

    /// Lowers the schema at `site` as it is met in `outer`, unless that has been done.
    pub fn schema_in(&mut self, site: &Site, outer: EnvironmentIdx) -> SchemaIdx {
        let environment = self.enter(site, outer);
        let key = (site.clone(), environment);
        if let Some(index) = self.lowered.get(&key) {
            return *index;
        }
        if environment != EnvironmentIdx::default() {
            self.n_specialised += 1;
            if self.n_specialised > MAX_SPECIALISED {
                return self.too_many(site);
            }
        }
        let index = SchemaIdx(self.schemas.all.len() as u32);
        self.lowered.insert(key, index);
        let location = self.location(site);
        let placeholder = Schema { location, docs: Docs::default(), body: SchemaBody::Always(true) };
        self.schemas.all.push(placeholder);
        if self.depth == MAX_NESTING {
            self.pending.push((index, site.clone(), environment));
            return index;
        }
        self.fill(index, site, environment);
        while let Some((index, site, environment)) = self.pending.pop_if(|_| self.depth == 0) {
            self.fill(index, &site, environment);
        }
        index
    }

    fn enter(&mut self, site: &Site, outer: EnvironmentIdx) -> EnvironmentIdx {
        if self.environments.is_static() {
            return outer;
        }
        let resource = self.registry.resource(site);
        self.environments.enter(outer, self.registry.dynamic_anchors(resource))
    }

    fn too_many(&mut self, site: &Site) -> SchemaIdx {
        if self.n_specialised == MAX_SPECIALISED + 1 {
            let message =
                format!("these are more than {MAX_SPECIALISED} schemas, dynamic references followed");
            self.problem(site, "too-many-schemas", message, "use fewer resources with dynamic anchors");
        }
        SchemaIdx(0)
    }

    fn fill(&mut self, index: SchemaIdx, site: &Site, environment: EnvironmentIdx) {
        self.depth += 1;
        let (docs, body) = self.body(site, environment);
        self.depth -= 1;
        let schema = &mut self.schemas.all[index.0 as usize];
        (schema.docs, schema.body) = (docs, body);
    }

    fn body(&mut self, site: &Site, environment: EnvironmentIdx) -> (Docs, SchemaBody) {
        let nothing = (Docs::default(), SchemaBody::Always(true));
        let Some(node) = self.node(site) else { return nothing };
        match &node.kind {
            NodeKind::Bool(value) if self.may_be_boolean(site) => {
                (Docs::default(), SchemaBody::Always(*value))
            }
            NodeKind::Object(_) => self.object(site, &node, environment),
            _ => {
                let message = format!("a schema is an object or a boolean, not {}", node.type_name());
                let help = "write `true` for a schema that accepts everything (`{}` in draft 4)";
                self.problem(site, "not-a-schema", message, help);
                nothing
            }
        }
    }

    /// Draft 4 has booleans only under the keywords that say what else there may be.
    fn may_be_boolean(&self, site: &Site) -> bool {
        let key = site.pointer.rsplit('/').next().unwrap_or_default();
        self.registry.rules(site).dialect > Dialect::Draft4
            || matches!(key, "additionalItems" | "additionalProperties")
    }

    fn object(&mut self, site: &Site, node: &Rc<Node>, environment: EnvironmentIdx) -> (Docs, SchemaBody) {
        let rules = self.registry.rules(site);
        let hides = hides_siblings(rules, node);
        let mut scope = Scope {
            lowering: self,
            site: site.clone(),
            node: Rc::clone(node),
            rules,
            environment,
            constraints: Constraints::default(),
            docs: Docs::default(),
        };
        for (key, entry) in node.as_object().into_iter().flatten() {
            scope.keyword(key, &entry.value, hides);
        }
        let Scope { constraints, docs, .. } = scope;
        if constraints == Constraints::default() {
            return (docs, SchemaBody::Always(true));
        }
        (docs, SchemaBody::Constraints(Box::new(constraints)))
    }
}
