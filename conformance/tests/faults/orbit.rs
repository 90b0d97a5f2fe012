//! Faults of a server that speaks WebSocket and Server-Sent Events.

use std::time::Duration;

use crate::detection::Level::{self, Frame, Handshake, Heartbeat, Order, Request, Resume, Time};
use crate::detection::{Case, at, case, over, passes};
use crate::fault::Change::{
    After, Behind, Called, Closed, Garbage, Late, Lost, Renamed, Repeating, Replaying, Reversed, Silent,
    Stalled, Swapped, Then, Twice, With, Without, Wrapped,
};
use crate::fault::Farewell::{Hangup, OtherCode, Withheld};
use crate::fault::Fault::{self, Admits, Bytes, Close, Event, Ignores, NoPongs, Reply};
use crate::fault::Opening::{Header, Headless, Never, Redirect, Status};
use crate::fault::Reply::{BrokenOff, OtherBody, OtherStatus, Page, Unanswered};
use crate::fault::Spoil::{
    self, Binary, CloseCode, CloseUtf8, Continued, CutPing, Doubled, Dribbled, HalfCode, Halted, Halved,
    Huge, LongLength, LongPing, Masked, ReservedBit, ReservedOpcode, Truncated, Unfinished, Unnumbered, Utf8,
};
use crate::play::Protocol::Orbit;

/// Long enough for everything that comes at all.
const SOON: Duration = Duration::from_millis(600);
/// Later than that, and than a second.
const LATER: Duration = Duration::from_millis(1200);
/// Of a hundred bytes, longer than that.
const DRIP: Duration = Duration::from_millis(12);
/// Of what an answer or a handshake may take it leaves a second.
const HASTY: f64 = 0.2;
/// A valid event, whatever the topics.
const STATUS: &str = r#"{
    "id": "0197a3c4-5d1e-7b42-9f60-000000000006", "type": "container.status", "timestamp": "2025-11-13T09:21:05Z",
    "payload": { "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743", "status": "ready" }
}"#;
const PONG: &str = r#"{
    "id": "0197a3c4-5d1e-7b42-9f60-00000000000b", "type": "pong", "timestamp": "2025-11-13T09:21:05Z", "payload": {}
}"#;
const OTHER_ID: &str = "\"9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743\"";
const INSTALL: &str = "install-an-app";
const START: &str = "start-a-container";
const STREAM: &str = "stream-an-install";
const RESUMES: &str = "stream-resumes";

/// The faults of the WebSocket.
pub fn websocket() -> Vec<Case> {
    let levels = vec![
        at(Level::Event, [events(INSTALL), events_of_websocket()].concat()),
        at(Order, order(INSTALL)),
        at(Time, time(INSTALL)),
        at(Frame, frames()),
        at(Handshake, handshakes()),
        at(Request, requests()),
        at(Heartbeat, heartbeats()),
        at(Level::Close, closes()),
    ];
    over(Orbit, "websocket", levels)
}

/// The faults of the stream.
pub fn sse() -> Vec<Case> {
    let levels = vec![
        at(Level::Event, [events(STREAM), events_of_stream()].concat()),
        at(Order, order(STREAM)),
        at(Time, time(STREAM)),
        at(Frame, blocks()),
        at(Handshake, handshakes_of_stream()),
        at(Resume, resumes()),
        at(Level::Close, vec![case(STREAM, Event("task.updated", 1, Closed), "task.updated", "closed")]),
    ];
    over(Orbit, "sse", levels)
}

/// What can be wrong with the events of an installation.
fn events(install: &'static str) -> Vec<Case> {
    let updated = |nth, change, rule| case(install, Event("task.updated", nth, change), "task.updated", rule);
    let created = |change, rule| case(install, Event("task.created", 0, change), "task.created", rule);
    vec![
        // What does not come, or comes twice.
        case(install, Event("task.created", 0, Lost), "task.updated", "lifecycle"),
        updated(1, Lost, "missing-event"),
        case(install, Event("task.completed", 0, Lost), "task.completed", "deadline").within(SOON),
        updated(2, Silent, "missing-event"),
        updated(2, Twice, "unique"),
        case(install, Event("task.updated", 1, Replaying("task.created")), "task.created", "unique"),
        // What is not valid.
        updated(0, Without("/payload/task_id"), "schema"),
        updated(0, Renamed("/payload/task_id", "taskId"), "schema"),
        updated(1, With("/payload/progress", "\"33\""), "schema"),
        updated(0, With("/payload/status", "\"walking\""), "schema"),
        updated(3, With("/payload/progress", "101"), "schema"),
        created(With("/timestamp", "\"yesterday\""), "schema"),
        // What is valid, and wrong.
        updated(1, Repeating("/id"), "unique"),
        updated(1, Swapped("/id", "/payload/task_id"), "lifecycle"),
        // What is no event of the contract.
        case(
            install,
            Event("task.updated", 1, With("/type", "\"task.changed\"")),
            "task.changed",
            "unknown-event",
        ),
        updated(1, Without("/type"), "unknown-event"),
        updated(1, Renamed("/type", "kind"), "unknown-event"),
        updated(1, Wrapped, "unknown-event"),
        updated(1, Garbage("hello"), "malformed"),
    ]
}

fn events_of_websocket() -> Vec<Case> {
    let status = "container.status";
    let metrics =
        |nth, change, rule| case(INSTALL, Event("container.metrics", nth, change), "container.metrics", rule);
    vec![
        case(INSTALL, Event("task.completed", 0, Twice), "task.completed", "unique"),
        case(INSTALL, Event("task.created", 0, Without("/timestamp")), "task.created", "schema"),
        case(INSTALL, Event("task.completed", 0, Without("/payload/result")), "task.completed", "schema"),
        case(INSTALL, Event("task.updated", 1, With("/payload/progress", "33.5")), "task.updated", "schema"),
        case(INSTALL, Event("task.created", 0, With("/payload", "[]")), "task.created", "schema"),
        case(
            INSTALL,
            Event("task.completed", 0, With("/payload/status", "null")),
            "task.completed",
            "schema",
        ),
        case(INSTALL, Event("task.updated", 3, With("/payload/progress", "-1")), "task.updated", "schema"),
        case(INSTALL, Event("task.created", 0, With("/id", "\"7\"")), "task.created", "schema"),
        case(INSTALL, Event("task.updated", 1, With("/payload/progress", "34")), "task.updated", "mismatch"),
        case(
            "snapshot-and-export",
            Event("export.ready", 0, With("/payload/location", "\"no uri\"")),
            "export.ready",
            "schema",
        ),
        metrics(0, With("/payload/cpu_percent", "-0.5"), "schema"),
        metrics(1, Without("/payload/disk_bytes"), "schema"),
        metrics(1, Repeating("/id"), "unique"),
        case("metrics", Event("container.metrics", 0, Garbage("hello")), "container.metrics", "malformed"),
        case(
            INSTALL,
            Event("task.updated", 0, With("/payload/task_id", OTHER_ID)),
            "task.updated",
            "lifecycle",
        ),
        case("topics-filter", Event("task.updated", 0, After(status, STATUS)), status, "filter"),
        case(START, Event("task.completed", 0, After(status, STATUS)), status, "unexpected-event"),
        case(START, Event("task.completed", 0, Then(status, STATUS)), status, "never"),
        case(INSTALL, Event("task.updated", 1, Garbage("{\"type\": ")), "task.updated", "malformed"),
        // What no contract says.
        passes(
            "metrics",
            Event("container.metrics", 1, With("/timestamp", "\"2001-01-01T00:00:00Z\"")),
            "the contract does not say whose clock it is, nor that it runs forwards",
        ),
        passes(
            INSTALL,
            Event("container.metrics", 0, Silent),
            "noise may come at any time, and need not come at all",
        ),
    ]
}

fn events_of_stream() -> Vec<Case> {
    let status = "container.status";
    vec![
        case(STREAM, Event("task.updated", 3, With("/payload/progress", "99")), "task.updated", "mismatch"),
        case(STREAM, Event("task.updated", 1, With("/id", OTHER_ID)), "task.updated", "resume"),
        case(STREAM, Event("task.updated", 1, After(status, STATUS)), status, "filter"),
        case(STREAM, Event("task.updated", 1, Called("task.changed")), "task.updated", "event-name"),
    ]
}

fn order(install: &'static str) -> Vec<Case> {
    let updated = |nth, change, rule| case(install, Event("task.updated", nth, change), "task.updated", rule);
    let mut cases =
        vec![case(install, Event("task.created", 0, Behind("task.updated")), "task.updated", "lifecycle")];
    if install == INSTALL {
        // The session of the stream leaves more open.
        cases.push(updated(0, Reversed("task.updated"), "mismatch"));
        let status = "container.status";
        cases.push(updated(3, Behind("task.completed"), "missing-event"));
        cases.push(case(START, Event(status, 0, Behind(status)), status, "missing-event"));
    }
    cases
}

fn time(install: &'static str) -> Vec<Case> {
    let log = "app.install.log";
    vec![
        case(install, Event(log, 1, Late(LATER)), log, "deadline").within(SOON),
        case(install, Event("task.updated", 2, Stalled), "task.updated", "deadline").within(SOON),
        case(install, Bytes("task.updated", 1, Dribbled(DRIP)), "task.updated", "deadline").within(SOON),
        case(install, Bytes("task.updated", 1, Halted), "task.updated", "deadline").within(SOON),
    ]
}

fn frames() -> Vec<Case> {
    let wrong = [
        Continued,
        Unfinished,
        Masked,
        ReservedBit,
        ReservedOpcode,
        Huge,
        LongPing,
        CutPing,
        Utf8,
        Halved,
        Doubled,
        HalfCode,
        CloseUtf8,
    ];
    let updated = |spoil: Spoil, rule| case(INSTALL, Bytes("task.updated", 1, spoil), "task.updated", rule);
    let mut cases: Vec<_> = wrong.into_iter().map(|spoil| updated(spoil, "malformed")).collect();
    cases.extend([
        updated(Binary, "unknown-event"),
        updated(Truncated, "closed"),
        case(START, NoPongs, "", "deadline").scaled(HASTY),
        passes(
            INSTALL,
            Bytes("task.updated", 1, LongLength),
            "no client looks whether a length is as short as can be",
        ),
    ]);
    cases
}

fn blocks() -> Vec<Case> {
    let updated = |spoil: Spoil, rule| case(STREAM, Bytes("task.updated", 1, spoil), "task.updated", rule);
    vec![
        updated(Utf8, "malformed"),
        updated(Truncated, "malformed"),
        updated(Halved, "malformed"),
        updated(Doubled, "malformed"),
        updated(Unnumbered, "resume"),
        case(STREAM, Bytes("task.created", 0, Unnumbered), "task.created", "resume"),
    ]
}

fn handshakes() -> Vec<Case> {
    let wrong = |opening, rule| case("ping", Fault::Handshake(opening), "", rule);
    vec![
        wrong(Status(200), "refused"),
        wrong(Status(503), "refused"),
        wrong(Redirect, "refused"),
        wrong(Headless("upgrade"), "malformed"),
        wrong(Headless("sec-websocket-accept"), "malformed"),
        wrong(Header("sec-websocket-accept", "bm90IHRoZSBhbnN3ZXI="), "malformed"),
        wrong(Headless("sec-websocket-protocol"), "malformed"),
        wrong(Header("sec-websocket-protocol", "other.v1"), "malformed"),
        wrong(Header("sec-websocket-extensions", "permessage-deflate"), "malformed"),
        wrong(Never, "").unreachable().scaled(0.1),
        case("refuses-a-bad-token", Admits("not-the-token"), "", "refusal"),
        case("refuses-a-bad-token", Fault::Handshake(Status(403)), "", "refusal"),
    ]
}

fn handshakes_of_stream() -> Vec<Case> {
    let wrong = |opening, rule| case(STREAM, Fault::Handshake(opening), "", rule);
    vec![
        wrong(Status(204), "refused"),
        wrong(Status(500), "refused"),
        wrong(Redirect, "refused"),
        wrong(Headless("content-type"), "refused"),
        wrong(Header("content-type", "application/json"), "refused"),
        wrong(Never, "").unreachable().scaled(0.1),
        case("stream-refuses-a-bad-token", Admits("not-the-token"), "", "refusal"),
    ]
}

fn requests() -> Vec<Case> {
    vec![
        case(INSTALL, Reply(OtherStatus(500)), "", "response"),
        case(INSTALL, Reply(OtherStatus(200)), "", "response"),
        case(INSTALL, Reply(OtherBody("/task/progress", "1")), "", "response"),
        case(INSTALL, Reply(OtherBody("/task/id", "7")), "", "response"),
        case(INSTALL, Reply(Page), "", "response"),
        case(INSTALL, Reply(BrokenOff), "", "response"),
        case(INSTALL, Reply(Unanswered), "", "deadline").scaled(HASTY),
    ]
}

fn heartbeats() -> Vec<Case> {
    vec![
        case("ping", Event("pong", 0, Silent), "pong", "deadline").scaled(0.3),
        case("ping", Event("pong", 1, Late(LATER)), "pong", "deadline"),
        case("ping", Event("pong", 0, Twice), "pong", "unique"),
        case("ping", Event("pong", 0, After("pong", PONG)), "pong", "heartbeat"),
        // The question that ends a session is a ping, too.
        case(START, Event("pong", 0, Silent), "pong", "heartbeat").scaled(HASTY),
    ]
}

fn resumes() -> Vec<Case> {
    let completed =
        |nth, change, rule| case(RESUMES, Event("task.completed", nth, change), "task.completed", rule);
    vec![
        // It begins anew, leaves a gap, says again what came before, or something else than before.
        case(RESUMES, Ignores("last-event-id"), "task.updated", "resume"),
        case(RESUMES, Event("task.updated", 1, Silent), "task.completed", "resume"),
        case(RESUMES, Event("task.completed", 1, Replaying("task.created")), "task.created", "resume"),
        completed(1, With("/id", OTHER_ID), "resume"),
        case(RESUMES, Event("task.updated", 3, Twice), "task.updated", "unique"),
    ]
}

fn closes() -> Vec<Case> {
    let early = |fault| case(INSTALL, fault, "task.updated", "closed");
    vec![
        early(Event("task.updated", 1, Closed)),
        early(Bytes("task.updated", 1, CloseCode(1000))),
        early(Bytes("task.updated", 1, CloseCode(1011))),
        early(Bytes("task.updated", 1, CloseCode(1005))),
        case(INSTALL, Close(Withheld), "", "closed"),
        case(INSTALL, Close(Hangup), "", "closed"),
        case(INSTALL, Close(OtherCode(1001)), "", "closed"),
    ]
}
