//! Judges what a server says while it says it: frames and acknowledgements, outside of any script.

use handfast::Violation;
use handfast_codegen::model::{EventIdx, SchemaIdx, Side};
use serde_json::Value;

use super::{UNNAMED, Worth};
use crate::interpret;
use crate::matcher::recognise;
use crate::session::Session;
use crate::transport::Frame;

/// How many violations of one frame are kept.
const MAX_VIOLATIONS: usize = 100;

/// A frame, and what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The event's name; `None` where the contract says that it has one, and it has none.
    pub name: Option<String>,
    /// The event; `None` where the contract does not know it on this channel.
    pub event: Option<EventIdx>,
    /// Its data.
    pub payload: Value,
    /// What it is worth.
    pub worth: Worth,
}

/// Judges `frame`, which the server of `session` sent.
pub fn heard(session: &Session, frame: &Frame) -> Heard {
    let payload = recognise::as_payload(frame.arguments.clone());
    let Some(name) = recognise::name(session, frame, &payload).map(ToOwned::to_owned) else {
        let pointer = session.rules().name_pointer().unwrap_or_default();
        let violations = vec![Violation::new(UNNAMED, pointer, "", [])];
        return Heard { name: None, event: None, payload, worth: Worth::Invalid { violations, n_more: 0 } };
    };
    let event = recognise::event(session, Side::Server, &name);
    let worth = match event {
        None => Worth::Unknown,
        Some(event) => worth(session, session.event(event).payload, &payload),
    };
    Heard { name: Some(name), event, payload, worth }
}

/// Judges the arguments that acknowledge `request`: their payload, and what it is worth.
pub fn acknowledged(session: &Session, request: EventIdx, arguments: Vec<Value>) -> (Value, Worth) {
    let payload = recognise::as_payload(arguments);
    let exchange = session.protocol.contract.exchange(request);
    let worth = worth(session, exchange.and_then(|exchange| exchange.acknowledgement), &payload);
    (payload, worth)
}

fn worth(session: &Session, schema: Option<SchemaIdx>, payload: &Value) -> Worth {
    let Some(schema) = schema else { return Worth::Valid };
    let plan = &session.protocol.plan;
    match interpret::violations_up_to(plan, schema, payload, MAX_VIOLATIONS) {
        (_, 0) => Worth::Valid,
        (violations, n_found) => Worth::Invalid { n_more: n_found - violations.len(), violations },
    }
}
