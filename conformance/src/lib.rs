//! Replays recorded sessions against a server and judges what the server sends by its contract.

pub mod transport;
