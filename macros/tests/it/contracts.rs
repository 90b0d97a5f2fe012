//! The bundled contracts, as their users see them.

use serde_json::json;

use crate::{builder, orbit};

#[test]
fn an_event_is_told_by_its_name() {
    let bytes = br#"{"id":"2eb8aa08-aa98-11ea-b4aa-73b441d16380","type":"task.updated","timestamp":"2025-11-13T09:21:05Z",
        "payload":{"task_id":"2eb8aa08-aa98-11ea-b4aa-73b441d16381","status":"running","progress":45}}"#;
    match orbit::ServerEvent::from_slice(bytes).unwrap() {
        orbit::ServerEvent::TaskUpdated(event) => assert_eq!(event.payload.progress.unwrap().get(), 45),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_unknown_event_is_kept() {
    let event = orbit::ServerEvent::from_value(json!({ "type": "task.paused", "payload": 1 })).unwrap();
    assert_eq!(event.name(), "task.paused");
    assert_eq!(event.to_value().unwrap(), json!({ "type": "task.paused", "payload": 1 }));
}

#[test]
fn the_last_of_two_names_counts() {
    let event = orbit::ClientEvent::from_slice(br#"{ "type": "nothing", "type": "ping" }"#).unwrap();
    assert_eq!(event, orbit::Ping::new().into());
    let event = orbit::ClientEvent::from_slice(br#"{ "type": "ping", "type": "nothing" }"#).unwrap();
    assert_eq!(event.name(), "nothing");
    let error = orbit::ServerEvent::from_slice(br#"{ "type": "x", "type": "task.updated" }"#).unwrap_err();
    assert_eq!(error.kind(), handfast::ErrorKind::Invalid);
}

#[test]
fn a_payload_without_a_name_is_told_after_broken_text() {
    let kind = |bytes| orbit::ServerEvent::from_slice(bytes).map_err(|error| error.kind()).unwrap_err();
    assert_eq!(kind(b"{ \"a\": \"\xff\" }"), handfast::ErrorKind::Syntax);
    assert_eq!(kind(br#"{ "a": "\ud800" }"#), handfast::ErrorKind::Syntax);
    assert_eq!(kind(br#"{ "a": "b" }"#), handfast::ErrorKind::Unnamed);
}

#[test]
fn a_ping_needs_no_arguments() {
    let ping = orbit::ClientEvent::from(orbit::Ping::new());
    assert_eq!(ping.to_value().unwrap(), json!({ "type": "ping" }));
}

#[test]
fn an_event_named_by_its_transport() {
    let event = builder::ServerEvent::from_parts("ping", json!(null)).unwrap();
    assert_eq!(event, builder::ServerEvent::Ping(builder::Ping));
}

#[test]
fn an_enumeration_is_read_from_text() {
    assert_eq!("running".parse(), Ok(orbit::ActiveTaskStatus::Running));
    let error = "resting".parse::<orbit::ActiveTaskStatus>().unwrap_err();
    assert_eq!(error.to_string(), "`resting` is no ActiveTaskStatus");
}
