//! JUnit XML: a suite per contract, a case per session.
//!
//! What the server did wrong is a failure; what is our side's fault, or nobody's, is an error.

use std::io;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::narrative::Narrator;
use super::{Report, Sink};
use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::verdict::Verdict;

/// A report for CI.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(JUnit {
        sink,
        suites: Vec::new(),
        target: String::new(),
        seed: 0,
        narrator: Narrator::default(),
    })
}

struct JUnit {
    sink: Sink,
    suites: Vec<(String, TestSuite)>,
    target: String,
    seed: u64,
    narrator: Narrator,
}

impl Report for JUnit {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        match event {
            RunEvent::RunStarted { target, seed, arguments, .. } => {
                self.target.clone_from(target);
                self.seed = *seed;
                self.narrator = Narrator::new(arguments);
            }
            RunEvent::SessionStarted { .. } | RunEvent::StepFinished { .. } => {}
            RunEvent::SessionFinished(report) => {
                let case = self.case(report);
                self.suite(&report.contract).add_test_case(case);
            }
            RunEvent::RunFinished(summary) => self.write(summary)?,
        }
        Ok(())
    }
}

impl JUnit {
    fn suite(&mut self, contract: &str) -> &mut TestSuite {
        let suite_idx = self.suites.iter().position(|(of, _)| of == contract).unwrap_or_else(|| {
            let mut suite = TestSuite::new(format!("{contract} at {}", self.target));
            suite.add_property(("target", self.target.as_str()));
            suite.add_property(("seed", self.seed.to_string().as_str()));
            self.suites.push((contract.to_owned(), suite));
            self.suites.len() - 1
        });
        &mut self.suites[suite_idx].1
    }

    fn case(&self, report: &SessionReport) -> TestCase {
        let mut case = TestCase::new(report.name.as_str(), self.status(report));
        case.set_classname(report.file.as_str()).set_time(report.duration);
        if !report.grade.is_ok() {
            case.add_property(("grade", report.grade.name()));
        }
        case
    }

    fn status(&self, report: &SessionReport) -> TestCaseStatus {
        let kind = match report.verdict {
            Verdict::Passed => return TestCaseStatus::success(),
            Verdict::Failed => NonSuccessKind::Failure,
            Verdict::Inconclusive | Verdict::Unreachable | Verdict::Broken => NonSuccessKind::Error,
        };
        let mut status = TestCaseStatus::non_success(kind);
        if let Some(cause) = report.failures.first() {
            status.set_type(cause.rule).set_message(cause.message.as_str());
        }
        status.set_description(self.narrator.tell(report));
        status
    }

    fn write(&mut self, summary: &RunSummary) -> io::Result<()> {
        let mut report = quick_junit::Report::new("handfast replay");
        report.set_time(summary.duration);
        for (_, mut suite) in self.suites.drain(..) {
            if let Some(output) = &summary.server_output {
                suite.set_system_err(output.as_str());
            }
            report.add_test_suite(suite);
        }
        report.serialize(&mut self.sink.out).map_err(io::Error::other)?;
        self.sink.out.flush()
    }
}
