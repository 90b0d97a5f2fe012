//! What a server can do, as a file says it: where it listens, over which transports, which revisions of its contracts it
//! speaks, and what it lacks, each with a reason.
//!
//! What is claimed is played, in every permutation, and fails where it is not so. What is lacking is skipped, and told.

mod ways;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, Place, nearest};
use handfast_codegen::load::{Node, from_node, parse};
use indexmap::IndexMap;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::session::{Environment, expand};
use crate::transport::EngineMode;
pub use ways::Way;

/// The features that are told from a session's steps and from where it is played; others are those that sessions name in
/// `needs`.
const FEATURES: [&str; 10] = [
    "websocket",
    "sse",
    "socketio-polling",
    "socketio-websocket",
    "socketio-upgrade",
    "tls",
    "resume",
    "binary",
    "acknowledgements",
    "requests",
];

/// What a server lacks, each with the reason.
type Lacks = IndexMap<String, String>;

/// What `--capabilities` reads.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Capabilities of a server")]
pub struct Capabilities {
    /// The revisions of contracts that it speaks: AsyncAPI documents, relative to this file. A session is played by each that
    /// has the title of its own contract; by its own alone, when absent.
    #[serde(default)]
    pub contracts: Vec<PathBuf>,
    /// Where it listens.
    pub targets: Vec<Target>,
    /// What it lacks, each with the reason: `tls`, a transport, `resume`, `binary`, `acknowledgements`, `requests`,
    /// `channel:KEY`, `event:NAME`, or what sessions name in `needs`.
    #[serde(default)]
    pub lacks: Lacks,
}

/// A place where a server listens.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Target {
    /// What reports call it.
    pub name: String,
    /// Its URL, with `http`, `https`, `ws` or `wss`; `$NAME` stands for an environment variable.
    pub url: String,
    /// The transports there; all when absent.
    #[serde(default = "all_carriers")]
    pub transports: Vec<Carrier>,
    /// The versions of the contracts that are spoken there; all when absent.
    #[serde(default)]
    pub revisions: Vec<String>,
    /// A PEM file of certificates to trust as well, relative to this file.
    #[serde(default)]
    pub ca: Option<PathBuf>,
    /// A PEM file of the client's certificate, relative to this file.
    #[serde(default)]
    pub cert: Option<PathBuf>,
    /// A PEM file of its private key, relative to this file.
    #[serde(default)]
    pub key: Option<PathBuf>,
    /// What is lacking there, beside what is lacking everywhere.
    #[serde(default)]
    pub lacks: Lacks,
}

/// How frames travel: a transport, with one way of Socket.IO each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// WebSocket.
    #[serde(rename = "websocket")]
    WebSocket,
    /// Server-Sent Events.
    Sse,
    /// Socket.IO over HTTP long-polling.
    #[serde(rename = "socketio-polling")]
    Polling,
    /// Socket.IO over a WebSocket from the first byte.
    #[serde(rename = "socketio-websocket")]
    SocketIoWebSocket,
    /// Socket.IO that begins with long-polling and is upgraded.
    #[serde(rename = "socketio-upgrade")]
    Upgrade,
}

impl Carrier {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::WebSocket, Self::Sse, Self::Polling, Self::SocketIoWebSocket, Self::Upgrade];

    /// Its name among the features.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WebSocket => "websocket",
            Self::Sse => "sse",
            Self::Polling => "socketio-polling",
            Self::SocketIoWebSocket => "socketio-websocket",
            Self::Upgrade => "socketio-upgrade",
        }
    }

    /// How Engine.IO travels then.
    pub fn engine(self) -> EngineMode {
        match self {
            Self::Polling => EngineMode::Polling,
            Self::SocketIoWebSocket => EngineMode::WebSocket,
            Self::Upgrade => EngineMode::Upgrade,
            Self::WebSocket | Self::Sse => EngineMode::default(),
        }
    }
}

fn all_carriers() -> Vec<Carrier> {
    Carrier::ALL.to_vec()
}

/// Reads a file of capabilities. Its paths come back relative to the working folder, its URLs as they are reached.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(path: &Path, text: &str, environment: &Environment<'_>) -> Result<Capabilities, Diagnostics> {
    let mut reading = Reading { file: path.display().to_string(), problems: Vec::new() };
    let node = parse(path, text).map_err(|error| {
        Diagnostic::new("syntax", Place { position: error.position, ..reading.place() }, error.message)
            .help(error.help)
    })?;
    let mut read: Capabilities = from_node(&node).map_err(|misfit| {
        let place = Place { position: misfit.position.unwrap_or(node.position), ..reading.place() };
        match misfit.unknown {
            Some((key, known)) => {
                Diagnostic::unknown_key(place, "key of capabilities", &key, known.iter().copied())
            }
            None => Diagnostic::new("capabilities", place, misfit.message)
                .help("docs/servers.md shows what the file is like"),
        }
    })?;
    reading.check(&node, &mut read, environment);
    match Diagnostics::new(reading.problems) {
        Some(problems) => Err(problems),
        None => {
            read.settle(path.parent().unwrap_or(Path::new("")));
            Ok(read)
        }
    }
}

/// The JSON Schema of the file.
pub fn capabilities_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    settings.into_generator().into_root_schema_for::<Capabilities>().to_value()
}

impl Capabilities {
    /// Makes paths relative to the working folder.
    fn settle(&mut self, folder: &Path) {
        let of_targets =
            self.targets.iter_mut().flat_map(|target| [&mut target.ca, &mut target.cert, &mut target.key]);
        for path in self.contracts.iter_mut().chain(of_targets.flatten()) {
            *path = folder.join(&*path);
        }
    }
}

struct Reading {
    file: String,
    problems: Vec<Diagnostic>,
}

impl Reading {
    fn place(&self) -> Place {
        Place { file: self.file.clone(), ..Place::default() }
    }

    fn problem(&mut self, node: &Node, pointer: &str, message: String, help: impl Into<String>) {
        let position = node.pointer(pointer).unwrap_or(node).position;
        let place = Place { position, pointer: pointer.to_owned(), ..self.place() };
        self.problems.push(Diagnostic::new("capabilities", place, message).help(help));
    }

    fn check(&mut self, node: &Node, read: &mut Capabilities, environment: &Environment<'_>) {
        if read.targets.is_empty() {
            let help = "add `[[targets]]` with `name` and `url`";
            self.problem(node, "", "there is no target".to_owned(), help);
        }
        self.lacks(node, "/lacks", &read.lacks);
        let mut names = BTreeSet::new();
        for (idx, target) in read.targets.iter_mut().enumerate() {
            let pointer = format!("/targets/{idx}");
            if target.name.is_empty() || !names.insert(target.name.clone()) {
                let message = format!("there is more than one target `{}`", target.name);
                self.problem(node, &pointer, message, "give each a `name` of its own");
            }
            if target.cert.is_some() != target.key.is_some() {
                let message = format!("`{}` has one of `cert` and `key`", target.name);
                self.problem(node, &pointer, message, "give both, or none");
            }
            self.url(node, &format!("{pointer}/url"), target, environment);
            self.lacks(node, &format!("{pointer}/lacks"), &target.lacks);
        }
    }

    fn url(&mut self, node: &Node, pointer: &str, target: &mut Target, environment: &Environment<'_>) {
        match expand(&target.url, environment) {
            Ok(url) => target.url = url,
            Err(name) => {
                let message = format!("the environment variable `{name}` is not set");
                return self.problem(
                    node,
                    pointer,
                    message,
                    format!("set it before the run: export {name}=…"),
                );
            }
        }
        let help = "write a URL with http, https, ws or wss: http://127.0.0.1:7443";
        match Url::parse(&target.url) {
            Ok(url) if matches!(url.scheme(), "http" | "https" | "ws" | "wss") => {}
            Ok(url) => {
                let message = format!("`{}` is no scheme of a server", url.scheme());
                self.problem(node, pointer, message, help);
            }
            Err(error) => self.problem(node, pointer, format!("this is no URL: {error}"), help),
        }
    }

    /// What is lacking has a reason, and is not misspelt.
    fn lacks(&mut self, node: &Node, pointer: &str, lacks: &Lacks) {
        for (feature, reason) in lacks {
            if reason.trim().is_empty() {
                let message = format!("`{feature}` is lacking for no reason");
                self.problem(node, pointer, message, "say why, or where it is told: the ticket, the release");
            }
            let is_known = FEATURES.contains(&feature.as_str()) || feature.contains(':');
            if let Some(near) = nearest(feature, &FEATURES).filter(|_| !is_known) {
                let message = format!("`{feature}` is no feature");
                self.problem(node, pointer, message, format!("did you mean `{near}`?"));
            }
        }
    }
}

#[cfg(test)]
mod tests;
