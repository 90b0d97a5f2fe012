//! The server in process, asked by a client that speaks Engine.IO and Socket.IO by hand.

mod client;
mod connection;
mod flows;
mod heartbeat;
mod http;
