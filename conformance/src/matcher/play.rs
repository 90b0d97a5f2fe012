//! One session under way: what is known, what is waited for, and what is to be done next.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use url::Url;

use super::causes::Causes;
use super::endpoint::Filled;
use super::language::Language;
use super::proof::{Asker, Proof};
use super::record::Record;
use super::resumption::Resumption;
use super::state::{Arrived, Candidate, Patience};
use super::{Action, Answer, Outcome, Player, endpoint};
use crate::pattern::{Captures, Fresh};
use crate::rules::{Conditions, RULES, Rule};
use crate::session::{DEADLINE, Grade, Session};
use crate::transport::{Closing, Command, EngineMode, Observed};
use crate::verdict::{Actor, Failure, StepPlace, Verdict};

/// How long the player sleeps when nothing is due.
const IDLE: Duration = Duration::from_secs(600);
/// What a deadline is exceeded by, at least.
const TICK: Duration = Duration::from_millis(1);

/// The conditions under which a session is played.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The server under test.
    pub target: Url,
    /// Whom to trust.
    pub tls: Arc<rustls::ClientConfig>,
    /// How Engine.IO travels.
    pub engine: EngineMode,
    /// What every deadline is multiplied with.
    pub scale: f64,
    /// The deadline of steps that have none of their own, instead of the session's.
    pub deadline: Option<Duration>,
    /// What every random choice derives from.
    pub seed: u64,
    /// When the session begins; what it sends as `{{now}}` derives from it.
    pub began: SystemTime,
}

/// Plays a session.
pub struct Play {
    pub(super) session: Arc<Session>,
    pub(super) settings: Settings,
    pub(super) patience: Patience,
    pub(super) language: Language,
    pub(super) rules: Vec<Box<dyn Rule + Send>>,
    pub(super) fresh: Fresh,
    pub(super) record: Record,
    pub(super) resumption: Resumption,
    pub(super) causes: Causes,
    /// What the handshake was filled with.
    pub(super) filled: Filled,
    /// When the session has taken too long.
    ends: Option<Duration>,
    pub(super) grade: Grade,
    pub(super) link: Link,
    /// What holds the inbox.
    pub(super) hold: Option<Hold>,
    /// What arrived and is not judged yet.
    pub(super) inbox: VecDeque<Arrival>,
    /// What the payloads in the inbox take, in bytes, and those that were taken out since it was empty.
    pub(super) n_inbox_bytes: usize,
    /// What is to be done at once.
    pub(super) outbox: VecDeque<Action>,
    /// Frames that were set aside, the last ones: what they were compared with in vain.
    pub(super) asides: VecDeque<(usize, Vec<Candidate>)>,
    /// The fingerprints of the frames that were judged, the last ones: what comes again is no news.
    pub(super) recent: VecDeque<u64>,
    /// Who asked for the pongs that are to come.
    pub(super) pings: VecDeque<Asker>,
    /// The step for which it is shown that nothing more comes.
    pub(super) proven: Option<usize>,
    pub(super) was_connected: bool,
    pub(super) n_frames: usize,
    pub(super) n_asked: u64,
    pub(super) is_over: bool,
    /// Whether the end has to wait, although all steps are done.
    pub(super) stands_by: bool,
}

/// The state of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Nothing has been done yet.
    Idle,
    /// The handshake is under way.
    Opening,
    /// Frames come and go.
    Open,
    /// It is being closed, or dropped.
    Closing,
    /// It is over.
    Over,
}

/// Something that must end before the inbox is judged on.
#[derive(Debug)]
pub(super) enum Hold {
    /// The handshake.
    Opening,
    /// The answer to the HTTP request of a step, until then.
    Response { step_idx: usize, until: Duration, captures: Captures, path: String },
    /// The acknowledgement of what a step sent, until then.
    Acknowledgement { step_idx: usize, id: u64, until: Duration, captures: Captures },
    /// The proof that something does not come.
    Proof(Proof),
    /// The end of the connection, as a step wants it, until then.
    Closing { step_idx: usize, until: Duration },
}

/// Something that arrived, in the order of arrival.
#[derive(Debug)]
pub(super) enum Arrival {
    /// An event.
    Event(Arrived),
    /// An event that the contract does not know.
    Unknown { name: String, line_idx: usize },
    /// What is no event, by that rule and for that reason.
    NoEvent { rule: &'static str, message: String, line_idx: usize },
    /// The end of the connection.
    Closed { closing: Closing, line_idx: usize },
}

impl Play {
    /// A player at the first step of `session`.
    pub fn new(session: Arc<Session>, settings: Settings) -> Self {
        let deadline = settings.deadline.or(session.deadline).unwrap_or(DEADLINE);
        let patience = Patience { deadline, scale: settings.scale };
        let conditions = Conditions { session: Arc::clone(&session), deadline, scale: settings.scale };
        let mut fresh = Fresh::new(settings.seed, settings.began);
        let mut captures = Captures::default();
        Self {
            patience,
            filled: Filled::new(&session.handshake, &mut captures, &mut fresh),
            language: Language::new(Arc::clone(&session), patience, captures),
            rules: RULES.iter().filter_map(|rule| (rule.start)(&conditions)).collect(),
            fresh,
            causes: Causes::new(&session),
            ends: session.max_time.map(|longest| patience.scaled(longest)),
            grade: Grade::Ok,
            record: Record::default(),
            resumption: Resumption::default(),
            link: Link::Idle,
            hold: None,
            inbox: VecDeque::new(),
            n_inbox_bytes: 0,
            outbox: VecDeque::new(),
            asides: VecDeque::new(),
            recent: VecDeque::new(),
            pings: VecDeque::new(),
            proven: None,
            was_connected: false,
            n_frames: 0,
            n_asked: 0,
            is_over: false,
            stands_by: false,
            session,
            settings,
        }
    }

    /// Notes `failure`, which is about the step `step_idx`.
    pub(super) fn fail(&mut self, mut failure: Failure, step_idx: usize) {
        if failure.step.is_none() {
            failure.step = self.place(step_idx);
        }
        self.record.fail(failure);
        if self.session.judges_refusals && !self.is_over {
            // What comes after a wrong answer is an answer to nobody knows what.
            self.end();
        }
    }

    /// Notes `failure` and ends the session.
    pub(super) fn end_with(&mut self, failure: Failure, step_idx: usize) {
        self.fail(failure, step_idx);
        self.end();
    }

    /// Ends the session, which has gone through to its end.
    pub(super) fn end_well(&mut self, now: Duration) {
        let n_steps = self.n_steps();
        let ended = self.language.states().iter().filter(|state| state.step_idx == n_steps);
        if let Some(state) = ended.min_by_key(|state| state.grade) {
            self.grade = state.grade;
            for step_idx in state.graded_by.clone() {
                let course =
                    self.session.steps.get(step_idx).map_or("", |step| step.text.as_str()).to_owned();
                self.record.line(
                    now,
                    Actor::Runner,
                    self.grade.name(),
                    format!("the server took the course `{course}`"),
                );
            }
        }
        self.end();
    }

    /// Ends the session.
    pub(super) fn end(&mut self) {
        self.is_over = true;
        self.outbox.clear();
        if self.link == Link::Open {
            self.outbox.push_back(Action::Command(Command::Close { code: 1000, reason: String::new() }));
        }
    }

    /// Where a step stands; none behind the last.
    pub(super) fn place(&self, step_idx: usize) -> Option<StepPlace> {
        let step = self.session.steps.get(step_idx)?;
        Some(StepPlace { step_idx, line: step.line, text: step.text.clone() })
    }

    /// The number of the last step, and one: what stands behind it.
    pub(super) fn n_steps(&self) -> usize {
        self.session.steps.len()
    }

    /// A number that no other question of this session has.
    pub(super) fn number(&mut self) -> u64 {
        self.n_asked += 1;
        self.n_asked
    }

    /// Opens the connection, resumed after the event with that id.
    pub(super) fn open(&mut self, now: Duration, last_event_id: Option<&str>) {
        let mut endpoint = endpoint::endpoint(&self.session, &self.settings, last_event_id);
        self.filled.put_into(&mut endpoint);
        self.causes.opened(&self.session, self.language.step_idx());
        let resumed = last_event_id.map_or_else(String::new, |id| format!(", after {id}"));
        self.record.line(now, Actor::Client, "open", format!("{}{resumed}", endpoint.url.path()));
        let kind = endpoint::kind(self.session.channel().transport);
        self.outbox.push_back(Action::Open(kind, Box::new(endpoint)));
        self.link = Link::Opening;
        self.hold = Some(Hold::Opening);
    }

    /// What is due by time: the end of a window, of a wait, of a rule's patience.
    pub(super) fn elapsed(&mut self, now: Duration) {
        let mut failures = Vec::new();
        let is_overdue = self.hold.is_none() && self.step_due().is_some_and(|(due, _)| now > due);
        for rule in self.rules.iter_mut().filter(|rule| !(is_overdue && rule.yields())) {
            failures.extend(rule.tick(now));
        }
        let step_idx = self.language.step_idx();
        for failure in failures {
            self.fail(failure, step_idx);
        }
        if let Some(ends) = self.ends.filter(|ends| now > *ends) {
            let message = format!("the session was not over within {ends:?}");
            let help = "look for the step that takes so long, or raise the session's `max-time`".to_owned();
            let failure = Failure { help: Some(help), ..Failure::new(Verdict::Failed, "deadline", message) };
            return self.end_with(failure, step_idx);
        }
        self.hold_elapsed(now);
    }

    /// What is due by time of what holds the inbox.
    pub(super) fn hold_elapsed(&mut self, now: Duration) {
        match &self.hold {
            Some(Hold::Proof(proof)) if now > proof.until => self.unanswered(now),
            Some(Hold::Response { step_idx, until, .. } | Hold::Acknowledgement { step_idx, until, .. })
                if now > *until =>
            {
                let (step_idx, waited) = (*step_idx, self.answer_within(*step_idx));
                let what = self.session.steps.get(step_idx).map_or("", |step| step.text.as_str());
                let message = format!("`{what}` was not answered within {waited:?}");
                self.end_with(Failure::new(Verdict::Failed, "deadline", message), step_idx);
            }
            Some(Hold::Closing { step_idx, until }) if now > *until => {
                let step_idx = *step_idx;
                self.link = Link::Over;
                self.closed_by_step(step_idx, &Closing::default(), now);
            }
            _ => {}
        }
    }

    /// Does what can be done without waiting.
    fn work(&mut self, now: Duration) {
        while !self.is_over && self.hold.is_none() {
            let mut gates: Vec<usize> = self.language.gates().map(|state| state.step_idx).collect();
            gates.sort_unstable();
            if self.act_on_cause(now) || gates.into_iter().any(|gate| self.act(gate, now)) {
                continue;
            }
            match self.inbox.pop_front() {
                Some(arrival) => self.judge(arrival, now),
                None => break,
            }
        }
    }

    /// When something is due next, if nothing is seen before.
    fn due(&self) -> Option<Duration> {
        let hold = self.hold.as_ref().and_then(|hold| match hold {
            Hold::Opening => None,
            Hold::Proof(proof) => Some(proof.until),
            Hold::Response { until, .. }
            | Hold::Acknowledgement { until, .. }
            | Hold::Closing { until, .. } => Some(*until),
        });
        let step = if self.hold.is_none() { self.step_due().map(|(due, _)| due) } else { None };
        let hope = if self.hold.is_none() { self.language.hope(self.n_steps()) } else { None };
        let rules = self.rules.iter().filter_map(|rule| rule.due());
        hold.into_iter().chain(step).chain(hope).chain(rules).chain(self.ends).min()
    }
}

impl Player for Play {
    fn observe(&mut self, at: Duration, what: Observed) {
        self.see(at, what);
    }

    fn answered(&mut self, at: Duration, answer: Answer) {
        self.response(at, answer);
    }

    fn next(&mut self, now: Duration) -> Action {
        self.fresh.now = now;
        loop {
            if let Some(action) = self.outbox.pop_front() {
                return action;
            }
            if self.is_over {
                return Action::Done;
            }
            if self.link == Link::Idle {
                let last_event_id = self.session.last_event_id.clone();
                self.open(now, last_event_id.as_deref());
                continue;
            }
            self.elapsed(now);
            self.work(now);
            if self.hold.is_none() && self.outbox.is_empty() && !self.is_over {
                self.overdue(now);
            }
            if self.outbox.is_empty() && !self.is_over {
                let due = self.due().unwrap_or(now.saturating_add(IDLE));
                return Action::WaitUntil(due.saturating_add(TICK).min(now.saturating_add(IDLE)));
            }
        }
    }

    fn stand_by(&mut self, stands_by: bool) {
        self.stands_by = stands_by;
    }

    fn is_standing_by(&self) -> bool {
        let is_last = self.language.gate(self.n_steps()).is_some();
        self.stands_by && is_last && self.hold.is_none() && self.inbox.is_empty()
    }

    fn progress(&self) -> (usize, usize) {
        (self.language.step_idx(), self.n_steps())
    }

    fn finish(self: Box<Self>) -> Outcome {
        let (transcript, failures) = self.record.into_parts();
        Outcome { failures, grade: self.grade, transcript, n_frames: self.n_frames }
    }
}
