//! Faults of a server that speaks WebSocket and Server-Sent Events.

use std::time::Duration;

use crate::detection::{case, check};
use crate::fault::Change::{
    After, Behind, Called, Closed, Garbage, Late, Lost, Repeating, Silent, Then, Twice, With, Without,
};
use crate::fault::Fault::{Admits, Event, Ignores};
use crate::play::Protocol::Orbit;

/// Long enough for everything that comes at all.
const SOON: Duration = Duration::from_millis(600);
/// Later than that, and than a second.
const LATER: Duration = Duration::from_millis(1200);
/// A valid event, whatever the topics.
const STATUS: &str = r#"{
    "id": "0197a3c4-5d1e-7b42-9f60-000000000006", "type": "container.status", "timestamp": "2025-11-13T09:21:05Z",
    "payload": { "container_id": "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743", "status": "ready" }
}"#;
const PONG: &str = r#"{
    "id": "0197a3c4-5d1e-7b42-9f60-00000000000b", "type": "pong", "timestamp": "2025-11-13T09:21:05Z", "payload": {}
}"#;

#[tokio::test(flavor = "multi_thread")]
async fn over_websocket() {
    let install = "install-an-app";
    let start = "start-a-container";
    check(
        Orbit,
        vec![
            // What does not come, comes twice, too late or out of order.
            case(install, Event("task.created", 0, Lost), "task.updated", "lifecycle"),
            case(install, Event("task.updated", 1, Lost), "task.updated", "missing-event"),
            case(install, Event("task.completed", 0, Lost), "task.completed", "deadline").within(SOON),
            case(install, Event("task.updated", 2, Twice), "task.updated", "unique"),
            case(install, Event("task.completed", 0, Twice), "task.completed", "unique"),
            case(install, Event("task.created", 0, Behind("task.updated")), "task.updated", "lifecycle"),
            case(
                install,
                Event("task.updated", 3, Behind("task.completed")),
                "task.updated",
                "missing-event",
            ),
            case(install, Event("app.install.log", 1, Late(LATER)), "app.install.log", "deadline")
                .within(SOON),
            case(
                start,
                Event("container.status", 0, Behind("container.status")),
                "container.status",
                "missing-event",
            ),
            // What is not valid.
            case(install, Event("task.created", 0, Without("/timestamp")), "task.created", "schema"),
            case(install, Event("task.updated", 0, Without("/payload/task_id")), "task.updated", "schema"),
            case(install, Event("task.completed", 0, Without("/payload/result")), "task.completed", "schema"),
            case(
                install,
                Event("task.updated", 1, With("/payload/progress", "\"33\"")),
                "task.updated",
                "schema",
            ),
            case(
                install,
                Event("task.updated", 1, With("/payload/progress", "33.5")),
                "task.updated",
                "schema",
            ),
            case(install, Event("task.created", 0, With("/payload", "[]")), "task.created", "schema"),
            case(
                install,
                Event("task.updated", 0, With("/payload/status", "\"walking\"")),
                "task.updated",
                "schema",
            ),
            case(
                install,
                Event("task.completed", 0, With("/payload/status", "null")),
                "task.completed",
                "schema",
            ),
            case(
                install,
                Event("task.updated", 3, With("/payload/progress", "101")),
                "task.updated",
                "schema",
            ),
            case(
                install,
                Event("task.updated", 3, With("/payload/progress", "-1")),
                "task.updated",
                "schema",
            ),
            case(install, Event("task.created", 0, With("/id", "\"7\"")), "task.created", "schema"),
            case(
                install,
                Event("task.created", 0, With("/timestamp", "\"yesterday\"")),
                "task.created",
                "schema",
            ),
            case(
                "snapshot-and-export",
                Event("export.ready", 0, With("/payload/location", "\"no uri\"")),
                "export.ready",
                "schema",
            ),
            case(
                install,
                Event("container.metrics", 0, With("/payload/cpu_percent", "-0.5")),
                "container.metrics",
                "schema",
            ),
            case(
                install,
                Event("container.metrics", 1, Without("/payload/disk_bytes")),
                "container.metrics",
                "schema",
            ),
            // What is valid, and wrong.
            case(
                install,
                Event("task.updated", 1, With("/payload/progress", "34")),
                "task.updated",
                "mismatch",
            ),
            case(
                install,
                Event(
                    "task.updated",
                    0,
                    With("/payload/task_id", "\"9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743\""),
                ),
                "task.updated",
                "lifecycle",
            ),
            case(install, Event("task.updated", 1, Repeating("/id")), "task.updated", "unique"),
            case(install, Event("container.metrics", 1, Repeating("/id")), "container.metrics", "unique"),
            case(
                "topics-filter",
                Event("task.updated", 0, After("container.status", STATUS)),
                "container.status",
                "filter",
            ),
            case(
                start,
                Event("task.completed", 0, After("container.status", STATUS)),
                "container.status",
                "unexpected-event",
            ),
            case(
                start,
                Event("task.completed", 0, Then("container.status", STATUS)),
                "container.status",
                "never",
            ),
            // What is no event of the contract.
            case(
                install,
                Event("task.updated", 1, With("/type", "\"task.changed\"")),
                "task.changed",
                "unknown-event",
            ),
            case(install, Event("task.updated", 1, Without("/type")), "", "unknown-event"),
            case(install, Event("task.updated", 1, Garbage("{\"type\": ")), "", "malformed"),
            case(install, Event("container.metrics", 0, Garbage("hello")), "", "malformed"),
            // The connection.
            case(install, Event("task.updated", 1, Closed), "task.updated", "closed"),
            case("refuses-a-bad-token", Admits("not-the-token"), "", "refusal"),
            case("ping", Event("pong", 0, Silent), "pong", "deadline").scaled(0.3),
            case("ping", Event("pong", 1, Late(LATER)), "pong", "deadline"),
            case("ping", Event("pong", 0, Twice), "pong", "unique"),
            case("ping", Event("pong", 0, After("pong", PONG)), "pong", "heartbeat"),
            // The question that ends a session is a ping, too.
            case(start, Event("pong", 0, Silent), "pong", "heartbeat").scaled(0.2),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_sse() {
    let install = "stream-an-install";
    check(
        Orbit,
        vec![
            case(install, Event("task.created", 0, Lost), "task.updated", "lifecycle"),
            case(install, Event("task.updated", 1, Lost), "task.updated", "missing-event"),
            case(install, Event("task.completed", 0, Lost), "task.completed", "deadline").within(SOON),
            case(install, Event("task.updated", 2, Twice), "task.updated", "unique"),
            case(install, Event("task.created", 0, Behind("task.updated")), "task.updated", "lifecycle"),
            case(install, Event("app.install.log", 1, Late(LATER)), "app.install.log", "deadline")
                .within(SOON),
            case(install, Event("task.updated", 0, Without("/payload/task_id")), "task.updated", "schema"),
            case(
                install,
                Event("task.updated", 1, With("/payload/progress", "\"33\"")),
                "task.updated",
                "schema",
            ),
            case(
                install,
                Event("task.updated", 0, With("/payload/status", "\"walking\"")),
                "task.updated",
                "schema",
            ),
            case(
                install,
                Event("task.updated", 3, With("/payload/progress", "101")),
                "task.updated",
                "schema",
            ),
            case(
                install,
                Event("task.created", 0, With("/timestamp", "\"yesterday\"")),
                "task.created",
                "schema",
            ),
            case(
                install,
                Event("task.updated", 3, With("/payload/progress", "99")),
                "task.updated",
                "mismatch",
            ),
            case(install, Event("task.updated", 1, Repeating("/id")), "task.updated", "unique"),
            case(
                install,
                Event("task.updated", 1, With("/id", "\"9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743\"")),
                "task.updated",
                "resume",
            ),
            case(
                install,
                Event("task.updated", 1, After("container.status", STATUS)),
                "container.status",
                "filter",
            ),
            case(install, Event("task.updated", 1, Called("task.changed")), "task.updated", "event-name"),
            case(
                install,
                Event("task.updated", 1, With("/type", "\"task.changed\"")),
                "task.changed",
                "unknown-event",
            ),
            case(install, Event("task.updated", 1, Garbage("hello")), "", "malformed"),
            case(install, Event("task.updated", 1, Closed), "task.updated", "closed"),
            case("stream-refuses-a-bad-token", Admits("not-the-token"), "", "refusal"),
            case("stream-resumes", Ignores("last-event-id"), "task.updated", "resume"),
            case("stream-resumes", Event("task.updated", 1, Silent), "task.completed", "resume"),
        ],
    )
    .await;
}
