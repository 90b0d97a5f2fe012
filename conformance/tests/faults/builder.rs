//! Faults of a server that speaks Socket.IO.

use std::time::Duration;

use handfast_conformance::transport::EngineMode;

use crate::detection::{case, check};
use crate::fault::Change::{
    After, Behind, Called, Closed, Garbage, Late, Lost, Silent, Then, Twice, With, Without,
};
use crate::fault::Fault::{Admits, Event};
use crate::play::Protocol::Builder;

const SOON: Duration = Duration::from_millis(600);
/// Two seconds, scaled by 0.032.
const PATIENT: Duration = Duration::from_secs(60);
const LATER: Duration = Duration::from_millis(1200);

/// A valid event.
const JOINED: &str = r#"{ "projectId": "p", "members": 1 }"#;

#[tokio::test(flavor = "multi_thread")]
async fn over_socketio() {
    let build = "build-a-project";
    let deploy = "deploy";
    check(
        Builder,
        vec![
            case(build, Event("authenticated", 0, Lost), "authenticated", "deadline").within(SOON),
            case(build, Event("build:started", 0, Lost), "build:started", "missing-event"),
            case(build, Event("build:progress", 1, Lost), "build:progress", "missing-event"),
            case(build, Event("agent:output", 0, Lost), "agent:output", "missing-event"),
            case(deploy, Event("deployment:success", 0, Lost), "deployment:success", "deadline").within(SOON),
            case(build, Event("project-joined", 0, Twice), "project-joined", "unexpected-event"),
            case(build, Event("build:started", 0, Twice), "build:started", "lifecycle"),
            case(build, Event("agent:status:update", 0, Twice), "agent:status:update", "unexpected-event"),
            case(deploy, Event("deployment:success", 0, Twice), "deployment:success", "lifecycle"),
            case(
                build,
                Event("build:started", 0, Behind("agent:status:update")),
                "build:started",
                "missing-event",
            ),
            case(
                "deploy-in-any-order",
                Event("deployment:progress", 2, Behind("deployment:success")),
                "deployment:progress",
                "lifecycle",
            ),
            case(deploy, Event("deployment:progress", 1, Late(LATER)), "deployment:progress", "deadline")
                .within(SOON),
            case(build, Event("build:started", 0, Without("/timestamp")), "build:started", "schema"),
            case(build, Event("build:completed", 0, Without("/payload/stats")), "build:completed", "schema"),
            case(build, Event("authenticated", 0, Without("/userId")), "authenticated", "schema"),
            case(
                build,
                Event("build:started", 0, With("/payload/phases", "\"analyze\"")),
                "build:started",
                "schema",
            ),
            case(build, Event("build:started", 0, With("/timestamp", "\"now\"")), "build:started", "schema"),
            case(build, Event("project-joined", 0, With("/members", "0")), "project-joined", "schema"),
            case(
                deploy,
                Event("deployment:progress", 0, With("/payload/stage", "\"waiting\"")),
                "deployment:progress",
                "schema",
            ),
            case(
                deploy,
                Event("deployment:progress", 0, With("/payload/progress", "140")),
                "deployment:progress",
                "schema",
            ),
            case(
                build,
                Event("build:completed", 0, With("/payload/previewUrl", "\"no url\"")),
                "build:completed",
                "schema",
            ),
            case(build, Event("authenticated", 0, With("/userId", "\"me\"")), "authenticated", "schema"),
            case(
                build,
                Event("build:progress", 0, With("/type", "\"build:started\"")),
                "build:progress",
                "schema",
            ),
            case("heartbeat", Event("ping", 0, With("", "\"ping\"")), "ping", "schema"),
            case(
                deploy,
                Event("deployment:progress", 1, With("/payload/progress", "41")),
                "deployment:progress",
                "mismatch",
            ),
            case(
                deploy,
                Event("deployment:progress", 1, With("/payload/deploymentId", "\"other\"")),
                "deployment:progress",
                "mismatch",
            ),
            case(
                "decide",
                Event("user:decision:required", 0, After("build:completed", "{}")),
                "build:completed",
                "schema",
            ),
            case(
                build,
                Event("build:progress", 1, Called("build:advanced")),
                "build:advanced",
                "unknown-event",
            ),
            case(build, Event("build:progress", 1, Garbage("[\"build:progress\",")), "", "malformed"),
            case(build, Event("build:progress", 1, Garbage("")), "", "malformed"),
            case(build, Event("build:progress", 1, Closed), "build:progress", "closed"),
            case("heartbeat", Event("ping", 1, Silent), "ping", "deadline").scaled(0.032).within(PATIENT),
            case("stay-alive", Event("ping", 1, Silent), "ping", "heartbeat").scaled(0.032).within(PATIENT),
            case("refuse-a-bad-token", Admits("not.a.token"), "", "refusal"),
            case("refuse-a-bad-payload", Event("error", 0, Lost), "error", "deadline").within(SOON),
            case(
                "refuse-a-bad-payload",
                Event("error", 0, Then("project-joined", JOINED)),
                "project-joined",
                "never",
            ),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_each_carrier_of_socketio() {
    let both = [EngineMode::Polling, EngineMode::WebSocket];
    let cases = both.into_iter().flat_map(|engine| {
        [
            case("deploy", Event("deployment:success", 0, Lost), "deployment:success", "deadline")
                .within(SOON),
            case("deploy", Event("deployment:success", 0, Twice), "deployment:success", "lifecycle"),
            case(
                "deploy",
                Event("deployment:progress", 0, With("/payload/progress", "140")),
                "deployment:progress",
                "schema",
            ),
            case("deploy", Event("deployment:progress", 1, Garbage("no")), "", "malformed"),
            case("deploy", Event("deployment:progress", 1, Closed), "deployment:progress", "closed"),
        ]
        .map(|case| case.over(engine))
    });
    // Which the proxy can exchange in a request alone.
    let admitted = case("renew-the-token", Admits("not.a.token"), "authenticated", "unexpected-event");
    check(Builder, cases.chain([admitted.over(EngineMode::Polling)]).collect()).await;
}
