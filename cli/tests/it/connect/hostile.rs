//! Servers that break their contract, or worse.

use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::scripted::{Scripted, close, raw, say};
use super::talk::json_lines;
use crate::call::{Called, Workspace};

const GOOD: &str = r#"{"type":"pong","n":1}"#;
const BAD: &str = r#"{"type":"pong","n":"1"}"#;

fn listened(server: &str, more: &[&str]) -> Called {
    let call = ["connect", "contract.yaml", "--target", server];
    Workspace::new().call(&[&call[..], more].concat())
}

#[test]
fn what_is_wrong_stands_below_the_event() {
    let server = Scripted::saying(&[GOOD, BAD, r#"{"type":"pogn"}"#, r#"{"n":1}"#, "no JSON"], 1000);
    let called = listened(&server.url, &[]);
    called.complains(
        1,
        &["the server ended the connection 1000: enough\\u001b[2J\n", "3 events were invalid\n"],
    );
    let lines: Vec<_> = called.stdout.lines().collect();
    assert!(lines[0].ends_with(r#" ← ✓ pong {"n":1,"type":"pong"}"#), "{called:#?}");
    assert!(lines[1].ends_with(r#" ← ✗ invalid pong {"n":"1","type":"pong"}"#), "{called:#?}");
    assert!(lines[2].starts_with("  `/n` breaks `type` (actual \"string\", "), "{called:#?}");
    assert!(lines[3].ends_with(r#" ← ? unknown (did you mean `pong`?) pogn {"type":"pogn"}"#), "{called:#?}");
    assert!(lines[4].ends_with(r#" ← ✗ invalid (no name) {"n":1}"#), "{called:#?}");
    assert_eq!(lines[5], "  no event name at `/type`");
    assert!(lines[6].contains(" ← ✗ malformed: no JSON: "), "{called:#?}");
    assert_eq!(lines.len(), 7);
}

#[test]
fn programs_read_the_same() {
    let server = Scripted::saying(&[GOOD, BAD, r#"{"type":"pogn"}"#, r#"{"n":1}"#, "no JSON"], 1008);
    let called = listened(&server.url, &["--format", "json"]);
    called.complains(1, &[]);
    let lines = json_lines(&called);
    assert_eq!(lines[0]["connection"], "open");
    let good = json!({ "time": lines[1]["time"], "direction": "received", "event": "pong",
        "data": { "type": "pong", "n": 1 }, "valid": true });
    assert_eq!(lines[1], good);
    assert_eq!((&lines[2]["valid"], &lines[2]["violations"][0]["code"]), (&json!(false), &json!("type")));
    assert_eq!(
        (&lines[3]["valid"], &lines[3]["known"], &lines[3]["nearest"]),
        (&json!(true), &json!(false), &json!("pong"))
    );
    assert_eq!(
        (&lines[4]["event"], &lines[4]["violations"][0]["code"]),
        (&json!(null), &json!("unnamed-event"))
    );
    assert_eq!((&lines[5]["valid"], &lines[5]["raw"]), (&json!(false), &json!("no JSON")));
    let closed = &lines[6];
    assert_eq!(
        (&closed["connection"], &closed["by"], &closed["code"]),
        (&json!("closed"), &json!("server"), &json!(1008))
    );
    assert_eq!(closed["reason"], "enough\u{1b}[2J");
}

#[test]
fn invalid_events_matter_unless_somebody_is_lenient() {
    let server = Scripted::saying(&[BAD, GOOD], 1000);
    listened(&server.url, &["--until", "pong"]).complains(1, &["1 event was invalid"]);
    listened(&server.url, &["--until", "pong", "--lenient"]).complains(0, &["1 event was invalid"]);
    let other = listened(&server.url, &["--on", "ping"]);
    other.complains(0, &[]);
    assert_eq!(other.stdout, "");
}

#[test]
fn a_server_that_ends_it_in_anger_fails() {
    for (code, expected) in [(1000, 0), (1001, 0), (1008, 1), (1011, 1)] {
        let server = Scripted::start(move |_, socket| close(socket, code));
        listened(&server.url, &[]).complains(expected, &[&code.to_string()]);
    }
    // The connection breaks.
    let server = Scripted::start(|_, socket| async { drop(socket) });
    listened(&server.url, &[]).complains(1, &["the server ended the connection 1006"]);
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let nasty = "{\"type\":\"po\u{9b}31m\",\"a\":\"\u{7f}\u{202e}\\u001b[2J\u{2028}\",\"\\u0007\":1}";
    let messages: &'static [&'static str] =
        Box::leak(Box::new([&*nasty.to_owned().leak(), "\x1b]0;title\x07"]));
    let server = Scripted::saying(messages, 1000);
    for format in ["text", "json"] {
        let called = listened(&server.url, &["--format", format]);
        let is_nasty =
            |char: char| (char.is_control() && char != '\n') || ['\u{202e}', '\u{2028}'].contains(&char);
        assert!(!called.stdout.contains(is_nasty), "{:?}", called.stdout);
        assert!(!called.stderr.contains(is_nasty), "{:?}", called.stderr);
        assert!(called.stdout.contains("\\u009b31m"), "{:?}", called.stdout);
    }
}

#[test]
fn binary_messages_are_described() {
    let server = Scripted::start(|_, mut socket| async {
        let _ = futures_util::SinkExt::send(&mut socket, Message::binary(vec![7; 300])).await;
        say(&mut socket, &[GOOD]).await;
        close(socket, 1000).await;
    });
    let called = listened(&server.url, &[]);
    called.complains(1, &[]);
    assert!(called.stdout.contains("← ✗ malformed: a binary message 300 binary bytes\n"), "{called:#?}");
    assert!(called.stdout.contains("← ✓ pong"));
}

#[test]
fn a_server_of_something_else_is_told() {
    let (garbage, _heads) = raw(vec!["garbage\r\n\r\n".to_owned()]);
    listened(&garbage, &[]).complains(3, &["no server answers at "]);
    let (page, _heads) = raw(vec!["HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>".to_owned()]);
    listened(&page, &[]).complains(
        3,
        &["opens no connection: 200 <html>", "check that `--target` is a server of the contract"],
    );
    let upgrade = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    let (upgrade, _heads) = raw(vec![upgrade.to_owned()]);
    listened(&upgrade, &[])
        .complains(1, &["is no handshake: `Sec-WebSocket-Accept` does not answer the key"]);
}
