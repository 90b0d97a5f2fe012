//! One fault at a time: what the runner says of it.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use handfast_conformance::transport::EngineMode;
use handfast_conformance::verdict::Verdict;

use crate::fault::Fault;
use crate::machine;
use crate::play::{Conditions, Played, Protocol, Server, play};

/// How many cases are played at a time; each has a server of its own.
const N_AT_A_TIME: usize = 4;
/// How slow everything is, attempt by attempt: server, fault and deadlines alike. On a busy machine the server, or the
/// runner, is late by more than deadlines lie apart. At a slower pace it is not, and what the runner sees is then what
/// it would see on a quiet machine.
const PACES: [u32; 8] = [1, 1, 2, 2, 4, 4, 8, 8];
/// What the shortest deadlines of these cases lie apart, at pace 1.
const MAX_LAG: Duration = Duration::from_millis(100);

/// A fault, and what is to be said of it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    session: &'static str,
    fault: Fault,
    /// The event that the first failure names; none where the connection as a whole is meant.
    event: Option<&'static str>,
    rule: &'static str,
    conditions: Conditions,
}

/// A case: in that session, that fault is a failure of that event by that rule.
pub fn case(session: &'static str, fault: Fault, event: &'static str, rule: &'static str) -> Case {
    let event = Some(event).filter(|event| !event.is_empty());
    Case { session, fault, event, rule, conditions: Conditions { n_retries: 0, ..Conditions::default() } }
}

impl Case {
    /// Steps that say nothing of it wait for no longer than this.
    pub fn within(mut self, deadline: Duration) -> Self {
        self.conditions.deadline = Some(deadline);
        self
    }

    /// Every deadline is multiplied.
    pub fn scaled(mut self, scale: f64) -> Self {
        self.conditions.scale = scale;
        self
    }

    /// Socket.IO travels like this.
    pub fn over(mut self, engine: EngineMode) -> Self {
        self.conditions.engine = engine;
        self
    }

    /// What is not as it should be, at every pace.
    async fn complaint(self, protocol: Protocol) -> Option<String> {
        let mut complaint = None;
        for pace in PACES {
            complaint = self.complaint_at(pace, protocol).await;
            if complaint.is_none() {
                break;
            }
        }
        complaint
    }

    async fn complaint_at(mut self, pace: u32, protocol: Protocol) -> Option<String> {
        self.conditions.pace = pace;
        self.fault = self.fault.at(pace);
        let (played, n_done) = self.play(&protocol.serve_at(pace), protocol).await;
        let report = &played.reports[0];
        // Of several deadlines that a fault breaks, a runner that sleeps does not see which was the first.
        if report.lag > MAX_LAG * pace {
            return Some(format!("{self:?}\n  the runner was {:?} late", report.lag));
        }
        let first = report.failures.first();
        let found = first.map(|failure| (failure.event.as_deref(), failure.rule.as_ref()));
        let is_right = found == Some((self.event, self.rule))
            && (report.verdict, played.exit_code) == (Verdict::Failed, 1)
            && n_done > 0;
        (!is_right).then(|| {
            let verdict = report.verdict;
            format!(
                "{self:?}\n  {verdict:?}, done {n_done} times, found {first:#?}\n{:#?}",
                report.transcript
            )
        })
    }

    async fn play(self, server: &Server, protocol: Protocol) -> (Played, usize) {
        let proxy = server.behind(Some(self.fault)).await;
        let cases = server.load(&[protocol.session(self.session)]);
        let played = play(cases, &proxy.url, self.conditions).await;
        (played, proxy.n_done())
    }
}

/// Plays all cases, and says which are not found as they should be.
pub async fn check(protocol: Protocol, cases: Vec<Case>) {
    let _shared = machine::shared().await;
    let complaints = stream::iter(cases).map(|case| case.complaint(protocol)).buffer_unordered(N_AT_A_TIME);
    let complaints: Vec<_> = complaints.filter_map(async |complaint| complaint).collect().await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
