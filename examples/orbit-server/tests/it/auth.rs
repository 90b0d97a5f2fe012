//! Who may come in.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite;

use crate::client::{TOKEN, settings, start, within};

fn bearer(token: &str) -> String {
    format!("bearer.{}", BASE64URL_NOPAD.encode(token.as_bytes()))
}

#[tokio::test]
async fn the_token_travels_as_a_subprotocol() {
    let server = start(settings());
    let both = format!("orbit.v1, {}", bearer(TOKEN));
    let (mut socket, response) = server.try_connect("", &[("sec-websocket-protocol", &both)]).await.unwrap();
    assert_eq!(response.headers()["sec-websocket-protocol"], "orbit.v1");
    assert!(socket.events_until_now().await.is_empty());
}

#[tokio::test]
async fn the_token_travels_as_a_header() {
    let server = start(settings());
    for scheme in ["Bearer", "bearer"] {
        let header = format!("{scheme} {TOKEN}");
        let (mut socket, response) = server.try_connect("", &[("authorization", &header)]).await.unwrap();
        assert!(!response.headers().contains_key("sec-websocket-protocol"));
        assert!(socket.events_until_now().await.is_empty());
    }
}

#[tokio::test]
async fn a_websocket_without_the_token_is_refused() {
    let server = start(settings());
    let own = bearer(TOKEN);
    let refused: &[&[(&str, &str)]] = &[
        &[],
        &[("authorization", "Bearer wrong")],
        &[("authorization", "Bearer ")],
        &[("authorization", "Basic correct horse")],
        &[("sec-websocket-protocol", "orbit.v1")],
        &[("sec-websocket-protocol", &own)],
        &[("sec-websocket-protocol", "orbit.v1, bearer.d3Jvbmc")],
        &[("sec-websocket-protocol", "orbit.v1, correct horse")],
    ];
    for headers in refused {
        match server.try_connect("", headers).await {
            Err(tungstenite::Error::Http(response)) => {
                assert_eq!(response.status(), 401, "{headers:?}");
                assert_eq!(response.headers()["www-authenticate"], "Bearer");
            }
            other => panic!("{headers:?}: {:?}", other.map(|_| "connected")),
        }
    }
}

#[tokio::test]
async fn http_without_the_token_is_refused_in_json() {
    let server = start(settings());
    let requests = [
        server.client.get(format!("{}/events/stream", server.url)),
        server.client.get(format!("{}/events/stream", server.url)).bearer_auth("wrong"),
        server
            .client
            .post(format!("{}/api/tasks", server.url))
            .body(json!({ "type": "app.install" }).to_string()),
    ];
    for request in requests {
        let response = within(request.send()).await.unwrap();
        assert_eq!(response.status(), 401);
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        let body: Value = response.json().await.unwrap();
        assert!(body["error"].is_string());
    }
}
