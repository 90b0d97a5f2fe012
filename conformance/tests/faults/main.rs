//! Whether the runner's verdict can be trusted: what is wrong is found and named, what is right passes.

#![expect(unsafe_code, reason = "an allocator that counts is an unsafe trait's implementation")]
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accepting;
mod allowed;
mod answer;
mod builder;
mod busy;
mod change;
mod detection;
mod engine;
mod event;
mod fault;
mod frames;
mod hostile;
mod machine;
mod memory;
mod orbit;
mod play;
mod proxy;
mod sound;
mod spoil;
mod strangers;
