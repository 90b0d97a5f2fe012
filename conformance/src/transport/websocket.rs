//! Plain WebSockets (RFC 6455): one JSON value per text message.

use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame as RawFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::http::Client;
use super::opening::{NotOpened, within};
use super::socket::{self, Reader, Writer, close_message};
use super::upgrade::{self, Socket};
use super::{
    Command, Endpoint, Frame, Handshake, Kind, Link, Observed, Observer, Outgoing, Task, Transport,
    json_text, printable_frame,
};

/// What our pings carry before the number of their barrier.
const BARRIER: &str = "handfast-barrier-";

/// The transport.
pub(super) struct WebSocket;

impl Transport for WebSocket {
    fn kind(&self) -> Kind {
        Kind::WebSocket
    }

    fn open(&self, endpoint: Endpoint, link: Link) -> Task {
        Box::pin(run(endpoint, link))
    }
}

async fn run(endpoint: Endpoint, Link { commands, observer }: Link) {
    let limits = endpoint.limits;
    // A handshake needs far more room than what it leads to, which may stay for long.
    let (socket, handshake) = match Box::pin(within(limits.handshake, handshake(endpoint))).await {
        Ok(open) => open,
        Err(failure) => return failure.report(&observer).await,
    };
    observer.saw(Observed::Opened(handshake)).await;
    let mut orders = Orders { commands, observer: observer.clone() };
    let closing = socket::carry(socket, limits, &observer, &mut orders).await;
    observer.saw(Observed::Closed(closing)).await;
}

async fn handshake(endpoint: Endpoint) -> Result<(Box<Socket>, Handshake), NotOpened> {
    let client = Client::new(&endpoint.tls).map_err(|error| NotOpened::Unreachable(error.to_string()))?;
    upgrade::connect(&client, &endpoint.url, &endpoint).await
}

impl Reader for Observer {
    async fn message(&self, message: Message) {
        if let Some(what) = observe(message) {
            self.saw(what).await;
        }
    }

    async fn violation(&self, reason: String) {
        self.saw(Observed::Malformed { raw: String::new(), reason }).await;
    }
}

/// What a message is to the runner.
fn observe(message: Message) -> Option<Observed> {
    match message {
        Message::Text(text) => Some(observe_text(&text)),
        Message::Binary(bytes) => Some(Observed::Frame(Frame {
            raw: format!("{} binary bytes", bytes.len()),
            attachments: vec![bytes.to_vec()],
            ..Frame::default()
        })),
        Message::Ping(_) => Some(Observed::Keepalive("ping")),
        Message::Pong(payload) => {
            Some(barrier(&payload).map_or(Observed::Keepalive("pong"), Observed::Barrier))
        }
        // A close ends the reading before, and raw frames are only ever written.
        Message::Close(_) | Message::Frame(_) => None,
    }
}

fn observe_text(text: &str) -> Observed {
    let raw = printable_frame(text);
    match serde_json::from_str(text) {
        Ok(value) => Observed::Frame(Frame { arguments: vec![value], raw, ..Frame::default() }),
        Err(error) => Observed::Malformed { raw, reason: format!("no JSON: {error}") },
    }
}

fn barrier(payload: &[u8]) -> Option<u64> {
    std::str::from_utf8(payload).ok()?.strip_prefix(BARRIER)?.parse().ok()
}

/// The runner's commands, as messages.
struct Orders {
    commands: mpsc::Receiver<Box<Command>>,
    observer: Observer,
}

impl Writer for Orders {
    async fn next(&mut self) -> Option<Vec<Message>> {
        loop {
            return match *self.commands.recv().await? {
                Command::Abort => None,
                Command::Send(outgoing) => Some(messages(outgoing)),
                // Bytes that are no text can't be had as a text message, but as the frame of one.
                Command::Raw { bytes, .. } => {
                    let frame = RawFrame::message(bytes.to_vec(), OpCode::Data(Data::Text), true);
                    Some(vec![Message::Frame(frame)])
                }
                Command::Barrier(n) => Some(vec![Message::Ping(format!("{BARRIER}{n}").into())]),
                Command::Close { code, reason } => Some(vec![close_message(code, &reason)]),
                Command::Acknowledge { .. } => {
                    let reason = "a WebSocket has no acknowledgements".to_owned();
                    self.observer.saw(Observed::Unsupported(reason)).await;
                    continue;
                }
            };
        }
    }
}

fn messages(outgoing: Outgoing) -> Vec<Message> {
    let texts = outgoing.arguments.into_iter().map(|value| Message::text(json_text(&value)));
    texts.chain(outgoing.attachments.into_iter().map(Message::binary)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_pongs_are_barriers() {
        assert_eq!(barrier(b"handfast-barrier-18446744073709551615"), Some(u64::MAX));
        for other in [&b"handfast-barrier-"[..], b"handfast-barrier-1x", b"", b"\xff", b"1"] {
            assert_eq!(barrier(other), None);
        }
    }
}
