//! Socket.IO against servers that break its protocols.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use handfast_conformance::transport::{Endpoint, EngineMode, Kind, Limits, Observed, Peer};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use url::Url;

use crate::client::{Client, check_closing, endpoint, impatient};
use crate::raw::{self, response};

const OPEN: &str = r#"0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000}"#;

fn by(url: &Url, engine: EngineMode) -> Endpoint {
    Endpoint { engine, ..endpoint(url) }
}

/// A server that sends these messages, each a text unless it begins with NUL, and reads on.
async fn scripted(messages: &[&'static str]) -> Url {
    let messages = messages.to_vec();
    raw::serve(move |stream| {
        let messages = messages.clone();
        async move {
            let mut socket = accept(stream).await;
            for message in messages {
                let message = match message.strip_prefix('\0') {
                    Some(bytes) => Message::binary(bytes.as_bytes()),
                    None => Message::text(message),
                };
                let _ = socket.send(message).await;
            }
            while let Some(Ok(_)) = socket.next().await {}
        }
    })
    .await
}

async fn accept(stream: TcpStream) -> WebSocketStream<TcpStream> {
    tokio_tungstenite::accept_async(stream).await.expect("a handshake")
}

async fn connected(messages: &[&'static str]) -> Client {
    let messages = [&[OPEN, "40"], messages].concat();
    Client::opened(Kind::SocketIo, by(&scripted(&messages).await, EngineMode::WebSocket)).await.0
}

#[tokio::test]
async fn handshakes_that_are_none() {
    for (first, reason) in [
        ("hello", "`h` is no type of an Engine.IO packet"),
        ("2", "the first packet is no handshake"),
        ("0", "no JSON: EOF while parsing a value at line 1 column 0"),
        ("0{}", "the handshake has no array `upgrades`"),
        ("\0bytes", "the first message is no text"),
    ] {
        let url = scripted(&[first]).await;
        let mut client = Client::open(Kind::SocketIo, by(&url, EngineMode::WebSocket));
        assert_eq!(client.malformed().await, reason);
        check_closing(&client.closed().await, Peer::Client, None, false);
    }
    for (body, reason) in [
        ("", "an empty Engine.IO packet"),
        ("b", "the first packet is no handshake"),
        ("0[]", "the handshake has no array `upgrades`"),
    ] {
        let url = raw::answering(response("200 OK", "", body)).await;
        let mut client = Client::open(Kind::SocketIo, by(&url, EngineMode::Polling));
        assert_eq!(client.malformed().await, reason);
        check_closing(&client.closed().await, Peer::Client, None, false);
    }
    let url = raw::answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\xff").await;
    let mut client = Client::open(Kind::SocketIo, by(&url, EngineMode::Polling));
    assert_eq!(client.malformed().await, "the payload is not UTF-8");
}

#[tokio::test]
async fn the_connect_is_not_answered() {
    let url = scripted(&[OPEN]).await;
    let endpoint = Endpoint { limits: impatient(), ..by(&url, EngineMode::WebSocket) };
    let reason = Client::open(Kind::SocketIo, endpoint).unreachable().await;
    assert_eq!(reason, "the server did not answer the CONNECT");
}

#[tokio::test]
async fn a_server_without_pings_is_dead() {
    let open = r#"0{"sid":"s","upgrades":[],"pingInterval":100,"pingTimeout":100}"#;
    let url = scripted(&[open, "40", r#"42["a"]"#]).await;
    let (mut client, _) = Client::opened(Kind::SocketIo, by(&url, EngineMode::WebSocket)).await;
    assert_eq!(client.frame().await.name.as_deref(), Some("a"));
    let closing = client.closed().await;
    check_closing(&closing, Peer::Client, None, false);
    assert_eq!(closing.reason, "the server has sent no ping for 200ms");
}

#[tokio::test]
async fn malformed_packets_do_not_end_the_connection() {
    let one = r#"451-["b",{"_placeholder":true,"num":0}]"#;
    let mut client = connected(&[
        "",
        "9",
        "4",
        "42{}",
        r#"42["connect"]"#,
        "42/other,[\"a\"]",
        "40",
        "44{}",
        "3",
        "\0loose",
        one,
        r#"42["a"]"#,
        one,
        "\0bytes",
    ])
    .await;
    for reason in [
        "an empty Engine.IO packet",
        "`9` is no type of an Engine.IO packet",
        "the packet has no type from 0 to 6",
        "the arguments are no array",
        "the event name `connect` is reserved",
        "the namespace `/other` was never joined",
        "the namespace is joined already",
        "a refusal after the consent",
        "the Engine.IO packet is out of place",
        "no packet asked for an attachment",
        "text came after 0 of 1 attachments",
    ] {
        assert_eq!(client.malformed().await, reason);
    }
    assert_eq!(client.frame().await.name.as_deref(), Some("a"));
    assert_eq!(client.frame().await.attachments, [b"bytes"]);
}

#[tokio::test]
async fn attachments_have_a_limit() {
    const FIRST: &str = "\0a hundred bytes are the limit of this connection, for one whole packet";
    const SECOND: &str = "\0and these attachments are more than that";
    let one = r#"451-["b",{"_placeholder":true,"num":0}]"#;
    let two = r#"452-["b",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#;
    let url = scripted(&[OPEN, "40", two, FIRST, SECOND, one, "\0x"]).await;
    let limits = Limits { message_bytes: 100, ..Limits::default() };
    let endpoint = Endpoint { limits, ..by(&url, EngineMode::WebSocket) };
    let (mut client, _) = Client::opened(Kind::SocketIo, endpoint).await;
    let first = client.next().await;
    let expected = "the attachments are too large";
    assert!(matches!(&first, Observed::Malformed { reason, .. } if reason == expected), "{first:?}");
    assert_eq!(client.frame().await.attachments, [b"x"]);
}

#[tokio::test]
async fn events_before_the_consent_are_seen() {
    let url = scripted(&[OPEN, r#"42["early"]"#, r#"40{"sid":"x"}"#]).await;
    let mut client = Client::open(Kind::SocketIo, by(&url, EngineMode::WebSocket));
    assert_eq!(client.frame().await.name.as_deref(), Some("early"));
    assert!(
        matches!(client.next().await, Observed::Opened(handshake) if handshake.connect == Some(json!({ "sid": "x" })))
    );
}

#[tokio::test]
async fn a_refusal_may_be_a_string() {
    let url = scripted(&[OPEN, r#"44"Unable to connect""#]).await;
    let refusal = Client::open(Kind::SocketIo, by(&url, EngineMode::WebSocket)).refused().await;
    assert_eq!((refusal.message.as_str(), refusal.data), ("Unable to connect", None));
}

#[tokio::test]
async fn what_comes_behind_a_refusal_is_part_of_it() {
    let late = [r#"42["secret",1]"#, "44/handfast-barrier-0,\"Invalid namespace\"", r#"42["unseen"]"#];
    let url = scripted(&[OPEN, r#"44{"message":"No entry"}"#, late[0], late[1], late[2]]).await;
    let refusal = Client::open(Kind::SocketIo, by(&url, EngineMode::WebSocket)).refused().await;
    assert_eq!((refusal.message.as_str(), refusal.after), ("No entry", vec![late[0][1..].to_owned()]));
}

#[tokio::test]
async fn a_server_with_every_namespace_still_answers_barriers() {
    let mut client =
        connected(&["40/handfast-barrier-5,", "42/handfast-barrier-5,[\"a\"]", r#"42["b"]"#]).await;
    assert_eq!(client.next().await, Observed::Barrier(5));
    assert_eq!(client.frame().await.name.as_deref(), Some("b"));
}

#[tokio::test]
async fn engine_close() {
    let client = connected(&["1"]).await;
    let closing = client.closed().await;
    check_closing(&closing, Peer::Server, None, true);
    assert_eq!(closing.reason, "the server closed the Engine.IO session");
}

#[tokio::test]
async fn the_websocket_ends_before_the_consent() {
    let url = raw::serve(|stream| async move {
        let mut socket = accept(stream).await;
        let _ = socket.send(Message::text(OPEN)).await;
        let _ = socket.close(None).await;
        while let Some(Ok(_)) = socket.next().await {}
    })
    .await;
    let client = Client::open(Kind::SocketIo, by(&url, EngineMode::WebSocket));
    check_closing(&client.closed().await, Peer::Server, Some(1005), true);
}

/// Answers each poll with the next of `answers`, then with silence.
async fn polled(answers: [String; 2]) -> Url {
    let next = Arc::new(AtomicUsize::new(0));
    raw::serve(move |mut stream| {
        let (next, answers) = (next.clone(), answers.clone());
        async move {
            loop {
                let head = raw::request(&mut stream).await;
                if head.starts_with("POST") {
                    raw::body(&mut stream, &head).await;
                    raw::write(&mut stream, response("200 OK", "", "ok").as_bytes()).await;
                    continue;
                }
                match answers.get(next.fetch_add(1, Ordering::SeqCst)) {
                    Some(answer) if !head.is_empty() => raw::write(&mut stream, answer.as_bytes()).await,
                    _ => return raw::drain(&mut stream).await,
                }
            }
        }
    })
    .await
}

fn welcome() -> String {
    response("200 OK", "", &format!("{OPEN}\x1e40"))
}

#[tokio::test]
async fn payloads_hold_several_packets() {
    let payload = "451-[\"b\",{\"_placeholder\":true,\"num\":0}]\x1ebAQI=\x1ebAQ\x1e42[\"a\"]";
    let url = polled([welcome(), response("200 OK", "", payload)]).await;
    let (mut client, _) = Client::opened(Kind::SocketIo, by(&url, EngineMode::Polling)).await;
    assert_eq!(client.frame().await.attachments, [vec![1, 2]]);
    assert!(client.malformed().await.starts_with("no base64"));
    assert_eq!(client.frame().await.name.as_deref(), Some("a"));
    client.close().await;
    check_closing(&client.closed().await, Peer::Client, None, true);
}

#[tokio::test]
async fn the_session_is_forgotten() {
    let unknown = response("400 Bad Request", "", r#"{"code":1,"message":"Session ID unknown"}"#);
    let url = polled([welcome(), unknown]).await;
    let (client, _) = Client::opened(Kind::SocketIo, by(&url, EngineMode::Polling)).await;
    let closing = client.closed().await;
    check_closing(&closing, Peer::Server, None, false);
    assert_eq!(closing.reason, "HTTP 400: Session ID unknown");
}

#[tokio::test]
async fn polls_and_posts_that_are_not_answered() {
    let url = raw::serve(|mut stream| async move {
        let head = raw::request(&mut stream).await;
        if head.contains("sid=") {
            return raw::drain(&mut stream).await;
        }
        raw::write(&mut stream, welcome().as_bytes()).await;
        raw::drain(&mut stream).await;
    })
    .await;
    let limits = Limits { handshake: Duration::from_secs(5), ..impatient() };
    let endpoint = Endpoint { limits, ..by(&url, EngineMode::Polling) };
    let (client, _) = Client::opened(Kind::SocketIo, endpoint).await;
    let closing = client.closed().await;
    check_closing(&closing, Peer::Client, None, false);
    assert_eq!(closing.reason, "the server has not answered a POST for 300ms");
}
