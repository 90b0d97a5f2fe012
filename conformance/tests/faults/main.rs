//! Whether the runner's verdict can be trusted: what is wrong is found and named, what is right passes.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod builder;
mod detection;
mod event;
mod fault;
mod frames;
mod machine;
mod orbit;
mod play;
mod proxy;
mod sound;
mod strangers;
