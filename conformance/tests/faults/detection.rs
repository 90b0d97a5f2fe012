//! One fault at a time: what the runner says of it.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use handfast_conformance::transport::EngineMode;
use handfast_conformance::verdict::Verdict;

use crate::fault::Fault;
use crate::play::{Conditions, Played, Protocol, Server, play};
use crate::{builder, machine, orbit};

/// How many cases are played at a time; each has a server of its own.
const N_AT_A_TIME: usize = 4;
/// How slow everything is, attempt by attempt: server, fault and deadlines alike. On a busy machine the server, or the
/// runner, is late by more than deadlines lie apart. At a slower pace it is not, and what the runner sees is then what
/// it would see on a quiet machine.
const PACES: [u32; 8] = [1, 1, 2, 2, 4, 4, 8, 8];
/// How many kinds of faults there are at least.
const MIN_KINDS: usize = 40;
/// How many of all faults are found, in percent.
const MIN_RATE: f64 = 98.0;

/// What a fault is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Event,
    Order,
    Time,
    Frame,
    Handshake,
    Request,
    Heartbeat,
    Resume,
    Close,
}

/// A fault, and what is to be said of it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    protocol: Protocol,
    transport: &'static str,
    level: Level,
    session: &'static str,
    fault: Fault,
    wanted: Wanted,
    conditions: Conditions,
}

/// What is to be said of a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The session has this verdict, and its first failure names this event, unless the connection as a whole is meant,
    /// and this rule.
    Failure(Verdict, Option<&'static str>, &'static str),
    /// The session passes, for this reason.
    Nothing(&'static str),
}

/// A case: in that session, that fault is a failure of that event by that rule.
pub fn case(session: &'static str, fault: Fault, event: &'static str, rule: &'static str) -> Case {
    let event = Some(event).filter(|event| !event.is_empty());
    of(session, fault, Wanted::Failure(Verdict::Failed, event, rule))
}

/// A case: in that session, nothing is to be said of that fault, and why.
pub fn passes(session: &'static str, fault: Fault, why: &'static str) -> Case {
    of(session, fault, Wanted::Nothing(why))
}

fn of(session: &'static str, fault: Fault, wanted: Wanted) -> Case {
    let conditions = Conditions { n_retries: 0, ..Conditions::default() };
    Case { protocol: Protocol::Orbit, transport: "", level: Level::Event, session, fault, wanted, conditions }
}

/// The cases of one level.
pub fn at(level: Level, cases: Vec<Case>) -> Vec<Case> {
    cases.into_iter().map(|case| Case { level, ..case }).collect()
}

/// The cases of one transport.
pub fn over(protocol: Protocol, transport: &'static str, levels: Vec<Vec<Case>>) -> Vec<Case> {
    levels.into_iter().flatten().map(|case| Case { protocol, transport, ..case }).collect()
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
    pub fn by(mut self, engine: EngineMode) -> Self {
        self.conditions.engine = engine;
        self
    }

    /// The server is not reached in the end, and this failure came first.
    pub fn unreachable_behind(mut self, event: &'static str, rule: &'static str) -> Self {
        self.wanted = Wanted::Failure(Verdict::Unreachable, Some(event), rule);
        self
    }

    /// The server is not reached at all.
    pub fn unreachable(mut self) -> Self {
        self.wanted = Wanted::Failure(Verdict::Unreachable, None, "target");
        self
    }

    /// What is not as it should be, at every pace.
    async fn complaint(self) -> Option<String> {
        let mut complaint = None;
        for pace in PACES {
            complaint = self.complaint_at(pace).await;
            if complaint.is_none() {
                break;
            }
        }
        complaint
    }

    async fn complaint_at(mut self, pace: u32) -> Option<String> {
        self.conditions.pace = pace;
        self.fault = self.fault.at(pace);
        let (played, n_done) = self.play(&self.protocol.serve_at(pace)).await;
        let report = &played.reports[0];
        let first = report.failures.first();
        let is_right = match self.wanted {
            Wanted::Nothing(_) => report.verdict == Verdict::Passed,
            Wanted::Failure(verdict, event, rule) => {
                first.map(|failure| (failure.event.as_deref(), failure.rule.as_ref())) == Some((event, rule))
                    && (report.verdict, played.exit_code) == (verdict, verdict.exit_code())
            }
        };
        (!is_right || n_done == 0).then(|| {
            let verdict = report.verdict;
            format!(
                "{self:?}\n  {verdict:?}, done {n_done} times, {:?} late, found {first:#?}\n{:#?}",
                report.lag, report.transcript
            )
        })
    }

    async fn play(self, server: &Server) -> (Played, usize) {
        let proxy = server.behind(Some(self.fault)).await;
        let cases = server.load(&[self.protocol.session(self.session)]);
        let played = play(cases, &proxy.url, self.conditions).await;
        (played, proxy.n_done())
    }
}

/// Plays all cases, and says which are not found as they should be.
pub async fn complaints(cases: &[Case]) -> Vec<String> {
    let _shared = machine::shared().await;
    let complaints = stream::iter(cases.iter().copied()).map(Case::complaint).buffer_unordered(N_AT_A_TIME);
    complaints.filter_map(async |complaint| complaint).collect().await
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_are_found() {
    let cases = [orbit::websocket(), orbit::sse(), builder::socketio(), builder::carriers()].concat();
    let n_kinds = print_kinds(&cases);
    let complaints = complaints(&cases).await;
    let n_missed = cases.iter().filter(|case| matches!(case.wanted, Wanted::Nothing(_))).count();
    let n_found = cases.len() - n_missed - complaints.len();
    let rate = 100.0 * n_found as f64 / cases.len() as f64;
    println!("{n_kinds} kinds of faults; {n_found} of {} faults found, {rate:.1} %", cases.len());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(n_kinds >= MIN_KINDS && rate >= MIN_RATE, "{n_kinds} kinds, {rate} % found");
}

/// Prints what is found of each kind of fault on each transport, and says how many kinds there are.
fn print_kinds(cases: &[Case]) -> usize {
    let mut kinds: BTreeMap<(String, Level), BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for case in cases {
        let found = match case.wanted {
            Wanted::Failure(_, event, rule) => format!("{rule}({})", event.unwrap_or("connection")),
            Wanted::Nothing(why) => format!("not found: {why}"),
        };
        let transports = kinds.entry((case.fault.kind(), case.level)).or_default();
        let all = transports.entry(case.transport).or_default();
        if !all.contains(&found) {
            all.push(found);
        }
    }
    for ((kind, level), transports) in &kinds {
        for (transport, found) in transports {
            println!(
                "{kind:16} {level:10} {transport:11} {}",
                found.join(", "),
                level = format!("{level:?}")
            );
        }
    }
    let mut names: Vec<_> = kinds.keys().map(|(kind, _)| kind).collect();
    names.dedup();
    names.len()
}
