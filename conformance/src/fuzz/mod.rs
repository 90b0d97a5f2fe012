//! Attacks a server with what its contract allows, and with what it forbids: payloads made from the schemas of everything a
//! client may send, sent in the midst of a conversation.
//!
//! ```text
//! contract + session → subjects → stages → moves → a session's file → played → minimised → finding
//! ```
//!
//! Whatever is tried is a session like any other, played by the same runner and judged by the same rules; what fails is made
//! smaller by playing smaller sessions. So what is found is a session that can be replayed.

mod address;
mod arena;
mod campaign;
mod corpus;
mod draw;
mod finding;
mod minimise;
mod moves;
mod observer;
mod reporting;
mod script;
mod stage;
mod subject;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::load::Node;
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::matcher::Settings;
use crate::run::{Emit, Launch, Wire};
use crate::session::{Environment, Protocol};

pub use campaign::{Ended, run};

/// What is attacked, and with what.
pub struct Attack<'a> {
    /// The contract; payloads are made by it, and what the server sends is judged by it.
    pub contract: PathBuf,
    /// The contract that the server follows, where it is another: then only what is valid by the one above is sent, first what
    /// is not valid by this one.
    pub served: Option<Arc<Protocol>>,
    /// Where sessions are thought to stand; findings are written there.
    pub home: PathBuf,
    /// The contract, as a session in `home` names it.
    pub contract_from_home: String,
    /// The session that brings the server into a state, parsed.
    pub session: Option<Node>,
    /// The channel to connect to, where no session says so; each in turn when absent.
    pub channel: Option<String>,
    /// The token as a session's `connect` has it: `$NAME`.
    pub token: Option<String>,
    /// The query of the handshake, where no session says so.
    pub query: Vec<(String, String)>,
    /// What `$NAME` stands for.
    pub environment: &'a Environment<'a>,
    /// How sessions are played. All choices derive from the seed.
    pub settings: Settings,
    /// What they act on.
    pub wire: Arc<dyn Wire>,
    /// The server to start; it is up already where there is none.
    pub launch: Option<Launch>,
    /// The rest.
    pub options: Options,
}

/// How an attack is gone about.
#[derive(Debug, Clone)]
pub struct Options {
    /// The most payloads that are sent, those of minimising not counted.
    pub n_cases: u64,
    /// How long it may take; what is being minimised then is finished.
    pub max_time: Option<Duration>,
    /// The most payloads in a second.
    pub rate: Option<f64>,
    /// How long an answer may take.
    pub deadline: Duration,
    /// It ends with so many findings.
    pub max_findings: usize,
    /// The only events that are sent; all where there are none.
    pub events: Vec<String>,
    /// Events that a server may refuse for reasons beyond their schema.
    pub refusable: Vec<String>,
    /// The folder of payloads that were worth keeping.
    pub corpus: Option<PathBuf>,
    /// Whether findings are written.
    pub saves: bool,
    /// For the reports: what replays a finding, but for its file and the seed.
    pub arguments: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            n_cases: 2000,
            max_time: None,
            rate: None,
            deadline: Duration::from_secs(5),
            max_findings: 20,
            events: Vec::new(),
            refusable: Vec::new(),
            corpus: None,
            saves: false,
            arguments: Vec::new(),
        }
    }
}

/// What an attack runs on.
pub struct Means<'m> {
    /// Carries what is asynchronous.
    pub runtime: Handle,
    /// Becomes true when everything is to end.
    pub stop: watch::Receiver<bool>,
    /// Takes the events of the run.
    pub emit: Emit<'m>,
}

/// Why an attack could not begin.
#[derive(Debug)]
pub enum NotBegun {
    /// The contract or the session is wrong.
    Documents(Diagnostics),
    /// There is nothing to send, or the session does not fit.
    Call {
        /// What was found and what was wanted.
        message: String,
        /// A line that can be acted on.
        help: String,
    },
    /// The server can't be started or reached.
    Unreachable(String),
}

impl NotBegun {
    fn call(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Call { message: message.into(), help: help.into() }
    }
}
