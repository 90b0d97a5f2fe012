//! Sessions: read, and checked against their contract before anything runs. Knows nothing of time or connections.

mod constants;
mod cut;
mod environment;
pub(crate) mod login;
mod protocol;
mod read;
mod steps;
mod values;
mod written;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, Place};
use handfast_codegen::load::clean;
use handfast_codegen::model::{Auth, Channel, Event, EventIdx, Extension};
use handfast_codegen::source::Source;
use indexmap::IndexMap;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::pattern::{Pattern, Template};

pub use environment::{Environment, expand};
pub use login::{Login, LoginError};
pub use protocol::Protocol;
pub use values::{CloseBy, Grade, Piece, Statuses, Times};
pub(crate) use written::STEPS;

/// How long a step waits where neither it nor its session says so.
pub const DEADLINE: Duration = Duration::from_secs(5);
/// How long a quiet window is where a step does not say so.
pub const QUIET: Duration = Duration::from_millis(300);

/// A session that makes sense: its contract is sound, and its steps agree with it.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its name.
    pub name: String,
    /// Its file, as the user gave it.
    pub file: String,
    /// What it is judged by.
    pub protocol: Arc<Protocol>,
    /// The channel, by its number in the contract.
    pub channel_idx: usize,
    /// The parameters in the channel's address, as far as they are known before the session begins.
    pub parameters: IndexMap<String, String>,
    /// The query of the handshake, as far as it is known before the session begins.
    pub query: IndexMap<String, String>,
    /// Request headers of the handshake, as far as they are known before the session begins.
    pub headers: IndexMap<String, String>,
    /// What is filled into the handshake when the session begins.
    pub handshake: Handshake,
    /// The token.
    pub token: Option<String>,
    /// How the token travels: the first way of the contract that fits the transport.
    pub auth: Option<Auth>,
    /// The event that carries the token, with its payload.
    pub auth_event: Option<(EventIdx, Value)>,
    /// The id of the last event that an earlier connection saw.
    pub last_event_id: Option<String>,
    /// How long a step waits that does not say so itself.
    pub deadline: Option<Duration>,
    /// How long the session may take.
    pub max_time: Option<Duration>,
    /// Whether events pass that no step expects.
    pub allows_unmatched: bool,
    /// Whether what is valid must not be refused, and what is invalid must; then the first failure ends the session.
    pub judges_refusals: bool,
    /// Another client, which connects first and stays until the session is over.
    pub bystander: Option<Arc<Session>>,
    /// Whether lifecycles may already be under way.
    pub joins_late: bool,
    /// Features that it says it needs.
    pub needs: Vec<String>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

impl Session {
    /// The channel it connects to.
    pub fn channel(&self) -> &Channel {
        &self.protocol.contract.channels[self.channel_idx]
    }

    /// The rules of its contract.
    pub fn rules(&self) -> &Extension {
        &self.protocol.contract.rules
    }

    /// An event of its contract.
    pub fn event(&self, event: EventIdx) -> &Event {
        &self.protocol.contract[event]
    }

    /// The patterns of the filter that the query sets; `None` where all events come.
    pub fn filter(&self) -> Option<Vec<String>> {
        let filter = self.rules().filter.as_ref()?;
        let patterns = self.query.get(&filter.query)?.split(&filter.separator);
        Some(patterns.map(|pattern| pattern.trim().replace(&filter.wildcard, "*")).collect())
    }
}

/// What is filled into a handshake.
#[derive(Debug, Clone, Default)]
pub struct Handshake {
    /// Parameters of the address.
    pub parameters: Vec<(String, Template)>,
    /// Members of the query.
    pub query: Vec<(String, Template)>,
    /// Request headers.
    pub headers: Vec<(String, Template)>,
    /// What the CONNECT of Socket.IO says beside the token: an object.
    pub auth: Option<Template>,
}

/// A step of a session.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its line in the file, from 1.
    pub line: usize,
    /// What it says, in a few words.
    pub text: String,
    /// What it does.
    pub kind: StepKind,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum StepKind {
    /// Sends an event.
    Send(Send),
    /// Sends bytes as they are.
    Raw(Raw),
    /// Waits for events, in any order where there are several.
    Expect(Vec<Expect>),
    /// Goes on at any of these steps, each the first of a course.
    OneOf(Vec<Course>),
    /// The end of a course: goes on at that step.
    Join(usize),
    /// Shows that an event does not come.
    Never(Never),
    /// Makes an HTTP request out of band.
    Request(Box<HttpRequest>),
    /// Says how the server accepts the connection.
    Accepted(Box<Accepted>),
    /// Expects that the server refuses the connection.
    Refused(Box<Refused>),
    /// Drops the connection.
    Disconnect,
    /// Connects again and goes on after the last matched event of that name, or after the last of all.
    Resume(Option<EventIdx>),
    /// Closes the connection, or expects the server to.
    Close(Close),
}

impl StepKind {
    /// What a step of the client waits for, where that is not the steps before it.
    pub fn cause(&self) -> Option<Cause> {
        match self {
            Self::Send(send) => send.after,
            Self::Request(request) => request.after,
            _ => None,
        }
    }
}

/// One of several courses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Its first step.
    pub step_idx: usize,
    /// What a server is worth that takes it.
    pub grade: Grade,
}

/// What a step of the client waits for, instead of the steps before it: something that came on this connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// So many events of the server, noise not counted.
    Events(u32),
    /// This event.
    Event(EventIdx),
}

/// Sends an event.
#[derive(Debug, Clone)]
pub struct Send {
    /// The event.
    pub event: EventIdx,
    /// Its payload.
    pub data: Template,
    /// Whether it is meant to break its schema, so that the server refuses it.
    pub is_invalid: bool,
    /// What the arguments of the acknowledgement are like, where one is asked for.
    pub acknowledged: Option<Pattern>,
    /// Binary attachments.
    pub attachments: Vec<Vec<u8>>,
    /// How soon it is acknowledged.
    pub within: Option<Duration>,
    /// What it waits for, instead of the steps before it.
    pub after: Option<Cause>,
    /// Whether the reply of the contract is to come.
    pub is_answered: bool,
}

/// Sends bytes as they are.
#[derive(Debug, Clone)]
pub struct Raw {
    /// The event whose argument they stand for (Socket.IO).
    pub event: Option<EventIdx>,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// Waits for an event.
#[derive(Debug, Clone)]
pub struct Expect {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The event.
    pub event: EventIdx,
    /// How soon it comes.
    pub within: Option<Duration>,
    /// How often it comes.
    pub times: Times,
    /// How soon each repetition comes after the one before; then `within` is for all of them.
    pub gap: Option<Duration>,
    /// Whether others may come before it.
    pub is_eventual: bool,
    /// What its payload is like.
    pub data: Option<Pattern>,
    /// The arguments that answer its acknowledgement.
    pub acknowledge: Option<Acknowledgement>,
}

/// The arguments that answer an acknowledgement.
#[derive(Debug, Clone)]
pub struct Acknowledgement {
    /// The arguments: an array.
    pub arguments: Template,
    /// Their binary attachments.
    pub attachments: Vec<Vec<u8>>,
}

/// Shows that an event does not come.
#[derive(Debug, Clone)]
pub struct Never {
    /// The event.
    pub event: EventIdx,
    /// Which payloads are meant.
    pub data: Option<Pattern>,
    /// How long to watch where there is no barrier.
    pub quiet: Duration,
}

/// An HTTP request, and what its answer is like.
#[derive(Debug, Clone)]
pub struct HttpRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query.
    pub path: Template,
    /// Headers.
    pub headers: Vec<(String, Template)>,
    /// The body.
    pub body: Option<Template>,
    /// Bytes instead of a JSON body.
    pub raw: Option<Arc<[u8]>>,
    /// The status.
    pub status: Statuses,
    /// What the answer's headers are like, by name.
    pub response_headers: Vec<(String, Pattern)>,
    /// What the answer's body is like.
    pub response: Option<Pattern>,
    /// How soon it is answered.
    pub within: Option<Duration>,
    /// What it waits for, instead of the steps before it.
    pub after: Option<Cause>,
}

/// How the server accepts the connection.
#[derive(Debug, Clone, Default)]
pub struct Accepted {
    /// HTTP status.
    pub status: Statuses,
    /// What the headers are like, by name.
    pub headers: Vec<(String, Pattern)>,
    /// What the subprotocol is like.
    pub subprotocol: Option<Pattern>,
    /// What the payload of Socket.IO's CONNECT is like.
    pub connect: Option<Pattern>,
}

/// How the server refuses the connection.
#[derive(Debug, Clone, Default)]
pub struct Refused {
    /// HTTP status.
    pub status: Statuses,
    /// What the headers are like, by name.
    pub headers: Vec<(String, Pattern)>,
    /// What the message is like.
    pub message: Option<Pattern>,
    /// What the data of Socket.IO's CONNECT_ERROR is like.
    pub data: Option<Pattern>,
}

/// How the connection is closed.
#[derive(Debug, Clone)]
pub struct Close {
    /// The codes that may be seen; any when empty.
    pub codes: Vec<u16>,
    /// Who closes.
    pub by: CloseBy,
    /// Whether the closing handshake takes place.
    pub is_clean: Option<bool>,
    /// What the reason of the server is like.
    pub reason: Option<Pattern>,
    /// The reason that the client gives.
    pub says: Option<Template>,
}

/// Reads sessions; those of one contract share it.
pub struct Loader<'l> {
    source: &'l dyn Source,
    environment: &'l Environment<'l>,
    protocols: Vec<(PathBuf, Result<Arc<Protocol>, Diagnostics>)>,
}

impl<'l> Loader<'l> {
    /// Reads files from `source`, and what `$NAME` stands for from `environment`.
    pub fn new(source: &'l dyn Source, environment: &'l Environment<'l>) -> Self {
        Self { source, environment, protocols: Vec::new() }
    }

    /// Reads and checks the session at `path`, and the contract it names.
    ///
    /// # Errors
    /// Everything that is wrong with the session, or with its contract.
    pub fn load(&mut self, path: &Path) -> Result<Session, Diagnostics> {
        self.load_by(path, None)
    }

    /// Reads the session at `path`, and checks it against another contract than its own, where one is given.
    ///
    /// # Errors
    /// As [`Loader::load`].
    pub fn load_by(&mut self, path: &Path, contract: Option<&Path>) -> Result<Session, Diagnostics> {
        let file = path.display().to_string();
        let start = Place { file: file.clone(), ..Place::default() };
        let text = self.source.read(path).map_err(|error| {
            Diagnostic::new("unreadable-file", start, format!("can't read {file}: {error}"))
                .help("name a session's file")
        })?;
        self.read_by(path, &text, contract)
    }

    /// Reads and checks a session that stands in no file: `text`, as if it were at `path`.
    ///
    /// # Errors
    /// Everything that is wrong with the session, or with its contract.
    pub fn read(&mut self, path: &Path, text: &str) -> Result<Session, Diagnostics> {
        self.read_by(path, text, None)
    }

    fn read_by(&mut self, path: &Path, text: &str, contract: Option<&Path>) -> Result<Session, Diagnostics> {
        let file = path.display().to_string();
        let root = handfast_codegen::load::parse(path, text).map_err(|error| {
            let place = Place { file, position: error.position, ..Place::default() };
            Diagnostic::new("syntax", place, error.message).help(error.help)
        })?;
        read::session(self, path, &root, contract)
    }

    /// The contract at `path`, compiled once.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn protocol(&mut self, path: &Path) -> Result<Arc<Protocol>, Diagnostics> {
        let path = clean(path);
        if let Some((_, known)) = self.protocols.iter().find(|(known, _)| *known == path) {
            return known.clone();
        }
        let protocol = Protocol::compile(self.source, &path).map(Arc::new);
        self.protocols.push((path, protocol.clone()));
        protocol
    }
}

/// Reads and checks the session at `path`; [`Loader`] shares contracts between several.
///
/// # Errors
/// As [`Loader::load`].
pub fn load(source: &dyn Source, environment: &Environment<'_>, path: &Path) -> Result<Session, Diagnostics> {
    Loader::new(source, environment).load(path)
}

/// The JSON Schema of a session's file.
pub fn session_schema() -> Value {
    generator().into_root_schema_for::<written::SessionFile>().to_value()
}

/// The JSON Schema of a contract's `x-handfast`.
pub fn contract_schema() -> Value {
    generator().into_root_schema_for::<Extension>().to_value()
}

fn generator() -> SchemaGenerator {
    // What is read, not what would be written, is what an editor completes.
    SchemaSettings::draft2020_12().for_deserialize().into_generator()
}

#[cfg(test)]
mod tests;
