//! The server in process, asked by clients that know nothing of it.

mod auth;
mod client;
mod event_log;
mod stream;
mod tasks;
mod tls;
mod websocket;
