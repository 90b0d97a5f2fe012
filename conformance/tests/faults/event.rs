//! One event as three transports carry it: decoded into a name and its JSON, and encoded again.

use serde_json::Value;

/// What is JSON, or is to be something else in its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    Json(Value),
    Text(&'static str),
}

impl Data {
    fn text(&self) -> String {
        match self {
            Self::Json(json) => json.to_string(),
            Self::Text(text) => (*text).to_owned(),
        }
    }
}

/// An event of the server on its way to the client.
#[derive(Debug, Clone)]
pub struct Event {
    pub name: String,
    pub json: Value,
    frame: Frame,
    /// What is on the wire; an event that nothing changes keeps it to the byte.
    text: String,
}

/// What is around the event on the wire.
#[derive(Debug, Clone, PartialEq)]
enum Frame {
    /// A WebSocket message: nothing.
    Message,
    /// A block of Server-Sent Events: its other fields.
    Block { fields: String },
    /// A Socket.IO packet: what stands before the array, and the arguments after the first.
    Packet { head: String, more: Vec<Value> },
}

/// How a connection carries events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carriage {
    /// One JSON value per message, with the event's name at this pointer.
    Messages { name: &'static str },
    /// Blocks of Server-Sent Events, without the blank line that ends each.
    Blocks,
    /// Socket.IO packets in Engine.IO text packets.
    Packets,
}

impl Carriage {
    /// The event in `text`; none where it is something else.
    pub fn decode(self, text: &str) -> Option<Event> {
        let (name, json, frame) = match self {
            Self::Messages { name } => message(text, name)?,
            Self::Blocks => block(text)?,
            Self::Packets => packet(text)?,
        };
        Some(Event { name, json, frame, text: text.to_owned() })
    }
}

impl Event {
    /// What is on the wire.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The event, with this on the wire.
    pub fn written(&self, text: String) -> Self {
        Self { text, ..self.clone() }
    }

    /// The same frame around another name and other data.
    pub fn with(&self, name: &str, data: &Data) -> Self {
        let json = if let Data::Json(json) = data { json.clone() } else { Value::Null };
        let text = match &self.frame {
            Frame::Message => data.text(),
            Frame::Block { fields } => {
                let name = if name.is_empty() { String::new() } else { format!("event: {name}\n") };
                format!("{fields}{name}data: {}", data.text())
            }
            Frame::Packet { head, .. } if matches!(data, Data::Text(_)) => format!("{head}{}", data.text()),
            Frame::Packet { head, more } => {
                let mut arguments = vec![Value::from(name)];
                arguments.extend(Some(json.clone()).filter(|json| !json.is_null() || !more.is_empty()));
                arguments.extend(more.iter().cloned());
                format!("{head}{}", Value::Array(arguments))
            }
        };
        Self { name: name.to_owned(), json, frame: self.frame.clone(), text }
    }
}

fn message(text: &str, name: &str) -> Option<(String, Value, Frame)> {
    let json: Value = serde_json::from_str(text).ok()?;
    let name = json.pointer(name)?.as_str()?.to_owned();
    Some((name, json, Frame::Message))
}

fn block(text: &str) -> Option<(String, Value, Frame)> {
    let (mut name, mut data, mut fields) = (None, None, String::new());
    for line in text.lines() {
        match line.split_once(':') {
            Some(("event", value)) => name = Some(value.trim().to_owned()),
            Some(("data", value)) => data = Some(serde_json::from_str(value).ok()?),
            _ => fields += &format!("{line}\n"),
        }
    }
    Some((name?, data?, Frame::Block { fields }))
}

/// Only events without binary attachments.
fn packet(text: &str) -> Option<(String, Value, Frame)> {
    let (head, arguments) = text.split_at(text.find('[')?);
    let arguments: Vec<Value> = serde_json::from_str(arguments).ok().filter(|_| head.starts_with("42"))?;
    let mut arguments = arguments.into_iter();
    let name = arguments.next()?.as_str()?.to_owned();
    let json = arguments.next().unwrap_or_default();
    Some((name, json, Frame::Packet { head: head.to_owned(), more: arguments.collect() }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(carriage: Carriage, text: &str, name: &str, data: &Value, other: &str) {
        let event = carriage.decode(text).unwrap();
        assert_eq!((event.name.as_str(), &event.json, event.text()), (name, data, text));
        assert_eq!(event.with("b", &Data::Json(json!({ "t": "b" }))).text(), other);
    }

    #[test]
    fn events_are_read_and_written() {
        let data = json!({ "t": "a" });
        let messages = Carriage::Messages { name: "/t" };
        check(messages, r#"{ "t": "a" }"#, "a", &data, r#"{"t":"b"}"#);
        let text = "id: 7\nevent: a\ndata: {\"t\":\"a\"}";
        check(Carriage::Blocks, text, "a", &data, "id: 7\nevent: b\ndata: {\"t\":\"b\"}");
        let text = r#"42/n,3["a",{"t":"a"},1]"#;
        check(Carriage::Packets, text, "a", &data, r#"42/n,3["b",{"t":"b"},1]"#);
        check(Carriage::Packets, r#"42["a"]"#, "a", &Value::Null, r#"42["b",{"t":"b"}]"#);
    }

    #[test]
    fn all_else_is_no_event() {
        for text in ["40/n,{}", "2", "43/n,1[]", "44/n,[]", "42/n,[5]", ""] {
            assert!(Carriage::Packets.decode(text).is_none(), "{text}");
        }
        for text in [": comment", "retry: 5", "data: {}"] {
            assert!(Carriage::Blocks.decode(text).is_none(), "{text}");
        }
        assert!(Carriage::Messages { name: "/t" }.decode("[1]").is_none());
    }
}
