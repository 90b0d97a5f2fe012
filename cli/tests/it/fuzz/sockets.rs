//! The board over WebSocket, and over Socket.IO carried by a WebSocket.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::StatusCode;

use super::board::{Board, Bug, Effect};
use super::contract::Flavor;

/// The namespace of the board.
const NAMESPACE: &str = "/board/hall";

/// What a connection is told; nothing ends it at once.
type Told = Option<String>;

/// A server, until it is dropped.
pub struct Sockets {
    pub url: String,
    _runtime: Runtime,
}

struct House {
    board: Board,
    flavor: Flavor,
    clients: Mutex<BTreeMap<usize, UnboundedSender<Told>>>,
}

impl Sockets {
    pub fn start(flavor: Flavor, bug: Bug) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let board = Board::new(bug, flavor == Flavor::SocketIo);
        let house = Arc::new(House { board, flavor, clients: Mutex::default() });
        runtime.spawn(async move {
            for client in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(Arc::clone(&house).serve(stream, client));
            }
        });
        Self { url, _runtime: runtime }
    }
}

/// What answers a handshake that leads nowhere.
fn refusal() -> ErrorResponse {
    let mut refusal = ErrorResponse::new(None);
    *refusal.status_mut() = StatusCode::NOT_FOUND;
    refusal
}

impl House {
    async fn serve(self: Arc<Self>, stream: TcpStream, client: usize) {
        let check = |request: &Request, response: Response| {
            let is_there = self.flavor == Flavor::SocketIo || self.board.is_at(request.uri().path());
            if is_there { Ok(response) } else { Err(refusal()) }
        };
        let Ok(socket) = tokio_tungstenite::accept_hdr_async(stream, check).await else { return };
        let (mut sink, mut stream) = socket.split();
        let (teller, mut told) = unbounded_channel();
        self.clients.lock().unwrap().insert(client, teller.clone());
        self.board.came(client);
        if self.flavor == Flavor::SocketIo {
            let open = json!({ "sid": "s", "upgrades": [], "pingInterval": 600_000, "pingTimeout": 600_000, "maxPayload": 100_000_000 });
            teller.send(Some(format!("0{open}"))).unwrap();
        }
        loop {
            tokio::select! {
                // What was said first is told before a ping that came later is answered.
                biased;
                text = told.recv() => match text.flatten() {
                    Some(text) => if sink.send(Message::text(text)).await.is_err() { break },
                    None => break,
                },
                came = stream.next() => match came {
                    Some(Ok(Message::Text(text))) => self.heard(client, &text),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => {}
                },
            }
        }
        self.clients.lock().unwrap().remove(&client);
        self.board.went(client);
    }

    fn tell(&self, client: usize, text: Told) {
        if let Some(teller) = self.clients.lock().unwrap().get(&client) {
            // Whoever is gone is told nothing.
            let _ = teller.send(text);
        }
    }

    fn heard(&self, client: usize, text: &str) {
        if self.board.is_deadly(text) {
            return self.carry(client, None, vec![Effect::Die]);
        }
        match self.flavor {
            Flavor::SocketIo => self.packet(client, text),
            _ => self.message(client, text),
        }
    }

    fn message(&self, client: usize, text: &str) {
        let mut payload: Value = serde_json::from_str(text).unwrap_or_default();
        let name = payload.get_mut("type").map(Value::take);
        let name = name.as_ref().and_then(Value::as_str).unwrap_or_default();
        payload.as_object_mut().map(|members| members.remove("type"));
        self.carry(client, None, self.board.take(client, name, &payload));
    }

    fn packet(&self, client: usize, text: &str) {
        if let Some(namespace) = text.strip_prefix("40") {
            let namespace = namespace.split(',').next().unwrap();
            let is_ours = namespace.starts_with("/board/") && self.board.is_at(namespace);
            let answer =
                if is_ours { json!({ "sid": "c" }) } else { json!({ "message": "Invalid namespace" }) };
            return self.tell(client, Some(format!("4{}{namespace},{answer}", if is_ours { 0 } else { 4 })));
        }
        let Some(rest) = text.strip_prefix("42").and_then(|rest| rest.strip_prefix(NAMESPACE)) else {
            if text.starts_with("41") || text == "1" {
                self.tell(client, None);
            }
            return;
        };
        let rest = rest.trim_start_matches(',');
        let begin = rest.find('[').unwrap_or(rest.len());
        let id = rest[..begin].parse::<u64>().ok();
        match serde_json::from_str::<Vec<Value>>(&rest[begin..]) {
            Ok(arguments) if arguments.first().is_some_and(Value::is_string) => {
                let payload = arguments.get(1).cloned().unwrap_or_default();
                let name = arguments[0].as_str().unwrap();
                self.carry(client, id, self.board.take(client, name, &payload));
            }
            // What is no packet ends the connection.
            _ => self.tell(client, None),
        }
    }

    fn carry(&self, client: usize, id: Option<u64>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Tell(to, name, payload) => self.tell(to, Some(self.frame(name, payload))),
                Effect::Acknowledge(answer) => {
                    if let Some(id) = id {
                        self.tell(client, Some(format!("43{NAMESPACE},{id}[{answer}]")));
                    }
                }
                Effect::Drop => self.tell(client, None),
                Effect::Die => {
                    self.clients.lock().unwrap().values().for_each(|teller| drop(teller.send(None)));
                }
            }
        }
    }

    fn frame(&self, name: &str, mut payload: Value) -> String {
        if self.flavor == Flavor::SocketIo {
            return format!("42{NAMESPACE},{}", json!([name, payload]));
        }
        payload["type"] = name.into();
        payload.to_string()
    }
}
