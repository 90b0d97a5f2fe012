//! A server on a free port, and independent clients: reqwest, sse-stream, tungstenite.

use std::pin::Pin;
use std::time::Duration;

use futures_util::{SinkExt, Stream, StreamExt, stream};
use orbit_server::orbit::ServerEvent;
use orbit_server::{Server, Settings};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use sse_stream::{Sse, SseStream};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{self, Message};

pub const TOKEN: &str = "correct horse";
const DEADLINE: Duration = Duration::from_secs(10);

/// A running server.
pub struct Running {
    pub url: String,
    pub client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
}

/// Without pauses all events of a task are published at once; metrics would be noise.
pub fn settings() -> Settings {
    Settings {
        token: TOKEN.to_owned(),
        step: Duration::ZERO,
        metrics: Duration::from_secs(3600),
        ..Settings::default()
    }
}

pub fn start(settings: Settings) -> Running {
    let server = Server::bind(settings).expect("a free port");
    let (stop, stopped) = oneshot::channel();
    let url = server.url();
    let serving = tokio::spawn(server.serve(async {
        let _ = stopped.await;
    }));
    Running { url, client: client(), stop: Some(stop), serving }
}

impl Running {
    /// Asks the server to stop.
    pub fn stop(&mut self) {
        self.stop.take().expect("it was not stopped").send(()).expect("it runs");
    }

    /// Waits until it has stopped.
    pub async fn stopped(self) {
        within(self.serving).await.expect("no panic").expect("no error");
    }

    pub async fn create(&self, body: Value) -> String {
        let response = within(self.post(&body).send()).await.expect("an answer");
        assert_eq!(response.status(), 202);
        let body: Value = response.json().await.expect("JSON");
        body["task"]["id"].as_str().expect("a task").to_owned()
    }

    pub fn post(&self, body: &Value) -> RequestBuilder {
        let request = self.client.post(format!("{}/api/tasks", self.url));
        request.bearer_auth(TOKEN).body(body.to_string())
    }

    /// A stream, after its first block.
    pub async fn listen(&self, query: &str, last_id: Option<&str>) -> Blocks {
        let mut request = self.client.get(format!("{}/events/stream{query}", self.url)).bearer_auth(TOKEN);
        if let Some(id) = last_id {
            request = request.header("Last-Event-ID", id);
        }
        let response = within(request.send()).await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut blocks = blocks(response);
        assert_eq!(blocks.next().await.expect("a block").retry, Some(1000));
        blocks
    }

    pub async fn connect(&self, query: &str) -> Socket<TcpStream> {
        self.try_connect(query, &[("authorization", &format!("Bearer {TOKEN}"))])
            .await
            .expect("a connection")
            .0
    }

    pub async fn try_connect(
        &self,
        query: &str,
        headers: &[(&str, &str)],
    ) -> Result<(Socket<TcpStream>, tungstenite::handshake::client::Response), tungstenite::Error> {
        let address = self.url.strip_prefix("http://").expect("a URL");
        let tcp = TcpStream::connect(address).await.expect("a connection");
        let (socket, response) = within(tokio_tungstenite::client_async(
            upgrade(&format!("ws://{address}/ws{query}"), headers),
            tcp,
        ))
        .await?;
        Ok((Socket(socket), response))
    }
}

/// reqwest without a proxy and, in this process, without a provider of its own.
pub fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().expect("a client")
}

pub fn upgrade(url: &str, headers: &[(&str, &str)]) -> Request {
    let mut request = url.into_client_request().expect("a URL");
    for (name, value) in headers {
        let name: tungstenite::http::HeaderName = name.parse().expect("a name");
        request.headers_mut().append(name, value.parse().expect("a value"));
    }
    request
}

/// Waits, but not for ever.
pub async fn within<F: Future>(future: F) -> F::Output {
    timeout(DEADLINE, future).await.expect("in time")
}

/// The blocks of an SSE stream.
pub struct Blocks(Pin<Box<dyn Stream<Item = Result<Sse, sse_stream::Error>>>>);

pub fn blocks(response: Response) -> Blocks {
    let chunks = stream::unfold(response, async |mut response| {
        let chunk = response.chunk().await.transpose()?;
        Some((chunk, response))
    });
    Blocks(Box::pin(SseStream::from_bytes_stream(chunks)))
}

impl Blocks {
    /// Waits for the next block; nothing when the stream has ended.
    pub async fn next(&mut self) -> Option<Sse> {
        within(self.0.next()).await.map(|block| block.expect("a block"))
    }

    /// Waits for `n` events, checked against the contract and against their own fields.
    pub async fn events(&mut self, n: usize) -> Vec<Value> {
        let mut events = Vec::new();
        while events.len() < n {
            let block = self.next().await.expect("an event");
            let event = parsed(&block.data.expect("data"));
            assert_eq!(
                (block.id.as_deref(), block.event.as_deref()),
                (event["id"].as_str(), event["type"].as_str())
            );
            events.push(event);
        }
        events
    }

    /// All events until the server ends the stream.
    pub async fn rest(mut self) -> Vec<Value> {
        let mut events = Vec::new();
        while let Some(block) = self.next().await {
            events.push(parsed(&block.data.expect("data")));
        }
        events
    }
}

/// A WebSocket.
pub struct Socket<S>(pub WebSocketStream<S>);

impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin> Socket<S> {
    pub async fn send(&mut self, message: Message) {
        within(self.0.send(message)).await.expect("to send");
    }

    /// Waits for the next event, or the code with which the server closes.
    pub async fn next(&mut self) -> Result<Value, u16> {
        loop {
            match within(self.0.next()).await.expect("no end without a close frame").expect("a frame") {
                Message::Text(text) => return Ok(parsed(&text)),
                Message::Close(frame) => {
                    // The end comes when our answer is sent, for which the server waits.
                    assert!(!matches!(within(self.0.next()).await, Some(Ok(_))));
                    return Err(frame.expect("a code").code.into());
                }
                _ => {}
            }
        }
    }

    pub async fn events(&mut self, n: usize) -> Vec<Value> {
        let mut events = Vec::new();
        while events.len() < n {
            events.push(self.next().await.expect("an event"));
        }
        events
    }

    /// What was published before now, proved by the answer to a `ping`.
    pub async fn events_until_now(&mut self) -> Vec<Value> {
        self.send(json!({ "type": "ping" }).to_string().into()).await;
        let mut events = Vec::new();
        loop {
            match self.next().await.expect("an event") {
                pong if pong["type"] == "pong" => return events,
                event => events.push(event),
            }
        }
    }
}

/// An event that the contract names and allows.
#[track_caller]
fn parsed(text: &str) -> Value {
    match ServerEvent::from_slice(text.as_bytes()) {
        Ok(ServerEvent::Unknown(event)) => panic!("unknown event {}", event.name()),
        Ok(event) => event.to_value().expect("JSON"),
        Err(error) => panic!("{error}"),
    }
}

pub fn types(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().expect("a type")).collect()
}

pub fn ids(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["id"].as_str().expect("an id")).collect()
}
