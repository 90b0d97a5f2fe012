//! The WebSocket endpoint: events out, `ping` in.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use handfast::ErrorKind;
use tokio::time::{interval, timeout};
use tungstenite::Error as WireError;

use crate::event::Event;
use crate::hub::{End, Subscription};
use crate::orbit::{ClientEvent, Pong, PongPayload};

/// How long a client may take to read a frame.
const PATIENCE: Duration = Duration::from_secs(5);
/// A client that sends nothing for two of them, not even the answer to a ping frame, is gone.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// 1013, which has no constant in axum.
const TRY_AGAIN_LATER: u16 = 1013;

/// Why the server is done with a client.
enum Done {
    /// It is to be closed with that code.
    Close(u16),
    /// It has closed, and is to be answered.
    Closed,
    /// It is not there any more.
    Gone,
}

/// Serves one client until it leaves, breaks the protocol, reads too slowly, or the server stops.
pub async fn serve(mut socket: WebSocket, mut subscription: Subscription) {
    // What the client does not take in time is lost with the connection.
    let _ = match converse(&mut socket, &mut subscription).await {
        Done::Close(code) => timeout(PATIENCE, close(socket, code)).await,
        Done::Closed => timeout(PATIENCE, read_on(socket)).await,
        Done::Gone => Ok(()),
    };
}

async fn converse(socket: &mut WebSocket, subscription: &mut Subscription) -> Done {
    let mut heartbeat = interval(HEARTBEAT);
    let mut is_alive = true;
    loop {
        let message = tokio::select! {
            event = subscription.next() => match event {
                Ok(event) => Message::Text(event.json.clone()),
                Err(End::TooSlow) => return Done::Close(TRY_AGAIN_LATER),
                Err(End::Closed) => return Done::Close(close_code::AWAY),
            },
            frame = socket.recv() => {
                is_alive = true;
                match receive(frame, subscription) {
                    Some(done) => return done,
                    None => continue,
                }
            }
            _ = heartbeat.tick() => {
                if !std::mem::take(&mut is_alive) {
                    return Done::Gone;
                }
                Message::Ping(Default::default())
            }
        };
        if !matches!(timeout(PATIENCE, socket.send(message)).await, Ok(Ok(()))) {
            return Done::Gone;
        }
    }
}

/// Takes a frame of the client.
fn receive(frame: Option<Result<Message, axum::Error>>, subscription: &Subscription) -> Option<Done> {
    let verdict = match frame {
        None => return Some(Done::Gone),
        Some(Err(error)) => return Some(broken(error)),
        Some(Ok(Message::Text(text))) => answer(text.as_bytes(), subscription),
        Some(Ok(Message::Binary(bytes))) => answer(&bytes, subscription),
        Some(Ok(Message::Close(_))) => return Some(Done::Closed),
        // The library answers these.
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
    };
    verdict.err().map(Done::Close)
}

/// What to do with a client whose frames cannot be read.
fn broken(error: axum::Error) -> Done {
    match error.into_inner().downcast_ref() {
        Some(WireError::Capacity(_)) => Done::Close(close_code::SIZE),
        Some(WireError::Utf8(_)) => Done::Close(close_code::INVALID),
        Some(WireError::Protocol(_)) => Done::Close(close_code::PROTOCOL),
        _ => Done::Gone,
    }
}

/// Answers the one event that clients send, or says with which code to close.
fn answer(frame: &[u8], subscription: &Subscription) -> Result<(), u16> {
    match ClientEvent::from_slice(frame) {
        Ok(ClientEvent::Ping(_)) => {
            let pong = Event::now(|id, at| Pong::new(id, at, PongPayload::new()));
            subscription.answer(pong.map_err(|_| close_code::ERROR)?);
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::Syntax => Err(close_code::INVALID),
        _ => Err(close_code::POLICY),
    }
}

/// Closes, and waits until the client has: what it still sends must not cut off the reason.
async fn close(mut socket: WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: Utf8Bytes::default() };
    if socket.send(Message::Close(Some(frame))).await.is_ok() {
        read_on(socket).await;
    }
}

/// Reads until the client has gone. The library writes its answer to a close while it reads; an event that is sent
/// before would fail, and take the answer with it.
async fn read_on(mut socket: WebSocket) {
    while let Some(Ok(_)) = socket.recv().await {}
}
