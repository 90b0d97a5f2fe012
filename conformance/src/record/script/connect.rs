//! Where a recorded client connected, and as whom: what a session says under `connect`.

use handfast_codegen::model::{Auth, EventIdx, Side, Transport};
use serde_json::Value;

use super::engine;
use crate::record::trace::Trace;
use crate::session::{Protocol, login};
use crate::transport::Kind;

/// Where a client connected, and as whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Connect {
    /// The query, without what only carries the transport or the token.
    pub query: Vec<(String, String)>,
    /// The request headers that are worth keeping.
    pub headers: Vec<(String, String)>,
    /// What stands for the token.
    pub token: Option<String>,
    /// The id of the last event that an earlier connection saw.
    pub last_event_id: Option<String>,
    /// The event that carries the token, where the runner sends it by itself.
    pub carrier: Option<EventIdx>,
}

/// Headers that a client's library writes, that are about the transport, or that the runner writes itself.
const PLAIN: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "dnt",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "last-event-id",
    "origin",
    "pragma",
    "priority",
    "proxy-connection",
    "range",
    "referer",
    "te",
    "traceparent",
    "tracestate",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "via",
];

/// Whether a header says more than what every client of its kind says.
pub fn is_kept(name: &str) -> bool {
    !PLAIN.contains(&name)
        && !["sec-", "x-forwarded-", ":", "proxy-"].iter().any(|head| name.starts_with(head))
}

/// What stands for a secret, `{{$NAME}}`, as `connect` has it: `$NAME`.
pub fn variable(reference: &str) -> Option<&str> {
    reference.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")).filter(|name| name.starts_with('$'))
}

/// Where the client of `trace` connected.
pub fn connect(protocol: &Protocol, channel_idx: usize, trace: &Trace) -> Connect {
    let rules = &protocol.contract.rules;
    let channel = &protocol.contract.channels[channel_idx];
    let found = rules.auth.iter().find_map(|auth| Some((auth, carried(protocol, channel_idx, trace, auth)?)));
    let (way, token) = found.map_or((None, None), |(way, token)| (Some(way), Some(token)));
    let is_token = |value: &str| token.as_deref().is_some_and(|token| value.contains(token));
    let mut query = trace.opening.query();
    let is_engine = |name: &str| {
        trace.kind == Kind::SocketIo && matches!(name, "EIO" | "transport" | "sid" | "t" | "j" | "b64")
    };
    query.retain(|(name, value)| !is_engine(name) && !is_token(value));
    let mut headers = trace.opening.headers.clone();
    for (_, cookies) in headers.iter_mut().filter(|(name, _)| name == "cookie") {
        let others = cookies.split(';').map(str::trim).filter(|cookie| !is_token(cookie));
        *cookies = others.collect::<Vec<_>>().join("; ");
    }
    headers.retain(|(name, value)| name != "cookie" || !value.is_empty());
    headers.retain(|(name, value)| is_kept(name) && !is_token(value));
    let is_first_way = login::way(rules, channel.transport).is_some_and(|first| Some(&first) == way);
    let carrier = match way {
        Some(Auth::Event { event, .. }) if is_first_way => protocol.contract.event(Side::Client, event),
        _ => None,
    };
    let resume = rules.resume.as_ref().map(|resume| resume.header.to_ascii_lowercase());
    let last_event_id = resume.and_then(|header| trace.opening.header(&header)).map(str::to_owned);
    Connect { query, headers, token, last_event_id, carrier }
}

/// What stands for the token, where it travels in this way.
fn carried(protocol: &Protocol, channel_idx: usize, trace: &Trace, auth: &Auth) -> Option<String> {
    let channel = &protocol.contract.channels[channel_idx];
    match auth {
        Auth::Header { name, .. } => reference_in(trace.opening.header(&name.to_ascii_lowercase())?),
        Auth::Query { name } => {
            let query = trace.opening.query();
            reference_in(&query.iter().find(|(known, _)| known == name)?.1)
        }
        Auth::Cookie { name } => {
            let mut cookies = trace.opening.header("cookie")?.split(';').map(str::trim);
            reference_in(cookies.find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))?)
        }
        Auth::Subprotocol { prefix, .. } => {
            let offered = trace.opening.header("sec-websocket-protocol")?;
            let bearer = offered.split(',').find_map(|one| one.trim().strip_prefix(prefix.as_str()))?;
            reference_in(bearer)
        }
        Auth::SocketioAuth { name } if channel.transport == Transport::SocketIo => {
            reference_in(engine::auth(trace, &channel.address)?.get(name)?.as_str()?)
        }
        Auth::Event { event, pointer }
            if login::way(&protocol.contract.rules, channel.transport).as_ref() == Some(auth) =>
        {
            first_event(protocol, trace, event, pointer)
        }
        Auth::SocketioAuth { .. } | Auth::Event { .. } => None,
    }
}

/// The token in the event that carries it.
fn first_event(protocol: &Protocol, trace: &Trace, event: &str, pointer: &str) -> Option<String> {
    trace.frames().find_map(|(_, frame)| {
        let crate::record::trace::Content::Text { text } = &frame.content else { return None };
        let json = text.find(['{', '[']).map(|start| &text[start..])?;
        let value: Value = serde_json::from_str(json).ok()?;
        let payload = match protocol.contract.rules.name_pointer() {
            Some(name) => (value.pointer(name)? == event).then_some(&value)?,
            None => (value.get(0)? == event).then(|| value.get(1))??,
        };
        reference_in(payload.pointer(pointer)?.as_str()?)
    })
}

/// The first `{{$NAME}}` in `text`.
fn reference_in(text: &str) -> Option<String> {
    let start = text.find("{{$")?;
    let end = start + text[start..].find("}}")? + 2;
    Some(text[start..end].to_owned())
}
