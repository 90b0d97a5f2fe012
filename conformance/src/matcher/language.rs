//! The language of a session's expectations: every way in which the frames so far can be read, side by side.
//!
//! A [`State`] is one such way. A frame moves each state that can take it, and ends each that can't; the session has
//! failed when none is left. Steps of the client are gates between expectations: a state stands before a gate until the
//! gate's step is done.

use std::sync::Arc;
use std::time::Duration;

use super::state::{Arrived, Candidate, Matched, Patience, State, Taken};
use crate::pattern::{Captures, Subject, matches};
use crate::session::{CloseBy, Expect, Grade, Session, StepKind};
use crate::verdict::Difference;

/// The most ways that are followed; beyond it the session is too vague.
pub const MAX_STATES: usize = 512;

/// Every way to read the frames so far.
#[derive(Debug)]
pub struct Language {
    session: Arc<Session>,
    patience: Patience,
    states: Vec<State>,
    /// What the steps of the client that are done captured, by step; there is room for all of them.
    done: Vec<Option<Captures>>,
}

impl Language {
    /// Before the first frame, where the handshake has captured `captures`.
    pub fn new(session: Arc<Session>, patience: Patience, captures: Captures) -> Self {
        let start = State {
            step_idx: 0,
            counts: Vec::new(),
            captures,
            entered: Duration::ZERO,
            since: Duration::ZERO,
            grade: Grade::Ok,
            graded_by: Vec::new(),
            matched: Matched::default(),
            is_settled: false,
        };
        let done = vec![None; session.steps.len()];
        let mut language = Self { session, patience, states: vec![start], done };
        language.settle();
        language
    }

    /// The ways that are left.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// Whether there are more ways than can be followed.
    pub fn is_too_vague(&self) -> bool {
        self.states.len() > MAX_STATES
    }

    /// The least step that is under way.
    pub fn step_idx(&self) -> usize {
        self.states.iter().map(|state| state.step_idx).max().unwrap_or(0)
    }

    /// The first state at a step that no frame can move.
    pub fn at_gate(&self) -> Option<&State> {
        self.gates().min_by_key(|state| state.step_idx)
    }

    /// The states at steps that no frame can move.
    pub fn gates(&self) -> impl Iterator<Item = &State> {
        self.states.iter().filter(|state| self.members(state.step_idx).is_none())
    }

    /// The first state at the step `step_idx`, which no frame can move.
    pub fn gate(&self, step_idx: usize) -> Option<&State> {
        self.gates().find(|state| state.step_idx == step_idx)
    }

    /// When a better way than the one that stands at `step_idx` has waited too long: there is hope until then.
    pub fn hope(&self, step_idx: usize) -> Option<Duration> {
        let grade =
            self.states.iter().filter(|state| state.step_idx == step_idx).map(|state| state.grade).min()?;
        let better = self.states.iter().filter(|state| state.grade < grade);
        better.filter_map(|state| self.waits_until(state)).max()
    }

    /// Ends the ways for which `holds` is false, unless none is left then; whether one is left.
    pub fn retain(&mut self, holds: impl Fn(&State) -> bool) -> bool {
        let is_left = self.states.iter().any(&holds);
        if is_left {
            self.states.retain(holds);
        }
        is_left
    }

    /// The gate `step_idx` is done at `now`; it captured `captures`.
    pub fn pass(&mut self, step_idx: usize, captures: &Captures, now: Duration) {
        if let Some(done) = self.done.get_mut(step_idx) {
            *done = Some(captures.clone());
        }
        for state in self.states.iter_mut().filter(|state| state.step_idx == step_idx) {
            state.captures.extend(captures);
            *state = state.advanced(now);
        }
        self.settle();
    }

    /// Ends the ways that stand at `step_idx` and for which `holds` is false; the others pass it at `now`.
    pub fn sift(&mut self, step_idx: usize, now: Duration, mut holds: impl FnMut(&State) -> bool) {
        self.states.retain(|state| state.step_idx != step_idx || holds(state));
        for state in self.states.iter_mut().filter(|state| state.step_idx == step_idx) {
            *state = state.advanced(now);
        }
        self.settle();
    }

    /// Ends every way that does not stand at `step_idx`.
    pub fn keep_only(&mut self, step_idx: usize) {
        self.states.retain(|state| state.step_idx == step_idx);
    }

    /// Every step waits from `now` on.
    pub fn restart(&mut self, now: Duration) {
        for state in &mut self.states {
            state.since = now;
            state.entered = now;
        }
    }

    /// Takes a frame. When no way is left the states stay as they were.
    pub fn take(&mut self, frame: &Arrived) -> Taken<'_> {
        let mut next = Vec::with_capacity(self.states.len());
        let mut candidates = Vec::new();
        let mut taken_by = None;
        for state in &self.states {
            let before = next.len();
            self.moves(state, frame, &mut next, &mut candidates, &mut taken_by);
            if next.len() == before && (frame.is_optional || self.is_patient(state)) {
                next.push(state.clone());
            }
        }
        if next.is_empty() {
            return Taken::Refused(candidates);
        }
        self.states = next;
        self.settle();
        match taken_by {
            None => Taken::Aside(candidates),
            Some((step_idx, member_idx, captures)) => {
                let members = self.members(step_idx).unwrap_or_default();
                let acknowledge = members.get(member_idx).and_then(|expect| expect.acknowledge.as_ref());
                Taken::Expected(acknowledge.map(|template| (template, captures)))
            }
        }
    }

    /// Whether other events may come before what `state` waits for.
    fn is_patient(&self, state: &State) -> bool {
        let mut members = self.members(state.step_idx).unwrap_or_default().iter().enumerate();
        members
            .any(|(n, expect)| expect.is_eventual && expect.times.max.is_none_or(|max| state.count(n) < max))
    }

    /// Where `frame` takes `state`, and what it was compared with in vain.
    fn moves(
        &self,
        state: &State,
        frame: &Arrived,
        next: &mut Vec<State>,
        candidates: &mut Vec<Candidate>,
        taken_by: &mut Option<(usize, usize, Captures)>,
    ) {
        for (member_idx, expect) in self.members(state.step_idx).unwrap_or_default().iter().enumerate() {
            let count = state.count(member_idx);
            if expect.times.max.is_some_and(|max| count >= max) {
                continue;
            }
            let differences = self.compare(state, expect, frame);
            let deadline = state.since.saturating_add(self.patience.of(state, member_idx, expect).0);
            let late_by = frame.at.checked_sub(deadline).filter(|late| !late.is_zero());
            match differences {
                Ok(captures) if late_by.is_none() => {
                    let moved = self.moved(state, member_idx, captures, frame);
                    taken_by.get_or_insert((state.step_idx, member_idx, moved.captures.clone()));
                    next.push(moved);
                }
                differences => {
                    let differences =
                        differences.map_or_else(|differences| differences, |_| Some(Vec::new()));
                    candidates.push(Candidate { step_idx: state.step_idx, member_idx, differences, late_by });
                }
            }
        }
    }

    /// What is missing if `frame` is meant by a later step, before the next gate.
    pub fn passed_over(&self, frame: &Arrived) -> Option<(usize, &Expect)> {
        let is_meant = |state: &State, expect| self.compare(state, expect, frame).is_ok();
        self.states.iter().find_map(|state| {
            let later = (state.step_idx + 1..).map_while(|step_idx| self.members(step_idx));
            later.flatten().find(|expect| is_meant(state, expect))?;
            self.missing(state.step_idx).into_iter().next().map(|missing| (state.step_idx, missing))
        })
    }

    fn compare(
        &self,
        state: &State,
        expect: &Expect,
        frame: &Arrived,
    ) -> Result<Captures, Option<Vec<Difference>>> {
        if expect.event != frame.event {
            return Err(None);
        }
        match &expect.data {
            None => Ok(state.captures.clone()),
            Some(pattern) => {
                let subject = Subject { value: &frame.payload, attachments: &frame.attachments };
                matches(pattern, subject, &state.captures).map_err(Some)
            }
        }
    }

    fn moved(&self, state: &State, member_idx: usize, captures: Captures, frame: &Arrived) -> State {
        let members = self.members(state.step_idx).unwrap_or_default();
        let mut counts: Vec<u32> = (0..members.len()).map(|n| state.count(n)).collect();
        if let (Some(count), Some(expect)) = (counts.get_mut(member_idx), members.get(member_idx)) {
            // Of an open range no more than its beginning matters.
            *count = count.saturating_add(1).min(expect.times.max.unwrap_or(expect.times.min));
        }
        let mut matched = state.matched.clone();
        if let Some(id) = &frame.id {
            matched.last = Some(Arc::clone(id));
            matched.of.insert(frame.event, Arc::clone(id));
        }
        // A frame that came while a step of the client was under way is not waited for.
        let since = state.since.max(frame.at);
        State { counts, captures, since, matched, is_settled: false, ..state.clone() }
    }

    /// Adds what the states come to without another frame, and drops what is there twice.
    fn settle(&mut self) {
        // Most sessions can be read in one way, and there may be many sessions.
        let mut settled: Vec<State> = Vec::with_capacity(self.states.len());
        let mut open = std::mem::take(&mut self.states);
        open.reverse();
        while let Some(mut state) = open.pop() {
            if !std::mem::replace(&mut state.is_settled, true) {
                self.beyond(&state, &mut open);
            }
            if let Some(known) = settled.iter_mut().find(|known| known.equals(&state)) {
                known.since = known.since.max(state.since);
                known.entered = known.entered.max(state.entered);
                if state.grade < known.grade {
                    known.grade = state.grade;
                    known.graded_by.clone_from(&state.graded_by);
                }
            } else if self.has_future(&state) {
                settled.push(state);
            }
            if settled.len() > MAX_STATES {
                break;
            }
        }
        self.states = settled;
    }

    /// Whether anything can still happen at the step of `state`: a frame it takes, or a gate that is not done.
    fn has_future(&self, state: &State) -> bool {
        match self.members(state.step_idx) {
            Some(members) => members
                .iter()
                .enumerate()
                .any(|(n, expect)| expect.times.max.is_none_or(|max| state.count(n) < max)),
            None => self.done(state.step_idx).is_none() && !self.is_passage(state.step_idx),
        }
    }

    /// Whether a step holds nobody up: courses begin or end there, or its step waits for something else.
    fn is_passage(&self, step_idx: usize) -> bool {
        let kind = self.session.steps.get(step_idx).map(|step| &step.kind);
        kind.is_some_and(|kind| {
            matches!(kind, StepKind::OneOf(_) | StepKind::Join(_)) || kind.cause().is_some()
        })
    }

    /// What a step of the client captured; nothing where it is not done.
    fn done(&self, step_idx: usize) -> Option<&Captures> {
        self.done.get(step_idx)?.as_ref()
    }

    /// Puts the states behind the step of `state`, where the step needs no more, into `open`.
    fn beyond(&self, state: &State, open: &mut Vec<State>) {
        if let Some(captures) = self.done(state.step_idx) {
            let mut next = state.advanced(state.since);
            next.captures.extend(captures);
            return open.push(next);
        }
        let is_enough = |(n, expect): (usize, &Expect)| state.count(n) >= expect.times.min;
        match self.session.steps.get(state.step_idx).map(|step| &step.kind) {
            Some(StepKind::Expect(members)) if members.iter().enumerate().all(is_enough) => {
                open.push(state.advanced(state.since));
            }
            Some(StepKind::OneOf(courses)) => {
                open.extend(courses.iter().map(|course| state.on_course(*course)));
            }
            Some(StepKind::Join(behind)) => open.push(state.at(*behind, state.since)),
            Some(kind) if kind.cause().is_some() => open.push(state.advanced(state.since)),
            _ => {}
        }
    }

    /// The expectations of a step; none where it is a gate.
    pub fn members(&self, step_idx: usize) -> Option<&[Expect]> {
        match &self.session.steps.get(step_idx)?.kind {
            StepKind::Expect(members) => Some(members),
            _ => None,
        }
    }

    /// When the last way ends if no frame comes, and the step that waits then; `None` while a gate does not wait.
    pub fn deadline(&self) -> Option<(Duration, usize)> {
        let mut last = None;
        for state in &self.states {
            last = last.max(Some((self.waits_until(state)?, state.step_idx)));
        }
        last
    }

    /// When `state` ends if no frame comes; `None` where it does not wait for the server.
    fn waits_until(&self, state: &State) -> Option<Duration> {
        let longest = match &self.session.steps.get(state.step_idx)?.kind {
            StepKind::Expect(members) => {
                let open = members.iter().enumerate();
                let open =
                    open.filter(|(n, expect)| expect.times.max.is_none_or(|max| state.count(*n) < max));
                open.map(|(n, expect)| self.patience.of(state, n, expect).0).max().unwrap_or_default()
            }
            // The one gate that waits for the server.
            StepKind::Close(close) if close.by == CloseBy::Server => {
                self.patience.scaled(self.patience.deadline)
            }
            _ => return None,
        };
        Some(state.since.saturating_add(longest))
    }

    /// How long `expect`, of the step `step_idx`, waits.
    pub fn patience(&self, step_idx: usize, expect: &Expect) -> Duration {
        let states = self.states.iter().filter(|state| state.step_idx == step_idx);
        let members = self.members(step_idx).unwrap_or_default();
        let member_idx = members.iter().position(|member| std::ptr::eq(member, expect)).unwrap_or_default();
        states.map(|state| self.patience.of(state, member_idx, expect).1).max().unwrap_or_default()
    }

    /// What other steps than `step_idx` wait for: where the server may take several courses.
    pub fn elsewhere(&self, step_idx: usize) -> Vec<&Expect> {
        let mut missing = Vec::new();
        for state in self.states.iter().filter(|state| state.step_idx != step_idx) {
            let members = self.members(state.step_idx).unwrap_or_default().iter().enumerate();
            missing.extend(
                members.filter(|(n, expect)| state.count(*n) < expect.times.min).map(|(_, expect)| expect),
            );
        }
        missing
    }

    /// What the states at `step_idx` still wait for.
    pub fn missing(&self, step_idx: usize) -> Vec<&Expect> {
        let mut missing = Vec::new();
        for state in self.states.iter().filter(|state| state.step_idx == step_idx) {
            let members = self.members(step_idx).unwrap_or_default().iter().enumerate();
            let open = members.filter(|(n, expect)| state.count(*n) < expect.times.min.max(1));
            missing.extend(open.map(|(_, expect)| expect));
        }
        missing
    }
}
