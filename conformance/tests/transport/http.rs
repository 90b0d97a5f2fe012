//! Requests out of band.

use std::time::Duration;

use axum::extract::Request as AxumRequest;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use handfast_conformance::transport::http::{Client, ErrorKind, Request};
use handfast_conformance::transport::tls;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

use crate::client::PATIENCE;
use crate::raw;

pub async fn axum(router: Router) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(axum::serve(listener, router).into_future());
    url.parse().expect("a URL")
}

fn request(url: Url) -> Request {
    Request {
        method: "GET".to_owned(),
        url,
        headers: Vec::new(),
        body: None,
        raw: None,
        within: PATIENCE,
        body_bytes: 1 << 20,
    }
}

fn client() -> Client {
    Client::new(&tls::client_config(None).expect("a TLS configuration")).expect("a client")
}

#[tokio::test]
async fn json_goes_out_and_anything_comes_back() {
    async fn tasks(
        headers: HeaderMap,
        Json(body): Json<Value>,
    ) -> (StatusCode, [(&'static str, String); 1], String) {
        let token = headers["authorization"].to_str().expect("ASCII").to_owned();
        (StatusCode::ACCEPTED, [("x-token", token)], body["type"].to_string())
    }
    let url = axum(Router::new().route("/api/tasks", post(tasks))).await.join("api/tasks").expect("a URL");
    let mut request = request(url);
    request.method = "POST".to_owned();
    request.headers.push(("Authorization".to_owned(), "Bearer abc".to_owned()));
    request.body = Some(json!({ "type": "app.install" }));
    let response = client().request(&request).await.expect("an answer");
    assert_eq!((response.status, response.body.as_slice()), (202, &b"\"app.install\""[..]));
    assert!(response.headers.contains(&("x-token".to_owned(), "Bearer abc".to_owned())));
}

#[tokio::test]
async fn methods_are_free() {
    async fn method(request: AxumRequest) -> String {
        request.method().to_string()
    }
    let url = axum(Router::new().fallback(method)).await;
    for method in ["GET", "DELETE", "PATCH", "PURGE"] {
        let request = Request { method: method.to_owned(), ..request(url.clone()) };
        let response = client().request(&request).await.expect("an answer");
        assert_eq!(response.body, method.as_bytes());
    }
}

#[tokio::test]
async fn bodies_have_a_limit() {
    let url = axum(Router::new().route("/", get(|| async { "x".repeat(1000) }))).await;
    let allowed = Request { body_bytes: 1000, ..request(url.clone()) };
    assert_eq!(client().request(&allowed).await.expect("an answer").body.len(), 1000);
    let error = client().request(&Request { body_bytes: 999, ..request(url) }).await.expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn failures_have_a_kind() {
    let silent = raw::serve(|mut stream| async move { raw::drain(&mut stream).await }).await;
    let cut = raw::answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").await;
    let soon = Duration::from_millis(200);
    for (url, within, kind) in [
        (silent, soon, ErrorKind::Late),
        (cut, PATIENCE, ErrorKind::Unreachable),
        (raw::nobody().await, PATIENCE, ErrorKind::Unreachable),
        ("ftp://localhost/".parse().expect("a URL"), PATIENCE, ErrorKind::Request),
    ] {
        let error = client().request(&Request { within, ..request(url) }).await.expect_err("no answer");
        assert_eq!(error.kind(), kind, "{error}");
    }
}

#[tokio::test]
async fn errors_keep_the_token_of_the_url() {
    let url = raw::nobody().await.join("?token=secret").expect("a URL");
    let error = client().request(&request(url)).await.expect_err("nobody");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn what_is_no_request_is_not_sent() {
    let url = raw::nobody().await;
    let bad = Request { method: "GE T".to_owned(), ..request(url) };
    assert_eq!(client().request(&bad).await.expect_err("no method").kind(), ErrorKind::Request);
}
