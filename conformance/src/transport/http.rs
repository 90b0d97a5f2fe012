//! HTTP/1.1: the connections of all transports, and the requests that a session makes beside its events.
//!
//! It follows no redirect, heeds no proxy of the environment, and reads no body without a bound.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, redirect};
use rustls::ClientConfig;
use serde_json::Value;
use tokio::time::timeout;
use url::Url;

use super::opening::NotOpened;
use super::{Endpoint, Limits, Refusal};

/// How long a connection may wait for its next request. Servers close theirs after 5 seconds and more, and a request
/// that crosses that close is lost.
const IDLE: Duration = Duration::from_secs(2);
/// How much of a refusal's body is kept.
const REFUSAL_BYTES: usize = 64 << 10;

/// A request of a session, out of band.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Where to.
    pub url: Url,
    /// Request headers, in order.
    pub headers: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// Bytes that stand for a JSON body and need not be one.
    pub raw: Option<Arc<[u8]>>,
    /// Until the answer has been read.
    pub within: Duration,
    /// The largest body that is read.
    pub body_bytes: usize,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Response headers, in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// Makes HTTP requests; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client(reqwest::Client);

impl Client {
    /// A client that trusts what `tls` trusts.
    ///
    /// # Errors
    ///
    /// The system denies what a client needs.
    pub fn new(tls: &Arc<ClientConfig>) -> Result<Self, Error> {
        reqwest::Client::builder()
            .tls_backend_preconfigured(ClientConfig::clone(tls))
            .http1_only()
            .pool_idle_timeout(IDLE)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build()
            .map(Self)
            .map_err(|error| Error::new(ErrorKind::Request, error))
    }

    /// Makes one request and reads its answer, whatever its status.
    ///
    /// # Errors
    ///
    /// The request cannot be sent, nobody answers in time, or the answer is too large.
    pub async fn request(&self, request: &Request) -> Result<Response, Error> {
        match timeout(request.within, self.exchange(request)).await {
            Ok(answer) => answer,
            Err(_) => Err(Error {
                kind: ErrorKind::Late,
                message: format!("no answer within {:?}", request.within),
            }),
        }
    }

    async fn exchange(&self, request: &Request) -> Result<Response, Error> {
        let sending = self.0.execute(prepare(request)?).await;
        let mut response = sending.map_err(|error| Error::new(ErrorKind::Unreachable, error))?;
        let mut body = Vec::new();
        match read_body(&mut response, request.body_bytes, &mut body).await {
            BodyEnd::Complete => Ok(Response {
                status: response.status().as_u16(),
                headers: header_list(response.headers()),
                body,
            }),
            BodyEnd::Broken(message) => Err(Error { kind: ErrorKind::Unreachable, message }),
            BodyEnd::Cut => Err(Error {
                kind: ErrorKind::TooLarge,
                message: format!("the body is longer than {} bytes", request.body_bytes),
            }),
        }
    }

    /// The head of the answer to a GET of `url` with the endpoint's headers, then `headers`.
    pub(super) async fn get(
        &self,
        url: &Url,
        endpoint: &Endpoint,
        headers: HeaderMap,
    ) -> Result<reqwest::Response, NotOpened> {
        let unreachable = |error: Error| NotOpened::Unreachable(error.to_string());
        let mut request = reqwest::Request::new(Method::GET, http_url(url));
        *request.headers_mut() = header_map(&endpoint.headers).map_err(unreachable)?;
        for (name, value) in &headers {
            request.headers_mut().insert(name, value.clone());
        }
        let response = self.0.execute(request).await;
        response.map_err(|error| unreachable(Error::new(ErrorKind::Unreachable, error)))
    }

    /// The head of the answer to a POST of text.
    pub(super) async fn post(
        &self,
        url: &Url,
        endpoint: &Endpoint,
        body: String,
    ) -> Result<reqwest::Response, Error> {
        let mut request = reqwest::Request::new(Method::POST, http_url(url));
        *request.headers_mut() = header_map(&endpoint.headers)?;
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=UTF-8"));
        *request.body_mut() = Some(body.into());
        self.0.execute(request).await.map_err(|error| Error::new(ErrorKind::Unreachable, error))
    }
}

fn prepare(request: &Request) -> Result<reqwest::Request, Error> {
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| Error::request(format!("`{}` is no HTTP method", request.method)))?;
    let mut prepared = reqwest::Request::new(method, http_url(&request.url));
    *prepared.headers_mut() = header_map(&request.headers)?;
    if let Some(body) = &request.body {
        let json = HeaderValue::from_static("application/json");
        prepared.headers_mut().entry(CONTENT_TYPE).or_insert(json);
        *prepared.body_mut() = Some(body.to_string().into());
    }
    if let Some(raw) = &request.raw {
        let json = HeaderValue::from_static("application/json");
        prepared.headers_mut().entry(CONTENT_TYPE).or_insert(json);
        *prepared.body_mut() = Some(raw.to_vec().into());
    }
    Ok(prepared)
}

/// `url` with the scheme that HTTP gives it.
fn http_url(url: &Url) -> Url {
    let mut url = url.clone();
    let scheme = match url.scheme() {
        "ws" => "http",
        "wss" => "https",
        _ => return url,
    };
    // Both pairs are special schemes, for which the change is always allowed.
    let _ = url.set_scheme(scheme);
    url
}

fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, Error> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let bad = |what| Error::request(format!("the header `{name}` cannot be sent: bad {what}"));
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad("name"))?;
        map.append(key, HeaderValue::from_str(value).map_err(|_| bad("value"))?);
    }
    Ok(map)
}

/// No headers but the endpoint's.
pub(super) fn no_headers() -> HeaderMap {
    HeaderMap::new()
}

/// Headers as the runner reports them.
pub(super) fn header_list(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// How reading a body ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BodyEnd {
    /// It was read to its end.
    Complete,
    /// It is longer than the limit.
    Cut,
    /// The connection broke.
    Broken(String),
}

/// Appends a response's body to `body` until that is `limit` bytes long.
pub(super) async fn read_body(response: &mut reqwest::Response, limit: usize, body: &mut Vec<u8>) -> BodyEnd {
    loop {
        match response.chunk().await {
            Err(error) => return BodyEnd::Broken(explain(error)),
            Ok(None) => return BodyEnd::Complete,
            Ok(Some(chunk)) => {
                let room = limit.saturating_sub(body.len());
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return BodyEnd::Cut;
                }
            }
        }
    }
}

/// An answer that is no acceptance, with as much of its body as comes in time.
pub(super) async fn refusal(mut response: reqwest::Response, limits: Limits) -> Refusal {
    let mut body = Vec::new();
    // Whatever keeps the rest away, the status stands.
    let _ = timeout(limits.close, read_body(&mut response, REFUSAL_BYTES, &mut body)).await;
    Refusal {
        status: Some(response.status().as_u16()),
        headers: header_list(response.headers()),
        message: String::from_utf8_lossy(&body).into_owned(),
        ..Refusal::default()
    }
}

/// An error of the client with its causes, and without the URL, which may carry a token.
pub(super) fn explain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}

/// Why there is no answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What kept a request from its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request itself cannot be sent.
    Request,
    /// No server answers in HTTP.
    Unreachable,
    /// The answer did not come in time.
    Late,
    /// The answer is too large.
    TooLarge,
}

impl Error {
    /// What kept the request from its answer.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    fn new(kind: ErrorKind, error: reqwest::Error) -> Self {
        let kind = if error.is_builder() { ErrorKind::Request } else { kind };
        Self { kind, message: explain(error) }
    }

    fn request(message: String) -> Self {
        Self { kind: ErrorKind::Request, message }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
