//! JUnit XML: a suite per contract, a case per session.
//!
//! What is played several times is one case. It is flaky where it did not always pass: then it has failed, and each play that
//! did not pass is there as Surefire has it, a `flakyFailure` or `flakyError`; a `rerunFailure` or `rerunError` where none passed.
//!
//! What the server did wrong is a failure, one that is known is skipped, as is what the server lacks; what is our side's fault, or nobody's, is an error.

use std::io;

use std::time::Duration;

use quick_junit::{FlakyOrRerun, NonSuccessKind, TestCase, TestCaseStatus, TestRerun, TestSuite};

use super::narrative;
use super::{Report, Sink};
use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::verdict::Verdict;

/// How many plays of one session that did not pass are told.
const MAX_RERUNS: usize = 20;

/// A report for CI.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(JUnit { sink, suites: Vec::new(), seed: 0 })
}

struct JUnit {
    sink: Sink,
    suites: Vec<Suite>,
    seed: u64,
}

/// The sessions of one contract, at one server.
struct Suite {
    name: String,
    target: String,
    cases: Vec<Plays>,
}

/// A session, each time it was played.
struct Plays {
    /// The first time; without its transcript.
    first: SessionReport,
    n_played: usize,
    n_passed: usize,
    duration: Duration,
    /// What the first of those came to that did no harm.
    well: Option<TestCaseStatus>,
    /// What the first of the others came to.
    bad: Vec<TestCaseStatus>,
}

impl Report for JUnit {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        match event {
            RunEvent::RunStarted { seed, .. } => self.seed = *seed,
            RunEvent::SessionStarted { .. } | RunEvent::StepFinished { .. } => {}
            RunEvent::SessionFinished(report) => self.plays(report).take(report),
            RunEvent::RunFinished(summary) => self.write(summary)?,
        }
        Ok(())
    }
}

impl JUnit {
    /// The plays so far of the session that `report` is about.
    fn plays(&mut self, report: &SessionReport) -> &mut Plays {
        let name = format!("{} at {}", report.contract, report.target);
        let suite_idx = self.suites.iter().position(|suite| suite.name == name).unwrap_or_else(|| {
            self.suites.push(Suite { name, target: report.target.clone(), cases: Vec::new() });
            self.suites.len() - 1
        });
        let cases = &mut self.suites[suite_idx].cases;
        let is_of = |plays: &Plays| {
            plays.first.file == report.file
                && plays.first.name_in_permutation() == report.name_in_permutation()
        };
        // Only what is repeated can be there already.
        let known = if report.repetition_idx == 0 { None } else { cases.iter().position(is_of) };
        let case_idx = known.unwrap_or_else(|| {
            cases.push(Plays::of(report));
            cases.len() - 1
        });
        &mut cases[case_idx]
    }

    fn write(&mut self, summary: &RunSummary) -> io::Result<()> {
        let mut report = quick_junit::Report::new("handfast replay");
        report.set_time(summary.duration);
        let seed = self.seed.to_string();
        for mut suite in self.suites.drain(..).map(|suite| suite.told(&seed)).chain(stale(summary)) {
            if let Some(output) = &summary.server_output {
                suite.set_system_err(output.as_str());
            }
            report.add_test_suite(suite);
        }
        report.serialize(&mut self.sink.out).map_err(io::Error::other)?;
        self.sink.out.flush()
    }
}

impl Suite {
    fn told(self, seed: &str) -> TestSuite {
        let mut suite = TestSuite::new(self.name);
        suite.add_property(("target", self.target.as_str()));
        suite.add_property(("seed", seed));
        suite.add_test_cases(self.cases.into_iter().map(Plays::told));
        suite
    }
}

impl Plays {
    fn of(report: &SessionReport) -> Self {
        let first = SessionReport { transcript: Vec::new(), ..report.clone() };
        Self { first, n_played: 0, n_passed: 0, duration: Duration::ZERO, well: None, bad: Vec::new() }
    }

    fn take(&mut self, report: &SessionReport) {
        self.n_played += 1;
        self.duration += report.duration;
        self.n_passed += usize::from(report.verdict == Verdict::Passed);
        match status(report) {
            status @ TestCaseStatus::NonSuccess { .. } if self.bad.len() < MAX_RERUNS => {
                self.bad.push(status);
            }
            TestCaseStatus::NonSuccess { .. } => {}
            status => drop(self.well.get_or_insert(status)),
        }
    }

    fn told(self) -> TestCase {
        let (name, file, grade) =
            (self.first.name_in_permutation(), self.first.file.clone(), self.first.grade);
        let duration = self.duration;
        let mut case = TestCase::new(name, self.status());
        case.set_classname(file).set_time(duration);
        if !grade.is_ok() {
            case.add_property(("grade", grade.name()));
        }
        case
    }

    fn status(self) -> TestCaseStatus {
        let Self { n_played, n_passed, well, bad, .. } = self;
        let Some(first) = bad.first() else { return well.unwrap_or_else(TestCaseStatus::success) };
        let reruns = bad.iter().filter_map(rerun);
        let mut status = first.clone();
        if n_passed == 0 {
            status.add_reruns(reruns.skip(1));
        } else {
            status.set_type("flaky").set_message(format!("{n_passed} of {n_played} passed"));
            status.set_rerun_kind(FlakyOrRerun::Flaky).add_reruns(reruns);
        }
        status
    }
}

/// A play that did not pass, as one of several.
fn rerun(status: &TestCaseStatus) -> Option<TestRerun> {
    let TestCaseStatus::NonSuccess { kind, message, ty, description, .. } = status else { return None };
    let mut rerun = TestRerun::new(*kind);
    rerun.message.clone_from(message);
    rerun.ty.clone_from(ty);
    rerun.description.clone_from(description);
    Some(rerun)
}

fn status(report: &SessionReport) -> TestCaseStatus {
    match report.verdict {
        Verdict::Passed => return played_again(report),
        Verdict::Known => return known(report),
        Verdict::Skipped => return skipped(report),
        Verdict::Failed | Verdict::Inconclusive | Verdict::Unreachable | Verdict::Broken => {}
    }
    let mut status = TestCaseStatus::non_success(kind(report.verdict));
    if let Some(cause) = report.failures.first() {
        status.set_type(cause.rule.as_ref()).set_message(cause.message.as_str());
    }
    status.set_description(narrative::tell(report));
    status
}

/// What the server does wrong is a failure; the rest is not its fault.
fn kind(verdict: Verdict) -> NonSuccessKind {
    if verdict == Verdict::Failed { NonSuccessKind::Failure } else { NonSuccessKind::Error }
}

/// A session that passed once the runner was no longer late: its attempts before were errors of ours.
fn played_again(report: &SessionReport) -> TestCaseStatus {
    let mut status = TestCaseStatus::success();
    let mut late = TestRerun::new(NonSuccessKind::Error);
    late.set_type("inconclusive").set_message("the runner itself was late; the session was played again");
    status.add_reruns(std::iter::repeat_n(late, report.n_attempts.saturating_sub(1)));
    status
}

/// What the server lacks is skipped, with the reason that its capabilities give.
fn skipped(report: &SessionReport) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(report.skipped.clone().unwrap_or_default());
    status
}

/// What is known to fail is no news: it is skipped, with its reasons.
fn known(report: &SessionReport) -> TestCaseStatus {
    let mut reasons: Vec<&str> =
        report.failures.iter().filter_map(|failure| failure.known.as_deref()).collect();
    reasons.dedup();
    let mut status = TestCaseStatus::skipped();
    status.set_message(format!("known: {}", reasons.join("; "))).set_description(narrative::tell(report));
    status
}

/// What is stale in the list of known failures, as a suite of its own.
fn stale(summary: &RunSummary) -> Option<TestSuite> {
    let mut suite = TestSuite::new("known failures");
    for known in &summary.known {
        let Some(why) = &known.stale else { continue };
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type("stale").set_message(why.as_str());
        let entry = &known.entry;
        suite.add_test_case(TestCase::new(format!("{}: {}", entry.session, entry.rule), status));
    }
    (!suite.test_cases.is_empty()).then_some(suite)
}
