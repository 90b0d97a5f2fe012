//! One request on its way to the target, and its answer on the way back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue, UPGRADE};
use hyper::{Request, Response, StatusCode, Uri, upgrade};
use hyper_util::rt::TokioIo;

use super::body::Passing;
use super::tap::{Answered, Asked, Kept, Purpose, Streamed, Tap};
use super::upstream::Upstream;
use super::{Shared, frames, headers};
use crate::record::recorder::ConnectionId;
use crate::record::trace::{Body, Exchange};
use crate::transport::event_stream::Parser;
use crate::transport::{Kind, Limits};

/// What is known of a request before it is answered.
struct Asking {
    exchange: Exchange,
    at: Duration,
    standing: Vec<ConnectionId>,
    body: Arc<Mutex<Body>>,
    /// What the request is to Engine.IO.
    engine: Option<EngineRequest>,
    is_upgrade: bool,
    /// Scheme, host and port as the client names them.
    own_origin: String,
}

/// A request to Engine.IO, of a session unless it is to open one.
#[derive(Clone, Copy)]
struct EngineRequest {
    session: Option<ConnectionId>,
}

/// The answer of the target to `request`; 502 where there is none.
pub async fn forward(
    shared: Arc<Shared>,
    upstream: Arc<Upstream>,
    mut request: Request<Incoming>,
) -> Response<Passing> {
    let client = upgrade::on(&mut request);
    let asking = Asking::new(&shared, &request);
    let forwarded = match to_target(&shared, &asking, request) {
        Ok(forwarded) => forwarded,
        Err(reason) => return sorry(StatusCode::BAD_REQUEST, reason),
    };
    match upstream.send(forwarded).await {
        Ok(answer) => to_client(&shared, asking, answer, client),
        Err(reason) => {
            shared.recorder.unanswered(&reason);
            sorry(StatusCode::BAD_GATEWAY, reason)
        }
    }
}

impl Asking {
    fn new(shared: &Shared, request: &Request<Incoming>) -> Self {
        let uri = request.uri();
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let exchange = Exchange {
            method: request.method().to_string(),
            path,
            headers: listed(request.headers()),
            ..Exchange::default()
        };
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        Self {
            engine: engine_request(shared, &exchange),
            at: shared.recorder.now(),
            standing: shared.recorder.standing(),
            body: Arc::default(),
            is_upgrade: asks_for_websocket(request.headers()),
            own_origin: format!("{}://{}", shared.own_scheme, host.unwrap_or(&shared.own_authority)),
            exchange,
        }
    }

    /// What looks at the answer's body.
    fn answered(self, shared: &Shared, purpose: Purpose, kept: Kept) -> Box<dyn Tap> {
        let Self { exchange, at, body, .. } = self;
        let recorder = Arc::clone(&shared.recorder);
        Box::new(Answered { kept, exchange, asked: body, at, recorder, purpose })
    }
}

fn engine_request(shared: &Shared, exchange: &Exchange) -> Option<EngineRequest> {
    let query = exchange.query();
    let find = |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    find("EIO").filter(|version| *version == "4")?;
    Some(EngineRequest { session: find("sid").and_then(|sid| shared.recorder.engine_of(sid)) })
}

fn asks_for_websocket(headers: &HeaderMap) -> bool {
    headers.get(UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

fn to_target(
    shared: &Shared,
    asking: &Asking,
    request: Request<Incoming>,
) -> Result<Request<Passing>, String> {
    let (parts, body) = request.into_parts();
    let base = shared.target.path().trim_end_matches('/');
    let uri: Uri = format!("{base}{}", asking.exchange.path)
        .parse()
        .map_err(|error| format!("the path can't be passed on: {error}"))?;
    let packets = asking.engine.and_then(|engine| engine.session);
    let tap = Asked {
        kept: if packets.is_some() { Kept::readable() } else { Kept::new(content_type(&parts.headers)) },
        into: Arc::clone(&asking.body),
        packets: packets.map(|id| (Arc::clone(&shared.recorder), id)),
    };
    let mut forwarded = Request::new(Passing::new(body, Box::new(tap)));
    *forwarded.method_mut() = parts.method;
    *forwarded.uri_mut() = uri;
    *forwarded.headers_mut() = headers::to_target(&parts.headers, &shared.target, asking.is_upgrade);
    Ok(forwarded)
}

fn to_client(
    shared: &Arc<Shared>,
    mut asking: Asking,
    mut answer: Response<Incoming>,
    client: upgrade::OnUpgrade,
) -> Response<Passing> {
    let is_upgraded = answer.status() == StatusCode::SWITCHING_PROTOCOLS;
    asking.exchange.status = Some(answer.status().as_u16());
    asking.exchange.response_headers = listed(answer.headers());
    let server = is_upgraded.then(|| upgrade::on(&mut answer));
    let (mut parts, body) = answer.into_parts();
    parts.headers = headers::to_client(&parts.headers, &shared.target, &asking.own_origin, is_upgraded);
    let body = match server {
        Some(server) => {
            carry(shared, &asking, client, server);
            Passing::text(String::new())
        }
        None => Passing::new(body, tap(shared, asking, &parts.headers)),
    };
    let mut passed = Response::new(body);
    *passed.status_mut() = parts.status;
    *passed.headers_mut() = parts.headers;
    passed
}

/// What looks at the body of an answer that is no upgrade.
fn tap(shared: &Shared, asking: Asking, headers: &HeaderMap) -> Box<dyn Tap> {
    let content_type = content_type(headers);
    let is_stream = content_type.is_some_and(|value| value.starts_with("text/event-stream"));
    if is_stream && asking.exchange.status == Some(200) {
        let last_id = asking.exchange.header("last-event-id").map(str::to_owned);
        let id = shared.recorder.open(Kind::Sse, asking.exchange);
        let parser = Parser::new(Limits::default().message_bytes, last_id);
        return Box::new(Streamed { recorder: Arc::clone(&shared.recorder), id, parser });
    }
    if let Some(engine) = asking.engine {
        let purpose = match (engine.session, asking.exchange.method.as_str()) {
            (None, _) => Purpose::Engine,
            (Some(id), "GET") if !asking.is_upgrade => Purpose::Poll(id),
            // What a post is answered with, or a refused upgrade, says nothing.
            _ => Purpose::OutOfBand(vec![]),
        };
        if !matches!(purpose, Purpose::OutOfBand(_)) {
            return asking.answered(shared, purpose, Kept::readable());
        }
        return Box::new(Unseen);
    }
    let kept = Kept::new(content_type);
    let is_stream_path = shared.streams.iter().any(|path| path == asking.exchange.path_only());
    let purpose = if asking.is_upgrade {
        Purpose::Refused(Kind::WebSocket)
    } else if is_stream_path && asking.exchange.method == "GET" {
        Purpose::Refused(Kind::Sse)
    } else {
        Purpose::OutOfBand(asking.standing.clone())
    };
    asking.answered(shared, purpose, kept)
}

/// Looks at nothing.
struct Unseen;

impl Tap for Unseen {
    fn data(&mut self, _: &hyper::body::Bytes) {}
    fn end(self: Box<Self>, _: bool) {}
    fn dropped(self: Box<Self>) {}
}

/// Carries an open WebSocket, in a task of its own.
fn carry(shared: &Arc<Shared>, asking: &Asking, client: upgrade::OnUpgrade, server: upgrade::OnUpgrade) {
    let recorder = Arc::clone(&shared.recorder);
    let session = match asking.engine {
        Some(EngineRequest { session: Some(id) }) => frames::Session::Known(id),
        Some(EngineRequest { session: None }) => frames::Session::Engine(Box::new(asking.exchange.clone())),
        None => frames::Session::Known(recorder.open(Kind::WebSocket, asking.exchange.clone())),
    };
    let is_engine = asking.engine.is_some();
    tokio::spawn(async move {
        let watch = frames::Watch::new(recorder, session, is_engine);
        if let (Ok(client), Ok(server)) = tokio::join!(client, server) {
            frames::carry(TokioIo::new(client), TokioIo::new(server), watch).await;
        } else {
            watch.broken();
        }
    });
}

fn sorry(status: StatusCode, reason: String) -> Response<Passing> {
    let mut answer = Response::new(Passing::text(format!("handfast record: {reason}\n")));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    answer
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

fn listed(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}
