//! Logging in: how the token travels on a channel, and who connects where no session's file says so.

use std::fmt;
use std::sync::Arc;

use handfast_codegen::model::{Auth, EventIdx, Extension, Side, Transport};
use handfast_codegen::pointer::pointer_tokens;
use indexmap::IndexMap;
use serde_json::Value;

use super::{Handshake, Protocol, Session};

/// Where to connect, and as whom.
#[derive(Debug, Clone, Default)]
pub struct Login {
    /// The channel, by its number in the contract.
    pub channel_idx: usize,
    /// The query of the handshake.
    pub query: IndexMap<String, String>,
    /// Request headers of the handshake.
    pub headers: IndexMap<String, String>,
    /// The token.
    pub token: Option<String>,
    /// The id of the last event that an earlier connection saw.
    pub last_event_id: Option<String>,
}

/// Why nobody can log in so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginError {
    /// What was found and what was wanted.
    pub message: String,
    /// A line that can be acted on.
    pub help: String,
}

impl LoginError {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

impl fmt::Display for LoginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.help)
    }
}

impl std::error::Error for LoginError {}

impl Session {
    /// A session without steps: a conversation that nobody has written down.
    ///
    /// # Errors
    /// The query is not what the channel wants, or the contract does not say how the token travels.
    pub fn unscripted(protocol: Arc<Protocol>, login: Login) -> Result<Self, LoginError> {
        let Login { channel_idx, query, headers, token, last_event_id } = login;
        let channel = &protocol.contract.channels[channel_idx];
        let said: Value =
            query.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
        let violations = channel.query.map_or_else(Vec::new, |schema| protocol.violations_of(schema, &said));
        if let Some(violation) = violations.first() {
            let help = "see the channel's query in the contract";
            return Err(LoginError::new(format!("the query {violation}"), help));
        }
        let auth = way(&protocol.contract.rules, channel.transport);
        let auth_event = token.as_deref().map_or(Ok(None), |token| carrier(&protocol, auth.as_ref(), token));
        Ok(Self {
            name: protocol.contract.title.clone(),
            file: String::new(),
            channel_idx,
            parameters: IndexMap::new(),
            query,
            headers,
            token,
            auth_event: auth_event?,
            auth,
            last_event_id,
            handshake: Handshake::default(),
            deadline: None,
            max_time: None,
            allows_unmatched: true,
            judges_refusals: false,
            bystander: None,
            joins_late: true,
            needs: Vec::new(),
            steps: Vec::new(),
            protocol,
        })
    }
}

/// The first way of the contract in which a token can travel over `transport`.
pub fn way(rules: &Extension, transport: Transport) -> Option<Auth> {
    let fits = |auth: &&Auth| match auth {
        Auth::Header { .. } | Auth::Query { .. } | Auth::Cookie { .. } => true,
        Auth::Subprotocol { .. } => transport == Transport::WebSocket,
        Auth::SocketioAuth { .. } => transport == Transport::SocketIo,
        Auth::Event { .. } => transport != Transport::Sse,
    };
    rules.auth.iter().find(fits).cloned()
}

/// The event that carries the token, where that is the way.
pub fn carrier(
    protocol: &Protocol,
    way: Option<&Auth>,
    token: &str,
) -> Result<Option<(EventIdx, Value)>, LoginError> {
    match way {
        None => Err(LoginError::new(
            "the contract does not say how a token travels on this channel",
            "add a way to `x-handfast.auth`, or take the token away",
        )),
        Some(Auth::Cookie { name }) if !token.bytes().all(is_of_cookie) => Err(LoginError::new(
            format!(
                "the cookie `{name}` can't hold the token: it has other characters than RFC 6265 lets in"
            ),
            "give the token as the server has written it into the cookie, or choose another way in `x-handfast.auth`",
        )),
        Some(Auth::Event { event, pointer }) => {
            let help = "correct `x-handfast.auth`, or send the event without it";
            let found = event_with(protocol, event, pointer, token);
            found.map(Some).map_err(|message| LoginError::new(message, help))
        }
        Some(_) => Ok(None),
    }
}

/// Whether cookies may hold it (RFC 6265, 4.1.1).
fn is_of_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

fn event_with(
    protocol: &Protocol,
    name: &str,
    pointer: &str,
    token: &str,
) -> Result<(EventIdx, Value), String> {
    let Some(event) = protocol.contract.event(Side::Client, name) else {
        return Err(format!("`{name}`, which carries the token, is no event of the contract"));
    };
    let mut payload = protocol.constants(event);
    put(&mut payload, pointer, token);
    match protocol.violations(event, &payload).first() {
        None => Ok((event, payload)),
        Some(violation) => Err(format!("`{name}` with nothing but the token is not valid: {violation}")),
    }
}

/// Sets the member at `pointer` to `text`, making objects on the way.
pub fn put(value: &mut Value, pointer: &str, text: &str) {
    let mut value = value;
    for name in pointer_tokens(pointer).unwrap_or_default() {
        if !value.is_object() {
            *value = Value::Object(serde_json::Map::new());
        }
        let Value::Object(members) = value else { return };
        value = members.entry(name.into_owned()).or_insert(Value::Null);
    }
    *value = text.into();
}
