use serde_json::{Value, json};

use super::*;
use crate::record::trace::{Content, What};
use crate::transport::{Kind, Peer};

fn none(name: &str) -> Result<String, String> {
    Err(format!("no file {name}"))
}

fn har(entries: &Value) -> Vec<u8> {
    json!({ "log": { "version": "1.2", "creator": { "name": "test" }, "entries": entries } })
        .to_string()
        .into_bytes()
}

fn entry(at: &str, url: &str, more: &Value) -> Value {
    let mut entry = json!({
        "startedDateTime": at, "time": 100,
        "request": { "method": "GET", "url": url, "headers": [{ "name": "Host", "value": "h" }] },
        "response": { "status": 101, "headers": [] },
    });
    for (name, value) in more.as_object().expect("an object") {
        entry[name] = value.clone();
    }
    entry
}

/// What crossed the wire, as `<` for what came and `>` for what was sent.
fn told(har: &Har) -> Vec<String> {
    let frame = |what: &What| match what {
        What::Frame(frame) => {
            let arrow = if frame.from == Peer::Client { ">" } else { "<" };
            match &frame.content {
                Content::Text { text } => format!("{arrow} {text}"),
                Content::Binary { base64 } => format!("{arrow} binary {base64}"),
                Content::Event { name, data, .. } => format!("{arrow} {name} {data}"),
                other => format!("{arrow} {other:?}"),
            }
        }
        What::Exchange(exchange) => format!("{} {}", exchange.method, exchange.path),
    };
    har.traces.iter().flat_map(|trace| trace.entries.iter().map(|entry| frame(&entry.what))).collect()
}

#[test]
fn dialects_of_websockets() {
    let start = "2025-11-13T09:21:05.000Z";
    let chrome = json!([
        { "type": "send", "time": 1763025665.1, "opcode": 1, "data": "a" },
        { "type": "receive", "time": 1763025665.2, "opcode": 2, "data": "AAE=" },
    ]);
    let playwright = json!([
        { "type": "send", "time": 1763025665100.0, "opcode": 1, "data": "a" },
        { "type": "receive", "time": 1763025665200.0, "opcode": 2, "data": "AAE=" },
    ]);
    for messages in [chrome, playwright] {
        let post =
            entry("2025-11-13T09:21:05.150Z", "http://h/api?x=1", &json!({ "response": { "status": 200 } }));
        let socket = entry(start, "ws://h/ws?topics=a", &json!({ "_webSocketMessages": messages }));
        let read = read(&har(&json!([post, socket])), &none).expect("a HAR");
        assert_eq!(told(&read), ["> a", "GET /api?x=1", "< binary AAE="]);
        assert_eq!(
            (read.traces[0].kind, read.traces[0].opening.path.as_str()),
            (Kind::WebSocket, "/ws?topics=a")
        );
        assert!(read.notes[0].contains("neither pings and pongs"), "{:?}", read.notes);
    }
}

#[test]
fn messages_in_a_file_beside() {
    let content = json!({ "_resourceType": "websocket", "response": { "status": -1, "content": { "_file": "m.jsonl" } } });
    let lines = "{\"type\":\"receive\",\"time\":-1,\"opcode\":1,\"data\":\"x\"}\n{\"type\":\"error\",\"data\":\"gone\"}\n";
    let beside = |name: &str| if name == "m.jsonl" { Ok(lines.to_owned()) } else { none(name) };
    let file = har(&json!([entry("2025-11-13T09:21:05Z", "ws://h/ws", &content)]));
    let found = read(&file, &beside).expect("a HAR");
    assert_eq!(told(&found), ["< x"]);
    assert!(found.notes.iter().any(|note| note.contains("the WebSocket failed: gone")), "{:?}", found.notes);
    let missing = read(&file, &none).expect("a HAR");
    assert!(
        missing.notes.iter().any(|note| note.contains("m.jsonl can't be read: no file m.jsonl")),
        "{:?}",
        missing.notes
    );
}

#[test]
fn streams_as_chrome_lists_them_and_as_bodies_hold_them() {
    let listed = json!({
        "response": { "status": 200, "content": { "mimeType": "text/event-stream" } },
        "_eventSourceMessages": [{ "time": 1763025665.5, "eventName": "a", "eventId": "7", "data": "{}" }],
    });
    let body = "event: a\nid: 7\ndata: {}\n\n: hello\n\ndata: {\"at\":\"2025-11-13T09:21:05.050Z\"}\n\n";
    let held = json!({ "response": { "status": 200, "content": { "mimeType": "text/event-stream", "text": body } } });
    let read = |more: &Value| {
        read(&har(&json!([entry("2025-11-13T09:21:05Z", "http://h/events", more)])), &none).expect("a HAR")
    };
    assert_eq!(told(&read(&listed)), ["< a {}"]);
    assert_eq!(told(&read(&held)), ["< a {}", "< message {\"at\":\"2025-11-13T09:21:05.050Z\"}"]);
    assert_eq!(read(&held).traces[0].kind, Kind::Sse);
}

#[test]
fn streams_without_data_and_without_events_say_so() {
    let stream = |listed: &Value| {
        let response = json!({ "status": 200, "content": { "mimeType": "text/event-stream" } });
        let more = json!({ "response": response, "_eventSourceMessages": listed });
        let found = read(&har(&json!([entry("2025-11-13T09:21:05Z", "http://h/events", &more)])), &none);
        let found = found.expect("a HAR");
        (told(&found), found.notes.join("\n"))
    };
    let full = json!({ "time": 1763025665.5, "eventName": "a", "data": "{}" });
    let bare = json!({ "time": 1763025665.6, "eventName": "a", "eventId": "8" });
    let (frames, notes) = stream(&json!([full, bare]));
    assert_eq!(frames, ["< a {}"]);
    assert!(notes.contains("with sensitive data"), "{notes}");
    let (frames, notes) = stream(&Value::Null);
    assert!(frames.is_empty() && notes.contains("no body that did not end"), "{notes}");
    assert_eq!(stream(&json!([full])), (vec!["< a {}".to_owned()], String::new()));
}

#[test]
fn polling_and_websocket_of_one_session_are_one_connection() {
    let engine = |at: &str, sid: &str, more: &Value| {
        entry(at, &format!("http://h/socket.io/?EIO=4&transport=polling{sid}"), more)
    };
    let answer = |text: &str| json!({ "response": { "status": 200, "content": { "mimeType": "text/plain", "text": text } } });
    let open = r#"0{"sid":"s","upgrades":["websocket"],"pingInterval":1,"pingTimeout":1}"#;
    let mut posted = engine("2025-11-13T09:21:05.200Z", "&sid=s", &answer("ok"));
    posted["request"]["method"] = json!("POST");
    posted["request"]["postData"] = json!({ "mimeType": "text/plain", "text": "40/b,\u{1e}bAAE=" });
    let socket = json!({ "_webSocketMessages": [{ "type": "receive", "time": 1763025666.0, "opcode": 1, "data": "42[\"a\"]" }] });
    let entries = json!([
        engine("2025-11-13T09:21:05.000Z", "", &answer(open)),
        posted,
        engine("2025-11-13T09:21:05.300Z", "&sid=s", &answer("40/b,{}\u{1e}6")),
        entry("2025-11-13T09:21:05.400Z", "ws://h/socket.io/?EIO=4&transport=websocket&sid=s", &socket),
    ]);
    let read = read(&har(&entries), &none).expect("a HAR");
    assert_eq!(read.traces.len(), 1);
    assert_eq!(told(&read)[1..], ["> 40/b,", "> binary AAE=", "< 40/b,{}", "< 6", "< 42[\"a\"]"]);
}

#[test]
fn what_is_no_har_is_told() {
    for (text, reason) in [
        (&b"PK\x03\x04"[..], "ZIP file that can't be read"),
        (b"{}", "missing field `log`"),
        (b"[", "EOF"),
        (b"\xff", "expected value"),
    ] {
        let error = read(text, &none).expect_err("no HAR").to_string();
        assert!(error.contains(reason), "{error}");
    }
    assert!(read(b"\xEF\xBB\xBF{\"log\":{}}", &none).expect("a HAR").traces.is_empty());
}

#[test]
fn no_entry_makes_it_panic() {
    let strange = json!([
        entry("yesterday", "not a url", &json!({ "time": -1, "response": { "status": 0 } })),
        entry(
            "2025-11-13T09:21:05Z",
            "ws://h/ws",
            &json!({ "_webSocketMessages": [{ "type": "receive", "time": 1e300, "data": null }] })
        ),
        entry(
            "0001-01-01T00:00:00Z",
            "http://h/e",
            &json!({ "_eventSourceMessages": [{ "time": "x" }], "time": 1e300 })
        ),
    ]);
    let found = read(&har(&strange), &none).expect("a HAR");
    assert_eq!(found.traces.len(), 2);
}
