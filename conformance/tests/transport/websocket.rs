//! WebSockets against axum.

use axum::Router;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use handfast_conformance::transport::{Command, Endpoint, Kind, Observed, Outgoing, Peer};
use serde_json::{Value, json};
use url::Url;

use crate::client::{Client, check_closing, endpoint, event};
use crate::http::axum;

async fn server() -> Url {
    async fn upgrade(headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
        if headers.get("authorization").is_some_and(|value| value == "Bearer bad") {
            return (StatusCode::UNAUTHORIZED, "Authentication failed").into_response();
        }
        upgrade.protocols(["orbit.v1"]).on_upgrade(converse)
    }
    axum(Router::new().route("/ws", get(upgrade))).await.join("ws").expect("a URL")
}

/// Echoes, except for the texts that ask for something else.
async fn converse(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        let reply = match message {
            Message::Text(text) => match text.as_str() {
                "\"close\"" => Message::Close(Some(CloseFrame { code: 4001, reason: "enough".into() })),
                "\"close without code\"" => Message::Close(None),
                "\"no JSON\"" => Message::Text("hello".into()),
                "\"ping\"" => Message::Ping("are you there?".into()),
                "\"drop\"" => return,
                _ => Message::Text(text),
            },
            Message::Binary(bytes) => Message::Binary(bytes),
            _ => continue,
        };
        if socket.send(reply).await.is_err() {
            return;
        }
    }
}

async fn connected() -> Client {
    Client::opened(Kind::WebSocket, endpoint(&server().await)).await.0
}

#[tokio::test]
async fn text_is_json() {
    let (mut client, handshake) = Client::opened(Kind::WebSocket, endpoint(&server().await)).await;
    assert_eq!((handshake.status, handshake.subprotocol), (101, None));
    client.send(vec![json!({ "type": "ping", "n": [1, null] }), json!(2)]).await;
    let frame = client.frame().await;
    assert_eq!(frame.arguments, [json!({ "type": "ping", "n": [1, null] })]);
    let wire: Value = serde_json::from_str(&frame.raw).expect("the JSON as text");
    assert_eq!((frame.name, wire), (None, frame.arguments[0].clone()));
    assert_eq!(client.frame().await.arguments, [json!(2)]);
    client.close().await;
    let closing = client.closed().await;
    check_closing(&closing, Peer::Client, Some(1000), true);
}

#[tokio::test]
async fn long_messages_pass() {
    let mut client = connected().await;
    let long = json!("x".repeat(3 << 20));
    client.send(vec![long.clone()]).await;
    let frame = client.frame().await;
    assert_eq!(frame.arguments, [long]);
    assert_eq!(frame.raw.chars().count(), (16 << 10) + 1, "the raw text is cut");
}

#[tokio::test]
async fn binary_messages_are_attachments() {
    let mut client = connected().await;
    client.obey(Command::Send(Outgoing { attachments: vec![vec![0, 255]], ..event("", vec![]) })).await;
    let frame = client.frame().await;
    assert_eq!((frame.arguments.len(), frame.attachments), (0, vec![vec![0, 255]]));
}

#[tokio::test]
async fn what_is_no_json_is_malformed_and_the_connection_goes_on() {
    let mut client = connected().await;
    client.send(vec![json!("no JSON")]).await;
    assert!(client.malformed().await.starts_with("no JSON: "));
    client.send(vec![json!(1)]).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
}

#[tokio::test]
async fn pings_are_signs_of_life() {
    let mut client = connected().await;
    client.send(vec![json!("ping")]).await;
    assert_eq!(client.any().await, Observed::Keepalive("ping"));
}

#[tokio::test]
async fn barriers_follow_what_was_queued() {
    let mut client = connected().await;
    for n in 0..100 {
        client.send(vec![json!(n)]).await;
        assert_eq!(client.frame().await.arguments, [json!(n)]);
        client.obey(Command::Barrier(n)).await;
        assert_eq!(client.any().await, Observed::Barrier(n));
    }
}

#[tokio::test]
async fn acknowledgements_are_not_supported() {
    let mut client = connected().await;
    client.obey(Command::Acknowledge { id: 1, arguments: vec![], attachments: vec![] }).await;
    assert!(matches!(client.next().await, Observed::Unsupported(_)));
    client.send(vec![json!(1)]).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
}

#[tokio::test]
async fn closes_of_the_server() {
    for (ask, code, reason, clean) in
        [("close", 4001, "enough", true), ("close without code", 1005, "", true), ("drop", 1006, "", false)]
    {
        let client = connected().await;
        client.send(vec![json!(ask)]).await;
        let closing = client.closed().await;
        check_closing(&closing, Peer::Server, Some(code), clean);
        assert!(!clean || closing.reason == reason, "{closing:?}");
    }
}

#[tokio::test]
async fn an_abort_says_nothing() {
    let client = connected().await;
    client.obey(Command::Abort).await;
    check_closing(&client.closed().await, Peer::Client, Some(1006), false);
}

#[tokio::test]
async fn refusals() {
    let mut endpoint = endpoint(&server().await);
    endpoint.headers.push(("Authorization".to_owned(), "Bearer bad".to_owned()));
    let refusal = Client::open(Kind::WebSocket, endpoint).refused().await;
    assert_eq!((refusal.status, refusal.message.as_str()), (Some(401), "Authentication failed"));
}

#[tokio::test]
async fn subprotocols() {
    let url = server().await;
    let offering = |names: &[&str]| Endpoint {
        subprotocols: names.iter().map(ToString::to_string).collect(),
        ..endpoint(&url)
    };
    let (_client, handshake) = Client::opened(Kind::WebSocket, offering(&["orbit.v1", "bearer.YWJj"])).await;
    assert_eq!(handshake.subprotocol.as_deref(), Some("orbit.v1"));
    let mut client = Client::open(Kind::WebSocket, offering(&["orbit.v2"]));
    assert_eq!(client.malformed().await, "the server chose none of the subprotocols offered: `orbit.v2`");
    check_closing(&client.closed().await, Peer::Client, None, false);
}
