//! What is told, as JSON Lines for programs.

use handfast_conformance::transport::{Closing, Refusal};
use handfast_conformance::validate::Worth;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::told::{Link, Told};
use crate::plain::plain;

/// A line about an event, with its end.
pub fn event(event: &Told<'_>) -> String {
    Line::of(event).text()
}

/// A line about the connection, with its end.
pub fn link(link: &Link<'_>) -> String {
    Line::link(link).text()
}

/// Everything a line can say; what it does not say is left out.
#[derive(Default, Serialize)]
struct Line<'l> {
    time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Option<&'l str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledges: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'l Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'l str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<&'l str>,
    #[serde(skip_serializing_if = "is_false")]
    acknowledge: bool,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "violations")]
    violations: Option<&'l Worth>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_event_id: Option<&'l str>,
}

impl<'l> Line<'l> {
    fn of(told: &'l Told<'_>) -> Self {
        match told {
            Told::Sent(sending) => Self {
                direction: Some("sent"),
                event: Some(Some(&sending.name)),
                data: Some(&sending.payload),
                ..Self::default()
            },
            Told::Received(received) => Self {
                event: Some(received.heard.name.as_deref()),
                known: (received.heard.worth == Worth::Unknown).then_some(false),
                nearest: received.near,
                acknowledge: received.asks,
                attachments: received.attachments.clone(),
                ..Self::judged(&received.heard.payload, &received.heard.worth)
            },
            Told::Acknowledged { request, payload, worth, attachments } => Self {
                acknowledges: Some(request),
                attachments: attachments.clone(),
                ..Self::judged(payload, worth)
            },
            Told::Malformed { raw, reason } => Self {
                direction: Some("received"),
                raw: Some(raw),
                valid: Some(false),
                reason: Some(reason),
                ..Self::default()
            },
        }
    }

    fn text(mut self) -> String {
        self.time = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        // Strings, numbers and maps by string can always be written.
        let text = serde_json::to_string(&self).unwrap_or_default();
        format!("{}\n", plain(&text))
    }

    fn judged(payload: &'l Value, worth: &'l Worth) -> Self {
        let n_more = match worth {
            Worth::Invalid { n_more: n_more @ 1.., .. } => Some(*n_more),
            _ => None,
        };
        Self {
            direction: Some("received"),
            data: Some(payload),
            valid: Some(worth.is_valid()),
            violations: (!worth.is_valid()).then_some(worth),
            more: n_more,
            ..Self::default()
        }
    }

    fn link(link: &'l Link<'_>) -> Self {
        let connection = |connection| Self { connection: Some(connection), ..Self::default() };
        match link {
            Link::Open { channel, url } => {
                Self { channel: Some(channel), url: Some(url), ..connection("open") }
            }
            Link::Closed(Closing { by, code, reason, .. }) => {
                Self { by: Some(by.to_string()), code: *code, reason: Some(reason), ..connection("closed") }
            }
            Link::Refused(Refusal { status, message, data, .. }) => {
                Self { status: *status, reason: Some(message), data: data.as_ref(), ..connection("refused") }
            }
            Link::Unreachable(reason) => Self { reason: Some(reason), ..connection("unreachable") },
            Link::Again { pause, attempt, last_event_id } => Self {
                attempt: Some(*attempt),
                // A pause is seconds.
                after_ms: Some(u64::try_from(pause.as_millis()).unwrap_or(u64::MAX)),
                last_event_id: *last_event_id,
                ..connection("reconnecting")
            },
        }
    }
}

fn violations<S: Serializer>(worth: &Option<&Worth>, serializer: S) -> Result<S::Ok, S::Error> {
    match worth {
        Some(Worth::Invalid { violations, .. }) => violations.serialize(serializer),
        _ => serializer.serialize_none(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
