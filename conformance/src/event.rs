//! The stream of events of a run: the runner emits them, reporters only read them.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::session::Grade;
use crate::verdict::{Failure, TranscriptLine, Verdict};

/// One thing that happened in a run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum RunEvent {
    /// A run begins.
    #[serde(rename_all = "kebab-case")]
    RunStarted {
        /// How many sessions it has.
        n_sessions: usize,
        /// The target's URL.
        target: String,
        /// What every random choice of the run derives from.
        seed: u64,
        /// What the command needs beside a session to do the same again: `--target`, `--seed`.
        arguments: Vec<String>,
    },
    /// A session begins.
    #[serde(rename_all = "kebab-case")]
    SessionStarted {
        /// Its number in the run, from 0.
        session_idx: usize,
        /// Its name.
        name: String,
        /// Its file, as the user gave it.
        file: String,
    },
    /// A step of a session is done.
    #[serde(rename_all = "kebab-case")]
    StepFinished {
        /// The session's number.
        session_idx: usize,
        /// How many of its steps are done.
        n_done: usize,
        /// How many it has.
        n_steps: usize,
    },
    /// A session is over.
    #[serde(rename_all = "kebab-case")]
    SessionFinished(Box<SessionReport>),
    /// The run is over.
    #[serde(rename_all = "kebab-case")]
    RunFinished(RunSummary),
}

/// What a session came to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SessionReport {
    /// Its number in the run, from 0.
    pub session_idx: usize,
    /// Its name.
    pub name: String,
    /// Its file, as the user gave it.
    pub file: String,
    /// The contract's title.
    pub contract: String,
    /// What it came to.
    pub verdict: Verdict,
    /// What the server is worth, where the session says of its courses how good they are; `ok` when absent.
    #[serde(skip_serializing_if = "Grade::is_ok")]
    pub grade: Grade,
    /// How long it took.
    #[serde(serialize_with = "as_ms", rename = "duration-ms")]
    #[schemars(with = "f64")]
    pub duration: Duration,
    /// The runner's largest delay between when it should have woken and when it did.
    #[serde(serialize_with = "as_ms", rename = "lag-ms")]
    #[schemars(with = "f64")]
    pub lag: Duration,
    /// How often it was played: again after each time the runner was late, up to a bound.
    pub n_attempts: usize,
    /// How many events the server sent, noise included.
    pub n_frames: usize,
    /// Why it did not pass; the first is the cause.
    pub failures: Vec<Failure>,
    /// Everything that was sent and seen.
    pub transcript: Vec<TranscriptLine>,
}

/// What a run came to.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RunSummary {
    /// How many sessions passed.
    pub n_passed: usize,
    /// How many failed.
    pub n_failed: usize,
    /// How many were broken, or found no server.
    pub n_broken: usize,
    /// How many were inconclusive.
    pub n_inconclusive: usize,
    /// How long it took.
    #[serde(serialize_with = "as_ms", rename = "duration-ms")]
    #[schemars(with = "f64")]
    pub duration: Duration,
    /// The process' exit code.
    pub exit_code: u8,
    /// What the spawned server printed, where the runner started one and it did not do well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_output: Option<String>,
}

fn as_ms<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((duration.as_secs_f64() * 1e6).round() / 1e3)
}
