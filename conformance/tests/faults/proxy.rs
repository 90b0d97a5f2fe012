//! Stands between client and server and carries HTTP and WebSockets unchanged, but for one fault.
//!
//! Requests are forwarded as they are, so that a handshake's keys, subprotocols and refusals are the server's own. Of a
//! WebSocket the client's bytes are not looked at, and the server's are parsed frame by frame: what answers a ping is
//! the server, in its turn.

use std::collections::VecDeque;
use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING, UPGRADE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use futures_util::stream;
use handfast_conformance::transport::tls::client_config;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::time::sleep;
use url::Url;

use crate::answer::broken_off;
use crate::change::{Injector, Output};
use crate::engine;
use crate::event::Carriage;
use crate::fault::{Engine, Farewell, Fault};
use crate::frames;
use crate::spoil::{self, Piece};

/// What separates the packets of an Engine.IO payload.
const SEPARATOR: u8 = 0x1e;
/// An Engine.IO packet that says nothing.
const NOOP: &[u8] = b"6";
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

/// What the server sends on one connection, under the fault.
#[derive(Debug, Clone)]
pub struct Passage {
    carriage: Carriage,
    coding: Coding,
    shared: Arc<Shared>,
}

/// How texts become bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Frames,
    Blocks,
    Payload,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To open the channel's connection.
    Handshake,
    /// To poll, or to change from polling to a WebSocket.
    Engine { upgrade: bool, poll: bool },
    /// Something beside the connection.
    Beside,
}

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
        self.shared.injector().n_done
    }
}

impl Purpose {
    fn of(request: &Request) -> Self {
        let headers = request.headers();
        let query = request.uri().query().unwrap_or_default();
        let upgrade = headers.contains_key(UPGRADE);
        let streams = headers.get(ACCEPT).is_some_and(|value| value == "text/event-stream");
        match query.contains("EIO=") {
            true if query.contains("sid=") => Self::Engine { upgrade, poll: request.method() == "GET" },
            true => Self::Handshake,
            false if upgrade || streams => Self::Handshake,
            false => Self::Beside,
        }
    }
}

async fn forward(State(shared): State<Arc<Shared>>, mut request: Request) -> Response {
    let upgrade = hyper::upgrade::on(&mut request);
    let purpose = Purpose::of(&request);
    let is_engine = request.uri().query().is_some_and(|query| query.contains("EIO="));
    if let (Some(Fault::Engine(Engine::NoUpgrade | Engine::NoProbe)), Purpose::Engine { upgrade: true, .. }) =
        (shared.fault, purpose)
    {
        shared.events_seen().await;
    }
    if let Some(answer) = shared.refuses(purpose) {
        return answer;
    }
    // What the client makes of a server that is not there is not the proxy's matter.
    let Ok(answer) = shared.ask(request).await else { return StatusCode::BAD_GATEWAY.into_response() };
    let mut head = (answer.status(), answer_headers(answer.headers()));
    match (shared.fault, purpose) {
        (Some(Fault::Handshake(opening)), Purpose::Handshake) => {
            shared.done();
            match opening.apply(head).await {
                Ok(other) => head = other,
                Err(response) => return response,
            }
        }
        (Some(Fault::Reply(reply)), Purpose::Beside) => {
            shared.done();
            let body = answer.bytes().await.unwrap_or_default();
            return reply.apply(head, body.to_vec()).await;
        }
        _ => {}
    }
    let carriage = match is_engine {
        true => Carriage::Packets,
        false if is_event_stream(answer.headers()) => Carriage::Blocks,
        false => Carriage::Messages { name: shared.name },
    };
    let passage = |coding| Passage { carriage, coding, shared: Arc::clone(&shared) };
    let body = if head.0 == StatusCode::SWITCHING_PROTOCOLS {
        let passage = passage(Coding::Frames);
        tokio::spawn(async move {
            if let (Ok(client), Ok(server)) = tokio::join!(upgrade, answer.upgrade()) {
                frames::carry(TokioIo::new(client), server, passage).await;
            }
        });
        Body::empty()
    } else if carriage == Carriage::Blocks {
        blocks(answer, passage(Coding::Blocks))
    } else if is_engine && head.0 == StatusCode::OK {
        payload(answer, &passage(Coding::Payload)).await
    } else {
        answer.bytes().await.map_or_else(|_| broken_off(), Body::from)
    };
    (head.0, head.1, body).into_response()
}

impl Shared {
    fn injector(&self) -> MutexGuard<'_, Injector> {
        self.injector.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn done(&self) {
        self.injector().n_done += 1;
    }

    /// Waits until the server has sent two events, of which the client has then seen the first: what comes of an upgrade
    /// comes after it.
    async fn events_seen(&self) {
        while self.injector().n_events() < 2 {
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// What a request of Engine.IO is answered with that does not reach the server.
    fn refuses(&self, purpose: Purpose) -> Option<Response> {
        let status = match (self.fault?, purpose) {
            (Fault::Engine(Engine::NoUpgrade), Purpose::Engine { upgrade: true, .. }) => 400,
            (Fault::Engine(Engine::PollStatus(status)), Purpose::Engine { upgrade: false, poll: true })
                if self.injector().n_events() > 0 =>
            {
                status
            }
            _ => return None,
        };
        self.done();
        let status = StatusCode::from_u16(status).expect("a status in the table");
        Some((status, "{\"code\":3,\"message\":\"Bad request\"}").into_response())
    }

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
}

impl Coding {
    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Frames => spoil::text_frame(text),
            Self::Blocks => format!("{text}\n\n").into_bytes(),
            Self::Payload => text.as_bytes().to_vec(),
        }
    }

    fn spoiled(self, text: &str, spoil: crate::fault::Spoil) -> Vec<Piece> {
        match self {
            Self::Frames => spoil::message(text, spoil),
            Self::Blocks => spoil::block(text, spoil),
            Self::Payload => spoil::packet(text, spoil),
        }
    }
}

impl Passage {
    /// What goes on to the client of `text`.
    pub fn pass(&self, text: &str) -> Vec<Piece> {
        let text = match (self.shared.fault, self.carriage) {
            (Some(Fault::Engine(fault)), Carriage::Packets) => {
                let Some(other) = engine::pass(fault, text) else {
                    self.shared.done();
                    return Vec::new();
                };
                if other != text {
                    self.shared.done();
                }
                other
            }
            _ => text.to_owned(),
        };
        let Some(event) = self.carriage.decode(&text) else {
            return vec![Piece::Bytes(self.coding.bytes(&text))];
        };
        let outputs = self.shared.injector().pass(event);
        outputs.into_iter().flat_map(|output| self.pieces(output)).collect()
    }

    fn pieces(&self, output: Output) -> Vec<Piece> {
        match output {
            Output::Event(pause, event) => {
                vec![Piece::Pause(pause), Piece::Bytes(self.coding.bytes(event.text()))]
            }
            Output::Spoiled(event, spoil) => self.coding.spoiled(event.text(), spoil),
            Output::Stall => vec![Piece::Stall],
            Output::End => vec![Piece::End],
        }
    }

    /// What goes on to the client of the server's close frame.
    pub fn close(&self, frame: Vec<u8>) -> Vec<Piece> {
        let Some(Fault::Close(farewell)) = self.shared.fault else { return vec![Piece::Bytes(frame)] };
        self.shared.done();
        match farewell {
            Farewell::Withheld => vec![Piece::Stall],
            Farewell::Hangup => vec![Piece::End],
            Farewell::OtherCode(code) => vec![Piece::Bytes(spoil::close_frame(&code.to_be_bytes()))],
            Farewell::Lingering(pause) => vec![Piece::Pause(pause), Piece::Bytes(frame)],
        }
    }

    /// Whether pongs of the WebSocket protocol are kept from the client.
    pub fn keeps_pongs(&self) -> bool {
        let keeps = matches!(self.shared.fault, Some(Fault::NoPongs));
        if keeps {
            self.shared.done();
        }
        keeps
    }
}

/// A stream of Server-Sent Events on its way.
struct Blocks {
    answer: reqwest::Response,
    passage: Passage,
    rest: String,
    pieces: VecDeque<Piece>,
}

fn blocks(answer: reqwest::Response, passage: Passage) -> Body {
    let start = Blocks { answer, passage, rest: String::new(), pieces: VecDeque::new() };
    Body::from_stream(stream::try_unfold(start, async |mut blocks| {
        let bytes = blocks.next().await?;
        Ok::<_, io::Error>(bytes.map(|bytes| (bytes, blocks)))
    }))
}

impl Blocks {
    /// What is to be written next; `None` at the end.
    async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            match self.pieces.pop_front() {
                Some(Piece::Bytes(bytes)) => return Ok(Some(bytes)),
                Some(Piece::Pause(pause)) => sleep(pause).await,
                Some(Piece::Stall) => pending().await,
                Some(Piece::End) => return Ok(None),
                None if let Some((block, tail)) = self.rest.split_once("\n\n") => {
                    self.pieces.extend(self.passage.pass(block));
                    self.rest = tail.to_owned();
                }
                None => match self.answer.chunk().await.map_err(io::Error::other)? {
                    Some(chunk) => self.rest += std::str::from_utf8(&chunk).map_err(io::Error::other)?,
                    None => return Ok(None),
                },
            }
        }
    }
}

/// A payload of Engine.IO packets.
async fn payload(answer: reqwest::Response, passage: &Passage) -> Body {
    let Ok(payload) = answer.text().await else { return broken_off() };
    let mut packets: Vec<Vec<u8>> = Vec::new();
    for packet in payload.split(char::from(SEPARATOR)) {
        for piece in passage.pass(packet) {
            match piece {
                Piece::Bytes(bytes) => packets.push(bytes),
                Piece::Pause(pause) => sleep(pause).await,
                Piece::Stall => pending().await,
                Piece::End => return broken_off(),
            }
        }
    }
    if packets.is_empty() { NOOP.into() } else { packets.join(&SEPARATOR).into() }
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
