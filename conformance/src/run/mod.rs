//! Runs sessions against a server: starts it, plays them, and says what happened as a stream of events.
//!
//! What a session means is its [`Player`]'s business, what events look like that of the [`report`](crate::report)s. A
//! run always comes to its end: every session has a longest time, every process a bound for starting and ending.

mod case;
mod drive;
mod lag;
mod output;
mod ready;
mod server;
mod wire;

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::matcher::{Outcome, Player, Settings};
use crate::verdict::{Failure, Verdict};
pub use case::Case;
use drive::{Attempt, Bounds, drive};
pub use ready::Ready;
pub use server::{Launch, settle_port};
use server::{NotStarted, Server, reach};
pub use wire::{Answering, Network, Wire};

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
    /// The longest a session may take.
    pub max_time: Duration,
    /// For the reports: the command's arguments beside the sessions.
    pub arguments: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { n_jobs: 1, n_retries: 2, max_time: Duration::from_secs(300), arguments: Vec::new() }
    }
}

/// Takes the events of a run.
pub type Emit<'a> = &'a mut (dyn FnMut(RunEvent) + Send);

impl Run {
    /// Plays all sessions, until they are over or `stop` becomes true.
    pub async fn play(self, stop: watch::Receiver<bool>, emit: Emit<'_>) -> RunSummary {
        let began = Instant::now();
        emit(self.started());
        let mut summary = Tally::default();
        match until(stop.clone(), self.server()).await {
            None => {}
            Some(Ok(server)) => {
                self.sessions(stop, &mut summary, emit).await;
                let output = stop_server(server).await;
                summary.server_output = output.filter(|_| summary.gravest != Verdict::Passed);
            }
            Some(Err(reason)) => {
                self.unreachable(&reason, &mut summary, emit);
                summary.server_output = Some(reason.output).filter(|output| !output.is_empty());
            }
        }
        let summary = summary.sum(self.cases.len(), began.elapsed());
        emit(RunEvent::RunFinished(summary.clone()));
        summary
    }

    fn started(&self) -> RunEvent {
        RunEvent::RunStarted {
            n_sessions: self.cases.len(),
            target: self.settings.target.to_string(),
            seed: self.settings.seed,
            arguments: self.options.arguments.clone(),
        }
    }

    /// The server of the run: `None` where it is not ours.
    async fn server(&self) -> Result<Option<Server>, NotStarted> {
        let target = &self.settings.target;
        match &self.launch {
            Some(launch) => Server::start(launch, &self.settings).await.map(Some),
            None => reach(target)
                .await
                .map(|()| None)
                .map_err(|message| NotStarted { message, output: String::new() }),
        }
    }

    fn unreachable(&self, reason: &NotStarted, tally: &mut Tally, emit: Emit<'_>) {
        for (session_idx, case) in self.cases.iter().enumerate() {
            emit(session_started(session_idx, case.as_ref()));
            let help =
                "start the server, name it with `--target`, or have it started with `--spawn`".to_owned();
            let help = Some(help).filter(|_| self.launch.is_none());
            let failure = Failure { help, ..Failure::new(Verdict::Unreachable, "target", &reason.message) };
            let report = SessionReport::new(session_idx, case.as_ref(), Attempt::none(failure));
            tally.finished(report, emit);
        }
    }

    /// Plays up to `n_jobs` sessions at a time, and reports them in their order.
    async fn sessions(&self, stop: watch::Receiver<bool>, tally: &mut Tally, emit: Emit<'_>) {
        let mut queue: VecDeque<_> = self.cases.iter().cloned().enumerate().collect();
        let (events, mut happened) = mpsc::channel(256);
        let mut running = JoinSet::new();
        let mut finished = InOrder::default();
        loop {
            while running.len() < self.options.n_jobs.max(1)
                && !*stop.borrow()
                && let Some((session_idx, case)) = queue.pop_front()
            {
                running.spawn(self.seat(session_idx, case, &events, &stop).play());
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
                        finished.take(report, |report| tally.finished(report, emit));
                    }
                    // A bug of ours; the run ends as if nothing stood between it and us.
                    Some(Err(error)) => if let Ok(panic) = error.try_into_panic() { std::panic::resume_unwind(panic) },
                },
            }
        }
    }

    fn seat(
        &self,
        session_idx: usize,
        case: Arc<dyn Case>,
        events: &mpsc::Sender<RunEvent>,
        stop: &watch::Receiver<bool>,
    ) -> Seat {
        Seat {
            session_idx,
            case,
            settings: self.settings.clone(),
            wire: Arc::clone(&self.wire),
            options: self.options.clone(),
            events: events.clone(),
            stop: stop.clone(),
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

fn session_started(session_idx: usize, case: &dyn Case) -> RunEvent {
    RunEvent::SessionStarted { session_idx, name: case.name().to_owned(), file: case.file().to_owned() }
}

/// One session of a run.
struct Seat {
    session_idx: usize,
    case: Arc<dyn Case>,
    settings: Settings,
    wire: Arc<dyn Wire>,
    options: Options,
    events: mpsc::Sender<RunEvent>,
    stop: watch::Receiver<bool>,
}

impl Seat {
    /// Plays the session, again where the runner was late.
    async fn play(self) -> SessionReport {
        // Nobody to tell means that nobody wants to know.
        let _ = self.events.send(session_started(self.session_idx, self.case.as_ref())).await;
        let mut n_attempts = 0;
        loop {
            n_attempts += 1;
            let attempt = self.attempt(Arc::clone(&self.case).player(self.settings(n_attempts))).await;
            let mut report = SessionReport::new(self.session_idx, self.case.as_ref(), attempt);
            report.n_attempts = n_attempts;
            let again = report.verdict == Verdict::Inconclusive && !*self.stop.borrow();
            if !again || n_attempts > self.options.n_retries {
                return report;
            }
        }
    }

    /// The settings of one attempt. Its seed depends on the session's name and on nothing else of the run, so that a
    /// session that is played alone is the same; but no two of a run send the same fresh values.
    fn settings(&self, n_attempts: usize) -> Settings {
        let mut hasher = DefaultHasher::new();
        (self.settings.seed, self.case.name(), n_attempts).hash(&mut hasher);
        Settings { seed: hasher.finish(), began: SystemTime::now(), ..self.settings.clone() }
    }

    async fn attempt(&self, player: Box<dyn Player + Send>) -> Attempt {
        let progress = |n_done, n_steps| {
            let step = RunEvent::StepFinished { session_idx: self.session_idx, n_done, n_steps };
            // Progress that nobody has time to look at is not worth a wait.
            let _ = self.events.try_send(step);
        };
        let bounds = Bounds { max_time: self.options.max_time, stop: self.stop.clone(), progress: &progress };
        drive(player, self.wire.as_ref(), bounds).await
    }
}

impl Attempt {
    /// No attempt at all, for this reason.
    fn none(failure: Failure) -> Self {
        let outcome = Outcome { failures: vec![failure], transcript: Vec::new(), n_frames: 0 };
        Self { outcome, duration: Duration::ZERO, lag: Duration::ZERO }
    }
}

impl SessionReport {
    fn new(session_idx: usize, case: &dyn Case, attempt: Attempt) -> Self {
        let Attempt { outcome, duration, lag } = attempt;
        Self {
            session_idx,
            name: case.name().to_owned(),
            file: case.file().to_owned(),
            contract: case.contract().to_owned(),
            verdict: outcome.failures.iter().map(|failure| failure.verdict).max().unwrap_or(Verdict::Passed),
            duration,
            lag,
            n_attempts: 1,
            n_frames: outcome.n_frames,
            failures: outcome.failures,
            transcript: outcome.transcript,
        }
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

/// The sum of a run so far.
struct Tally {
    summary: RunSummary,
    gravest: Verdict,
    server_output: Option<String>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { summary: RunSummary::default(), gravest: Verdict::Passed, server_output: None }
    }
}

impl Tally {
    fn finished(&mut self, report: SessionReport, emit: &mut (dyn FnMut(RunEvent) + Send)) {
        let count = match report.verdict {
            Verdict::Passed => &mut self.summary.n_passed,
            Verdict::Failed => &mut self.summary.n_failed,
            Verdict::Broken | Verdict::Unreachable => &mut self.summary.n_broken,
            Verdict::Inconclusive => &mut self.summary.n_inconclusive,
        };
        *count += 1;
        self.gravest = self.gravest.max(report.verdict);
        emit(RunEvent::SessionFinished(Box::new(report)));
    }

    /// The summary. A run that was stopped before all of its sessions were played is not conclusive.
    fn sum(self, n_sessions: usize, duration: Duration) -> RunSummary {
        let mut summary = self.summary;
        let n_played = summary.n_passed + summary.n_failed + summary.n_broken + summary.n_inconclusive;
        let whole = if n_played < n_sessions { Verdict::Inconclusive } else { Verdict::Passed };
        summary.duration = duration;
        summary.exit_code = self.gravest.max(whole).exit_code();
        summary.server_output = self.server_output;
        summary
    }
}
