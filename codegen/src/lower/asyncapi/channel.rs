//! Channels: where events travel, and how.

use super::Reading;
use crate::load::{Site, unescaped_token};
use crate::model::{Channel, Transport};

impl Reading<'_, '_, '_> {
    pub(super) fn channels(&mut self, root: &Site) {
        for (key, site) in self.members(root, "channels") {
            let Some(site) = self.target(&site) else { continue };
            let Some(transport) = self.transport(&key, &site) else {
                self.unusable_channels.push(site);
                continue;
            };
            let address = self.text(&site, "address").unwrap_or_else(|| "/".to_owned());
            let query = self.query(&site);
            let description = self.text(&site, "description").or_else(|| self.text(&site, "summary"));
            for (message_key, message) in self.members(&site, "messages") {
                self.event(&message_key, &message);
            }
            let (sends, receives) = (Vec::new(), Vec::new());
            let method = None;
            self.channels.push(Channel {
                key,
                address,
                transport,
                sends,
                receives,
                query,
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

    /// The schema of the query, from the bindings of the channel or operation at `site`.
    pub(super) fn query(&mut self, site: &Site) -> Option<crate::model::SchemaIdx> {
        let bindings = self.target(&site.child("bindings"))?;
        let binding = ["ws", "http"].map(|protocol| bindings.child(protocol).child("query"));
        let query = binding.into_iter().find(|site| self.lowering.node(site).is_some())?;
        Some(self.lowering.schema(&query))
    }
}

/// The last reference token of a pointer.
pub(super) fn last_token(reference: &str) -> String {
    let token = reference.rsplit_once('/').map_or(reference, |(_, token)| token);
    unescaped_token(token).into_owned()
}
