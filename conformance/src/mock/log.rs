//! What a mock tells of itself.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Entry {
    /// A client is let in.
    Opened {
        /// The conversation's number.
        connection: u64,
        /// The channel.
        channel: String,
        /// The sessions that the client may be playing, by what it has done so far.
        sessions: Vec<String>,
        /// Whether it goes on with a conversation that it lost.
        resumed: bool,
    },
    /// A client is refused.
    Refused {
        /// The channel.
        channel: String,
        /// HTTP status.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// What the client is told.
        message: String,
        /// Why.
        reason: String,
    },
    /// An event of the client came.
    Heard {
        /// The conversation's number.
        connection: u64,
        /// Its name.
        name: String,
        /// Its payload.
        payload: Value,
        /// Whether its schema accepts it.
        valid: bool,
    },
    /// An event is sent.
    Told {
        /// The conversation's number.
        connection: u64,
        /// Its name.
        name: String,
        /// Its payload.
        payload: Value,
    },
    /// An acknowledgement is sent.
    Acknowledged {
        /// The conversation's number.
        connection: u64,
        /// The event that asked for it.
        name: String,
        /// Its arguments.
        arguments: Vec<Value>,
    },
    /// What the contract forbids came.
    Rejected {
        /// The conversation's number.
        connection: u64,
        /// The event's name, where it has one.
        name: Option<String>,
        /// Why.
        reason: String,
    },
    /// An HTTP request is answered.
    Answered {
        /// The conversation that waited for it.
        #[serde(skip_serializing_if = "Option::is_none")]
        connection: Option<u64>,
        /// `GET`, `POST`, …
        method: String,
        /// Path and query.
        path: String,
        /// HTTP status.
        status: u16,
    },
    /// A fault is done on purpose.
    Fault {
        /// The conversation's number.
        connection: u64,
        /// What was asked for.
        fault: String,
        /// The event that it befell.
        name: Option<String>,
    },
    /// Something is not as the session or the contract has it, and the mock goes on.
    Warning {
        /// The conversation's number.
        connection: u64,
        /// What.
        message: String,
    },
    /// A connection is over.
    Closed {
        /// The conversation's number.
        connection: u64,
        /// `client` or `server`.
        by: String,
        /// The WebSocket close code.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<u16>,
        /// Why.
        reason: String,
    },
}

impl Entry {
    /// An event of the client.
    pub fn heard(connection: u64, name: &str, payload: &Value, valid: bool) -> Self {
        Self::Heard { connection, name: name.to_owned(), payload: payload.clone(), valid }
    }

    /// An event of the server.
    pub fn told(connection: u64, name: &str, payload: &Value) -> Self {
        Self::Told { connection, name: name.to_owned(), payload: payload.clone() }
    }

    /// An acknowledgement of the server.
    pub fn acknowledged(connection: u64, name: &str, arguments: &[Value]) -> Self {
        Self::Acknowledged { connection, name: name.to_owned(), arguments: arguments.to_vec() }
    }

    /// Something forbidden.
    pub fn rejected(connection: u64, name: Option<&str>, reason: &str) -> Self {
        Self::Rejected { connection, name: name.map(str::to_owned), reason: reason.to_owned() }
    }

    /// Something unforeseen.
    pub fn warning(connection: u64, message: impl Into<String>) -> Self {
        Self::Warning { connection, message: message.into() }
    }
}
