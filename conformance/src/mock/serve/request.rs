//! Requests that are for no channel: steps of sessions.

use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::AUTHORIZATION;
use hyper::{Request, StatusCode};
use serde_json::Value;
use tokio::time::timeout;

use super::HANDSHAKE;
use super::http::{Answered, Front, json, text};
use crate::mock::script::Requested;

/// Answers the request as a session says.
pub async fn answer(front: &Arc<Front>, request: Request<Incoming>) -> Answered {
    let (head, body) = request.into_parts();
    let body = match read(body, front.options.message_bytes).await {
        Ok(body) => body,
        Err(status) => return text(status, ""),
    };
    let body = as_json(&body);
    let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let headers: Vec<_> = head.headers.iter().map(header).collect();
    let bearer =
        head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let token = bearer.map(str::to_owned).or_else(|| front.cookie_token(&head.headers));
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let requested = Requested { method: head.method.as_str(), path, headers: &headers, body: &body };
    let answer = front.desk.request(&requested, token.as_deref());
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match &answer.body {
        Value::Null => text(status, ""),
        body => json(status, body),
    }
}

/// The whole body of a request.
///
/// # Errors
/// The status that a body deserves that is too large, too slow or broken.
pub async fn read(body: Incoming, limit: usize) -> Result<Bytes, StatusCode> {
    match timeout(HANDSHAKE, Limited::new(body, limit).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            Err(StatusCode::PAYLOAD_TOO_LARGE)
        }
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn as_json(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned().into())
}
