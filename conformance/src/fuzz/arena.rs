//! Plays what is tried: writes it as a session, reads that like any other, and plays it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::diagnostic::Diagnostics;
use serde_json::{Value, json};
use tokio::runtime::Handle;

use super::moves::{Kind, Move, Sent};
use super::observer::Observer;
use super::script::{Scene, Step, Steps, member, written};
use super::stage::{Stage, named};
use super::subject::Subject;
use super::{Attack, NotBegun};
use crate::event::SessionReport;
use crate::record::yaml::Node;
use crate::run::{Ground, Health};
use crate::session::{Grade, Loader, Protocol, Session};
use crate::verdict::{Actor, Failure, Verdict};

/// The longest a session may take.
const MAX_TIME: Duration = Duration::from_secs(120);

/// Plays sessions.
pub struct Arena<'a> {
    attack: &'a Attack<'a>,
    protocol: &'a Protocol,
    loader: Loader<'a>,
    ground: Ground,
    runtime: Handle,
}

/// What is tried.
#[derive(Debug, Clone)]
pub struct Trial<'t> {
    /// Where.
    pub stage: &'t Stage,
    /// What is sent before everything else, and valid: it brings the server into a state that is always the same.
    pub setup: &'t [Move],
    /// What is sent.
    pub moves: &'t [Move],
    /// What of.
    pub subjects: &'t [Subject],
    /// The kind of the moves.
    pub kind: Kind,
    /// What is asked before and behind them.
    pub observer: Option<&'t Observer>,
    /// Whether somebody else is there.
    pub is_watched: bool,
}

/// A session that was played.
#[derive(Debug)]
pub struct Played {
    /// What came of it.
    pub report: SessionReport,
    /// The session's file.
    pub text: String,
    /// The lines of each move, from 1.
    pub lines: Vec<Range<usize>>,
    /// Of each move that was made, what the server said then: names of events, how it closed.
    pub answers: Vec<Vec<String>>,
}

impl Played {
    /// Why it failed; nothing where it did not.
    pub fn failure(&self) -> Option<&Failure> {
        self.report.failures.iter().find(|failure| failure.verdict == Verdict::Failed)
    }

    /// The move that was under way when it failed.
    pub fn culprit_idx(&self) -> usize {
        let line = self.failure().and_then(|failure| failure.step.as_ref()).map(|step| step.line);
        let named = line.and_then(|line| self.lines.iter().position(|lines| lines.contains(&line)));
        let last = self.answers.len().saturating_sub(1);
        named.unwrap_or(last).min(last)
    }
}

impl<'a> Arena<'a> {
    /// Plays what `loader` reads, on `ground`.
    pub fn new(
        attack: &'a Attack<'a>,
        protocol: &'a Protocol,
        loader: Loader<'a>,
        ground: Ground,
        runtime: Handle,
    ) -> Self {
        Self { attack, protocol, loader, ground, runtime }
    }

    /// Plays `trial`, whose session is called `name` and stands at `path`, with that deadline.
    pub fn play(&mut self, trial: &Trial<'_>, name: &str, path: &Path, deadline: Duration) -> Played {
        let stage = trial.stage;
        let protocol = self.protocol;
        let visited = trial.moves.iter().find_map(|one| match &one.sent {
            Sent::To { values, is_connection: true } => Some(values),
            _ => None,
        });
        let mut connect = stage.connect.clone();
        if let Some(values) = visited {
            connect["parameters"] = named(values);
        }
        let steps = |(number, one): (usize, &Move)| {
            one.steps(number, &trial.subjects[one.subject_idx], protocol, stage.barrier.as_ref())
        };
        let moves: Vec<Steps> = trial.moves.iter().enumerate().map(steps).collect();
        let opening = if visited.is_some() { Steps::new() } else { stage.opening() };
        let (mut before, mut after) = (opening, Steps::new());
        before.extend(trial.setup.iter().enumerate().flat_map(steps));
        if let Some(observer) = trial.observer {
            before.extend(observer.before.clone());
            after.extend(observer.after.clone());
        }
        let bystander = stage.bystander(trial.kind != Kind::Valid).filter(|_| trial.is_watched);
        let head = bystander.map(|bystander| ("bystander".to_owned(), Node::Value(bystander)));
        let scene = Scene {
            name,
            contract: &self.attack.contract_from_home,
            connect: &connect,
            head: head.into_iter().collect(),
            before: &before,
            moves: &moves,
            after: &after,
        };
        let (text, lines) = written(&scene);
        let report = match self.loader.read(path, &text) {
            Ok(session) => self.session(session, deadline),
            Err(problems) => self.broken(name, path, &problems),
        };
        let answers = answers(&report, &before, &moves);
        Played { report, text, lines, answers }
    }

    fn session(&self, session: Session, deadline: Duration) -> SessionReport {
        let arguments = self.attack.options.arguments.clone();
        self.runtime.block_on(self.ground.play(Arc::new(session), deadline, MAX_TIME, arguments))
    }

    /// A session that makes no sense: our mistake.
    fn broken(&self, name: &str, path: &Path, problems: &Diagnostics) -> SessionReport {
        SessionReport {
            session_idx: 0,
            repetition_idx: 0,
            permutation: None,
            skipped: None,
            name: name.to_owned(),
            file: path.display().to_string(),
            contract: self.protocol.contract.title.clone(),
            target: self.attack.settings.target.to_string(),
            arguments: self.attack.options.arguments.clone(),
            verdict: Verdict::Broken,
            grade: Grade::Ok,
            duration: Duration::ZERO,
            lag: Duration::ZERO,
            delays: Vec::new(),
            n_attempts: 1,
            n_frames: 0,
            failures: vec![Failure::new(Verdict::Broken, "session", problems.to_string())],
            transcript: Vec::new(),
        }
    }

    /// Where a session stands that is in no file.
    pub fn nowhere(&self) -> PathBuf {
        self.attack.home.join("attack.yaml")
    }

    /// Whether the server is still the one that it was.
    ///
    /// # Errors
    /// It is gone for good.
    pub fn health(&mut self) -> Result<Health, NotBegun> {
        self.runtime.block_on(self.ground.health()).map_err(NotBegun::Unreachable)
    }

    /// Whether everything is to end.
    pub fn is_stopped(&self) -> bool {
        self.ground.is_stopped()
    }

    /// Does nothing for so long.
    pub fn rest(&self, time: Duration) {
        self.runtime.block_on(self.ground.rest(time));
    }

    /// Ends the server, and tells what it printed last.
    pub fn end(self) -> Option<String> {
        self.runtime.block_on(self.ground.end())
    }
}

/// What the transcript calls what a step of the client does.
fn called(step: &Step) -> Option<&str> {
    let text = |key| member(step, key).and_then(Value::as_str);
    match step.first()?.0.as_str() {
        "send" => text("send"),
        "raw" => text("event").or(Some("raw")),
        "request" => Some("request"),
        _ => None,
    }
}

/// Of each move that was made, what the server said then.
fn answers(report: &SessionReport, before: &[Step], moves: &[Steps]) -> Vec<Vec<String>> {
    let mut awaited = before.iter().filter_map(called).map(|name| (None, name)).collect::<Vec<_>>();
    let of_moves = moves.iter().enumerate();
    awaited.extend(
        of_moves.flat_map(|(n, steps)| steps.iter().filter_map(called).map(move |name| (Some(n), name))),
    );
    let mut awaited = awaited.into_iter().peekable();
    let mut answers: Vec<Vec<String>> = Vec::new();
    let own = report.transcript.iter().filter(|line| !line.what.starts_with("(bystander)"));
    for line in own {
        match line.by {
            Actor::Client => {
                if let Some((number, _)) = awaited.next_if(|(_, name)| *name == line.what) {
                    answers.resize(number.map_or(0, |number| number + 1), Vec::new());
                }
            }
            Actor::Server => {
                let code = line.text.split(' ').next().unwrap_or_default();
                let told = match line.what.as_str() {
                    what @ ("closed" | "response") => format!("{what} {code}"),
                    what => what.to_owned(),
                };
                if let Some(last) = answers.last_mut() {
                    last.push(told);
                }
            }
            Actor::Runner => {}
        }
    }
    answers
}

/// The payload of the last event `name` but `n_back` that the server sent in `report`.
pub fn payload(report: &SessionReport, name: &str, n_back: usize) -> Option<Value> {
    let lines = report.transcript.iter().rev().filter(|line| line.by == Actor::Server && line.what == name);
    let text = &lines.into_iter().nth(n_back)?.text;
    if let Ok(payload) = serde_json::from_str(text) {
        return Some(payload);
    }
    // A packet of Socket.IO: type, namespace, and the arguments behind the event's name.
    let arguments: Vec<Value> = serde_json::from_str(&text[text.find('[')?..]).ok()?;
    match arguments.as_slice() {
        [_] => Some(Value::Null),
        [_, payload] => Some(payload.clone()),
        [_, several @ ..] => Some(json!(several)),
        [] => None,
    }
}

/// The body of the last answer but `n_back` to an HTTP request in `report`.
pub fn response(report: &SessionReport, n_back: usize) -> Option<Value> {
    let lines =
        report.transcript.iter().rev().filter(|line| line.by == Actor::Server && line.what == "response");
    let (_, body) = lines.into_iter().nth(n_back)?.text.split_once(' ')?;
    serde_json::from_str(body).ok()
}
