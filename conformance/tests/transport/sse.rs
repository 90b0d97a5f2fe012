//! Server-Sent Events against axum, and against streams written by hand.

use std::convert::Infallible;

use axum::Router;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use futures_util::{StreamExt, stream};
use handfast_conformance::transport::{Command, Endpoint, Kind, Limits, Observed, Peer};
use serde_json::json;
use url::Url;

use crate::client::{Client, check_closing, endpoint, event};
use crate::http::axum;
use crate::raw;

async fn server() -> Url {
    async fn events(headers: HeaderMap) -> impl IntoResponse {
        let last = headers.get("last-event-id").map(|id| String::from_utf8_lossy(id.as_bytes()).into_owned());
        let events = [
            Event::default().comment("hello"),
            Event::default().event("resumed").data(json!(last).to_string()),
            Event::default().id("7").data(json!({ "n": 1 }).to_string()),
            Event::default().data("two\nlines"),
            Event::default().data("2"),
        ];
        let events = stream::iter(events.map(Ok::<_, Infallible>));
        Sse::new(events.chain(stream::pending()))
    }
    let router = Router::new().route("/events", get(events));
    axum(router).await.join("events").expect("a URL")
}

#[tokio::test]
async fn events_of_a_real_server() {
    let (mut client, handshake) = Client::opened(Kind::Sse, endpoint(&server().await)).await;
    assert_eq!(handshake.status, 200);
    let html = ("content-type".to_owned(), "text/event-stream".to_owned());
    assert!(handshake.headers.contains(&html));
    assert_eq!(client.any().await, Observed::Keepalive("comment"));
    let resumed = client.frame().await;
    assert_eq!((resumed.name.as_deref(), resumed.id), (Some("resumed"), None));
    assert_eq!(resumed.arguments, [json!(null)]);
    let one = client.frame().await;
    assert_eq!((one.name.as_deref(), one.id.as_deref()), (Some("message"), Some("7")));
    assert_eq!(one.arguments, [json!({ "n": 1 })]);
    assert_eq!(one.raw, "id: 7\ndata: {\"n\":1}");
    assert!(client.malformed().await.starts_with("the data is no JSON"));
    let two = client.frame().await;
    assert_eq!((two.arguments, two.id.as_deref()), (vec![json!(2)], Some("7")));
    client.close().await;
    check_closing(&client.closed().await, Peer::Client, None, true);
}

#[tokio::test]
async fn resuming_sends_the_last_id() {
    let mut endpoint = endpoint(&server().await);
    endpoint.last_event_id = Some("ñ 9".to_owned());
    let (mut client, _) = Client::opened(Kind::Sse, endpoint).await;
    let resumed = client.frame().await;
    assert_eq!((resumed.arguments, resumed.id.as_deref()), (vec![json!("ñ 9")], Some("ñ 9")));
    client.obey(Command::Abort).await;
    // What had come before is seen before.
    while !matches!(client.next().await, Observed::Closed(closing) if !closing.clean) {}
}

#[tokio::test]
async fn clients_only_listen() {
    let url = raw::serve(|mut stream| async move {
        raw::request(&mut stream).await;
        raw::write(&mut stream, b"HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream;charset=UTF-8\r\n\r\n")
            .await;
        raw::drain(&mut stream).await;
    })
    .await;
    let (mut client, _) = Client::opened(Kind::Sse, endpoint(&url)).await;
    for command in [
        Command::Send(event("a", vec![])),
        Command::Barrier(1),
        Command::Acknowledge { id: 1, arguments: vec![], attachments: vec![] },
    ] {
        client.obey(command).await;
        assert!(matches!(client.next().await, Observed::Unsupported(_)));
    }
    client.close().await;
    check_closing(&client.closed().await, Peer::Client, None, true);
}

#[tokio::test]
async fn answers_that_are_no_stream() {
    let stream = "Content-Type: text/event-stream\r\n";
    for (status, headers) in [
        ("204 No Content", stream),
        ("500 Oops", stream),
        ("200 OK", "Content-Type: text/event-streams\r\n"),
        ("200 OK", ""),
    ] {
        let url = raw::answering(raw::response(status, headers, "")).await;
        let refusal = Client::open(Kind::Sse, endpoint(&url)).refused().await;
        assert_eq!(refusal.status.map(|code| code.to_string()).as_deref(), status.get(..3), "{headers}");
    }
}

async fn streaming(body: &str) -> Url {
    raw::answering(format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n{body}")).await
}

#[tokio::test]
async fn the_server_ends_the_stream() {
    let (mut client, _) = Client::opened(Kind::Sse, endpoint(&streaming("data: 1\n\n").await)).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
    check_closing(&client.closed().await, Peer::Server, None, true);
}

#[tokio::test]
async fn the_server_forgets_the_blank_line() {
    let (mut client, _) = Client::opened(Kind::Sse, endpoint(&streaming("data: 1\n").await)).await;
    assert_eq!(client.malformed().await, "the stream ended before the blank line that ends an event");
    check_closing(&client.closed().await, Peer::Server, None, true);
}

#[tokio::test]
async fn the_connection_breaks() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    let url = raw::answering(format!("{head}9\r\ndata: 1\n\n\r\n20\r\ndata: 2")).await;
    let (mut client, _) = Client::opened(Kind::Sse, endpoint(&url)).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
    check_closing(&client.closed().await, Peer::Server, None, false);
}

#[tokio::test]
async fn events_have_a_limit() {
    let url = streaming(&format!("data: 1\n\ndata: {}", "2".repeat(1000))).await;
    let limits = Limits { message_bytes: 100, ..Limits::default() };
    let (mut client, _) = Client::opened(Kind::Sse, Endpoint { limits, ..endpoint(&url) }).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
    assert_eq!(client.malformed().await, "the event is too long");
    check_closing(&client.closed().await, Peer::Client, None, false);
}
