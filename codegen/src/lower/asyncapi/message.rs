//! Messages: the events of a contract, and the schemas of their payloads.

use super::Reading;
use crate::dialect::Dialect;
use crate::load::{Node, Site};
use crate::lower::registry::dialect_of;
use crate::model::{Event, EventIdx, SchemaIdx};
use crate::pointer::last_token;

/// Schema formats that are JSON Schema, by the part before the parameters.
const SCHEMA_FORMATS: [&str; 5] = [
    "application/schema+json",
    "application/schema+yaml",
    "application/vnd.aai.asyncapi",
    "application/vnd.aai.asyncapi+json",
    "application/vnd.aai.asyncapi+yaml",
];

impl Reading<'_, '_, '_> {
    /// The event of the message at `site`, which is listed under `key`.
    pub(super) fn event(&mut self, key: &str, site: &Site) -> Option<EventIdx> {
        let target = self.target(site)?;
        if let Some(index) = self.event_sites.iter().position(|known| *known == target) {
            return Some(EventIdx(index));
        }
        let is_listed_here = target == *site;
        let own_key = if is_listed_here { key.to_owned() } else { last_token(&target.pointer) };
        let payload_site = target.child("payload");
        let payload = self.lowering.node(&payload_site).is_some().then(|| self.payload(&payload_site));
        let event = Event {
            name: self.message_text(&target, "name").unwrap_or(own_key),
            title: self.message_text(&target, "title"),
            description: self
                .message_text(&target, "description")
                .or_else(|| self.message_text(&target, "summary")),
            payload: payload.flatten(),
            location: self.lowering.location(&target),
        };
        self.events.push(event);
        self.event_sites.push(target);
        Some(EventIdx(self.events.len() - 1))
    }

    /// A text of a message or of its traits (AsyncAPI 3.0, Traits Merge Mechanism: the message's own wins).
    fn message_text(&mut self, site: &Site, key: &str) -> Option<String> {
        let own = self.text(site, key);
        own.or_else(|| {
            let traits = self.elements(site, "traits").unwrap_or_default();
            traits.iter().rev().find_map(|one| {
                let target = self.target(one)?;
                self.text(&target, key)
            })
        })
    }

    /// The schema of a payload, whether bare or in a multi-format schema object.
    pub(super) fn payload(&mut self, site: &Site) -> Option<SchemaIdx> {
        let node = self.lowering.node(site)?;
        let Some(format) = node.get("schemaFormat") else { return Some(self.lowering.schema(site)) };
        let format = format.as_str().unwrap_or_default();
        let media_type = format.split(';').next().unwrap_or_default().trim();
        if !SCHEMA_FORMATS.contains(&media_type) {
            let message = format!("the schema format `{format}` is none that Handfast reads");
            let help = "write the payload as JSON Schema: application/schema+json;version=draft-2020-12";
            self.lowering.problem(&site.child("schemaFormat"), "schema-format", message, help);
            return None;
        }
        if media_type.starts_with("application/schema+")
            && format.contains("version=")
            && dialect_of(format).is_none()
        {
            let message = format!("the schema format `{format}` names a dialect that is not known");
            let known = Dialect::ALL.map(Dialect::name).join(", ");
            let help = format!("write `version=draft-…` with one of: {known}");
            self.lowering.problem(&site.child("schemaFormat"), "unsupported-dialect", message, &help);
        }
        node.get("schema").map(|_| self.lowering.schema(&site.child("schema")))
    }

    /// What a Socket.IO acknowledgement carries, from the `x-ack` of the object at `site`.
    pub(super) fn x_ack(&mut self, site: &Site) -> Option<SchemaIdx> {
        let ack = site.child("x-ack");
        let has_arguments =
            self.lowering.node(&ack)?.get("args").is_some_and(|args| args.as_object().is_some());
        Some(self.lowering.schema(&if has_arguments { ack.child("args") } else { ack }))
    }

    /// The site of the message behind an event.
    pub(super) fn event_site(&self, event: EventIdx) -> Site {
        self.event_sites[event.0].clone()
    }

    /// The keys of the messages of a channel, with the events behind them.
    pub(super) fn channel_events(&mut self, channel: &Site) -> Vec<EventIdx> {
        let messages = self.members(channel, "messages");
        messages.iter().filter_map(|(key, site)| self.event(key, site)).collect()
    }

    /// The events behind an array of references to messages.
    pub(super) fn listed_events(&mut self, messages: &[Site]) -> Vec<EventIdx> {
        let key = |node: &Node| node.get("$ref").and_then(Node::as_str).map(last_token);
        let mut events = Vec::new();
        for site in messages {
            let name = self.lowering.node(site).and_then(|node| key(&node)).unwrap_or_default();
            events.extend(self.event(&name, site));
        }
        events
    }
}
