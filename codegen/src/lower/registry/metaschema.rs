//! Dialects that are declared by a metaschema of their own (JSON Schema Core, 8.1).

use super::Registry;
use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::{Dialect, Rules};
use crate::load::{FileIdx, Node, NodeKind, Site, beside, has_scheme};

impl Registry<'_> {
    /// The rules of the schema object `node` at `site`, which are `rules` unless its `$schema` says otherwise.
    pub(super) fn declared(&mut self, site: &Site, node: &Node, rules: Rules) -> Rules {
        let Some(uri) = node.get("$schema").and_then(Node::as_str) else { return rules };
        let declared = self.named(site, uri).unwrap_or(rules);
        if declared != rules {
            self.set_rules(site, declared);
        }
        declared
    }

    /// The rules that the URI of a metaschema stands for; each metaschema is read once.
    fn named(&mut self, site: &Site, uri: &str) -> Option<Rules> {
        if let Some(dialect) = Dialect::from_uri(uri) {
            return Some(dialect.into());
        }
        if let Some(rules) = self.metaschemas.get(uri) {
            return *rules;
        }
        // What describes itself by itself alone would have no end.
        self.metaschemas.insert(uri.to_owned(), None);
        let place = self.documents.place(&site.child("$schema"));
        let rules = match self.read_metaschema(site, uri, &place) {
            Ok(rules) => Some(rules),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        };
        self.metaschemas.insert(uri.to_owned(), rules);
        rules
    }

    fn read_metaschema(&mut self, site: &Site, uri: &str, place: &Place) -> Result<Rules, Diagnostic> {
        let file = self.find_metaschema(site, uri.trim_end_matches('#'), place)?;
        let root = self.documents.root(file);
        let own = root.get("$schema").and_then(Node::as_str).filter(|own| *own != uri);
        let described = Site { file, pointer: String::new() };
        let base = own.and_then(|own| self.named(&described, own)).unwrap_or(Dialect::default().into());
        let Some(vocabularies) = root.get("$vocabulary").and_then(Node::as_object) else { return Ok(base) };
        let vocabularies =
            vocabularies.iter().map(|(uri, entry)| (uri.as_str(), entry.value.kind == NodeKind::Bool(true)));
        Rules::with_vocabularies(base.dialect, vocabularies).map_err(|vocabulary| {
            let message =
                format!("the dialect `{uri}` requires the vocabulary `{vocabulary}`, which is not known");
            Diagnostic::new("unsupported-dialect", place.clone(), message)
                .help("make it `false` in the metaschema's `$vocabulary`, if it only annotates")
        })
    }

    fn find_metaschema(&mut self, site: &Site, uri: &str, place: &Place) -> Result<FileIdx, Diagnostic> {
        if !has_scheme(uri) {
            let path = beside(self.documents.path(site.file), uri);
            return self.documents.load(&path, place);
        }
        self.documents.load_uri(uri, place).unwrap_or_else(|| {
            let known = Dialect::ALL.map(Dialect::uri).join(", ");
            let message = format!("the dialect `{uri}` is not known");
            Err(Diagnostic::new("unsupported-dialect", place.clone(), message).help(format!(
                "known: {known}; for one of your own, give the folder of its metaschema under `[resolve]` in handfast.toml"
            )))
        })
    }
}
