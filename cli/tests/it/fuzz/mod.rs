//! `handfast fuzz`

mod attacking;
mod board;
mod contract;
mod emitting;
mod http;
mod sockets;
