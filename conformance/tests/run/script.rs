//! Players and connections that do what a test says.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use handfast_conformance::event::{RunEvent, RunSummary, SessionReport};
use handfast_conformance::matcher::{Action, Answer, Outcome, Player, Request, Settings};
use handfast_conformance::run::{Answering, Case, Options, Run, Wire};
use handfast_conformance::session::Grade;
use handfast_conformance::transport::tls::client_config;
use handfast_conformance::transport::{
    Command, Connection, Endpoint, EngineMode, Frame, Kind, Limits, Observed, Sighting,
};
use handfast_conformance::verdict::{Failure, Verdict};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use url::Url;

/// A step of a scripted session.
#[derive(Debug, Clone)]
pub enum Step {
    /// Opens a connection and waits for whatever it sees first.
    Open,
    /// Makes a request and waits for its answer.
    Request,
    /// Waits for a frame of this name.
    Expect(&'static str, Duration),
    /// Sends a frame of this name.
    Send(&'static str),
    /// Keeps the runner's thread, as a busy machine would.
    Stall(Duration),
    /// Closes the connection, and waits until it is closed.
    Close,
    /// Waits until the connection is closed, and takes it ill.
    Stay,
}

/// A session of such steps.
#[derive(Debug)]
pub struct Scripted {
    pub name: String,
    /// The steps of each attempt; those of the last one for every further attempt.
    pub attempts: Vec<Vec<Step>>,
    pub n_played: AtomicUsize,
}

impl Scripted {
    pub fn new(name: &str, attempts: Vec<Vec<Step>>) -> Arc<Self> {
        Arc::new(Self { name: name.to_owned(), attempts, n_played: AtomicUsize::new(0) })
    }
}

impl Case for Scripted {
    fn name(&self) -> &str {
        &self.name
    }

    fn file(&self) -> &str {
        "scripted.yaml"
    }

    fn contract(&self) -> &str {
        "script"
    }

    fn player(self: Arc<Self>, settings: Settings) -> Box<dyn Player + Send> {
        let attempt = self.n_played.fetch_add(1, Ordering::SeqCst).min(self.attempts.len() - 1);
        let steps = self.attempts[attempt].clone();
        Box::new(ScriptedPlayer {
            n_steps: steps.len(),
            steps: steps.into(),
            endpoint: endpoint(&settings),
            seen: VecDeque::new(),
            started: None,
            failures: Vec::new(),
            n_frames: 0,
        })
    }
}

struct ScriptedPlayer {
    steps: VecDeque<Step>,
    n_steps: usize,
    endpoint: Endpoint,
    seen: VecDeque<(Duration, String)>,
    started: Option<Duration>,
    failures: Vec<Failure>,
    n_frames: usize,
}

impl ScriptedPlayer {
    fn begins(&mut self, now: Duration) -> bool {
        self.started.replace(self.started.unwrap_or(now)).is_none()
    }

    fn done(&mut self, now: Duration) -> Action {
        self.steps.pop_front();
        self.started = None;
        self.next(now)
    }

    /// Waits for something called `name`; what comes before it is passed over.
    fn awaits(&mut self, name: &str, within: Duration, now: Duration) -> Action {
        let deadline = self.started.unwrap_or(now) + within;
        while let Some((at, what)) = self.seen.pop_front() {
            if what == "unreachable" {
                return self.fails(Verdict::Unreachable, "unreachable", now);
            } else if at > deadline {
                let came_late = what == name || self.seen.iter().any(|(_, later)| later == name);
                self.fails(Verdict::Failed, "deadline", now);
                self.failures[0].frame_idx = came_late.then_some(0);
                return Action::Done;
            } else if what == name {
                return self.done(now);
            }
        }
        if now < deadline {
            Action::WaitUntil(deadline)
        } else {
            self.fails(Verdict::Failed, "deadline", now)
        }
    }

    fn fails(&mut self, verdict: Verdict, rule: &'static str, now: Duration) -> Action {
        self.failures.push(Failure::new(verdict, rule, format!("{:?} after {now:?}", self.steps.front())));
        self.steps.clear();
        Action::Done
    }
}

impl Player for ScriptedPlayer {
    fn observe(&mut self, at: Duration, what: Observed) {
        let what = match what {
            Observed::Frame(frame) => {
                self.n_frames += 1;
                frame.name.unwrap_or_default()
            }
            Observed::Unreachable(_) => "unreachable".to_owned(),
            Observed::Closed(_) => "closed".to_owned(),
            _ => "other".to_owned(),
        };
        self.seen.push_back((at, what));
    }

    fn answered(&mut self, at: Duration, answer: Answer) {
        self.seen.push_back((at, format!("{answer:?}")));
    }

    fn next(&mut self, now: Duration) -> Action {
        let Some(step) = self.steps.front().cloned() else { return Action::Done };
        match step {
            Step::Open if self.begins(now) => Action::Open(Kind::WebSocket, Box::new(self.endpoint.clone())),
            Step::Open => self.awaits("other", Duration::from_secs(5), now),
            Step::Request if self.begins(now) => Action::Request(Request {
                method: "GET".to_owned(),
                path: "/".to_owned(),
                headers: Vec::new(),
                body: None,
                raw: None,
            }),
            Step::Request => self.awaits(&format!("{:?}", answer()), Duration::from_secs(5), now),
            Step::Send(name) => {
                self.steps.pop_front();
                Action::Command(command(name))
            }
            Step::Close if self.begins(now) => {
                Action::Command(Command::Close { code: 1000, reason: String::new() })
            }
            Step::Close => self.awaits("closed", Duration::from_secs(5), now),
            Step::Stay if self.seen.iter().any(|(_, what)| what == "closed") => {
                self.fails(Verdict::Failed, "closed", now)
            }
            Step::Stay => Action::WaitUntil(now + Duration::from_secs(5)),
            Step::Expect(name, within) => {
                self.begins(now);
                self.awaits(name, within, now)
            }
            Step::Stall(time) => {
                std::thread::sleep(time);
                self.done(now + time)
            }
        }
    }

    fn progress(&self) -> (usize, usize) {
        (self.n_steps - self.steps.len(), self.n_steps)
    }

    fn finish(self: Box<Self>) -> Outcome {
        Outcome { failures: self.failures, grade: Grade::Ok, transcript: Vec::new(), n_frames: self.n_frames }
    }
}

pub fn answer() -> Answer {
    Answer::Response {
        status: 200,
        headers: Vec::new(),
        body: serde_json::json!("ok"),
        bytes: b"ok".to_vec(),
    }
}

fn command(name: &str) -> Command {
    Command::Send(handfast_conformance::transport::Outgoing {
        name: name.to_owned(),
        arguments: Vec::new(),
        ack: None,
        attachments: Vec::new(),
    })
}

/// What a scripted server does with a connection of its own.
pub type Serve = Box<dyn Fn(Peer) + Send + Sync>;

/// The server's end of a connection.
pub struct Peer {
    pub commands: mpsc::Receiver<Box<Command>>,
    pub sightings: mpsc::Sender<Sighting>,
}

impl Peer {
    pub async fn saw(&self, what: Observed) {
        let _ = self.sightings.send(Sighting { at: tokio::time::Instant::now(), what: Box::new(what) }).await;
    }

    pub async fn event(&self, name: &str) {
        self.saw(Observed::Frame(Frame { name: Some(name.to_owned()), ..Frame::default() })).await;
    }
}

/// A wire to a scripted server.
pub struct ScriptedWire(pub Serve);

impl Wire for ScriptedWire {
    fn open(&self, _: Kind, _: Endpoint) -> Option<Connection> {
        let (commands, command_inbox) = mpsc::channel(2);
        let (sightings, observed) = mpsc::channel(2);
        (self.0)(Peer { commands: command_inbox, sightings });
        Some(Connection::new(commands, observed))
    }

    fn request(&self, _: Request) -> Answering {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            answer()
        })
    }
}

/// A run's events and sum.
pub struct Played {
    pub events: Vec<RunEvent>,
    pub summary: RunSummary,
}

impl Played {
    pub fn reports(&self) -> Vec<&SessionReport> {
        let reports = self.events.iter().filter_map(|event| match event {
            RunEvent::SessionFinished(report) => Some(report.as_ref()),
            _ => None,
        });
        reports.collect()
    }
}

/// Plays `cases` against a target that accepts connections and is never heard of again.
pub async fn play(cases: Vec<Arc<dyn Case>>, serve: Serve, options: Options) -> Played {
    let (_stop, stopped) = watch::channel(false);
    play_until(cases, serve, options, stopped).await
}

pub async fn play_until(
    cases: Vec<Arc<dyn Case>>,
    serve: Serve,
    options: Options,
    stopped: watch::Receiver<bool>,
) -> Played {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = format!("http://{}", listener.local_addr().unwrap());
    let run = Run {
        cases,
        settings: settings(&target),
        wire: Arc::new(ScriptedWire(serve)),
        launch: None,
        options,
    };
    collect(run, stopped).await
}

pub async fn collect(run: Run, stopped: watch::Receiver<bool>) -> Played {
    let events = Mutex::new(Vec::new());
    let mut emit = |event| events.lock().unwrap().push(event);
    let summary = run.play(stopped, &mut emit).await;
    Played { events: events.into_inner().unwrap(), summary }
}

pub fn settings(target: &str) -> Settings {
    Settings {
        target: Url::parse(target).unwrap(),
        tls: client_config(None).unwrap(),
        engine: EngineMode::default(),
        scale: 1.0,
        deadline: None,
        seed: 1,
        began: SystemTime::UNIX_EPOCH,
    }
}

fn endpoint(settings: &Settings) -> Endpoint {
    Endpoint {
        url: settings.target.clone(),
        headers: Vec::new(),
        subprotocols: Vec::new(),
        last_event_id: None,
        namespace: "/".to_owned(),
        auth: None,
        engine: settings.engine,
        tls: settings.tls.clone(),
        limits: Limits::default(),
    }
}
