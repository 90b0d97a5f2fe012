//! The HTTP requests that start builds and deployments.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::json;
use socketioxide::SocketIo;
use tokio::task::JoinHandle;

use crate::auth::Auth;
use crate::builds::Build;
use crate::decisions::Decisions;
use crate::deployments::Deployment;
use crate::project::{Failure, Project};
use crate::request::{BuildRequest, DeploymentRequest};

const MAX_BODY_BYTES: usize = 16 * 1024;

/// What the endpoints share.
#[derive(Debug)]
pub struct App {
    pub io: SocketIo,
    pub auth: Arc<Auth>,
    pub decisions: Arc<Decisions>,
    pub step: Duration,
    pub decision_timeout: Duration,
    /// The last build of each project that is not over.
    pub builds: Mutex<HashMap<String, JoinHandle<()>>>,
}

/// All endpoints but that of Socket.IO.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/api/projects/{project_id}/builds", post(build))
        .route("/api/projects/{project_id}/deployments", post(deploy))
        .route_layer(from_fn_with_state(app.clone(), require_token))
        .method_not_allowed_fallback(async || Refusal::of(StatusCode::METHOD_NOT_ALLOWED))
        .fallback(async || Refusal::of(StatusCode::NOT_FOUND))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(app)
}

async fn require_token(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if bearer(request.headers()).is_some_and(|token| app.auth.verify(token).is_ok()) {
        return next.run(request).await;
    }
    let refusal = Refusal(StatusCode::UNAUTHORIZED, "Authentication failed".to_owned());
    ([(WWW_AUTHENTICATE, "Bearer")], refusal).into_response()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

async fn build(
    State(app): State<Arc<App>>,
    project_id: Result<Path<String>, PathRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let project = app.project(project_id)?;
    let body = body?;
    // Nothing is asked for in particular.
    let body = if body.is_empty() { b"{}" } else { &body[..] };
    let request = BuildRequest::from_slice(body).map_err(Refusal::bad_request)?;
    let answer = Json(json!({ "projectId": project.id }));
    let id = project.id.to_string();
    let build = Build::new(project, &request, app.decisions.clone(), app.decision_timeout)?;
    app.run_in_turn(id, build);
    Ok((StatusCode::ACCEPTED, answer))
}

async fn deploy(
    State(app): State<Arc<App>>,
    project_id: Result<Path<String>, PathRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let project = app.project(project_id)?;
    let request = DeploymentRequest::from_slice(&body?).map_err(Refusal::bad_request)?;
    let deployment = Deployment::new(project, request).map_err(Refusal::bad_request)?;
    let answer = Json(json!({ "deploymentId": deployment.id }));
    tokio::spawn(async {
        if let Err(failure) = deployment.run().await {
            eprintln!("deployment: {failure}");
        }
    });
    Ok((StatusCode::ACCEPTED, answer))
}

impl App {
    fn project(&self, id: Result<Path<String>, PathRejection>) -> Result<Project, Refusal> {
        let Path(id) = id.map_err(Refusal::bad_request)?;
        let id = id.try_into().map_err(Refusal::bad_request::<handfast::Error>)?;
        Ok(Project { id, io: self.io.clone(), step: self.step })
    }

    /// Starts a build when the one before it in its project is over.
    fn run_in_turn(&self, project_id: String, build: Build) {
        let mut builds = self.builds.lock().unwrap_or_else(PoisonError::into_inner);
        builds.retain(|_, build| !build.is_finished());
        let previous = builds.remove(&project_id);
        let running = tokio::spawn(async {
            if let Some(previous) = previous {
                // However it ended.
                let _ = previous.await;
            }
            if let Err(failure) = build.run().await {
                eprintln!("build: {failure}");
            }
        });
        builds.insert(project_id, running);
    }
}

/// An error, answered in JSON as everything else.
struct Refusal(StatusCode, String);

impl Refusal {
    fn of(status: StatusCode) -> Self {
        Self(status, status.canonical_reason().unwrap_or_default().to_owned())
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
    fn bad_request<E: ToString>(error: E) -> Self {
        Self(StatusCode::BAD_REQUEST, error.to_string())
    }
}

impl From<BytesRejection> for Refusal {
    fn from(rejection: BytesRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
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
