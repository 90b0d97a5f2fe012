//! The server's side of Server-Sent Events, as EventSource reads them.

use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::Response;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::http::{Answered, Answering, Front, denied};
use super::line::{Act, Line};
use super::stopped;
use super::websocket::DEAD;
use crate::mock::conversation::Told;

/// How often a comment shows that the connection stands.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a client may leave what we write unread.
const WRITE: Duration = Duration::from_secs(10);
/// How many events wait between us and the connection.
const QUEUE: usize = 16;

/// Lets the client in, or refuses it.
pub fn answer(front: &Arc<Front>, request: &Request<Incoming>, channel_idx: usize) -> Answered {
    let line = match front.desk.admit(&front.arrival(request, channel_idx)) {
        Ok(line) => line,
        Err(denial) => return denied(&denial),
    };
    let (sender, chunks) = mpsc::channel(QUEUE);
    let stopping = front.stopping();
    tokio::spawn(async move { stream(line, sender, stopping).await });
    let mut answered = Response::new(Answering::Stream(chunks));
    answered.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    answered.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answered
}

async fn stream(mut line: Line, chunks: mpsc::Sender<Bytes>, mut stopping: watch::Receiver<bool>) {
    loop {
        let chunk = tokio::select! {
            act = line.next() => match act {
                Some(Act::Tell(told)) => event(&told),
                Some(Act::Acknowledge { .. }) => continue,
                Some(Act::Close { code, reason }) => return line.closed("server", Some(code), reason),
                Some(Act::Break(code)) => return line.closed("server", Some(code), "a fault"),
                Some(Act::HalfOpen) => {
                    line.closed("server", None, "half-open");
                    tokio::select! {
                        () = sleep(DEAD) => return,
                        () = chunks.closed() => return,
                        () = stopped(&mut stopping) => return,
                    }
                }
                None => return line.closed("server", None, "the conversation goes on elsewhere, or was given up"),
            },
            () = sleep(KEEP_ALIVE) => ":\n\n".to_owned(),
            () = chunks.closed() => return line.closed("client", None, "the client is gone"),
            () = stopped(&mut stopping) => return line.closed("server", None, "the mock ends"),
        };
        match timeout(WRITE, chunks.send(chunk.into())).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return line.closed("client", None, "the client is gone"),
            Err(_) => return line.closed("server", None, "the client reads nothing"),
        }
    }
}

/// The text of an event. JSON has no line's end in it.
fn event(told: &Told) -> String {
    let field = |name: &str, value: &str| match value.contains(['\r', '\n', '\0']) {
        true => String::new(),
        false => format!("{name}: {value}\n"),
    };
    let id = told.id.as_deref().map_or_else(String::new, |id| field("id", id));
    let data: String = told.arguments.iter().map(|argument| format!("data: {argument}\n")).collect();
    format!("{id}{}{data}\n", field("event", &told.name))
}
