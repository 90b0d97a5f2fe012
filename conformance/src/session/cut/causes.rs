//! Steps that wait for something of the server on their connection, when that connection is lost before them: what has come
//! already is waited for no more, and the rest is counted anew.

use std::collections::BTreeSet;

use handfast_codegen::model::EventIdx;

use super::Cut;
use super::points::{behind, is_counted};
use crate::session::{Cause, Expect, Session, Step, StepKind, Times};

/// What has come on a connection by the time at which it is lost.
#[derive(Debug)]
pub(super) struct Come {
    /// Events that have come for sure.
    sure: BTreeSet<EventIdx>,
    /// Events that may have come.
    possible: BTreeSet<EventIdx>,
    /// How many at least.
    n_least: u32,
    /// Whether that is how many have come.
    is_exact: bool,
}

impl Come {
    /// What has come at `cut`.
    pub(super) fn until(session: &Session, cut: &Cut) -> Self {
        let steps = &session.steps[..=cut.step_idx];
        let resumed = steps.iter().rposition(|step| matches!(step.kind, StepKind::Resume(_)));
        let is_exact = !session.allows_unmatched;
        let mut come = Self { sure: BTreeSet::new(), possible: BTreeSet::new(), n_least: 0, is_exact };
        let mut courses_end = 0;
        for (step_idx, step) in steps.iter().enumerate().skip(resumed.map_or(0, |resumed| resumed + 1)) {
            match &step.kind {
                StepKind::OneOf(courses) => {
                    courses_end = behind(&session.steps, step_idx, courses).max(courses_end);
                }
                StepKind::Expect(members) => {
                    let n_times = cut.n_times.filter(|_| step_idx == cut.step_idx);
                    let members = members
                        .iter()
                        .filter(|expect| !session.rules().is_noise(&session.event(expect.event).name));
                    members.for_each(|expect| come.saw(expect, n_times, step_idx < courses_end));
                }
                _ => {}
            }
        }
        come
    }

    /// `expect` has been met: `n_times`, where that is known, and perhaps not at all on a course.
    fn saw(&mut self, expect: &Expect, n_times: Option<u32>, is_on_course: bool) {
        let times = n_times.map_or(expect.times, |n_times| Times { min: n_times, max: Some(n_times) });
        if is_on_course || times.min == 0 {
            self.possible.insert(expect.event);
            self.is_exact = false;
            return;
        }
        self.sure.insert(expect.event);
        self.n_least = self.n_least.saturating_add(times.min);
        self.is_exact &= !expect.is_eventual && (n_times.is_some() || is_counted(expect));
    }

    /// What a step behind waits for that waited for `cause`; none where that can't be told.
    fn rest(&self, cause: Cause) -> Option<Cause> {
        match cause {
            Cause::Event(event) if self.sure.contains(&event) => Some(Cause::Events(0)),
            Cause::Event(event) => (!self.possible.contains(&event)).then_some(cause),
            Cause::Events(n_events) if n_events <= self.n_least => Some(Cause::Events(0)),
            Cause::Events(n_events) => self.is_exact.then(|| Cause::Events(n_events - self.n_least)),
        }
    }

    /// Whether it can be told what the steps behind wait for.
    pub(super) fn tells(&self, behind: &[Step]) -> bool {
        let connected = behind.iter().take_while(|step| !matches!(step.kind, StepKind::Resume(_)));
        connected.filter_map(|step| step.kind.cause()).all(|cause| self.rest(cause).is_some())
    }
}

/// Has the steps behind a cut, on the connection that follows it, wait for the rest of what they waited for.
pub(super) fn translate(behind: &mut [Step], come: &Come) {
    let connected = behind.iter_mut().take_while(|step| !matches!(step.kind, StepKind::Resume(_)));
    for step in connected {
        if let Some(after) = cause_mut(&mut step.kind) {
            *after = after.and_then(|cause| come.rest(cause));
        }
    }
}

fn cause_mut(kind: &mut StepKind) -> Option<&mut Option<Cause>> {
    match kind {
        StepKind::Send(send) => Some(&mut send.after),
        StepKind::Request(request) => Some(&mut request.after),
        _ => None,
    }
}
