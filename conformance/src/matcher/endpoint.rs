//! Where a session connects, and what it says in the handshake.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use handfast_codegen::model::{Auth, Transport, path_segment};
use serde_json::{Value, json};
use url::Url;

use super::Settings;
use super::state::Patience;
use crate::pattern::{Captures, Fresh, Template};
use crate::session::{Handshake, Session};
use crate::transport::{Endpoint, Kind, Limits};

/// The shortest deadline of a handshake.
const MIN_HANDSHAKE: Duration = Duration::from_secs(1);

/// The header that holds cookies.
const COOKIE: &str = "Cookie";

/// The path of Engine.IO.
const ENGINE_PATH: &str = "/socket.io/";

/// What is filled into the handshakes of one session: the same values each time it connects.
#[derive(Debug, Default)]
pub struct Filled {
    parameters: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    auth: Option<Value>,
}

impl Filled {
    /// Fills in `handshake`; what it captures goes into `captures`.
    pub fn new(handshake: &Handshake, captures: &mut Captures, fresh: &mut Fresh) -> Self {
        let mut texts = |templates: &[(String, Template)]| {
            let text = |(name, template): &(String, Template)| (name.clone(), template.text(captures, fresh));
            templates.iter().map(text).collect()
        };
        let parameters = texts(&handshake.parameters);
        let (query, headers) = (texts(&handshake.query), texts(&handshake.headers));
        Self {
            parameters,
            query,
            headers,
            auth: handshake.auth.as_ref().map(|auth| auth.fill(captures, fresh)),
        }
    }

    /// Puts the values into `endpoint`.
    pub fn put_into(&self, endpoint: &mut Endpoint) {
        for (name, value) in &self.parameters {
            // The address of a channel in which the parameter is still to come: braces are encoded in a path.
            let path =
                endpoint.url.path().replace(&format!("%7B{}%7D", path_segment(name)), &path_segment(value));
            endpoint.url.set_path(&path);
            endpoint.namespace = endpoint.namespace.replace(&format!("{{{name}}}"), value);
        }
        if !self.query.is_empty() {
            endpoint.url.query_pairs_mut().extend_pairs(&self.query);
        }
        self.headers.iter().for_each(|(name, value)| put_header(endpoint, name, value));
        if let Some(Value::Object(more)) = &self.auth {
            let mut auth = more.clone();
            if let Some(Value::Object(token)) = endpoint.auth.take() {
                auth.extend(token);
            }
            endpoint.auth = Some(Value::Object(auth));
        }
    }
}

/// The kind of endpoint a channel's transport opens.
pub fn kind(transport: Transport) -> Kind {
    match transport {
        Transport::WebSocket => Kind::WebSocket,
        Transport::Sse => Kind::Sse,
        Transport::SocketIo => Kind::SocketIo,
    }
}

/// The endpoint of `session`, resumed after the event `last_event_id`.
pub fn endpoint(session: &Session, settings: &Settings, last_event_id: Option<&str>) -> Endpoint {
    let channel = session.channel();
    let is_socket_io = channel.transport == Transport::SocketIo;
    let value = |name: &str| {
        let default = || channel.parameters.iter().find(|known| known.name == name)?.default.as_ref();
        session.parameters.get(name).or_else(default)
    };
    let path = if is_socket_io {
        ENGINE_PATH.to_owned()
    } else {
        channel.address_of(|name| value(name).map(|value| path_segment(value).into()))
    };
    let mut endpoint = Endpoint {
        url: below(&settings.target, &path),
        headers: session.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        subprotocols: Vec::new(),
        last_event_id: None,
        namespace: if is_socket_io {
            channel.address_of(|name| value(name).map(Into::into))
        } else {
            "/".to_owned()
        },
        auth: None,
        engine: settings.engine,
        tls: settings.tls.clone(),
        limits: limits(settings),
    };
    if !session.query.is_empty() {
        endpoint.url.query_pairs_mut().extend_pairs(&session.query);
    }
    authenticate(session, &mut endpoint);
    match (last_event_id, session.rules().resume.as_ref()) {
        (Some(id), Some(resume)) if channel.transport == Transport::WebSocket => {
            endpoint.headers.push((resume.header.clone(), id.to_owned()));
        }
        (id, _) => endpoint.last_event_id = id.map(str::to_owned),
    }
    endpoint
}

/// The handshake has a deadline like any other, but for a floor: however short the waits of a session are made, a connection
/// takes its time. The other bounds are not about how fast a server is.
fn limits(settings: &Settings) -> Limits {
    let limits = Limits::default();
    let patience = Patience { deadline: limits.handshake, scale: settings.scale };
    Limits { handshake: patience.scaled(limits.handshake).max(MIN_HANDSHAKE), ..limits }
}

/// Puts the token where the contract wants it.
fn authenticate(session: &Session, endpoint: &mut Endpoint) {
    let token = session.token.as_deref();
    match (&session.auth, token) {
        (Some(Auth::Subprotocol { protocol, prefix }), token) => {
            endpoint.subprotocols.push(protocol.clone());
            let bearer = token.map(|token| format!("{prefix}{}", BASE64URL_NOPAD.encode(token.as_bytes())));
            endpoint.subprotocols.extend(bearer);
        }
        (Some(Auth::Header { name, scheme }), Some(token)) => {
            let scheme = scheme.as_ref().map_or_else(String::new, |scheme| format!("{scheme} "));
            endpoint.headers.push((name.clone(), format!("{scheme}{token}")));
        }
        (Some(Auth::Cookie { name }), Some(token)) => {
            put_header(endpoint, COOKIE, &format!("{name}={token}"));
        }
        (Some(Auth::Query { name }), Some(token)) => {
            endpoint.url.query_pairs_mut().append_pair(name, token);
        }
        (Some(Auth::SocketioAuth { name }), Some(token)) => {
            endpoint.auth = Some(Value::Object([(name.clone(), json!(token))].into_iter().collect()));
        }
        _ => {}
    }
}

/// Adds a header; cookies share one (RFC 6265, 5.4).
fn put_header(endpoint: &mut Endpoint, name: &str, value: &str) {
    let is_cookie = |name: &str| name.eq_ignore_ascii_case(COOKIE);
    match endpoint.headers.iter_mut().find(|(known, _)| is_cookie(known) && is_cookie(name)) {
        Some((_, cookies)) => *cookies = format!("{cookies}; {value}"),
        None => endpoint.headers.push((name.to_owned(), value.to_owned())),
    }
}

/// The header by which the session's token goes with an HTTP request out of band.
pub fn credentials(session: &Session) -> Option<(String, String)> {
    let token = session.token.as_ref()?;
    Some(match &session.auth {
        Some(Auth::Cookie { name }) => (COOKIE.to_owned(), format!("{name}={token}")),
        _ => ("Authorization".to_owned(), format!("Bearer {token}")),
    })
}

/// `path` below the target, over HTTP.
fn below(target: &Url, path: &str) -> Url {
    let mut url = target.clone();
    let scheme = match url.scheme() {
        "ws" => "http",
        "wss" => "https",
        other => other,
    };
    let scheme = scheme.to_owned();
    // A scheme that can't be changed is one that no transport speaks, which is theirs to say.
    let _ = url.set_scheme(&scheme);
    let base = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("{base}/{}", path.trim_start_matches('/')));
    url.set_query(None);
    url
}
