//! The rules of a contract that AsyncAPI has no word for: the extension key `x-handfast`.

use crate::pointer::pointer_tokens;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

/// The value of `x-handfast` at the root of an AsyncAPI document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Extension {
    /// Where the event's name stands: `$message.payload#/type`. Absent: the transport's own name.
    pub event_name: Option<String>,
    /// Events that may come at any time: not matched, still validated. `*` stands for any run of characters.
    pub noise: Vec<String>,
    /// Values that never repeat in a session.
    pub unique: Vec<ValueRule>,
    /// Values that never decrease, per key.
    pub monotonic: Vec<ValueRule>,
    /// The order of events that share a key.
    pub lifecycles: Vec<Lifecycle>,
    /// Who pings, and how soon the other answers.
    pub heartbeat: Option<Heartbeat>,
    /// How a client goes on after a lost connection.
    pub resume: Option<Resume>,
    /// The query that filters events.
    pub filter: Option<Filter>,
    /// How the token travels; the first that fits the transport is used.
    pub auth: Vec<Auth>,
    /// How a bad token is refused, and what else the contract forbids.
    pub refusal: Option<Refusal>,
    /// Events a server may send before it knows the client.
    pub before_auth: Vec<String>,
    /// Rooms that clients enter, and the events that only come to those who are in them.
    pub rooms: Vec<Room>,
    /// How versions of events are told apart.
    pub versioning: Option<Versioning>,
    /// Enumerations and unions that may get more members: whoever reads them is ready for one it does not know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensible: Vec<Extensible>,
}

/// An enumeration or union that may get more members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Extensible {
    /// JSON Pointer to the value; `*` stands for any run of characters, so for any index.
    pub value: String,
    /// The events it is in; all when absent.
    #[serde(default = "every_event")]
    pub events: Vec<String>,
}

/// A rule about one value of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ValueRule {
    /// JSON Pointer to the value.
    pub value: String,
    /// The events it holds for; all when absent.
    #[serde(default = "every_event")]
    pub events: Vec<String>,
    /// JSON Pointer to the key; one key for all when absent.
    #[serde(default)]
    pub key: Option<String>,
}

fn every_event() -> Vec<String> {
    vec!["*".to_owned()]
}

/// The order of the events that share a key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lifecycle {
    /// What lives: `task`.
    pub name: String,
    /// JSON Pointer to the key, by event name; the first pattern that matches counts.
    pub key: IndexMap<String, String>,
    /// A regular expression over event names: `task.created task.updated* task.completed`.
    pub order: String,
}

/// Who pings, and how soon the other answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Heartbeat {
    /// The side that pings.
    pub from: Side,
    /// The event that asks.
    pub ping: String,
    /// The event that answers.
    pub pong: String,
    /// How soon the answer comes.
    #[serde(default)]
    pub within: Option<Millis>,
    /// How often the ping comes.
    #[serde(default)]
    pub every: Option<Millis>,
    /// How long silence lasts before the other side is dead.
    #[serde(default)]
    pub dead_after: Option<Millis>,
}

/// A side of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The server.
    Server,
    /// The client.
    Client,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Server => Self::Client,
            Self::Client => Self::Server,
        }
    }
}

/// How a client goes on after a lost connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Resume {
    /// The request header that carries the last event id (WHATWG HTML, 9.2).
    pub header: String,
    /// JSON Pointer to the id in an event.
    pub id: String,
    /// The channels that send again what a client missed; those over Server-Sent Events when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<String>>,
}

/// The query that filters events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Filter {
    /// Name of the query parameter.
    pub query: String,
    /// What stands between two patterns.
    pub separator: String,
    /// What stands for any run of characters in a pattern.
    pub wildcard: String,
    /// What a pattern is compared with.
    pub matches: FilterMatches,
}

/// What a pattern of a filter is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FilterMatches {
    /// The event's name.
    EventName,
}

/// One way a token travels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "in", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Auth {
    /// A request header: `Authorization: Bearer …`.
    Header {
        /// The header's name.
        name: String,
        /// What stands before the token, followed by a space.
        #[serde(default)]
        scheme: Option<String>,
    },
    /// A WebSocket subprotocol, offered beside the one that is meant: `bearer.` and base64url of the token.
    Subprotocol {
        /// The subprotocol the server accepts.
        protocol: String,
        /// What stands before the encoded token.
        prefix: String,
    },
    /// A query parameter.
    Query {
        /// Its name.
        name: String,
    },
    /// A cookie, which a browser sends by itself.
    Cookie {
        /// Its name.
        name: String,
    },
    /// A member of Socket.IO's CONNECT payload.
    SocketioAuth {
        /// Its name.
        name: String,
    },
    /// The first event the client sends.
    Event {
        /// Its name.
        event: String,
        /// JSON Pointer to the token in it.
        pointer: String,
    },
}

/// How a bad token is refused, and what else the contract forbids.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Refusal {
    /// HTTP status of the handshake.
    pub status: Option<u16>,
    /// Message of Socket.IO's CONNECT_ERROR.
    pub message: Option<String>,
    /// The event that answers what a client must not send: a payload that breaks its schema, an event that nobody knows.
    pub event: Option<String>,
    /// What the first argument of an acknowledgement is like that refuses a payload, as a pattern of sessions: `{ ok: false }`.
    pub acknowledgement: Option<Value>,
    /// The WebSocket close codes by which a server refuses what a client must not send.
    pub close: Vec<u16>,
}

/// A kind of room: what happens in one is told to those alone who entered it on this connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Room {
    /// JSON Pointer to the room, by the name of the client's event that enters it.
    pub enter: IndexMap<String, String>,
    /// JSON Pointer to the room, by the name of the client's event that leaves it.
    #[serde(default)]
    pub leave: IndexMap<String, String>,
    /// JSON Pointer to the room, by the name of the server's event; the first pattern that matches counts.
    pub events: IndexMap<String, String>,
}

/// How versions of events are told apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Versioning {
    /// JSON Pointer to the field that carries the version.
    pub field: String,
    /// What a breaking change does.
    pub breaking: Breaking,
    /// What stands between an event's name and its version: `.v`.
    pub suffix: String,
}

/// What a breaking change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Breaking {
    /// It takes a new event name: `task.updated.v2`.
    NewEventName,
}

impl Extension {
    /// Whether events of that name are noise.
    pub fn is_noise(&self, name: &str) -> bool {
        self.noise.iter().any(|pattern| name_matches(pattern, name))
    }

    /// Whether the value at `pointer` in events of that name may get more members.
    pub fn is_extensible(&self, name: &str, pointer: &str) -> bool {
        let covers = |one: &Extensible| one.events.iter().any(|pattern| name_matches(pattern, name));
        self.extensible.iter().any(|one| covers(one) && name_matches(&one.value, pointer))
    }

    /// The JSON Pointer to the event's name in a payload; `None` where the transport names events.
    pub fn name_pointer(&self) -> Option<&str> {
        self.event_name.as_deref()?.strip_prefix("$message.payload#")
    }

    /// The members that lead to the event's name in a payload, from the outermost.
    pub fn name_path(&self) -> Option<Vec<String>> {
        member_path(self.name_pointer()?)
    }
}

/// The members that a JSON Pointer leads through, from the outermost.
pub fn member_path(pointer: &str) -> Option<Vec<String>> {
    let tokens = pointer_tokens(pointer)?;
    Some(tokens.into_iter().map(Cow::into_owned).collect())
}

impl Heartbeat {
    /// The two events.
    pub fn events(&self) -> [&str; 2] {
        [&self.ping, &self.pong]
    }
}

impl ValueRule {
    /// Whether the rule holds for events of that name.
    pub fn covers(&self, name: &str) -> bool {
        self.events.iter().any(|pattern| name_matches(pattern, name))
    }
}

/// Whether `name` matches `pattern`, in which `*` stands for any run of characters.
pub fn name_matches(pattern: &str, name: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut rest) = name.strip_prefix(head) else { return false };
    let mut parts: Vec<&str> = tail.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        // The first place is as good as any: whatever may follow a later one may follow it.
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

/// A span of time, written as `250ms`, `1.5s`, `2m` or `1h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub u64);

impl Millis {
    /// The span as a duration.
    pub const fn duration(self) -> Duration {
        Duration::from_millis(self.0)
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(1000) { write!(f, "{}s", self.0 / 1000) } else { write!(f, "{}ms", self.0) }
    }
}

impl std::str::FromStr for Millis {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (amount, unit) = text.split_at(unit_at);
        let factor = match unit {
            "ms" => 1.0,
            "s" => 1000.0,
            "m" => 60_000.0,
            "h" => 3_600_000.0,
            _ => return Err(format!("`{text}` is no duration: write `250ms`, `5s`, `2m` or `1h`")),
        };
        match amount.trim().parse::<f64>() {
            Ok(amount) if (0.0..=1e9).contains(&amount) => Ok(Self((amount * factor).round() as u64)),
            _ => Err(format!("`{text}` is no duration: `{amount}` is no number of {unit}")),
        }
    }
}

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Millis {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^[0-9]+(\.[0-9]+)?(ms|s|m|h)$",
            "examples": ["250ms", "5s"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        let check =
            |pattern, name, expected| assert_eq!(name_matches(pattern, name), expected, "{pattern} {name}");
        check("task.updated", "task.updated", true);
        check("task", "task.updated", false);
        check("task.*", "task.updated", true);
        check("*", "", true);
        check("*updat*", "task.updated", true);
        check("* task * updated", "task updated", false);
        check("ab*ba", "aba", false);
        check("a*b*", "ab", true);
        check("*ab", "abab", true);
        check("**", "a", true);
    }
}
