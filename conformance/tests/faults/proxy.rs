//! Stands between client and server and carries HTTP and WebSockets unchanged, but for one fault.
//!
//! Requests are forwarded as they are, so that a handshake's keys, subprotocols and refusals are the server's own. Of a
//! WebSocket the client's bytes are not looked at, and the server's are parsed frame by frame: what answers a ping is
//! the server, in its turn.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use futures_util::stream;
use handfast_conformance::transport::tls::client_config;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::time::sleep;
use url::Url;

use crate::event::Carriage;
use crate::fault::{Fault, Injector, Output};
use crate::frames;

/// What separates the packets of an Engine.IO payload.
const SEPARATOR: char = '\u{1e}';
/// An Engine.IO packet that says nothing.
const NOOP: &str = "6";
const MAX_BODY_BYTES: usize = 1 << 20;

/// A proxy that listens.
#[derive(Debug, Clone)]
pub struct Proxy {
    /// Where.
    pub url: Url,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    server: Url,
    client: reqwest::Client,
    fault: Option<Fault>,
    /// A token that is good.
    token: String,
    /// Where the name of an event stands in a plain WebSocket message.
    name: &'static str,
    injector: Mutex<Injector>,
}

/// The events of one connection, under the fault.
#[derive(Debug, Clone)]
pub struct Passage {
    carriage: Carriage,
    shared: Arc<Shared>,
}

/// The end of a connection that a fault asks for.
#[derive(Debug)]
pub struct Ended;

impl Proxy {
    /// Listens before `server`.
    pub async fn listen(server: Url, name: &'static str, token: &str, fault: Option<Fault>) -> Self {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(rustls::ClientConfig::clone(&client_config(None).unwrap()))
            .http1_only()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        let injector = Mutex::new(Injector::new(fault));
        let shared = Arc::new(Shared { server, client, fault, token: token.to_owned(), name, injector });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let router = Router::new().fallback(forward).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, shared }
    }

    /// How often the fault has been at work.
    pub fn n_done(&self) -> usize {
        self.shared.injector.lock().unwrap_or_else(PoisonError::into_inner).n_done
    }
}

async fn forward(State(shared): State<Arc<Shared>>, mut request: Request) -> Response {
    let upgrade = hyper::upgrade::on(&mut request);
    let query = request.uri().query().unwrap_or_default().to_owned();
    // What the client makes of a server that is not there is not the proxy's matter.
    let Ok(answer) = shared.ask(request).await else { return StatusCode::BAD_GATEWAY.into_response() };
    let status = answer.status();
    let headers = answer_headers(answer.headers());
    let is_engine = query.contains("EIO=");
    let carriage = match is_engine {
        true => Carriage::Packets,
        false if is_event_stream(&headers) => Carriage::Blocks,
        false => Carriage::Messages { name: shared.name },
    };
    let passage = Passage { carriage, shared };
    let body = if status == StatusCode::SWITCHING_PROTOCOLS {
        tokio::spawn(async move {
            if let (Ok(client), Ok(server)) = tokio::join!(upgrade, answer.upgrade()) {
                frames::carry(TokioIo::new(client), server, passage).await;
            }
        });
        Body::empty()
    } else if carriage == Carriage::Blocks {
        blocks(answer, passage)
    } else if is_engine && status == StatusCode::OK {
        match payload(answer, &passage).await {
            Ok(payload) => Body::from(payload),
            Err(Ended) => cut(),
        }
    } else {
        answer.bytes().await.map_or_else(|_| cut(), Body::from)
    };
    (status, headers, body).into_response()
}

impl Shared {
    async fn ask(&self, request: Request) -> Result<reqwest::Response, reqwest::Error> {
        let (parts, body) = request.into_parts();
        let mut url = self.server.clone();
        url.set_path(parts.uri.path());
        url.set_query(parts.uri.query());
        let mut headers = parts.headers;
        headers.remove(HOST);
        headers.remove(CONTENT_LENGTH);
        let mut body = to_bytes(body, MAX_BODY_BYTES).await.unwrap_or_default();
        match self.fault {
            Some(Fault::Admits(token)) => {
                for value in headers.values_mut() {
                    *value = HeaderValue::from_str(&self.admit(value.to_str().unwrap(), token)).unwrap();
                }
                body = self.admit(std::str::from_utf8(&body).unwrap(), token).into();
            }
            Some(Fault::Ignores(name)) if headers.remove(name).is_some() => self.done(),
            _ => {}
        }
        let mut forwarded = reqwest::Request::new(parts.method, url);
        *forwarded.headers_mut() = headers;
        *forwarded.body_mut() = Some(body.into()).filter(|_| forwarded.method() != reqwest::Method::GET);
        self.client.execute(forwarded).await
    }

    /// `text` with the good token in place of `token`, plain or as base64url.
    fn admit(&self, text: &str, token: &str) -> String {
        let coded = |token: &str| BASE64URL_NOPAD.encode(token.as_bytes());
        let admitted = text.replace(token, &self.token).replace(&coded(token), &coded(&self.token));
        if admitted != text {
            self.done();
        }
        admitted
    }

    fn done(&self) {
        self.injector.lock().unwrap_or_else(PoisonError::into_inner).n_done += 1;
    }
}

impl Passage {
    /// What goes on to the client of `text`, once the pauses are over.
    pub async fn pass(&self, text: &str) -> (Vec<String>, Option<Ended>) {
        let Some(event) = self.carriage.decode(text) else { return (vec![text.to_owned()], None) };
        let outputs = self.shared.injector.lock().unwrap_or_else(PoisonError::into_inner).pass(event);
        let mut texts = Vec::new();
        for output in outputs {
            match output {
                Output::End => return (texts, Some(Ended)),
                Output::Event(pause, event) => {
                    if pause > Duration::ZERO {
                        sleep(pause).await;
                    }
                    texts.push(event.text().to_owned());
                }
            }
        }
        (texts, None)
    }
}

/// A stream of Server-Sent Events.
fn blocks(answer: reqwest::Response, passage: Passage) -> Body {
    let start = Some((answer, passage, String::new()));
    Body::from_stream(stream::try_unfold(start, async |state| {
        let Some((mut answer, passage, mut rest)) = state else { return Ok(None) };
        loop {
            if let Some((block, tail)) = rest.split_once("\n\n") {
                let (texts, ended) = passage.pass(block).await;
                let bytes: String = texts.iter().map(|text| format!("{text}\n\n")).collect();
                let next = (answer, passage, tail.to_owned());
                return Ok(Some((bytes, Some(next).filter(|_| ended.is_none()))));
            }
            match answer.chunk().await.map_err(io::Error::other)? {
                Some(chunk) => rest += std::str::from_utf8(&chunk).map_err(io::Error::other)?,
                None => return Ok::<_, io::Error>(Some((rest, None))),
            }
        }
    }))
}

/// A payload of Engine.IO packets.
async fn payload(answer: reqwest::Response, passage: &Passage) -> Result<String, Ended> {
    let payload = answer.text().await.map_err(|_| Ended)?;
    let mut texts = Vec::new();
    for packet in payload.split(SEPARATOR) {
        let (passed, ended) = passage.pass(packet).await;
        texts.extend(passed);
        if ended.is_some() {
            return Err(Ended);
        }
    }
    Ok(if texts.is_empty() { NOOP.to_owned() } else { texts.join(&SEPARATOR.to_string()) })
}

/// A body that breaks off.
fn cut() -> Body {
    Body::from_stream(stream::iter([Err::<String, _>(io::Error::other("cut"))]))
}

fn is_event_stream(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"))
}

/// The headers that are not about one hop alone, but for those that ask for another protocol.
fn answer_headers(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers.remove(CONTENT_LENGTH);
    headers.remove(TRANSFER_ENCODING);
    if headers.get(CONNECTION).is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(b"upgrade")) {
        headers.remove(CONNECTION);
    }
    headers
}
