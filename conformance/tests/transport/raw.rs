//! Servers of a few bytes, written by hand.

use std::future::Future;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use url::Url;

/// Serves every connection with `script`.
pub async fn serve<F>(script: impl Fn(TcpStream) -> F + Send + 'static) -> Url
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(script(stream));
        }
    });
    url.parse().expect("a URL")
}

/// Answers each connection with these bytes once a request has been read, then closes it.
pub async fn answering(answer: impl Into<Vec<u8>>) -> Url {
    let answer = answer.into();
    serve(move |mut stream| {
        let answer = answer.clone();
        async move {
            request(&mut stream).await;
            write(&mut stream, &answer).await;
        }
    })
    .await
}

/// A URL where nobody listens.
pub async fn nobody() -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    format!("http://{}/", listener.local_addr().expect("an address")).parse().expect("a URL")
}

/// The head of the next request.
pub async fn request(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).expect("a request in ASCII")
}

/// The body that follows a head.
pub async fn body(stream: &mut TcpStream, head: &str) -> Vec<u8> {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let mut body = vec![0; length.parse().expect("a number")];
    stream.read_exact(&mut body).await.expect("a body");
    body
}

/// Writes to a client that may have gone.
pub async fn write(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
}

/// Reads until the client has gone.
pub async fn drain(stream: &mut TcpStream) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
}

/// The head that answers a WebSocket handshake, with more headers if need be.
pub async fn acceptance(stream: &mut TcpStream, more: &str) -> String {
    let head = request(stream).await;
    let key = head.lines().find_map(|line| line.strip_prefix("sec-websocket-key: ")).expect("a key");
    let accept = derive_accept_key(key.as_bytes());
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n{more}\r\n"
    )
}

/// Answers a WebSocket handshake.
pub async fn upgrade(stream: &mut TcpStream, more: &str) {
    let head = acceptance(stream, more).await;
    write(stream, head.as_bytes()).await;
}

/// A whole response.
pub fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}
