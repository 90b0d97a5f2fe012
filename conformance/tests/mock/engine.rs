//! The cases of the official test suites of Engine.IO and Socket.IO that are below the level of sessions.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use handfast_conformance::transport::{http, tls};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::running::{PATIENCE, Recipe, Running, file, sessions};

/// As often as the suites have it.
const PING_INTERVAL: Duration = Duration::from_millis(300);
/// Longer than the suites have it: our test machines are busy.
const PING_TIMEOUT: Duration = Duration::from_millis(2000);

async fn serve() -> Running {
    let mut recipe = Recipe::new(file("suite/contract.yaml")).playing(sessions(&file("suite")));
    recipe.options.ping_interval = PING_INTERVAL;
    recipe.options.ping_timeout = PING_TIMEOUT;
    recipe.serve().await
}

async fn request(mock: &Running, method: &str, query: &str, body: Option<&str>) -> (u16, String) {
    let mut url = mock.url.join("/socket.io/").unwrap();
    url.set_query(Some(query));
    let client = http::Client::new(&tls::client_config(None).unwrap()).unwrap();
    let mut request = http::Request {
        method: method.to_owned(),
        url,
        headers: Vec::new(),
        body: None,
        raw: None,
        within: PATIENCE,
        body_bytes: 1 << 20,
    };
    // The digits that Engine.IO's control packets are made of are JSON.
    request.body = body.map(|body| serde_json::from_str(body).expect("a body of digits"));
    let response = client.request(&request).await.unwrap();
    (response.status, String::from_utf8(response.body).unwrap())
}

async fn get(mock: &Running, query: &str) -> (u16, String) {
    request(mock, "GET", query, None).await
}

/// The id of a new session that polls.
async fn polling(mock: &Running) -> String {
    let (_, body) = get(mock, "EIO=4&transport=polling").await;
    let open: Value = serde_json::from_str(&body[1..]).unwrap();
    open["sid"].as_str().unwrap().to_owned()
}

struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    async fn try_open(mock: &Running, query: &str) -> Option<Self> {
        let authority = mock.url.authority();
        let stream = TcpStream::connect(authority).await.unwrap();
        let request = format!("ws://{authority}/socket.io/?{query}").into_client_request().unwrap();
        timeout(PATIENCE, client_async(request, stream))
            .await
            .expect("it hangs")
            .ok()
            .map(|(socket, _)| Self(socket))
    }

    async fn open(mock: &Running, query: &str) -> Self {
        Self::try_open(mock, query).await.expect("a WebSocket")
    }

    /// One whose Engine.IO handshake has been read.
    async fn engine(mock: &Running) -> Self {
        let mut socket = Self::open(mock, "EIO=4&transport=websocket").await;
        assert!(socket.text().await.unwrap().starts_with('0'));
        socket
    }

    /// One that has joined the main namespace.
    async fn joined(mock: &Running) -> Self {
        let mut socket = Self::engine(mock).await;
        socket.send("40").await;
        assert!(socket.packet().await.unwrap().starts_with("40{\"sid\":"));
        assert_eq!(socket.packet().await.as_deref(), Some(r#"42["auth",{}]"#));
        socket
    }

    async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next text; none once the connection is over.
    async fn text(&mut self) -> Option<String> {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("it hangs") {
                Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next text that is no ping; pings are answered.
    async fn packet(&mut self) -> Option<String> {
        loop {
            match self.text().await {
                Some(text) if text == "2" => self.send("3").await,
                other => return other,
            }
        }
    }
}

fn is_open_packet(text: &str, upgrades: &[&str]) {
    let open: Value = serde_json::from_str(text.strip_prefix('0').expect("an open packet")).unwrap();
    let mut names: Vec<_> = open.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"]);
    assert_eq!(open["upgrades"], serde_json::json!(upgrades));
    assert_eq!((&open["pingInterval"], &open["pingTimeout"]), (&300.into(), &2000.into()));
    assert_eq!(open["maxPayload"], 1_000_000);
}

#[tokio::test]
async fn handshakes_by_polling() {
    let mock = serve().await;
    let (status, body) = get(&mock, "EIO=4&transport=polling").await;
    assert_eq!(status, 200);
    is_open_packet(&body, &["websocket"]);
    for (query, code) in [
        ("transport=polling", 5),
        ("EIO=abc&transport=polling", 5),
        ("EIO=4", 0),
        ("EIO=4&transport=abc", 0),
        ("EIO=4&transport=polling&sid=nobody", 1),
        ("EIO=4&transport=websocket", 3),
    ] {
        let (status, body) = get(&mock, query).await;
        let error: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &error["code"]), (400, &code.into()), "{query}");
    }
    for method in ["POST", "PUT"] {
        assert_eq!(request(&mock, method, "EIO=4&transport=polling", None).await.0, 400, "{method}");
    }
}

#[tokio::test]
async fn handshakes_by_websocket() {
    let mock = serve().await;
    let mut socket = Socket::open(&mock, "EIO=4&transport=websocket").await;
    is_open_packet(&socket.text().await.unwrap(), &[]);
    for query in ["transport=websocket", "EIO=abc&transport=websocket", "EIO=4", "EIO=4&transport=abc"] {
        assert!(Socket::try_open(&mock, query).await.is_none(), "{query}");
    }
}

#[tokio::test]
async fn heartbeats_by_polling() {
    let mock = serve().await;
    let sid = polling(&mock).await;
    let session = format!("EIO=4&transport=polling&sid={sid}");
    for _ in 0..3 {
        assert_eq!(get(&mock, &session).await, (200, "2".to_owned()));
        assert_eq!(request(&mock, "POST", &session, Some("3")).await.0, 200);
    }
    // The client is silent now.
    let ended = async {
        while get(&mock, &session).await.0 == 200 {}
        get(&mock, &session).await.0
    };
    assert_eq!(timeout(PATIENCE, ended).await.expect("it goes on"), 400);
}

#[tokio::test]
async fn heartbeats_by_websocket() {
    let mock = serve().await;
    let mut socket = Socket::engine(&mock).await;
    for _ in 0..3 {
        assert_eq!(socket.text().await.as_deref(), Some("2"));
        socket.send("3").await;
    }
    assert_eq!(socket.text().await.as_deref(), Some("2"));
    assert_eq!(socket.text().await, None, "the client is silent");
}

#[tokio::test]
async fn clients_close() {
    let mock = serve().await;
    let session = format!("EIO=4&transport=polling&sid={}", polling(&mock).await);
    let (poll, _) = tokio::join!(get(&mock, &session), async {
        // The poll is to be there first.
        tokio::time::sleep(Duration::from_millis(50)).await;
        request(&mock, "POST", &session, Some("1")).await
    });
    assert!(["6", "2"].contains(&poll.1.as_str()), "{poll:?}");
    let ended = async { while get(&mock, &session).await.0 == 200 {} };
    timeout(PATIENCE, ended).await.expect("it goes on");
    let mut socket = Socket::engine(&mock).await;
    socket.send("1").await;
    assert_eq!(socket.packet().await, None);
}

#[tokio::test]
async fn upgrades() {
    let mock = serve().await;
    let sid = polling(&mock).await;
    let (polls, sockets) =
        (format!("EIO=4&transport=polling&sid={sid}"), format!("EIO=4&transport=websocket&sid={sid}"));
    let mut socket = Socket::open(&mock, &sockets).await;
    socket.send("2probe").await;
    assert_eq!(socket.text().await.as_deref(), Some("3probe"));
    assert_eq!(get(&mock, &polls).await, (200, "6".to_owned()), "a poll ends while the client changes");
    socket.send("5").await;
    assert_eq!(socket.text().await.as_deref(), Some("2"), "the WebSocket has taken over");
    socket.send("3").await;
    assert_eq!(get(&mock, &polls).await.0, 400);
    assert!(Socket::try_open(&mock, &sockets).await.is_none());
    socket.send("40").await;
    assert!(socket.packet().await.unwrap().starts_with("40{"));
}

#[tokio::test]
async fn namespaces() {
    let mock = serve().await;
    let mut socket = Socket::joined(&mock).await;
    socket.send("40/custom,").await;
    assert!(socket.packet().await.unwrap().starts_with("40/custom,{"));
    assert_eq!(socket.packet().await.as_deref(), Some(r#"42/custom,["auth",{}]"#));
    socket.send("40/nowhere").await;
    assert_eq!(socket.packet().await.as_deref(), Some(r#"44/nowhere,{"message":"Invalid namespace"}"#));
    socket.send("41/custom").await;
    socket.send(r#"42["message",1,"2",{"3":[true]}]"#).await;
    assert_eq!(socket.packet().await.as_deref(), Some(r#"42["message-back",1,"2",{"3":[true]}]"#));
    socket.send("41").await;
    assert_eq!(socket.text().await.as_deref(), Some("2"), "the connection stays");
}

#[tokio::test]
async fn attachments_come_back() {
    let mock = serve().await;
    let mut socket = Socket::joined(&mock).await;
    let placeholders = r#"{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}"#;
    socket.send(&format!(r#"452-789["message-with-ack",{placeholders}]"#)).await;
    for bytes in [[1, 2, 3], [4, 5, 6]] {
        socket.0.send(Message::binary(bytes.to_vec())).await.unwrap();
    }
    let text = socket.packet().await.unwrap();
    assert_eq!(
        text.replace(r#""num":0,"_placeholder":true"#, r#""_placeholder":true,"num":0"#),
        format!("462-789[{placeholders}]")
    );
    for bytes in [[1, 2, 3], [4, 5, 6]] {
        loop {
            match timeout(PATIENCE, socket.0.next()).await.expect("it hangs").unwrap().unwrap() {
                Message::Binary(found) => break assert_eq!(found[..], bytes),
                Message::Text(text) => assert_eq!(text.as_str(), "2"),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_packet_closes() {
    let mock = serve().await;
    for bad in ["4abc", "42{}", r#"42abc["message-with-ack",1]"#, "452-[\"message\"]", "x"] {
        let mut socket = Socket::joined(&mock).await;
        socket.send(bad).await;
        assert_eq!(socket.packet().await, None, "{bad}");
    }
    let mut socket = Socket::engine(&mock).await;
    socket.send(r#"42["message",1]"#).await;
    assert_eq!(socket.packet().await, None, "no namespace was joined");
}

#[tokio::test]
async fn who_joins_no_namespace_is_sent_away() {
    let mut recipe = Recipe::new(file("suite/contract.yaml"));
    recipe.options.connect_timeout = Duration::from_millis(200);
    let mock = recipe.serve().await;
    let mut socket = Socket::engine(&mock).await;
    assert_eq!(socket.text().await, None);
}
