//! The transports against real servers, and against servers that are none.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod client;
mod hostile;
mod http;
#[path = "../npm/server.rs"]
mod node;
mod raw;
mod refusals;
mod socketio;
mod socketio_wire;
mod sse;
mod tls;
mod websocket;
mod websocket_wire;
