//! Faults of a server that speaks Socket.IO.

use std::time::Duration;

use handfast_conformance::transport::EngineMode;

use crate::detection::Level::{self, Frame, Handshake, Heartbeat, Order, Request, Time};
use crate::detection::{Case, at, case, over};
use crate::fault::Change::{
    After, Behind, Called, Closed, Garbage, Late, Lost, Renamed, Replaying, Reversed, Silent, Stalled,
    Swapped, Then, Twice, With, Without, Wrapped,
};
use crate::fault::Engine::{ConnectError, NoConnect, NoPings, NoProbe, NoSid, NoUpgrade, PollStatus};
use crate::fault::Fault::{self, Admits, Bytes, Engine, Event, Reply};
use crate::fault::Opening::{Header, Headless, Never, Redirect, Status};
use crate::fault::Packet::{
    Argued, Attached, ConnectedAgain, Disconnected, Elsewhere, EngineClosed, Nameless, Unasked,
    UnknownEngine, UnknownType,
};
use crate::fault::Reply::{OtherBody, OtherStatus, Page, Unanswered};
use crate::fault::Spoil::{
    Binary, CloseCode, CloseUtf8, Continued, Doubled, Dribbled, Halted, Halved, Huge, Masked, ReservedBit,
    Truncated, Unfinished, Utf8,
};
use crate::play::Protocol::Builder;

const SOON: Duration = Duration::from_millis(600);
/// Two seconds, scaled by [`HEART`].
const PATIENT: Duration = Duration::from_secs(60);
const LATER: Duration = Duration::from_millis(1200);
const DRIP: Duration = Duration::from_millis(12);
/// Of the 75 s after which a silent server is dead it leaves 2.4.
const HEART: f64 = 0.032;
/// Of what an answer or a handshake may take it leaves a second.
const HASTY: f64 = 0.2;
/// How often a server says that it pings, in milliseconds.
const PINGS: u64 = 400;

/// A valid event.
const JOINED: &str = r#"{ "projectId": "p", "members": 1 }"#;
const BUILD: &str = "build-a-project";
const DEPLOY: &str = "deploy";
const ALIVE: &str = "stay-alive";
const IN_ANY_ORDER: &str = "deploy-in-any-order";

/// The faults of Socket.IO, as it usually travels.
pub fn socketio() -> Vec<Case> {
    let levels = vec![
        at(Level::Event, [events(), packets()].concat()),
        at(Order, order()),
        at(Time, time()),
        at(Handshake, handshakes()),
        at(Request, requests()),
        at(Heartbeat, heartbeats()),
        at(Level::Close, closes()),
    ];
    over(Builder, "socket.io", levels)
}

/// The faults of what carries Socket.IO.
pub fn carriers() -> Vec<Case> {
    let by = |engine, cases: Vec<Case>| cases.into_iter().map(|case| case.by(engine)).collect();
    let polling = vec![
        at(Level::Event, by(EngineMode::Polling, everywhere())),
        at(Frame, by(EngineMode::Polling, payloads())),
        // Which the proxy can exchange in a request alone.
        at(
            Handshake,
            vec![
                case("renew-the-token", Admits("not.a.token"), "authenticated", "unexpected-event")
                    .by(EngineMode::Polling),
            ],
        ),
    ];
    let websocket = vec![
        at(Level::Event, by(EngineMode::WebSocket, everywhere())),
        at(Frame, by(EngineMode::WebSocket, frames())),
        at(Handshake, by(EngineMode::WebSocket, handshakes_of_websocket())),
        at(Level::Close, by(EngineMode::WebSocket, closes_of_websocket())),
    ];
    [over(Builder, "polling", polling), over(Builder, "eio-websocket", websocket)].concat()
}

fn events() -> Vec<Case> {
    let started = |change, rule| case(BUILD, Event("build:started", 0, change), "build:started", rule);
    let progress = |nth, change, rule| {
        case(DEPLOY, Event("deployment:progress", nth, change), "deployment:progress", rule)
    };
    let success =
        |change, rule| case(DEPLOY, Event("deployment:success", 0, change), "deployment:success", rule);
    vec![
        case(BUILD, Event("authenticated", 0, Lost), "authenticated", "deadline").within(SOON),
        started(Lost, "missing-event"),
        case(BUILD, Event("build:progress", 1, Lost), "build:progress", "missing-event"),
        case(BUILD, Event("agent:output", 0, Lost), "agent:output", "missing-event"),
        success(Lost, "deadline").within(SOON),
        case(BUILD, Event("agent:status:update", 2, Silent), "agent:status:update", "missing-event"),
        case(BUILD, Event("project-joined", 0, Twice), "project-joined", "unexpected-event"),
        started(Twice, "lifecycle"),
        case(BUILD, Event("agent:status:update", 0, Twice), "agent:status:update", "unexpected-event"),
        success(Twice, "lifecycle"),
        case(BUILD, Event("build:progress", 2, Replaying("build:started")), "build:started", "lifecycle"),
        started(Without("/timestamp"), "schema"),
        case(BUILD, Event("build:completed", 0, Without("/payload/stats")), "build:completed", "schema"),
        case(BUILD, Event("authenticated", 0, Without("/userId")), "authenticated", "schema"),
        case(BUILD, Event("project-joined", 0, Renamed("/projectId", "project")), "project-joined", "schema"),
        started(Wrapped, "schema"),
        started(With("/payload/phases", "\"analyze\""), "schema"),
        started(With("/timestamp", "\"now\""), "schema"),
        case(BUILD, Event("project-joined", 0, With("/members", "0")), "project-joined", "schema"),
        progress(0, With("/payload/stage", "\"waiting\""), "schema"),
        progress(0, With("/payload/progress", "140"), "schema"),
        case(
            BUILD,
            Event("build:completed", 0, With("/payload/previewUrl", "\"no url\"")),
            "build:completed",
            "schema",
        ),
        case(BUILD, Event("authenticated", 0, With("/userId", "\"me\"")), "authenticated", "schema"),
        case(
            BUILD,
            Event("build:progress", 0, With("/type", "\"build:started\"")),
            "build:progress",
            "schema",
        ),
        progress(1, With("/payload/progress", "41"), "mismatch"),
        progress(1, With("/payload/deploymentId", "\"other\""), "mismatch"),
        progress(1, Swapped("/payload/deploymentId", "/payload/stage"), "schema"),
        case(
            "decide",
            Event("user:decision:required", 0, After("build:completed", "{}")),
            "build:completed",
            "schema",
        ),
        case(BUILD, Event("build:progress", 1, Called("build:advanced")), "build:advanced", "unknown-event"),
        case(
            BUILD,
            Event("build:progress", 1, Garbage("[\"build:progress\",")),
            "build:progress",
            "malformed",
        ),
        case(BUILD, Event("build:progress", 1, Garbage("")), "build:progress", "malformed"),
        case("refuse-a-bad-payload", Event("error", 0, Lost), "error", "deadline").within(SOON),
        case(
            "refuse-a-bad-payload",
            Event("error", 0, Then("project-joined", JOINED)),
            "project-joined",
            "never",
        ),
    ]
}

fn packets() -> Vec<Case> {
    let instead =
        |packet, rule| case(BUILD, Fault::Packet("build:progress", 1, packet), "build:progress", rule);
    vec![
        instead(Attached, "malformed"),
        instead(Elsewhere, "malformed"),
        instead(Nameless, "malformed"),
        instead(UnknownEngine, "malformed"),
        instead(UnknownType, "malformed"),
        instead(ConnectedAgain, "malformed"),
        instead(Argued, "schema"),
        case(BUILD, Fault::Packet("build:progress", 1, Unasked), "", "acknowledgement"),
    ]
}

fn order() -> Vec<Case> {
    let progress = "deployment:progress";
    vec![
        case(
            BUILD,
            Event("build:started", 0, Behind("agent:status:update")),
            "build:started",
            "missing-event",
        ),
        case(IN_ANY_ORDER, Event(progress, 2, Behind("deployment:success")), progress, "lifecycle"),
        case(DEPLOY, Event(progress, 0, Reversed(progress)), progress, "mismatch"),
    ]
}

fn time() -> Vec<Case> {
    let progress = |fault| case(DEPLOY, fault, "deployment:progress", "deadline").within(SOON);
    vec![
        progress(Event("deployment:progress", 1, Late(LATER))),
        progress(Event("deployment:progress", 1, Stalled)),
    ]
}

fn handshakes() -> Vec<Case> {
    let wrong = |opening, rule| case(ALIVE, Fault::Handshake(opening), "", rule);
    let engine = |fault, rule| case(ALIVE, Engine(fault), "", rule);
    vec![
        wrong(Status(400), "refused"),
        wrong(Status(503), "refused"),
        wrong(Status(200), "malformed"),
        wrong(Redirect, "refused"),
        wrong(Never, "").unreachable().scaled(0.1),
        engine(NoSid, "malformed"),
        engine(ConnectError, "refused"),
        engine(NoConnect, "").unreachable_behind("authenticated", "before-auth").scaled(HASTY),
        case(ALIVE, Engine(NoUpgrade), "error", "malformed").within(PATIENT),
        case(ALIVE, Engine(NoProbe), "error", "malformed").within(PATIENT).scaled(HASTY),
        case("refuse-a-bad-token", Admits("not.a.token"), "", "refusal"),
        case("refuse-a-bad-token", Engine(NoConnect), "", "").unreachable().scaled(HASTY),
    ]
}

fn handshakes_of_websocket() -> Vec<Case> {
    let wrong = |opening, rule| case(ALIVE, Fault::Handshake(opening), "", rule);
    vec![
        wrong(Status(400), "refused"),
        wrong(Headless("upgrade"), "malformed"),
        wrong(Header("sec-websocket-accept", "bm90IHRoZSBhbnN3ZXI="), "malformed"),
        case(ALIVE, Engine(NoSid), "", "malformed"),
        case(ALIVE, Engine(ConnectError), "", "refused"),
    ]
}

fn requests() -> Vec<Case> {
    vec![
        case(DEPLOY, Reply(OtherStatus(404)), "", "response"),
        case(DEPLOY, Reply(OtherBody("/deploymentId", "7")), "", "response"),
        case(DEPLOY, Reply(Page), "", "response"),
        case(DEPLOY, Reply(Unanswered), "", "deadline").scaled(HASTY),
    ]
}

fn heartbeats() -> Vec<Case> {
    let pings = |session, nth, rule| {
        case(session, Event("ping", nth, Silent), "ping", rule).scaled(HEART).within(PATIENT)
    };
    vec![
        pings("heartbeat", 1, "heartbeat"),
        pings(ALIVE, 1, "heartbeat"),
        case("heartbeat", Event("ping", 0, With("", "\"ping\"")), "ping", "schema"),
        // The heartbeat below the events.
        case(ALIVE, Engine(NoPings(PINGS)), "error", "closed"),
    ]
}

fn closes() -> Vec<Case> {
    let early = |fault| case(BUILD, fault, "build:progress", "closed");
    vec![
        early(Event("build:progress", 1, Closed)),
        early(Fault::Packet("build:progress", 1, Disconnected)),
        early(Fault::Packet("build:progress", 1, EngineClosed)),
        case(ALIVE, Engine(PollStatus(400)), "error", "closed").by(EngineMode::Polling),
    ]
}

fn closes_of_websocket() -> Vec<Case> {
    let early = |spoil, rule| case(BUILD, Bytes("build:progress", 1, spoil), "build:progress", rule);
    vec![early(CloseCode(1000), "closed"), early(CloseCode(1011), "closed"), early(CloseUtf8, "malformed")]
}

/// What can be wrong on every carrier.
fn everywhere() -> Vec<Case> {
    let progress = |nth, change, rule| {
        case(DEPLOY, Event("deployment:progress", nth, change), "deployment:progress", rule)
    };
    let success =
        |change, rule| case(DEPLOY, Event("deployment:success", 0, change), "deployment:success", rule);
    vec![
        success(Lost, "deadline").within(SOON),
        success(Twice, "lifecycle"),
        progress(0, With("/payload/progress", "140"), "schema"),
        progress(1, Garbage("no"), "malformed"),
        progress(1, Closed, "closed"),
        progress(1, Stalled, "deadline").within(SOON),
    ]
}

fn payloads() -> Vec<Case> {
    [Utf8, Halved, Doubled, Truncated]
        .map(|spoil| {
            let event = "deployment:progress";
            case(DEPLOY, Bytes(event, 1, spoil), event, "malformed")
        })
        .to_vec()
}

fn frames() -> Vec<Case> {
    let event = "deployment:progress";
    let wrong = |spoil, rule| case(DEPLOY, Bytes(event, 1, spoil), event, rule);
    let malformed = [Binary, Continued, Unfinished, Masked, ReservedBit, Huge, Utf8, Halved, Doubled];
    let mut cases: Vec<_> = malformed.into_iter().map(|spoil| wrong(spoil, "malformed")).collect();
    cases.extend([
        wrong(Truncated, "closed"),
        wrong(Halted, "deadline").within(SOON),
        wrong(Dribbled(DRIP), "deadline").within(SOON),
    ]);
    cases
}
