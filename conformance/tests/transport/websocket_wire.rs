//! WebSockets against servers that break RFC 6455.

use handfast_conformance::transport::{Endpoint, Kind, Limits, Peer};
use serde_json::json;
use tokio::io::AsyncReadExt;
use url::Url;

use crate::client::{Client, check_closing, endpoint, impatient};
use crate::raw;

/// A server that shakes hands properly, then sends `frames` and reads on.
async fn sending(frames: impl Into<Vec<u8>>) -> Url {
    let frames = frames.into();
    raw::serve(move |mut stream| {
        let frames = frames.clone();
        async move {
            raw::upgrade(&mut stream, "").await;
            raw::write(&mut stream, &frames).await;
            raw::drain(&mut stream).await;
        }
    })
    .await
}

/// The frames are malformed, and make the client close with `code`.
async fn check(frames: &[u8], reason: &str, code: u16) {
    let (mut client, _) = Client::opened(Kind::WebSocket, endpoint(&sending(frames).await)).await;
    let found = client.malformed().await;
    assert!(found.contains(reason), "{frames:?}: {found}");
    check_closing(&client.closed().await, Peer::Client, Some(code), false);
}

#[tokio::test]
async fn frames_that_are_none() {
    check(&[0x82, 127, 0, 0, 0, 0, 0x40, 0, 0, 0], "1073741824", 1009).await;
    check(&[0x82, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "", 1009).await;
    check(b"\x81\x02\xc3\x28", "UTF-8", 1007).await;
    check(b"\xc1\x02[]", "Reserved bits", 1002).await;
    check(b"\x83\x00", "", 1002).await;
    check(b"\x80\x00", "nothing to continue", 1002).await;
    check(b"\x81\x82\0\0\0\0[]", "masked", 1002).await;
    check(b"\x09\x00", "Fragmented control frame", 1002).await;
    check(&[&b"\x89\x7e\x00\x7e"[..], &[0; 126]].concat(), "Control frame too big", 1002).await;
    check(b"\x88\x01x", "", 1002).await;
}

#[tokio::test]
async fn messages_have_a_limit() {
    let fragment = [&[0x01, 100][..], &[b'1'; 100]].concat();
    let more = [&[0x00, 100][..], &[b'1'; 100]].concat();
    let url = sending([fragment, more.clone(), more].concat()).await;
    let limits = Limits { message_bytes: 250, ..Limits::default() };
    let (mut client, _) = Client::opened(Kind::WebSocket, Endpoint { limits, ..endpoint(&url) }).await;
    assert!(client.malformed().await.contains("300 > 250"));
    check_closing(&client.closed().await, Peer::Client, Some(1009), false);
}

#[tokio::test]
async fn fragments_are_joined() {
    let url = sending(&b"\x01\x02[1\x89\x00\x80\x03,2]"[..]).await;
    let (mut client, _) = Client::opened(Kind::WebSocket, endpoint(&url)).await;
    assert_eq!(client.frame().await.arguments, [json!([1, 2])]);
}

#[tokio::test]
async fn frames_beside_the_handshake_are_not_lost() {
    let url = raw::serve(|mut stream| async move {
        let head = raw::acceptance(&mut stream, "").await;
        raw::write(&mut stream, &[head.as_bytes(), b"\x81\x011"].concat()).await;
        raw::drain(&mut stream).await;
    })
    .await;
    let (mut client, _) = Client::opened(Kind::WebSocket, endpoint(&url)).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
}

#[tokio::test]
async fn the_connection_breaks() {
    let url = raw::serve(|mut stream| async move {
        raw::upgrade(&mut stream, "").await;
        raw::write(&mut stream, b"\x81\x011\x81\x09[1,").await;
    })
    .await;
    let (mut client, _) = Client::opened(Kind::WebSocket, endpoint(&url)).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
    check_closing(&client.closed().await, Peer::Server, Some(1006), false);
}

#[tokio::test]
async fn the_server_does_not_answer_the_close() {
    let url = sending(&b"\x81\x011"[..]).await;
    let (mut client, _) =
        Client::opened(Kind::WebSocket, Endpoint { limits: impatient(), ..endpoint(&url) }).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
    client.close().await;
    check_closing(&client.closed().await, Peer::Client, Some(1006), false);
}

#[tokio::test]
async fn the_server_drops_the_connection_instead_of_closing_it() {
    let url = raw::serve(|mut stream| async move {
        raw::upgrade(&mut stream, "").await;
        let _ = stream.read_u8().await;
    })
    .await;
    let (client, _) = Client::opened(Kind::WebSocket, endpoint(&url)).await;
    client.close().await;
    check_closing(&client.closed().await, Peer::Server, Some(1006), false);
}

#[tokio::test]
async fn the_server_reads_nothing() {
    let url = raw::serve(|mut stream| async move {
        raw::upgrade(&mut stream, "").await;
        std::future::pending::<()>().await;
    })
    .await;
    let (client, _) =
        Client::opened(Kind::WebSocket, Endpoint { limits: impatient(), ..endpoint(&url) }).await;
    client.send(vec![json!("x".repeat(64 << 20))]).await;
    let closing = client.closed().await;
    check_closing(&closing, Peer::Client, Some(1006), false);
    assert_eq!(closing.reason, "the server has read nothing for 300ms");
}

#[tokio::test]
async fn acceptances_that_break_the_protocol() {
    for (more, reason) in [
        (
            "Sec-WebSocket-Protocol: chat\r\n",
            "the server chose the subprotocol `chat`, which was not offered",
        ),
        (
            "Sec-WebSocket-Extensions: permessage-deflate\r\n",
            "the server uses the extension `permessage-deflate`, which was not offered",
        ),
    ] {
        let url = raw::serve(move |mut stream| async move { raw::upgrade(&mut stream, more).await }).await;
        let mut client = Client::open(Kind::WebSocket, endpoint(&url));
        assert_eq!(client.malformed().await, reason);
        check_closing(&client.closed().await, Peer::Client, None, false);
    }
    let url = raw::answering("HTTP/1.1 101 Switching Protocols\r\n\r\n").await;
    let mut client = Client::open(Kind::WebSocket, endpoint(&url));
    assert_eq!(client.malformed().await, "the answer has no `Upgrade: websocket`");
    check_closing(&client.closed().await, Peer::Client, None, false);
}
