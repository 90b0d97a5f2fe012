//! Finds the identifiers of a schema and its subschemas. Only what a keyword holds is a schema: data is not.

use std::collections::hash_map::Entry as Slot;

use super::{Anchor, RECURSIVE, Registry, ResourceIdx};
use crate::dialect::{Dialect, Rules};
use crate::load::{Base, Node, NodeKind, Site};
use crate::lower::keyword::{self, Holds, hides_siblings};

impl Registry<'_> {
    /// Learns the identifiers at and below `site`.
    pub(super) fn scan(&mut self, site: &Site, node: &Node, resource: ResourceIdx, rules: Rules) {
        if !self.known.insert(site.clone()) {
            return;
        }
        let Some(members) = node.as_object() else { return };
        let rules = self.declared(site, node, rules);
        let hides = hides_siblings(rules, node);
        let resource = if hides { resource } else { self.identify(site, node, resource, rules) };
        for (key, entry) in members {
            let Some(keyword) = keyword::find(key, rules) else { continue };
            if !hides || keyword.stands_beside_reference {
                self.ask(key, &entry.value);
                self.scan_below(&site.child(key), &entry.value, keyword.holds, (resource, rules));
            }
        }
    }

    fn scan_below(&mut self, site: &Site, value: &Node, holds: Holds, context: (ResourceIdx, Rules)) {
        let (resource, rules) = context;
        match (holds, &value.kind) {
            (Holds::Data, _) => {}
            (Holds::Schema | Holds::SchemaOrSchemas, NodeKind::Object(_)) => {
                self.scan(site, value, resource, rules);
            }
            (Holds::Schemas | Holds::SchemaOrSchemas, NodeKind::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.scan(&site.child(&index.to_string()), item, resource, rules);
                }
            }
            (Holds::Map, NodeKind::Object(members)) => {
                for (name, entry) in members {
                    self.scan(&site.child(name), &entry.value, resource, rules);
                }
            }
            _ => {}
        }
    }

    /// Notes which dynamic anchor a reference asks for.
    fn ask(&mut self, key: &str, value: &Node) {
        let name = match key {
            "$recursiveRef" => Some(RECURSIVE),
            "$dynamicRef" => value.as_str().and_then(|uri| uri.split_once('#')).map(|(_, name)| name),
            _ => None,
        };
        self.asked.extend(name.map(str::to_owned));
    }

    /// Gives the schema its identifiers, and returns the resource it belongs to.
    fn identify(&mut self, site: &Site, node: &Node, resource: ResourceIdx, rules: Rules) -> ResourceIdx {
        let key = if rules.dialect == Dialect::Draft4 { "id" } else { "$id" };
        let id = node.get(key).and_then(Node::as_str);
        let has_anchor_ids = rules.dialect <= Dialect::Draft7;
        let (uri, fragment) = id.map_or(("", ""), |id| id.split_once('#').unwrap_or((id, "")));
        let resource =
            if uri.is_empty() { resource } else { self.own(&site.child(key), site, uri, resource) };
        if has_anchor_ids && !fragment.is_empty() {
            self.anchor(site, key, fragment, resource, false);
        }
        if rules.dialect >= Dialect::Draft201909 {
            let text = |key| node.get(key).and_then(Node::as_str);
            text("$anchor").into_iter().for_each(|name| self.anchor(site, "$anchor", name, resource, false));
            if rules.dialect == Dialect::Draft202012 {
                text("$dynamicAnchor")
                    .into_iter()
                    .for_each(|name| self.anchor(site, "$dynamicAnchor", name, resource, true));
            } else if node.get("$recursiveAnchor").is_some_and(|it| it.kind == NodeKind::Bool(true)) {
                let own = &mut self.resources[resource.0];
                own.is_recursive |= own.root == *site;
            }
        }
        resource
    }

    /// Makes the schema at `site` a resource of its own, with the URI that `key_site` gives it.
    fn own(&mut self, key_site: &Site, site: &Site, uri: &str, around: ResourceIdx) -> ResourceIdx {
        let Some((base, _)) = self.resources[around.0].base.join(uri) else {
            let message = format!("`{uri}` is no URI reference that means something here");
            self.problem(key_site, "keyword-value", message, "write an absolute URI by RFC 3986");
            return around;
        };
        if let Some(first) = self.by_base.get(&base) {
            let first = self.resources[first.0].root.clone();
            if first != *site && self.value(&first) != self.value(site) {
                self.duplicate_id(key_site, &base, &first);
            }
        }
        if self.resources[around.0].root == *site {
            self.by_base.entry(base.clone()).or_insert(around);
            self.resources[around.0].base = base;
            return around;
        }
        self.add(base, site.clone())
    }

    fn value(&self, site: &Site) -> Option<serde_json::Value> {
        self.node(site).map(|node| node.to_value())
    }

    fn duplicate_id(&mut self, key_site: &Site, base: &Base, first: &Site) {
        let first = self.documents.place(first);
        let message = format!("`{base}` is the URI of another schema already, at {first}");
        self.problem(key_site, "duplicate-id", message, "give one of them another URI");
    }

    fn anchor(&mut self, site: &Site, key: &str, name: &str, resource: ResourceIdx, is_dynamic: bool) {
        match self.resources[resource.0].anchors.entry(name.to_owned()) {
            Slot::Vacant(slot) => {
                slot.insert(Anchor { site: site.clone(), is_dynamic });
            }
            Slot::Occupied(mut slot) if slot.get().site == *site => slot.get_mut().is_dynamic |= is_dynamic,
            Slot::Occupied(slot) => {
                let first = self.documents.place(&slot.get().site);
                let message = format!("the anchor `{name}` stands in this resource already, at {first}");
                self.problem(&site.child(key), "duplicate-anchor", message, "give one of them another name");
            }
        }
    }
}
