//! What a Socket.IO connection says in one of its namespaces, whatever carried its packets.

use std::time::Duration;

use serde_json::Value;

use super::conversation::{Did, Reading, payload};
use crate::record::trace::{Content, Frame, Trace, What};
use crate::transport::Peer;
use crate::transport::engine::{self, Packet};
use crate::transport::packet::{self, Body, Call};

/// Whether the client asks for `namespace`.
pub fn joins(trace: &Trace, namespace: &str) -> bool {
    auth(trace, namespace).is_some()
}

/// What the client says when it asks for `namespace`; `null` where that is nothing.
pub fn auth(trace: &Trace, namespace: &str) -> Option<Value> {
    let client = trace.frames().filter(|(_, frame)| frame.from == Peer::Client);
    client.filter_map(|(_, frame)| packet_of(frame)).find_map(|packet| match packet {
        packet::Packet { namespace: found, body: Body::Connect(auth) } if is_same(&found, namespace) => {
            Some(auth.unwrap_or_default())
        }
        _ => None,
    })
}

fn is_same(found: &str, address: &str) -> bool {
    found.trim_matches('/') == address.trim_matches('/')
}

fn packet_of(frame: &Frame) -> Option<packet::Packet> {
    let Content::Text { text } = &frame.content else { return None };
    match engine::decode(text) {
        Ok(Packet::Text(text)) => packet::decode(&text).ok(),
        _ => None,
    }
}

/// A binary packet whose attachments are still coming.
struct Partial {
    at: Duration,
    from: Peer,
    body: Body,
    n_wanted: usize,
    attachments: Vec<String>,
}

/// Reads the packets of one namespace.
struct Packets<'p, 'r> {
    reading: &'p mut Reading<'r>,
    namespace: String,
    /// Of each side: the packet that waits for its attachments.
    partial: [Option<Partial>; 2],
    /// Acknowledgements that are still to come: who asked, the id, and the turn.
    asked: Vec<(Peer, u64, usize)>,
    is_over: bool,
}

/// Reads what is said on the channel of `reading`.
pub fn read(reading: &mut Reading<'_>) {
    let namespace = reading.protocol.contract.channels[reading.channel_idx].address.clone();
    let trace = reading.trace;
    let mut packets =
        Packets { reading, namespace, partial: [None, None], asked: Vec::new(), is_over: false };
    for entry in &trace.entries {
        match &entry.what {
            What::Exchange(exchange) => packets.reading.exchange(entry.at, exchange),
            What::Frame(_) if packets.is_over => {}
            What::Frame(frame) => packets.frame(entry.at, frame),
        }
    }
    if !packets.is_over {
        let last = packets.reading.last_at();
        let end = match trace.end {
            Some(Peer::Server) => Did::Closed { by: Peer::Server, code: None },
            _ => Did::Dropped,
        };
        packets.reading.turn(last, end);
    }
}

impl Packets<'_, '_> {
    fn frame(&mut self, at: Duration, frame: &Frame) {
        match &frame.content {
            Content::Text { .. } => {
                if let Some(packet) = packet_of(frame) {
                    self.packet(at, frame.from, packet);
                }
            }
            Content::Binary { base64 } => self.attachment(frame.from, base64),
            Content::Lost { reason } => self.reading.note(format!("{reason} was left out")),
            _ => {}
        }
    }

    fn packet(&mut self, at: Duration, from: Peer, packet: packet::Packet) {
        let n_wanted = match &packet.body {
            Body::Event(call) | Body::Ack(call) => call.attachments.unwrap_or_default(),
            _ => 0,
        };
        if n_wanted > 0 {
            // Attachments follow their packet, whatever its namespace.
            let is_ours = is_same(&packet.namespace, &self.namespace);
            let body = if is_ours { packet.body } else { Body::Disconnect };
            self.partial[from as usize] = Some(Partial { at, from, body, n_wanted, attachments: Vec::new() });
        } else if is_same(&packet.namespace, &self.namespace) {
            self.body(at, from, packet.body, Vec::new());
        }
    }

    fn attachment(&mut self, from: Peer, base64: &str) {
        let Some(partial) = &mut self.partial[from as usize] else { return };
        // What was not ours has its attachments counted, and nothing else.
        partial.attachments.push(base64.to_owned());
        if partial.attachments.len() < partial.n_wanted {
            return;
        }
        if let Some(partial) = self.partial[from as usize].take()
            && !matches!(partial.body, Body::Disconnect)
        {
            self.body(partial.at, partial.from, partial.body, partial.attachments);
        }
    }

    fn body(&mut self, at: Duration, from: Peer, body: Body, attachments: Vec<String>) {
        match body {
            Body::Event(call) => self.event(at, from, call, attachments),
            Body::Ack(call) => self.acknowledgement(from, call),
            Body::ConnectError(data) => {
                let message =
                    data.get("message").and_then(Value::as_str).or(data.as_str()).map(str::to_owned);
                self.over(at, Did::Refused { status: None, message });
            }
            Body::Disconnect => self.over(at, Did::Closed { by: from, code: None }),
            Body::Connect(_) => {}
        }
    }

    fn over(&mut self, at: Duration, did: Did) {
        self.is_over = true;
        self.reading.turn(at, did);
    }

    fn event(&mut self, at: Duration, from: Peer, call: Call, attachments: Vec<String>) {
        let Call { id, arguments, .. } = call;
        let name = arguments.first().and_then(Value::as_str).map(str::to_owned);
        let payload = payload(arguments);
        let Some(event) = self.reading.known(from, name.as_deref(), &payload) else { return };
        if let Some(id) = id {
            self.asked.push((from, id, self.reading.conversation.turns.len()));
        }
        let did = match from {
            Peer::Client => Did::Sent { event, payload, acknowledged: None, attachments },
            Peer::Server => Did::Came { event, payload, acknowledge: None },
        };
        self.reading.turn(at, did);
    }

    fn acknowledgement(&mut self, from: Peer, call: Call) {
        let is_asked = |(by, id, _): &(Peer, u64, usize)| *by != from && Some(*id) == call.id;
        let Some(n) = self.asked.iter().position(is_asked) else { return };
        let (_, _, turn) = self.asked.swap_remove(n);
        match &mut self.reading.conversation.turns[turn].did {
            Did::Sent { acknowledged: answer, .. } | Did::Came { acknowledge: answer, .. } => {
                *answer = Some(Value::Array(call.arguments));
            }
            _ => {}
        }
    }
}
