//! Compares what a server answered (to a handshake, to a request) with what a step says of it.

use serde_json::Value;

use crate::pattern::{Captures, Pattern, Subject, matches, placeholder};
use crate::session::{Accepted, HttpRequest, Refused, Statuses};
use crate::transport::{Handshake, Refusal};
use crate::verdict::Difference;

/// What a comparison comes to: what was captured until then and in it, or what differs.
pub type Compared = Result<Captures, Vec<Difference>>;

/// A handshake that succeeded.
pub fn accepted(wanted: &Accepted, found: &Handshake, captures: &Captures) -> Compared {
    let Accepted { status, headers, subprotocol, connect } = wanted;
    let parts = [
        Part::headers(headers, &found.headers),
        Part::new("subprotocol", subprotocol.as_ref(), found.subprotocol.as_deref().map(Value::from)),
        Part::new("connect", connect.as_ref(), found.connect.clone()),
    ];
    compare(status, Some(found.status), parts, captures, &[])
}

/// A handshake that failed.
pub fn refused(wanted: &Refused, found: &Refusal, captures: &Captures) -> Compared {
    let Refused { status, headers, message, data } = wanted;
    let parts = [
        Part::headers(headers, &found.headers),
        Part::new("message", message.as_ref(), Some(Value::from(found.message.trim()))),
        Part::new("data", data.as_ref(), found.data.clone()),
    ];
    compare(status, found.status, parts, captures, &[])
}

/// The answer to a request.
pub fn response(
    wanted: &HttpRequest,
    (status, headers, body, bytes): (u16, &[(String, String)], Value, Vec<u8>),
    captures: &Captures,
) -> Compared {
    let HttpRequest { status: statuses, response_headers, response, .. } = wanted;
    let is_binary = response.as_ref().is_some_and(Pattern::is_binary);
    let body = if is_binary { placeholder(0) } else { body };
    let parts = [Part::headers(response_headers, headers), Part::new("body", response.as_ref(), Some(body))];
    compare(statuses, Some(status), parts, captures, &[bytes])
}

/// A part of an answer that a step says something of.
struct Part {
    name: &'static str,
    wanted: Option<Pattern>,
    found: Option<Value>,
}

impl Part {
    fn new(name: &'static str, wanted: Option<&Pattern>, found: Option<Value>) -> Self {
        Self { name, wanted: wanted.cloned(), found }
    }

    /// Headers by their names in lower case; one that comes several times is a list with commas (RFC 9110, 5.3).
    fn headers(wanted: &[(String, Pattern)], found: &[(String, String)]) -> Self {
        let mut members = serde_json::Map::new();
        for (name, value) in found {
            let before = members.get(name).and_then(Value::as_str);
            let all = before.map_or_else(|| value.clone(), |before| format!("{before}, {value}"));
            members.insert(name.clone(), all.into());
        }
        let wanted = (!wanted.is_empty()).then(|| Pattern::Object(wanted.to_vec()));
        Self { name: "headers", wanted, found: Some(Value::Object(members)) }
    }
}

fn compare<const N: usize>(
    statuses: &Statuses,
    status: Option<u16>,
    parts: [Part; N],
    captures: &Captures,
    attachments: &[Vec<u8>],
) -> Compared {
    let mut differences = Vec::new();
    if !statuses.hold(status) {
        let found = status.map_or_else(|| "nothing".to_owned(), |status| status.to_string());
        differences.push(Difference { at: "/status".to_owned(), wanted: statuses.to_string(), found });
    }
    let (mut wanted, mut found) = (Vec::new(), serde_json::Map::new());
    for part in parts {
        wanted.extend(part.wanted.map(|pattern| (part.name.to_owned(), pattern)));
        found.extend(part.found.map(|value| (part.name.to_owned(), value)));
    }
    let subject = Subject { value: &Value::Object(found), attachments };
    match matches(&Pattern::Object(wanted), subject, captures) {
        Ok(captures) if differences.is_empty() => Ok(captures),
        Ok(_) => Err(differences),
        Err(more) => {
            differences.extend(more);
            Err(differences)
        }
    }
}
