//! A server that is none: it plays the server's side of recorded sessions, or says what the contract lets a server say.
//!
//! What it says and answers is decided by pure functions of what came and when ([`house`], [`conversation`], [`script`],
//! [`telling`]); [`serve`] carries it over WebSocket, SSE and Socket.IO.

pub mod conversation;
pub mod fault;
pub mod house;
mod improvise;
mod inside;
pub mod log;
mod sample;
pub mod script;
pub mod serve;
pub mod telling;
