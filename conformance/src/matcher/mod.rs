//! Decides what a session does next and what the frames it sees are worth. Pure: time, frames and responses come in as
//! values, actions go out as values.

mod acts;
mod answer;
mod causes;
pub mod endpoint;
mod intake;
mod judge;
mod language;
mod play;
mod proof;
pub mod recognise;
mod record;
mod resumption;
mod state;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::session::Grade;
use crate::transport::{Command, Endpoint, Kind, Observed};
use crate::verdict::{Failure, TranscriptLine};

pub use play::{Play, Settings};

/// What the session wants done next.
#[derive(Debug, Clone)]
pub enum Action {
    /// Open the connection; what it sees comes back through [`Player::observe`].
    Open(Kind, Box<Endpoint>),
    /// Tell the connection something.
    Command(Command),
    /// Make an HTTP request out of band; its outcome comes back through [`Player::answered`].
    Request(Request),
    /// Nothing, until something is seen, or until then (since the session began).
    WaitUntil(Duration),
    /// The session is over; [`Player::finish`] tells what it came to.
    Done,
}

/// An HTTP request out of band.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query, relative to the target.
    pub path: String,
    /// Headers, in order.
    pub headers: Vec<(String, String)>,
    /// JSON body.
    pub body: Option<Value>,
    /// Bytes instead of a JSON body.
    pub raw: Option<Arc<[u8]>>,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The server answered.
    Response {
        /// HTTP status.
        status: u16,
        /// Headers, in order, names in lower case.
        headers: Vec<(String, String)>,
        /// The body, as JSON where it is, else as a JSON string.
        body: Value,
        /// The body as it came.
        bytes: Vec<u8>,
    },
    /// It did not.
    Failed(String),
}

/// How a session went.
#[derive(Debug)]
pub struct Outcome {
    /// Why it did not pass; empty when it did.
    pub failures: Vec<Failure>,
    /// What the server is worth, where the session says of its courses how good they are.
    pub grade: Grade,
    /// Everything that was sent and seen.
    pub transcript: Vec<TranscriptLine>,
    /// How many events the server sent.
    pub n_frames: usize,
}

/// Plays one session. Every time is since the session began.
pub trait Player {
    /// Takes what the connection saw.
    fn observe(&mut self, at: Duration, what: Observed);
    /// Takes the outcome of [`Action::Request`].
    fn answered(&mut self, at: Duration, answer: Answer);
    /// What to do at `now`; called again after each action is done, and after each `observe` or `answered`, and only
    /// when everything that was seen so far has been observed.
    fn next(&mut self, now: Duration) -> Action;
    /// Whether the session has to wait before its end, although all its steps are done: somebody else is not.
    fn stand_by(&mut self, _stands_by: bool) {}
    /// Whether it waits there.
    fn is_standing_by(&self) -> bool {
        false
    }
    /// How many steps are done, and how many there are.
    fn progress(&self) -> (usize, usize);
    /// What the session came to.
    fn finish(self: Box<Self>) -> Outcome;
}

#[cfg(test)]
pub(crate) mod tests;
