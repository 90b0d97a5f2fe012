//! Dialects that are declared by a metaschema of their own (JSON Schema Core, 8.1).

use super::Registry;
use crate::diagnostic::Diagnostic;
use crate::dialect::{Dialect, Rules};
use crate::load::{Node, NodeKind, Site, clean};

impl Registry<'_> {
    /// The rules of the schema object `node` at `site`, which are `rules` unless its `$schema` says otherwise.
    pub(super) fn declared(&mut self, site: &Site, node: &Node, rules: Rules) -> Rules {
        let Some(uri) = node.get("$schema").and_then(Node::as_str) else { return rules };
        let declared = match Dialect::from_uri(uri) {
            Some(dialect) => Some(dialect.into()),
            None => self.described(site, uri),
        };
        let declared = declared.unwrap_or(rules);
        if declared != rules || site.pointer.is_empty() {
            self.set_rules(site, declared);
        }
        declared
    }

    /// The rules of the metaschema `uri`, read once.
    fn described(&mut self, site: &Site, uri: &str) -> Option<Rules> {
        if let Some(rules) = self.metaschemas.get(uri) {
            return *rules;
        }
        // A metaschema that describes itself by itself alone would have no end.
        self.metaschemas.insert(uri.to_owned(), None);
        let rules = self.read_metaschema(site, uri).unwrap_or_else(|problem| {
            self.problems.push(problem);
            None
        });
        self.metaschemas.insert(uri.to_owned(), rules);
        rules
    }

    fn read_metaschema(&mut self, site: &Site, uri: &str) -> Result<Option<Rules>, Diagnostic> {
        let place = self.documents.place(&site.child("$schema"));
        let plain = uri.trim_end_matches('#');
        let loaded = match self.documents.load_uri(plain, &place) {
            None if !crate::load::has_scheme(plain) => {
                let path = clean(&crate::load::beside(self.documents.path(site.file), plain));
                Some(self.documents.load(&path, &place))
            }
            loaded => loaded,
        };
        let unknown = || {
            let known = Dialect::ALL.map(Dialect::uri).join(", ");
            let message = format!("the dialect `{uri}` is not known");
            Diagnostic::new("unsupported-dialect", place.clone(), message).help(format!(
                "known: {known}; for one of your own, give the folder of its metaschema under `[resolve]` in handfast.toml"
            ))
        };
        let file = loaded.ok_or_else(unknown)??;
        let root = self.documents.root(file);
        let metaschema = Site { file, pointer: String::new() };
        let base = match root.get("$schema").and_then(Node::as_str) {
            Some(own) if own == uri => Rules::from(Dialect::default()),
            Some(own) => match Dialect::from_uri(own) {
                Some(dialect) => dialect.into(),
                None => self.described(&metaschema, own).unwrap_or_else(|| Dialect::default().into()),
            },
            None => Rules::from(Dialect::default()),
        };
        let Some(vocabularies) = root.get("$vocabulary").and_then(Node::as_object) else {
            return Ok(Some(base));
        };
        let vocabularies =
            vocabularies.iter().map(|(uri, entry)| (uri.as_str(), entry.value.kind == NodeKind::Bool(true)));
        Rules::with_vocabularies(base.dialect, vocabularies).map(Some).map_err(|vocabulary| {
            let message =
                format!("the dialect `{uri}` requires the vocabulary `{vocabulary}`, which is not known");
            Diagnostic::new("unsupported-dialect", place, message)
                .help("make it `false` in the metaschema's `$vocabulary`, if it only annotates")
        })
    }
}
