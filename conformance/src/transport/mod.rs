//! Carries frames between the runner and a server; knows nothing of contracts, sessions or verdicts.
//!
//! A transport is a future that owns one connection. It takes [`Command`]s, and reports everything it sees as
//! [`Observed`] values with the time at which it saw them, from before the handshake ends until [`Observed::Closed`],
//! [`Observed::Refused`] or [`Observed::Unreachable`], after which it ends. It never drops a frame, and every wait
//! inside it has a bound. Commands are obeyed in order, from the end of the handshake on; a runner that drops its
//! [`Connection`] ends it at once.
//!
//! An answer that is HTTP but no acceptance is a refusal. An acceptance that breaks the protocol is
//! [`Observed::Malformed`], then [`Observed::Closed`]. Everything short of an HTTP answer is unreachable.
//!
//! Adding a transport is one file and one line in [`TRANSPORTS`].

mod connection;
pub mod event_stream;
pub mod http;
mod opening;
pub(crate) mod room;
mod socket;
pub(crate) mod socketio;
mod sse;
pub mod tls;
mod upgrade;
mod websocket;

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::Instant;
use url::Url;

pub use connection::{Connection, open};
pub(crate) use socketio::{engine, packet};

/// Every transport the runner speaks.
pub static TRANSPORTS: &[&dyn Transport] = &[&websocket::WebSocket, &sse::Sse, &socketio::SocketIo];

/// What moves one connection.
pub type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One way to carry events.
pub trait Transport: Sync {
    /// The kind of endpoint this transport opens.
    fn kind(&self) -> Kind;
    /// The task that opens `endpoint`, obeys the commands of `link` and reports to it.
    fn open(&self, endpoint: Endpoint, link: Link) -> Task;
}

/// What carries the events of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// RFC 6455.
    WebSocket,
    /// WHATWG EventSource.
    Sse,
    /// Socket.IO protocol 5 over Engine.IO protocol 4.
    SocketIo,
}

/// How Engine.IO carries its packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineMode {
    /// HTTP long-polling only.
    Polling,
    /// WebSocket from the first byte.
    WebSocket,
    /// HTTP long-polling, upgraded to WebSocket: what the official clients do.
    #[default]
    Upgrade,
}

/// Where to connect and what to say in the handshake.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Scheme (`http` or `https`; a WebSocket maps it to `ws` or `wss`), authority, path and query. For Socket.IO the
    /// path is Engine.IO's (`/socket.io/`).
    pub url: Url,
    /// Request headers, in order.
    pub headers: Vec<(String, String)>,
    /// WebSocket subprotocols to offer, in order (RFC 6455, 4.1).
    pub subprotocols: Vec<String>,
    /// `Last-Event-ID` of an SSE resume.
    pub last_event_id: Option<String>,
    /// Socket.IO namespace, `/` when nothing else is said.
    pub namespace: String,
    /// Socket.IO CONNECT payload.
    pub auth: Option<Value>,
    /// How Engine.IO travels.
    pub engine: EngineMode,
    /// Trust anchors for `https` and `wss`.
    pub tls: Arc<rustls::ClientConfig>,
    /// Bounds on what the peer may do.
    pub limits: Limits,
}

/// Bounds on what a peer may do to us.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until the handshake (all of it: TCP, TLS, HTTP, CONNECT) is over.
    pub handshake: Duration,
    /// The largest message, in bytes.
    pub message_bytes: usize,
    /// How long a peer may leave what we write unread.
    pub write: Duration,
    /// How long a close handshake, or the body of a refusal, may take.
    pub close: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            message_bytes: 16 << 20,
            write: Duration::from_secs(10),
            close: Duration::from_secs(2),
        }
    }
}

/// What the runner tells a connection to do.
#[derive(Debug, Clone)]
pub enum Command {
    /// Send one event.
    Send(Outgoing),
    /// Send bytes as they are: a text message of a WebSocket; the argument of an event of that name (Socket.IO).
    Raw {
        /// The event's name; only Socket.IO puts it on the wire.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
    /// Answer the acknowledgement that the server asked for in [`Frame::ack`].
    Acknowledge {
        /// The id in the server's packet.
        id: u64,
        /// The arguments of the answer.
        arguments: Vec<Value>,
        /// Binary attachments, referred to as in [`Outgoing::attachments`].
        attachments: Vec<Vec<u8>>,
    },
    /// Ask the peer for an answer that it can only give after all it had queued before: a WebSocket ping, a Socket.IO
    /// CONNECT to a namespace nobody has. Answered by [`Observed::Barrier`] with the same number. SSE has none:
    /// [`Observed::Unsupported`].
    Barrier(u64),
    /// Close in the protocol's way.
    Close {
        /// WebSocket close code (RFC 6455, 7.4); other transports ignore it.
        code: u16,
        /// WebSocket close reason.
        reason: String,
    },
    /// Drop the connection without a word.
    Abort,
}

/// One event to send.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The event's name; only Socket.IO puts it on the wire.
    pub name: String,
    /// The frame's JSON: the arguments of a Socket.IO event, or one WebSocket text message each.
    pub arguments: Vec<Value>,
    /// Ask for an acknowledgement under this id (Socket.IO).
    pub ack: Option<u64>,
    /// Binary attachments, each referred to once by `{"_placeholder":true,"num":n}` in the arguments (Socket.IO), or
    /// one WebSocket binary message each.
    pub attachments: Vec<Vec<u8>>,
}

/// What a connection saw, and when.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// When the last byte was read.
    pub at: Instant,
    /// What it was; apart, because a queue has room for many, and most connections have few in it.
    pub what: Box<Observed>,
}

/// What a connection can see.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed {
    /// The handshake succeeded.
    Opened(Handshake),
    /// The server answered, and said no. The connection is over.
    Refused(Refusal),
    /// No server answered: DNS, TCP, TLS or time-out. The connection is over.
    Unreachable(String),
    /// An event.
    Frame(Frame),
    /// The answer to an acknowledgement that [`Outgoing::ack`] asked for.
    Acknowledged {
        /// The id that was sent.
        id: u64,
        /// The arguments of the answer.
        arguments: Vec<Value>,
        /// Binary attachments of the answer.
        attachments: Vec<Vec<u8>>,
    },
    /// The answer to [`Command::Barrier`].
    Barrier(u64),
    /// Bytes that are no frame of this protocol. The connection goes on if the protocol lets it.
    Malformed {
        /// What was read, cut to a printable length.
        raw: String,
        /// Why it is no frame.
        reason: String,
    },
    /// A command that this transport cannot obey, and why. Nothing was sent; the connection goes on.
    Unsupported(String),
    /// A sign of life below the level of events: `ping` or `pong` of WebSocket, `ping` of Engine.IO, SSE's `comment`.
    Keepalive(&'static str),
    /// The connection is over.
    Closed(Closing),
}

/// What a successful handshake said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Handshake {
    /// HTTP status: 101, 200.
    pub status: u16,
    /// Response headers, in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The subprotocol the server chose.
    pub subprotocol: Option<String>,
    /// Socket.IO: the payload of the CONNECT reply.
    pub connect: Option<Value>,
}

/// How a server said no.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Refusal {
    /// HTTP status, where HTTP said no.
    pub status: Option<u16>,
    /// Response headers, in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The HTTP body, cut to 64 KiB; the message of Engine.IO's JSON error or of Socket.IO's CONNECT_ERROR.
    pub message: String,
    /// Engine.IO's JSON error, or the data of Socket.IO's CONNECT_ERROR.
    pub data: Option<Value>,
    /// What the server sent to the client that it had refused, as it stood on the wire, cut to a printable length
    /// (Socket.IO).
    pub after: Vec<String>,
}

/// One event as it arrived.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// The name the transport gives the event: Socket.IO's event name, SSE's `event` field (`message` when absent).
    /// A WebSocket gives none.
    pub name: Option<String>,
    /// SSE: the last event id after this event (empty ids included), as EventSource reports it; none before the
    /// first.
    pub id: Option<String>,
    /// The event's JSON: one value for a WebSocket message or SSE data, the arguments for Socket.IO.
    pub arguments: Vec<Value>,
    /// The id of the acknowledgement that the server asks for (Socket.IO).
    pub ack: Option<u64>,
    /// Binary attachments; for a binary WebSocket message, the one message.
    pub attachments: Vec<Vec<u8>>,
    /// The text on the wire, cut to a printable length.
    pub raw: String,
}

/// How a connection ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Closing {
    /// Who ended it.
    pub by: Peer,
    /// WebSocket close code: the one received; ours where we gave the connection up; 1005 for a close without one;
    /// 1006 when the connection just broke (RFC 6455, 7.1.5).
    pub code: Option<u16>,
    /// WebSocket close reason, Socket.IO's disconnect, the I/O error.
    pub reason: String,
    /// Whether the protocol's closing handshake took place.
    pub clean: bool,
}

/// A side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Peer {
    /// The runner.
    Client,
    /// The server under test.
    #[default]
    Server,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "client",
            Self::Server => "server",
        })
    }
}

/// A connection's ends as its task sees them.
#[derive(Debug)]
pub struct Link {
    /// What to do.
    pub commands: mpsc::Receiver<Box<Command>>,
    /// Where to report.
    pub observer: Observer,
}

/// Takes what a connection saw to the runner.
#[derive(Debug, Clone)]
pub struct Observer(mpsc::Sender<Sighting>);

impl Observer {
    /// Reports `what`, seen now; waits while the runner has too much to read.
    pub fn saw(&self, what: Observed) -> impl Future<Output = ()> {
        let n_bytes = room::size(&what);
        room::put(&self.0, Sighting { at: Instant::now(), what: Box::new(what) }, n_bytes)
    }
}

/// The text of a value, or of several in an array, as it travels and is told: of JSON's notations the shortest.
pub(crate) fn json_text(value: &(impl Serialize + ?Sized)) -> String {
    // Values are always JSON; to write one as a formatter does takes three times as long.
    serde_json::to_string(value).unwrap_or_default()
}

/// `text` as it may stand in a message: cut to a readable length, without control characters.
pub(crate) fn printable<'t>(text: impl Into<Cow<'t, str>>) -> String {
    printable_up_to(text.into(), 1024)
}

/// A frame as it may stand in a report, which can fold what is long.
pub(crate) fn printable_frame<'t>(text: impl Into<Cow<'t, str>>) -> String {
    printable_up_to(text.into(), 16 << 10)
}

fn printable_up_to(text: Cow<'_, str>, max_chars: usize) -> String {
    // Control characters are below U+0020 and between U+007F and U+009F, of which the first byte is 0xC2.
    let is_plain =
        |byte: u8| ((byte >= b' ') | (byte == b'\n') | (byte == b'\t')) & (byte != 0x7f) & (byte != 0xc2);
    // To the end, whatever is found: many bytes at a time.
    if text.len() <= max_chars && text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
        return text.into_owned();
    }
    let mut shown = String::new();
    for (n, char) in text.chars().enumerate() {
        match char {
            _ if n == max_chars => {
                shown.push('…');
                break;
            }
            '\n' | '\t' => shown.push(char),
            _ if char.is_control() => shown.extend(char.escape_default()),
            _ => shown.push(char),
        }
    }
    shown
}
