//! One namespace of a Socket.IO connection, as a state machine over Engine.IO packets; does no I/O.

use serde_json::Value;

use super::engine;
use super::packet::{self, Body, Call, Packet};
use crate::transport::{Closing, Frame, Handshake, Observed, Outgoing, Refusal, printable, printable_frame};

/// The most packets behind a refusal that are told.
const MAX_AFTER: usize = 16;
/// The namespaces of barriers, which no server has.
const BARRIER: &str = "/handfast-barrier-";

/// What one packet amounts to.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Step {
    /// What is to be reported.
    pub(super) saw: Vec<Observed>,
    /// What is to be sent.
    pub(super) reply: Vec<engine::Packet>,
    /// The end of the connection.
    pub(super) end: Option<Observed>,
}

/// The receiving side of a session.
#[derive(Debug)]
pub(super) struct Session {
    namespace: String,
    attachment_bytes: usize,
    /// What Engine.IO's handshake said, until the server lets us in.
    handshake: Option<Handshake>,
    /// How the server refused us, until it has shown that nothing comes behind that.
    refusal: Option<Refusal>,
    partial: Option<Partial>,
}

/// A binary packet whose attachments are still coming.
#[derive(Debug)]
struct Partial {
    packet: Packet,
    raw: String,
    wanted: usize,
    attachments: Vec<Vec<u8>>,
    bytes: usize,
}

impl Session {
    /// A session that waits to be let into `namespace` and takes `attachment_bytes` in one packet.
    pub(super) fn new(namespace: &str, handshake: Handshake, attachment_bytes: usize) -> Self {
        let namespace = namespace_name(namespace);
        Self { namespace, attachment_bytes, handshake: Some(handshake), refusal: None, partial: None }
    }

    /// Whether the server has refused us.
    pub(super) fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// How the server refused us, if it did.
    pub(super) fn refused(&mut self) -> Option<Observed> {
        self.refusal.take().map(Observed::Refused)
    }

    /// Whether the server has let us in.
    pub(super) fn is_open(&self) -> bool {
        self.handshake.is_none()
    }

    /// Takes one packet.
    pub(super) fn receive(&mut self, packet: engine::Packet) -> Step {
        match packet {
            engine::Packet::Ping(data) => Step {
                saw: vec![Observed::Keepalive("ping")],
                reply: vec![engine::Packet::Pong(data)],
                end: None,
            },
            engine::Packet::Text(text) => self.receive_text(&text),
            engine::Packet::Binary(bytes) => self.receive_binary(bytes),
            engine::Packet::Noop => Step::default(),
            engine::Packet::Close if self.refusal.is_some() => {
                Step { end: self.refused(), ..Step::default() }
            }
            engine::Packet::Close => closed("the server closed the Engine.IO session".to_owned()),
            engine::Packet::Open(_) | engine::Packet::Pong(_) | engine::Packet::Upgrade => {
                malformed(&engine::encode(&packet), "the Engine.IO packet is out of place")
            }
        }
    }

    fn receive_text(&mut self, text: &str) -> Step {
        let mut step = Step::default();
        if let Some(partial) = self.partial.take() {
            step.saw.push(Observed::Malformed {
                reason: format!(
                    "text came after {} of {} attachments",
                    partial.attachments.len(),
                    partial.wanted
                ),
                raw: partial.raw,
            });
        }
        let rest = match packet::decode(text) {
            Ok(packet) => self.receive_packet(packet, printable_frame(text)),
            Err(reason) => malformed(text, &reason),
        };
        step.saw.extend(rest.saw);
        Step { saw: step.saw, ..rest }
    }

    fn receive_packet(&mut self, packet: Packet, raw: String) -> Step {
        if self.refusal.is_some() {
            return self.receive_refused(&packet, raw);
        }
        if packet.namespace != self.namespace {
            return elsewhere(&packet, &raw);
        }
        match packet.body {
            Body::Connect(data) => match self.handshake.take() {
                Some(handshake) => saw(Observed::Opened(Handshake { connect: data, ..handshake })),
                None => malformed(&raw, "the namespace is joined already"),
            },
            Body::ConnectError(data) if !self.is_open() => {
                self.refusal = Some(refusal(&data));
                Step { reply: vec![barrier(0)], ..Step::default() }
            }
            Body::ConnectError(_) => malformed(&raw, "a refusal after the consent"),
            Body::Disconnect => {
                closed(format!("the server disconnected the client from `{}`", self.namespace))
            }
            Body::Event(Call { attachments: Some(wanted @ 1..), .. })
            | Body::Ack(Call { attachments: Some(wanted @ 1..), .. }) => {
                self.partial = Some(Partial { packet, raw, wanted, attachments: Vec::new(), bytes: 0 });
                Step::default()
            }
            Body::Event(call) => saw(event(call, Vec::new(), raw)),
            Body::Ack(call) => saw(acknowledged(call, Vec::new())),
        }
    }

    /// Takes what comes behind a refusal: nothing should, until the barrier is answered.
    fn receive_refused(&mut self, packet: &Packet, raw: String) -> Step {
        let is_barrier = packet.namespace.starts_with(BARRIER);
        if let Some(refusal) =
            self.refusal.as_mut().filter(|refusal| !is_barrier && refusal.after.len() < MAX_AFTER)
        {
            refusal.after.push(raw);
        }
        Step { end: if is_barrier { self.refused() } else { None }, ..Step::default() }
    }

    fn receive_binary(&mut self, bytes: Vec<u8>) -> Step {
        let Some(mut partial) = self.partial.take() else {
            return malformed(&format!("{} binary bytes", bytes.len()), "no packet asked for an attachment");
        };
        partial.bytes += bytes.len();
        if partial.bytes > self.attachment_bytes {
            return malformed(&partial.raw, "the attachments are too large");
        }
        partial.attachments.push(bytes);
        if partial.attachments.len() < partial.wanted {
            self.partial = Some(partial);
            return Step::default();
        }
        match partial.packet.body {
            Body::Event(call) => saw(event(call, partial.attachments, partial.raw)),
            Body::Ack(call) => saw(acknowledged(call, partial.attachments)),
            // Only these two have attachments.
            Body::Connect(_) | Body::Disconnect | Body::ConnectError(_) => Step::default(),
        }
    }
}

/// What a packet of another namespace is: the answer to a barrier, or out of place.
fn elsewhere(packet: &Packet, raw: &str) -> Step {
    let barrier = packet.namespace.strip_prefix(BARRIER).and_then(|n| n.parse().ok());
    match (barrier, &packet.body) {
        (Some(n), Body::ConnectError(_)) => saw(Observed::Barrier(n)),
        // The server has every namespace. We leave, and heed nothing of what is said there meanwhile.
        (Some(n), Body::Connect(_)) => {
            let leave = Packet { namespace: packet.namespace.clone(), body: Body::Disconnect };
            Step { reply: vec![text(&leave)], ..saw(Observed::Barrier(n)) }
        }
        (Some(_), _) => Step::default(),
        (None, _) => malformed(raw, &format!("the namespace `{}` was never joined", packet.namespace)),
    }
}

fn event(mut call: Call, attachments: Vec<Vec<u8>>, raw: String) -> Observed {
    let name = packet::event_name(&call.arguments).map(ToOwned::to_owned).ok();
    if name.is_some() {
        call.arguments.remove(0);
    }
    Observed::Frame(Frame { name, id: None, arguments: call.arguments, ack: call.id, attachments, raw })
}

fn acknowledged(call: Call, attachments: Vec<Vec<u8>>) -> Observed {
    // The decoder lets no acknowledgement pass without an id.
    Observed::Acknowledged { id: call.id.unwrap_or_default(), arguments: call.arguments, attachments }
}

/// CONNECT_ERROR carries `{message, data}`, or a bare string.
fn refusal(data: &Value) -> Refusal {
    let message = match data {
        Value::String(message) => message.clone(),
        _ => data.get("message").and_then(Value::as_str).unwrap_or_default().to_owned(),
    };
    let data = data.get("data").cloned();
    Refusal { message, data, ..Refusal::default() }
}

fn saw(what: Observed) -> Step {
    Step { saw: vec![what], ..Step::default() }
}

fn malformed(raw: &str, reason: &str) -> Step {
    saw(Observed::Malformed { raw: printable(raw), reason: reason.to_owned() })
}

fn closed(reason: String) -> Step {
    let closing = Closing { reason, clean: true, ..Closing::default() };
    Step { end: Some(Observed::Closed(closing)), ..Step::default() }
}

/// The name that goes on the wire.
fn namespace_name(namespace: &str) -> String {
    if namespace.starts_with('/') { namespace.to_owned() } else { format!("/{namespace}") }
}

/// Asks to be let into `namespace`.
pub(super) fn connect(namespace: &str, auth: Option<Value>) -> engine::Packet {
    text(&Packet { namespace: namespace_name(namespace), body: Body::Connect(auth) })
}

/// Leaves `namespace`.
pub(super) fn disconnect(namespace: &str) -> engine::Packet {
    text(&Packet { namespace: namespace_name(namespace), body: Body::Disconnect })
}

/// Asks a question that is answered after all the server had queued.
pub(super) fn barrier(n: u64) -> engine::Packet {
    connect(&format!("{BARRIER}{n}"), None)
}

/// The packets of an event.
///
/// # Errors
///
/// The name is reserved, or the arguments do not refer to each attachment once.
pub(super) fn send(namespace: &str, outgoing: Outgoing) -> Result<Vec<engine::Packet>, String> {
    let Outgoing { name, arguments, ack, attachments } = outgoing;
    let arguments = std::iter::once(Value::String(name)).chain(arguments).collect::<Vec<_>>();
    packet::event_name(&arguments)?;
    call(namespace, Body::Event, ack, arguments, attachments)
}

/// The packet of an event whose argument is `bytes`, which need not be JSON.
///
/// # Errors
///
/// They are no UTF-8: a text packet can't carry them.
pub(super) fn raw(namespace: &str, name: String, bytes: &[u8]) -> Result<Vec<engine::Packet>, String> {
    let argument =
        std::str::from_utf8(bytes).map_err(|error| format!("no packet carries these bytes: {error}"))?;
    let mut head =
        send(namespace, Outgoing { name, arguments: Vec::new(), ack: None, attachments: Vec::new() })?;
    for packet in &mut head {
        if let engine::Packet::Text(text) = packet {
            text.truncate(text.trim_end_matches(']').len());
            text.push_str(&format!(",{argument}]"));
        }
    }
    Ok(head)
}

/// The packets of an acknowledgement.
///
/// # Errors
///
/// The arguments do not refer to each attachment once.
pub(super) fn acknowledge(
    namespace: &str,
    id: u64,
    arguments: Vec<Value>,
    attachments: Vec<Vec<u8>>,
) -> Result<Vec<engine::Packet>, String> {
    call(namespace, Body::Ack, Some(id), arguments, attachments)
}

fn call(
    namespace: &str,
    body: fn(Call) -> Body,
    id: Option<u64>,
    arguments: Vec<Value>,
    attachments: Vec<Vec<u8>>,
) -> Result<Vec<engine::Packet>, String> {
    packet::check_placeholders(&arguments, attachments.len())?;
    let n = (!attachments.is_empty()).then_some(attachments.len());
    let body = body(Call { id, arguments, attachments: n });
    let head = text(&Packet { namespace: namespace_name(namespace), body });
    Ok(std::iter::once(head).chain(attachments.into_iter().map(engine::Packet::Binary)).collect())
}

fn text(packet: &Packet) -> engine::Packet {
    engine::Packet::Text(packet::encode(packet))
}
