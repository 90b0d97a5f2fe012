//! Where schemas begin in a document of which only parts are schemas (AsyncAPI, OpenAPI).

use super::Registry;
use crate::dialect::Dialect;
use crate::load::{Node, NodeKind, Site};

/// Keys under which such documents hold one schema.
const SCHEMA_KEYS: [&str; 4] = ["payload", "headers", "schema", "x-ack"];
/// Keys under which such documents hold data.
const DATA_KEYS: [&str; 4] = ["examples", "example", "default", "enum"];

impl Registry<'_> {
    /// Learns the identifiers in all schemas at or below `site`.
    pub(super) fn scan_entries(&mut self, site: &Site, node: &Node) {
        match &node.kind {
            NodeKind::Object(members) => {
                for (key, entry) in members {
                    let child = site.child(key);
                    match key.as_str() {
                        key if DATA_KEYS.contains(&key) => {}
                        key if SCHEMA_KEYS.contains(&key) => self.scan_entry(&child, &entry.value),
                        "schemas" => {
                            let schemas = entry.value.as_object().into_iter().flatten();
                            schemas.for_each(|(name, schema)| {
                                self.scan_entry(&child.child(name), &schema.value);
                            });
                        }
                        _ => self.scan_entries(&child, &entry.value),
                    }
                }
            }
            NodeKind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.scan_entries(&site.child(&index.to_string()), item);
                }
            }
            _ => {}
        }
    }

    /// A schema, or a schema with its format (AsyncAPI 3.0, Multi Format Schema Object).
    fn scan_entry(&mut self, site: &Site, node: &Node) {
        let Some(format) = node.get("schemaFormat").and_then(Node::as_str) else { return self.ensure(site) };
        let schema = site.child("schema");
        if let Some(dialect) = dialect_of(format) {
            self.set_rules(&schema, dialect.into());
        }
        self.ensure(&schema);
    }
}

/// The dialect that a schema format such as `application/schema+json;version=draft-07` names.
pub fn dialect_of(format: &str) -> Option<Dialect> {
    let (media_type, parameters) = format.split_once(';')?;
    if !media_type.trim().starts_with("application/schema+") {
        return None;
    }
    let version = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("version="))?;
    Dialect::from_name(version.trim_matches('"'))
}
