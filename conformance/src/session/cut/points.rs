//! The points at which the connection of a session can be lost.

use handfast_codegen::model::{EventIdx, Side};

use super::{Come, Cut};
use crate::session::{CloseBy, Course, Expect, Session, Step, StepKind};

/// The most points within the repetitions of one step.
const MAX_REPETITIONS: u32 = 16;

/// Walks through a session, and knows whether and how a client could go on.
pub(super) struct Points<'s> {
    session: &'s Session,
    here: Here,
    /// Whether it is within a course, and whether the connection may be lost there.
    course: Inside,
    cuts: Vec<Cut>,
}

/// What is so where the walk stands.
#[derive(Debug, Clone, Copy)]
struct Here {
    is_open: bool,
    /// Whether the server may not have read yet what the client sent, or owes it an answer.
    is_owed: bool,
    last: Last,
}

/// The last event that comes again.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Last {
    /// None has come.
    None,
    /// This one.
    Event(EventIdx),
    /// One of several.
    Any,
}

/// Whether a point is within a course.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Inside {
    /// In none.
    None,
    /// In one that the server has taken for sure.
    Told,
    /// In one beside which another may still be meant: losing the connection would decide it.
    Untold,
}

impl Here {
    /// What is so behind courses that end in these ways.
    fn merged(ends: &[Self], before: Self) -> Self {
        let mut lasts = ends.iter().map(|end| end.last);
        let first = lasts.next().unwrap_or(before.last);
        Self {
            is_open: ends.iter().all(|end| end.is_open),
            is_owed: ends.iter().any(|end| end.is_owed),
            last: if lasts.all(|last| last == first) { first } else { Last::Any },
        }
    }
}

impl<'s> Points<'s> {
    /// All of them, in order.
    pub(super) fn of(session: &'s Session) -> Vec<Cut> {
        let here = Here { is_open: true, is_owed: false, last: Last::None };
        let mut points = Self { session, here, course: Inside::None, cuts: Vec::new() };
        points.walk(0, session.steps.len());
        points.cuts
    }

    /// Goes through the steps from `step_idx` up to `end`.
    fn walk(&mut self, mut step_idx: usize, end: usize) {
        while let Some(step) = self.session.steps[..end].get(step_idx) {
            step_idx = self.step(step_idx, step);
        }
    }

    /// Goes through one step; the next one.
    fn step(&mut self, step_idx: usize, step: &Step) -> usize {
        match &step.kind {
            StepKind::Expect(members) => self.expect(step_idx, members),
            StepKind::OneOf(courses) => return self.courses(step_idx, courses),
            StepKind::Send(_) | StepKind::Raw(_) => self.here.is_owed = true,
            StepKind::Close(_) | StepKind::Disconnect | StepKind::Refused(_) => self.here.is_open = false,
            StepKind::Resume(after) => {
                (self.here.is_open, self.here.is_owed) = (true, false);
                self.here.last = after.map_or(self.here.last, Last::Event);
            }
            StepKind::Join(_) => return step_idx + 1,
            StepKind::Request(_) | StepKind::Never(_) | StepKind::Accepted(_) => {}
        }
        if !matches!(step.kind, StepKind::Resume(_)) {
            self.cut(step_idx, None);
        }
        step_idx + 1
    }

    fn expect(&mut self, step_idx: usize, members: &[Expect]) {
        let is_resumed = |expect: &Expect| self.session.is_resumed(expect.event);
        if let [only] = members
            && only.times.min > 0
        {
            self.here.is_owed &= is_resumed(only) && self.owes_reply(step_idx);
            if is_resumed(only) {
                self.here.last = Last::Event(only.event);
                let most = only.times.min.min(only.times.max.unwrap_or(u32::MAX).saturating_sub(1));
                (1..=most.min(MAX_REPETITIONS)).for_each(|n_times| self.cut(step_idx, Some(n_times)));
            }
            return;
        }
        if members.iter().any(is_resumed) {
            self.here.last = Last::Any;
        }
        self.here.is_owed &= members.iter().all(|expect| expect.times.min == 0);
    }

    /// Whether the last thing that was sent before the step `step_idx` has a reply, and no step before expects it.
    fn owes_reply(&self, step_idx: usize) -> bool {
        let before = self.session.steps[..step_idx].iter().rev();
        for step in before {
            match &step.kind {
                StepKind::Send(send) => {
                    let exchange = self.session.protocol.contract.exchange(send.event);
                    return send.is_answered && exchange.is_some_and(|exchange| !exchange.replies.is_empty());
                }
                StepKind::Expect(members)
                    if members.iter().any(|expect| !self.session.is_resumed(expect.event)) =>
                {
                    return false;
                }
                // What stands before may be of a course that is not taken.
                StepKind::Join(_) => return true,
                _ => {}
            }
        }
        false
    }

    /// Goes through each of the courses; the step behind them.
    fn courses(&mut self, step_idx: usize, courses: &[Course]) -> usize {
        let behind = behind(&self.session.steps, step_idx, courses);
        let (before, inside) = (self.here, self.course);
        let mut ends = Vec::new();
        for (n, course) in courses.iter().enumerate() {
            let next = courses.get(n + 1).map_or(behind, |next| next.step_idx);
            self.here = before;
            let is_told = inside != Inside::Untold && self.is_told(step_idx, courses, *course);
            self.course = if is_told { Inside::Told } else { Inside::Untold };
            self.walk(course.step_idx, next);
            ends.push(self.here);
        }
        (self.here, self.course) = (Here::merged(&ends, before), inside);
        behind
    }

    /// Whether the first event of a course tells that it is taken, and no other, nor what stands before it.
    fn is_told(&self, step_idx: usize, courses: &[Course], course: Course) -> bool {
        let steps = &self.session.steps;
        let is_over = match step_idx.checked_sub(1).map(|before| &steps[before].kind) {
            Some(StepKind::Expect(members)) => members.iter().all(is_counted),
            Some(StepKind::Join(_)) => false,
            _ => true,
        };
        let needs = |course: &Course| match &steps[course.step_idx].kind {
            StepKind::Expect(members) if members.iter().all(|expect| expect.times.min > 0) => {
                Some(&members[..])
            }
            StepKind::Close(close) if close.by == CloseBy::Server => Some(&[][..]),
            _ => None,
        };
        let is_early = |own: &&[Expect]| !own.is_empty() && own.iter().all(|expect| !expect.is_eventual);
        let Some(own) = needs(&course).filter(is_early).filter(|_| is_over) else { return false };
        let others = courses.iter().filter(|other| other.step_idx != course.step_idx);
        let is_other = |members: &[Expect]| {
            let is_apart = |expect: &Expect| own.iter().all(|first| first.event != expect.event);
            members.iter().all(|expect| !expect.is_eventual && is_apart(expect))
        };
        others.into_iter().all(|other| needs(other).is_some_and(is_other))
    }

    /// Whether something stands behind a step, and nothing of the step itself can come there any more.
    fn is_done_and_followed(&self, step_idx: usize) -> bool {
        let steps = &self.session.steps;
        let ends = |idx: usize| match steps.get(idx).map(|step| &step.kind) {
            None => true,
            Some(StepKind::Join(behind)) => *behind >= steps.len(),
            _ => false,
        };
        let is_done = match &steps[step_idx].kind {
            // The connection would be lost at the first event that is enough.
            StepKind::Expect(members) => members.iter().all(is_counted),
            _ => true,
        };
        is_done && !ends(step_idx + 1)
    }

    fn cut(&mut self, step_idx: usize, n_times: Option<u32>) {
        let steps = &self.session.steps;
        if n_times.is_none() && !self.is_done_and_followed(step_idx) {
            return;
        }
        let is_caused = steps[step_idx + 1..].iter().any(|step| step.kind.cause().is_some());
        match self.course {
            Inside::Untold => return,
            // Whether a step behind has its cause on this connection would depend on the course that is taken.
            Inside::Told if is_caused => return,
            Inside::Told | Inside::None => {}
        }
        let from_server = self.session.protocol.direction(self.session.channel_idx, Side::Server);
        let after = match self.here.last {
            Last::Event(event) => Some(event),
            // The last of all is one that comes again where all of them do.
            Last::Any if from_server.iter().all(|event| self.session.is_resumed(*event)) => None,
            Last::None | Last::Any => return,
        };
        let cut = Cut { step_idx, n_times, after };
        let come = Come::until(self.session, &cut);
        if self.here.is_open && !self.here.is_owed && come.tells(&steps[step_idx + 1..]) {
            self.cuts.push(cut);
        }
    }
}

/// Whether the events of an expectation come a number of times that is known.
pub(super) fn is_counted(expect: &Expect) -> bool {
    expect.times.max == Some(expect.times.min)
}

/// The step behind `courses`, which begin in the step `step_idx`.
pub(super) fn behind(steps: &[Step], step_idx: usize, courses: &[Course]) -> usize {
    let first = courses.first().map_or(step_idx + 1, |course| course.step_idx);
    let mut ends = steps[first..].iter().filter_map(|step| match step.kind {
        StepKind::Join(behind) => Some(behind),
        _ => None,
    });
    let behind = ends.find(|behind| courses.iter().all(|course| course.step_idx < *behind));
    behind.unwrap_or(step_idx + 1).max(step_idx + 1)
}
