//! Example server of the orbit protocol: WebSocket and Server-Sent Events on axum, with types generated from the
//! contract.
//!
//! `main.rs` only reads the environment and waits for a signal; the tests run the same [`Server`] in process.

mod auth;
mod event;
mod event_log;
mod http;
mod hub;
mod metrics;
mod server;
mod settings;
mod stream;
mod tasks;
mod tls;
mod topics;
mod websocket;

pub use server::Server;
pub use settings::{InvalidSetting, Settings, Tls};

/// What the contract says.
pub mod orbit {
    handfast::contract!("../../schemas/orbit/asyncapi.yaml");
}

/// What the HTTP request asks for.
mod request {
    handfast::schema!(pub TaskRequest = "requests/task.schema.json");
}
