//! Causality: steps of the client that wait for something of the server, and not for the steps before them.

use std::collections::BTreeSet;

use handfast_codegen::model::EventIdx;

use crate::session::{Cause, Session, StepKind};

/// The steps with a cause of their own that are not done, and what has come on this connection.
#[derive(Debug, Default)]
pub struct Causes {
    pending: Vec<(usize, Cause)>,
    /// The first step on this connection, and the first behind it.
    here: (usize, usize),
    n_events: u32,
    events: BTreeSet<EventIdx>,
}

impl Causes {
    /// Before the first connection of `session`.
    pub fn new(session: &Session) -> Self {
        let steps = session.steps.iter().enumerate();
        let pending = steps.filter_map(|(step_idx, step)| Some((step_idx, step.kind.cause()?))).collect();
        Self { pending, ..Self::default() }
    }

    /// A connection is opened, and `step_idx` is the first step on it.
    pub fn opened(&mut self, session: &Session, step_idx: usize) {
        let mut later = session.steps.iter().enumerate().skip(step_idx);
        let behind = later.find(|(_, step)| matches!(step.kind, StepKind::Resume(_)));
        self.here = (step_idx, behind.map_or(session.steps.len(), |(step_idx, _)| step_idx));
        self.n_events = 0;
        self.events.clear();
    }

    /// An event came that is no noise.
    pub fn saw(&mut self, event: EventIdx) {
        self.n_events = self.n_events.saturating_add(1);
        self.events.insert(event);
    }

    /// The steps whose cause has come.
    pub fn ready(&self) -> impl Iterator<Item = usize> {
        let (first, behind) = self.here;
        let is_here = move |step_idx: usize| (first..behind).contains(&step_idx);
        let ready =
            self.pending.iter().filter(move |(step_idx, cause)| is_here(*step_idx) && self.has_come(*cause));
        ready.map(|(step_idx, _)| *step_idx)
    }

    fn has_come(&self, cause: Cause) -> bool {
        match cause {
            Cause::Events(n_events) => self.n_events >= n_events,
            Cause::Event(event) => self.events.contains(&event),
        }
    }

    /// The step is done.
    pub fn done(&mut self, step_idx: usize) {
        self.pending.retain(|(pending, _)| *pending != step_idx);
    }

    /// The first step before `step_idx` that is not done.
    pub fn first_before(&self, step_idx: usize) -> Option<(usize, Cause)> {
        self.pending.iter().copied().find(|(pending, _)| *pending < step_idx)
    }

    /// How many events have come.
    pub fn n_events(&self) -> u32 {
        self.n_events
    }
}
