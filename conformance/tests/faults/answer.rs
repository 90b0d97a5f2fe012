//! Faults of HTTP answers: of handshakes, and of requests beside the connection.

use std::future::pending;
use std::io;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::Value;

use crate::fault::{Opening, Reply};

const PAGE: &str = "<!doctype html><title>Something else</title>";
/// Where nobody is to go.
const ELSEWHERE: &str = "http://127.0.0.1:9/elsewhere";

/// The head of an answer.
pub type Head = (StatusCode, HeaderMap);

impl Opening {
    /// What becomes of the answer to a handshake: another head, or another answer.
    pub async fn apply(self, (status, mut headers): Head) -> Result<Head, Response> {
        match self {
            Self::Status(status) => {
                let status = StatusCode::from_u16(status).expect("a status in the table");
                Err((status, [(CONTENT_TYPE, "text/html")], PAGE).into_response())
            }
            Self::Redirect => Err((StatusCode::FOUND, [(LOCATION, ELSEWHERE)]).into_response()),
            Self::Headless(name) => {
                headers.remove(name).expect("a header to take away");
                Ok((status, headers))
            }
            Self::Header(name, value) => {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
                Ok((status, headers))
            }
            Self::Never => pending().await,
        }
    }
}

impl Reply {
    /// What becomes of the answer to a request beside the connection.
    pub async fn apply(self, (status, headers): Head, body: Vec<u8>) -> Response {
        match self {
            Self::OtherStatus(status) => {
                let status = StatusCode::from_u16(status).expect("a status in the table");
                (status, headers, body).into_response()
            }
            Self::OtherBody(pointer, text) => {
                let mut json: Value = serde_json::from_slice(&body).expect("an answer in JSON");
                *json.pointer_mut(pointer).expect("a member to change") =
                    serde_json::from_str(text).expect("JSON in the table");
                (status, headers, json.to_string()).into_response()
            }
            Self::Page => (status, headers, PAGE).into_response(),
            Self::BrokenOff => (status, headers, broken_off()).into_response(),
            Self::Unanswered => pending().await,
        }
    }
}

/// A body that breaks off.
pub fn broken_off() -> Body {
    Body::from_stream(stream::iter([Err::<String, _>(io::Error::other("cut"))]))
}
