//! Socket.IO against the official server and against socketioxide, by polling, by WebSocket and across the upgrade.

use std::fmt;

use axum::Router;
use axum::body::Bytes;
use handfast_conformance::transport::{Command, Endpoint, EngineMode, Kind, Observed, Outgoing, Peer};
use serde_json::{Value, json};
use socketioxide::SocketIo;
use socketioxide::extract::{AckSender, Data, SocketRef, TryData};
use socketioxide::handler::ConnectHandler;
use url::Url;

use crate::client::{Client, check_closing, endpoint, event};
use crate::http::axum;
use crate::node;

const MODES: [EngineMode; 3] = [EngineMode::Polling, EngineMode::WebSocket, EngineMode::Upgrade];

/// `tests/npm/server.js`, in Rust.
async fn socketioxide() -> Url {
    let (layer, io) = SocketIo::builder().build_layer();
    io.ns("/room", ConnectHandler::with(room, authenticate));
    axum(Router::new().layer(layer)).await
}

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authentication failed")
    }
}

impl std::error::Error for Refused {}

async fn authenticate(TryData(auth): TryData<Value>) -> Result<(), Refused> {
    auth.ok().filter(|auth| auth["token"] == "good").map(|_| ()).ok_or(Refused)
}

async fn room(socket: SocketRef) {
    socket.emit("welcome", &json!({ "token": "good" })).expect("a client");
    socket.on("echo", async |socket: SocketRef, Data::<Value>(value)| {
        emit(&socket, "echo", &value).await;
    });
    socket.on("binary", async |socket: SocketRef, Data::<(u32, Bytes, Bytes)>(values)| {
        socket.emit("binary", &values).expect("a client");
    });
    socket.on("ask", async |Data::<Value>(value), ack: AckSender| ack.send(&value).expect("a client"));
    socket.on("ask binary", async |Data::<Bytes>(value), ack: AckSender| ack.send(&value).expect("a client"));
    socket.on("question", async |socket: SocketRef, Data::<Value>(value)| {
        let answer = socket.emit_with_ack::<_, Value>("question", &value).expect("a client");
        socket.emit("answer", &answer.await.expect("an answer")).expect("a client");
    });
    socket.on("question binary", async |socket: SocketRef, Data::<Value>(value)| {
        let answer = socket.emit_with_ack::<_, Bytes>("question", &value).expect("a client");
        socket.emit("answer", &answer.await.expect("an answer")).expect("a client");
    });
    socket.on("leave", async |socket: SocketRef| socket.disconnect().expect("a client"));
    socket.on("transport", async |socket: SocketRef| {
        let name = format!("{:?}", socket.transport_type()).to_lowercase();
        socket.emit("transport", &name).expect("a client");
    });
    socket.on("ticks", async |socket: SocketRef, Data::<u64>(n)| {
        for at in 0..n {
            emit(&socket, "tick", &at.into()).await;
        }
    });
}

/// Emits as soon as the socket's queue has room.
async fn emit(socket: &SocketRef, name: &str, value: &Value) {
    while socket.connected() && socket.emit(name, value).is_err() {
        tokio::task::yield_now().await;
    }
}

fn member(server: &Url, engine: EngineMode) -> Endpoint {
    Endpoint {
        namespace: "/room".to_owned(),
        auth: Some(json!({ "token": "good" })),
        engine,
        ..endpoint(&server.join("socket.io/").expect("a URL"))
    }
}

/// Runs `test` with each server in each mode.
async fn everywhere(test: impl AsyncFn(Endpoint)) {
    let node = node::server(&[]).await;
    let urls = node.as_ref().map(|server| server.url.clone()).into_iter().chain([socketioxide().await]);
    for url in urls {
        for mode in MODES {
            test(member(&url, mode)).await;
        }
    }
}

/// A member of the room that has been welcomed.
async fn welcomed(endpoint: Endpoint) -> Client {
    let (mut client, _) = Client::opened(Kind::SocketIo, endpoint).await;
    let frame = client.frame().await;
    assert_eq!(frame.name.as_deref(), Some("welcome"));
    client
}

/// The next frame that is not about the upgrade.
async fn frame(client: &mut Client) -> handfast_conformance::transport::Frame {
    loop {
        let frame = client.frame().await;
        if frame.name.as_deref() != Some("upgraded") {
            return frame;
        }
    }
}

fn with_ack(name: &str, id: u64, arguments: Vec<Value>, attachments: Vec<Vec<u8>>) -> Command {
    Command::Send(Outgoing { ack: Some(id), attachments, ..event(name, arguments) })
}

fn placeholder(n: u64) -> Value {
    json!({ "_placeholder": true, "num": n })
}

#[tokio::test]
async fn handshakes() {
    everywhere(async |endpoint| {
        let websocket = endpoint.engine == EngineMode::WebSocket;
        let (_client, handshake) = Client::opened(Kind::SocketIo, endpoint).await;
        assert_eq!(handshake.status, if websocket { 101 } else { 200 });
        let connect = handshake.connect.expect("the reply's data");
        assert!(connect["sid"].is_string());
        assert!(handshake.headers.iter().any(|(name, _)| name == "date" || name == "upgrade"));
    })
    .await;
}

#[tokio::test]
async fn events_both_ways() {
    everywhere(async |endpoint| {
        let mut client = welcomed(endpoint).await;
        for n in 0..20 {
            let value = json!({ "n": n, "text": "€\u{1e}" });
            client.emit("echo", vec![value.clone()]).await;
            let frame = frame(&mut client).await;
            assert_eq!((frame.name.as_deref(), frame.arguments), (Some("echo"), vec![value]));
        }
    })
    .await;
}

#[tokio::test]
async fn attachments_both_ways() {
    everywhere(async |endpoint| {
        let mut client = welcomed(endpoint).await;
        let attachments = vec![vec![0, 1, 2, 255], b"\x1e4bb".to_vec()];
        let arguments = vec![json!(7), placeholder(0), placeholder(1)];
        let outgoing = Outgoing { attachments: attachments.clone(), ..event("binary", arguments.clone()) };
        client.obey(Command::Send(outgoing)).await;
        let frame = frame(&mut client).await;
        assert_eq!(frame.name.as_deref(), Some("binary"));
        assert_eq!((frame.arguments, frame.attachments), (arguments, attachments));
    })
    .await;
}

#[tokio::test]
async fn acknowledgements_from_the_server() {
    everywhere(async |endpoint| {
        let mut client = welcomed(endpoint).await;
        client.obey(with_ack("ask", 3, vec![json!({ "a": 1 })], vec![])).await;
        let expected =
            Observed::Acknowledged { id: 3, arguments: vec![json!({ "a": 1 })], attachments: vec![] };
        assert_eq!(acknowledged(&mut client).await, expected);
        client.obey(with_ack("ask binary", 4, vec![placeholder(0)], vec![vec![9]])).await;
        let expected =
            Observed::Acknowledged { id: 4, arguments: vec![placeholder(0)], attachments: vec![vec![9]] };
        assert_eq!(acknowledged(&mut client).await, expected);
    })
    .await;
}

async fn acknowledged(client: &mut Client) -> Observed {
    loop {
        match client.next().await {
            Observed::Frame(frame) if frame.name.as_deref() == Some("upgraded") => {}
            other => return other,
        }
    }
}

#[tokio::test]
async fn acknowledgements_from_the_client() {
    everywhere(async |endpoint| {
        let mut client = welcomed(endpoint).await;
        for (ask, argument, attachments) in
            [("question", json!({ "b": 2 }), vec![]), ("question binary", placeholder(0), vec![vec![1, 2]])]
        {
            client.emit(ask, vec![json!({ "a": 1 })]).await;
            let question = frame(&mut client).await;
            assert_eq!(
                (question.name.as_deref(), question.arguments),
                (Some("question"), vec![json!({ "a": 1 })])
            );
            let id = question.ack.expect("an id");
            let arguments = vec![argument];
            let answer =
                Command::Acknowledge { id, arguments: arguments.clone(), attachments: attachments.clone() };
            client.obey(answer).await;
            let answer = frame(&mut client).await;
            assert_eq!(answer.name.as_deref(), Some("answer"));
            assert_eq!((answer.arguments, answer.attachments), (arguments, attachments));
        }
    })
    .await;
}

#[tokio::test]
async fn barriers_follow_what_was_queued() {
    everywhere(async |endpoint| {
        let mut client = welcomed(endpoint).await;
        for n in 1..10 {
            client.emit("echo", vec![json!(n)]).await;
            assert_eq!(frame(&mut client).await.arguments, [json!(n)]);
            client.obey(Command::Barrier(n)).await;
            assert_eq!(acknowledged(&mut client).await, Observed::Barrier(n));
        }
    })
    .await;
}

#[tokio::test]
async fn refusals() {
    everywhere(async |endpoint| {
        for auth in [None, Some(json!({ "token": "bad" }))] {
            let endpoint = Endpoint { auth, ..endpoint.clone() };
            let refusal = Client::open(Kind::SocketIo, endpoint).refused().await;
            assert_eq!((refusal.status, refusal.message.as_str()), (None, "Authentication failed"));
            // Of the two, only the official server sends data.
            assert!(refusal.data.is_none_or(|data| data == json!({ "code": 7 })));
        }
        let nowhere = Endpoint { namespace: "/nowhere".to_owned(), ..endpoint };
        let refusal = Client::open(Kind::SocketIo, nowhere).refused().await;
        assert_eq!(refusal.message, "Invalid namespace");
    })
    .await;
}

#[tokio::test]
async fn the_client_closes() {
    everywhere(async |endpoint| {
        let websocket = endpoint.engine == EngineMode::WebSocket;
        let polling = endpoint.engine == EngineMode::Polling;
        let client = welcomed(endpoint).await;
        client.close().await;
        let closing = last(client).await;
        assert_eq!((closing.by, closing.clean), (Peer::Client, true), "{closing:?}");
        assert!(
            closing.code == Some(1000) && !polling || closing.code.is_none() && !websocket,
            "{closing:?}"
        );
    })
    .await;
}

async fn last(mut client: Client) -> handfast_conformance::transport::Closing {
    loop {
        match client.next().await {
            Observed::Closed(closing) => return closing,
            Observed::Frame(frame) if frame.name.as_deref() == Some("upgraded") => {}
            other => panic!("not closed: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_abort_says_nothing() {
    everywhere(async |endpoint| {
        let client = welcomed(endpoint).await;
        client.obey(Command::Abort).await;
        check_closing(&last(client).await, Peer::Client, None, false);
    })
    .await;
}

#[tokio::test]
async fn the_server_disconnects() {
    everywhere(async |endpoint| {
        let client = welcomed(endpoint).await;
        client.emit("leave", vec![]).await;
        let closing = last(client).await;
        check_closing(&closing, Peer::Server, None, true);
        assert_eq!(closing.reason, "the server disconnected the client from `/room`");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_not() {
    let mut client = welcomed(member(&socketioxide().await, EngineMode::WebSocket)).await;
    let attached = |arguments, n| Outgoing { attachments: vec![vec![]; n], ..event("echo", arguments) };
    for (outgoing, reason) in [
        (event("disconnect", vec![]), "the event name `disconnect` is reserved"),
        (attached(vec![], 1), "1 attachments, but the placeholders are []"),
        (attached(vec![placeholder(1)], 1), "1 attachments, but the placeholders are [1]"),
    ] {
        client.obey(Command::Send(outgoing)).await;
        assert_eq!(client.next().await, Observed::Unsupported(reason.to_owned()));
    }
    client.emit("echo", vec![json!(1)]).await;
    assert_eq!(client.frame().await.arguments, [json!(1)]);
}

#[tokio::test]
async fn nothing_is_lost_or_reordered_across_the_upgrade() {
    // socketioxide runs the handlers of two events side by side, so that only the official server keeps a burst in order.
    across_the_upgrade(member(&socketioxide().await, EngineMode::Upgrade), 1).await;
    let Some(node) = node::server(&[]).await else { return };
    across_the_upgrade(member(&node.url, EngineMode::Upgrade), 10).await;
}

/// The server counts to 2000 while we send bursts of events, which it echoes.
async fn across_the_upgrade(endpoint: Endpoint, burst: u64) {
    const TICKS: u64 = 2000;
    const ECHOES: u64 = 300;
    let mut client = welcomed(endpoint).await;
    client.emit("ticks", vec![json!(TICKS)]).await;
    let (mut ticks, mut echoes, mut asked) = (0, 0, 0);
    while ticks < TICKS || echoes < ECHOES {
        if asked == echoes && asked < ECHOES {
            asked += burst;
            for n in echoes..asked {
                client.emit("echo", vec![json!(n)]).await;
            }
        }
        let frame = frame(&mut client).await;
        let counter = if frame.name.as_deref() == Some("tick") { &mut ticks } else { &mut echoes };
        assert_eq!(frame.arguments, [json!(*counter)]);
        *counter += 1;
    }
    client.emit("transport", vec![]).await;
    assert_eq!(frame(&mut client).await.arguments, [json!("websocket")], "the upgrade has not happened");
}

#[tokio::test]
async fn polling_stays_polling() {
    everywhere(async |endpoint| {
        if endpoint.engine != EngineMode::Polling {
            return;
        }
        let mut client = welcomed(endpoint).await;
        client.emit("transport", vec![]).await;
        assert_eq!(client.frame().await.arguments, [json!("polling")]);
    })
    .await;
}

#[tokio::test]
async fn a_refused_upgrade_is_reported_and_polling_goes_on() {
    let Some(node) = node::server(&[("NO_UPGRADE", "1")]).await else { return };
    let mut client = Client::open(Kind::SocketIo, member(&node.url, EngineMode::Upgrade));
    // The failure may be seen before the consent, after the welcome, and in between.
    let seen = [client.next().await, client.next().await, client.next().await];
    let reason = "the upgrade to WebSocket failed: HTTP 403".to_owned();
    assert!(seen.contains(&Observed::Malformed { raw: String::new(), reason }), "{seen:?}");
    client.emit("transport", vec![]).await;
    assert_eq!(client.frame().await.arguments, [json!("polling")]);
    let refusal = Client::open(Kind::SocketIo, member(&node.url, EngineMode::WebSocket)).refused().await;
    assert_eq!(refusal.status, Some(403));
}

#[tokio::test]
async fn posts_stay_below_the_servers_limit() {
    let Some(node) = node::server(&[("MAX_PAYLOAD", "2000")]).await else { return };
    let mut client = welcomed(member(&node.url, EngineMode::Polling)).await;
    let value = json!("x".repeat(700));
    for _ in 0..20 {
        client.emit("echo", vec![value.clone()]).await;
    }
    for _ in 0..20 {
        assert_eq!(client.frame().await.arguments, std::slice::from_ref(&value));
    }
    client.emit("echo", vec![json!("x".repeat(3000))]).await;
    let closing = client.closed().await;
    check_closing(&closing, Peer::Server, None, false);
    assert!(closing.reason.contains("413"), "{closing:?}");
}

#[tokio::test]
async fn pings_keep_the_connection() {
    let Some(node) = node::server(&[("PING_INTERVAL", "50"), ("PING_TIMEOUT", "5000")]).await else { return };
    for mode in MODES {
        let mut client = welcomed(member(&node.url, mode)).await;
        for _ in 0..5 {
            while client.any().await != Observed::Keepalive("ping") {}
        }
    }
}

#[tokio::test]
async fn the_server_drops_the_connection() {
    let Some(node) = node::server(&[]).await else { return };
    for mode in MODES {
        let client = welcomed(member(&node.url, mode)).await;
        client.emit("drop", vec![]).await;
        let closing = last(client).await;
        assert_eq!(closing.by, Peer::Server, "{closing:?}");
    }
}
