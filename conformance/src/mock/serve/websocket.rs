//! The server's side of WebSockets (RFC 6455): one JSON value per text message.

use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use futures_util::{SinkExt, StreamExt};
use handfast_codegen::model::Auth;
use hyper::body::Incoming;
use hyper::header::{
    CONNECTION, HeaderMap, HeaderName, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

use super::http::{Answered, Answering, Front, denied, text};
use super::line::{Act, Line};
use super::stopped;
use crate::mock::conversation::Heard;
use crate::transport::printable;

/// A WebSocket's server side.
pub type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// The read and the write buffer of a connection, in bytes.
const BUFFER_BYTES: usize = 4 << 10;
/// How long a client may leave what we write unread.
const WRITE: Duration = Duration::from_secs(10);
/// How long a closing handshake may take.
const CLOSE: Duration = Duration::from_secs(2);
/// The longest that a dead connection is kept.
pub const DEAD: Duration = Duration::from_secs(600);
/// A close frame's payload is 125 bytes at most, two of which are the code (RFC 6455, 5.5).
const REASON_BYTES: usize = 123;

/// Whether a request wants to become a WebSocket.
pub fn is_upgrade(headers: &HeaderMap) -> bool {
    has_token(headers, &UPGRADE, "websocket")
}

/// Lets the client in, or refuses it.
pub fn answer(front: Arc<Front>, mut request: Request<Incoming>, channel_idx: usize) -> Answered {
    if let Err(problem) = check(&request) {
        return problem;
    }
    let offered = subprotocols(request.headers());
    let chosen = front.desk.look(|house| {
        let meant = house.protocol.contract.rules.auth.iter().filter_map(|auth| match auth {
            Auth::Subprotocol { protocol, .. } => Some(protocol.clone()),
            _ => None,
        });
        meant.into_iter().find(|protocol| offered.contains(protocol))
    });
    let line = match front.desk.admit(&front.arrival(&request, channel_idx)) {
        Ok(line) => line,
        Err(denial) => return denied(&denial),
    };
    let mut answered = switch(request.headers());
    if let Some(chosen) = chosen.and_then(|chosen| HeaderValue::from_str(&chosen).ok()) {
        answered.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, chosen);
    }
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let stopping = front.stopping();
        if let Some(socket) = open(upgrade, front.options.message_bytes).await {
            converse(socket, line, stopping).await;
        }
    });
    answered
}

/// Checks the client's half of the handshake (RFC 6455, 4.2.1).
///
/// # Errors
/// The answer to a client that has it wrong.
pub fn check(request: &Request<Incoming>) -> Result<(), Answered> {
    let headers = request.headers();
    if request.method() != Method::GET || !is_upgrade(headers) || !has_token(headers, &CONNECTION, "upgrade")
    {
        return Err(text(
            StatusCode::UPGRADE_REQUIRED,
            "this is a WebSocket: `Upgrade: websocket` is missing",
        ));
    }
    if headers.get(SEC_WEBSOCKET_VERSION).is_none_or(|version| version != "13") {
        let mut answered = text(StatusCode::UPGRADE_REQUIRED, "only version 13 of WebSocket is spoken");
        answered.headers_mut().insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return Err(answered);
    }
    if headers.get(SEC_WEBSOCKET_KEY).is_none_or(|key| key.len() != 24) {
        return Err(text(StatusCode::BAD_REQUEST, "`Sec-WebSocket-Key` is missing or of the wrong length"));
    }
    Ok(())
}

/// The server's half of the handshake.
pub fn switch(headers: &HeaderMap) -> Answered {
    let key = headers.get(SEC_WEBSOCKET_KEY).map(HeaderValue::as_bytes).unwrap_or_default();
    let mut answered = Response::new(Answering::Whole(None));
    *answered.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = answered.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    if let Ok(accept) = HeaderValue::from_str(&derive_accept_key(key)) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    answered
}

/// The socket, once the answer has left.
pub async fn open(upgrade: OnUpgrade, message_bytes: usize) -> Option<Socket> {
    let upgraded = timeout(super::HANDSHAKE, upgrade).await.ok()?.ok()?;
    let config = WebSocketConfig::default()
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_message_size(Some(message_bytes))
        .max_frame_size(Some(message_bytes));
    Some(WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await)
}

async fn converse(mut socket: Socket, mut line: Line, mut stopping: watch::Receiver<bool>) {
    let mut rests_until = None;
    loop {
        tokio::select! {
            act = line.next() => match act {
                Some(Act::Tell(told)) => {
                    for argument in told.arguments {
                        if !send(&mut socket, Message::text(argument.to_string())).await {
                            return line.closed("server", None, "the client reads nothing, or is gone");
                        }
                    }
                }
                Some(Act::Acknowledge { .. }) => {}
                Some(Act::Close { code, reason }) => {
                    close(&mut socket, code, &reason).await;
                    return line.closed("server", Some(code), reason);
                }
                Some(Act::Break(code)) => {
                    close(&mut socket, code, "").await;
                    return line.closed("server", Some(code), "a fault");
                }
                Some(Act::HalfOpen) => return dead(line, stopping).await,
                None => {
                    close(&mut socket, 1008, "").await;
                    return line.closed("server", Some(1008), "the conversation goes on elsewhere, or was given up");
                }
            },
            message = read(&mut socket, rests_until) => {
                match message {
                    Some(Ok(Message::Close(frame))) => {
                        let _ = timeout(CLOSE, socket.flush()).await;
                        let (code, reason) = frame.map_or((1005, String::new()), |frame| (frame.code.into(), frame.reason.to_string()));
                        return line.closed("client", Some(code), reason);
                    }
                    Some(Ok(Message::Ping(_))) => drop(timeout(WRITE, socket.flush()).await),
                    Some(Ok(message)) => hear(&line, &message),
                    Some(Err(error)) => {
                        use tokio_tungstenite::tungstenite::Error;
                        let code = match error {
                            Error::Capacity(_) => 1009,
                            Error::Utf8(_) => 1007,
                            _ => 1002,
                        };
                        close(&mut socket, code, &error.to_string()).await;
                        return line.closed("client", Some(1006), error.to_string());
                    }
                    None => return line.closed("client", Some(1006), "the connection ended"),
                }
                rests_until = line.rest().map(|rest| Instant::now() + rest);
            }
            () = stopped(&mut stopping) => {
                close(&mut socket, 1001, "the mock ends").await;
                return line.closed("server", Some(1001), "the mock ends");
            }
        }
    }
}

/// The next message, once the server has rested.
async fn read(
    socket: &mut Socket,
    rests_until: Option<Instant>,
) -> Option<Result<Message, tokio_tungstenite::tungstenite::Error>> {
    if let Some(until) = rests_until {
        sleep_until(until).await;
    }
    socket.next().await
}

fn hear(line: &Line, message: &Message) {
    let payload = match message {
        Message::Text(text) => serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}")),
        Message::Binary(_) => Err("it is binary, and one JSON value per text message is wanted".to_owned()),
        _ => return,
    };
    match payload {
        Ok(payload) => line.with(|conversation, now| {
            conversation.heard(&Heard { name: None, payload, ack: None, attachments: Vec::new() }, now);
        }),
        Err(reason) => line.with(|conversation, now| conversation.reject(None, &printable(&reason), now)),
    }
}

/// Sends a message; whether the client takes it.
pub async fn send(socket: &mut Socket, message: Message) -> bool {
    matches!(timeout(WRITE, socket.send(message)).await, Ok(Ok(())))
}

/// Closes, and waits for the client to do so, too.
pub async fn close(socket: &mut Socket, code: u16, reason: &str) {
    let reason = Utf8Bytes::from(&reason[..reason.floor_char_boundary(REASON_BYTES)]);
    let frame = Message::Close(Some(CloseFrame { code: code.into(), reason }));
    let farewell = async {
        if socket.send(frame).await.is_ok() {
            while let Some(Ok(_)) = socket.next().await {}
        }
    };
    let _ = timeout(CLOSE, farewell).await;
}

/// Keeps a connection on which nothing happens any more.
async fn dead(mut line: Line, mut stopping: watch::Receiver<bool>) {
    line.closed("server", Some(1006), "half-open");
    tokio::select! {
        () = sleep(DEAD) => {}
        () = stopped(&mut stopping) => {}
    }
}

/// The token among the subprotocols that the client offers.
pub fn token(headers: &HeaderMap, prefix: &str) -> Option<String> {
    let offered = subprotocols(headers);
    let encoded = offered.iter().find_map(|offered| offered.strip_prefix(prefix))?;
    let bytes = BASE64URL_NOPAD.decode(encoded.as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

fn subprotocols(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',').map(|part| part.trim().to_owned())).collect()
}

fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    headers.get_all(name).iter().any(|value| {
        let value = String::from_utf8_lossy(value.as_bytes());
        value.split(',').any(|part| part.trim().eq_ignore_ascii_case(token))
    })
}
