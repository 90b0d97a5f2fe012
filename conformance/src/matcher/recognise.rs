//! Tells what event a frame is.

use handfast_codegen::model::{EventIdx, Side};
use handfast_codegen::pointer::pointed;
use serde_json::Value;

use crate::session::{Session, login};
use crate::transport::Frame;

/// The value that the arguments of an event, or of an acknowledgement, come to: none is `null`, one is itself, several
/// are an array.
pub fn as_payload(mut arguments: Vec<Value>) -> Value {
    match arguments.len() {
        0 => Value::Null,
        1 => arguments.swap_remove(0),
        _ => Value::Array(arguments),
    }
}

/// The same of arguments that stay where they are.
pub fn payload_of(arguments: &Value) -> &Value {
    match arguments.as_array().map(Vec::as_slice) {
        Some([]) => &Value::Null,
        Some([argument]) => argument,
        _ => arguments,
    }
}

/// The arguments that carry `payload`.
pub fn as_arguments(session: &Session, event: EventIdx, payload: Value) -> Vec<Value> {
    let is_socket_io = session.channel().transport == handfast_codegen::model::Transport::SocketIo;
    match payload {
        Value::Null if is_socket_io => Vec::new(),
        Value::Array(items) if session.protocol.is_spread(session.channel_idx, event) => items,
        payload => vec![payload],
    }
}

/// The name of the event with this payload: where the contract says it stands, else what the transport calls it.
pub fn name<'f>(session: &Session, frame: &'f Frame, payload: &'f Value) -> Option<&'f str> {
    match session.rules().name_pointer() {
        Some(pointer) => pointed(payload, pointer).and_then(Value::as_str),
        None => frame.name.as_deref(),
    }
}

/// `payload` with its event's name where the contract wants it, unless a name stands there. What is no object has no room
/// for one, and stays as it is.
///
/// # Errors
/// The other name, or whatever else stands there.
pub fn named(session: &Session, name: &str, mut payload: Value) -> Result<Value, Value> {
    let Some(pointer) = session.rules().name_pointer() else { return Ok(payload) };
    match pointed(&payload, pointer) {
        Some(found) if found == name => Ok(payload),
        Some(found) => Err(found.clone()),
        None => {
            if payload.is_object() {
                login::put(&mut payload, pointer, name);
            }
            Ok(payload)
        }
    }
}

/// The event of that name that `side` sends on the session's channel.
pub fn event(session: &Session, side: Side, name: &str) -> Option<EventIdx> {
    let events = session.protocol.direction(session.channel_idx, side);
    events.iter().copied().find(|event| session.event(*event).name == name)
}
