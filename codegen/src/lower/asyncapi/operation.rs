//! Operations: who sends what, and what answers it.

use super::Reading;
use crate::load::Site;
use crate::model::{Answer, EventIdx, Exchange, Side, Transport};

impl Reading<'_, '_, '_> {
    /// Gives every event its directions, and returns the exchanges.
    pub(super) fn operations(&mut self, root: &Site) -> Vec<Exchange> {
        let mut exchanges = Vec::new();
        for (key, site) in self.members(root, "operations") {
            let Some(site) = self.target(&site) else { continue };
            let (Some(side), Some(channel)) = (self.action(&key, &site), self.operation_channel(&key, &site))
            else {
                continue;
            };
            let events = match self.elements(&site, "messages") {
                Some(messages) => self.listed_events(&messages),
                None => self.channel_events(&self.channel_sites[channel].clone()),
            };
            self.query_of_operation(channel, &site);
            if side == Side::Client {
                self.method_of_operation(channel, &site);
            }
            for event in &events {
                let mut exchange = self.exchange(*event, &site);
                if side == Side::Client && self.channels[channel].transport == Transport::Sse {
                    exchange = exchange.map(|exchange| self.answered(exchange, channel, &site));
                }
                let replies = exchange.as_ref().map(|exchange| exchange.replies.clone()).unwrap_or_default();
                self.direct(channel, side.other(), &replies);
                exchanges.extend(exchange);
            }
            self.direct(channel, side, &events);
        }
        for channel in &mut self.channels {
            for events in [&mut channel.sends, &mut channel.receives] {
                events.sort_unstable();
                events.dedup();
            }
        }
        exchanges
    }

    /// Lets `side` send `events` over a channel. A reply travels against its operation.
    fn direct(&mut self, channel: usize, side: Side, events: &[EventIdx]) {
        let channel = &mut self.channels[channel];
        match side {
            Side::Server => channel.sends.extend(events),
            Side::Client => channel.receives.extend(events),
        }
    }

    /// Takes the query of an HTTP binding, which AsyncAPI has for operations and not for channels.
    fn query_of_operation(&mut self, channel: usize, operation: &Site) {
        if self.channels[channel].query.is_none() {
            self.channels[channel].query = self.binding(operation, "query");
        }
    }

    /// Takes the method of an HTTP binding.
    fn method_of_operation(&mut self, channel: usize, operation: &Site) {
        let bindings = self.target(&operation.child("bindings"));
        let method = bindings.and_then(|bindings| self.text(&bindings.child("http"), "method"));
        let known = &mut self.channels[channel].method;
        *known = known.take().or(method);
    }

    fn action(&mut self, key: &str, site: &Site) -> Option<Side> {
        match self.text(site, "action").as_deref() {
            Some("send") => Some(Side::Server),
            Some("receive") => Some(Side::Client),
            other => {
                let message = match other {
                    Some(other) => {
                        format!("the operation `{key}` has the action `{other}`, which does not exist")
                    }
                    None => format!("the operation `{key}` has no `action`"),
                };
                let help = "write `action: send` (server to client) or `action: receive` (client to server)";
                self.lowering.problem(site, "asyncapi-value", message, help);
                None
            }
        }
    }

    /// The number of the operation's channel. What is wrong with a channel itself has been told.
    fn operation_channel(&mut self, key: &str, site: &Site) -> Option<usize> {
        let reference = site.child("channel");
        let target = match self.lowering.node(&reference) {
            Some(_) => Some(self.target(&reference)?),
            None => None,
        };
        let is = |known: &Site| Some(known) == target.as_ref();
        let found = self.channel_sites.iter().position(is);
        if found.is_none() && !self.unusable_channels.iter().any(is) {
            let message = format!("the operation `{key}` names no channel of this document");
            let help = "write `channel: { $ref: \"#/channels/…\" }`";
            self.lowering.problem(&reference, "asyncapi-value", message, help);
        }
        found
    }

    /// What answers `request`: the operation's reply, or an acknowledgement under `x-ack`.
    fn exchange(&mut self, request: EventIdx, operation: &Site) -> Option<Exchange> {
        let acknowledgement = self.x_ack(operation).or_else(|| self.x_ack(&self.event_site(request)));
        let reply = operation.child("reply");
        let reply = self.lowering.node(&reply).and_then(|_| self.target(&reply));
        let Some(reply) = reply else {
            let acknowledgement = acknowledgement?;
            return Some(Exchange {
                request,
                replies: Vec::new(),
                acknowledgement: Some(acknowledgement),
                answers: Vec::new(),
            });
        };
        let replies = match self.elements(&reply, "messages") {
            Some(messages) => self.listed_events(&messages),
            None => self.reply_channel(&reply),
        };
        if self.lowering.node(&reply.child("channel")).is_some() {
            return Some(Exchange { request, replies, acknowledgement, answers: Vec::new() });
        }
        let of_reply = replies.first().and_then(|reply| self.events[reply.0].payload);
        let acknowledgement = acknowledgement.or(of_reply);
        Some(Exchange { request, replies: Vec::new(), acknowledgement, answers: Vec::new() })
    }

    /// `exchange` of an HTTP request: a reply is the answer to that request, unless it comes over another channel.
    fn answered(&mut self, exchange: Exchange, channel: usize, operation: &Site) -> Exchange {
        let reply = operation.child("reply");
        let Some(reply) = self.lowering.node(&reply).and_then(|_| self.target(&reply)) else {
            return exchange;
        };
        let over = reply.child("channel");
        let over = self.lowering.node(&over).and_then(|_| self.target(&over));
        if over.is_some_and(|over| over != self.channel_sites[channel]) {
            return exchange;
        }
        let events = match self.elements(&reply, "messages") {
            Some(messages) => self.listed_events(&messages),
            None => exchange.replies.clone(),
        };
        let events = events.into_iter().filter(|event| *event != exchange.request);
        let answers = events.map(|event| self.answer(event)).collect();
        Exchange { replies: Vec::new(), acknowledgement: None, answers, ..exchange }
    }

    /// What the answer is like that an event stands for; its status is that of its HTTP binding.
    fn answer(&mut self, event: EventIdx) -> Answer {
        let bindings = self.target(&self.event_site(event).child("bindings"));
        let status = bindings.and_then(|bindings| {
            let status = self.lowering.node(&bindings.child("http").child("statusCode"))?;
            u16::try_from(status.to_value().as_u64()?).ok()
        });
        Answer { event, status, payload: self.events[event.0].payload }
    }

    fn reply_channel(&mut self, reply: &Site) -> Vec<EventIdx> {
        let channel = reply.child("channel");
        let target = self.lowering.node(&channel).and_then(|_| self.target(&channel));
        target.map(|channel| self.channel_events(&channel)).unwrap_or_default()
    }
}
