//! Servers that do what a test says, connection by connection.

use std::io::{Read, Write};
use std::net::TcpListener as StdListener;
use std::sync::mpsc::{Receiver, channel};

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

pub type Socket = WebSocketStream<TcpStream>;

/// A WebSocket server on a runtime of its own.
pub struct Scripted {
    pub url: String,
    _runtime: Runtime,
}

impl Scripted {
    /// Plays `script` with every connection, which it numbers from 0.
    pub fn start<P: Future<Output = ()> + Send + 'static>(
        script: impl Fn(usize, Socket) -> P + Send + Sync + 'static,
    ) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        runtime.spawn(async move {
            let mut n_connections = 0;
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(socket) = tokio_tungstenite::accept_async(stream).await {
                    tokio::spawn(script(n_connections, socket));
                    n_connections += 1;
                }
            }
        });
        Self { url, _runtime: runtime }
    }

    /// Sends these messages on every connection, then closes with this code.
    pub fn saying(messages: &'static [&'static str], code: u16) -> Self {
        Self::start(move |_, mut socket| async move {
            say(&mut socket, messages).await;
            close(socket, code).await;
        })
    }
}

/// Sends text messages.
pub async fn say(socket: &mut Socket, messages: &[&str]) {
    for message in messages {
        // The client may have seen enough.
        let _ = socket.send(Message::text(*message)).await;
    }
}

/// The next text message; nothing at the end.
pub async fn hear(socket: &mut Socket) -> Option<String> {
    while let Some(Ok(message)) = socket.next().await {
        if let Message::Text(text) = message {
            return Some(text.to_string());
        }
    }
    None
}

/// Closes, and waits until the client has understood.
pub async fn close(mut socket: Socket, code: u16) {
    let _ = socket.close(Some(CloseFrame { code: code.into(), reason: "enough\x1b[2J".into() })).await;
    while socket.next().await.is_some() {}
}

/// A server that answers with bytes: each connection with the next ones, after the head of its request, which goes to the
/// receiver. It ends when it has no more.
pub fn raw(answers: Vec<String>) -> (String, Receiver<String>) {
    let listener = StdListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (heads, received) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
                head.push(byte[0]);
            }
            heads.send(String::from_utf8(head).unwrap()).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (url, received)
}
