//! `handfast connect` against real servers, and against some that are up to no good.

mod builder;
mod calls;
mod hostile;
mod login;
mod orbit;
mod reconnecting;
mod scripted;
mod socketio;
mod talk;
