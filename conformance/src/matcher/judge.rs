//! Judges what arrived by the steps of the session, in the order of arrival.

use std::hash::BuildHasher;
use std::sync::Arc;
use std::time::Duration;

use foldhash::fast::FixedState;
use serde_json::Value;

use super::play::{Arrival, Play};
use super::state::{Arrived, Candidate, Taken};
use crate::pattern::{Captures, matches};
use crate::rules::Ended;
use crate::session::{Acknowledgement, Cause, Close, CloseBy, Expect, StepKind};
use crate::transport::{Closing, Peer};
use crate::verdict::{Difference, Failure, StepPlace, Verdict};

/// How many of the frames that were set aside are remembered.
const MAX_ASIDES: usize = 64;
/// How many of the frames that were judged are remembered, as fingerprints: they would take more room than all the rest.
const MAX_RECENT: usize = 16;

impl Play {
    /// Judges the next thing that arrived.
    pub(super) fn judge(&mut self, arrival: Arrival, now: Duration) {
        match arrival {
            Arrival::Event(event) => self.judge_event(&event, now),
            Arrival::Unknown { name, line_idx } => self.judge_unknown(name, line_idx),
            Arrival::NoEvent { rule, message, line_idx } => self.judge_no_event(rule, &message, line_idx),
            Arrival::Closed { closing, line_idx } => self.judge_closed(&closing, line_idx, now),
        }
    }

    fn judge_event(&mut self, event: &Arrived, now: Duration) {
        if let Some((due, step_idx)) = self.step_due()
            && event.at > due
        {
            return self.missed(step_idx, Some(event));
        }
        let (line_idx, ack) = (event.line_idx, event.ack);
        let answer = match self.language.take(event) {
            Taken::Expected(answer) => answer.map(|(answer, captures)| (answer.clone(), captures)),
            Taken::Aside(candidates) => {
                if self.asides.len() == MAX_ASIDES {
                    self.asides.pop_front();
                }
                self.asides.push_back((line_idx, candidates));
                None
            }
            Taken::Refused(candidates) => return self.unexpected(event, candidates),
        };
        if self.language.is_too_vague() {
            let message = "the session can be read in too many ways";
            let failure = Failure::new(Verdict::Broken, "too-vague", message);
            let help =
                "narrow the `times` of steps that follow each other and expect the same event".to_owned();
            let step_idx = self.language.step_idx();
            return self.end_with(Failure { help: Some(help), ..failure }, step_idx);
        }
        if !self.session.rules().is_noise(&self.session.event(event.event).name) {
            self.causes.saw(event.event);
        }
        if let Some((answer, captures)) = answer {
            self.answer(event, ack, &answer, captures, now);
        }
        if self.recent.len() == MAX_RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(fingerprint(event));
    }

    /// Acknowledges a frame, as its step says.
    fn answer(
        &mut self,
        event: &Arrived,
        ack: Option<u64>,
        answer: &Acknowledgement,
        captures: Captures,
        now: Duration,
    ) {
        if let Some(id) = ack {
            return self.acknowledge(id, answer, captures, now);
        }
        let name = &self.session.event(event.event).name;
        let message = format!("`{name}` asks for no acknowledgement, and the session has one for it");
        let failure = Failure::new(Verdict::Failed, "acknowledgement", message);
        let failure = Failure { event: Some(name.clone()), frame_idx: Some(event.line_idx), ..failure };
        let step_idx = self.language.step_idx();
        self.end_with(failure, step_idx);
    }

    /// A frame that no way through the session can take.
    fn unexpected(&mut self, event: &Arrived, candidates: Vec<Candidate>) {
        let name = self.session.event(event.event).name.clone();
        let failure = |rule, message| Failure {
            event: Some(name.clone()),
            frame_idx: Some(event.line_idx),
            ..Failure::new(Verdict::Failed, rule, message)
        };
        match nearest(candidates) {
            Some((step, differences)) if !differences.is_empty() => {
                let place = self.member_place(&step);
                let message = format!("`{name}` came as expected, but its data is not what is expected");
                let failure = Failure { differences, step: place, ..failure("mismatch", message) };
                self.end_with(failure, step.step_idx);
            }
            Some((step, _)) => {
                let late = step.late_by.unwrap_or_default();
                let message = format!("`{name}` came {late:.1?} after its deadline");
                let failure = Failure { step: self.member_place(&step), ..failure("deadline", message) };
                self.end_with(failure, step.step_idx);
            }
            None if self.is_repeated(event) => {
                let message = format!("`{name}` came again, and {} was expected", self.expected());
                self.end_with(failure("unexpected-event", message), self.language.step_idx());
            }
            None if let Some((step_idx, missing)) = self.language.passed_over(event) => {
                let (missing, line) = (self.session.event(missing.event).name.clone(), missing.line);
                let message = format!("`{missing}` did not come: `{name}` came, which is expected after it");
                let help = Some("where the order is free, expect them in `any-order`".to_owned());
                let step = self.place(step_idx).map(|place| StepPlace { line, ..place });
                let failure =
                    Failure { event: Some(missing), help, step, ..failure("missing-event", message) };
                self.end_with(failure, step_idx);
            }
            None => {
                let step_idx = self.language.step_idx();
                let message = format!("`{name}` came, and {} was expected", self.expected());
                let help = "add a step that expects it; `unmatched: allow` lets such events pass".to_owned();
                self.end_with(Failure { help: Some(help), ..failure("unexpected-event", message) }, step_idx);
            }
        }
    }

    /// Whether the very same event was judged before, a short while ago.
    fn is_repeated(&self, event: &Arrived) -> bool {
        self.recent.contains(&fingerprint(event))
    }

    /// What may come next, in words.
    fn expected(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for state in self.language.states() {
            let missing = self.language.missing(state.step_idx).into_iter();
            names.extend(missing.map(|expect| format!("`{}`", self.session.event(expect.event).name)));
            if let Some(StepKind::Close(_)) = self.session.steps.get(state.step_idx).map(|step| &step.kind) {
                names.push("the end of the connection".to_owned());
            }
        }
        names.sort();
        names.dedup();
        if names.is_empty() { "nothing more".to_owned() } else { names.join(" or ") }
    }

    fn judge_unknown(&mut self, name: String, line_idx: usize) {
        if self.session.allows_unmatched {
            return;
        }
        let channel = &self.session.channel().key;
        let message = format!("`{name}` is no event that the server sends on the channel `{channel}`");
        let failure = Failure::new(Verdict::Failed, "unknown-event", message);
        let help = "`unmatched: allow` lets unknown events pass, as clients do".to_owned();
        let failure = Failure { event: Some(name), frame_idx: Some(line_idx), help: Some(help), ..failure };
        let step_idx = self.language.step_idx();
        self.end_with(failure, step_idx);
    }

    /// What is no event stands where another one was expected.
    pub(super) fn judge_no_event(&mut self, rule: &'static str, message: &str, line_idx: usize) {
        let step_idx = self.language.step_idx();
        let event = self.awaited();
        let tail = event.as_ref().map_or_else(String::new, |name| format!(", and `{name}` was expected"));
        let failure = Failure::new(Verdict::Failed, rule, format!("{message}{tail}"));
        self.fail(Failure { event, frame_idx: Some(line_idx), ..failure }, step_idx);
    }

    /// The first event that the step under way waits for.
    fn awaited(&self) -> Option<String> {
        let missing = self.language.missing(self.language.step_idx());
        missing.first().map(|missing| self.session.event(missing.event).name.clone())
    }

    fn judge_closed(&mut self, closing: &Closing, line_idx: usize, now: Duration) {
        let session = Arc::clone(&self.session);
        let closes = |(step_idx, captures): (usize, Captures)| {
            let StepKind::Close(close) = &session.steps.get(step_idx)?.kind else { return None };
            let differences = differences(close, closing, &captures);
            (close.by == CloseBy::Server && closing.by == Peer::Server).then_some((step_idx, differences))
        };
        let states = self.language.states().iter().map(|state| (state.step_idx, state.captures.clone()));
        let mut waiting: Vec<_> = states.filter_map(closes).collect();
        waiting.sort_by_key(|(_, differences)| differences.len());
        if let Some((step_idx, differences)) = waiting.into_iter().next() {
            if differences.is_empty() {
                self.language.keep_only(step_idx);
                self.language.pass(step_idx, &Default::default(), now);
            } else {
                self.closed_otherwise(differences, Some(line_idx), step_idx);
            }
            return;
        }
        let ended = Ended { code: closing.code, is_clean: closing.clean };
        if closing.by == Peer::Server && self.rules.iter().any(|rule| rule.may_close(ended)) {
            // That is the answer to what was sent last; nothing can be sent after it.
            return self.end_well(now);
        }
        let code = closing.code.map_or_else(String::new, |code| format!(" with {code}"));
        let reason = if closing.reason.is_empty() { String::new() } else { format!(" ({})", closing.reason) };
        let step_idx = self.language.step_idx();
        let event = self.awaited();
        let wanted = match &event {
            Some(name) => format!("`{name}` was expected"),
            None => "no step says so".to_owned(),
        };
        let message = format!("the {} closed the connection{code}{reason}, and {wanted}", closing.by);
        let failure = Failure::new(Verdict::Failed, "closed", message);
        self.end_with(Failure { event, frame_idx: Some(line_idx), ..failure }, step_idx);
    }

    /// The connection is over, as the step `step_idx` of the client wanted it.
    pub(super) fn closed_by_step(&mut self, step_idx: usize, closing: &Closing, now: Duration) {
        self.hold = None;
        let session = Arc::clone(&self.session);
        if let Some(StepKind::Close(close)) = session.steps.get(step_idx).map(|step| &step.kind) {
            let differences = differences(close, closing, &Captures::default());
            if !differences.is_empty() {
                return self.closed_otherwise(differences, None, step_idx);
            }
        }
        self.language.keep_only(step_idx);
        self.language.pass(step_idx, &Default::default(), now);
    }

    /// The connection was closed in another way than the step wants.
    fn closed_otherwise(&mut self, differences: Vec<Difference>, line_idx: Option<usize>, step_idx: usize) {
        let told = differences.iter().map(|Difference { at, wanted, found }| match at.as_str() {
            "/code" => format!("with {found}, and {wanted} was expected"),
            "/clean" => {
                (if found == "true" { "with a closing handshake" } else { "without a closing handshake" })
                    .to_owned()
            }
            _ => format!("for the reason {found}, and {wanted} was expected"),
        });
        let message = format!("the connection was closed {}", told.collect::<Vec<_>>().join("; "));
        let failure = Failure::new(Verdict::Failed, "closed", message);
        self.end_with(Failure { differences, frame_idx: line_idx, ..failure }, step_idx);
    }

    /// When the steps that wait have waited too long, and the last of them.
    pub(super) fn step_due(&self) -> Option<(Duration, usize)> {
        if let Some(due) = self.language.deadline() {
            return Some(due);
        }
        // A gate that waits for a step whose cause has not come.
        let state = self.language.at_gate()?;
        self.causes.first_before(state.step_idx)?;
        let is_passed = match self.session.steps.get(state.step_idx).map(|step| &step.kind) {
            None | Some(StepKind::Disconnect) => false,
            Some(StepKind::Close(close)) => close.by == CloseBy::Server,
            Some(_) => true,
        };
        let due = state.since.saturating_add(self.patience.scaled(self.patience.deadline));
        (!is_passed).then_some((due, state.step_idx))
    }

    /// Ends the session if its steps have waited too long at `now`.
    pub(super) fn overdue(&mut self, now: Duration) {
        if let Some((_, step_idx)) = self.step_due().filter(|(due, _)| now > *due) {
            self.missed(step_idx, None);
        }
    }

    /// The step `step_idx` waited too long; `late` is what came then.
    fn missed(&mut self, step_idx: usize, late: Option<&Arrived>) {
        let mut missing = self.language.missing(step_idx);
        missing.extend(self.language.elsewhere(step_idx));
        let Some(expect) = missing.first().copied() else {
            if let Some((pending_idx, cause)) = self.causes.first_before(step_idx) {
                return self.uncaused(pending_idx, cause);
            }
            let waited = self.patience.scaled(self.patience.deadline);
            let message = format!("the server did not close the connection within {waited:?}");
            return self.end_with(Failure::new(Verdict::Failed, "deadline", message), step_idx);
        };
        let (event, line, waited) = (expect.event, expect.line, self.language.patience(step_idx, expect));
        let mut names: Vec<_> =
            missing.iter().map(|expect| format!("`{}`", self.session.event(expect.event).name)).collect();
        names.dedup();
        let waiting = self.inbox.iter().filter_map(|arrival| match arrival {
            Arrival::Event(event) => Some(event),
            _ => None,
        });
        let came_late =
            late.into_iter().chain(waiting).find(|late| late.event == event).map(|late| late.line_idx);
        let nearest = self.nearest_aside(step_idx);
        let tail = match (came_late, &nearest) {
            (Some(_), _) => "; one came later".to_owned(),
            (None, Some(_)) => "; the nearest one differs".to_owned(),
            (None, None) => String::new(),
        };
        let message = format!("no {} within {waited:?}{tail}", names.join(" or "));
        let (frame_idx, differences) = match (came_late, nearest) {
            (Some(line_idx), _) => (Some(line_idx), Vec::new()),
            (None, Some((line_idx, differences))) => (Some(line_idx), differences),
            (None, None) => (None, Vec::new()),
        };
        let event = Some(self.session.event(event).name.clone());
        let step = self.place(step_idx).map(|place| StepPlace { line, ..place });
        let failure = Failure::new(Verdict::Failed, "deadline", message);
        self.end_with(Failure { event, frame_idx, differences, step, ..failure }, step_idx);
    }

    /// What the step `step_idx` waits for did not come.
    fn uncaused(&mut self, step_idx: usize, cause: Cause) {
        let what = self.session.steps.get(step_idx).map_or("", |step| step.text.as_str());
        let message = match cause {
            Cause::Events(n_events) => {
                format!("`{what}` waits for {n_events} events, and {} came", self.causes.n_events())
            }
            Cause::Event(event) => {
                format!("`{what}` waits for `{}`, which did not come", self.session.event(event).name)
            }
        };
        self.end_with(Failure::new(Verdict::Failed, "deadline", message), step_idx);
    }

    /// The frame that was set aside and is nearest to what the step `step_idx` expects.
    fn nearest_aside(&self, step_idx: usize) -> Option<(usize, Vec<Difference>)> {
        let candidates = self.asides.iter().flat_map(|(line_idx, candidates)| {
            candidates.iter().map(move |candidate| (*line_idx, candidate))
        });
        let near = candidates.filter(|(_, candidate)| candidate.step_idx == step_idx).filter_map(
            |(line_idx, candidate)| {
                candidate.differences.as_ref().map(|differences| (line_idx, differences.clone()))
            },
        );
        near.filter(|(_, differences)| !differences.is_empty())
            .min_by_key(|(_, differences)| differences.len())
    }

    fn member_place(&self, candidate: &Candidate) -> Option<StepPlace> {
        let member: Option<&Expect> =
            self.language.members(candidate.step_idx).and_then(|members| members.get(candidate.member_idx));
        let place = self.place(candidate.step_idx)?;
        Some(StepPlace { line: member.map_or(place.line, |member| member.line), ..place })
    }
}

/// The candidate of the same event that differs least, and how.
fn nearest(candidates: Vec<Candidate>) -> Option<(Candidate, Vec<Difference>)> {
    let same_event = candidates.into_iter().filter_map(|mut candidate| {
        let differences = candidate.differences.take()?;
        Some((candidate, differences))
    });
    same_event.min_by_key(|(candidate, differences)| (candidate.late_by.is_some(), differences.len()))
}

/// How the end of a connection differs from what a step wants.
fn differences(close: &Close, closing: &Closing, captures: &Captures) -> Vec<Difference> {
    let mut differences = Vec::new();
    if let Some(code) = closing.code.filter(|code| !close.codes.is_empty() && !close.codes.contains(code)) {
        let wanted = close.codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
        differences.push(Difference { at: "/code".to_owned(), wanted, found: code.to_string() });
    }
    if let Some(is_clean) = close.is_clean.filter(|is_clean| *is_clean != closing.clean) {
        let (wanted, found) = (is_clean.to_string(), closing.clean.to_string());
        differences.push(Difference { at: "/clean".to_owned(), wanted, found });
    }
    if let Some(pattern) = &close.reason
        && let Err(found) = matches(pattern, &Value::from(closing.reason.as_str()), captures)
    {
        let below =
            |difference: Difference| Difference { at: format!("/reason{}", difference.at), ..difference };
        differences.extend(found.into_iter().map(below));
    }
    differences
}

/// A number that no other event and payload have, but by a chance in 2⁶⁴.
fn fingerprint(event: &Arrived) -> u64 {
    FixedState::default().hash_one((event.event, &event.payload))
}
