//! A trace as JSON Lines: what `--raw` keeps and `--compare` reads. Nothing is written here but what has no secrets in it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::trace::{Carrier, Content, Entry, Exchange, Frame, Trace, What};
use crate::transport::{Kind, Peer};

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Line {
    /// The connection, by its number in the file.
    connection: usize,
    /// Since the recording began, in milliseconds.
    at_ms: f64,
    #[serde(flatten)]
    what: LineWhat,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum LineWhat {
    Open { transport: Transport, request: Exchange },
    Frame(LineFrame),
    Request(Exchange),
    End { by: Option<Side>, cut: bool },
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
    let open = LineWhat::Open { transport, request: trace.opening.clone() };
    let last = trace.entries.last().map_or(trace.opened_at, |entry| entry.at);
    let end = LineWhat::End { by: trace.end.map(Side::from), cut: trace.is_cut };
    let entries = trace.entries.iter().map(|entry| (entry.at, what(&entry.what)));
    let all = std::iter::once((trace.opened_at, open)).chain(entries).chain([(last, end)]);
    let line = |(at, what): (Duration, LineWhat)| {
        let at_ms = (at.as_secs_f64() * 1e6).round() / 1e3;
        // Strings, numbers and lists of them can always be written.
        serde_json::to_string(&Line { connection, at_ms, what }).unwrap_or_default() + "\n"
    };
    all.map(line).collect()
}

fn what(what: &What) -> LineWhat {
    match what {
        What::Exchange(exchange) => LineWhat::Request(Exchange::clone(exchange)),
        What::Frame(frame) => LineWhat::Frame(LineFrame {
            from: frame.from.into(),
            carrier: frame.carrier,
            after: frame.n_before,
            content: frame.content.clone(),
        }),
    }
}

/// The traces of a file.
///
/// # Errors
/// The line, from 1, that is none of such a file, and why.
pub fn read(text: &str) -> Result<Vec<Trace>, (usize, String)> {
    let mut traces: Vec<(usize, Trace)> = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Line { connection, at_ms, what } =
            serde_json::from_str(line).map_err(|error| (n + 1, error.to_string()))?;
        let at = Duration::try_from_secs_f64(at_ms / 1e3).map_err(|error| (n + 1, error.to_string()))?;
        if let LineWhat::Open { transport, request } = what {
            traces.push((connection, Trace::new(kind(transport), request, at)));
            continue;
        }
        let Some((_, trace)) = traces.iter_mut().rev().find(|(known, _)| *known == connection) else {
            return Err((n + 1, format!("the connection {connection} was never opened")));
        };
        match what {
            LineWhat::Open { .. } => {}
            LineWhat::Frame(LineFrame { from, carrier, after, content }) => {
                let frame = Frame { from: from.into(), carrier, content, n_before: after };
                trace.entries.push(Entry { at, what: What::Frame(frame) });
            }
            LineWhat::Request(exchange) => {
                trace.entries.push(Entry { at, what: What::Exchange(Box::new(exchange)) });
            }
            LineWhat::End { by, cut } => (trace.end, trace.is_cut) = (by.map(Peer::from), cut),
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
