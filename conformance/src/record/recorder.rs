//! Gathers what a proxy sees into traces, one per connection, and hands them out when their connections end.
//!
//! It keeps no more than [`MAX_BYTES`]; what comes beyond is passed on and not kept.

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use data_encoding::BASE64;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use super::trace::{Carrier, Content, Entry, Exchange, Frame, Trace, What};
use crate::transport::engine::{self, Open, Packet};
use crate::transport::{Kind, Peer};

/// How much is kept of all connections that stand, in bytes.
pub const MAX_BYTES: usize = 256 << 20;
/// How many requests are kept while no connection stands.
const MAX_EARLY: usize = 64;
/// What a frame takes beside its content, about.
const FRAME_BYTES: usize = 128;

/// A connection, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(u64);

/// What comes out of a recorder.
#[derive(Debug, Clone, PartialEq)]
pub enum Recorded {
    /// A connection, from its beginning to its end.
    Trace(Box<Trace>),
    /// A request that could not be passed on, and why.
    Unanswered(String),
}

/// Gathers traces. Tasks share it.
#[derive(Debug)]
pub struct Recorder {
    began: Instant,
    inner: Mutex<Inner>,
    finished: UnboundedSender<Recorded>,
}

#[derive(Debug, Default)]
struct Inner {
    n_connections: u64,
    live: BTreeMap<ConnectionId, Trace>,
    /// Socket.IO connections by their session ids.
    engines: HashMap<String, Engine>,
    /// What was asked while no connection stood; it belongs to the next.
    early: Vec<Entry>,
    n_bytes: usize,
}

#[derive(Debug, Clone, Copy)]
struct Engine {
    connection: ConnectionId,
    /// When the client was last heard of.
    seen: Instant,
    /// How long it may be silent.
    silence: Duration,
}

impl Recorder {
    /// A recorder that begins now, and where its traces come out.
    pub fn new() -> (Self, UnboundedReceiver<Recorded>) {
        let (finished, traces) = unbounded_channel();
        (Self { began: Instant::now(), inner: Mutex::default(), finished }, traces)
    }

    /// The time since the beginning.
    pub fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection that `opening` opened.
    pub fn open(&self, kind: Kind, opening: Exchange) -> ConnectionId {
        self.lock().open(kind, opening, self.now())
    }

    /// A connection that was refused: its trace is whole.
    pub fn refused(&self, kind: Kind, opening: Exchange) {
        let mut trace = Trace::new(kind, opening, self.now());
        trace.end = Some(Peer::Server);
        // Whoever writes traces may have gone; then nobody wants this one.
        let _ = self.finished.send(Recorded::Trace(Box::new(trace)));
    }

    /// A request could not be passed on.
    pub fn unanswered(&self, reason: &str) {
        let _ = self.finished.send(Recorded::Unanswered(reason.to_owned()));
    }

    /// Something crossed the wire.
    pub fn frame(&self, id: ConnectionId, from: Peer, carrier: Carrier, content: Content) {
        let at = self.now();
        let mut inner = self.lock();
        let n_bytes = content.n_bytes() + FRAME_BYTES;
        let is_full = inner.n_bytes + n_bytes > MAX_BYTES;
        let Some(trace) = inner.live.get_mut(&id) else { return };
        if is_full {
            trace.is_cut = true;
            return;
        }
        let frame = Frame { from, carrier, content, n_before: 0 };
        trace.entries.push(Entry { at, what: What::Frame(frame) });
        inner.n_bytes += n_bytes;
    }

    /// The connections that stand now: those that a request which begins now belongs to.
    pub fn standing(&self) -> Vec<ConnectionId> {
        self.lock().live.keys().copied().collect()
    }

    /// A request that began at `at`, when `standing` stood, has been answered.
    pub fn exchange(&self, at: Duration, standing: &[ConnectionId], exchange: &Exchange) {
        let mut inner = self.lock();
        let entry = Entry { at, what: What::Exchange(Box::new(exchange.clone())) };
        if standing.is_empty() {
            if inner.early.len() < MAX_EARLY {
                inner.early.push(entry);
            }
            return;
        }
        for id in standing {
            if let Some(trace) = inner.live.get_mut(id) {
                trace.entries.push(entry.clone());
            }
        }
    }

    /// The connection is over.
    pub fn end(&self, id: ConnectionId, by: Peer) {
        let trace = self.lock().end(id, by);
        if let Some(trace) = trace {
            let _ = self.finished.send(Recorded::Trace(Box::new(trace)));
        }
    }

    /// Ends everything that stands, as it is.
    pub fn finish(&self) {
        let traces: Vec<Trace> = mem::take(&mut self.lock().live).into_values().collect();
        for mut trace in traces {
            trace.settle();
            let _ = self.finished.send(Recorded::Trace(Box::new(trace)));
        }
    }

    /// The Engine.IO session `sid`, which an answer to `opening` opened. Its WebSocket is the same connection.
    pub(super) fn engine(&self, open: &Open, opening: &Exchange) -> ConnectionId {
        let mut inner = self.lock();
        if let Some(engine) = inner.engines.get(&open.sid) {
            return engine.connection;
        }
        let connection = inner.open(Kind::SocketIo, opening.clone(), self.now());
        let engine = Engine { connection, seen: Instant::now(), silence: open.silence };
        inner.engines.insert(open.sid.clone(), engine);
        connection
    }

    /// The connection of the Engine.IO session `sid`, of whose client something was heard.
    pub fn engine_of(&self, sid: &str) -> Option<ConnectionId> {
        let mut inner = self.lock();
        let engine = inner.engines.get_mut(sid)?;
        engine.seen = Instant::now();
        Some(engine.connection)
    }

    /// Packets of a polling payload. A packet that ends the session ends the connection.
    pub fn payload(&self, id: ConnectionId, from: Peer, payload: &str) {
        for (text, packet) in engine::decode_payload(payload) {
            let content = match packet {
                Ok(Packet::Binary(bytes)) => Content::Binary { base64: BASE64.encode(&bytes) },
                Ok(Packet::Close) => {
                    self.end(id, from);
                    return;
                }
                Ok(_) | Err(_) => Content::Text { text: text.to_owned() },
            };
            self.frame(id, from, Carrier::Polling, content);
        }
    }

    /// Ends polling sessions whose clients are gone: they have been silent for longer than their servers allow.
    pub fn end_silent(&self) {
        let gone: Vec<ConnectionId> = {
            let inner = self.lock();
            let polls = |engine: &&Engine| {
                let frames = inner.live.get(&engine.connection).map(|trace| &trace.entries);
                let is_socket = |entry: &Entry| matches!(&entry.what, What::Frame(frame) if frame.carrier == Carrier::Websocket);
                frames.is_some_and(|entries| !entries.iter().any(is_socket))
            };
            let silent = inner.engines.values().filter(|engine| engine.seen.elapsed() > engine.silence);
            silent.filter(polls).map(|engine| engine.connection).collect()
        };
        gone.into_iter().for_each(|id| self.end(id, Peer::Client));
    }
}

impl Inner {
    fn open(&mut self, kind: Kind, opening: Exchange, at: Duration) -> ConnectionId {
        self.n_connections += 1;
        let id = ConnectionId(self.n_connections);
        let mut trace = Trace::new(kind, opening, at);
        trace.entries = mem::take(&mut self.early);
        self.live.insert(id, trace);
        id
    }

    fn end(&mut self, id: ConnectionId, by: Peer) -> Option<Trace> {
        let mut trace = self.live.remove(&id)?;
        self.engines.retain(|_, engine| engine.connection != id);
        let n_bytes: usize = trace.frames().map(|(_, frame)| frame.content.n_bytes() + FRAME_BYTES).sum();
        self.n_bytes = self.n_bytes.saturating_sub(n_bytes);
        trace.end = Some(by);
        trace.settle();
        Some(trace)
    }
}
