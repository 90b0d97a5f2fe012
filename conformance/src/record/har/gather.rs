//! From entries to connections: which messages, polls and requests belong together.

use std::collections::HashMap;
use std::time::Duration;

use data_encoding::BASE64;
use jiff::Timestamp;

use super::entry::HarEntry;
use super::messages::{Message, attached as attached_messages, of_stream};
use super::{Attached, Har};
use crate::record::trace::{Carrier, Content, Entry, Exchange, Frame, Trace, What};
use crate::transport::engine::{self, Open, Packet};
use crate::transport::{Kind, Peer};

/// How much the clocks of a client and a server may differ where an event's own time has to do.
const SKEW: Duration = Duration::from_secs(5);

/// A connection, while it is put together.
struct Connection {
    trace: Trace,
    until: Duration,
}

struct Gathering<'g> {
    attached: &'g Attached<'g>,
    began: Timestamp,
    connections: Vec<Connection>,
    /// Socket.IO connections by their session ids.
    engines: HashMap<String, usize>,
    exchanges: Vec<(Duration, Exchange)>,
    har: Har,
}

/// What `entries` hold.
pub fn gather(mut entries: Vec<HarEntry>, attached: &Attached<'_>) -> Har {
    entries.sort_by_key(HarEntry::began);
    let began = entries.iter().find_map(HarEntry::began).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut gathering = Gathering {
        attached,
        began,
        connections: Vec::new(),
        engines: HashMap::new(),
        exchanges: Vec::new(),
        har: Har::default(),
    };
    entries.into_iter().for_each(|entry| gathering.entry(entry));
    gathering.finish()
}

impl Gathering<'_> {
    fn since(&self, at: Timestamp) -> Duration {
        Duration::try_from(at.duration_since(self.began)).unwrap_or_default()
    }

    fn entry(&mut self, mut entry: HarEntry) {
        // A WebSocket's file holds messages; that of a picture holds nothing that is needed.
        if !entry.is_socket()
            && entry.is_text()
            && let Err(reason) = entry.attach(self.attached)
        {
            self.note(format!("a body can't be read from {reason}"));
        }
        let at = entry.began().map_or_else(|| self.last(), |began| self.since(began));
        let exchange = entry.exchange();
        let query = exchange.query();
        let is_engine = query.iter().any(|(name, value)| name == "EIO" && value == "4");
        let sid = query.iter().find(|(name, _)| name == "sid").map(|(_, value)| value.clone());
        if entry.is_socket() {
            let messages = self.socket_messages(&mut entry);
            self.socket(at, exchange, is_engine, sid.as_deref(), messages);
        } else if is_engine {
            self.poll(at, entry.took(), exchange, sid.as_deref());
        } else if entry.is_stream() {
            self.stream(at, &mut entry, exchange);
        } else {
            self.exchanges.push((at, exchange));
        }
    }

    fn last(&self) -> Duration {
        self.exchanges.last().map(|(at, _)| *at).unwrap_or_default()
    }

    fn note(&mut self, note: String) {
        if !self.har.notes.contains(&note) {
            self.har.notes.push(note);
        }
    }

    fn socket_messages(&mut self, entry: &mut HarEntry) -> Vec<Message> {
        let mut found = entry.socket_messages.take().unwrap_or_default();
        if let Some(file) = entry.file() {
            match (self.attached)(file).and_then(|text| attached_messages(&text)) {
                Ok(messages) => found.extend(messages),
                Err(reason) => self.note(format!("the messages in {file} can't be read: {reason}")),
            }
        }
        if found.is_empty() {
            self.note(
                "a WebSocket has no messages in the file: whoever wrote it did not record them".to_owned(),
            );
        }
        let mut messages = Vec::new();
        for message in found {
            match message.message() {
                Ok(message) => messages.push(message),
                Err(reason) => self.note(format!("left out: {reason}")),
            }
        }
        messages
    }

    fn socket(
        &mut self,
        at: Duration,
        exchange: Exchange,
        is_engine: bool,
        sid: Option<&str>,
        messages: Vec<Message>,
    ) {
        let is_refused = exchange.status.is_some_and(|status| status >= 400);
        if !is_refused {
            self.note("a HAR holds neither pings and pongs, nor who closed a WebSocket, nor with which code: sessions end by `disconnect`".to_owned());
        }
        let opening =
            Exchange { status: Some(exchange.status.filter(|_| is_refused).unwrap_or(101)), ..exchange };
        let known = sid.and_then(|sid| self.engines.get(sid).copied());
        let connection = known.unwrap_or_else(|| {
            let kind = if is_engine { Kind::SocketIo } else { Kind::WebSocket };
            self.open(kind, at, opening)
        });
        self.frames(connection, at, Carrier::Websocket, messages);
    }

    fn open(&mut self, kind: Kind, at: Duration, opening: Exchange) -> usize {
        let mut trace = Trace::new(kind, opening, at);
        trace.end = Some(Peer::Client);
        self.connections.push(Connection { trace, until: at });
        self.connections.len() - 1
    }

    fn frames(&mut self, connection: usize, from: Duration, carrier: Carrier, messages: Vec<Message>) {
        let mut at = from;
        for message in messages {
            // What has no time comes right after what came before; no message comes before the one it stands behind.
            at = message.at.map_or(at, |time| self.since(time)).max(at);
            self.frame(connection, at, message.from, carrier, message.content);
        }
    }

    fn frame(&mut self, connection: usize, at: Duration, from: Peer, carrier: Carrier, content: Content) {
        let Connection { trace, until } = &mut self.connections[connection];
        *until = at.max(*until);
        let frame = Frame { from, carrier, content, n_before: 0 };
        trace.entries.push(Entry { at, what: What::Frame(frame) });
    }

    /// A request of Engine.IO's long-polling.
    fn poll(&mut self, at: Duration, took: Duration, exchange: Exchange, sid: Option<&str>) {
        let known = sid.and_then(|sid| self.engines.get(sid).copied());
        let is_good = exchange.status == Some(200);
        match (known, exchange.method.as_str()) {
            (Some(connection), "GET") => {
                self.payload(
                    connection,
                    at + took,
                    Peer::Server,
                    exchange.response_body.text().filter(|_| is_good),
                );
            }
            (Some(connection), _) => self.payload(connection, at, Peer::Client, exchange.body.text()),
            (None, "GET") if sid.is_none() => self.open_engine(at, took, exchange),
            (None, _) => {}
        }
    }

    fn open_engine(&mut self, at: Duration, took: Duration, exchange: Exchange) {
        let payload = exchange.response_body.text().unwrap_or_default().to_owned();
        let first = engine::decode_payload(&payload).next();
        let open = match first {
            Some((_, Ok(Packet::Open(data)))) => Open::decode(&data).ok(),
            _ => None,
        };
        let connection = self.open(Kind::SocketIo, at, exchange);
        if let Some(open) = open {
            self.engines.insert(open.sid, connection);
            self.payload(connection, at + took, Peer::Server, Some(&payload));
        }
    }

    fn payload(&mut self, connection: usize, at: Duration, from: Peer, payload: Option<&str>) {
        for (text, packet) in engine::decode_payload(payload.unwrap_or_default()) {
            let content = match packet {
                Ok(Packet::Binary(bytes)) => Content::Binary { base64: BASE64.encode(&bytes) },
                _ => Content::Text { text: text.to_owned() },
            };
            self.frame(connection, at, from, Carrier::Polling, content);
        }
    }

    fn stream(&mut self, at: Duration, entry: &mut HarEntry, exchange: Exchange) {
        let n_listed = entry.event_messages.as_ref().map(Vec::len);
        let is_listed = n_listed.is_some();
        let body = entry.text();
        let messages = of_stream(entry, body.as_deref());
        if n_listed.is_some_and(|n_listed| messages.len() < n_listed) {
            self.note("events of a stream have no data in the file: Chrome leaves it out unless it exports \"with sensitive data\"".to_owned());
        } else if messages.is_empty() && exchange.status == Some(200) {
            self.note(
                "a stream has no events in the file: Playwright and mitmproxy keep no body that did not end; docs/record.md says what does"
                    .to_owned(),
            );
        } else if !is_listed {
            self.note("a HAR without `_eventSourceMessages` does not say when events came: the times they say themselves are taken".to_owned());
        }
        let end = at + entry.took();
        let connection = self.open(
            Kind::Sse,
            at,
            Exchange { response_body: crate::record::trace::Body::None, ..exchange },
        );
        self.connections[connection].until = end;
        let is_near = |time: Duration| time + SKEW >= at && time <= end + SKEW;
        let messages = messages.into_iter().map(|message| {
            let near = message.at.filter(|time| is_listed || is_near(self.since(*time)));
            Message { at: near, ..message }
        });
        let messages: Vec<_> = messages.collect();
        self.frames(connection, at, Carrier::Stream, messages);
    }

    /// Gives each request to the connections that stood when it was made; those before the first one to the next.
    fn finish(mut self) -> Har {
        for (at, exchange) in std::mem::take(&mut self.exchanges) {
            let entry = Entry { at, what: What::Exchange(Box::new(exchange)) };
            let stood = |connection: &Connection| connection.trace.opened_at <= at && at <= connection.until;
            if self.connections.iter().any(stood) {
                let standing = self.connections.iter_mut().filter(|connection| stood(connection));
                standing.for_each(|connection| connection.trace.entries.push(entry.clone()));
            } else if let Some(next) =
                self.connections.iter_mut().find(|connection| connection.trace.opened_at > at)
            {
                next.trace.entries.push(entry);
            }
        }
        for Connection { mut trace, .. } in self.connections {
            trace.settle();
            self.har.traces.push(trace);
        }
        self.har
    }
}
