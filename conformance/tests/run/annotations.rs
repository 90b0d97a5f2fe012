//! Annotations of GitHub Actions: ten of a kind, and no command but ours.

use handfast_conformance::event::{RunEvent, RunSummary, SessionReport};
use handfast_conformance::report::Detail;
use handfast_conformance::verdict::{Failure, StepPlace, Verdict};

use crate::reports::{failed, run, run_with_a_list, session, told};

fn annotations(events: &[RunEvent]) -> String {
    told("github", Detail::Normal, events)
}

fn failing(session_idx: usize, rule: &'static str) -> SessionReport {
    let mut failure = Failure::new(Verdict::Failed, rule, "it went wrong");
    failure.step = Some(StepPlace { step_idx: 0, line: session_idx + 1, text: "expect pong".to_owned() });
    session(session_idx, &format!("session {session_idx}"), vec![failure])
}

fn of(reports: Vec<SessionReport>) -> String {
    let events = reports.into_iter().map(|report| RunEvent::SessionFinished(Box::new(report)));
    let end = RunEvent::RunFinished(RunSummary::default());
    annotations(&events.chain([end]).collect::<Vec<_>>())
}

#[test]
fn what_did_not_pass_is_annotated_where_it_stands() {
    insta::assert_snapshot!(annotations(&run()));
}

#[test]
fn known_stale_and_flaky_are_told_apart() {
    let text = annotations(&run_with_a_list());
    let kinds: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(kinds, ["::error", "::warning", "::notice"], "{text}");
}

#[test]
fn more_than_ten_are_grouped_by_cause() {
    let ten = of((0..10).map(|n| failing(n, "schema")).collect());
    assert_eq!(ten.lines().count(), 10);
    let mut reports: Vec<_> = (0..40).map(|n| failing(n, "schema")).collect();
    reports.push(failing(40, "deadline"));
    let text = of(reports);
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("title=failed[schema]%3A 40 sessions::"), "{text}");
    assert!(text.contains("%0Aand 39 more:%0A  sessions/session-1.yaml:2 "), "{text}");
    assert!(text.contains("  … and 9 more"), "{text}");
}

#[test]
fn causes_beyond_ten_share_the_last_one() {
    let rules = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let text = of(rules.iter().enumerate().map(|(n, rule)| failing(n, rule)).collect());
    assert_eq!(text.lines().count(), 10);
    assert!(text.lines().last().is_some_and(|last| last.contains("several causes%3A 3 sessions")), "{text}");
}

#[test]
fn nothing_that_a_server_sends_becomes_a_command() {
    let mut report = failed();
    report.failures[0].message = "x\n::set-output name=a::b\r\n::stop-commands::x %0A".to_owned();
    report.name = "a::b,c\n::error::d".to_owned();
    report.file = "a,b:c%.yaml".to_owned();
    let text = of(vec![report]);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("::error file=a%2Cb%3Ac%25.yaml,line=14,title="), "{text}");
    assert!(text.contains("%0A::stop-commands::x %250A"), "{text}");
}
