//! The stream of events of a run: the runner emits them, reporters only read them.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::known::KnownCount;
use crate::session::Grade;
use crate::shard::Share;
use crate::verdict::{Failure, TranscriptLine, Verdict};

/// One thing that happened in a run.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum RunEvent {
    /// A run begins.
    #[serde(rename_all = "kebab-case")]
    RunStarted {
        /// How often it plays a session, each as often as it is to be repeated.
        n_sessions: usize,
        /// The target's URL.
        target: String,
        /// What every random choice of the run derives from.
        seed: u64,
        /// Which sessions these are, where the run is a part of a larger one.
        #[serde(skip_serializing_if = "Option::is_none")]
        share: Option<Share>,
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
    /// Steps of a session are done. A session tells it ten times a second at most, so that not every step is told.
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
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SessionReport {
    /// Its number in the run, from 0.
    pub session_idx: usize,
    /// How often it was played in the run before, where it is repeated.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repetition_idx: usize,
    /// Its name.
    pub name: String,
    /// The permutation in which it was played, where the server's capabilities leave more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permutation: Option<String>,
    /// Why it was not played, where the server lacks what it needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
    /// Its file, as the user gave it.
    pub file: String,
    /// The contract's title.
    pub contract: String,
    /// The URL of the server it was played against.
    pub target: String,
    /// What the command needs beside the session to play it again as it was: `--target`, `--seed`.
    pub arguments: Vec<String>,
    /// What it came to.
    pub verdict: Verdict,
    /// What the server is worth, where the session says of its courses how good they are; `ok` when absent.
    #[serde(default, skip_serializing_if = "Grade::is_ok")]
    pub grade: Grade,
    /// How long it took.
    #[serde(rename = "duration-ms", serialize_with = "as_ms", deserialize_with = "from_ms")]
    #[schemars(with = "f64")]
    pub duration: Duration,
    /// The runner's largest delay between when it should have woken and when it did.
    #[serde(rename = "lag-ms", serialize_with = "as_ms", deserialize_with = "from_ms")]
    #[schemars(with = "f64")]
    pub lag: Duration,
    /// When the runner was late, in order; the longest delays where there were many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delays: Vec<Delay>,
    /// How often it was played: again after each time the runner was late, up to a bound.
    pub n_attempts: usize,
    /// How many events the server sent, noise included.
    pub n_frames: usize,
    /// Why it did not pass; the first is the cause.
    pub failures: Vec<Failure>,
    /// Everything that was sent and seen.
    pub transcript: Vec<TranscriptLine>,
}

impl SessionReport {
    /// Its name, with the permutation in which it was played.
    pub fn name_in_permutation(&self) -> String {
        match &self.permutation {
            Some(permutation) => format!("{} [{permutation}]", self.name),
            None => self.name.clone(),
        }
    }

    /// Its name, with the permutation, and the number of its repetition.
    pub fn full_name(&self) -> String {
        let name = self.name_in_permutation();
        if self.repetition_idx == 0 { name } else { format!("{name} #{}", self.repetition_idx + 1) }
    }
}

/// A time at which the runner should have been awake, and was not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Delay {
    /// When it woke, since the session began, in milliseconds.
    pub at_ms: f64,
    /// How late that was, in milliseconds.
    pub late_ms: f64,
}

/// What a run came to.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RunSummary {
    /// How many sessions passed.
    pub n_passed: usize,
    /// How many failed in ways that are known.
    pub n_known: usize,
    /// How many failed.
    pub n_failed: usize,
    /// How many were broken, or found no server.
    pub n_broken: usize,
    /// How many were inconclusive.
    pub n_inconclusive: usize,
    /// How many were not played, because the server lacks what they need.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub n_skipped: usize,
    /// The sessions that were played several times and did not always come to the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flakes: Vec<Flake>,
    /// The failures that are known, and what was seen of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<KnownCount>,
    /// How long it took.
    #[serde(rename = "duration-ms", serialize_with = "as_ms", deserialize_with = "from_ms")]
    #[schemars(with = "f64")]
    pub duration: Duration,
    /// The process' exit code.
    pub exit_code: u8,
    /// What the spawned server printed, where the runner started one and it did not do well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_output: Option<String>,
}

impl RunSummary {
    /// How often sessions were played, or were found not to suit the server.
    pub fn n_done(&self) -> usize {
        let n_played = self.n_passed + self.n_known + self.n_failed + self.n_broken + self.n_inconclusive;
        n_played + self.n_skipped
    }
}

/// A session that does not always come to the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Flake {
    /// Its name.
    pub name: String,
    /// Its file, as the user gave it.
    pub file: String,
    /// How often it was played.
    pub n_played: usize,
    /// How often it passed.
    pub n_passed: usize,
    /// Why it did not pass the other times, the most frequent first.
    pub causes: Vec<FlakeCause>,
}

/// Why a session did not pass, some of the times.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FlakeCause {
    /// What it came to.
    pub verdict: Verdict,
    /// The rule of the first failure.
    pub rule: String,
    /// The event of the first failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// How often.
    pub n_times: usize,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

fn as_ms<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((duration.as_secs_f64() * 1e6).round() / 1e3)
}

fn from_ms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let ms = f64::deserialize(deserializer)?;
    Duration::try_from_secs_f64(ms / 1e3).map_err(de::Error::custom)
}
