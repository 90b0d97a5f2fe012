//! A trace as JSON Lines: what `--raw` keeps and `--compare` reads. Nothing is written here but what has no secrets in it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::trace::{Carrier, Content, Entry, Exchange, Frame, Trace, What};
use crate::transport::{Kind, Peer};

/// A line: when, where, and one thing that happened.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Line {
    /// The connection, by its number in the file.
    connection: usize,
    /// Since the recording began, in milliseconds.
    at_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    open: Option<LineOpen>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    frame: Option<LineFrame>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    request: Option<Exchange>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    end: Option<LineEnd>,
}

#[derive(Debug, Serialize, Deserialize)]
struct LineOpen {
    transport: Transport,
    request: Exchange,
}

#[derive(Debug, Serialize, Deserialize)]
struct LineEnd {
    by: Option<Side>,
    cut: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct LineFrame {
    from: Side,
    carrier: Carrier,
    /// How many frames of the client came before.
    after: usize,
    content: Content,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Transport {
    Websocket,
    Sse,
    Socketio,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Side {
    Client,
    Server,
}

impl From<Peer> for Side {
    fn from(peer: Peer) -> Self {
        match peer {
            Peer::Client => Self::Client,
            Peer::Server => Self::Server,
        }
    }
}

impl From<Side> for Peer {
    fn from(side: Side) -> Self {
        match side {
            Side::Client => Self::Client,
            Side::Server => Self::Server,
        }
    }
}

/// The lines of `trace`, the connection of that number.
pub fn lines(connection: usize, trace: &Trace) -> String {
    let transport = match trace.kind {
        Kind::WebSocket => Transport::Websocket,
        Kind::Sse => Transport::Sse,
        Kind::SocketIo => Transport::Socketio,
    };
    let at =
        |at: Duration| Line { connection, at_ms: (at.as_secs_f64() * 1e6).round() / 1e3, ..Line::default() };
    let open = LineOpen { transport, request: trace.opening.clone() };
    let open = Line { open: Some(open), ..at(trace.opened_at) };
    let last = trace.entries.last().map_or(trace.opened_at, |entry| entry.at);
    let end = LineEnd { by: trace.end.map(Side::from), cut: trace.is_cut };
    let end = Line { end: Some(end), ..at(last) };
    let entries = trace.entries.iter().map(|entry| match &entry.what {
        What::Exchange(exchange) => Line { request: Some(Exchange::clone(exchange)), ..at(entry.at) },
        What::Frame(frame) => Line { frame: Some(line_frame(frame)), ..at(entry.at) },
    });
    // Strings, numbers and lists of them can always be written.
    let text = |line: Line| serde_json::to_string(&line).unwrap_or_default() + "\n";
    std::iter::once(open).chain(entries).chain([end]).map(text).collect()
}

fn line_frame(frame: &Frame) -> LineFrame {
    let Frame { from, carrier, content, n_before } = frame;
    LineFrame { from: (*from).into(), carrier: *carrier, after: *n_before, content: content.clone() }
}

/// The traces of a file.
///
/// # Errors
/// The line, from 1, that is none of such a file, and why.
pub fn read(text: &str) -> Result<Vec<Trace>, (usize, String)> {
    let mut traces: Vec<(usize, Trace)> = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Line { connection, at_ms, open, frame, request, end } =
            serde_json::from_str(line).map_err(|error| (n + 1, error.to_string()))?;
        let at = Duration::try_from_secs_f64(at_ms / 1e3).map_err(|error| (n + 1, error.to_string()))?;
        if let Some(LineOpen { transport, request }) = open {
            traces.push((connection, Trace::new(kind(transport), request, at)));
            continue;
        }
        let Some((_, trace)) = traces.iter_mut().rev().find(|(known, _)| *known == connection) else {
            return Err((n + 1, format!("the connection {connection} was never opened")));
        };
        if let Some(LineFrame { from, carrier, after, content }) = frame {
            let frame = Frame { from: from.into(), carrier, content, n_before: after };
            trace.entries.push(Entry { at, what: What::Frame(frame) });
        }
        if let Some(request) = request {
            trace.entries.push(Entry { at, what: What::Exchange(Box::new(request)) });
        }
        if let Some(LineEnd { by, cut }) = end {
            (trace.end, trace.is_cut) = (by.map(Peer::from), cut);
        }
    }
    Ok(traces.into_iter().map(|(_, trace)| trace).collect())
}

const fn kind(transport: Transport) -> Kind {
    match transport {
        Transport::Websocket => Kind::WebSocket,
        Transport::Sse => Kind::Sse,
        Transport::Socketio => Kind::SocketIo,
    }
}
