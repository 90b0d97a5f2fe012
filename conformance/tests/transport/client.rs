//! The runner's end of a connection, as the tests use it.

use std::future::Future;
use std::time::Duration;

use handfast_conformance::transport::{
    self, Closing, Command, Connection, Endpoint, EngineMode, Frame, Handshake, Kind, Limits, Observed,
    Outgoing, Peer, Refusal, tls,
};
use serde_json::Value;
use tokio::time::timeout;
use url::Url;

/// Longer than anything that works can take.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub const KINDS: [Kind; 3] = [Kind::WebSocket, Kind::Sse, Kind::SocketIo];

/// What `work` comes to, which must not hang.
pub async fn soon<T>(work: impl Future<Output = T>) -> T {
    timeout(PATIENCE, work).await.expect("it hangs")
}

pub fn endpoint(url: &Url) -> Endpoint {
    Endpoint {
        url: url.clone(),
        headers: Vec::new(),
        subprotocols: Vec::new(),
        last_event_id: None,
        namespace: "/".to_owned(),
        auth: None,
        engine: EngineMode::default(),
        tls: tls::client_config(None).expect("a TLS configuration"),
        limits: Limits::default(),
    }
}

/// Limits for peers that keep us waiting.
pub fn impatient() -> Limits {
    let short = Duration::from_millis(300);
    Limits { handshake: short, write: short, close: short, message_bytes: 1 << 20 }
}

pub struct Client(Connection);

impl Client {
    pub fn open(kind: Kind, endpoint: Endpoint) -> Self {
        Self(transport::open(kind, endpoint).expect("a transport").spawned())
    }

    /// A connection whose handshake succeeds.
    pub async fn opened(kind: Kind, endpoint: Endpoint) -> (Self, Handshake) {
        let mut client = Self::open(kind, endpoint);
        match client.next().await {
            Observed::Opened(handshake) => (client, handshake),
            other => panic!("not opened: {other:?}"),
        }
    }

    pub async fn obey(&self, command: Command) {
        self.0.commands.send(Box::new(command)).await.expect("an open connection");
    }

    /// The next thing seen, signs of life aside.
    pub async fn next(&mut self) -> Observed {
        loop {
            match self.any().await {
                Observed::Keepalive(_) => {}
                other => return other,
            }
        }
    }

    /// The next thing seen.
    pub async fn any(&mut self) -> Observed {
        *soon(self.0.observed.recv()).await.expect("something before the end").what
    }

    pub async fn frame(&mut self) -> Frame {
        match self.next().await {
            Observed::Frame(frame) => frame,
            other => panic!("no frame: {other:?}"),
        }
    }

    /// The reason why what came next is malformed.
    pub async fn malformed(&mut self) -> String {
        match self.next().await {
            Observed::Malformed { reason, .. } => reason,
            other => panic!("not malformed: {other:?}"),
        }
    }

    pub async fn closed(mut self) -> Closing {
        let what = self.next().await;
        self.ended().await;
        match what {
            Observed::Closed(closing) => closing,
            other => panic!("not closed: {other:?}"),
        }
    }

    pub async fn refused(mut self) -> Refusal {
        let what = self.next().await;
        self.ended().await;
        match what {
            Observed::Refused(refusal) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    pub async fn unreachable(mut self) -> String {
        let what = self.next().await;
        self.ended().await;
        match what {
            Observed::Unreachable(reason) => reason,
            other => panic!("not unreachable: {other:?}"),
        }
    }

    /// Nothing is seen after the end, and the task is over.
    async fn ended(&mut self) {
        assert!(soon(self.0.observed.recv()).await.is_none(), "something after the end");
    }

    pub async fn send(&self, arguments: Vec<Value>) {
        self.emit("", arguments).await;
    }

    pub async fn emit(&self, name: &str, arguments: Vec<Value>) {
        self.obey(Command::Send(event(name, arguments))).await;
    }

    pub async fn close(&self) {
        self.obey(Command::Close { code: 1000, reason: "bye".to_owned() }).await;
    }
}

pub fn event(name: &str, arguments: Vec<Value>) -> Outgoing {
    Outgoing { name: name.to_owned(), arguments, ack: None, attachments: Vec::new() }
}

#[track_caller]
pub fn check_closing(closing: &Closing, by: Peer, code: Option<u16>, clean: bool) {
    assert_eq!((closing.by, closing.code, closing.clean), (by, code, clean), "{closing:?}");
}
