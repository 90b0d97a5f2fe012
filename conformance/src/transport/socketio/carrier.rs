//! Moves Engine.IO packets: by long-polling, by WebSocket, and from the one to the other.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use url::Url;

use super::engine::{self, Open, Packet};
use super::{Batch, polling};
use crate::transport::http::Client;
use crate::transport::opening::NotOpened;
use crate::transport::room;
use crate::transport::socket::{self, Reader, Writer, close_message};
use crate::transport::upgrade::{self, Socket};
use crate::transport::{Closing, Endpoint, EngineMode, Handshake, Refusal};

/// What the server sent.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A packet.
    Packet(Packet),
    /// Bytes that are none.
    Malformed { raw: String, reason: String },
}

impl Incoming {
    /// Waits in `queue` for the session.
    pub(super) async fn put_into(self, queue: &mpsc::Sender<Self>) {
        let n_bytes = match &self {
            Self::Packet(Packet::Text(text) | Packet::Ping(text)) => text.len(),
            Self::Packet(Packet::Binary(bytes)) => bytes.len(),
            Self::Packet(_) => 0,
            Self::Malformed { raw, .. } => raw.len(),
        };
        room::put(queue, self, n_bytes).await;
    }

    /// What became of `raw`.
    pub(super) fn new(raw: &str, packet: Result<Packet, String>) -> Self {
        match packet {
            Ok(packet) => Self::Packet(packet),
            Err(reason) => Self::Malformed { raw: raw.to_owned(), reason },
        }
    }
}

/// An open Engine.IO session.
pub(super) struct Opening {
    pub(super) client: Client,
    pub(super) open: Open,
    pub(super) handshake: Handshake,
    pub(super) kind: CarrierKind,
    /// What came with the handshake.
    pub(super) early: Vec<Incoming>,
}

/// What carries the packets.
pub(super) enum CarrierKind {
    /// Requests, for good.
    Polling,
    /// Requests, until a WebSocket stands.
    Upgrade,
    /// A WebSocket.
    WebSocket(Box<Socket>),
}

/// Opens an Engine.IO session.
///
/// # Errors
///
/// Nobody answers, the server refuses, or its handshake is none.
pub(super) async fn open(endpoint: &Endpoint) -> Result<Opening, NotOpened> {
    let client = Client::new(&endpoint.tls).map_err(|error| NotOpened::Unreachable(error.to_string()))?;
    let opening = match endpoint.engine {
        EngineMode::WebSocket => open_websocket(client, endpoint).await,
        EngineMode::Polling | EngineMode::Upgrade => open_polling(client, endpoint).await,
    };
    opening.map_err(|failure| match failure {
        NotOpened::Refused(refusal) => NotOpened::Refused(Box::new(engine_refusal(*refusal))),
        other => other,
    })
}

async fn open_polling(client: Client, endpoint: &Endpoint) -> Result<Opening, NotOpened> {
    let url = engine_url(&endpoint.url, "polling", None);
    let (payload, handshake) = polling::handshake(&client, &url, endpoint).await?;
    let mut packets = engine::decode_payload(&payload);
    let open = match packets.next() {
        Some((_, Ok(Packet::Open(data)))) => Open::decode(&data),
        Some((_, Err(reason))) => Err(reason),
        _ => Err("the first packet is no handshake".to_owned()),
    };
    let early = packets.map(|(raw, packet)| Incoming::new(raw, packet)).collect();
    let open = open.map_err(|reason| NotOpened::Malformed { raw: payload, reason })?;
    let upgrades = endpoint.engine == EngineMode::Upgrade && open.upgrades;
    let kind = if upgrades { CarrierKind::Upgrade } else { CarrierKind::Polling };
    Ok(Opening { client, open, handshake, kind, early })
}

async fn open_websocket(client: Client, endpoint: &Endpoint) -> Result<Opening, NotOpened> {
    let url = engine_url(&endpoint.url, "websocket", None);
    let (mut socket, handshake) = upgrade::connect(&client, &url, endpoint).await?;
    let malformed = |raw: &str, reason: String| NotOpened::Malformed { raw: raw.to_owned(), reason };
    let text = match socket.next().await {
        Some(Ok(Message::Text(text))) => text,
        Some(Ok(other)) => {
            return Err(malformed(&other.to_string(), "the first message is no text".to_owned()));
        }
        Some(Err(error)) => return Err(malformed("", error.to_string())),
        None => return Err(malformed("", "the connection ended before the handshake".to_owned())),
    };
    let open = match engine::decode(&text) {
        Ok(Packet::Open(data)) => Open::decode(&data),
        Ok(_) => Err("the first packet is no handshake".to_owned()),
        Err(reason) => Err(reason),
    };
    let open = open.map_err(|reason| malformed(&text, reason))?;
    Ok(Opening { client, open, handshake, kind: CarrierKind::WebSocket(socket), early: Vec::new() })
}

/// Engine.IO says why in JSON: `{code, message}`.
pub(super) fn engine_refusal(mut refusal: Refusal) -> Refusal {
    if let Ok(data @ Value::Object(_)) = serde_json::from_str::<Value>(&refusal.message)
        && let Some(message) = data.get("message").and_then(Value::as_str)
    {
        refusal.message = message.to_owned();
        refusal.data = Some(data);
    }
    refusal
}

fn engine_url(url: &Url, transport: &str, sid: Option<&str>) -> Url {
    let mut url = url.clone();
    url.query_pairs_mut().append_pair("EIO", "4").append_pair("transport", transport);
    if let Some(sid) = sid {
        url.query_pairs_mut().append_pair("sid", sid);
    }
    url
}

/// Carries the packets of one session.
pub(super) struct Carrier<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) client: Client,
    /// Where to poll.
    pub(super) url: Url,
    pub(super) open: Open,
    /// Polling stops before the WebSocket takes over.
    pub(super) paused: watch::Sender<bool>,
    /// We have said that this is the end; errors no longer tell anything.
    pub(super) closing: AtomicBool,
}

impl<'a> Carrier<'a> {
    /// The carrier of a session that `open` opened.
    pub(super) fn new(endpoint: &'a Endpoint, client: Client, open: Open) -> Self {
        let url = engine_url(&endpoint.url, "polling", Some(&open.sid));
        let (paused, closing) = (watch::Sender::new(false), AtomicBool::new(false));
        Self { endpoint, client, url, open, paused, closing }
    }

    /// Carries packets until the connection ends, which [`Packet::Close`] makes it do.
    pub(super) async fn carry(
        self,
        kind: CarrierKind,
        mut outgoing: mpsc::Receiver<Batch>,
        incoming: mpsc::Sender<Incoming>,
    ) -> Closing {
        let socket = match kind {
            CarrierKind::WebSocket(socket) => Ok(socket),
            CarrierKind::Upgrade => self.poll_until(self.probe(&incoming), &mut outgoing, &incoming).await,
            CarrierKind::Polling => self.poll_until(std::future::pending(), &mut outgoing, &incoming).await,
        };
        match socket {
            Ok(socket) => socket::carry(socket, self.endpoint.limits, &incoming, &mut outgoing).await,
            Err(closing) => closing,
        }
    }

    /// Polls until `upgrade` is over and no request is under way, so that no packet overtakes another.
    async fn poll_until(
        &self,
        upgrade: impl Future<Output = Box<Socket>>,
        outgoing: &mut mpsc::Receiver<Batch>,
        incoming: &mpsc::Sender<Incoming>,
    ) -> Result<Box<Socket>, Closing> {
        let upgrade = async {
            let socket = upgrade.await;
            self.paused.send_replace(true);
            Ok(socket)
        };
        let ((), (), mut socket) =
            tokio::try_join!(polling::poll(self, incoming), polling::post(self, outgoing), upgrade)?;
        // Where this fails, the socket says so when it is read.
        let upgrade = Message::text(engine::encode(&Packet::Upgrade));
        let _ = timeout(self.endpoint.limits.write, socket.send(upgrade)).await;
        Ok(socket)
    }

    /// The WebSocket to change to. Where there is none, the session stays on polling for good.
    async fn probe(&self, incoming: &mpsc::Sender<Incoming>) -> Box<Socket> {
        let limit = self.endpoint.limits.handshake;
        let failure = match timeout(limit, self.try_probe()).await {
            Ok(Ok(socket)) => return socket,
            Ok(Err(reason)) => reason,
            Err(_) => format!("it is not over after {limit:?}"),
        };
        if !self.closing.load(Ordering::Relaxed) {
            let reason = format!("the upgrade to WebSocket failed: {failure}");
            let _ = incoming.send(Incoming::Malformed { raw: String::new(), reason }).await;
        }
        std::future::pending().await
    }

    async fn try_probe(&self) -> Result<Box<Socket>, String> {
        let url = engine_url(&self.endpoint.url, "websocket", Some(&self.open.sid));
        // A client of its own: a connection on which the upgrade was refused is no good for polling.
        let client = Client::new(&self.endpoint.tls).map_err(|error| error.to_string())?;
        let connected = upgrade::connect(&client, &url, self.endpoint).await;
        let (mut socket, _) = connected.map_err(|failure| failure.to_string())?;
        let probe = Message::text(engine::encode(&Packet::Ping("probe".to_owned())));
        socket.send(probe).await.map_err(|error| error.to_string())?;
        match socket.next().await {
            Some(Ok(Message::Text(text))) if text == "3probe" => Ok(socket),
            Some(Ok(other)) => Err(format!("`{other}` is no answer to the probe")),
            Some(Err(error)) => Err(error.to_string()),
            None => Err("the connection ended".to_owned()),
        }
    }
}

impl Reader for mpsc::Sender<Incoming> {
    async fn message(&self, message: Message) {
        let incoming = match message {
            Message::Text(text) => Incoming::new(&text, engine::decode(&text)),
            Message::Binary(bytes) => Incoming::Packet(Packet::Binary(bytes.to_vec())),
            // Signs of life below Engine.IO's own.
            _ => return,
        };
        incoming.put_into(self).await;
    }

    async fn violation(&self, reason: String) {
        let _ = self.send(Incoming::Malformed { raw: String::new(), reason }).await;
    }
}

impl Writer for mpsc::Receiver<Batch> {
    async fn next(&mut self) -> Option<Vec<Message>> {
        Some(self.recv().await?.into_iter().map(message).collect())
    }
}

fn message(packet: Packet) -> Message {
    match packet {
        Packet::Binary(bytes) => Message::binary(bytes),
        // What the WebSocket itself says better.
        Packet::Close => close_message(1000, ""),
        other => Message::text(engine::encode(&other)),
    }
}
