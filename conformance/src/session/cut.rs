//! Sessions whose connection is lost on the way: at each point at which a client can go on where it was, and at all of
//! them at once.

use handfast_codegen::model::{EventIdx, Side, Transport};

use super::{Course, Expect, Session, Step, StepKind, Times};

/// The most points within the repetitions of one step.
const MAX_REPETITIONS: u32 = 16;

/// A point at which the connection is lost.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cut {
    /// The step behind which it is.
    step_idx: usize,
    /// How often the event of that step has come by then, where more of them are to come.
    n_times: Option<u32>,
    /// The event after whose last occurrence the client goes on; after the last of all where there is none.
    after: Option<EventIdx>,
}

impl Session {
    /// This session with a lost and resumed connection: once for each point at which that can be, and once for all of
    /// them. None where the contract does not resume, or where the client can't go on anywhere.
    pub fn cut_everywhere(&self) -> Vec<Self> {
        let is_resumed = self.rules().resume.as_ref().is_some_and(|resume| match &resume.channels {
            Some(channels) => channels.contains(&self.channel().key),
            None => self.channel().transport == Transport::Sse,
        });
        // What waits for a number of events on a connection counts in vain on two.
        let is_counted = self.steps.iter().any(|step| step.kind.cause().is_some());
        if !is_resumed || is_counted {
            return Vec::new();
        }
        let cuts = Points::of(self);
        let mut sessions: Vec<_> = cuts.iter().map(|cut| self.cut(&[*cut], &self.told(cut))).collect();
        let whole: Vec<_> = cuts.into_iter().filter(|cut| cut.n_times.is_none()).collect();
        if whole.len() > 1 {
            sessions.push(self.cut(&whole, "cut at every point"));
        }
        sessions
    }

    fn told(&self, cut: &Cut) -> String {
        let line = self.steps[cut.step_idx].line;
        match cut.n_times {
            None => format!("cut after line {line}"),
            Some(n_times) => format!("cut in line {line}, after {n_times}"),
        }
    }

    /// This session with `cuts`, in their order.
    fn cut(&self, cuts: &[Cut], told: &str) -> Self {
        let mut session = Self { name: format!("{} ({told})", self.name), ..self.clone() };
        for cut in cuts.iter().rev() {
            insert(&mut session.steps, cut);
        }
        session
    }

    /// Whether `event` comes again after a resume: what answers a client or keeps it alive does not.
    pub fn is_resumed(&self, event: EventIdx) -> bool {
        let name = &self.event(event).name;
        let contract = &self.protocol.contract;
        let is_reply = contract.exchanges.iter().any(|exchange| exchange.replies.contains(&event));
        let is_beat =
            contract.rules.heartbeat.as_ref().is_some_and(|beat| beat.events().contains(&name.as_str()));
        !is_reply && !is_beat && !contract.rules.is_noise(name)
    }
}

/// Walks through a session, and knows whether and how a client could go on.
struct Points<'s> {
    session: &'s Session,
    is_open: bool,
    /// Whether the server may not have read yet what the client sent, or owes it an answer.
    is_owed: bool,
    last: Last,
    cuts: Vec<Cut>,
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

impl<'s> Points<'s> {
    fn of(session: &'s Session) -> Vec<Cut> {
        let mut points = Self { session, is_open: true, is_owed: false, last: Last::None, cuts: Vec::new() };
        let mut step_idx = 0;
        while let Some(step) = session.steps.get(step_idx) {
            step_idx = points.step(step_idx, step);
        }
        points.cuts
    }

    /// Goes through one step; the next one.
    fn step(&mut self, step_idx: usize, step: &Step) -> usize {
        match &step.kind {
            StepKind::Expect(members) => self.expect(step_idx, members),
            StepKind::OneOf(courses) => return self.courses(step_idx, courses),
            StepKind::Send(_) | StepKind::Raw(_) => self.is_owed = true,
            StepKind::Close(_) | StepKind::Disconnect | StepKind::Refused(_) => self.is_open = false,
            StepKind::Resume(after) => {
                (self.is_open, self.is_owed) = (true, false);
                self.last = after.map_or(self.last, Last::Event);
            }
            StepKind::Request(_) | StepKind::Never(_) | StepKind::Accepted(_) | StepKind::Join(_) => {}
        }
        let is_followed = step_idx + 1 < self.session.steps.len();
        if is_followed && !matches!(step.kind, StepKind::Resume(_)) {
            self.cut(step_idx, None);
        }
        step_idx + 1
    }

    fn expect(&mut self, step_idx: usize, members: &[Expect]) {
        let is_resumed = |expect: &Expect| self.session.is_resumed(expect.event);
        if let [only] = members
            && only.times.min > 0
        {
            self.is_owed &= is_resumed(only) && self.owes_reply(step_idx);
            if is_resumed(only) {
                self.last = Last::Event(only.event);
                let most = only.times.min.min(only.times.max.unwrap_or(u32::MAX).saturating_sub(1));
                (1..=most.min(MAX_REPETITIONS)).for_each(|n_times| self.cut(step_idx, Some(n_times)));
            }
            return;
        }
        if members.iter().any(is_resumed) {
            self.last = Last::Any;
        }
        self.is_owed &= members.iter().all(|expect| expect.times.min == 0);
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
                _ => {}
            }
        }
        false
    }

    /// Goes past courses, within which the connection is not lost; the step behind them.
    fn courses(&mut self, step_idx: usize, courses: &[Course]) -> usize {
        let steps = &self.session.steps;
        let first = courses.first().map_or(step_idx + 1, |course| course.step_idx);
        let mut ends = steps[first..].iter().filter_map(|step| match step.kind {
            StepKind::Join(behind) => Some(behind),
            _ => None,
        });
        let behind = ends.find(|behind| courses.iter().all(|course| course.step_idx < *behind));
        let behind = behind.unwrap_or(step_idx + 1).max(step_idx + 1);
        let inside = &steps[step_idx..behind];
        self.is_open &=
            !inside.iter().any(|step| matches!(&step.kind, StepKind::Close(_) | StepKind::Disconnect));
        self.is_owed |= inside.iter().any(|step| matches!(step.kind, StepKind::Send(_)));
        self.last = Last::Any;
        behind
    }

    fn cut(&mut self, step_idx: usize, n_times: Option<u32>) {
        let from_server = self.session.protocol.direction(self.session.channel_idx, Side::Server);
        let after = match self.last {
            Last::Event(event) => Some(event),
            // The last of all is one that comes again where all of them do.
            Last::Any if from_server.iter().all(|event| self.session.is_resumed(*event)) => None,
            Last::None | Last::Any => return,
        };
        if self.is_open && !self.is_owed {
            self.cuts.push(Cut { step_idx, n_times, after });
        }
    }
}

/// Puts a cut into `steps`.
fn insert(steps: &mut Vec<Step>, cut: &Cut) {
    let Step { line, kind, .. } = steps[cut.step_idx].clone();
    let step = |text: &str, kind| Step { line, text: text.to_owned(), kind };
    let mut new =
        vec![step("lose the connection", StepKind::Disconnect), step("resume", StepKind::Resume(cut.after))];
    if let (Some(n_times), StepKind::Expect(mut members)) = (cut.n_times, kind)
        && let Some(expect) = members.first_mut()
    {
        let Times { min, max } = expect.times;
        expect.times =
            Times { min: min.saturating_sub(n_times), max: max.map(|max| max.saturating_sub(n_times)) };
        new.push(Step { kind: StepKind::Expect(members), ..steps[cut.step_idx].clone() });
        if let StepKind::Expect(members) = &mut steps[cut.step_idx].kind
            && let Some(expect) = members.first_mut()
        {
            expect.times = Times { min: n_times, max: Some(n_times) };
        }
    }
    let (at, n_new) = (cut.step_idx + 1, new.len());
    let moved = |target: &mut usize| *target += if *target >= at { n_new } else { 0 };
    for step in steps.iter_mut() {
        match &mut step.kind {
            StepKind::OneOf(courses) => courses.iter_mut().for_each(|course| moved(&mut course.step_idx)),
            StepKind::Join(behind) => moved(behind),
            _ => {}
        }
    }
    steps.splice(at..at, new);
}
