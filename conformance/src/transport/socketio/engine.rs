//! Engine.IO 4's packets and its polling payloads; does no I/O.

use std::time::Duration;

use data_encoding::BASE64;
use serde_json::Value;

/// What separates the packets of a polling payload.
const SEPARATOR: char = '\u{1e}';

/// One packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Packet {
    /// The server's handshake, as JSON.
    Open(String),
    /// The end.
    Close,
    /// A question for a sign of life, or of an upgrade.
    Ping(String),
    /// Its answer.
    Pong(String),
    /// A text message.
    Text(String),
    /// A binary message.
    Binary(Vec<u8>),
    /// The client has changed to the WebSocket.
    Upgrade,
    /// Nothing: it ends a poll.
    Noop,
}

/// What the server says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Open {
    /// The session's id.
    pub(crate) sid: String,
    /// Whether the server offers a WebSocket.
    pub(crate) upgrades: bool,
    /// How long the server may be silent.
    pub(crate) silence: Duration,
    /// The largest payload that the server takes in one request, in bytes.
    pub(crate) max_payload: usize,
}

/// The packet of a WebSocket text message or of a part of a payload.
///
/// # Errors
///
/// There is none; the message says why.
pub(crate) fn decode(text: &str) -> Result<Packet, String> {
    let mut chars = text.chars();
    let (kind, data) = (chars.next(), chars.as_str());
    let packet = match kind {
        Some('0') => return Ok(Packet::Open(data.to_owned())),
        Some('2') => return Ok(Packet::Ping(data.to_owned())),
        Some('3') => return Ok(Packet::Pong(data.to_owned())),
        Some('4') => return Ok(Packet::Text(data.to_owned())),
        Some('1') => Packet::Close,
        Some('5') => Packet::Upgrade,
        Some('6') => Packet::Noop,
        Some(other) => return Err(format!("`{other}` is no type of an Engine.IO packet")),
        None => return Err("an empty Engine.IO packet".to_owned()),
    };
    if data.is_empty() { Ok(packet) } else { Err("the Engine.IO packet carries data".to_owned()) }
}

/// The text of a packet; binary messages are in base64, as polling has them.
pub(crate) fn encode(packet: &Packet) -> String {
    match packet {
        Packet::Open(data) => format!("0{data}"),
        Packet::Close => "1".to_owned(),
        Packet::Ping(data) => format!("2{data}"),
        Packet::Pong(data) => format!("3{data}"),
        Packet::Text(data) => ["4", data].concat(),
        Packet::Binary(bytes) => format!("b{}", BASE64.encode(bytes)),
        Packet::Upgrade => "5".to_owned(),
        Packet::Noop => "6".to_owned(),
    }
}

/// The packets of a polling payload, each with its text.
pub(crate) fn decode_payload(payload: &str) -> impl Iterator<Item = (&str, Result<Packet, String>)> {
    payload.split(SEPARATOR).map(|text| match text.strip_prefix('b') {
        None => (text, decode(text)),
        Some(base64) => {
            let bytes = BASE64.decode(base64.as_bytes());
            (text, bytes.map(Packet::Binary).map_err(|error| format!("no base64: {error}")))
        }
    })
}

/// Appends a packet to a payload, unless that would grow beyond `limit` bytes. A single packet always fits: whether it
/// is too large is the server's decision.
pub(crate) fn append(payload: &mut String, packet: &Packet, limit: usize) -> bool {
    let text = encode(packet);
    if payload.is_empty() {
        payload.push_str(&text);
        return true;
    }
    let fits = payload.len() + 1 + text.len() <= limit;
    if fits {
        payload.push(SEPARATOR);
        payload.push_str(&text);
    }
    fits
}

impl Open {
    /// Reads the data of an `open` packet.
    ///
    /// # Errors
    ///
    /// A member is missing or of the wrong type.
    pub(crate) fn decode(data: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(data).map_err(|error| format!("no JSON: {error}"))?;
        let millis = |name: &str| {
            let found = value.get(name).and_then(Value::as_u64);
            let millis = found.map(|millis| Duration::from_millis(millis.min(u64::from(u32::MAX))));
            millis.ok_or_else(|| format!("the handshake has no integer `{name}`"))
        };
        let sid = value.get("sid").and_then(Value::as_str).filter(|sid| !sid.is_empty());
        let upgrades = value.get("upgrades").and_then(Value::as_array);
        let upgrades = upgrades.ok_or("the handshake has no array `upgrades`")?;
        Ok(Self {
            sid: sid.ok_or("the handshake has no string `sid`")?.to_owned(),
            upgrades: upgrades.iter().any(|name| name == "websocket"),
            silence: millis("pingInterval")? + millis("pingTimeout")?,
            // Servers older than Engine.IO 6.0 do not say.
            max_payload: value.get("maxPayload").map_or(Ok(usize::MAX), |max| {
                let max = max.as_u64().ok_or("the handshake's `maxPayload` is no integer")?;
                Ok::<_, String>(usize::try_from(max).unwrap_or(usize::MAX))
            })?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(packet: &Packet, text: &str) {
        assert_eq!(encode(packet), text);
        let decoded: Vec<_> = decode_payload(text).collect();
        assert_eq!(decoded, [(text, Ok(packet.clone()))]);
    }

    #[test]
    fn packets() {
        check(&Packet::Open("{}".to_owned()), "0{}");
        check(&Packet::Close, "1");
        check(&Packet::Ping("probe".to_owned()), "2probe");
        check(&Packet::Pong(String::new()), "3");
        check(&Packet::Text("2[\"€\"]".to_owned()), "42[\"€\"]");
        check(&Packet::Binary(vec![1, 2, 3, 4]), "bAQIDBA==");
        check(&Packet::Upgrade, "5");
        check(&Packet::Noop, "6");
    }

    #[test]
    fn malformed_packets() {
        for text in ["", "7", "x", "é", "1x", "6 ", "bAQ", "b*", "4a\u{1e}", "<html>"] {
            assert!(decode_payload(text).any(|(_, packet)| packet.is_err()), "{text}");
        }
        assert!(decode("bAQIDBA==").is_err(), "a WebSocket has binary messages for that");
    }

    #[test]
    fn payloads_stay_below_the_limit() {
        let text = |text: &str| Packet::Text(text.to_owned());
        let mut payload = String::new();
        assert!(append(&mut payload, &text("€"), 1), "the first always fits");
        assert!(append(&mut payload, &text("b"), 7));
        assert!(!append(&mut payload, &text("c"), 9));
        assert!(append(&mut payload, &text("c"), 10));
        assert_eq!(payload, "4€\u{1e}4b\u{1e}4c");
    }

    #[test]
    fn handshakes() {
        let open = |data: &str| Open::decode(data);
        let expected = Open {
            sid: "s".to_owned(),
            upgrades: true,
            silence: Duration::from_millis(30),
            max_payload: 100,
        };
        let data =
            r#"{"sid":"s","upgrades":["websocket"],"pingInterval":10,"pingTimeout":20,"maxPayload":100}"#;
        assert_eq!(open(data), Ok(expected));
        let data = r#"{"sid":"s","upgrades":[],"pingInterval":0,"pingTimeout":18446744073709551615}"#;
        let found = open(data).expect("a handshake");
        assert!(!found.upgrades && found.max_payload == usize::MAX);
        for missing in ["sid", "upgrades", "pingInterval", "pingTimeout"] {
            let mut value: Value = serde_json::from_str(data).expect("JSON");
            value.as_object_mut().expect("an object").remove(missing);
            assert!(open(&value.to_string()).expect_err(missing).contains(missing));
        }
        assert!(open("").is_err() && open("[]").is_err());
    }
}
