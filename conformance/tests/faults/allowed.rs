//! What a server may do, though few do it: nothing is said of it.

use std::time::Duration;

use handfast_conformance::transport::EngineMode;

use crate::detection::{Case, complaints, over, passes};
use crate::fault::Change::{Extra, Late, With};
use crate::fault::Farewell::Lingering;
use crate::fault::Fault::{Bytes, Close, Event, Packet};
use crate::fault::Packet::Noop;
use crate::fault::Spoil::{Adorned, Dribbled, Fragmented, Ponged};
use crate::play::Protocol::{Builder, Orbit};

const A_WHILE: Duration = Duration::from_millis(300);
const DRIP: Duration = Duration::from_millis(1);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_allowed_passes() {
    let cases = [websocket(), sse(), socketio()].concat();
    let complaints = complaints(&cases).await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn websocket() -> Vec<Case> {
    let install = "install-an-app";
    let updated = |spoil, why| passes(install, Bytes("task.updated", 1, spoil), why);
    let cases = vec![
        updated(Fragmented, "messages may come in fragments, with control frames between (RFC 6455, 5.4)"),
        updated(Ponged, "a pong may come unasked (RFC 6455, 5.5.3)"),
        updated(Dribbled(DRIP), "TCP has no messages"),
        passes(install, Event("task.updated", 1, Extra("/payload", "more")), "objects are open"),
        passes(install, Event("task.updated", 1, Late(A_WHILE)), "it is in time"),
        passes(
            install,
            Event("app.install.log", 1, With("/payload/line", "\"\\u0000 🦀 \\n\"")),
            "a line is any text",
        ),
        passes(install, Close(Lingering(A_WHILE)), "a close handshake may take its time"),
    ];
    over(Orbit, "websocket", vec![cases])
}

fn sse() -> Vec<Case> {
    let stream = "stream-an-install";
    let cases = vec![
        passes(
            stream,
            Bytes("task.updated", 1, Adorned),
            "comments, unknown fields and CR LF are of the format",
        ),
        passes(stream, Bytes("task.updated", 1, Dribbled(DRIP)), "TCP has no messages"),
        passes(stream, Event("task.updated", 1, Extra("/payload", "more")), "objects are open"),
    ];
    over(Orbit, "sse", vec![cases])
}

fn socketio() -> Vec<Case> {
    let deploy = "deploy";
    let fragmented = Bytes("deployment:progress", 1, Fragmented);
    let cases = vec![
        passes(deploy, Packet("deployment:progress", 1, Noop), "a noop says nothing"),
        passes(deploy, fragmented, "as of any WebSocket").by(EngineMode::WebSocket),
    ];
    over(Builder, "socket.io", vec![cases])
}
