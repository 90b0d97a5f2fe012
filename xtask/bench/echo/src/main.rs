//! Says back what it is told: a WebSocket at `/ws` each text message, a Socket.IO event `ask` in its acknowledgement.

use std::error::Error;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::routing::any;
use serde_json::Value;
use socketioxide::SocketIo;
use socketioxide::extract::{AckSender, Data, SocketRef};

/// How much of a message is read at a time.
const BUFFER_BYTES: usize = 1 << 10;

// On one thread: the other core belongs to who asks.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (layer, io) = SocketIo::new_layer();
    io.ns("/", async |socket: SocketRef| {
        socket.on("ask", async |ack: AckSender, Data::<Value>(asked)| {
            // Who has gone needs no answer.
            let _ = ack.send(&asked);
        });
    });
    let router = Router::new().route("/ws", any(upgrade)).layer(layer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn upgrade(upgrade: WebSocketUpgrade) -> axum::response::Response {
    // The whole buffer is written with zeros at each read: room for a message, or nearly half of the time goes there.
    upgrade.read_buffer_size(BUFFER_BYTES).on_upgrade(echo)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if matches!(message, Message::Text(_)) && socket.send(message).await.is_err() {
            return;
        }
    }
}
