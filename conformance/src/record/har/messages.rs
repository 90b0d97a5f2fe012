//! Messages of WebSockets and streams, as dialects of HAR write them.

use std::time::Duration;

use data_encoding::BASE64;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::entry::HarEntry;
use crate::interpret::format_test;
use crate::record::script::leaves;
use crate::record::trace::Content;
use crate::transport::event_stream::{Item, Parser};
use crate::transport::{Limits, Peer};

/// What is less is a time in seconds since 1970, what is more in milliseconds: in seconds, this is the year 5138.
const SECONDS_END: f64 = 1e11;

/// A message of a WebSocket.
#[derive(Debug, Deserialize)]
pub struct SocketMessage {
    /// `send`, `receive`, or `error`.
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    time: Option<Value>,
    #[serde(default)]
    opcode: Option<i64>,
    #[serde(default)]
    data: Value,
}

/// A message of a stream.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventMessage {
    #[serde(default)]
    time: Option<Value>,
    #[serde(default)]
    event_name: Option<String>,
    #[serde(default)]
    event_id: Option<String>,
    /// Absent where Chrome was told to leave out what is sensitive.
    #[serde(default)]
    data: Option<String>,
}

impl EventMessage {
    fn message(self) -> Option<Message> {
        let name = self.event_name.filter(|name| !name.is_empty()).unwrap_or_else(|| "message".to_owned());
        let id = self.event_id.filter(|id| !id.is_empty());
        let content = Content::Event { name, data: self.data?, id };
        Some(Message { at: self.time.as_ref().and_then(timestamp), from: Peer::Server, content })
    }
}

/// A message that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// When; `None` where the file does not say.
    pub at: Option<Timestamp>,
    /// Who sent it.
    pub from: Peer,
    /// It.
    pub content: Content,
}

impl SocketMessage {
    /// The message.
    ///
    /// # Errors
    /// It is none; the text says what it is.
    pub fn message(self) -> Result<Message, String> {
        let from = match self.kind.as_str() {
            "send" | "sent" | "request" => Peer::Client,
            "receive" | "received" | "response" => Peer::Server,
            "error" => {
                return Err(format!(
                    "the WebSocket failed: {}",
                    self.data.as_str().unwrap_or("no reason is given")
                ));
            }
            other => return Err(format!("a message of the type `{other}`")),
        };
        let text = self.data.as_str().map_or_else(|| self.data.to_string(), str::to_owned);
        let content = match self.opcode.unwrap_or(1) {
            1 => Content::Text { text },
            2 if BASE64.decode(text.as_bytes()).is_ok() => Content::Binary { base64: text },
            8 => Content::Close { code: None, reason: text },
            9 => Content::Ping { base64: text },
            10 => Content::Pong { base64: text },
            opcode => return Err(format!("a message with the opcode {opcode}")),
        };
        Ok(Message { at: self.time.as_ref().and_then(timestamp), from, content })
    }
}

/// The messages of a file beside, a line each.
///
/// # Errors
/// A line is none.
pub fn attached(text: &str) -> Result<Vec<SocketMessage>, String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
}

/// The messages of a stream: as Chrome lists them, else as the answer's body holds them.
pub fn of_stream(entry: &mut HarEntry, body: Option<&str>) -> Vec<Message> {
    if let Some(listed) = entry.event_messages.take() {
        return listed.into_iter().filter_map(EventMessage::message).collect();
    }
    let mut items = Vec::new();
    let mut parser = Parser::new(Limits::default().message_bytes, None);
    // What is too long ends the reading; what came before stays.
    let _ = parser.read(body.unwrap_or_default().as_bytes(), &mut items);
    let message = |item: Item| match item {
        Item::Event(event) => Some(Message {
            at: said_time(&event.data),
            from: Peer::Server,
            content: Content::Event { name: event.name, data: event.data, id: event.id },
        }),
        Item::Comment | Item::Malformed { .. } => None,
    };
    items.into_iter().filter_map(message).collect()
}

/// The first date and time that an event says: a body has no others.
fn said_time(data: &str) -> Option<Timestamp> {
    let value: Value = serde_json::from_str(data).ok()?;
    let mut found = None;
    leaves(&value, &mut |_, leaf| {
        if let Some(text) = leaf
            .as_str()
            .filter(|text| found.is_none() && format_test(handfast_codegen::model::Format::DateTime)(text))
        {
            found = text.parse().ok();
        }
    });
    found
}

/// A time since 1970, in seconds or in milliseconds; or as text.
fn timestamp(time: &Value) -> Option<Timestamp> {
    if let Some(text) = time.as_str() {
        return text.parse().ok();
    }
    let number = time.as_f64().filter(|number| number.is_finite() && *number > 0.0)?;
    let seconds = if number < SECONDS_END { number } else { number / 1e3 };
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    Timestamp::UNIX_EPOCH.checked_add(duration).ok()
}
