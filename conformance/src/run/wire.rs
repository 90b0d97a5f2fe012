//! What the driver acts on: connections and requests. The network in a run, a script in a test.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;
use url::Url;

use crate::matcher::{Answer, Request};
use crate::transport::{self, Connection, Endpoint, Kind, http};

/// The largest body of an answer that is read.
const MAX_ANSWER_BYTES: usize = 16 << 20;

/// The outcome of a request that is under way.
pub type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Opens connections and makes requests.
pub trait Wire: Send + Sync {
    /// Starts a connection; `None` where nothing speaks `kind`.
    fn open(&self, kind: Kind, endpoint: Endpoint) -> Option<Connection>;
    /// Makes a request of the target.
    fn request(&self, request: Request) -> Answering;
}

/// The network.
#[derive(Debug, Clone)]
pub struct Network {
    /// Makes the requests.
    pub client: http::Client,
    /// What their paths are relative to.
    pub target: Url,
    /// How long an answer may take at most; steps have deadlines of their own.
    pub within: Duration,
}

impl Wire for Network {
    fn open(&self, kind: Kind, endpoint: Endpoint) -> Option<Connection> {
        transport::open(kind, endpoint)
    }

    fn request(&self, request: Request) -> Answering {
        let client = self.client.clone();
        let request = http::Request {
            url: below(&self.target, &request.path),
            method: request.method,
            headers: request.headers,
            body: request.body,
            raw: request.raw,
            within: self.within,
            body_bytes: MAX_ANSWER_BYTES,
        };
        Box::pin(async move {
            match client.request(&request).await {
                Ok(response) => Answer::Response {
                    status: response.status,
                    body: json_or_text(&response.body),
                    bytes: response.body,
                    headers: response.headers,
                },
                Err(error) => Answer::Failed(error.to_string()),
            }
        })
    }
}

/// `path` (and query) below `target`. It can't leave the target's origin, whatever it holds: the request carries the
/// session's token.
fn below(target: &Url, path: &str) -> Url {
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let mut url = target.clone();
    url.set_path(&format!("{}/{}", target.path().trim_end_matches('/'), path.trim_start_matches('/')));
    url.set_query(query);
    url.set_fragment(None);
    url
}

fn json_or_text(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_target() {
        let check = |target: &str, path: &str, expected: &str| {
            assert_eq!(below(&Url::parse(target).unwrap(), path).as_str(), expected);
        };
        check("http://h:1", "/api/tasks?a=b", "http://h:1/api/tasks?a=b");
        check("http://h:1/base/", "api", "http://h:1/base/api");
        check("http://h:1/?x=y#z", "/api", "http://h:1/api");
        check("http://h:1", "//elsewhere/api", "http://h:1/elsewhere/api");
        check("http://h:1", "http://elsewhere/", "http://h:1/http://elsewhere/");
    }

    #[test]
    fn a_body_is_json_or_a_string() {
        assert_eq!(json_or_text(b"{\"a\":1}"), serde_json::json!({"a": 1}));
        assert_eq!(json_or_text(b"no \xff json"), Value::String("no \u{fffd} json".to_owned()));
    }
}
