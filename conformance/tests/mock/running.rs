//! Mocks in process, the runner against them, and clients that only look.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use handfast_codegen::source::Disk;
use handfast_conformance::event::{RunEvent, SessionReport};
use handfast_conformance::matcher::Settings;
use handfast_conformance::mock::conversation::Manner;
use handfast_conformance::mock::fault::Fault;
use handfast_conformance::mock::house::House;
use handfast_conformance::mock::log::Entry;
use handfast_conformance::mock::serve::{Mock, Options};
use handfast_conformance::run::{self, Case, Network, Run};
use handfast_conformance::session::{Loader, Protocol, Session};
use handfast_conformance::transport::{
    self, Command, Connection, Endpoint, EngineMode, Kind, Limits, Observed, Outgoing, http, tls,
};
use handfast_conformance::verdict::Verdict;
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::timeout;
use url::Url;

/// Longer than anything that works can take, on a machine that does much else.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// What every `$NAME` stands for.
pub const TOKEN: &str = "a.good_token~+/=";

/// A mock to be.
pub struct Recipe {
    pub contract: PathBuf,
    pub sessions: Vec<PathBuf>,
    pub tokens: Vec<String>,
    pub manner: Manner,
    pub options: Options,
}

/// A mock that runs until it is dropped.
pub struct Running {
    pub url: Url,
    log: Arc<Mutex<Vec<Entry>>>,
    stop: watch::Sender<bool>,
}

/// A file of these tests.
pub fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mock").join(path)
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The sessions in a folder.
pub fn sessions(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries.filter(|path| !path.ends_with("contract.yaml")).collect();
    found.sort();
    found
}

impl Recipe {
    pub fn new(contract: PathBuf) -> Self {
        let manner = Manner {
            rate: 0.0,
            pace: Duration::ZERO,
            heartbeat: None,
            is_lenient: false,
            seed: 7,
            began: SystemTime::now(),
        };
        Self { contract, sessions: Vec::new(), tokens: Vec::new(), manner, options: Options::default() }
    }

    pub fn playing(mut self, sessions: Vec<PathBuf>) -> Self {
        self.sessions = sessions;
        self
    }

    pub fn faulty(mut self, faults: &[&str]) -> Self {
        self.options.faults = faults.iter().map(|fault| fault.parse::<Fault>().unwrap()).collect();
        self
    }

    pub async fn serve(self) -> Running {
        let protocol =
            Protocol::compile(&Disk::default(), &self.contract).unwrap_or_else(|error| panic!("{error}"));
        let house = House::new(Arc::new(protocol), load(&self.sessions), self.tokens, self.manner);
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        let logging = Box::new(move |entry: &Entry| kept.lock().unwrap().push(entry.clone()));
        let mock = Mock::bind("127.0.0.1:0".parse().unwrap(), house, self.options, logging).await.unwrap();
        let url = mock.url().unwrap().parse().unwrap();
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(mock.serve(stopped));
        Running { url, log, stop }
    }
}

impl Running {
    /// What it has told so far.
    pub fn told(&self) -> Vec<Entry> {
        self.log.lock().unwrap().clone()
    }

    /// Waits until the log has such an entry.
    pub async fn tells(&self, is_meant: impl Fn(&Entry) -> bool) -> Entry {
        let found = async {
            loop {
                if let Some(entry) = self.told().into_iter().find(&is_meant) {
                    return entry;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("not told: {:#?}", self.told()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

pub fn load(paths: &[PathBuf]) -> Vec<Arc<Session>> {
    let environment = |_: &str| Some(TOKEN.to_owned());
    let disk = Disk::default();
    let mut loader = Loader::new(&disk, &environment);
    let mut read =
        |path: &PathBuf| Arc::new(loader.load(path).unwrap_or_else(|problems| panic!("{problems}")));
    paths.iter().map(&mut read).collect()
}

/// Plays sessions against a server.
pub async fn play(
    sessions: &[PathBuf],
    target: &Url,
    engine: EngineMode,
    n_jobs: usize,
) -> Vec<SessionReport> {
    let tls = tls::client_config(None).unwrap();
    let client = http::Client::new(&tls).unwrap();
    let settings = Settings {
        target: target.clone(),
        tls,
        engine,
        scale: 6.0,
        deadline: None,
        seed: 7,
        began: SystemTime::now(),
    };
    let cases = load(sessions).into_iter().map(|session| session as Arc<dyn Case>).collect();
    let run = Run {
        cases,
        wire: Arc::new(Network { client, target: target.clone(), within: PATIENCE }),
        launch: None,
        options: run::Options { n_jobs, n_retries: 5, ..run::Options::default() },
        settings,
    };
    let (_stop, stopped) = watch::channel(false);
    let mut reports = Vec::new();
    let mut emit = |event| {
        if let RunEvent::SessionFinished(report) = event {
            reports.push(*report);
        }
    };
    run.play(stopped, &mut emit).await;
    reports
}

/// Plays sessions, all of which pass.
pub async fn pass(sessions: &[PathBuf], target: &Url, engine: EngineMode, n_jobs: usize) {
    for report in play(sessions, target, engine, n_jobs).await {
        assert_eq!(report.verdict, Verdict::Passed, "{engine:?} {}: {:#?}", report.file, report.failures);
    }
}

/// A client that looks at what comes.
pub struct Client(Connection);

impl Client {
    pub fn open(kind: Kind, endpoint: Endpoint) -> Self {
        Self(transport::open(kind, endpoint).unwrap().spawned())
    }

    /// A client at a path, or in a namespace, of a mock.
    pub fn at(mock: &Running, kind: Kind, place: &str) -> Self {
        Self::open(kind, endpoint(&mock.url, kind, place))
    }

    pub async fn send(&self, name: &str, payload: Value) {
        let arguments = vec![payload];
        let outgoing = Outgoing { name: name.to_owned(), arguments, ack: None, attachments: Vec::new() };
        self.obey(Command::Send(outgoing)).await;
    }

    pub async fn obey(&self, command: Command) {
        self.0.commands.send(Box::new(command)).await.unwrap();
    }

    /// What it sees next, but for signs of life.
    pub async fn next(&mut self) -> Option<Observed> {
        loop {
            let seen = timeout(PATIENCE, self.0.observed.recv()).await.expect("it hangs")?;
            if !matches!(*seen.what, Observed::Keepalive(_)) {
                return Some(*seen.what);
            }
        }
    }

    /// Whether nothing is seen for so long.
    pub async fn is_quiet_for(&mut self, time: Duration) -> bool {
        timeout(time, self.next()).await.is_err()
    }

    /// The next event.
    pub async fn event(&mut self) -> Value {
        loop {
            match self.next().await {
                Some(Observed::Frame(frame)) => return frame.arguments[0].clone(),
                Some(Observed::Opened(_)) => {}
                other => panic!("no event: {other:?}"),
            }
        }
    }

    /// Everything until its end.
    pub async fn all(mut self) -> Vec<Observed> {
        let mut all = Vec::new();
        while let Some(seen) = self.next().await {
            all.push(seen);
        }
        all
    }
}

pub fn endpoint(url: &Url, kind: Kind, place: &str) -> Endpoint {
    let path = if kind == Kind::SocketIo { "/socket.io/" } else { place };
    Endpoint {
        url: url.join(path).unwrap(),
        headers: Vec::new(),
        subprotocols: Vec::new(),
        last_event_id: None,
        namespace: place.to_owned(),
        auth: None,
        engine: EngineMode::default(),
        tls: tls::client_config(None).unwrap(),
        limits: Limits::default(),
    }
}
