//! An entry of a HAR file: one request with its answer.

use std::time::Duration;

use data_encoding::BASE64;
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use super::messages::{EventMessage, SocketMessage};
use crate::record::trace::{Body, Exchange, MAX_BODY_BYTES};

/// An entry. What is not needed is not read, and what dialects differ in is optional.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HarEntry {
    #[serde(default)]
    started_date_time: String,
    #[serde(default)]
    time: Option<f64>,
    request: HarRequest,
    #[serde(default)]
    response: HarResponse,
    #[serde(rename = "_resourceType", default)]
    resource_type: Option<String>,
    /// Chrome, Playwright, mitmproxy.
    #[serde(rename = "_webSocketMessages", default)]
    pub socket_messages: Option<Vec<SocketMessage>>,
    /// Chrome.
    #[serde(rename = "_eventSourceMessages", default)]
    pub event_messages: Option<Vec<EventMessage>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarRequest {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(default)]
    post_data: Option<PostData>,
}

#[derive(Debug, Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Debug, Deserialize)]
struct PostData {
    #[serde(default)]
    text: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct HarResponse {
    #[serde(default)]
    status: i64,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(default)]
    content: Content,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    encoding: Option<String>,
    /// Playwright: the name of a file beside.
    #[serde(rename = "_file", default)]
    file: Option<String>,
}

impl HarEntry {
    /// When the request began; `None` where that is no time.
    pub fn began(&self) -> Option<Timestamp> {
        self.started_date_time.parse().ok()
    }

    /// How long it took, as far as that is known.
    pub fn took(&self) -> Duration {
        let millis = self.time.filter(|millis| millis.is_finite() && *millis > 0.0).unwrap_or_default();
        Duration::try_from_secs_f64(millis / 1e3).unwrap_or_default()
    }

    /// Whether it is a WebSocket.
    pub fn is_socket(&self) -> bool {
        self.socket_messages.is_some()
            || self.resource_type.as_deref() == Some("websocket")
            || self.response.status == 101
            || ["ws:", "wss:"].iter().any(|scheme| self.request.url.starts_with(scheme))
    }

    /// Whether it is a stream of events.
    pub fn is_stream(&self) -> bool {
        let content_type =
            self.response.content.mime_type.as_deref().or(self.response_header("content-type"));
        self.event_messages.is_some()
            || self.resource_type.as_deref() == Some("eventsource")
            || content_type.is_some_and(|value| value.starts_with("text/event-stream"))
    }

    /// The file beside that holds the answer's body, or the messages.
    pub fn file(&self) -> Option<&str> {
        self.response.content.file.as_deref()
    }

    /// The text of the answer.
    pub fn text(&self) -> Option<String> {
        let text = self.response.content.text.as_ref()?;
        if self.response.content.encoding.as_deref() != Some("base64") {
            return Some(text.clone());
        }
        String::from_utf8(BASE64.decode(text.as_bytes()).ok()?).ok()
    }

    fn response_header(&self, name: &str) -> Option<&str> {
        let mut headers = self.response.headers.iter();
        headers.find(|header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value.as_str())
    }

    /// It as a recorder sees it.
    pub fn exchange(&self) -> Exchange {
        let path = Url::parse(&self.request.url).ok().map_or_else(
            || self.request.url.clone(),
            |url| {
                url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
            },
        );
        let posted = self.request.post_data.as_ref().and_then(|data| data.text.clone()).unwrap_or_default();
        // Failures and what never ended are told by 0 and -1.
        let status = u16::try_from(self.response.status).ok().filter(|status| *status > 0);
        let mut response_headers = listed(&self.response.headers);
        if self.response_header("content-type").is_none() {
            response_headers.extend(
                self.response.content.mime_type.clone().map(|value| ("content-type".to_owned(), value)),
            );
        }
        Exchange {
            method: self.request.method.clone(),
            path,
            headers: listed(&self.request.headers),
            body: body(posted),
            status,
            response_headers,
            response_body: body(self.text().unwrap_or_default()),
            took_ms: u64::try_from(self.took().as_millis()).unwrap_or(u64::MAX),
        }
    }
}

fn listed(headers: &[Header]) -> Vec<(String, String)> {
    // HTTP/2 has its method and path among the headers.
    let headers = headers.iter().filter(|header| !header.name.starts_with(':'));
    headers.map(|header| (header.name.to_ascii_lowercase(), header.value.clone())).collect()
}

fn body(text: String) -> Body {
    let n_bytes = text.len();
    if n_bytes > MAX_BODY_BYTES { Body::Bytes(n_bytes) } else { Body::new(text.into_bytes(), n_bytes) }
}
