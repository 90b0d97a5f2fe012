//! Compares what a server answered (to a handshake, to a request) with what a step says of it.

use handfast::Violation;
use handfast_codegen::model::{Answer, Channel, Transport};
use serde_json::Value;

use crate::pattern::{Captures, Pattern, Subject, matches, placeholder};
use crate::rules::shown;
use crate::session::{Accepted, HttpRequest, Protocol, Refused, Statuses};
use crate::transport::{Handshake, Refusal};
use crate::verdict::Difference;

/// The most violations that are told of one answer.
const MAX_VIOLATIONS: usize = 32;

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
    let body = if is_binary(wanted) { placeholder(0) } else { body };
    let parts = [Part::headers(response_headers, headers), Part::new("body", response.as_ref(), Some(body))];
    compare(statuses, Some(status), parts, captures, &[bytes])
}

/// Whether a step says of the answer's body which bytes it is.
pub fn is_binary(wanted: &HttpRequest) -> bool {
    wanted.response.as_ref().is_some_and(Pattern::is_binary)
}

/// Where the answer to a request is not what the contract promises of requests to that path.
pub fn promised(
    protocol: &Protocol,
    (method, path): (&str, &str),
    (status, body): (u16, &Value),
) -> Vec<Difference> {
    let contract = &protocol.contract;
    let is_asked = |channel: &&Channel| {
        let known = channel.method.as_deref().unwrap_or("POST");
        channel.transport == Transport::Sse && known == method && channel.values_in(path).is_some()
    };
    // An address without parameters is closer than one that has them.
    let Some(channel) =
        contract.channels.iter().filter(is_asked).min_by_key(|channel| channel.parameters.len())
    else {
        return Vec::new();
    };
    let exchanges = channel.receives.iter().filter_map(|event| contract.exchange(*event));
    let answers: Vec<&Answer> = exchanges.flat_map(|exchange| &exchange.answers).collect();
    let is_success = (200..300).contains(&status);
    let fits = |answer: &&&Answer| answer.status.map_or(is_success, |known| known == status);
    let judged: Vec<_> = answers.iter().filter(fits).collect();
    if judged.is_empty() {
        let known: Vec<String> =
            answers.iter().filter_map(|answer| Some(answer.status?.to_string())).collect();
        // What refuses need not be told in a contract.
        let is_unknown = is_success && !known.is_empty();
        let wanted = known.join(" or ");
        let difference = Difference { at: "/status".to_owned(), wanted, found: status.to_string() };
        return is_unknown.then_some(difference).into_iter().collect();
    }
    let violations = judged
        .iter()
        .map(|answer| answer.payload.map_or_else(Vec::new, |schema| protocol.violations_of(schema, body)));
    let nearest = violations.min_by_key(Vec::len).unwrap_or_default();
    let difference = |violation: Violation| Difference {
        found: body.pointer(&violation.at).map_or_else(|| "nothing".to_owned(), shown),
        wanted: violation.to_string(),
        at: format!("/body{}", violation.at),
    };
    nearest.into_iter().take(MAX_VIOLATIONS).map(difference).collect()
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
