//! Faults of Engine.IO, and of joining a namespace of Socket.IO.

use serde_json::{Value, json};

use crate::fault::Engine;

/// What goes on to the client of an Engine.IO packet, if anything.
pub fn pass(fault: Engine, packet: &str) -> Option<String> {
    let opened = || packet.strip_prefix('0').and_then(|text| serde_json::from_str::<Value>(text).ok());
    match fault {
        Engine::NoSid if let Some(mut open) = opened() => {
            open["sid"].take();
            Some(format!("0{open}"))
        }
        Engine::NoPings(every) if let Some(mut open) = opened() => {
            open["pingInterval"] = json!(every);
            open["pingTimeout"] = json!(every);
            Some(format!("0{open}"))
        }
        Engine::NoPings(_) if packet == "2" => None,
        Engine::NoProbe if packet == "3probe" => None,
        Engine::ConnectError if let Some(rest) = packet.strip_prefix("40") => {
            let namespace = rest.split('{').next().unwrap_or_default();
            Some(format!("44{namespace}{}", json!({ "message": "the server is full" })))
        }
        Engine::NoConnect if packet.starts_with("40") || packet.starts_with("44") => None,
        _ => Some(packet.to_owned()),
    }
}
