//! The small values of a session's file: how often, which codes, how good.

use std::borrow::Cow;
use std::fmt;

use data_encoding::BASE64;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// What a step of the client waits for: so many events of the server on this connection, noise not counted, or an event
/// of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// So many events.
    Events(u32),
    /// An event of that name.
    Event(String),
}

/// Who closes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CloseBy {
    /// The client.
    #[default]
    Client,
    /// The server.
    Server,
}

/// What a server is worth that takes one of several courses. The order is that of gravity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// It does what it should.
    #[default]
    Ok,
    /// Nothing that a server must or must not do: worth knowing.
    Informational,
    /// It does what it should not, and clients can live with it.
    NonStrict,
}

impl Grade {
    /// Its name in sessions and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Informational => "informational",
            Self::NonStrict => "non-strict",
        }
    }

    /// Whether there is nothing to say about it.
    pub fn is_ok(&self) -> bool {
        *self == Self::Ok
    }
}

/// The most bytes that a step sends as they are.
const MAX_RAW_BYTES: usize = 64 << 20;

/// A piece of bytes that are sent as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Piece {
    /// The bytes, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The bytes, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// How often they come; once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<usize>,
}

impl Piece {
    /// The bytes of all `pieces`.
    ///
    /// # Errors
    /// A piece has no bytes, or two kinds of them, or is no base64; or they are too many.
    pub fn bytes(pieces: &[Self]) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        for piece in pieces {
            let once = match (&piece.text, &piece.base64) {
                (Some(text), None) => text.as_bytes().to_vec(),
                (None, Some(base64)) => {
                    BASE64.decode(base64.as_bytes()).map_err(|error| format!("this is no base64: {error}"))?
                }
                _ => return Err("a piece has either `text` or `base64`".to_owned()),
            };
            let times = piece.times.unwrap_or(1);
            if once.len().saturating_mul(times).saturating_add(bytes.len()) > MAX_RAW_BYTES {
                return Err(format!("these are more than {MAX_RAW_BYTES} bytes"));
            }
            bytes.extend(once.repeat(times));
        }
        Ok(bytes)
    }
}

/// Whether a key of any JSON value is written; what it holds is read from its node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written(pub bool);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(true))
    }
}

impl JsonSchema for Written {
    fn schema_name() -> Cow<'static, str> {
        "Json".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({})
    }
}

/// How often an event comes: `3`, `1..3` or `1..`, limits included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The least.
    pub min: u32,
    /// The most; any number when absent.
    pub max: Option<u32>,
}

impl Default for Times {
    fn default() -> Self {
        Self { min: 1, max: Some(1) }
    }
}

impl std::str::FromStr for Times {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let range = |_| format!("`{text}` is no number of times: write `3`, `1..3` or `1..`");
        let number = |text: &str| text.trim().parse::<u32>().map_err(range);
        let times = match text.split_once("..") {
            None => number(text).map(|times| Self { min: times, max: Some(times) })?,
            Some((min, "")) => Self { min: number(min)?, max: None },
            Some((min, max)) => Self { min: number(min)?, max: Some(number(max)?) },
        };
        match times.max {
            Some(0) => Err("an event that comes no times is a step `never`".to_owned()),
            Some(max) if max < times.min => Err(format!("`{text}` ends before it begins")),
            _ => Ok(times),
        }
    }
}

impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TimesVisitor)
    }
}

struct TimesVisitor;

impl Visitor<'_> for TimesVisitor {
    type Value = Times;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of times: `3`, `1..3` or `1..`")
    }

    fn visit_u64<E: de::Error>(self, times: u64) -> Result<Times, E> {
        self.visit_str(&times.to_string())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Times, E> {
        text.parse().map_err(E::custom)
    }
}

impl JsonSchema for Times {
    fn schema_name() -> Cow<'static, str> {
        "Times".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": u32::MAX },
                { "type": "string", "pattern": r"^[0-9]+(\.\.[0-9]*)?$" },
            ],
            "examples": [3, "1..3", "1.."],
        })
    }
}

/// One WebSocket close code, or several (RFC 6455, 7.4).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes(pub Vec<u16>);

impl<'de> Deserialize<'de> for Codes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CodesVisitor)
    }
}

struct CodesVisitor;

impl<'de> Visitor<'de> for CodesVisitor {
    type Value = Codes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a close code between 1000 and 4999, or a list of them")
    }

    fn visit_u64<E: de::Error>(self, code: u64) -> Result<Codes, E> {
        close_code(code).map(|code| Codes(vec![code]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Codes, A::Error> {
        let mut codes = Vec::new();
        while let Some(code) = items.next_element::<u64>()? {
            codes.push(close_code(code)?);
        }
        Ok(Codes(codes))
    }
}

fn close_code<E: de::Error>(code: u64) -> Result<u16, E> {
    match u16::try_from(code) {
        Ok(code @ 1000..=4999) => Ok(code),
        _ => Err(E::custom(format!("`{code}` is no close code between 1000 and 4999"))),
    }
}

impl JsonSchema for Codes {
    fn schema_name() -> Cow<'static, str> {
        "Codes".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let code = serde_json::json!({ "type": "integer", "minimum": 1000, "maximum": 4999 });
        json_schema!({ "anyOf": [code, { "type": "array", "items": code }] })
    }
}

impl<'de> Deserialize<'de> for After {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AfterVisitor)
    }
}

struct AfterVisitor;

impl Visitor<'_> for AfterVisitor {
    type Value = After;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of events, or the name of one")
    }

    fn visit_u64<E: de::Error>(self, n_events: u64) -> Result<After, E> {
        u32::try_from(n_events).map(After::Events).map_err(|_| E::custom("this is too many events"))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<After, E> {
        Ok(After::Event(name.to_owned()))
    }
}

impl JsonSchema for After {
    fn schema_name() -> Cow<'static, str> {
        "After".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What a step of the client waits for: so many events of the server on this connection, noise not counted, or an event of that name.",
            "anyOf": [{ "type": "integer", "minimum": 0, "maximum": u32::MAX }, { "type": "string" }],
            "examples": [3, "task.created"],
        })
    }
}

/// HTTP statuses: `201`, `2xx`, or a list of such; any when there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statuses(Vec<(u16, u16)>);

impl Statuses {
    /// One status.
    pub fn one(status: u16) -> Self {
        Self(vec![(status, status)])
    }

    /// Any success.
    pub fn success() -> Self {
        Self(vec![(200, 299)])
    }

    /// Whether they say nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first of them.
    pub fn first(&self) -> Option<u16> {
        self.0.first().map(|(min, _)| *min)
    }

    /// The only one, where it is one and no class.
    pub fn only(&self) -> Option<u16> {
        match self.0.as_slice() {
            [(min, max)] if min == max => Some(*min),
            _ => None,
        }
    }

    /// Whether `status` is among them, or they say nothing.
    pub fn hold(&self, status: Option<u16>) -> bool {
        let is_in = |(min, max): &(u16, u16)| status.is_some_and(|status| (*min..=*max).contains(&status));
        self.is_empty() || self.0.iter().any(is_in)
    }
}

impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(min, max)| match min == max {
            true => min.to_string(),
            false => format!("{min}..{max}"),
        });
        f.write_str(&shown.collect::<Vec<_>>().join(" or "))
    }
}

impl<'de> Deserialize<'de> for Statuses {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StatusesVisitor)
    }
}

struct StatusesVisitor;

impl<'de> Visitor<'de> for StatusesVisitor {
    type Value = Statuses;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an HTTP status such as `201`, a class such as `2xx`, or a list of them")
    }

    fn visit_u64<E: de::Error>(self, status: u64) -> Result<Statuses, E> {
        match u16::try_from(status) {
            Ok(status @ 100..=599) => Ok(Statuses::one(status)),
            _ => Err(E::custom(format!("`{status}` is no HTTP status between 100 and 599"))),
        }
    }

    fn visit_str<E: de::Error>(self, class: &str) -> Result<Statuses, E> {
        match class.strip_suffix("xx").map(str::parse::<u16>) {
            Some(Ok(class @ 1..=5)) => Ok(Statuses(vec![(class * 100, class * 100 + 99)])),
            _ => Err(E::custom(format!("`{class}` is no class of HTTP statuses: write `2xx`"))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Statuses, A::Error> {
        let mut statuses = Vec::new();
        while let Some(Statuses(more)) = items.next_element()? {
            statuses.extend(more);
        }
        Ok(Statuses(statuses))
    }
}

impl JsonSchema for Statuses {
    fn schema_name() -> Cow<'static, str> {
        "Statuses".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = serde_json::json!({ "anyOf": [
            { "type": "integer", "minimum": 100, "maximum": 599 },
            { "type": "string", "pattern": "^[1-5]xx$" },
        ] });
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }], "examples": [201, "2xx"] })
    }
}
