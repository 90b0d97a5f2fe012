//! Runs sessions against a server: starts it, plays them, and says what happened as a stream of events.
//!
//! What a session means is its [`Player`]'s business, what events look like that of the [`report`](crate::report)s. A
//! run always comes to its end: every session has a longest time, every process a bound for starting and ending.

mod case;
mod company;
mod drive;
mod ground;
mod lag;
mod output;
mod ready;
mod server;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;
use url::Url;

use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::known::Known;
use crate::matcher::{Outcome, Settings};
use crate::session::Grade;
use crate::shard::Share;
use crate::tally::Tally;
use crate::verdict::{Failure, Verdict};
pub use case::{Case, Permutation, Permuted, Site};
use company::accompanied;
use drive::{Attempt, Bounds};
pub use ground::{Ground, Health};
use lag::Pulse;
pub use ready::Ready;
pub use server::{Launch, settle_port};
use server::{NotStarted, Server, reach};
pub use wire::{Answering, Network, Wire};

/// How many sessions open their connections at a time. A handshake takes far more memory than what it leads to, and the
/// queue of what a server has not accepted yet is often no longer.
const MAX_OPENING: usize = 128;

/// What a run is made of.
pub struct Run {
    /// The sessions, in the order of the reports.
    pub cases: Vec<Arc<dyn Case>>,
    /// What they are played with. Each has a seed of its own, derived from this one, and begins at its own time.
    pub settings: Settings,
    /// What they act on.
    pub wire: Arc<dyn Wire>,
    /// The server to start; it is up already where there is none.
    pub launch: Option<Launch>,
    /// How the run goes about it.
    pub options: Options,
}

/// How a run goes about it.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many sessions are played at a time.
    pub n_jobs: usize,
    /// How often a session is played again because the runner was late.
    pub n_retries: usize,
    /// How often each session is played, one after the other, and then all of them again.
    pub n_repetitions: usize,
    /// The longest a session may take.
    pub max_time: Duration,
    /// The failures that are known.
    pub known: Vec<Known>,
    /// Which sessions these are, where they are a part of a larger run.
    pub part: Option<Part>,
    /// For the reports: the command's arguments beside the sessions and the seed.
    pub arguments: Vec<String>,
}

/// A part of a larger run.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which part.
    pub share: Share,
    /// The names of all sessions of the larger run.
    pub names: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            n_jobs: 1,
            n_retries: 2,
            n_repetitions: 1,
            max_time: Duration::from_secs(300),
            known: Vec::new(),
            part: None,
            arguments: Vec::new(),
        }
    }
}

/// Takes the events of a run.
pub type Emit<'a> = &'a mut (dyn FnMut(RunEvent) + Send);

impl Run {
    /// Plays all sessions, until they are over or `stop` becomes true.
    pub async fn play(self, stop: watch::Receiver<bool>, emit: Emit<'_>) -> RunSummary {
        let began = Instant::now();
        emit(self.started());
        let mut tally = self.tally();
        let mut server_output = None;
        match until(stop.clone(), self.server()).await {
            None => {}
            Some(Ok(server)) => {
                let absent = until(stop.clone(), self.absent()).await.unwrap_or_default();
                self.sessions(stop, &absent, &mut tally, emit).await;
                let output = stop_server(server).await;
                server_output = output.filter(|_| tally.gravest() != Verdict::Passed);
            }
            Some(Err(reason)) => {
                self.unreachable(&reason, &mut tally, emit);
                server_output = Some(reason.output).filter(|output| !output.is_empty());
            }
        }
        let summary = tally.sum(self.n_plays(), began.elapsed(), server_output);
        emit(RunEvent::RunFinished(summary.clone()));
        summary
    }

    fn tally(&self) -> Tally {
        let known = self.options.known.clone();
        let names: Vec<&str> = match &self.options.part {
            Some(part) => part.names.iter().map(String::as_str).collect(),
            None => self.cases.iter().map(|case| case.name()).collect(),
        };
        Tally::new(known, &names)
    }

    /// How often sessions are to be played.
    fn n_plays(&self) -> usize {
        self.cases.len().saturating_mul(self.options.n_repetitions.max(1))
    }

    fn started(&self) -> RunEvent {
        RunEvent::RunStarted {
            n_sessions: self.n_plays(),
            target: self.targets().map(Url::to_string).collect::<Vec<_>>().join(", "),
            seed: self.settings.seed,
            share: self.options.part.as_ref().map(|part| part.share.clone()),
        }
    }

    /// Where sessions are played, each place once: the target of the settings, unless sessions have places of their own.
    fn targets(&self) -> impl Iterator<Item = &Url> {
        let permutations = self.cases.iter().filter_map(|case| case.permutation());
        let sites = permutations.filter_map(|permutation| permutation.site.as_deref().ok());
        let own: Vec<&Url> = sites.map(|site| &site.target).collect();
        let mut seen = BTreeSet::new();
        let all = if own.is_empty() { vec![&self.settings.target] } else { own };
        all.into_iter().filter(move |target| seen.insert(target.as_str()))
    }

    /// The targets at which nobody accepts connections, and how that is seen.
    async fn absent(&self) -> BTreeMap<Url, String> {
        let mut absent = BTreeMap::new();
        for target in self.targets() {
            if let Err(message) = reach(target).await {
                absent.insert(target.clone(), message);
            }
        }
        absent
    }

    /// The server of the run: `None` where it is not ours.
    async fn server(&self) -> Result<Option<Server>, NotStarted> {
        if let Some(launch) = &self.launch {
            return Server::start(launch, &self.settings).await.map(Some);
        }
        let mut nobody = None;
        for target in self.targets() {
            match reach(target).await {
                Ok(()) => return Ok(None),
                Err(message) => nobody = nobody.or(Some(message)),
            }
        }
        nobody.map_or(Ok(None), |message| Err(NotStarted { message, output: String::new() }))
    }

    fn unreachable(&self, reason: &NotStarted, tally: &mut Tally, emit: Emit<'_>) {
        for turn in (0..self.n_plays()).map(|session_idx| self.turn(session_idx)) {
            emit(turn.started());
            if let Some(reason) = turn.skipped() {
                finished(turn.left_out(reason), tally, emit);
                continue;
            }
            let help =
                "start the server, name it with `--target`, or have it started with `--spawn`".to_owned();
            let help = Some(help).filter(|_| self.launch.is_none());
            let failure = Failure { help, ..Failure::new(Verdict::Unreachable, "target", &reason.message) };
            finished(turn.report(Attempt::of(vec![failure])), tally, emit);
        }
    }

    /// Plays up to `n_jobs` sessions at a time, and reports them in their order.
    async fn sessions(
        &self,
        stop: watch::Receiver<bool>,
        absent: &BTreeMap<Url, String>,
        tally: &mut Tally,
        emit: Emit<'_>,
    ) {
        let mut queue = (0..self.n_plays()).map(|session_idx| self.turn(session_idx));
        let (events, mut happened) = mpsc::channel(256);
        let turnstile = Arc::new(Semaphore::new(MAX_OPENING));
        let house = House { events, stop, pulse: Pulse::start(), turnstile };
        let mut running = JoinSet::new();
        let mut in_order = InOrder::default();
        loop {
            while running.len() < self.options.n_jobs.max(1)
                && !*house.stop.borrow()
                && let Some(turn) = queue.next()
            {
                let absence = turn.site().and_then(|site| absent.get(&site.target)).cloned();
                running.spawn(self.seat(turn, &house).play(absence));
            }
            tokio::select! {
                biased;
                Some(event) = happened.recv() => emit(event),
                done = running.join_next() => match done {
                    None => break,
                    Some(Ok(report)) => {
                        while let Ok(event) = happened.try_recv() {
                            emit(event);
                        }
                        in_order.take(report, |report| finished(report, tally, emit));
                    }
                    // A bug of ours; the run ends as if nothing stood between it and us.
                    Some(Err(error)) => if let Ok(panic) = error.try_into_panic() { std::panic::resume_unwind(panic) },
                },
            }
        }
    }

    /// The session that is played as number `session_idx`.
    fn turn(&self, session_idx: usize) -> Turn {
        let repetition_idx = session_idx / self.cases.len().max(1);
        let case = Arc::clone(&self.cases[session_idx % self.cases.len().max(1)]);
        let site = case.permutation().and_then(|permutation| permutation.site.as_deref().ok());
        Turn {
            session_idx,
            repetition_idx,
            target: site.map_or(&self.settings.target, |site| &site.target).to_string(),
            case,
            // Each repetition has fresh values of its own: the server may remember the last ones.
            seed: self.settings.seed.wrapping_add(repetition_idx as u64),
            arguments: self.options.arguments.clone(),
        }
    }

    fn seat(&self, turn: Turn, house: &House) -> Seat {
        let (mut settings, mut wire) = (self.settings.clone(), Arc::clone(&self.wire));
        if let Some(site) = turn.site() {
            (settings.target, settings.tls) = (site.target.clone(), Arc::clone(&site.tls));
            (settings.engine, wire) = (site.engine, Arc::clone(&site.wire));
        }
        Seat {
            turn,
            settings,
            wire,
            n_retries: self.options.n_retries,
            max_time: self.options.max_time,
            house: house.clone(),
        }
    }
}

/// What `work` comes to, or nothing once `stop` is true.
async fn until<T>(mut stop: watch::Receiver<bool>, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        done = work => Some(done),
        Ok(_) = stop.wait_for(|stop| *stop) => None,
    }
}

async fn stop_server(server: Option<Server>) -> Option<String> {
    Some(server?.stop().await).filter(|output| !output.is_empty())
}

/// Counts a session and tells of it.
fn finished(mut report: SessionReport, tally: &mut Tally, emit: &mut (dyn FnMut(RunEvent) + Send)) {
    tally.take(&mut report);
    emit(RunEvent::SessionFinished(Box::new(report)));
}

/// One time that a session is played.
struct Turn {
    session_idx: usize,
    repetition_idx: usize,
    case: Arc<dyn Case>,
    target: String,
    seed: u64,
    arguments: Vec<String>,
}

impl Turn {
    fn site(&self) -> Option<&Site> {
        self.case.permutation()?.site.as_deref().ok()
    }

    /// Why it is not played, if it is not.
    fn skipped(&self) -> Option<&str> {
        self.case.permutation()?.site.as_ref().err().map(String::as_str)
    }

    /// The report of a session that is not played.
    fn left_out(&self, reason: &str) -> SessionReport {
        let nothing = Attempt::of(Vec::new());
        SessionReport {
            verdict: Verdict::Skipped,
            skipped: Some(reason.to_owned()),
            n_attempts: 0,
            ..self.report(nothing)
        }
    }

    fn started(&self) -> RunEvent {
        RunEvent::SessionStarted {
            session_idx: self.session_idx,
            name: self.case.name().to_owned(),
            file: self.case.file().to_owned(),
        }
    }

    fn report(&self, attempt: Attempt) -> SessionReport {
        let Attempt { outcome, duration, lag, delays } = attempt;
        let permutation = self.case.permutation().and_then(|permutation| permutation.name.clone());
        let chosen = permutation.iter().flat_map(|name| ["--permutation".to_owned(), name.clone()]);
        let seed = ["--seed".to_owned(), self.seed.to_string()];
        SessionReport {
            session_idx: self.session_idx,
            repetition_idx: self.repetition_idx,
            name: self.case.name().to_owned(),
            skipped: None,
            file: self.case.file().to_owned(),
            contract: self.case.contract().to_owned(),
            target: self.target.clone(),
            arguments: self.arguments.iter().cloned().chain(chosen).chain(seed).collect(),
            permutation,
            verdict: outcome.failures.iter().map(|failure| failure.verdict).max().unwrap_or(Verdict::Passed),
            duration,
            lag,
            delays,
            n_attempts: 1,
            n_frames: outcome.n_frames,
            grade: outcome.grade,
            failures: outcome.failures,
            transcript: outcome.transcript,
        }
    }
}

/// A turn that is under way.
struct Seat {
    turn: Turn,
    settings: Settings,
    wire: Arc<dyn Wire>,
    n_retries: usize,
    max_time: Duration,
    house: House,
}

/// What all who play in a run share.
#[derive(Clone)]
struct House {
    events: mpsc::Sender<RunEvent>,
    stop: watch::Receiver<bool>,
    pulse: Pulse,
    /// Lets in so many at a time as may be opening their connections.
    turnstile: Arc<Semaphore>,
}

impl Seat {
    /// Plays the session, again where the runner was late.
    ///
    /// Where the server has said that it listens, and does not (`absence`), it has failed.
    async fn play(self, absence: Option<String>) -> SessionReport {
        // Nobody to tell means that nobody wants to know.
        let _ = self.house.events.send(self.turn.started()).await;
        if let Some(reason) = self.turn.skipped() {
            return self.turn.left_out(reason);
        }
        if let Some((message, site)) = absence.zip(self.turn.site()) {
            return self.turn.report(Attempt::of(vec![claimed(site, &message)]));
        }
        let mut n_attempts = 0;
        loop {
            n_attempts += 1;
            let attempt = self.attempt(n_attempts).await;
            let mut report = self.turn.report(attempt);
            report.n_attempts = n_attempts;
            let again = report.verdict == Verdict::Inconclusive && !*self.house.stop.borrow();
            if !again || n_attempts > self.n_retries {
                return report;
            }
        }
    }

    /// The settings of one attempt. Its seed depends on the session's name and on nothing else of the run, so that a
    /// session that is played alone is the same; but no two of a run send the same fresh values.
    fn settings(&self, n_attempts: usize) -> Settings {
        let mut hasher = DefaultHasher::new();
        (self.turn.seed, self.turn.case.name(), n_attempts).hash(&mut hasher);
        Settings { seed: hasher.finish(), began: SystemTime::now(), ..self.settings.clone() }
    }

    async fn attempt(&self, n_attempts: usize) -> Attempt {
        // Before the session begins: it has no time to lose here.
        let turn = Arc::clone(&self.house.turnstile).acquire_owned().await.ok();
        let progress = |n_done, n_steps| {
            let step = RunEvent::StepFinished { session_idx: self.turn.session_idx, n_done, n_steps };
            // Progress that nobody has time to look at is not worth a wait.
            let _ = self.house.events.try_send(step);
        };
        let bounds = Bounds {
            max_time: self.max_time,
            stop: self.house.stop.clone(),
            progress: &progress,
            standing: None,
            pulse: self.house.pulse.clone(),
            turn,
        };
        accompanied(&self.turn.case, self.settings(n_attempts), self.wire.as_ref(), bounds).await
    }
}

/// A target that is claimed and absent.
fn claimed(site: &Site, message: &str) -> Failure {
    let message = format!("the capabilities claim the target `{}`, and {message}", site.name);
    let help = "have the server listen there, or take the target out of the file".to_owned();
    Failure { help: Some(help), ..Failure::new(Verdict::Failed, "capability", message) }
}

impl Attempt {
    /// No attempt at all, for these reasons.
    fn of(failures: Vec<Failure>) -> Self {
        let outcome = Outcome { failures, grade: Grade::Ok, transcript: Vec::new(), n_frames: 0 };
        Self { outcome, duration: Duration::ZERO, lag: Duration::ZERO, delays: Vec::new() }
    }
}

/// Holds reports back until those before them are there.
#[derive(Default)]
struct InOrder {
    waiting: BTreeMap<usize, SessionReport>,
    next_idx: usize,
}

impl InOrder {
    fn take(&mut self, report: SessionReport, mut emit: impl FnMut(SessionReport)) {
        self.waiting.insert(report.session_idx, report);
        while let Some(report) = self.waiting.remove(&self.next_idx) {
            emit(report);
            self.next_idx += 1;
        }
    }
}
