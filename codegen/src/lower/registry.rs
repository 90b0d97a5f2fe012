//! The resources of the loaded documents: their base URIs, dialects and anchors, and where a reference leads
//! (JSON Schema Core, 8 and 9).

mod entry;
mod metaschema;
mod scan;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

pub use entry::dialect_of;

use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::{Dialect, Rules};
use crate::load::{Base, Documents, FileIdx, Node, Site, beside, has_scheme, percent_decode};

/// A schema resource: what has a base URI of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceIdx(usize);

/// What is known of a resource.
#[derive(Debug)]
struct Resource {
    base: Base,
    root: Site,
    anchors: HashMap<String, Anchor>,
    /// `$recursiveAnchor` at its root.
    is_recursive: bool,
}

#[derive(Debug)]
struct Anchor {
    site: Site,
    is_dynamic: bool,
}

/// The name under which dynamic environments know `$recursiveAnchor`; no anchor has it.
pub const RECURSIVE: &str = "";

/// Where a reference leads.
pub struct Target {
    /// The schema.
    pub site: Site,
    /// The name of the dynamic anchor that led there.
    pub dynamic: Option<String>,
}

/// The parts of one file that have a base or rules of their own, by their pointers.
#[derive(Debug, Default)]
struct Contexts {
    resources: HashMap<String, ResourceIdx>,
    rules: HashMap<String, Rules>,
}

/// Everything that references can lead to. Files join it when something refers to them.
pub struct Registry<'s> {
    pub documents: Documents<'s>,
    /// What is wrong with identifiers and dialects.
    pub problems: Vec<Diagnostic>,
    /// The dynamic anchors that some reference asks for.
    pub asked: BTreeSet<String>,
    resources: Vec<Resource>,
    by_base: HashMap<Base, ResourceIdx>,
    contexts: HashMap<FileIdx, Contexts>,
    known: HashSet<Site>,
    metaschemas: HashMap<String, Option<Rules>>,
}

impl<'s> Registry<'s> {
    /// Begins with the file of `root`, which is read as `dialect` unless it says otherwise.
    pub fn new(documents: Documents<'s>, root: &Site, dialect: Dialect) -> Self {
        let base = Base::Path(documents.path(root.file).to_path_buf());
        let mut registry = Self {
            documents,
            problems: Vec::new(),
            asked: BTreeSet::new(),
            resources: Vec::new(),
            by_base: HashMap::new(),
            contexts: HashMap::new(),
            known: HashSet::new(),
            metaschemas: HashMap::new(),
        };
        registry.register(root.file, base, dialect.into());
        registry
    }

    /// Whether the file is a document of which only parts are schemas.
    pub fn is_api(root: &Node) -> bool {
        ["asyncapi", "openapi"].iter().any(|key| root.get(key).is_some())
    }

    /// The resource around `site`.
    pub fn resource(&self, site: &Site) -> ResourceIdx {
        let found = self.contexts.get(&site.file).and_then(|it| nearest(&it.resources, &site.pointer));
        found.unwrap_or(ResourceIdx(0))
    }

    /// How the schema at `site` is read.
    pub fn rules(&self, site: &Site) -> Rules {
        let found = self.contexts.get(&site.file).and_then(|it| nearest(&it.rules, &site.pointer));
        found.unwrap_or_else(|| Dialect::default().into())
    }

    /// The dynamic anchors that a resource declares, each with its schema.
    pub fn dynamic_anchors(&self, resource: ResourceIdx) -> impl Iterator<Item = (&str, &Site)> {
        let Resource { anchors, is_recursive, root, .. } = &self.resources[resource.0];
        let named = anchors.iter().filter(|(_, anchor)| anchor.is_dynamic);
        let named = named.map(|(name, anchor)| (name.as_str(), &anchor.site));
        named.chain(is_recursive.then_some((RECURSIVE, root)))
    }

    /// Follows `$recursiveRef`, which stands in the schema at `site` (Core 2019-09, 8.2.4.2).
    pub fn resolve_recursive(&self, site: &Site) -> Target {
        let Resource { root, is_recursive, .. } = &self.resources[self.resource(site).0];
        Target { site: root.clone(), dynamic: is_recursive.then(|| RECURSIVE.to_owned()) }
    }

    /// Follows `reference`, which stands under `key` of the object at `site`.
    ///
    /// # Errors
    /// A file that can't be read, a remote reference, a pointer or an anchor that leads nowhere.
    pub fn resolve(&mut self, site: &Site, key: &str, reference: &str) -> Result<Target, Diagnostic> {
        let place = self.documents.place(&site.child(key));
        let from = self.resource(site);
        let Some((base, fragment)) = self.resources[from.0].base.join(reference) else {
            let message = format!("`{reference}` is no URI reference");
            return Err(Diagnostic::new("unresolved-reference", place, message)
                .help("write it by RFC 3986, with spaces and the like as %XX"));
        };
        let resource = match self.by_base.get(&base) {
            Some(resource) => *resource,
            None => self.load(&base, site, reference, &place)?,
        };
        self.target(resource, &fragment).ok_or_else(|| {
            let file = self.documents.path(self.resources[resource.0].root.file);
            let help = format!("`{fragment}` is not in {}; check its spelling", file.display());
            Diagnostic::new("unresolved-reference", place, format!("`{reference}` leads to nothing"))
                .help(help)
        })
    }

    /// The schema that `fragment` names in the file of `root`.
    pub fn select(&mut self, root: &Site, fragment: &str) -> Result<Site, Diagnostic> {
        let resource = self.resource(root);
        self.target(resource, &percent_decode(fragment)).map(|target| target.site).ok_or_else(|| {
            let message = format!("`#{fragment}` leads to nothing in this document");
            Diagnostic::new("unresolved-reference", self.documents.place(root), message)
                .help("write a JSON Pointer, such as `#/$defs/Name`, or the name of an anchor")
        })
    }

    fn target(&mut self, resource: ResourceIdx, fragment: &str) -> Option<Target> {
        let Resource { root, anchors, .. } = &self.resources[resource.0];
        let (site, dynamic) = if fragment.is_empty() || fragment.starts_with('/') {
            (Site { file: root.file, pointer: format!("{}{fragment}", root.pointer) }, None)
        } else {
            let anchor = anchors.get(fragment)?;
            (anchor.site.clone(), anchor.is_dynamic.then(|| fragment.to_owned()))
        };
        self.documents.has(&site).then(|| {
            self.ensure(&site);
            Target { site, dynamic }
        })
    }

    /// Finds the document `base`, which `reference` at `site` names, and gives its root.
    fn load(
        &mut self,
        base: &Base,
        site: &Site,
        reference: &str,
        place: &Place,
    ) -> Result<ResourceIdx, Diagnostic> {
        let rules = self.rules(site);
        let file = match base {
            Base::Path(path) => self.documents.load(path, place)?,
            Base::Uri(uri) => match self.documents.load_uri(uri, place) {
                Some(Ok(file)) => file,
                Some(Err(problem)) => self.load_beside(site, reference, place).ok_or(problem)?,
                None => self.load_beside(site, reference, place).ok_or_else(|| remote(uri, place))?,
            },
        };
        // What names no dialect of its own is read as what led to it.
        Ok(self.register(file, base.clone(), rules))
    }

    /// A relative reference in a file that has an absolute `$id`: the documents beside it have the URIs beside its own.
    fn load_beside(&mut self, site: &Site, reference: &str, place: &Place) -> Option<FileIdx> {
        let uri = reference.split('#').next()?;
        if has_scheme(uri) || uri.starts_with('/') {
            return None;
        }
        let path = beside(self.documents.path(site.file), uri);
        self.documents.load(&path, place).ok()
    }

    /// Makes the file known under `base`.
    fn register(&mut self, file: FileIdx, base: Base, rules: Rules) -> ResourceIdx {
        if let Some(contexts) = self.contexts.get(&file) {
            let resource = contexts.resources[""];
            self.by_base.insert(base, resource);
            return resource;
        }
        let root = Site { file, pointer: String::new() };
        self.contexts.insert(file, Contexts::default());
        let resource = self.add(base, root.clone());
        self.set_rules(&root, rules);
        let node = self.documents.root(file);
        if Self::is_api(&node) {
            self.scan_entries(&root, &node);
        } else {
            self.scan(&root, &node, resource, rules);
        }
        resource
    }

    fn add(&mut self, base: Base, root: Site) -> ResourceIdx {
        let resource = ResourceIdx(self.resources.len());
        self.by_base.entry(base.clone()).or_insert(resource);
        if let Some(contexts) = self.contexts.get_mut(&root.file) {
            contexts.resources.insert(root.pointer.clone(), resource);
        }
        self.resources.push(Resource { base, root, anchors: HashMap::new(), is_recursive: false });
        resource
    }

    fn set_rules(&mut self, site: &Site, rules: Rules) {
        if let Some(contexts) = self.contexts.get_mut(&site.file) {
            contexts.rules.insert(site.pointer.clone(), rules);
        }
    }

    /// Learns the identifiers at and below `site`, which something takes to be a schema, unless that has been done.
    pub fn ensure(&mut self, site: &Site) {
        if self.known.contains(site) {
            return;
        }
        let root = self.documents.root(site.file);
        if let Some(node) = root.pointer(&site.pointer) {
            let (resource, rules) = (self.resource(site), self.rules(site));
            self.scan(site, node, resource, rules);
        }
    }

    fn problem(&mut self, site: &Site, code: &'static str, message: String, help: &str) {
        let diagnostic = Diagnostic::new(code, self.documents.place(site), message).help(help);
        self.problems.push(diagnostic);
    }

    fn node(&self, site: &Site) -> Option<Rc<Node>> {
        let root = self.documents.root(site.file);
        if site.pointer.is_empty() { Some(root) } else { root.pointer(&site.pointer).cloned().map(Rc::new) }
    }
}

/// What stands for `pointer`, or for the nearest value around it.
fn nearest<T: Copy>(by_pointer: &HashMap<String, T>, pointer: &str) -> Option<T> {
    let mut pointer = pointer;
    if by_pointer.len() == 1 {
        // Most files are one resource of one dialect.
        pointer = "";
    }
    loop {
        if let Some(found) = by_pointer.get(pointer) {
            return Some(*found);
        }
        pointer = pointer.rsplit_once('/')?.0;
    }
}

fn remote(uri: &str, place: &Place) -> Diagnostic {
    let message = format!("`{uri}` is remote, and nothing is fetched from the network");
    Diagnostic::new("remote-reference", place.clone(), message).help(
        "give the folder that holds it: `\"https://…/\" = \"folder\"` under `[resolve]` in handfast.toml, or --resolve",
    )
}
