//! A move: one payload that is sent, and what has to come of it.

use handfast_codegen::model::{Side, Transport};
use serde_json::{Value, json};

use super::address::{self, Address, Values, Worth};
use super::script::{Step, Steps, sent, set, step};
use super::subject::{KEY, Legality, Subject, Way, put};
use crate::generate::Frame;
use crate::pattern::EXACTLY;
use crate::session::{Piece, Protocol};

/// From how many bytes on a run of the same is written as one.
const RUN: usize = 24;

/// One payload that is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The number of its subject.
    pub subject_idx: usize,
    /// What is sent.
    pub sent: Sent,
    /// What it is about: the keyword that it breaks, the limit it is at, how the bytes are spoilt. Findings about the same are one.
    pub site: String,
    /// Where in the payload that is.
    pub at: String,
    /// What it is, for people.
    pub what: String,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    /// A payload that keeps its schema.
    Valid(Value),
    /// A payload that breaks its schema.
    Invalid(Value),
    /// Bytes that are no payload, or that parsers fall over.
    Raw(Vec<Piece>),
    /// Something usual, to an address with these values.
    To {
        /// The values of its parameters.
        values: Values,
        /// Whether the connection leads there, rather than a request.
        is_connection: bool,
    },
}

/// The kinds of moves. A session has moves of one kind only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Valid payloads.
    Valid,
    /// Payloads that break their schemas.
    Invalid,
    /// Bytes that are no payloads.
    Raw,
    /// Addresses with other values of their parameters.
    Address,
}

impl Kind {
    /// So many of them, in words.
    pub fn counted(self, n: u64) -> String {
        let (one, several) = match self {
            Self::Valid => ("valid payload", "valid payloads"),
            Self::Invalid => ("invalid payload", "invalid payloads"),
            Self::Raw => ("malformed frame", "malformed frames"),
            Self::Address => ("address", "addresses"),
        };
        format!("{n} {}", if n == 1 { one } else { several })
    }
}

impl Sent {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Valid(_) => Kind::Valid,
            Self::Invalid(_) => Kind::Invalid,
            Self::Raw(_) => Kind::Raw,
            Self::To { .. } => Kind::Address,
        }
    }
}

impl Move {
    /// The steps of the move, the one of that number in its session.
    pub fn steps(
        &self,
        number: usize,
        subject: &Subject,
        protocol: &Protocol,
        barrier: Option<&Step>,
    ) -> Steps {
        if let Sent::To { values, is_connection } = &self.sent {
            return self.visit(subject, protocol, values, *is_connection);
        }
        let mut steps = Vec::new();
        let mut names = Vec::new();
        if let (Some(opener), Sent::Valid(_)) = (&subject.opener, &self.sent) {
            let name = format!("{KEY}{number}");
            let payload = super::draw::plainest(protocol, opener.request);
            let asked = &protocol.contract[opener.request].name;
            steps.push(step("send", asked.as_str(), [("data", sent(&payload))]));
            let mut data = Value::Null;
            set(&mut data, &opener.key, &json!(format!("{{{{any as {name}}}}}")));
            steps.push(step("eventually", opener.reply.as_str(), [("data", data)]));
            names.push(name);
        }
        match (&subject.way, &self.sent) {
            (Way::Request { method, path }, what) => steps.extend(request(method, path, subject, what)),
            (Way::Message, Sent::Valid(payload)) => {
                steps.extend(valid(subject, &pinned(payload, subject, None, names.last()), protocol));
            }
            (Way::Message, Sent::Invalid(payload)) => {
                let payload = pinned(payload, subject, Some(&self.at), None);
                steps.extend(invalid(subject, &payload, protocol, barrier));
            }
            (Way::Message, Sent::Raw(pieces)) => {
                let event = (protocol.contract.channels[subject.channel_idx].transport
                    == Transport::SocketIo)
                    .then(|| ("event", json!(subject.name)));
                steps.push(step("raw", json!(pieces), event));
                steps.extend(barrier.cloned());
            }
            // That has been told.
            (Way::Message, Sent::To { .. }) => {}
        }
        steps
    }

    /// Connects, or sends a usual request, to an address with these values.
    fn visit(&self, subject: &Subject, protocol: &Protocol, values: &Values, is_connection: bool) -> Steps {
        let is_it = |known: &&Address| known.is_connection == is_connection;
        let Some(address) = subject.addresses.iter().find(is_it) else { return Steps::new() };
        let worth = address.worth(protocol, values);
        if is_connection {
            return vec![opening(protocol.contract.channels[address.channel_idx].transport, worth)];
        }
        let Way::Request { method, .. } = &subject.way else { return Steps::new() };
        let path = address::path(&protocol.contract.channels[address.channel_idx], values);
        let payload = pinned(&super::draw::plainest(protocol, subject.event), subject, None, None);
        let status = match worth {
            Worth::Valid if subject.legality == Legality::Accepted => json!("2xx"),
            Worth::Valid | Worth::Either => json!(["2xx", "4xx"]),
            Worth::Invalid => json!("4xx"),
        };
        let request = json!({ "method": method, "path": path, "body": payload });
        vec![step("request", request, [("response", json!({ "status": status }))])]
    }
}

/// `payload` with the values that the conversation decides, but for those around `broken`.
fn pinned(payload: &Value, subject: &Subject, broken: Option<&str>, key: Option<&String>) -> Value {
    let mut payload = sent(payload);
    if payload.get(EXACTLY).is_some() {
        return payload;
    }
    for (pointer, value) in &subject.pins {
        let is_near = |at: &str| pointer.starts_with(at) || at.starts_with(pointer.as_str());
        let is_key = value.as_str() == Some(&format!("{{{{{KEY}}}}}"));
        match key {
            _ if broken.is_some_and(is_near) => {}
            Some(key) if is_key => put(&mut payload, pointer, &json!(format!("{{{{{key}}}}}"))),
            // Nobody has brought the key of what is refused anyway.
            None if is_key => {}
            _ => put(&mut payload, pointer, value),
        }
    }
    payload
}

fn valid(subject: &Subject, payload: &Value, protocol: &Protocol) -> Steps {
    if subject.legality == Legality::Either {
        return vec![step(
            "send",
            subject.name.as_str(),
            [("data", payload.clone()), ("answered", json!(false))],
        )];
    }
    let refusal = protocol.contract.rules.refusal.as_ref();
    let refusing = refusal.and_then(|refusal| refusal.acknowledgement.clone());
    let accepted = refusing.map_or_else(|| json!("{{any}}"), |pattern| json!({ "$not": pattern }));
    let acknowledged = subject.n_acknowledged.map(|n| {
        let arguments = (0..n).map(|n| if n == 0 { accepted.clone() } else { json!("{{any}}") });
        ("acknowledged", arguments.collect())
    });
    let data = [("data", payload.clone())].into_iter().chain(acknowledged);
    let mut steps = vec![step("send", subject.name.as_str(), data)];
    match subject.replies.as_slice() {
        [] => {}
        [reply] => steps.push(step("eventually", reply.as_str(), [])),
        replies => {
            let courses = replies.iter().map(|reply| json!({ "steps": [{ "eventually": reply }] }));
            steps.push(step("one-of", courses.collect::<Value>(), []));
        }
    }
    steps
}

fn invalid(subject: &Subject, payload: &Value, protocol: &Protocol, barrier: Option<&Step>) -> Steps {
    let refusal = protocol.contract.rules.refusal.clone().unwrap_or_default();
    let mut members = vec![("data", payload.clone()), ("invalid", json!(true)), ("answered", json!(false))];
    let acknowledged = refusal.acknowledgement.zip(subject.n_acknowledged);
    if let Some((pattern, n)) = &acknowledged {
        let arguments = (0..*n).map(|n| if n == 0 { pattern.clone() } else { json!("{{any}}") });
        members.push(("acknowledged", arguments.collect()));
    }
    let mut steps = vec![step("send", subject.name.as_str(), members)];
    let sent_here = protocol.direction(subject.channel_idx, Side::Server);
    let event =
        refusal.event.filter(|name| sent_here.iter().any(|event| protocol.contract[*event].name == *name));
    match event.filter(|_| acknowledged.is_none()) {
        Some(event) => steps.push(step("eventually", event, [])),
        None => steps.extend(barrier.cloned()),
    }
    steps
}

/// What comes of the handshake.
fn opening(transport: Transport, worth: Worth) -> Step {
    let refused = match transport {
        // The handshake of the engine is the same for all namespaces.
        Transport::SocketIo => json!({}),
        Transport::WebSocket | Transport::Sse => json!({ "status": "4xx" }),
    };
    match worth {
        Worth::Valid => step("accepted", json!({}), []),
        Worth::Invalid => step("refused", refused, []),
        Worth::Either => {
            let courses = [json!({ "accepted": {} }), json!({ "refused": refused })];
            let courses = courses.into_iter().map(|step| json!({ "steps": [step] }));
            step("one-of", courses.collect::<Value>(), [])
        }
    }
}

fn request(method: &str, path: &str, subject: &Subject, what: &Sent) -> Option<Step> {
    let (member, value, status) = match what {
        Sent::Valid(payload) if subject.legality == Legality::Either => {
            ("body", pinned(payload, subject, None, None), json!(["2xx", "4xx"]))
        }
        Sent::Valid(payload) => ("body", pinned(payload, subject, None, None), json!("2xx")),
        Sent::Invalid(payload) => ("body", sent(payload), json!("4xx")),
        Sent::Raw(pieces) => ("raw", json!(pieces), json!(["2xx", "4xx"])),
        Sent::To { .. } => return None,
    };
    let request = json!({ "method": method, "path": path, member: value });
    Some(step("request", request, [("response", json!({ "status": status }))]))
}

/// The bytes of a frame, piece by piece: what repeats is written once.
pub fn pieces(frame: &Frame) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain: Vec<u8> = Vec::new();
    for run in frame.bytes.chunk_by(|a, b| a == b) {
        if run.len() < RUN || !run[0].is_ascii_graphic() {
            plain.extend_from_slice(run);
            continue;
        }
        pieces.extend(piece(&std::mem::take(&mut plain)));
        let text = char::from(run[0]).to_string();
        pieces.push(Piece { text: Some(text), times: Some(run.len()), ..Piece::default() });
    }
    pieces.extend(piece(&plain));
    pieces
}

fn piece(bytes: &[u8]) -> Option<Piece> {
    let text = std::str::from_utf8(bytes).ok().map(ToOwned::to_owned);
    let base64 = text.is_none().then(|| data_encoding::BASE64.encode(bytes));
    (!bytes.is_empty()).then_some(Piece { text, base64, times: None })
}
