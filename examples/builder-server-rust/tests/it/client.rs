//! A server on a free port, and a client of packets over a bare WebSocket.

use std::collections::VecDeque;
use std::time::Duration;

use builder_server_rust::builder::ServerEvent;
use builder_server_rust::{Auth, Server, Settings, User};
use futures_util::{SinkExt, StreamExt};
use reqwest::Response;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

pub const SECRET: &[u8] = b"a secret of the tests, long enough for HS256";
pub const USER_ID: &str = "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a";
const DEADLINE: Duration = Duration::from_secs(10);

pub fn settings() -> Settings {
    Settings { jwt_secret: SECRET.to_vec(), step: Duration::ZERO, ..Settings::default() }
}

pub fn user(name: &str, lifetime: Duration) -> User {
    User::new(USER_ID.parse().expect("a UUID"), name.parse().expect("a name"), lifetime)
}

pub fn token() -> String {
    Auth::new(SECRET).issue(&user("john_doe", Duration::from_secs(60))).expect("a token")
}

/// A running server.
pub struct Running {
    pub url: String,
    pub client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
}

pub fn start(settings: Settings) -> Running {
    // reqwest asks for one, though these tests use no TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = Server::bind(settings).expect("a free port");
    let (stop, stopped) = oneshot::channel();
    let url = server.url();
    let serving = tokio::spawn(server.serve(async {
        let _ = stopped.await;
    }));
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    Running { url, client, stop: Some(stop), serving }
}

impl Running {
    pub async fn stop(mut self) {
        self.stop.take().expect("it was not stopped").send(()).expect("it runs");
        within(self.serving).await.expect("no panic").expect("no error");
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        let request = self.client.post(format!("{}/api/projects/{path}", self.url));
        within(request.bearer_auth(token()).body(body.to_string()).send()).await.expect("an answer")
    }

    /// Starts something, which is accepted.
    pub async fn start(&self, path: &str, body: Value) -> Value {
        let response = self.post(path, body).await;
        assert_eq!(response.status(), 202);
        within(response.json()).await.expect("JSON")
    }

    /// An engine session that is in no namespace yet.
    pub async fn open(&self) -> Client {
        let address = self.url.strip_prefix("http://").expect("a URL");
        let tcp = TcpStream::connect(address).await.expect("a connection");
        let url = format!("ws://{address}/socket.io/?EIO=4&transport=websocket");
        let (socket, _) = within(tokio_tungstenite::client_async(url, tcp)).await.expect("a handshake");
        let mut client = Client { socket, answers_pings: true, inbox: VecDeque::new() };
        assert!(client.packet().await.expect("an open packet").starts_with('0'));
        client
    }

    /// A client that was welcomed.
    pub async fn connect(&self) -> Client {
        let mut client = self.open().await;
        client.send(&format!("40/builder,{}", json!({ "token": token() }))).await;
        assert!(client.packet().await.expect("a connect packet").starts_with("40/builder,"));
        assert_eq!(client.next("authenticated").await, json!({ "userId": USER_ID, "username": "john_doe" }));
        client
    }

    pub async fn join(&self, project_id: &str) -> Client {
        let mut client = self.connect().await;
        client.emit("join-project", &json!({ "projectId": project_id })).await;
        client.next("project-joined").await;
        client
    }
}

/// A client of the namespace.
pub struct Client {
    socket: WebSocketStream<TcpStream>,
    pub answers_pings: bool,
    inbox: VecDeque<(String, Value)>,
}

impl Client {
    pub async fn send(&mut self, packet: &str) {
        within(self.socket.send(packet.into())).await.expect("to send");
    }

    pub async fn emit(&mut self, event: &str, payload: &Value) {
        self.send(&format!("42/builder,{}", json!([event, payload]))).await;
    }

    /// Waits for the next packet that is no heartbeat of the engine; nothing when the server has closed.
    pub async fn packet(&mut self) -> Option<String> {
        loop {
            match within(self.socket.next()).await {
                Some(Ok(Message::Text(text))) if text == "2" => self.send("3").await,
                Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Waits for the next event, which has one argument that the contract allows; nothing when the namespace is left.
    pub async fn event(&mut self) -> Option<(String, Value)> {
        if let Some(event) = self.inbox.pop_front() {
            return Some(event);
        }
        let packet = self.packet().await?;
        let event = packet.strip_prefix("42/builder,")?;
        let (name, payload): (String, Value) = serde_json::from_str(event).expect("a name and one argument");
        match ServerEvent::from_parts(&name, payload.clone()) {
            Ok(ServerEvent::Unknown(_)) => panic!("unknown event {name}"),
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}"),
        }
        if name == "ping" && self.answers_pings {
            self.emit("pong", &Value::Null).await;
        }
        Some((name, payload))
    }

    /// Waits for the event `name`, and returns its payload.
    pub async fn next(&mut self, name: &str) -> Value {
        self.until(name).await.pop().expect("the event itself").1
    }

    /// All events up to the next of that name.
    pub async fn until(&mut self, name: &str) -> Vec<(String, Value)> {
        let mut events = Vec::new();
        loop {
            let event = self.event().await.expect("no end");
            let is_last = event.0 == name;
            events.push(event);
            if is_last {
                return events;
            }
        }
    }

    /// What the server had sent before it answers a question that is asked now.
    pub async fn until_now(&mut self) -> Vec<(String, Value)> {
        self.emit("join-project", &json!({ "projectId": "nothing happens here" })).await;
        let mut events = self.until("project-joined").await;
        events.pop();
        events
    }
}

/// Waits, but not for ever.
pub async fn within<F: Future>(future: F) -> F::Output {
    timeout(DEADLINE, future).await.expect("in time")
}
