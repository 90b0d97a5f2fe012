//! The board over HTTP, with a stream of what is said.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::broadcast;

use super::board::{Board, Bug, Effect};

/// A server, until it is dropped.
pub struct Http {
    pub url: String,
    _runtime: Runtime,
}

#[derive(Clone)]
struct House {
    board: Arc<Board>,
    said: broadcast::Sender<Option<Value>>,
}

impl Http {
    pub fn start(bug: Bug) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let house = House { board: Arc::new(Board::new(bug, true)), said: broadcast::channel(1024).0 };
        let set = post(async |State(house): State<House>, body: Bytes| house.took("set", &body));
        let say = post(async |State(house): State<House>, uri: Uri, body: Bytes| {
            let is_there = house.board.is_at(uri.path());
            if is_there { house.took("say", &body) } else { StatusCode::NOT_FOUND.into_response() }
        });
        let level =
            get(async |State(house): State<House>| json!({ "level": house.board.level("a") }).to_string());
        let router = Router::new()
            .route("/stream", get(stream))
            .route("/level", set)
            .route("/say/{place}", say)
            .route("/level-of-a", level)
            .with_state(house);
        runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, _runtime: runtime }
    }
}

impl House {
    fn took(&self, name: &str, body: &[u8]) -> Response {
        let status = self.status(name, body);
        if name != "set" || status != StatusCode::OK {
            return status.into_response();
        }
        let level = self.board.level("a");
        let level = if self.board.bug == Bug::Answer { json!(level.to_string()) } else { json!(level) };
        (status, json!({ "room": "a", "level": level }).to_string()).into_response()
    }

    fn status(&self, name: &str, body: &[u8]) -> StatusCode {
        if self.board.is_deadly(&String::from_utf8_lossy(body)) {
            // Whoever listens is cut off.
            let _ = self.said.send(None);
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        let Ok(mut payload) = serde_json::from_slice::<Value>(body) else { return StatusCode::BAD_REQUEST };
        // Nobody joins here: all are in one room.
        self.board.came(0);
        self.board.take(0, "join", &json!({ "room": payload["room"] }));
        let observed = payload.get("level").is_some() && payload["room"].as_str().is_some_and(is_room);
        let effects = self.board.take(0, name, &payload);
        if observed {
            // What is set anywhere is seen in the room `a`.
            payload["room"] = "a".into();
            self.board.take(0, name, &payload);
        }
        let mut status = StatusCode::OK;
        for effect in effects {
            match effect {
                Effect::Tell(_, "said", payload) => drop(self.said.send(Some(payload))),
                Effect::Acknowledge(answer) if answer["ok"] == json!(true) => {}
                Effect::Tell(_, "refused", _) | Effect::Acknowledge(_) => status = StatusCode::BAD_REQUEST,
                Effect::Tell(..) => {}
                Effect::Drop | Effect::Die => status = StatusCode::INTERNAL_SERVER_ERROR,
            }
        }
        status
    }
}

fn is_room(text: &str) -> bool {
    (1..=20).contains(&text.chars().count())
}

async fn stream(State(house): State<House>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let said = house.said.subscribe();
    let events = futures_util::stream::unfold(said, async |mut said| match said.recv().await {
        Ok(Some(payload)) => Some((Ok(Event::default().event("said").data(payload.to_string())), said)),
        _ => None,
    });
    Sse::new(events.boxed()).keep_alive(KeepAlive::default())
}
