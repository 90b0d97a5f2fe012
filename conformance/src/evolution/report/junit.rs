//! JUnit XML: a suite per comparison, a case per rule and subject that was found, and one per payload of which nothing was.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::super::{Finding, Grade, Outcome};

/// The report, as XML; what is `fail_on` or graver fails, what nobody could decide is an error.
///
/// # Errors
/// A text that XML can't hold.
pub fn junit(
    outcomes: &[Outcome],
    others: &[Finding],
    fail_on: Grade,
) -> Result<String, quick_junit::SerializeError> {
    let mut report = Report::new("handfast compare");
    for outcome in outcomes {
        let mut suite = TestSuite::new(format!("{} against {}", outcome.new, outcome.old));
        for row in &outcome.rows {
            let is_told = outcome.findings.iter().any(|finding| finding.subject == row.subject);
            if !is_told {
                let mut case = TestCase::new(row.subject.to_string(), TestCaseStatus::success());
                case.set_classname(outcome.new.as_str());
                suite.add_test_case(case);
            }
        }
        suite.add_test_cases(outcome.findings.iter().map(|finding| case(finding, &outcome.new, fail_on)));
        report.add_test_suite(suite);
    }
    if !others.is_empty() {
        let mut suite = TestSuite::new("contract");
        suite.add_test_cases(others.iter().map(|finding| case(finding, "contract", fail_on)));
        report.add_test_suite(suite);
    }
    report.to_string()
}

fn case(finding: &Finding, class: &str, fail_on: Grade) -> TestCase {
    let way = finding.way.map_or_else(String::new, |way| format!(" {}", way.name()));
    let name = format!("{}: {}{way}", finding.subject, finding.rule.id);
    let mut case = TestCase::new(name, status(finding, fail_on));
    case.set_classname(class);
    case
}

fn status(finding: &Finding, fail_on: Grade) -> TestCaseStatus {
    let mut status = if finding.excepted.is_some() {
        TestCaseStatus::skipped()
    } else if finding.grade == Grade::Undecided {
        TestCaseStatus::non_success(NonSuccessKind::Error)
    } else if finding.grade >= fail_on {
        TestCaseStatus::non_success(NonSuccessKind::Failure)
    } else {
        return TestCaseStatus::success();
    };
    status
        .set_type(finding.rule.id)
        .set_message(finding.message.as_str())
        .set_description(finding.to_string());
    status
}
