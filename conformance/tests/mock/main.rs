//! A mock is a server like any other to the runner, and does the faults that it is asked for.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../faults/busy.rs"]
mod busy;
mod choices;
mod cookie;
mod engine;
mod faults;
mod forbidden;
mod free;
#[path = "../npm/server.rs"]
mod node;
mod official;
mod replay;
mod running;
mod wire;
