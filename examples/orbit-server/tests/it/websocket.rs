//! The WebSocket: ping and pong, the filter, bad frames, slow clients, the end of the server.

use orbit_server::Settings;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::client::{settings, start, types};

#[tokio::test]
async fn a_ping_is_answered_whatever_it_says_of_itself() {
    let server = start(settings());
    let mut socket = server.connect("?topics=none").await;
    let id = "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30";
    let pings = [
        json!({ "type": "ping" }),
        json!({ "type": "ping", "id": id, "timestamp": "2025-11-13T09:21:05Z" }),
        json!({ "type": "ping", "payload": { "n": 1 } }),
    ];
    for ping in pings {
        socket.send(ping.to_string().into()).await;
        let pong = socket.next().await.unwrap();
        assert_eq!((&pong["type"], &pong["payload"]), (&json!("pong"), &json!({})));
        assert_ne!(pong["id"], id);
    }
    socket.send(Message::binary(r#"{"type":"ping"}"#)).await;
    assert_eq!(socket.next().await.unwrap()["type"], "pong");
}

#[tokio::test]
async fn a_pong_comes_after_everything_that_was_published_before() {
    let server = start(settings());
    let mut socket = server.connect("").await;
    for _ in 0..10 {
        server.create(json!({ "type": "app.install" })).await;
    }
    assert_eq!(socket.events_until_now().await.len(), 90);
}

#[tokio::test]
async fn only_the_topics_that_were_asked_for_are_sent() {
    let server = start(settings());
    let cases: &[(&str, &[&str])] = &[
        ("", &["task.created", "container.status", "task.updated", "container.status", "task.completed"]),
        ("?topics=task.*", &["task.created", "task.updated", "task.completed"]),
        ("?topics=task.created,container.*", &["task.created", "container.status", "container.status"]),
        ("?topics=%20*.completed%20", &["task.completed"]),
        ("?topics=task.created&topics=task.completed", &["task.created", "task.completed"]),
        ("?topics=task", &[]),
        ("?topics=", &[]),
        (
            "?other=task.*",
            &["task.created", "container.status", "task.updated", "container.status", "task.completed"],
        ),
    ];
    for (query, expected) in cases {
        let mut socket = server.connect(query).await;
        server.create(json!({ "type": "container.start" })).await;
        assert_eq!(types(&socket.events_until_now().await), *expected, "{query}");
    }
}

/// Closes with this code after that frame.
async fn check(opcode: Data, frame: impl Into<Vec<u8>>, code: u16) {
    let server = start(settings());
    let mut socket = server.connect("").await;
    let frame = frame.into();
    let told = String::from_utf8_lossy(&frame[..frame.len().min(40)]).into_owned();
    socket.send(Message::Frame(Frame::message(frame, OpCode::Data(opcode), true))).await;
    assert_eq!(socket.next().await, Err(code), "{told}");
}

#[tokio::test]
async fn frames_that_are_no_json_close_with_1007() {
    check(Data::Text, b"\xff\xfe", 1007).await;
    check(Data::Binary, b"\xff\xfe", 1007).await;
    check(Data::Text, "ping", 1007).await;
    check(Data::Text, "", 1007).await;
    check(Data::Text, r#"{"type":"ping""#, 1007).await;
    check(Data::Text, r#"{"type":"ping","n":NaN}"#, 1007).await;
    check(Data::Text, "[".repeat(60_000), 1007).await;
}

#[tokio::test]
async fn frames_that_are_no_event_close_with_1008() {
    check(Data::Text, "[]", 1008).await;
    check(Data::Text, "{}", 1008).await;
    check(Data::Text, r#"{"type":7}"#, 1008).await;
    check(Data::Text, r#"{"type":"pong"}"#, 1008).await;
    check(Data::Text, r#"{"type":"ping","id":"1"}"#, 1008).await;
    check(Data::Text, r#"{"type":"ping","id":null}"#, 1008).await;
    check(Data::Text, r#"{"type":"ping","timestamp":0}"#, 1008).await;
}

#[tokio::test]
async fn frames_that_are_too_large_close_with_1009() {
    check(Data::Text, format!("\"{}\"", "x".repeat(70_000)), 1009).await;
}

#[tokio::test]
async fn a_client_whose_queue_is_full_is_closed_with_1013() {
    let server = start(Settings { n_queue: 4, ..settings() });
    let mut slow = server.connect("?topics=task.*,app.*").await;
    let mut other = server.connect("?topics=task.completed").await;
    server.create(json!({ "type": "app.install" })).await;
    let received = slow.events(4).await;
    assert_eq!(types(&received), ["task.created", "task.updated", "app.install.log", "task.updated"]);
    assert_eq!(slow.next().await, Err(1013));
    assert_eq!(types(&other.events(1).await), ["task.completed"]);
}

#[tokio::test]
async fn a_server_that_stops_says_so_after_what_it_had_to_say() {
    let mut server = start(settings());
    let mut socket = server.connect("").await;
    let stream = server.listen("", None).await;
    server.create(json!({ "type": "snapshot.create" })).await;
    server.stop();
    let events = socket.events(4).await;
    assert_eq!(socket.next().await, Err(1001));
    assert_eq!(stream.rest().await, events);
    server.stopped().await;
}
