//! The endpoints: who may use them, and what they hand over to.

use std::io;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{DefaultBodyLimit, Query, Request, State, WebSocketUpgrade};
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use handfast::Uuid;
use serde_json::json;
use tokio_util::task::TaskTracker;

use crate::auth::{PROTOCOL, Token};
use crate::event::{Failure, new_id};
use crate::hub::Hub;
use crate::request::TaskRequest;
use crate::settings::Settings;
use crate::tasks::Task;
use crate::topics::Topics;
use crate::{stream, websocket};

const MAX_BODY_BYTES: usize = 16 * 1024;
const MAX_FRAME_BYTES: usize = 64 * 1024;

/// What the endpoints share.
#[derive(Debug)]
pub struct App {
    /// The clients.
    pub hub: Arc<Hub>,
    /// The agent's own container.
    pub container_id: Uuid,
    /// The WebSockets, which outlive their HTTP request.
    pub sockets: TaskTracker,
    /// How the server runs.
    pub settings: Settings,
    token: Token,
}

impl App {
    /// # Errors
    /// As [`Hub::open`].
    pub fn open(settings: Settings) -> io::Result<Self> {
        Ok(Self {
            hub: Arc::new(Hub::open(&settings)?),
            container_id: new_id(),
            sockets: TaskTracker::new(),
            token: Token::new(&settings.token),
            settings,
        })
    }
}

type Parameters = Query<Vec<(String, String)>>;

/// All endpoints.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/ws", get(open_socket))
        .route("/events/stream", get(open_stream))
        .route("/api/tasks", post(create_task))
        .route_layer(from_fn_with_state(app.clone(), require_token))
        .method_not_allowed_fallback(async || Refusal::of(StatusCode::METHOD_NOT_ALLOWED))
        .fallback(async || Refusal::of(StatusCode::NOT_FOUND))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(app)
}

async fn require_token(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if app.token.is_in(request.headers()) {
        return next.run(request).await;
    }
    let refusal = Refusal(StatusCode::UNAUTHORIZED, "the Bearer token is missing or wrong".to_owned());
    ([(WWW_AUTHENTICATE, "Bearer")], refusal).into_response()
}

async fn open_socket(
    State(app): State<Arc<App>>,
    Query(query): Parameters,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let upgrade = upgrade.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    // Subscribed before the client knows that it is connected, so that it misses nothing.
    let (_, subscription) = app.hub.subscribe(Topics::of(&query), None);
    let sockets = app.sockets.clone();
    let upgrade =
        upgrade.protocols([PROTOCOL]).max_message_size(MAX_FRAME_BYTES).max_frame_size(MAX_FRAME_BYTES);
    Ok(upgrade.on_upgrade(move |socket| sockets.track_future(websocket::serve(socket, subscription))))
}

async fn open_stream(
    State(app): State<Arc<App>>,
    Query(query): Parameters,
    headers: HeaderMap,
) -> impl IntoResponse {
    let last_id = headers.get("Last-Event-ID").map(|id| id.to_str().unwrap_or_default());
    let (missed, subscription) = app.hub.subscribe(Topics::of(&query), last_id);
    stream::respond(missed, subscription, app.settings.heartbeat)
}

async fn create_task(
    State(app): State<Arc<App>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let body = body.map_err(|rejection| Refusal(rejection.status(), rejection.body_text()))?;
    let request = TaskRequest::from_slice(&body)
        .map_err(|error| Refusal(StatusCode::BAD_REQUEST, error.to_string()))?;
    let task = Task::new(request, &app.container_id);
    let description = task.describe()?;
    tokio::spawn(task.run(app.hub.clone(), app.settings.step));
    Ok((StatusCode::ACCEPTED, Json(json!({ "task": description }))))
}

/// An error, answered in JSON as everything else.
struct Refusal(StatusCode, String);

impl Refusal {
    fn of(status: StatusCode) -> Self {
        Self(status, status.canonical_reason().unwrap_or_default().to_lowercase())
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        eprintln!("{failure}");
        Self::of(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}
