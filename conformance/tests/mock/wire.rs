//! A client of Engine.IO that is nothing but requests and frames, and the servers that it talks to: a mock, and the official one.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use handfast_conformance::transport::{http, tls};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};
use url::Url;

use crate::node;
use crate::running::{PATIENCE, Recipe, file, sessions};

/// Times that a server keeps.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    pub ping_interval: Duration,
    pub ping_timeout: Duration,
    pub connect_timeout: Duration,
}

/// Nothing happens by itself while a case lasts.
pub const QUIET: Times = Times { ping_interval: PATIENCE, ping_timeout: PATIENCE, connect_timeout: PATIENCE };

/// Plays `case` against a mock, and then against the official server if there is one on this machine. Both have namespaces
/// `/` and `/custom`, which give `auth` on joining, `message` back as `message-back`, and acknowledge `message-with-ack`.
pub async fn against_both(times: Times, case: impl AsyncFn(&Peer)) {
    let mut recipe = Recipe::new(file("suite/contract.yaml")).playing(sessions(&file("suite")));
    recipe.options.ping_interval = times.ping_interval;
    recipe.options.ping_timeout = times.ping_timeout;
    recipe.options.connect_timeout = times.connect_timeout;
    let mock = recipe.serve().await;
    case(&Peer { url: mock.url.clone(), is_official: false }).await;
    let millis = |time: Duration| time.as_millis().to_string();
    let [interval, patience, connect] =
        [times.ping_interval, times.ping_timeout, times.connect_timeout].map(millis);
    let variables = [
        ("SUITE", "1"),
        ("PING_INTERVAL", &interval),
        ("PING_TIMEOUT", &patience),
        ("CONNECT_TIMEOUT", &connect),
    ];
    let Some(official) = node::server(&variables).await else { return };
    case(&Peer { url: official.url.clone(), is_official: true }).await;
}

/// A server.
pub struct Peer {
    url: Url,
    pub is_official: bool,
}

impl Peer {
    /// What it is, for messages.
    pub const fn name(&self) -> &'static str {
        if self.is_official { "official server" } else { "mock" }
    }

    /// The status and the body of an answer.
    pub async fn request(&self, method: &str, query: &str, body: Option<&str>) -> (u16, String) {
        let mut url = self.url.join("/socket.io/").unwrap();
        url.set_query(Some(query));
        let client = http::Client::new(&tls::client_config(None).unwrap()).unwrap();
        let request = http::Request {
            method: method.to_owned(),
            url,
            headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
            body: None,
            raw: body.map(|body| body.as_bytes().into()),
            within: PATIENCE,
            body_bytes: 1 << 20,
        };
        let response = client.request(&request).await.unwrap();
        (response.status, String::from_utf8(response.body).unwrap())
    }

    pub async fn get(&self, query: &str) -> (u16, String) {
        self.request("GET", query, None).await
    }

    /// The code of the refusal that a request gets.
    pub async fn refusal(&self, method: &str, query: &str) -> (u16, Value) {
        let (status, body) = self.request(method, query, None).await;
        (status, serde_json::from_str::<Value>(&body).expect("JSON")["code"].clone())
    }

    /// A new session that polls: its query.
    pub async fn polling(&self) -> String {
        let (_, body) = self.get("EIO=4&transport=polling").await;
        let open: Value = serde_json::from_str(&body[1..]).unwrap();
        format!("EIO=4&transport=polling&sid={}", open["sid"].as_str().unwrap())
    }

    /// One that has joined the main namespace.
    pub async fn polling_joined(&self) -> String {
        let session = self.polling().await;
        self.posts(&session, "40").await;
        let packets = self.polls(&session, 2).await;
        assert!(packets[0].starts_with("40{\"sid\":"), "{packets:?}");
        assert_eq!(packets[1], r#"42["auth",{}]"#);
        session
    }

    /// Sends a payload, which is taken.
    pub async fn posts(&self, session: &str, payload: &str) {
        assert_eq!(self.request("POST", session, Some(payload)).await, (200, "ok".to_owned()), "{payload}");
    }

    /// Polls until there are so many packets.
    pub async fn polls(&self, session: &str, n: usize) -> Vec<String> {
        let mut packets = Vec::new();
        while packets.len() < n {
            let (status, body) = self.get(session).await;
            assert_eq!(status, 200, "{body}");
            packets.extend(body.split('\u{1e}').map(str::to_owned));
        }
        assert_eq!(packets.len(), n, "{packets:?}");
        packets
    }

    /// The session is over: sooner or later its polls are refused.
    pub async fn ends(&self, session: &str) {
        let over = async {
            while self.get(session).await.0 == 200 {}
            self.get(session).await.0
        };
        assert_eq!(timeout(PATIENCE, over).await.expect("it goes on"), 400, "{}", self.name());
    }
}

/// A WebSocket.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// Whose it is.
    name: &'static str,
}

impl Socket {
    pub async fn try_open(peer: &Peer, query: &str) -> Option<Self> {
        let authority = peer.url.authority();
        let stream = TcpStream::connect(authority).await.unwrap();
        let request = format!("ws://{authority}/socket.io/?{query}").into_client_request().unwrap();
        let opened = timeout(PATIENCE, client_async(request, stream)).await.expect("it hangs");
        opened.ok().map(|(stream, _)| Self { stream, name: peer.name() })
    }

    pub async fn open(peer: &Peer, query: &str) -> Self {
        Self::try_open(peer, query).await.expect("a WebSocket")
    }

    /// One whose Engine.IO handshake has been read.
    pub async fn engine(peer: &Peer) -> Self {
        let mut socket = Self::open(peer, "EIO=4&transport=websocket").await;
        assert!(socket.text().await.unwrap().starts_with('0'));
        socket
    }

    /// One that has joined the main namespace.
    pub async fn joined(peer: &Peer) -> Self {
        let mut socket = Self::engine(peer).await;
        socket.join().await;
        socket
    }

    pub async fn join(&mut self) {
        self.send("40").await;
        assert!(self.said().await.unwrap().starts_with("40{\"sid\":"));
        assert_eq!(self.said().await.as_deref(), Some(r#"42["auth",{}]"#));
    }

    pub async fn send(&mut self, text: &str) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        self.stream.send(Message::binary(bytes.to_vec())).await.unwrap();
    }

    /// The next text; none once the connection is over.
    pub async fn text(&mut self) -> Option<String> {
        match self.message().await? {
            Message::Text(text) => Some(text.to_string()),
            other => panic!("no text: {other:?}"),
        }
    }

    /// The next text that is no heartbeat, which may come at any time on a busy machine; none once the connection is over.
    pub async fn said(&mut self) -> Option<String> {
        loop {
            match self.text().await? {
                // A connection that is over takes no answer, and says so next.
                ping if ping == "2" => drop(self.stream.send(Message::text("3")).await),
                text => return Some(text),
            }
        }
    }

    /// The next bytes.
    pub async fn bytes(&mut self) -> Vec<u8> {
        match self.message().await {
            Some(Message::Binary(bytes)) => bytes.to_vec(),
            other => panic!("no bytes: {other:?}"),
        }
    }

    async fn message(&mut self) -> Option<Message> {
        loop {
            let next = timeout(PATIENCE, self.stream.next()).await;
            match next.unwrap_or_else(|_| panic!("the {} says nothing", self.name)) {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(message)) => return Some(message),
            }
        }
    }
}
