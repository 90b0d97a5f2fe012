//! The server's side of Engine.IO 4: sessions that travel by polling, by WebSocket, or change from one to the other.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use futures_util::StreamExt;
use hyper::StatusCode;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::json;
use tokio::sync::{Notify, mpsc};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::Options;
use super::http::{Answered, engine_error, text};
use super::request::read;
use super::websocket::{Socket, close, send};
use crate::transport::socketio::engine::{self, Packet};

/// How many packets may wait for a client that does not fetch them.
const OUTBOX: usize = 4096;
/// How many packets of a client wait to be read.
const INBOX: usize = 64;
/// How soon a poll ends while the client changes to the WebSocket.
const PROBING: Duration = Duration::from_millis(100);
/// What the official server answers a poll with that has delivered.
const DELIVERED: &str = "ok";

/// The sessions by their ids.
#[derive(Default)]
pub struct Engines(Mutex<HashMap<String, Arc<Engine>>>);

/// A session.
pub struct Engine {
    /// Its id.
    pub sid: String,
    state: Mutex<State>,
    changed: Notify,
    inbox: mpsc::Sender<Packet>,
}

struct State {
    outbox: VecDeque<Packet>,
    carrier: Carrier,
    is_polled: bool,
    /// Who ended the session.
    end: Option<Side>,
    /// The code that a WebSocket is closed with.
    code: u16,
}

/// What carries a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// HTTP long-polling.
    Polling,
    /// Polling still, with a WebSocket that may take over.
    Probing,
    /// A WebSocket.
    WebSocket,
}

/// Who ends a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The client.
    Client,
    /// The server.
    Server,
}

impl Engines {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Engine>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new session, and what its client sends.
    pub fn open(&self, carrier: Carrier) -> (Arc<Engine>, mpsc::Receiver<Packet>) {
        let (inbox, packets) = mpsc::channel(INBOX);
        let sid = BASE64URL_NOPAD.encode(&fastrand::u128(..).to_be_bytes());
        let state = State { outbox: VecDeque::new(), carrier, is_polled: false, end: None, code: 1005 };
        let engine = Engine { sid: sid.clone(), state: Mutex::new(state), changed: Notify::new(), inbox };
        let engine = Arc::new(engine);
        self.lock().insert(sid, Arc::clone(&engine));
        (engine, packets)
    }

    /// The session of that id.
    pub fn get(&self, sid: &str) -> Option<Arc<Engine>> {
        self.lock().get(sid).cloned()
    }

    /// Forgets a session.
    pub fn remove(&self, sid: &str) {
        self.lock().remove(sid);
    }
}

impl Engine {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What carries it.
    pub fn carrier(&self) -> Carrier {
        self.lock().carrier
    }

    /// What the server says of itself.
    pub fn handshake(&self, options: &Options) -> Packet {
        let upgrades: &[&str] = if self.carrier() == Carrier::Polling { &["websocket"] } else { &[] };
        let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let open = json!({
            "sid": self.sid,
            "upgrades": upgrades,
            "pingInterval": ms(options.ping_interval),
            "pingTimeout": ms(options.ping_timeout),
            "maxPayload": options.message_bytes,
        });
        Packet::Open(open.to_string())
    }

    /// Sends packets, which stay together; a client that leaves too many unread is given up.
    pub fn send(&self, packets: Vec<Packet>) {
        let mut state = self.lock();
        if state.outbox.len() + packets.len() > OUTBOX {
            state.end.get_or_insert(Side::Server);
        } else {
            state.outbox.extend(packets);
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Ends the session; a WebSocket is closed with `code`.
    pub fn end(&self, by: Side, code: u16) {
        let mut state = self.lock();
        if state.end.is_none() {
            state.end = Some(by);
            state.code = code;
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Waits until the session is over.
    pub async fn ended(&self) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if self.lock().end.is_some() {
                return;
            }
            changed.await;
        }
    }

    /// Waits until what was sent is fetched, for as long as a client may take to say that it lives.
    pub async fn drained(&self, options: &Options) {
        let drained = async {
            loop {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if self.lock().outbox.is_empty() {
                    return;
                }
                changed.await;
            }
        };
        // Who has gone fetches nothing.
        let _ = timeout(options.ping_timeout, drained).await;
    }

    /// The packets to send next; `None` once the session is over.
    async fn packets(&self) -> Option<Vec<Packet>> {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            {
                let mut state = self.lock();
                if !state.outbox.is_empty() {
                    let packets = state.outbox.drain(..).collect();
                    self.changed.notify_waiters();
                    return Some(packets);
                }
                if state.end.is_some() {
                    return None;
                }
                if state.is_polled && state.carrier == Carrier::WebSocket {
                    return Some(vec![Packet::Noop]);
                }
            }
            changed.await;
        }
    }

    /// Answers a poll.
    pub async fn poll(&self) -> Answered {
        {
            let mut state = self.lock();
            if state.carrier == Carrier::WebSocket || state.end.is_some() && state.outbox.is_empty() {
                return engine_error(3, "Bad request");
            }
            if state.is_polled {
                drop(state);
                // Two polls at a time would tear what is sent apart.
                self.end(Side::Server, 1005);
                return engine_error(3, "Bad request");
            }
            state.is_polled = true;
        }
        let _polled = Polled(self);
        let packets = tokio::select! {
            packets = self.packets() => packets,
            () = self.probing() => Some(vec![Packet::Noop]),
        };
        let packets = packets.unwrap_or_else(|| match self.lock().end {
            Some(Side::Client) => vec![Packet::Noop],
            _ => vec![Packet::Close],
        });
        let texts: Vec<String> = packets.iter().map(engine::encode).collect();
        text(StatusCode::OK, texts.join("\u{1e}"))
    }

    /// Ends a poll, so that the client can leave it.
    async fn probing(&self) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if self.carrier() == Carrier::Probing {
                return sleep(PROBING).await;
            }
            changed.await;
        }
    }

    /// Takes what a client posts.
    pub async fn take(&self, body: Incoming, options: &Options) -> Answered {
        if self.carrier() == Carrier::WebSocket {
            return engine_error(3, "Bad request");
        }
        let body = match read(body, options.message_bytes).await {
            Ok(body) => body,
            Err(status) => return text(status, ""),
        };
        let packets: Option<Vec<Packet>> = std::str::from_utf8(&body)
            .ok()
            .and_then(|payload| engine::decode_payload(payload).map(|(_, packet)| packet.ok()).collect());
        let Some(packets) = packets else {
            self.end(Side::Server, 1005);
            return engine_error(3, "Bad request");
        };
        for packet in packets {
            if !self.deliver(packet, options).await {
                return engine_error(1, "Session ID unknown");
            }
        }
        let mut answered = text(StatusCode::OK, DELIVERED);
        answered.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        answered
    }

    /// Hands a packet to the session; whether it still takes any.
    async fn deliver(&self, packet: Packet, options: &Options) -> bool {
        let patience = options.ping_interval.saturating_add(options.ping_timeout);
        matches!(timeout(patience, self.inbox.send(packet)).await, Ok(Ok(())))
    }

    /// Carries the session over a WebSocket from its beginning.
    pub async fn carry(&self, mut socket: Socket, options: &Options) {
        if send_packet(&mut socket, self.handshake(options)).await {
            self.exchange(&mut socket, options).await;
        }
        self.end(Side::Client, 1005);
        let code = self.lock().code;
        close(&mut socket, code, "").await;
    }

    /// Lets a WebSocket take the session over, once its client has probed it.
    pub async fn upgrade(&self, mut socket: Socket, options: &Options) {
        if self.probed(&mut socket).await {
            self.exchange(&mut socket, options).await;
            self.end(Side::Client, 1005);
        } else {
            self.stay();
        }
        let code = self.lock().code;
        close(&mut socket, code, "").await;
    }

    /// Polling goes on.
    fn stay(&self) {
        let mut state = self.lock();
        if state.carrier == Carrier::Probing {
            state.carrier = Carrier::Polling;
        }
    }

    async fn probed(&self, socket: &mut Socket) -> bool {
        {
            let mut state = self.lock();
            if state.carrier != Carrier::Polling {
                return false;
            }
            state.carrier = Carrier::Probing;
        }
        self.changed.notify_waiters();
        let probing = async {
            while let Some(Ok(message)) = socket.next().await {
                let Message::Text(text) = message else { continue };
                match engine::decode(&text) {
                    Ok(Packet::Ping(data)) if data == "probe" => {
                        if !send_packet(socket, Packet::Pong(data)).await {
                            return false;
                        }
                    }
                    Ok(Packet::Upgrade) => return true,
                    _ => return false,
                }
            }
            false
        };
        let is_probed = timeout(super::HANDSHAKE, probing).await.unwrap_or(false);
        if is_probed {
            self.lock().carrier = Carrier::WebSocket;
            self.changed.notify_waiters();
        }
        is_probed
    }

    async fn exchange(&self, socket: &mut Socket, options: &Options) {
        loop {
            tokio::select! {
                packets = self.packets() => {
                    let Some(packets) = packets else { return };
                    for packet in packets {
                        if !send_packet(socket, packet).await {
                            return;
                        }
                    }
                }
                message = socket.next() => {
                    let packet = match message {
                        Some(Ok(Message::Text(text))) => engine::decode(&text).ok(),
                        Some(Ok(Message::Binary(bytes))) => Some(Packet::Binary(bytes.into())),
                        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => continue,
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    };
                    let Some(packet) = packet else { return };
                    if !self.deliver(packet, options).await {
                        return;
                    }
                }
            }
        }
    }
}

/// A poll under way.
struct Polled<'e>(&'e Engine);

impl Drop for Polled<'_> {
    fn drop(&mut self) {
        self.0.lock().is_polled = false;
    }
}

async fn send_packet(socket: &mut Socket, packet: Packet) -> bool {
    let message = match packet {
        Packet::Binary(bytes) => Message::binary(bytes),
        packet => Message::text(engine::encode(&packet)),
    };
    send(socket, message).await
}
