//! A session as it is written: the keys of its file, and nothing about whether they make sense together.
//!
//! The published JSON Schema is derived from these types, and the reader reads them, so that both say the same.

use std::borrow::Cow;
use std::fmt;

use handfast_codegen::model::Millis;
use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// One conversation with a server, replayed by `handfast replay`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Handfast session")]
pub struct SessionFile {
    /// What the session shows, in a few words: `install an app`.
    pub session: String,
    /// The AsyncAPI document it is judged by, relative to this file.
    pub contract: String,
    /// Where to connect, and as whom.
    pub connect: Connect,
    /// How long a step waits that does not say so itself; `5s` when absent.
    #[serde(default)]
    pub deadline: Option<Millis>,
    /// What becomes of events that no step expects.
    #[serde(default)]
    pub unmatched: Unmatched,
    /// Whether lifecycles may already be under way when the session begins.
    #[serde(default)]
    pub joins_late: bool,
    /// What happens, in order.
    #[expect(dead_code, reason = "each step is read from its node, so that every problem has its place")]
    pub steps: Vec<AnyStep>,
}

/// What becomes of events that no step expects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unmatched {
    /// They fail the session.
    #[default]
    Fail,
    /// They pass.
    Allow,
}

/// Where to connect, and as whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Connect {
    /// A channel of the contract.
    pub channel: String,
    /// The query of the handshake. `$NAME` as a whole value stands for an environment variable.
    #[serde(default)]
    pub query: IndexMap<String, String>,
    /// Request headers of the handshake. `$NAME` as a whole value stands for an environment variable.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// The token, sent as the contract says; without it none is sent. `$NAME` stands for an environment variable.
    #[serde(default)]
    pub token: Option<String>,
    /// The id of the last event that an earlier connection saw.
    #[serde(default)]
    pub last_event_id: Option<String>,
}

/// A step.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "for the schema alone: the reader chooses the type by the step's key")]
pub enum AnyStep {
    /// Sends an event.
    Send(SendStep),
    /// Waits for an event.
    Expect(ExpectStep),
    /// Makes an HTTP request out of band.
    Request(RequestStep),
    /// Waits for several events, in any order.
    AnyOrder(AnyOrderStep),
    /// Shows that an event does not come.
    Never(NeverStep),
    /// Expects that the server refuses the connection.
    Refused(RefusedStep),
    /// Drops the connection.
    Disconnect(DisconnectStep),
    /// Connects again, and goes on where the connection was lost.
    Resume(ResumeStep),
    /// Closes the connection, or expects the server to.
    Close(CloseStep),
    /// A step that says nothing but its name.
    Bare(BareStep),
}

impl<'de> Deserialize<'de> for AnyStep {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self::Bare(BareStep::Disconnect))
    }
}

/// A step that says nothing but its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BareStep {
    /// The client drops the connection.
    Disconnect,
    /// The client connects again, and goes on after the last event.
    Resume,
    /// The client closes the connection.
    Close,
    /// The server refuses the connection, as the contract says.
    Refused,
}

/// Sends an event.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SendStep {
    /// The event.
    pub send: String,
    /// Its payload, with placeholders; the constants that its schema requires when absent.
    #[serde(default)]
    pub data: Written,
    /// Whether `data` is meant to break the event's schema: to see how the server refuses it.
    #[serde(default)]
    pub invalid: bool,
    /// Asks for an acknowledgement (Socket.IO), and matches its arguments.
    #[serde(default)]
    #[schemars(with = "Option<Vec<Written>>")]
    pub acknowledged: Written,
    /// Binary attachments, in base64; `{"_placeholder":true,"num":0}` refers to the first.
    #[serde(default)]
    pub attachments: Vec<String>,
}

/// Waits for an event.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ExpectStep {
    /// The event.
    pub expect: String,
    /// How soon it comes, and each repetition after the one before; the session's deadline when absent.
    #[serde(default)]
    pub within: Option<Millis>,
    /// How often it comes in a row; once when absent.
    #[serde(default)]
    pub times: Times,
    /// What its payload is like.
    #[serde(default)]
    pub data: Written,
    /// The arguments that answer the acknowledgement it asks for (Socket.IO).
    #[serde(default)]
    #[schemars(with = "Option<Vec<Written>>")]
    pub acknowledge: Written,
}

/// Waits for several events, in any order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnyOrderStep {
    /// The events.
    pub any_order: Vec<ExpectStep>,
}

/// Shows that an event does not come.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NeverStep {
    /// The event.
    pub never: String,
    /// Which payloads are meant; all when absent.
    #[serde(default)]
    pub data: Written,
    /// How long to watch where the protocol has no barrier; `300ms` when absent.
    #[serde(default, rename = "for")]
    pub quiet: Option<Millis>,
}

/// Makes an HTTP request out of band.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RequestStep {
    /// The request; the session's token goes with it as `Authorization: Bearer`.
    pub request: HttpRequest,
    /// What the answer is like; any success when absent.
    #[serde(default)]
    pub response: Option<HttpResponse>,
}

/// An HTTP request.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HttpRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query, with placeholders.
    pub path: String,
    /// Headers, with placeholders. `$NAME` as a whole value stands for an environment variable.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// The JSON body, with placeholders.
    #[serde(default)]
    pub body: Written,
}

/// What an HTTP answer is like.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HttpResponse {
    /// The status; any success when absent.
    #[serde(default)]
    pub status: Option<u16>,
    /// What the body is like.
    #[serde(default)]
    pub body: Written,
}

/// Expects that the server refuses the connection.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RefusedStep {
    /// How; the contract's `refusal` says what is absent.
    #[schemars(required)]
    pub refused: Option<Refusal>,
}

/// How a server refuses a connection.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Refusal {
    /// HTTP status of the handshake.
    #[serde(default)]
    pub status: Option<u16>,
    /// Message of Socket.IO's CONNECT_ERROR, or the body of the HTTP answer.
    #[serde(default)]
    pub message: Option<String>,
}

/// Drops the connection.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisconnectStep {
    /// Nothing.
    #[expect(dead_code, reason = "there is nothing to say, but the key is written")]
    pub disconnect: (),
}

/// Connects again, and goes on where the connection was lost.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResumeStep {
    /// Where to go on.
    #[schemars(required)]
    pub resume: Option<ResumePoint>,
}

/// Where to go on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResumePoint {
    /// After the last event of this name that was matched; after the last of all when absent.
    #[serde(default)]
    pub after: Option<String>,
}

/// Closes the connection, or expects the server to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CloseStep {
    /// How, and by whom.
    #[schemars(required)]
    pub close: Option<CloseHow>,
}

/// How a connection is closed, and by whom.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CloseHow {
    /// The WebSocket close codes that may be seen; a client sends the first. Any when absent, and a client sends 1000.
    #[serde(default)]
    pub code: Codes,
    /// Who closes; the client when absent.
    #[serde(default)]
    pub by: CloseBy,
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
