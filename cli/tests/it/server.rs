//! WebSocket servers that answer every frame.

use std::sync::mpsc::{Receiver, channel};

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::Request;

/// A server on a runtime of its own.
pub struct Server {
    pub url: String,
    asked: Receiver<String>,
    _runtime: Runtime,
}

impl Server {
    /// Answers every frame with `answer`; with nothing at all when that is absent.
    pub fn start(answer: Option<&'static str>) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asking, asked) = channel();
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let asking = asking.clone();
                tokio::spawn(async move {
                    let note = |request: &Request, response| {
                        // Not every test wants to know.
                        let _ = asking.send(request.uri().to_string());
                        Ok(response)
                    };
                    // Who only looks whether somebody listens shakes no hands.
                    let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(stream, note).await else {
                        return;
                    };
                    while let Some(Ok(message)) = socket.next().await {
                        if let (Message::Text(_), Some(answer)) = (message, answer) {
                            let _ = socket.send(Message::text(answer)).await;
                        }
                    }
                });
            }
        });
        Self { url, asked, _runtime: runtime }
    }

    /// The path and query of the next handshake that nobody has asked for yet.
    pub fn asked(&self) -> String {
        self.asked.recv().unwrap()
    }
}
