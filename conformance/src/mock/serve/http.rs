//! What comes in over HTTP: finds out what it is for, and answers.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use handfast_codegen::model::{Auth, Transport};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_HEADERS, CONTENT_TYPE, COOKIE, HeaderMap,
    HeaderValue, ORIGIN, VARY,
};
use hyper::{Method, Request, Response, StatusCode};
use indexmap::IndexMap;
use serde_json::json;
use tokio::sync::{mpsc, watch};
use url::form_urlencoded;

use super::desk::Desk;
use super::engine::Engines;
use super::{Options, request, socketio, sse, websocket};
use crate::mock::house::{Arrival, Denial, ways};

/// Where Engine.IO is.
const ENGINE_PATH: &str = "/socket.io";

/// Everything that a request may be for.
pub struct Front {
    /// The conversations.
    pub desk: Arc<Desk>,
    /// How connections are served.
    pub options: Options,
    /// The sessions of Engine.IO.
    pub engines: Engines,
    stop: watch::Sender<bool>,
}

/// The body of an answer.
pub enum Answering {
    /// All of it.
    Whole(Option<Bytes>),
    /// As it comes.
    Stream(mpsc::Receiver<Bytes>),
}

/// An answer.
pub type Answered = Response<Answering>;

impl Front {
    /// A front before `desk`.
    pub fn new(desk: Arc<Desk>, options: Options) -> Self {
        Self { desk, options, engines: Engines::default(), stop: watch::Sender::new(false) }
    }

    /// Tells all connections to end.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Becomes true when connections are to end.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Waits until all connections have ended, but no longer than that.
    pub async fn stopped(&self, within: Duration) {
        let _ = tokio::time::timeout(within, self.stop.closed()).await;
    }

    /// Answers a request.
    pub async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Answered, Infallible> {
        let origin = request.headers().get(ORIGIN).cloned();
        let asked = request.headers().get(ACCESS_CONTROL_REQUEST_HEADERS).cloned();
        let is_preflight = request.method() == Method::OPTIONS && origin.is_some();
        let mut answered =
            if is_preflight { text(StatusCode::NO_CONTENT, "") } else { self.route(request).await };
        if let Some(origin) = origin {
            allow(answered.headers_mut(), origin, asked);
        }
        Ok(answered)
    }

    async fn route(self: Arc<Self>, request: Request<Incoming>) -> Answered {
        let path = request.uri().path().to_owned();
        if path.trim_end_matches('/') == ENGINE_PATH && self.channel(Transport::SocketIo, None).is_some() {
            return socketio::answer(self, request).await;
        }
        let is_upgrade = websocket::is_upgrade(request.headers());
        let socket = self.channel(Transport::WebSocket, Some(&path));
        let stream = self.channel(Transport::Sse, Some(&path));
        match (socket, stream) {
            (Some(channel_idx), None) => websocket::answer(self, request, channel_idx),
            (Some(channel_idx), _) if is_upgrade => websocket::answer(self, request, channel_idx),
            (_, Some(channel_idx)) if request.method() == Method::GET => {
                sse::answer(&self, &request, channel_idx)
            }
            _ => request::answer(&self, request).await,
        }
    }

    /// The channel of that transport at that address.
    pub fn channel(&self, transport: Transport, address: Option<&str>) -> Option<usize> {
        self.desk.look(|house| {
            house.protocol.contract.channels.iter().position(|channel| {
                let is_there = |path: &str| format!("/{}", channel.address.trim_start_matches('/')) == path;
                channel.transport == transport && address.is_none_or(is_there)
            })
        })
    }

    /// The token in a cookie, where the contract has it there.
    pub fn cookie_token(&self, headers: &HeaderMap) -> Option<String> {
        self.desk.look(|house| {
            house.protocol.contract.rules.auth.iter().find_map(|way| match way {
                Auth::Cookie { name } => cookie(headers, name),
                _ => None,
            })
        })
    }

    /// What a client says when it comes by this request.
    pub fn arrival(&self, request: &Request<Incoming>, channel_idx: usize) -> Arrival {
        let query = request.uri().query().unwrap_or_default();
        let mut query: IndexMap<String, String> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        self.desk.look(|house| {
            let protocol = &house.protocol;
            let transport = protocol.contract.channels[channel_idx].transport;
            let mut token = None;
            for way in ways(protocol, transport) {
                let found = match way {
                    Auth::Header { name, scheme } => header_token(request.headers(), name, scheme.as_deref()),
                    Auth::Query { name } => query.shift_remove(name),
                    Auth::Cookie { name } => cookie(request.headers(), name),
                    Auth::Subprotocol { prefix, .. } => websocket::token(request.headers(), prefix),
                    Auth::SocketioAuth { .. } | Auth::Event { .. } => None,
                };
                token = token.or(found);
            }
            let resume = protocol.contract.rules.resume.as_ref();
            let header = resume.map_or("last-event-id", |resume| resume.header.as_str());
            let last_event_id =
                request.headers().get(header).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
            Arrival { channel_idx, query, token, last_event_id: last_event_id.map(str::to_owned) }
        })
    }
}

fn header_token(headers: &HeaderMap, name: &str, scheme: Option<&str>) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    match scheme {
        None => Some(value.to_owned()),
        Some(scheme) => {
            let (found, token) = value.split_once(' ')?;
            found.eq_ignore_ascii_case(scheme).then(|| token.trim().to_owned())
        }
    }
}

/// The value of a cookie (RFC 6265, 4.2).
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut cookies =
        lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// Lets pages of another origin read the answer: a mock is there for them.
fn allow(headers: &mut HeaderMap, origin: HeaderValue, asked: Option<HeaderValue>) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(VARY, HeaderValue::from_static("Origin"));
    if let Some(asked) = asked {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked);
        let methods = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    }
}

/// The answer to a client that is not let in.
pub fn denied(denial: &Denial) -> Answered {
    let status = StatusCode::from_u16(denial.status).unwrap_or(StatusCode::UNAUTHORIZED);
    text(status, denial.message.clone())
}

/// An answer in plain text.
pub fn text(status: StatusCode, body: impl Into<Bytes>) -> Answered {
    whole(status, "text/plain; charset=utf-8", body)
}

/// An answer in JSON.
pub fn json(status: StatusCode, body: &serde_json::Value) -> Answered {
    whole(status, "application/json", body.to_string())
}

/// An error of Engine.IO (the official server's codes).
pub fn engine_error(code: u8, message: &str) -> Answered {
    json(StatusCode::BAD_REQUEST, &json!({ "code": code, "message": message }))
}

fn whole(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answered {
    let body: Bytes = body.into();
    let mut answered = Response::new(Answering::Whole(Some(body).filter(|body| !body.is_empty())));
    *answered.status_mut() = status;
    answered.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answered
}

impl Body for Answering {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Stream(chunks) => {
                chunks.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        match self {
            Self::Whole(bytes) => {
                hyper::body::SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Self::Stream(_) => hyper::body::SizeHint::default(),
        }
    }
}
