//! The server under test while sessions are tried on it one by one, some of which may bring it down.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use super::company::accompanied;
use super::drive::Bounds;
use super::lag::Pulse;
use super::server::{Launch, PAUSE, Server, reach};
use super::{Case, Turn, Wire};
use crate::event::SessionReport;
use crate::matcher::Settings;
use crate::verdict::Verdict;

/// How long a server that nobody here started may be away.
const AWAY: Duration = Duration::from_secs(30);

/// A server, and how sessions are played against it.
pub struct Ground {
    settings: Settings,
    wire: Arc<dyn Wire>,
    launch: Option<Launch>,
    server: Option<Server>,
    n_retries: usize,
    /// How many sessions were played: each has fresh values of its own, as the server may remember those of the last.
    n_played: AtomicU64,
    stop: watch::Receiver<bool>,
    pulse: Pulse,
    /// What the servers printed that ended by themselves.
    last_words: String,
}

/// Whether a server is still the one that it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It accepts connections.
    Alive,
    /// It had gone, and is there again.
    Revived,
}

impl Ground {
    /// Starts the server, or finds the one that is there.
    ///
    /// # Errors
    /// It can't be started, or reached.
    pub async fn prepare(
        settings: Settings,
        wire: Arc<dyn Wire>,
        launch: Option<Launch>,
        stop: watch::Receiver<bool>,
    ) -> Result<Self, String> {
        let mut ground = Self {
            settings,
            wire,
            launch,
            server: None,
            n_retries: 2,
            n_played: AtomicU64::new(0),
            stop,
            pulse: Pulse::start(),
            last_words: String::new(),
        };
        match &ground.launch {
            Some(_) => ground.start().await?,
            None => reach(&ground.settings.target).await?,
        }
        Ok(ground)
    }

    async fn start(&mut self) -> Result<(), String> {
        let Some(launch) = &self.launch else { return Ok(()) };
        let started = Server::start(launch, &self.settings).await;
        self.server = Some(started.map_err(|reason| format!("{}\n{}", reason.message, reason.output))?);
        Ok(())
    }

    /// Plays `case` once, with waits of `deadline` where it says nothing; again where the runner itself was late.
    pub async fn play(
        &self,
        case: Arc<dyn Case>,
        deadline: Duration,
        max_time: Duration,
        arguments: Vec<String>,
    ) -> SessionReport {
        let n_played = self.n_played.fetch_add(1, Ordering::Relaxed);
        let settings = Settings {
            deadline: Some(deadline),
            began: SystemTime::now(),
            // Bystanders have the next.
            seed: self.settings.seed.wrapping_add(n_played.wrapping_mul(2)),
            ..self.settings.clone()
        };
        let turn = Turn {
            session_idx: 0,
            repetition_idx: 0,
            case: Arc::clone(&case),
            target: self.settings.target.to_string(),
            seed: self.settings.seed,
            arguments,
        };
        let mut n_attempts = 0;
        loop {
            n_attempts += 1;
            let bounds = Bounds {
                max_time,
                stop: self.stop.clone(),
                progress: &|_, _| {},
                standing: None,
                pulse: self.pulse.clone(),
                turn: None,
            };
            let attempt = accompanied(&case, settings.clone(), self.wire.as_ref(), bounds).await;
            let report = SessionReport { n_attempts, ..turn.report(attempt) };
            let again = report.verdict == Verdict::Inconclusive && !self.is_stopped();
            if !again || n_attempts > self.n_retries {
                return report;
            }
        }
    }

    /// Whether everything is to end.
    pub fn is_stopped(&self) -> bool {
        *self.stop.borrow()
    }

    /// Whether the server still accepts connections. One that was started here is started again where it does not, others
    /// are waited for.
    ///
    /// # Errors
    /// It is gone for good.
    pub async fn health(&mut self) -> Result<Health, String> {
        let Err(gone) = reach(&self.settings.target).await else { return Ok(Health::Alive) };
        if let Some(server) = self.server.take() {
            self.last_words = server.stop().await;
            return self.start().await.map(|()| Health::Revived);
        }
        let until = Instant::now() + AWAY;
        while Instant::now() < until && !self.is_stopped() {
            sleep(PAUSE).await;
            if reach(&self.settings.target).await.is_ok() {
                return Ok(Health::Revived);
            }
        }
        Err(gone)
    }

    /// Does nothing for so long, or until everything is to end.
    pub async fn rest(&self, time: Duration) {
        let mut stop = self.stop.clone();
        // Nobody can end it any more where nobody is left who could.
        let _ = timeout(time, stop.wait_for(|stop| *stop)).await;
    }

    /// Ends the server, and tells what it printed last; nothing of one that was not started here.
    pub async fn end(mut self) -> Option<String> {
        let mut text = self.last_words;
        if let Some(server) = self.server.take() {
            text.push_str(&server.stop().await);
        }
        Some(text).filter(|text| !text.is_empty())
    }
}
