//! A contract: who sends which events over which channels, and the rules they keep.

use std::ops::Index;
use std::path::PathBuf;

use super::{Extension, Location, Parameter, SchemaIdx, Schemas};

/// An event of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventIdx(pub(crate) usize);

/// A whole contract.
#[derive(Debug)]
pub struct Contract {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// `info.description`
    pub description: Option<String>,
    /// The servers.
    pub servers: Vec<Server>,
    /// The channels.
    pub channels: Vec<Channel>,
    /// The events, in the order of the document.
    pub events: Vec<Event>,
    /// Requests and what answers them.
    pub exchanges: Vec<Exchange>,
    /// The rules under `x-handfast`.
    pub rules: Extension,
    /// Every subschema.
    pub schemas: Schemas,
    /// The files it was read from, the document first.
    pub files: Vec<PathBuf>,
}

impl Index<EventIdx> for Contract {
    type Output = Event;
    fn index(&self, index: EventIdx) -> &Event {
        &self.events[index.0]
    }
}

impl Contract {
    /// Every event with its index.
    pub fn events(&self) -> impl Iterator<Item = (EventIdx, &Event)> {
        self.events.iter().enumerate().map(|(index, event)| (EventIdx(index), event))
    }

    /// The event of that name that `side` sends. The other side may send another of the same name.
    pub fn event(&self, side: super::Side, name: &str) -> Option<EventIdx> {
        self.direction(side).into_iter().find(|index| self[*index].name == name)
    }

    /// The channel of that key.
    pub fn channel(&self, key: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.key == key)
    }

    /// The events the server sends (or the client, for `receives`), each once, in the order of the document.
    pub fn direction(&self, side: super::Side) -> Vec<EventIdx> {
        let events = |channel: &Channel| match side {
            super::Side::Server => channel.sends.clone(),
            super::Side::Client => channel.receives.clone(),
        };
        let mut indices: Vec<_> = self.channels.iter().flat_map(events).collect();
        indices.sort_unstable();
        indices.dedup();
        indices
    }

    /// The answer to `request`, where the contract names one.
    pub fn exchange(&self, request: EventIdx) -> Option<&Exchange> {
        self.exchanges.iter().find(|exchange| exchange.request == request)
    }
}

/// A server that the document names.
#[derive(Debug, Clone)]
pub struct Server {
    /// The key in the document.
    pub key: String,
    /// Its protocol's transport; `None` for one that Handfast does not speak.
    pub transport: Option<Transport>,
    /// Host and port.
    pub host: String,
}

/// What carries the events of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// RFC 6455.
    WebSocket,
    /// WHATWG EventSource.
    Sse,
    /// Socket.IO protocol 5.
    SocketIo,
}

impl Transport {
    /// The transport behind an AsyncAPI `protocol`.
    pub fn from_protocol(protocol: &str) -> Option<Self> {
        match protocol.to_ascii_lowercase().as_str() {
            "ws" | "wss" | "websocket" => Some(Self::WebSocket),
            "sse" | "http" | "https" => Some(Self::Sse),
            "socketio" | "socket.io" | "socketio+ws" => Some(Self::SocketIo),
            _ => None,
        }
    }
}

/// A channel.
#[derive(Debug, Clone)]
pub struct Channel {
    /// The key in the document.
    pub key: String,
    /// Path of the endpoint, or Socket.IO namespace, with the names of parameters in braces.
    pub address: String,
    /// The parameters in the address, in its order.
    pub parameters: Vec<Parameter>,
    /// What carries it.
    pub transport: Transport,
    /// Server → client.
    pub sends: Vec<EventIdx>,
    /// Client → server.
    pub receives: Vec<EventIdx>,
    /// Schema of the query.
    pub query: Option<SchemaIdx>,
    /// Schema of the request's headers, those of the handshake where there is one.
    pub headers: Option<SchemaIdx>,
    /// The method of the HTTP requests that carry the client's events, where the contract names one.
    pub method: Option<String>,
    /// `description`
    pub description: Option<String>,
}

/// One kind of event.
#[derive(Debug, Clone)]
pub struct Event {
    /// The name on the wire.
    pub name: String,
    /// `title` of the message.
    pub title: Option<String>,
    /// `summary` and `description` of the message, or of the payload.
    pub description: Option<String>,
    /// What crosses the wire; `None` when the document says nothing.
    pub payload: Option<SchemaIdx>,
    /// Where the message stands.
    pub location: Location,
}

/// A request and what answers it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The request.
    pub request: EventIdx,
    /// The events that answer it, any one of them.
    pub replies: Vec<EventIdx>,
    /// The arguments of the Socket.IO acknowledgement that answers it.
    pub acknowledgement: Option<SchemaIdx>,
    /// What the HTTP answers are like, where it travels as an HTTP request.
    pub answers: Vec<Answer>,
}

/// An HTTP answer to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The event that stands for it.
    pub event: EventIdx,
    /// Its status; any success where the contract names none.
    pub status: Option<u16>,
    /// Its body.
    pub payload: Option<SchemaIdx>,
}
