//! Sessions whose connection is lost on the way: at each point at which a client can go on where it was, and at all of
//! them at once.

mod causes;
mod points;

use handfast_codegen::model::{EventIdx, Transport};

use self::causes::Come;
use self::points::Points;
use super::{Session, Step, StepKind, Times};

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
        if !is_resumed {
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
            let come = Come::until(self, cut);
            insert(&mut session.steps, cut, &come);
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

/// Puts a cut into `steps`; `come` is what has come by then.
fn insert(steps: &mut Vec<Step>, cut: &Cut, come: &Come) {
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
    causes::translate(&mut steps[at..], come);
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
