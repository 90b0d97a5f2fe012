//! Socket.IO 5's packets as text: `type[attachments-][/namespace,][id][json]`; does no I/O.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::transport::json_text;

/// Events that a Socket.IO library keeps for itself; no packet may carry them.
pub(crate) const RESERVED_EVENTS: [&str; 6] =
    ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

/// One packet, without the attachments that follow it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Packet {
    /// The namespace it is for; `/` is the main one.
    pub(crate) namespace: String,
    /// What it says.
    pub(crate) body: Body,
}

/// What a packet says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    /// Join the namespace, or the server's consent.
    Connect(Option<Value>),
    /// Leave the namespace.
    Disconnect,
    /// The server does not consent.
    ConnectError(Value),
    /// An event, whose first argument is its name.
    Event(Call),
    /// The answer to the event with that id.
    Ack(Call),
}

/// Arguments on the wire.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Call {
    /// The acknowledgement's id; events may go without.
    pub(crate) id: Option<u64>,
    /// The arguments.
    pub(crate) arguments: Vec<Value>,
    /// How many attachments follow in a binary packet; each has one placeholder in the arguments.
    pub(crate) attachments: Option<usize>,
}

/// The text of `packet`.
pub(crate) fn encode(packet: &Packet) -> String {
    let (kind, call, json) = match &packet.body {
        Body::Connect(data) => (0, None, data.as_ref().map(json_text)),
        Body::Disconnect => (1, None, None),
        Body::Event(call) if call.attachments.is_none() => (2, Some(call), None),
        Body::Ack(call) if call.attachments.is_none() => (3, Some(call), None),
        Body::ConnectError(data) => (4, None, Some(json_text(data))),
        Body::Event(call) => (5, Some(call), None),
        Body::Ack(call) => (6, Some(call), None),
    };
    let mut text = kind.to_string();
    // Writing to a string cannot fail.
    if let Some(n) = call.and_then(|call| call.attachments) {
        let _ = write!(text, "{n}-");
    }
    if packet.namespace != "/" {
        let _ = write!(text, "{},", packet.namespace);
    }
    if let Some(id) = call.and_then(|call| call.id) {
        let _ = write!(text, "{id}");
    }
    text.push_str(&json.unwrap_or_default());
    if let Some(call) = call {
        text.push_str(&json_text(&call.arguments));
    }
    text
}

/// The packet that `text` stands for.
///
/// # Errors
///
/// It stands for none; the message says why.
pub(crate) fn decode(text: &str) -> Result<Packet, String> {
    let mut rest = text;
    let kind = match take(&mut rest, 1) {
        Some(digit) if matches!(digit.as_bytes(), [b'0'..=b'6']) => digit.as_bytes()[0],
        _ => return Err("the packet has no type from 0 to 6".to_owned()),
    };
    let attachments = matches!(kind, b'5' | b'6').then(|| take_attachments(&mut rest)).transpose()?;
    let namespace = take_namespace(&mut rest);
    let id = take_id(&mut rest)?;
    let json = if rest.is_empty() { None } else { Some(parse(rest)?) };
    let body = match kind {
        b'0' => Body::Connect(json),
        b'1' => Body::Disconnect,
        b'4' => Body::ConnectError(json.ok_or("a CONNECT_ERROR needs data")?),
        _ => {
            let Some(Value::Array(arguments)) = json else {
                return Err("the arguments are no array".to_owned());
            };
            let call = Call { id, arguments, attachments };
            check_placeholders(&call.arguments, attachments.unwrap_or(0))?;
            if matches!(kind, b'2' | b'5') { Body::Event(call) } else { Body::Ack(call) }
        }
    };
    check(&body, id, rest)?;
    Ok(Packet { namespace, body })
}

fn check(body: &Body, id: Option<u64>, json: &str) -> Result<(), String> {
    match body {
        Body::Connect(Some(Value::Object(_)) | None)
        | Body::ConnectError(Value::Object(_) | Value::String(_)) => no_id(id),
        Body::Connect(_) => Err("the data of a CONNECT is no object".to_owned()),
        Body::ConnectError(_) => Err("the data of a CONNECT_ERROR is neither object nor string".to_owned()),
        Body::Disconnect if json.is_empty() => no_id(id),
        Body::Disconnect => Err("a DISCONNECT carries data".to_owned()),
        Body::Event(call) => event_name(&call.arguments).map(|_| ()),
        Body::Ack(call) if call.id.is_some() => Ok(()),
        Body::Ack(_) => Err("the acknowledgement has no id".to_owned()),
    }
}

fn no_id(id: Option<u64>) -> Result<(), String> {
    id.map_or(Ok(()), |id| {
        Err(format!("the packet has the id {id}, which only events and acknowledgements have"))
    })
}

/// The name of an event.
///
/// # Errors
///
/// There is none, or it is reserved.
pub(crate) fn event_name(arguments: &[Value]) -> Result<&str, String> {
    match arguments.first() {
        Some(Value::String(name)) if RESERVED_EVENTS.contains(&name.as_str()) => {
            Err(format!("the event name `{name}` is reserved"))
        }
        Some(Value::String(name)) => Ok(name),
        _ => Err("the event has no name".to_owned()),
    }
}

/// Checks that the arguments refer to each of `n` attachments once.
///
/// # Errors
///
/// They do not.
pub(crate) fn check_placeholders(arguments: &[Value], n: usize) -> Result<(), String> {
    let mut seen = Vec::new();
    if n > 0 {
        arguments.iter().for_each(|value| placeholders(value, &mut seen));
    }
    seen.sort_unstable();
    if seen.len() == n && seen.iter().zip(0..).all(|(found, wanted)| *found == Some(wanted)) {
        return Ok(());
    }
    let found: Vec<_> = seen.iter().map(|num| num.map_or("?".to_owned(), |num| num.to_string())).collect();
    Err(format!("{n} attachments, but the placeholders are [{}]", found.join(", ")))
}

fn placeholders(value: &Value, seen: &mut Vec<Option<u64>>) {
    match value {
        Value::Object(members) if is_placeholder(members) => {
            seen.push(members.get("num").and_then(Value::as_u64));
        }
        Value::Object(members) => members.values().for_each(|value| placeholders(value, seen)),
        Value::Array(items) => items.iter().for_each(|value| placeholders(value, seen)),
        _ => {}
    }
}

fn is_placeholder(members: &Map<String, Value>) -> bool {
    members.get("_placeholder") == Some(&Value::Bool(true))
}

fn parse(json: &str) -> Result<Value, String> {
    serde_json::from_str(json).map_err(|error| format!("no JSON: {error}"))
}

fn take<'a>(rest: &mut &'a str, n: usize) -> Option<&'a str> {
    let (head, tail) = rest.split_at_checked(n)?;
    *rest = tail;
    Some(head)
}

fn take_digits<'a>(rest: &mut &'a str) -> &'a str {
    let n = rest.bytes().take_while(u8::is_ascii_digit).count();
    take(rest, n).unwrap_or_default()
}

fn take_attachments(rest: &mut &str) -> Result<usize, String> {
    let count = take_digits(rest).parse().map_err(|_| "the packet does not count its attachments")?;
    if take(rest, 1) != Some("-") {
        return Err("the number of attachments does not end with `-`".to_owned());
    }
    Ok(count)
}

fn take_namespace(rest: &mut &str) -> String {
    if !rest.starts_with('/') {
        return "/".to_owned();
    }
    let (namespace, tail) = rest.split_once(',').unwrap_or((*rest, ""));
    *rest = tail;
    namespace.to_owned()
}

fn take_id(rest: &mut &str) -> Result<Option<u64>, String> {
    match take_digits(rest) {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| format!("the id {digits} is too large")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use socketioxide_core::parser::{Parse, ParseError, ParserState};

    use super::*;

    fn event(namespace: &str, id: Option<u64>, arguments: &Value, attachments: Option<usize>) -> Packet {
        let arguments = arguments.as_array().expect("an array").clone();
        Packet { namespace: namespace.to_owned(), body: Body::Event(Call { id, arguments, attachments }) }
    }

    fn ack(id: u64, arguments: &Value, attachments: Option<usize>) -> Packet {
        let Packet { namespace, body } = event("/", Some(id), arguments, attachments);
        let Body::Event(call) = body else { panic!("an event") };
        Packet { namespace, body: Body::Ack(call) }
    }

    #[track_caller]
    fn check_both_ways(packet: &Packet, text: &str) {
        assert_eq!(encode(packet), text);
        assert_eq!(decode(text).as_ref(), Ok(packet));
    }

    /// Both ways, and readable by `socketioxide`.
    #[track_caller]
    fn check(packet: &Packet, text: &str) {
        check_both_ways(packet, text);
        assert!(oracle(text), "the oracle refuses {text}");
    }

    fn oracle(text: &str) -> bool {
        let parser = socketioxide_parser_common::CommonParser;
        let result = parser.decode_str(&Default::default(), &ParserState::default(), text.to_owned().into());
        matches!(result, Ok(_) | Err(ParseError::NeedsMoreBinaryData))
    }

    #[test]
    fn connecting() {
        let packet = |namespace: &str, body| Packet { namespace: namespace.to_owned(), body };
        check(&packet("/", Body::Connect(None)), "0");
        check(&packet("/a", Body::Connect(None)), "0/a,");
        check(&packet("/a", Body::Connect(Some(json!({ "token": "1,2" })))), r#"0/a,{"token":"1,2"}"#);
        check(&packet("/", Body::Disconnect), "1");
        check(&packet("/a/b", Body::Disconnect), "1/a/b,");
        // A server, such as the oracle, never reads this one.
        let refused = packet("/a", Body::ConnectError(json!({ "message": "no" })));
        check_both_ways(&refused, r#"4/a,{"message":"no"}"#);
        assert_eq!(decode("0/a"), Ok(packet("/a", Body::Connect(None))));
        assert_eq!(decode(r#"4"no""#), Ok(packet("/", Body::ConnectError(json!("no")))));
    }

    #[test]
    fn events() {
        check(&event("/", None, &json!(["a"]), None), r#"2["a"]"#);
        check(&event("/", Some(0), &json!(["a", 1, [2]]), None), r#"20["a",1,[2]]"#);
        check(&event("/n", Some(u64::from(u32::MAX)), &json!(["a"]), None), r#"2/n,4294967295["a"]"#);
        check(&ack(7, &json!([]), None), "37[]");
        assert_eq!(decode(r#"2007["a"]"#), Ok(event("/", Some(7), &json!(["a"]), None)));
    }

    #[test]
    fn binary() {
        let one = json!({ "_placeholder": true, "num": 0 });
        let two = json!({ "_placeholder": true, "num": 1 });
        let text = r#"51-["a",{"_placeholder":true,"num":0}]"#;
        check(&event("/", None, &json!(["a", one]), Some(1)), text);
        let text = r#"52-/n,9["a",{"_placeholder":true,"num":1},[{"_placeholder":true,"num":0}]]"#;
        check(&event("/n", Some(9), &json!(["a", two, [one]]), Some(2)), text);
        check(&ack(9, &json!([one]), Some(1)), r#"61-9[{"_placeholder":true,"num":0}]"#);
        // A text packet may hold anything, placeholders too.
        check(&event("/", None, &json!(["a", two]), None), r#"2["a",{"_placeholder":true,"num":1}]"#);
    }

    #[track_caller]
    fn check_bad(text: &str, reason: &str) {
        let found = decode(text).expect_err(text);
        assert!(found.contains(reason), "{text}: {found}");
    }

    #[test]
    fn malformed() {
        for text in ["", "7", "9[]", "a", "é", "-1"] {
            check_bad(text, "no type from 0 to 6");
        }
        check_bad("2", "no array");
        check_bad("2{}", "no array");
        check_bad("2[", "no JSON");
        check_bad(r#"2["a"]]"#, "no JSON");
        check_bad("2[]", "no name");
        check_bad("2[1]", "no name");
        check_bad("2[null]", "no name");
        check_bad(r#"2["disconnect"]"#, "reserved");
        check_bad(r#"299999999999999999999["a"]"#, "too large");
        check_bad("3[]", "has no id");
        check_bad("0[]", "no object");
        check_bad("0\"x\"", "no object");
        check_bad("07{}", "has the id 7");
        check_bad("1{}", "carries data");
        check_bad("4", "needs data");
        check_bad("4[]", "neither object nor string");
        check_bad(r#"5["a"]"#, "does not count");
        check_bad(r#"51["a"]"#, "does not end with `-`");
        check_bad(r#"5-["a"]"#, "does not count");
        check_bad(r#"599999999999999999999-["a"]"#, "does not count");
        check_bad(r#"51-["a"]"#, "1 attachments, but the placeholders are []");
        check_bad(r#"51-["a",{"_placeholder":true,"num":1}]"#, "placeholders are [1]");
        check_bad(r#"51-["a",{"_placeholder":true,"num":-1}]"#, "placeholders are [?]");
        let twice = r#"52-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]"#;
        check_bad(twice, "placeholders are [0, 0]");
        check_bad(&format!("2{}", "[".repeat(100_000)), "no JSON");
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let seeds = [r#"52-/n,9["a",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]"#, "0/é,{}"];
        for seed in seeds {
            for (at, _) in seed.char_indices() {
                for new in ["", "-", ",", "/", "9", "é", "\"", "\0"] {
                    let text = format!("{}{new}{}", &seed[..at], &seed[at..]);
                    // What is accepted survives a round trip.
                    if let Ok(packet) = decode(&text) {
                        assert_eq!(decode(&encode(&packet)), Ok(packet), "{text}");
                    }
                }
            }
        }
    }
}
