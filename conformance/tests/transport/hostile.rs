//! Servers that do not answer in HTTP.

use handfast_conformance::transport::Endpoint;

use crate::client::{Client, KINDS, endpoint, impatient};
use crate::raw;

#[tokio::test]
async fn nobody_listens() {
    let url = raw::nobody().await;
    for kind in KINDS {
        let reason = Client::open(kind, endpoint(&url)).unreachable().await;
        assert!(reason.contains("refused"), "{kind:?}: {reason}");
    }
}

#[tokio::test]
async fn schemes_that_are_no_http() {
    let url = "ftp://127.0.0.1/".parse().expect("a URL");
    for kind in KINDS {
        Client::open(kind, endpoint(&url)).unreachable().await;
    }
}

#[tokio::test]
async fn headers_that_cannot_be_sent() {
    let url = raw::nobody().await;
    for kind in KINDS {
        let mut endpoint = endpoint(&url);
        endpoint.headers.push(("x".to_owned(), "a\r\nb".to_owned()));
        let reason = Client::open(kind, endpoint).unreachable().await;
        assert_eq!(reason, "the header `x` cannot be sent: bad value", "{kind:?}");
    }
}

#[tokio::test]
async fn silence() {
    let url = raw::serve(|mut stream| async move { raw::drain(&mut stream).await }).await;
    for kind in KINDS {
        let endpoint = Endpoint { limits: impatient(), ..endpoint(&url) };
        let reason = Client::open(kind, endpoint).unreachable().await;
        assert_eq!(reason, "the handshake is not over after 300ms", "{kind:?}");
    }
}

#[tokio::test]
async fn half_a_head_then_silence() {
    let url = raw::serve(|mut stream| async move {
        raw::request(&mut stream).await;
        raw::write(&mut stream, b"HTTP/1.1 101 Switching").await;
        raw::drain(&mut stream).await;
    })
    .await;
    for kind in KINDS {
        let endpoint = Endpoint { limits: impatient(), ..endpoint(&url) };
        Client::open(kind, endpoint).unreachable().await;
    }
}

#[tokio::test]
async fn the_connection_ends_in_the_handshake() {
    for answer in ["", "HTTP/1.1 101 Switching Protocols\r\nUpgr"] {
        let url = raw::answering(answer).await;
        for kind in KINDS {
            Client::open(kind, endpoint(&url)).unreachable().await;
        }
    }
}

#[tokio::test]
async fn other_protocols() {
    for answer in
        [&b"220 mail.example ESMTP\r\n"[..], b"\x16\x03\x01\x02\x00\x01", &[0xff; 4096], b"\r\n\r\n"]
    {
        let url = raw::answering(answer).await;
        for kind in KINDS {
            Client::open(kind, endpoint(&url)).unreachable().await;
        }
    }
}

#[tokio::test]
async fn endless_heads() {
    let url = raw::serve(|mut stream| async move {
        raw::request(&mut stream).await;
        raw::write(&mut stream, b"HTTP/1.1 200 OK\r\n").await;
        let line = format!("x: {}\r\n", "y".repeat(1000));
        for _ in 0..2000 {
            raw::write(&mut stream, line.as_bytes()).await;
        }
    })
    .await;
    for kind in KINDS {
        Client::open(kind, endpoint(&url)).unreachable().await;
    }
}

#[tokio::test]
async fn a_runner_that_leaves_ends_the_connection() {
    let (gone, mut is_gone) = tokio::sync::mpsc::unbounded_channel();
    let url = raw::serve(move |mut stream| {
        let gone = gone.clone();
        async move {
            raw::drain(&mut stream).await;
            let _ = gone.send(());
        }
    })
    .await;
    for kind in KINDS {
        drop(Client::open(kind, endpoint(&url)));
        // The task may have ended before it connected at all; a second connection shows that the server goes on.
        let client = Client::open(kind, Endpoint { limits: impatient(), ..endpoint(&url) });
        client.unreachable().await;
        crate::client::soon(is_gone.recv()).await.expect("the end of a connection");
    }
}
