//! What crossed the wire on one connection, and beside it: the model that recorders fill and sessions are written from.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::transport::{Kind, Peer};

/// The largest body of a request or an answer that is kept, in bytes.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// One connection, and the HTTP requests that were made while it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// What carries its events.
    pub kind: Kind,
    /// The request that opened it, and how it was answered.
    pub opening: Exchange,
    /// When it was opened, since the recording began.
    pub opened_at: Duration,
    /// What happened, in order of time.
    pub entries: Vec<Entry>,
    /// Who ended it; `None` while it stands.
    pub end: Option<Peer>,
    /// Whether something was left out for want of memory.
    pub is_cut: bool,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When, since the recording began.
    pub at: Duration,
    /// What.
    pub what: What,
}

/// What can happen on a connection, and beside it.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Something crossed the wire.
    Frame(Frame),
    /// An HTTP request out of band.
    Exchange(Box<Exchange>),
}

/// What crossed the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Who sent it.
    pub from: Peer,
    /// How it travelled.
    pub carrier: Carrier,
    /// What it says.
    pub content: Content,
    /// How many frames of the client came before it: what a server's frame can be an answer to.
    pub n_before: usize,
}

/// How a frame travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// A WebSocket.
    Websocket,
    /// HTTP long-polling of Engine.IO.
    Polling,
    /// An SSE stream.
    Stream,
}

/// What a frame says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "opcode", rename_all = "kebab-case")]
pub enum Content {
    /// A text message, or an Engine.IO packet.
    Text {
        /// It.
        text: String,
    },
    /// A binary message.
    Binary {
        /// It, in base64.
        base64: String,
    },
    /// A WebSocket ping.
    Ping {
        /// Its payload, in base64.
        base64: String,
    },
    /// A WebSocket pong.
    Pong {
        /// Its payload, in base64.
        base64: String,
    },
    /// A WebSocket close.
    Close {
        /// Its code; none where it carries none.
        code: Option<u16>,
        /// Its reason.
        reason: String,
    },
    /// A server-sent event.
    Event {
        /// Its `event` field, `message` when absent.
        name: String,
        /// Its `data`.
        data: String,
        /// The last event id after it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        id: Option<String>,
    },
    /// A comment of an SSE stream.
    Comment,
    /// A message that is too large to be kept, or bytes that are none.
    Lost {
        /// Why it is not here.
        reason: String,
    },
}

/// An HTTP request and its answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Request headers, in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The request's body.
    #[serde(skip_serializing_if = "Body::is_none", default)]
    pub body: Body,
    /// The status of the answer; none where there was no answer.
    pub status: Option<u16>,
    /// Response headers, in order, names in lower case.
    pub response_headers: Vec<(String, String)>,
    /// The answer's body.
    #[serde(skip_serializing_if = "Body::is_none", default)]
    pub response_body: Body,
    /// From the request to the end of the answer, in milliseconds.
    pub took_ms: u64,
}

/// The body of a request or an answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// There is none, or it is not worth keeping.
    #[default]
    None,
    /// Text.
    Text(String),
    /// So many bytes that are no text, or too many to be kept.
    Bytes(usize),
}

impl Body {
    /// The body that `bytes` are, of `n_bytes` in all.
    pub fn new(bytes: Vec<u8>, n_bytes: usize) -> Self {
        if n_bytes == 0 {
            return Self::None;
        }
        if bytes.len() < n_bytes {
            return Self::Bytes(n_bytes);
        }
        String::from_utf8(bytes).map_or(Self::Bytes(n_bytes), Self::Text)
    }

    /// Whether there is none.
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Its text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::None | Self::Bytes(_) => None,
        }
    }
}

impl Exchange {
    /// The value of a request header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The value of a response header, its name in lower case.
    pub fn response_header(&self, name: &str) -> Option<&str> {
        find(&self.response_headers, name)
    }

    /// The path, without its query.
    pub fn path_only(&self) -> &str {
        self.path.split_once('?').map_or(self.path.as_str(), |(path, _)| path)
    }

    /// The parameters of the query, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }
}

fn find<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

impl Trace {
    /// A connection that `opening` opened, or was to open.
    pub const fn new(kind: Kind, opening: Exchange, opened_at: Duration) -> Self {
        Self { kind, opening, opened_at, entries: Vec::new(), end: None, is_cut: false }
    }

    /// Brings the entries into the order of time, and counts what came before each of the server's frames.
    pub fn settle(&mut self) {
        self.entries.sort_by_key(|entry| entry.at);
        let mut n_client_frames = 0;
        for entry in &mut self.entries {
            let What::Frame(frame) = &mut entry.what else { continue };
            frame.n_before = n_client_frames;
            if frame.from == Peer::Client {
                n_client_frames += 1;
            }
        }
    }

    /// The frames, each with its time.
    pub fn frames(&self) -> impl Iterator<Item = (Duration, &Frame)> {
        self.entries.iter().filter_map(|entry| match &entry.what {
            What::Frame(frame) => Some((entry.at, frame)),
            What::Exchange(_) => None,
        })
    }
}

impl Content {
    /// How much memory it takes, about, in bytes.
    pub fn n_bytes(&self) -> usize {
        match self {
            Self::Text { text: bytes }
            | Self::Binary { base64: bytes }
            | Self::Ping { base64: bytes }
            | Self::Pong { base64: bytes }
            | Self::Close { reason: bytes, .. }
            | Self::Lost { reason: bytes } => bytes.len(),
            Self::Event { name, data, .. } => name.len() + data.len(),
            Self::Comment => 0,
        }
    }
}
