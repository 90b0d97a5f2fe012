//! What looks at bodies while they pass.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Bytes;

use crate::record::recorder::{ConnectionId, Recorder};
use crate::record::trace::{Body, Carrier, Content, Exchange, MAX_BODY_BYTES};
use crate::transport::engine::{self, Open, Packet};
use crate::transport::event_stream::{Item, Parser};
use crate::transport::{Kind, Limits, Peer};

/// Looks at a body while it passes.
pub trait Tap: Send {
    /// The next piece of it.
    fn data(&mut self, data: &Bytes);
    /// It is over; whether it is whole.
    fn end(self: Box<Self>, is_whole: bool);
    /// Nobody reads it to its end.
    fn dropped(self: Box<Self>);
}

/// A body that is kept while it passes, up to a bound.
#[derive(Debug, Default)]
pub struct Kept {
    bytes: Vec<u8>,
    n_bytes: usize,
    limit: usize,
}

impl Kept {
    /// Nothing yet, of a body that is called `content_type`; what can't be read is counted only.
    pub fn new(content_type: Option<&str>) -> Self {
        let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        let is_text = essence.ends_with("json")
            || essence.ends_with("x-www-form-urlencoded")
            || essence == "text/plain";
        Self { limit: if is_text { MAX_BODY_BYTES } else { 0 }, ..Self::default() }
    }

    /// Nothing yet, of a body that is to be read whatever it is called.
    pub fn readable() -> Self {
        Self { limit: Limits::default().message_bytes, ..Self::default() }
    }

    fn add(&mut self, data: &[u8]) {
        self.n_bytes += data.len();
        if self.n_bytes <= self.limit {
            self.bytes.extend_from_slice(data);
        } else {
            self.bytes = Vec::new();
        }
    }

    fn body(&mut self) -> Body {
        Body::new(std::mem::take(&mut self.bytes), self.n_bytes)
    }
}

/// The body of a request: what the answer's exchange will hold, and the packets of a polling client.
pub struct Asked {
    pub kept: Kept,
    pub into: Arc<Mutex<Body>>,
    pub packets: Option<(Arc<Recorder>, ConnectionId)>,
}

impl Asked {
    fn finish(mut self) {
        let body = self.kept.body();
        if let (Some((recorder, id)), Some(text)) = (&self.packets, body.text()) {
            recorder.payload(*id, Peer::Client, text);
        }
        *self.into.lock().unwrap_or_else(PoisonError::into_inner) = body;
    }
}

impl Tap for Asked {
    fn data(&mut self, data: &Bytes) {
        self.kept.add(data);
    }

    fn end(self: Box<Self>, _: bool) {
        self.finish();
    }

    fn dropped(self: Box<Self>) {
        self.finish();
    }
}

/// The body of an answer, and all that is known of its exchange.
pub struct Answered {
    pub kept: Kept,
    pub exchange: Exchange,
    pub asked: Arc<Mutex<Body>>,
    pub at: Duration,
    pub recorder: Arc<Recorder>,
    pub purpose: Purpose,
}

/// What an exchange is for.
pub enum Purpose {
    /// Something out of band, asked for while these connections stood.
    OutOfBand(Vec<ConnectionId>),
    /// A connection, which the server refuses.
    Refused(Kind),
    /// The handshake of Engine.IO.
    Engine,
    /// A poll of Engine.IO.
    Poll(ConnectionId),
}

impl Answered {
    fn finish(mut self) {
        let body = self.kept.body();
        let mut exchange = self.exchange;
        exchange.took_ms =
            u64::try_from(self.recorder.now().saturating_sub(self.at).as_millis()).unwrap_or(u64::MAX);
        exchange.body = std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        let is_good = exchange.status == Some(200);
        match self.purpose {
            Purpose::Engine if is_good => {
                open_engine(&self.recorder, &exchange, body.text().unwrap_or_default())
            }
            Purpose::Poll(id) if is_good => {
                self.recorder.payload(id, Peer::Server, body.text().unwrap_or_default());
            }
            // The server no longer knows the session.
            Purpose::Poll(id) => self.recorder.end(id, Peer::Server),
            Purpose::Engine => {
                self.recorder.refused(Kind::SocketIo, Exchange { response_body: body, ..exchange })
            }
            Purpose::Refused(kind) => {
                self.recorder.refused(kind, Exchange { response_body: body, ..exchange })
            }
            Purpose::OutOfBand(standing) => {
                let exchange = Exchange { response_body: body, ..exchange };
                self.recorder.exchange(self.at, &standing, &exchange);
            }
        }
    }
}

/// The connection that the payload of a polling handshake opens, with what came along.
fn open_engine(recorder: &Recorder, opening: &Exchange, payload: &str) {
    let mut packets = engine::decode_payload(payload);
    let Some((_, Ok(Packet::Open(data)))) = packets.next() else { return };
    let Ok(open) = Open::decode(&data) else { return };
    let id = recorder.engine(&open, opening);
    for (text, _) in packets {
        recorder.payload(id, Peer::Server, text);
    }
}

impl Tap for Answered {
    fn data(&mut self, data: &Bytes) {
        self.kept.add(data);
    }

    fn end(self: Box<Self>, _: bool) {
        self.finish();
    }

    fn dropped(self: Box<Self>) {
        // A poll is given up when the WebSocket has taken over, which is not the end of anything.
        if !matches!(self.purpose, Purpose::Poll(_)) {
            self.finish();
        }
    }
}

/// An SSE stream.
pub struct Streamed {
    pub recorder: Arc<Recorder>,
    pub id: ConnectionId,
    pub parser: Parser,
}

impl Streamed {
    fn saw(&self, content: Content) {
        self.recorder.frame(self.id, Peer::Server, Carrier::Stream, content);
    }
}

impl Tap for Streamed {
    fn data(&mut self, data: &Bytes) {
        let mut items = Vec::new();
        let read = self.parser.read(data, &mut items);
        for item in items {
            self.saw(match item {
                Item::Event(event) => Content::Event { name: event.name, data: event.data, id: event.id },
                Item::Comment => Content::Comment,
                Item::Malformed { reason, .. } => Content::Lost { reason },
            });
        }
        if read.is_err() {
            self.saw(Content::Lost { reason: "an event is too long".to_owned() });
            self.parser = Parser::new(Limits::default().message_bytes, None);
        }
    }

    fn end(self: Box<Self>, _: bool) {
        self.recorder.end(self.id, Peer::Server);
    }

    fn dropped(self: Box<Self>) {
        self.recorder.end(self.id, Peer::Client);
    }
}
