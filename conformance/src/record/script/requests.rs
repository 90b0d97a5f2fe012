//! Which requests beside a connection belong into a session.

use serde_json::Value;

use crate::record::trace::{Body, Exchange};

/// Whether a request may have to do with the events: it changes something, or is answered by JSON. A page's files are not.
pub fn is_of_interest(exchange: &Exchange) -> bool {
    match exchange.method.as_str() {
        "OPTIONS" | "HEAD" | "TRACE" | "CONNECT" => false,
        "GET" => is_json(exchange.response_header("content-type")),
        _ => true,
    }
}

/// Why a session can't say what was asked.
pub fn unspeakable(exchange: &Exchange) -> Option<&'static str> {
    match &exchange.body {
        _ if exchange.status.is_none() => Some("it was not answered"),
        Body::Bytes(_) => Some("its body is no JSON, or too long"),
        Body::Text(text) if serde_json::from_str::<Value>(text).is_err() => Some("its body is no JSON"),
        Body::None | Body::Text(_) => None,
    }
}

/// The JSON of a body, where it is JSON.
pub fn json(body: &Body) -> Option<Value> {
    serde_json::from_str(body.text()?).ok()
}

fn is_json(content_type: Option<&str>) -> bool {
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}
