//! Channels: where events travel, and how.

use super::Reading;
use crate::load::{Node, Site};
use crate::model::{Channel, Parameter, SchemaIdx, Transport, parameter_names};
use crate::pointer::last_token;

impl Reading<'_, '_, '_> {
    pub(super) fn channels(&mut self, root: &Site) {
        for (key, site) in self.members(root, "channels") {
            let Some(site) = self.target(&site) else { continue };
            let Some(transport) = self.transport(&key, &site) else {
                self.unusable_channels.push(site);
                continue;
            };
            let address = self.text(&site, "address").unwrap_or_else(|| "/".to_owned());
            let parameters = self.parameters(&address, &site);
            let query = self.binding(&site, "query");
            let headers = self.binding(&site, "headers");
            let description = self.text(&site, "description").or_else(|| self.text(&site, "summary"));
            for (message_key, message) in self.members(&site, "messages") {
                self.event(&message_key, &message);
            }
            let (sends, receives) = (Vec::new(), Vec::new());
            let method = None;
            self.channels.push(Channel {
                key,
                address,
                parameters,
                transport,
                sends,
                receives,
                query,
                headers,
                method,
                description,
            });
            self.channel_sites.push(site);
        }
    }

    /// The one transport of the servers the channel stands on. A document without servers says nothing of it, and is taken
    /// to mean WebSocket.
    fn transport(&mut self, key: &str, site: &Site) -> Option<Transport> {
        if self.n_servers == 0 {
            return Some(Transport::WebSocket);
        }
        let named = self.elements(site, "servers");
        let keys: Option<Vec<String>> = named.map(|servers| {
            servers
                .iter()
                .filter_map(|server| self.text(server, "$ref"))
                .map(|reference| last_token(&reference))
                .collect()
        });
        let on = |server: &&crate::model::Server| keys.as_ref().is_none_or(|keys| keys.contains(&server.key));
        let mut transports: Vec<_> =
            self.servers.iter().filter(on).filter_map(|server| server.transport).collect();
        transports.sort_unstable();
        transports.dedup();
        match transports.as_slice() {
            [transport] => return Some(*transport),
            [] => self.lowering.problem(
                site,
                "no-transport",
                format!("no server of the channel `{key}` speaks WebSocket, SSE or Socket.IO"),
                "give a server the protocol ws, wss, sse, http, https, socketio or socket.io",
            ),
            _ => self.lowering.problem(
                site,
                "two-transports",
                format!("the channel `{key}` stands on servers of several transports"),
                "name its servers under `servers`, or make it one channel per transport",
            ),
        }
        None
    }

    /// The parameters in the address of the channel at `site`, with what the channel says of them.
    fn parameters(&mut self, address: &str, site: &Site) -> Vec<Parameter> {
        let declared = self.members(site, "parameters");
        let mut parameters = Vec::new();
        for name in parameter_names(address) {
            let told = declared.iter().find(|(known, _)| known == name);
            let told = told.and_then(|(_, site)| self.target(site));
            parameters.push(told.map_or_else(Parameter::default, |site| self.parameter(&site)));
            if let Some(last) = parameters.last_mut() {
                name.clone_into(&mut last.name);
            }
        }
        parameters
    }

    /// What a parameter object says, but for its name (AsyncAPI 3.0, Parameter Object).
    fn parameter(&self, site: &Site) -> Parameter {
        const IN_PAYLOAD: &str = "$message.payload#";
        let texts = |key: &str| {
            let node = self.lowering.node(&site.child(key));
            let texts = node.as_ref().and_then(|node| node.as_array()).unwrap_or_default().iter();
            texts.filter_map(Node::as_str).map(str::to_owned).collect()
        };
        let location = self.text(site, "location");
        Parameter {
            name: String::new(),
            values: texts("enum"),
            default: self.text(site, "default"),
            examples: texts("examples"),
            pointer: location.and_then(|text| text.strip_prefix(IN_PAYLOAD).map(str::to_owned)),
        }
    }

    /// The schema under `key` in the bindings of the channel or operation at `site`.
    pub(super) fn binding(&mut self, site: &Site, key: &str) -> Option<SchemaIdx> {
        let bindings = self.target(&site.child("bindings"))?;
        let binding = ["ws", "http"].map(|protocol| bindings.child(protocol).child(key));
        let schema = binding.into_iter().find(|site| self.lowering.node(site).is_some())?;
        Some(self.lowering.schema(&schema))
    }
}
