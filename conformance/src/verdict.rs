//! What a session came to, and the exit codes of the command.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a session, or a run, came to. The order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It was not played: the server lacks what it needs, and says so.
    Skipped,
    /// The server kept the contract and did what the session expects.
    Passed,
    /// The server broke the contract only in ways that are listed as known.
    Known,
    /// The runner itself was late; nothing can be said about the server.
    Inconclusive,
    /// The server broke the contract, or did not do what the session expects.
    Failed,
    /// Our side: the target cannot be reached or started.
    Unreachable,
    /// Our side: the session or the contract is wrong.
    Broken,
}

impl Verdict {
    /// The exit code of a run whose gravest verdict this is.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Skipped | Self::Passed | Self::Known => 0,
            Self::Failed => 1,
            Self::Broken => 2,
            Self::Unreachable => 3,
            Self::Inconclusive => 4,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Skipped => "skipped",
            Self::Passed => "passed",
            Self::Known => "known",
            Self::Inconclusive => "inconclusive",
            Self::Failed => "failed",
            Self::Unreachable => "unreachable",
            Self::Broken => "broken",
        })
    }
}

/// Why a session did not pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Failure {
    /// `failed`, `broken`, `unreachable` or `inconclusive`.
    pub verdict: Verdict,
    /// A stable kebab-case code of the rule: `unexpected-event`, `schema`, `lifecycle`, `deadline`.
    pub rule: Cow<'static, str>,
    /// The event it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// One sentence: what was found and what was wanted.
    pub message: String,
    /// The step that was under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepPlace>,
    /// The frame it is about: its number in the transcript.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame_idx: Option<usize>,
    /// Field by field, what differs between expectation and frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// One line that can be acted on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where the failure is listed as known, the reason that the list gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}

impl Failure {
    /// A failure that is about no step, event or frame in particular.
    pub fn new(verdict: Verdict, rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            verdict,
            rule: Cow::Borrowed(rule),
            event: None,
            message: message.into(),
            step: None,
            frame_idx: None,
            differences: Vec::new(),
            help: None,
            known: None,
        }
    }

    /// What it counts for: one that is listed counts for little.
    pub fn weight(&self) -> Verdict {
        if self.known.is_some() { Verdict::Known } else { self.verdict }
    }
}

/// Where a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct StepPlace {
    /// Its number in the session, from 0.
    pub step_idx: usize,
    /// Line in the session's file, from 1.
    pub line: usize,
    /// What it says, in a few words: `expect task.created`.
    pub text: String,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// JSON Pointer to it.
    pub at: String,
    /// What was wanted, as JSON or as a matcher.
    pub wanted: String,
    /// What was found, as JSON; `nothing` when it is absent.
    pub found: String,
}

/// One line of a session's transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct TranscriptLine {
    /// Since the session began, in milliseconds.
    pub at_ms: f64,
    /// Who acted.
    pub by: Actor,
    /// The event's name, or what happened: `open`, `close`, `request`.
    pub what: String,
    /// The frame's text, or details, cut to a printable length.
    pub text: String,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The runner.
    Client,
    /// The server under test.
    Server,
    /// The runner, about itself: waiting, a barrier.
    Runner,
}
