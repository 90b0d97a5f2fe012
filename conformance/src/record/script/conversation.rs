//! What a trace says, in the words of the contract: events, requests, and how the connection began and ended.

use std::time::Duration;

use handfast_codegen::model::{EventIdx, Side, Transport};
use serde_json::Value;

use super::connect::{Connect, connect};
use super::engine;
use crate::matcher::recognise::as_payload;
use crate::record::trace::{Content, Exchange, Frame, Trace, What};
use crate::session::Protocol;
use crate::transport::{Kind, Peer};

/// A conversation on one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// The channel, by its number in the contract.
    pub channel_idx: usize,
    /// Where the client connected, and as whom.
    pub connect: Connect,
    /// What happened, in order.
    pub turns: Vec<Turn>,
    /// Whether something was asked of the server before the client was there to see what comes of it.
    pub began_before: bool,
    /// What a session can't hold, or what the contract does not know.
    pub notes: Vec<String>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// When, since the recording began.
    pub at: Duration,
    /// What.
    pub did: Did,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Did {
    /// The client sent an event.
    Sent {
        /// It.
        event: EventIdx,
        /// Its payload.
        payload: Value,
        /// The arguments that acknowledged it.
        acknowledged: Option<Value>,
        /// Binary attachments, in base64.
        attachments: Vec<String>,
    },
    /// The server sent an event.
    Came {
        /// It.
        event: EventIdx,
        /// Its payload.
        payload: Value,
        /// The arguments with which the client acknowledged it.
        acknowledge: Option<Value>,
    },
    /// The client made a request out of band.
    Asked(Box<Exchange>),
    /// The server refused the connection.
    Refused {
        /// HTTP status.
        status: Option<u16>,
        /// Socket.IO's message.
        message: Option<String>,
    },
    /// The connection was closed.
    Closed {
        /// By whom.
        by: Peer,
        /// With this code.
        code: Option<u16>,
    },
    /// The client was gone.
    Dropped,
}

/// What was said in `trace`, for each channel of the contract that it used. What it used beside them is told to `notes`.
pub fn conversations(protocol: &Protocol, trace: &Trace, notes: &mut Vec<String>) -> Vec<Conversation> {
    let channels = protocol.contract.channels.iter().enumerate();
    let wanted = transport(trace.kind);
    let used = channels.filter(|(_, channel)| channel.transport == wanted && uses(trace, &channel.address));
    let found: Vec<_> =
        used.map(|(channel_idx, _)| Reading::new(protocol, trace, channel_idx).read()).collect();
    if found.is_empty() {
        let what = match trace.kind {
            Kind::WebSocket => "the WebSocket",
            Kind::Sse => "the stream",
            Kind::SocketIo => "the Socket.IO connection",
        };
        notes.push(format!(
            "{what} at {} is on no channel of the contract, and was left out",
            trace.opening.path_only()
        ));
    }
    found
}

const fn transport(kind: Kind) -> Transport {
    match kind {
        Kind::WebSocket => Transport::WebSocket,
        Kind::Sse => Transport::Sse,
        Kind::SocketIo => Transport::SocketIo,
    }
}

fn uses(trace: &Trace, address: &str) -> bool {
    match trace.kind {
        // A refused handshake of Engine.IO named no namespace.
        Kind::SocketIo => {
            engine::joins(trace, address)
                || trace.opening.status != Some(200) && trace.opening.status != Some(101)
        }
        Kind::WebSocket | Kind::Sse => {
            let path = trace.opening.path_only().trim_end_matches('/');
            path == format!("/{}", address.trim_matches('/')).trim_end_matches('/')
        }
    }
}

/// Reads a trace.
pub(super) struct Reading<'r> {
    pub(super) protocol: &'r Protocol,
    pub(super) trace: &'r Trace,
    pub(super) channel_idx: usize,
    pub(super) conversation: Conversation,
    n_unknown: usize,
    n_binary: usize,
}

impl<'r> Reading<'r> {
    fn new(protocol: &'r Protocol, trace: &'r Trace, channel_idx: usize) -> Self {
        let connect = connect(protocol, channel_idx, trace);
        let conversation =
            Conversation { channel_idx, connect, turns: Vec::new(), began_before: false, notes: Vec::new() };
        Self { protocol, trace, channel_idx, conversation, n_unknown: 0, n_binary: 0 }
    }

    fn read(mut self) -> Conversation {
        if let Some(refused) = self.refusal() {
            self.turn(self.trace.opened_at, refused);
            return self.conversation;
        }
        match self.trace.kind {
            Kind::SocketIo => engine::read(&mut self),
            Kind::WebSocket | Kind::Sse => self.entries(),
        }
        self.drop_login();
        if self.trace.is_cut {
            self.note("the recording ran out of memory, and what came later was left out".to_owned());
        }
        if self.n_unknown > 0 {
            self.note(format!(
                "{} of events that the contract does not know were left out",
                plural(self.n_unknown, "frame")
            ));
        }
        if self.n_binary > 0 {
            self.note(format!(
                "{} of a plain WebSocket, which no session can hold, were left out",
                plural(self.n_binary, "binary message")
            ));
        }
        self.conversation
    }

    pub(super) fn note(&mut self, note: String) {
        self.conversation.notes.push(note);
    }

    pub(super) fn turn(&mut self, at: Duration, did: Did) {
        self.conversation.turns.push(Turn { at, did });
    }

    fn refusal(&self) -> Option<Did> {
        let status = self.trace.opening.status;
        let is_open = match self.trace.kind {
            Kind::WebSocket => status == Some(101),
            Kind::Sse => status == Some(200),
            Kind::SocketIo => matches!(status, Some(101 | 200)),
        };
        (!is_open).then_some(Did::Refused { status, message: None })
    }

    fn entries(&mut self) {
        let mut closed = None;
        for entry in &self.trace.entries {
            match &entry.what {
                What::Exchange(exchange) => self.exchange(entry.at, exchange),
                What::Frame(frame) => {
                    if let Content::Close { code, .. } = frame.content {
                        closed = closed.or(Some((entry.at, frame.from, code)));
                    }
                    // What comes after a close was on its way, and nobody waited for it.
                    if closed.is_none() {
                        self.frame(entry.at, frame);
                    }
                }
            }
        }
        let last = self.last_at();
        match (closed, self.trace.end) {
            (Some((at, by, code)), _) => self.turn(at, Did::Closed { by, code }),
            (None, Some(Peer::Server)) => self.turn(last, Did::Closed { by: Peer::Server, code: None }),
            (None, _) => self.turn(last, Did::Dropped),
        }
    }

    pub(super) fn last_at(&self) -> Duration {
        self.trace.entries.last().map_or(self.trace.opened_at, |entry| entry.at)
    }

    fn frame(&mut self, at: Duration, frame: &Frame) {
        let (text, name) = match &frame.content {
            Content::Text { text } => (text, None),
            Content::Event { name, data, .. } => (data, Some(name.as_str())),
            Content::Binary { .. } => return self.n_binary += 1,
            Content::Lost { reason } => return self.note(format!("{reason} was left out")),
            Content::Ping { .. } | Content::Pong { .. } | Content::Close { .. } | Content::Comment => return,
        };
        match serde_json::from_str::<Value>(text) {
            Ok(payload) => self.event(at, frame.from, name, payload),
            Err(_) => self.note("a frame that is no JSON was left out".to_owned()),
        }
    }

    fn event(&mut self, at: Duration, from: Peer, name: Option<&str>, payload: Value) {
        let Some(event) = self.known(from, name, &payload) else { return };
        self.turn(at, did(from, event, payload));
    }

    /// The event of a frame. What the runner does by itself, what is noise and what the contract does not know is left out.
    pub(super) fn known(&mut self, from: Peer, name: Option<&str>, payload: &Value) -> Option<EventIdx> {
        let rules = &self.protocol.contract.rules;
        let stands = rules.name_pointer().map(|pointer| payload.pointer(pointer).and_then(Value::as_str));
        let name = stands.unwrap_or(name)?;
        let side = side(from);
        let events = self.protocol.direction(self.channel_idx, side);
        let Some(event) = events.iter().copied().find(|event| self.protocol.contract[*event].name == name)
        else {
            self.n_unknown += 1;
            return None;
        };
        let is_answered_by_runner = side == Side::Client
            && rules.heartbeat.as_ref().is_some_and(|beat| beat.from == Side::Server && beat.pong == name);
        (!rules.is_noise(name) && !is_answered_by_runner).then_some(event)
    }

    /// A request out of band, unless it is only for a page's files.
    pub(super) fn exchange(&mut self, at: Duration, exchange: &Exchange) {
        if !super::requests::is_of_interest(exchange) {
            return;
        }
        if let Some(reason) = super::requests::unspeakable(exchange) {
            return self.note(format!("{} {} was left out: {reason}", exchange.method, exchange.path_only()));
        }
        let is_early = at < self.trace.opened_at;
        if is_early && exchange.method == "GET" {
            return;
        }
        self.conversation.began_before |= is_early;
        self.turn(at, Did::Asked(Box::new(exchange.clone())));
    }

    /// Takes the event away that carries the token, where the runner sends it by itself.
    fn drop_login(&mut self) {
        let Some(carrier) = self.conversation.connect.carrier else { return };
        let is_login = |turn: &Turn| matches!(turn.did, Did::Sent { event, .. } if event == carrier);
        if let Some(first) = self.conversation.turns.iter().position(is_login) {
            self.conversation.turns.remove(first);
        }
    }
}

/// What `from` did with an event that asks for no acknowledgement.
fn did(from: Peer, event: EventIdx, payload: Value) -> Did {
    match from {
        Peer::Client => Did::Sent { event, payload, acknowledged: None, attachments: Vec::new() },
        Peer::Server => Did::Came { event, payload, acknowledge: None },
    }
}

/// What the arguments of a Socket.IO event come to.
pub(super) fn payload(mut arguments: Vec<Value>) -> Value {
    // The first is the event's name.
    if !arguments.is_empty() {
        arguments.remove(0);
    }
    as_payload(arguments)
}

const fn side(peer: Peer) -> Side {
    match peer {
        Peer::Client => Side::Client,
        Peer::Server => Side::Server,
    }
}

pub(super) fn plural(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
