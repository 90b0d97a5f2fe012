//! A session as it is written: the keys of its file, and nothing about whether they make sense together.
//!
//! The published JSON Schema is derived from these types, and the reader reads them, so that both say the same.

use handfast_codegen::model::Millis;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::values::{After, CloseBy, Codes, Grade, Piece, Statuses, Times, Written};

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
    /// Features that not every server has: `paging`. One that lacks them says so in its file of capabilities.
    #[serde(default)]
    pub needs: Vec<String>,
    /// How long a step waits that does not say so itself; `5s` when absent.
    #[serde(default)]
    pub deadline: Option<Millis>,
    /// What becomes of events that no step expects.
    #[serde(default)]
    pub unmatched: Unmatched,
    /// What becomes of the server's refusals of what the client sends.
    #[serde(default)]
    pub refusals: Refusals,
    /// Another client, which connects first and stays until the session is over.
    #[serde(default)]
    #[expect(dead_code, reason = "it is read from its node, as a session of its own")]
    pub bystander: Option<Bystander>,
    /// Whether lifecycles may already be under way when the session begins.
    #[serde(default)]
    pub joins_late: bool,
    /// How long the whole session may take; as long as the run allows when absent.
    #[serde(default)]
    pub max_time: Option<Millis>,
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

/// What becomes of the server's refusals of what the client sends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Refusals {
    /// They are what the steps say of them.
    #[default]
    Allow,
    /// What is valid is not refused, what is invalid is, and the session ends with the first failure.
    Judge,
}

/// Another client, which connects first and stays until the session is over.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bystander {
    /// Where it connects, and as whom; as the session does when absent.
    #[serde(default)]
    #[expect(dead_code, reason = "it is read from its node, as a session of its own")]
    pub connect: Option<Connect>,
    /// What becomes of events that no step expects.
    #[serde(default)]
    #[expect(dead_code, reason = "it is read from its node, as a session of its own")]
    pub unmatched: Unmatched,
    /// What it does before the session begins, in order.
    #[serde(default)]
    #[expect(dead_code, reason = "each step is read from its node, so that every problem has its place")]
    pub steps: Vec<AnyStep>,
}

/// Where to connect, and as whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Connect {
    /// A channel of the contract.
    pub channel: String,
    /// The parameters in the channel's address, with placeholders. `$NAME` as a whole value stands for an environment variable.
    #[serde(default)]
    pub parameters: IndexMap<String, String>,
    /// The query of the handshake, with placeholders. `$NAME` as a whole value stands for an environment variable.
    #[serde(default)]
    pub query: IndexMap<String, String>,
    /// Request headers of the handshake, with placeholders. `$NAME` as a whole value stands for an environment variable.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// What the CONNECT of Socket.IO says beside the token, with placeholders: an object.
    #[serde(default)]
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    #[expect(dead_code, reason = "it is read from its node, as everything that holds placeholders")]
    pub auth: Written,
    /// The token, sent as the contract says; without it none is sent. `$NAME` stands for an environment variable.
    #[serde(default)]
    pub token: Option<String>,
    /// The id of the last event that an earlier connection saw.
    #[serde(default)]
    pub last_event_id: Option<String>,
}

/// The keys that tell steps apart.
pub const STEPS: [&str; 13] = [
    "send",
    "raw",
    "expect",
    "eventually",
    "any-order",
    "one-of",
    "never",
    "request",
    "accepted",
    "refused",
    "disconnect",
    "resume",
    "close",
];

/// A step.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "for the schema alone: the reader chooses the type by the step's key")]
pub enum AnyStep {
    /// Sends an event.
    Send(SendStep),
    /// Sends bytes as they are.
    Raw(RawStep),
    /// Waits for an event.
    Expect(ExpectStep),
    /// Waits for an event; others may come before it.
    Eventually(EventuallyStep),
    /// Makes an HTTP request out of band.
    Request(RequestStep),
    /// Waits for several events, in any order.
    AnyOrder(AnyOrderStep),
    /// Waits for one of several courses.
    OneOf(OneOfStep),
    /// Shows that an event does not come.
    Never(NeverStep),
    /// Says how the server accepts the connection.
    Accepted(AcceptedStep),
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
    /// How soon it is acknowledged; the session's deadline when absent.
    #[serde(default)]
    pub within: Option<Millis>,
    /// What it waits for, instead of the steps before it.
    #[serde(default)]
    pub after: Option<After>,
    /// Whether the reply of the contract is to come; `false` where the server refuses it in another way.
    #[serde(default = "yes")]
    pub answered: bool,
}

const fn yes() -> bool {
    true
}

/// Sends bytes as they are: a text message of a WebSocket, or the argument of an event of Socket.IO.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawStep {
    /// The bytes, piece by piece.
    pub raw: Vec<Piece>,
    /// The event whose argument they stand for (Socket.IO).
    #[serde(default)]
    pub event: Option<String>,
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
    /// How soon each repetition comes after the one before; then `within` is for all of them.
    #[serde(default)]
    pub gap: Option<Millis>,
    /// What its payload is like.
    #[serde(default)]
    pub data: Written,
    /// The arguments that answer the acknowledgement it asks for (Socket.IO).
    #[serde(default)]
    #[schemars(with = "Option<Vec<Written>>")]
    pub acknowledge: Written,
}

/// Waits for an event; others may come before it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EventuallyStep {
    /// The event.
    pub eventually: String,
    /// As of a step `expect`.
    #[serde(default)]
    pub within: Option<Millis>,
    /// As of a step `expect`; others may come in between, too.
    #[serde(default)]
    pub times: Times,
    /// As of a step `expect`.
    #[serde(default)]
    pub gap: Option<Millis>,
    /// What its payload is like; with another payload it is one of the others.
    #[serde(default)]
    pub data: Written,
    /// As of a step `expect`.
    #[serde(default)]
    #[schemars(with = "Option<Vec<Written>>")]
    pub acknowledge: Written,
}

impl From<EventuallyStep> for ExpectStep {
    fn from(step: EventuallyStep) -> Self {
        let EventuallyStep { eventually, within, times, gap, data, acknowledge } = step;
        Self { expect: eventually, within, times, gap, data, acknowledge }
    }
}

/// Waits for one of several courses.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OneOfStep {
    /// The courses; the server takes one of them.
    pub one_of: Vec<Alternative>,
}

/// One of several courses.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Alternative {
    /// What happens, in order; it begins with something that the server does.
    #[expect(dead_code, reason = "each step is read from its node, so that every problem has its place")]
    pub steps: Vec<AnyStep>,
    /// What a server is worth that takes this course.
    #[serde(default)]
    pub grade: Grade,
}

/// Waits for several events, in any order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnyOrderStep {
    /// The events.
    pub any_order: Vec<ExpectOrEventually>,
}

/// A member of `any-order`.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "for the schema alone: the reader chooses the type by the member's key")]
pub enum ExpectOrEventually {
    /// Waits for an event.
    Expect(ExpectStep),
    /// Waits for an event; while it is missing, others may come.
    Eventually(EventuallyStep),
}

impl<'de> Deserialize<'de> for ExpectOrEventually {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let nothing = EventuallyStep {
            eventually: String::new(),
            within: None,
            times: Times::default(),
            gap: None,
            data: Written(false),
            acknowledge: Written(false),
        };
        IgnoredAny::deserialize(deserializer).map(|_| Self::Eventually(nothing))
    }
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
    /// How soon it is answered; the session's deadline when absent.
    #[serde(default)]
    pub within: Option<Millis>,
    /// What it waits for, instead of the steps before it.
    #[serde(default)]
    pub after: Option<After>,
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
    /// Bytes instead of a JSON body, piece by piece.
    #[serde(default)]
    pub raw: Option<Vec<Piece>>,
}

/// What an HTTP answer is like.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HttpResponse {
    /// The status; any success when absent.
    #[serde(default)]
    pub status: Statuses,
    /// What its headers are like; other headers may be there.
    #[serde(default)]
    pub headers: IndexMap<String, Written>,
    /// What the body is like.
    #[serde(default)]
    pub body: Written,
}

/// Says how the server accepts the connection.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AcceptedStep {
    /// How.
    #[schemars(required)]
    pub accepted: Option<Acceptance>,
}

/// How a server accepts a connection.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Acceptance {
    /// HTTP status of the handshake.
    #[serde(default)]
    pub status: Statuses,
    /// What the headers of the handshake are like; other headers may be there.
    #[serde(default)]
    pub headers: IndexMap<String, Written>,
    /// What the subprotocol that the server chose is like (WebSocket).
    #[serde(default)]
    pub subprotocol: Written,
    /// What the payload of the server's CONNECT is like (Socket.IO).
    #[serde(default)]
    pub connect: Written,
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
    pub status: Statuses,
    /// What the headers of the handshake are like; other headers may be there.
    #[serde(default)]
    pub headers: IndexMap<String, Written>,
    /// What the message of Socket.IO's CONNECT_ERROR is like, or the body of the HTTP answer, as text.
    #[serde(default)]
    pub message: Written,
    /// What the data of Socket.IO's CONNECT_ERROR is like.
    #[serde(default)]
    pub data: Written,
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
    /// Whether the closing handshake takes place; either way when absent.
    #[serde(default)]
    pub clean: Option<bool>,
    /// The reason: what the server's is like, or what the client says.
    #[serde(default)]
    pub reason: Written,
}
