//! Server-Sent Events, as EventSource reads them: one JSON value per event.
//!
//! Whether and when to connect again is the runner's decision.

use reqwest::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use tokio::sync::mpsc;

use super::event_stream::{Event, Item, Parser};
use super::http::{self, Client};
use super::opening::{NotOpened, within};
use super::{
    Closing, Command, Endpoint, Frame, Handshake, Kind, Link, Observed, Observer, Peer, Task, Transport,
    printable, printable_frame,
};

/// The transport.
pub(super) struct Sse;

impl Transport for Sse {
    fn kind(&self) -> Kind {
        Kind::Sse
    }

    fn open(&self, endpoint: Endpoint, link: Link) -> Task {
        Box::pin(run(endpoint, link))
    }
}

async fn run(endpoint: Endpoint, link: Link) {
    let Link { mut commands, observer } = link;
    // A handshake needs far more room than what it leads to, which may stay for long.
    let response = match Box::pin(within(endpoint.limits.handshake, handshake(&endpoint))).await {
        Ok(response) => response,
        Err(failure) => return failure.report(&observer).await,
    };
    let headers = http::header_list(response.headers());
    observer.saw(Observed::Opened(Handshake { status: 200, headers, ..Handshake::default() })).await;
    let parser = Parser::new(endpoint.limits.message_bytes, endpoint.last_event_id);
    let closing = tokio::select! {
        closing = read(response, parser, &observer) => closing,
        closing = obey(&mut commands, &observer) => closing,
    };
    observer.saw(Observed::Closed(closing)).await;
}

async fn handshake(endpoint: &Endpoint) -> Result<reqwest::Response, NotOpened> {
    let client = Client::new(&endpoint.tls).map_err(|error| NotOpened::Unreachable(error.to_string()))?;
    let response = client.get(&endpoint.url, endpoint, request_headers(endpoint)?).await?;
    if response.status().as_u16() == 200 && is_event_stream(&response) {
        return Ok(response);
    }
    Err(NotOpened::Refused(Box::new(http::refusal(response, endpoint.limits).await)))
}

fn request_headers(endpoint: &Endpoint) -> Result<HeaderMap, NotOpened> {
    let mut headers = HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("text/event-stream")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]);
    if let Some(id) = &endpoint.last_event_id {
        let value = HeaderValue::from_bytes(id.as_bytes())
            .map_err(|_| NotOpened::Unreachable(format!("the event id `{id}` cannot be sent")))?;
        headers.insert(HeaderName::from_static("last-event-id"), value);
    }
    Ok(headers)
}

fn is_event_stream(response: &reqwest::Response) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("text/event-stream"))
}

async fn read(mut response: reqwest::Response, mut parser: Parser, observer: &Observer) -> Closing {
    let mut items = Vec::new();
    loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return end(&parser, observer).await,
            Err(error) => return Closing { reason: http::explain(error), ..Closing::default() },
        };
        let result = parser.read(&chunk, &mut items);
        for item in items.drain(..) {
            observer.saw(observe(item)).await;
        }
        if result.is_err() {
            let reason = "the event is too long".to_owned();
            let raw = printable(parser.rest().unwrap_or_default());
            observer.saw(Observed::Malformed { raw, reason: reason.clone() }).await;
            return Closing { by: Peer::Client, reason, ..Closing::default() };
        }
    }
}

/// The server's own end of the stream. EventSource would discard an unfinished event in silence.
async fn end(parser: &Parser, observer: &Observer) -> Closing {
    if let Some(rest) = parser.rest() {
        let reason = "the stream ended before the blank line that ends an event".to_owned();
        observer.saw(Observed::Malformed { raw: printable(&rest), reason }).await;
    }
    Closing { reason: "the stream ended".to_owned(), clean: true, ..Closing::default() }
}

fn observe(item: Item) -> Observed {
    match item {
        Item::Comment => Observed::Keepalive("comment"),
        Item::Malformed { raw, reason } => Observed::Malformed { raw: printable(&raw), reason },
        Item::Event(event) => observe_event(event),
    }
}

fn observe_event(event: Event) -> Observed {
    match serde_json::from_str(&event.data) {
        Ok(value) => Observed::Frame(Frame {
            name: Some(event.name),
            id: event.id,
            arguments: vec![value],
            raw: printable_frame(&event.raw),
            ..Frame::default()
        }),
        Err(error) => Observed::Malformed {
            raw: printable_frame(&event.raw),
            reason: format!("the data is no JSON: {error}"),
        },
    }
}

async fn obey(commands: &mut mpsc::Receiver<Box<Command>>, observer: &Observer) -> Closing {
    while let Some(command) = commands.recv().await {
        let what = match *command {
            Command::Close { .. } => return closed_by_us("closed", true),
            Command::Abort => break,
            Command::Send(_) | Command::Raw { .. } => "send",
            Command::Acknowledge { .. } => "acknowledge",
            Command::Barrier(_) => "question the server",
        };
        observer.saw(Observed::Unsupported(format!("an SSE client cannot {what}"))).await;
    }
    closed_by_us("aborted", false)
}

fn closed_by_us(reason: &str, clean: bool) -> Closing {
    Closing { by: Peer::Client, reason: reason.to_owned(), clean, code: None }
}
