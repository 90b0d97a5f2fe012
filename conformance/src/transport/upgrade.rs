//! The client's opening handshake of a WebSocket (RFC 6455, 4.1), for plain WebSockets and for Engine.IO.

use reqwest::header::{
    CONNECTION, HeaderMap, HeaderName, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_EXTENSIONS,
    SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use url::Url;

use super::http::{self, Client};
use super::opening::NotOpened;
use super::{Endpoint, Handshake};

/// An open WebSocket. It is handed on in a box, since every future that it passes through would keep room for it.
pub(super) type Socket = WebSocketStream<reqwest::Upgraded>;

/// How much of a message is read and written at a time, in bytes; every connection has room for it.
const BUFFER_BYTES: usize = 1 << 10;

/// Opens a WebSocket at `url` with the endpoint's headers and subprotocols.
///
/// # Errors
///
/// Nobody answers, the server refuses, or it accepts in a way that RFC 6455 forbids.
pub(super) async fn connect(
    client: &Client,
    url: &Url,
    endpoint: &Endpoint,
) -> Result<(Box<Socket>, Handshake), NotOpened> {
    let key = generate_key();
    let response = client.get(url, endpoint, request_headers(&key, &endpoint.subprotocols)?).await?;
    if response.status().as_u16() != 101 {
        return Err(NotOpened::Refused(Box::new(http::refusal(response, endpoint.limits).await)));
    }
    let subprotocol = check(response.headers(), &key, &endpoint.subprotocols)
        .map_err(|reason| NotOpened::Malformed { raw: head(response.headers()), reason })?;
    let headers = http::header_list(response.headers());
    let stream = response.upgrade().await.map_err(|error| NotOpened::Unreachable(http::explain(error)))?;
    let bytes = endpoint.limits.message_bytes;
    let config = WebSocketConfig::default()
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_message_size(Some(bytes))
        .max_frame_size(Some(bytes));
    let socket = WebSocketStream::from_raw_socket(stream, Role::Client, Some(config)).await;
    Ok((Box::new(socket), Handshake { status: 101, headers, subprotocol, connect: None }))
}

fn request_headers(key: &str, subprotocols: &[String]) -> Result<HeaderMap, NotOpened> {
    let value = |text: &str| {
        let bad = |_| NotOpened::Unreachable(format!("the header value `{text}` cannot be sent"));
        HeaderValue::from_str(text).map_err(bad)
    };
    let mut headers = HeaderMap::from_iter([
        (CONNECTION, HeaderValue::from_static("Upgrade")),
        (UPGRADE, HeaderValue::from_static("websocket")),
        (SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13")),
        (SEC_WEBSOCKET_KEY, value(key)?),
    ]);
    if !subprotocols.is_empty() {
        headers.insert(SEC_WEBSOCKET_PROTOCOL, value(&subprotocols.join(", "))?);
    }
    Ok(headers)
}

/// The subprotocol that an acceptance chose, or why it is none.
fn check(headers: &HeaderMap, key: &str, offered: &[String]) -> Result<Option<String>, String> {
    if !has_token(headers, &UPGRADE, "websocket") {
        return Err("the answer has no `Upgrade: websocket`".to_owned());
    }
    if !has_token(headers, &CONNECTION, "upgrade") {
        return Err("the answer has no `Connection: Upgrade`".to_owned());
    }
    let accept = text(headers, &SEC_WEBSOCKET_ACCEPT);
    if accept.as_deref() != Some(&derive_accept_key(key.as_bytes())) {
        return Err("`Sec-WebSocket-Accept` does not answer the key".to_owned());
    }
    if let Some(extensions) = text(headers, &SEC_WEBSOCKET_EXTENSIONS) {
        return Err(format!("the server uses the extension `{extensions}`, which was not offered"));
    }
    match text(headers, &SEC_WEBSOCKET_PROTOCOL) {
        None if offered.is_empty() => Ok(None),
        // RFC 6455 lets a server choose none, but every browser fails the connection then (WHATWG WebSockets, 2.2).
        None => Err(format!("the server chose none of the subprotocols offered: `{}`", offered.join("`, `"))),
        Some(chosen) if offered.contains(&chosen) => Ok(Some(chosen)),
        Some(chosen) => Err(format!("the server chose the subprotocol `{chosen}`, which was not offered")),
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    headers.get_all(name).iter().any(|value| {
        let value = String::from_utf8_lossy(value.as_bytes());
        value.split(',').any(|part| part.trim().eq_ignore_ascii_case(token))
    })
}

fn head(headers: &HeaderMap) -> String {
    let lines = http::header_list(headers).into_iter().map(|(name, value)| format!("{name}: {value}\n"));
    format!("HTTP/1.1 101\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

    #[track_caller]
    fn check_answer(
        headers: &[(&'static str, &str)],
        offered: &[&str],
        expected: Result<Option<&str>, &str>,
    ) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).expect("a header value"));
        }
        let offered: Vec<String> = offered.iter().map(ToString::to_string).collect();
        let found = check(&map, KEY, &offered);
        match (&found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found.as_deref(), expected),
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{found}"),
            _ => panic!("{found:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn answers() {
        // The example of RFC 6455, 1.3.
        let accept = ("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        let (upgrade, connection) = (("upgrade", "WebSocket"), ("connection", "keep-alive, Upgrade"));
        let good = [upgrade, connection, accept];
        check_answer(&good, &[], Ok(None));
        check_answer(&[connection, accept], &[], Err("Upgrade: websocket"));
        check_answer(&[upgrade, accept], &[], Err("Connection: Upgrade"));
        check_answer(&[upgrade, connection], &[], Err("does not answer the key"));
        check_answer(
            &[upgrade, connection, ("sec-websocket-accept", KEY)],
            &[],
            Err("does not answer the key"),
        );
        let deflate = ("sec-websocket-extensions", "permessage-deflate");
        check_answer(&[upgrade, connection, accept, deflate], &[], Err("permessage-deflate"));
        let chosen = [upgrade, connection, accept, ("sec-websocket-protocol", "orbit.v1")];
        check_answer(&chosen, &["orbit.v1", "bearer.x"], Ok(Some("orbit.v1")));
        check_answer(&chosen, &["orbit.v2"], Err("`orbit.v1`, which was not offered"));
        check_answer(&chosen, &[], Err("`orbit.v1`, which was not offered"));
        check_answer(&good, &["orbit.v1"], Err("none of the subprotocols offered: `orbit.v1`"));
    }
}
