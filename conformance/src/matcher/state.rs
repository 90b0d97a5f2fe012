//! One way to read the frames so far, and what it is made of.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use handfast_codegen::model::EventIdx;
use serde_json::Value;

use crate::pattern::Captures;
use crate::session::{Acknowledgement, Course, Expect, Grade};
use crate::verdict::Difference;

/// One way to read the frames so far.
#[derive(Debug, Clone)]
pub struct State {
    /// The step that is under way; the number of steps when all are done.
    pub step_idx: usize,
    /// How often each member of the step has come; no further than it matters.
    pub(super) counts: Vec<u32>,
    /// What was captured on this way.
    pub captures: Captures,
    /// When the step began.
    pub(super) entered: Duration,
    /// When the step began, or last had an event.
    pub since: Duration,
    /// What a server is worth that takes this way.
    pub grade: Grade,
    /// The courses that say so, by their first steps.
    pub graded_by: Vec<usize>,
    /// The ids of the frames that were matched.
    pub matched: Matched,
    /// Whether the state behind it, where its step needs no more, is among the states already.
    pub(super) is_settled: bool,
}

/// The ids of matched frames that a `resume` may refer to.
#[derive(Debug, Clone, Default)]
pub struct Matched {
    /// Of the last frame.
    pub last: Option<Arc<str>>,
    /// Of the last frame of each event.
    pub of: BTreeMap<EventIdx, Arc<str>>,
}

impl State {
    /// Whether both allow the same future. When they began to wait, which ids they saw and how good they are does not
    /// count.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.step_idx == other.step_idx && self.counts == other.counts && self.captures == other.captures
    }

    /// The state before the next step.
    pub(super) fn advanced(&self, since: Duration) -> Self {
        self.at(self.step_idx + 1, since)
    }

    /// The state before the step `step_idx`.
    pub(super) fn at(&self, step_idx: usize, since: Duration) -> Self {
        Self { step_idx, counts: Vec::new(), entered: since, since, is_settled: false, ..self.clone() }
    }

    /// The state at the beginning of a course.
    pub(super) fn on_course(&self, course: Course) -> Self {
        let mut next = self.at(course.step_idx, self.since);
        if !course.grade.is_ok() {
            next.graded_by.push(course.step_idx);
            next.grade = next.grade.max(course.grade);
        }
        next
    }

    pub(super) fn count(&self, member_idx: usize) -> u32 {
        self.counts.get(member_idx).copied().unwrap_or(0)
    }
}

/// A server's frame, as steps see it.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// When, since the session began.
    pub at: Duration,
    /// Its number in the transcript.
    pub line_idx: usize,
    /// What it is; none for an event that the contract does not know.
    pub event: EventIdx,
    /// Its data.
    pub payload: Value,
    /// The bytes that its data refers to.
    pub attachments: Vec<Vec<u8>>,
    /// The id that a resume would name.
    pub id: Option<Arc<str>>,
    /// The id of the acknowledgement it asks for.
    pub ack: Option<u64>,
    /// Whether it may be set aside: noise, or a session that allows what it does not expect.
    pub is_optional: bool,
}

/// What a frame did.
#[derive(Debug)]
pub enum Taken<'s> {
    /// It was expected; its acknowledgement has these arguments, where the session says so.
    Expected(Option<(&'s Acknowledgement, Captures)>),
    /// No step wants it, and none has to.
    Aside(Vec<Candidate>),
    /// No way is left: what each would have taken.
    Refused(Vec<Candidate>),
}

/// An expectation that a frame was compared with.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The step.
    pub step_idx: usize,
    /// Its member.
    pub member_idx: usize,
    /// What differs; none where the frame is another event.
    pub differences: Option<Vec<Difference>>,
    /// By how much the frame is too late.
    pub late_by: Option<Duration>,
}

/// How long steps wait: for those that do not say so themselves, and by what factor.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// The deadline of steps that have none of their own.
    pub deadline: Duration,
    /// What every deadline is multiplied with.
    pub scale: f64,
}

impl Patience {
    /// How long `expect` waits on the way of `state`, from its last event on, and how that is said.
    pub(super) fn of(self, state: &State, member_idx: usize, expect: &Expect) -> (Duration, Duration) {
        let within = expect.within.map(|within| self.scaled(within));
        // The first of several is no repetition.
        let gap = expect.gap.filter(|_| state.count(member_idx) > 0).map(|gap| self.scaled(gap));
        let all = |within: Duration| state.entered.saturating_add(within).saturating_sub(state.since);
        match (within, gap) {
            (Some(within), Some(gap)) if all(within) < gap => (all(within), within),
            (_, Some(gap)) => (gap, gap),
            (within, None) => {
                let within = within.unwrap_or_else(|| self.scaled(self.deadline));
                (within, within)
            }
        }
    }

    /// `duration`, as it counts in this run.
    pub fn scaled(self, duration: Duration) -> Duration {
        Duration::try_from_secs_f64(duration.as_secs_f64() * self.scale).unwrap_or(Duration::MAX)
    }
}
