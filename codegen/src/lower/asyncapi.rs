//! AsyncAPI 3 documents → contracts.

mod channel;
mod message;
mod operation;

use super::schema::Lowering;
use crate::diagnostic::Diagnostic;
use crate::load::{Node, Site, from_node};
use crate::model::{Channel, Contract, Event, Extension, Server, Transport};

/// The keys at the root of a document (AsyncAPI 3.0, AsyncAPI Object), and ours.
const ROOT_KEYS: [&str; 9] = [
    "asyncapi",
    "id",
    "info",
    "servers",
    "defaultContentType",
    "channels",
    "operations",
    "components",
    EXTENSION,
];
const EXTENSION: &str = "x-handfast";

/// What is known of a document so far.
struct Reading<'r, 'd, 's> {
    lowering: &'r mut Lowering<'d, 's>,
    servers: Vec<Server>,
    /// How many servers the document names, those that can't be read included.
    n_servers: usize,
    channels: Vec<Channel>,
    /// Sites of the channels, in the same order.
    channel_sites: Vec<Site>,
    /// Sites of channels that no known transport carries.
    unusable_channels: Vec<Site>,
    events: Vec<Event>,
    /// Sites of the events, in the same order.
    event_sites: Vec<Site>,
}

/// Reads the document at `root`; problems go into `lowering`.
pub fn contract(lowering: &mut Lowering<'_, '_>, root: &Site) -> Option<Contract> {
    version(lowering, root)?;
    root_keys(lowering, root);
    let mut reading = Reading {
        lowering,
        servers: Vec::new(),
        n_servers: 0,
        channels: Vec::new(),
        channel_sites: Vec::new(),
        unusable_channels: Vec::new(),
        events: Vec::new(),
        event_sites: Vec::new(),
    };
    reading.servers(root);
    reading.channels(root);
    let exchanges = reading.operations(root);
    let rules = reading.extension(root);
    let info = root.child("info");
    let text = |key| reading.text(&info, key);
    Some(Contract {
        title: text("title").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        description: text("description"),
        rules,
        exchanges,
        files: reading.lowering.registry.documents.paths(),
        schemas: std::mem::take(&mut reading.lowering.schemas),
        servers: reading.servers,
        channels: reading.channels,
        events: reading.events,
    })
}

fn version(lowering: &mut Lowering<'_, '_>, root: &Site) -> Option<()> {
    let node = lowering.node(root)?;
    let version = node.get("asyncapi").and_then(Node::as_str).unwrap_or_default();
    if version.starts_with("3.") {
        return Some(());
    }
    let (message, help) = match version {
        "" => ("`asyncapi` must be a version, such as `3.0.0`".to_owned(), "quote it: asyncapi: \"3.0.0\""),
        _ => (
            format!("this is an AsyncAPI {version} document, and 3.x is wanted"),
            "convert it: npx @asyncapi/cli convert FILE --target-version=3.0.0",
        ),
    };
    lowering.problem(&root.child("asyncapi"), "asyncapi-version", message, help);
    None
}

fn root_keys(lowering: &mut Lowering<'_, '_>, root: &Site) {
    let Some(node) = lowering.node(root) else { return };
    let foreign =
        |key: &str| key.starts_with("x-") && crate::diagnostic::nearest(key, &[EXTENSION]).is_none();
    for key in node.as_object().into_iter().flat_map(|members| members.keys()) {
        if !ROOT_KEYS.contains(&key.as_str()) && !foreign(key) {
            let place = lowering.place(&root.child(key));
            lowering.problems.push(Diagnostic::unknown_key(
                place,
                "key of an AsyncAPI document",
                key,
                ROOT_KEYS,
            ));
        }
    }
}

impl Reading<'_, '_, '_> {
    /// The string under `key` of the object at `site`.
    fn text(&self, site: &Site, key: &str) -> Option<String> {
        Some(self.lowering.node(site)?.get(key)?.as_str()?.to_owned())
    }

    /// The keys of the object under `key` of `site`, each with its site.
    fn members(&mut self, site: &Site, key: &str) -> Vec<(String, Site)> {
        let object_site = site.child(key);
        let Some(node) = self.lowering.node(&object_site) else { return Vec::new() };
        if node.as_object().is_none() {
            let message = format!("`{key}` must be an object, not {}", node.type_name());
            self.lowering.problem(
                &object_site,
                "asyncapi-value",
                message,
                "see the AsyncAPI 3.0 specification",
            );
        }
        let keys = node.as_object().into_iter().flat_map(|members| members.keys());
        keys.map(|member| (member.clone(), object_site.child(member))).collect()
    }

    /// The sites of the elements of the array under `key` of `site`; `None` when it is absent.
    fn elements(&self, site: &Site, key: &str) -> Option<Vec<Site>> {
        let array_site = site.child(key);
        let node = self.lowering.node(&array_site)?;
        Some((0..node.as_array()?.len()).map(|index| array_site.child(&index.to_string())).collect())
    }

    /// Follows reference objects from `site` to the object that is meant.
    fn target(&mut self, site: &Site) -> Option<Site> {
        let mut site = site.clone();
        for _ in 0..32 {
            let Some(reference) = self.text(&site, "$ref") else { return Some(site) };
            site = self.lowering.resolve(&site, &reference)?;
        }
        self.lowering.problem(
            &site,
            "circular-reference",
            "references that lead in a circle",
            "break the circle",
        );
        None
    }

    fn servers(&mut self, root: &Site) {
        for (key, site) in self.members(root, "servers") {
            self.n_servers += 1;
            let Some(site) = self.target(&site) else { continue };
            let Some(protocol) = self.text(&site, "protocol") else {
                let message = format!("the server `{key}` has no `protocol`");
                self.lowering.problem(&site, "asyncapi-value", message, "add one: wss, sse or socketio");
                continue;
            };
            let host = self.text(&site, "host").unwrap_or_default();
            self.servers.push(Server { key, transport: Transport::from_protocol(&protocol), host });
        }
    }

    fn extension(&mut self, root: &Site) -> Extension {
        let site = root.child(EXTENSION);
        let Some(node) = self.lowering.node(&site) else { return Extension::default() };
        from_node(&node).unwrap_or_else(|misfit| {
            let mut place = self.lowering.place(&site);
            place.position = misfit.position.unwrap_or(place.position);
            let diagnostic = match misfit.unknown {
                Some((key, known)) => {
                    Diagnostic::unknown_key(place, "key known here", &key, known.iter().copied())
                }
                None => Diagnostic::new("extension", place, misfit.message)
                    .help("see the table of `x-handfast` in docs/contract.md"),
            };
            self.lowering.problems.push(diagnostic);
            Extension::default()
        })
    }
}
