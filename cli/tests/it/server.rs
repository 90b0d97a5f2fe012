//! WebSocket servers that answer every frame.

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_tungstenite::tungstenite::Message;

/// A server on a runtime of its own.
pub struct Server {
    pub url: String,
    _runtime: Runtime,
}

impl Server {
    /// Answers every frame with `answer`; with nothing at all when that is absent.
    pub fn start(answer: Option<&'static str>) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    // Who only looks whether somebody listens shakes no hands.
                    let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
                    while let Some(Ok(message)) = socket.next().await {
                        if let (Message::Text(_), Some(answer)) = (message, answer) {
                            let _ = socket.send(Message::text(answer)).await;
                        }
                    }
                });
            }
        });
        Self { url, _runtime: runtime }
    }
}
