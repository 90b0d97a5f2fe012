//! The server's side of an opening handshake, by hand.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// The answer that accepts a WebSocket with the first subprotocol that is offered.
pub fn acceptance(request: &str) -> String {
    let header = |name: &str| request.lines().find_map(|line| line.strip_prefix(name));
    let accept = derive_accept_key(header("sec-websocket-key: ").unwrap_or_default().as_bytes());
    let protocol = header("sec-websocket-protocol: ").and_then(|offered| offered.split(", ").next());
    let protocol = protocol.map_or_else(String::new, |first| format!("Sec-WebSocket-Protocol: {first}\r\n"));
    format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n{protocol}\r\n"
    )
}

/// The head of a request.
pub async fn request(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.is_ok_and(|n| n > 0) {}
    String::from_utf8_lossy(&head).into_owned()
}
