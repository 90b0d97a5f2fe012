//! Real servers in process, a proxy before them, and the runner as `handfast replay` puts it together.

use std::future::pending;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use handfast_codegen::source::Disk;
use handfast_conformance::event::{RunEvent, SessionReport};
use handfast_conformance::matcher::Settings;
use handfast_conformance::run::{Case, Network, Options, Run};
use handfast_conformance::session::Loader;
use handfast_conformance::transport::{EngineMode, http, tls};
use serde_json::json;
use tokio::sync::watch;
use url::Url;

use crate::fault::Fault;
use crate::proxy::Proxy;

/// How fast the servers are: the pause between two events.
const STEP: Duration = Duration::from_millis(15);
/// The pause between two metrics of a server.
const METRICS: Duration = Duration::from_millis(20);
/// The pause between two pings of a server, which gives up a client that is silent for two and a half of them.
const HEARTBEAT: Duration = Duration::from_millis(1200);
/// The longest a session may take, at pace 1.
const MAX_TIME: Duration = Duration::from_secs(20);
const ORBIT_TOKEN: &str = "a-good-token";

/// A protocol of the repository, with a server of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    Orbit,
    Builder,
}

/// A server that runs, and a token it takes.
#[derive(Debug, Clone)]
pub struct Server {
    protocol: Protocol,
    /// Where.
    pub url: Url,
    token: String,
}

/// The conditions of a run, where they are not the usual ones.
#[derive(Debug, Clone, Copy)]
pub struct Conditions {
    /// By how much the server, and every deadline, is slower.
    pub pace: u32,
    pub scale: f64,
    pub deadline: Option<Duration>,
    pub engine: EngineMode,
    pub n_retries: usize,
}

impl Default for Conditions {
    fn default() -> Self {
        Self { pace: 1, scale: 1.0, deadline: None, engine: EngineMode::default(), n_retries: 2 }
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Played {
    pub reports: Vec<SessionReport>,
    pub exit_code: u8,
}

impl Protocol {
    /// Starts a server.
    pub fn serve(self) -> Server {
        self.serve_at(1)
    }

    /// Starts a server that is slower by that factor.
    pub fn serve_at(self, pace: u32) -> Server {
        match self {
            Self::Orbit => {
                let token = ORBIT_TOKEN.to_owned();
                let settings = orbit_server::Settings {
                    token: token.clone(),
                    step: STEP * pace,
                    metrics: METRICS * pace,
                    ..orbit_server::Settings::default()
                };
                let server = orbit_server::Server::bind(settings).unwrap();
                let url = server.url().parse().unwrap();
                tokio::spawn(server.serve(pending()));
                Server { protocol: self, url, token }
            }
            Self::Builder => {
                let settings = builder_server_rust::Settings {
                    step: STEP * pace,
                    heartbeat: HEARTBEAT * pace,
                    ..builder_server_rust::Settings::default()
                };
                let token = builder_token(&settings.jwt_secret);
                let server = builder_server_rust::Server::bind(settings).unwrap();
                let url = server.url().parse().unwrap();
                serve_on_one_thread(server);
                Server { protocol: self, url, token }
            }
        }
    }

    /// Where the name of an event stands in a WebSocket message.
    fn name_pointer(self) -> &'static str {
        match self {
            Self::Orbit => "/type",
            Self::Builder => "",
        }
    }

    /// All of its sessions.
    pub fn sessions(self) -> Vec<PathBuf> {
        let folder = self.folder();
        let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    fn folder(self) -> PathBuf {
        let name = match self {
            Self::Orbit => "orbit",
            Self::Builder => "builder",
        };
        Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions").join(name)
    }

    /// The session of that name: one of the protocol's, or one of these tests.
    pub fn session(self, name: &str) -> PathBuf {
        let known = self.folder().join(format!("{name}.yaml"));
        if known.exists() {
            return known;
        }
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/sessions").join(format!("{name}.yaml"))
    }
}

/// As the server's own `main` does, for a reason that it gives. The thread ends with the process.
fn serve_on_one_thread(server: builder_server_rust::Server) {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(server.serve(pending())).unwrap();
    });
}

fn builder_token(secret: &[u8]) -> String {
    let user = json!({ "sub": uuid::Uuid::from_u128(7).to_string(), "username": "tester", "exp": 9e9 });
    builder_server_rust::Auth::new(secret).issue(&serde_json::from_value(user).unwrap()).unwrap()
}

impl Server {
    /// A proxy before it.
    pub async fn behind(&self, fault: Option<Fault>) -> Proxy {
        Proxy::listen(self.url.clone(), self.protocol.name_pointer(), &self.token, fault).await
    }

    /// Reads sessions.
    pub fn load(&self, paths: &[PathBuf]) -> Vec<Arc<dyn Case>> {
        load(paths, &self.token)
    }
}

/// Reads sessions that hold this token for good.
pub fn load(paths: &[PathBuf], token: &str) -> Vec<Arc<dyn Case>> {
    let environment = |_: &str| Some(token.to_owned());
    let disk = Disk::default();
    let mut loader = Loader::new(&disk, &environment);
    let case = |path: &PathBuf| match loader.load(path) {
        Ok(session) => Arc::new(session) as Arc<dyn Case>,
        Err(problems) => panic!("{problems}"),
    };
    paths.iter().map(case).collect()
}

/// Plays sessions against a server.
pub async fn play(cases: Vec<Arc<dyn Case>>, target: &Url, conditions: Conditions) -> Played {
    let max_time = MAX_TIME * conditions.pace;
    let tls = tls::client_config(None).unwrap();
    let client = http::Client::new(&tls).unwrap();
    let settings = Settings {
        target: target.clone(),
        tls,
        engine: conditions.engine,
        scale: conditions.scale * f64::from(conditions.pace),
        deadline: conditions.deadline,
        seed: 7,
        began: SystemTime::now(),
    };
    let run = Run {
        cases,
        wire: Arc::new(Network { client, target: target.clone(), within: max_time }),
        launch: None,
        options: Options { n_retries: conditions.n_retries, max_time, ..Options::default() },
        settings,
    };
    let (_stop, stopped) = watch::channel(false);
    let mut reports = Vec::new();
    let summary = run
        .play(stopped, &mut |event| {
            if let RunEvent::SessionFinished(report) = event {
                reports.push(*report);
            }
        })
        .await;
    Played { reports, exit_code: summary.exit_code }
}
