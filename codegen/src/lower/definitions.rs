//! Documents that hold definitions and nothing else.

use super::keyword;
use super::schema::Lowering;
use crate::dialect::Rules;
use crate::load::{Node, Site};
use crate::model::SchemaIdx;

/// Keywords that say what a document is called or defines, and nothing of instances.
const NAMING: [&str; 9] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$comment",
    "$vocabulary",
    "type",
];
const DEFINING: [&str; 2] = ["$defs", "definitions"];

impl Lowering<'_, '_> {
    /// The definitions of the document at `root`, each with its name, if it holds nothing else.
    pub fn definitions_only(&mut self, root: &Site) -> Vec<(String, SchemaIdx)> {
        let Some(node) = self.node(root).filter(|node| defines_only(node, self.registry.rules(root))) else {
            return Vec::new();
        };
        let names = |key: &'static str| {
            let members = node.get(key).and_then(Node::as_object).into_iter().flat_map(|it| it.keys());
            members.map(move |name| (key, name.clone()))
        };
        let all: Vec<_> = DEFINING.into_iter().flat_map(names).collect();
        all.into_iter()
            .map(|(key, name)| {
                let site = root.child(key).child(&name);
                let index = self.schema(&site);
                (name, index)
            })
            .collect()
    }
}

/// Whether there is no more to the schema than definitions and annotations; that a document of definitions be an object
/// says nothing.
fn defines_only(node: &Node, rules: Rules) -> bool {
    let is_bare_type = node.get("type").is_none_or(|name| name.as_str() == Some("object"));
    let says_nothing = |key: &String| {
        let key = key.as_str();
        DEFINING.contains(&key)
            || NAMING.contains(&key)
            || keyword::find(key, rules).is_none_or(keyword::Keyword::is_annotation)
    };
    is_bare_type && node.as_object().is_some_and(|members| members.keys().all(says_nothing))
}
