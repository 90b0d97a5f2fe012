//! Servers that answer, and say no.

use std::time::Duration;

use handfast_conformance::transport::{EngineMode, Kind};

use crate::client::{Client, KINDS, endpoint, impatient};
use crate::raw::{self, response};

#[tokio::test]
async fn refusals_carry_status_headers_and_body() {
    let url =
        raw::answering(response("401 Unauthorized", "WWW-Authenticate: Bearer\r\n", "who are you?")).await;
    for kind in KINDS {
        let refusal = Client::open(kind, endpoint(&url)).refused().await;
        assert_eq!((refusal.status, refusal.message.as_str()), (Some(401), "who are you?"), "{kind:?}");
        let bearer = ("www-authenticate".to_owned(), "Bearer".to_owned());
        assert!(refusal.headers.contains(&bearer), "{kind:?}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let url = raw::answering(response("302 Found", "Location: http://127.0.0.1:1/\r\n", "")).await;
    for kind in KINDS {
        let refusal = Client::open(kind, endpoint(&url)).refused().await;
        assert_eq!(refusal.status, Some(302), "{kind:?}");
    }
}

#[tokio::test]
async fn a_web_page_is_no_event_endpoint() {
    let url = raw::answering(response("200 OK", "Content-Type: text/html\r\n", "<html>")).await;
    for kind in [Kind::WebSocket, Kind::Sse] {
        let refusal = Client::open(kind, endpoint(&url)).refused().await;
        assert_eq!((refusal.status, refusal.message.as_str()), (Some(200), "<html>"), "{kind:?}");
    }
    let mut client = Client::open(Kind::SocketIo, endpoint(&url));
    assert_eq!(client.malformed().await, "`<` is no type of an Engine.IO packet");
    assert!(!client.closed().await.clean);
}

#[tokio::test]
async fn long_refusals_are_cut() {
    let url = raw::answering(response("403 Forbidden", "", &"x".repeat(1 << 20))).await;
    for kind in KINDS {
        let refusal = Client::open(kind, endpoint(&url)).refused().await;
        assert_eq!((refusal.status, refusal.message.len()), (Some(403), 64 << 10), "{kind:?}");
    }
}

#[tokio::test]
async fn endless_refusals_are_read_for_a_while() {
    let url = raw::serve(|mut stream| async move {
        raw::request(&mut stream).await;
        raw::write(&mut stream, b"HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nwait").await;
        raw::drain(&mut stream).await;
    })
    .await;
    for kind in KINDS {
        let mut limits = impatient();
        limits.handshake = Duration::from_secs(10);
        let refusal =
            Client::open(kind, handfast_conformance::transport::Endpoint { limits, ..endpoint(&url) });
        assert_eq!(refusal.refused().await.message, "wait", "{kind:?}");
    }
}

#[tokio::test]
async fn engine_errors_are_read() {
    let body = r#"{"code":4,"message":"Forbidden"}"#;
    let url = raw::answering(response("403 Forbidden", "Content-Type: application/json\r\n", body)).await;
    for engine in [EngineMode::Polling, EngineMode::WebSocket, EngineMode::Upgrade] {
        let mut endpoint = endpoint(&url);
        endpoint.engine = engine;
        let refusal = Client::open(Kind::SocketIo, endpoint).refused().await;
        assert_eq!((refusal.status, refusal.message.as_str()), (Some(403), "Forbidden"));
        assert_eq!(refusal.data.expect("the JSON")["code"], 4);
    }
}
