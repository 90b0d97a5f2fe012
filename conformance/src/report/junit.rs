//! JUnit XML: a suite per contract, a case per session.
//!
//! What the server did wrong is a failure, one that is known is skipped, as is what the server lacks; what is our side's fault, or nobody's, is an error.

use std::io;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::narrative;
use super::{Report, Sink};
use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::verdict::Verdict;

/// A report for CI.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(JUnit { sink, suites: Vec::new(), seed: 0 })
}

struct JUnit {
    sink: Sink,
    suites: Vec<TestSuite>,
    seed: u64,
}

impl Report for JUnit {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        match event {
            RunEvent::RunStarted { seed, .. } => self.seed = *seed,
            RunEvent::SessionStarted { .. } | RunEvent::StepFinished { .. } => {}
            RunEvent::SessionFinished(report) => {
                self.suite(report).add_test_case(case(report));
            }
            RunEvent::RunFinished(summary) => self.write(summary)?,
        }
        Ok(())
    }
}

impl JUnit {
    fn suite(&mut self, report: &SessionReport) -> &mut TestSuite {
        let name = format!("{} at {}", report.contract, report.target);
        let suite_idx =
            self.suites.iter().position(|suite| suite.name.as_str() == name).unwrap_or_else(|| {
                let mut suite = TestSuite::new(name);
                suite.add_property(("target", report.target.as_str()));
                suite.add_property(("seed", self.seed.to_string().as_str()));
                self.suites.push(suite);
                self.suites.len() - 1
            });
        &mut self.suites[suite_idx]
    }

    fn write(&mut self, summary: &RunSummary) -> io::Result<()> {
        let mut report = quick_junit::Report::new("handfast replay");
        report.set_time(summary.duration);
        for mut suite in self.suites.drain(..).chain(stale(summary)) {
            if let Some(output) = &summary.server_output {
                suite.set_system_err(output.as_str());
            }
            report.add_test_suite(suite);
        }
        report.serialize(&mut self.sink.out).map_err(io::Error::other)?;
        self.sink.out.flush()
    }
}

fn case(report: &SessionReport) -> TestCase {
    let mut case = TestCase::new(report.full_name(), status(report));
    case.set_classname(report.file.as_str()).set_time(report.duration);
    if !report.grade.is_ok() {
        case.add_property(("grade", report.grade.name()));
    }
    case
}

fn status(report: &SessionReport) -> TestCaseStatus {
    let kind = match report.verdict {
        Verdict::Passed => return TestCaseStatus::success(),
        Verdict::Known => return known(report),
        Verdict::Skipped => return skipped(report),
        Verdict::Failed => NonSuccessKind::Failure,
        Verdict::Inconclusive | Verdict::Unreachable | Verdict::Broken => NonSuccessKind::Error,
    };
    let mut status = TestCaseStatus::non_success(kind);
    if let Some(cause) = report.failures.first() {
        status.set_type(cause.rule.as_ref()).set_message(cause.message.as_str());
    }
    status.set_description(narrative::tell(report));
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
