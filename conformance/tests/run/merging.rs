//! Shards, put together again, are the run that they are parts of.

use std::sync::Arc;
use std::time::Duration;

use handfast_conformance::event::{RunEvent, RunSummary, SessionReport};
use handfast_conformance::known::{Known, KnownCount};
use handfast_conformance::merge::merge;
use handfast_conformance::report::{Detail, Format, Sink, read_blob};
use handfast_conformance::run::{Case, Options, Part};
use handfast_conformance::shard::{Shard, Share};
use handfast_conformance::verdict::Verdict;

use crate::driver::friendly;
use crate::reports::Shared;
use crate::script::{Played, Scripted, Step, play};

const SOON: Duration = Duration::from_millis(60);
const LATER: Duration = Duration::from_secs(20);

/// A session that passes, or one that waits in vain.
fn session(name: &str, passes: bool) -> Arc<dyn Case> {
    let wait = if passes { Step::Expect("pong", LATER) } else { Step::Expect("never", SOON) };
    Scripted::new(name, vec![vec![Step::Open, Step::Send("ping"), wait]])
}

fn sessions() -> Vec<Arc<dyn Case>> {
    let names = ["a", "b", "c", "d", "e", "f", "g"];
    names.iter().map(|name| session(name, !"cf".contains(name))).collect()
}

fn known(session: &str, rule: &str) -> Known {
    Known {
        session: session.to_owned(),
        rule: rule.to_owned(),
        event: None,
        reason: "T-1".to_owned(),
        flaky: false,
    }
}

fn options(known: &[Known]) -> Options {
    Options { n_repetitions: 2, known: known.to_vec(), ..Options::default() }
}

async fn whole(known: &[Known]) -> Played {
    play(sessions(), friendly(), options(known)).await
}

async fn shard(shard: Shard, known: &[Known]) -> Played {
    let all = sessions();
    let names: Vec<String> = all.iter().map(|case| case.name().to_owned()).collect();
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let share = Share::by_name(shard, &named);
    let cases = share.session_idxs.iter().map(|idx| Arc::clone(&all[*idx])).collect();
    let part = Some(Part { share, names });
    play(cases, friendly(), Options { part, ..options(known) }).await
}

/// The events, written as a blob and read again.
fn through_a_blob(events: &[RunEvent]) -> Vec<RunEvent> {
    let out = Shared::default();
    let format = Format::named("blob").unwrap();
    let mut blob = (format.open)(Sink { out: Box::new(out.clone()), live: false, detail: Detail::Normal });
    events.iter().for_each(|event| blob.event(event).unwrap());
    read_blob(out.bytes().as_slice()).unwrap()
}

async fn shards(of: usize, known: &[Known]) -> Vec<Vec<RunEvent>> {
    let mut parts = Vec::new();
    for number in 1..=of {
        parts.push(through_a_blob(&shard(Shard { number, of }, known).await.events));
    }
    parts
}

/// What reports show of a session that does not differ from run to run.
fn stable(events: &[RunEvent]) -> Vec<(usize, usize, String, Verdict, Option<String>)> {
    let reports = events.iter().filter_map(|event| match event {
        RunEvent::SessionFinished(report) => Some(report),
        _ => None,
    });
    let known = |report: &SessionReport| report.failures.first().and_then(|failure| failure.known.clone());
    reports
        .map(|report| {
            let report = report.as_ref();
            (report.session_idx, report.repetition_idx, report.name.clone(), report.verdict, known(report))
        })
        .collect()
}

fn sum(events: &[RunEvent]) -> RunSummary {
    match events.last() {
        Some(RunEvent::RunFinished(summary)) => RunSummary { duration: Duration::ZERO, ..summary.clone() },
        other => panic!("{other:?}"),
    }
}

async fn check_same(known: &[Known], exit_code: u8) {
    let whole = whole(known).await;
    for of in [1, 3] {
        let mut parts = shards(of, known).await;
        parts.reverse();
        let merged = merge(parts).unwrap();
        assert_eq!(stable(&merged), stable(&whole.events), "{of} shards");
        let (merged, whole) = (sum(&merged), sum(&whole.events));
        assert_eq!(format!("{merged:?}"), format!("{whole:?}"), "{of} shards");
        assert_eq!(merged.exit_code, exit_code);
    }
}

#[tokio::test]
async fn shards_come_to_what_the_run_would_have_come_to() {
    check_same(&[], 1).await;
}

#[tokio::test]
async fn known_failures_of_shards_are_those_of_the_run() {
    check_same(&[known("c", "deadline"), known("f", "deadline")], 0).await;
    // Stale in the run, though the shards without that session can't know.
    check_same(&[known("*", "deadline"), known("a", "deadline")], 1).await;
}

#[tokio::test]
async fn a_missing_shard_is_not_played() {
    let mut parts = shards(3, &[known("*", "deadline")]).await;
    parts.pop();
    let summary = sum(&merge(parts).unwrap());
    assert!(summary.n_done() < 14);
    assert_eq!(summary.exit_code, 4);
}

#[tokio::test]
async fn parts_that_do_not_fit_are_refused() {
    let message = |parts| merge(parts).unwrap_err();
    let parts = shards(3, &[]).await;
    let twice = vec![parts[0].clone(), parts[0].clone()];
    assert_eq!(message(twice).message, "shard 1/3 is there already");
    let of_another = message(vec![parts[0].clone(), shards(2, &[]).await.remove(1)]);
    assert_eq!(of_another.part_idx, 1);
    assert!(of_another.message.contains("shard 2/2 of a run of 7 sessions"), "{of_another}");
    let mut cut = parts[1].clone();
    cut.pop();
    assert!(message(vec![cut]).message.contains("it is not whole"));
}

#[tokio::test]
async fn runs_that_are_no_shards_stand_one_after_the_other() {
    let known = [known("c", "deadline"), known("f", "deadline")];
    let run = whole(&known).await.events;
    let merged = merge(vec![run.clone(), run]).unwrap();
    let summary = sum(&merged);
    assert_eq!((summary.n_passed, summary.n_known, summary.exit_code), (20, 8, 0));
    let seen = |known: &KnownCount| (known.n_sessions, known.n_failures);
    assert_eq!(summary.known.iter().map(seen).collect::<Vec<_>>(), [(1, 4), (1, 4)]);
    let idxs: Vec<usize> = stable(&merged).iter().map(|one| one.0).collect();
    assert_eq!(idxs, (0..28).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_session_that_differs_from_itself_is_a_flake() {
    let good = vec![Step::Open, Step::Send("ping"), Step::Expect("pong", LATER)];
    let bad = vec![Step::Open, Step::Expect("never", SOON)];
    let flaky = Scripted::new("flaky", vec![good.clone(), bad, good]);
    let cases = vec![flaky as Arc<dyn Case>, session("good", true), session("bad", false)];
    let played = play(cases, friendly(), Options { n_repetitions: 3, ..Options::default() }).await;
    let [flake] = played.summary.flakes.as_slice() else { panic!("{:?}", played.summary.flakes) };
    assert_eq!((flake.name.as_str(), flake.n_passed, flake.n_played), ("flaky", 2, 3));
    assert_eq!((flake.causes[0].rule.as_str(), flake.causes[0].n_times), ("deadline", 1));
    let seeds: Vec<_> = played.reports().iter().map(|report| report.arguments.clone()).collect();
    assert_eq!(seeds.len(), 9);
    assert!(seeds[0] == seeds[1] && seeds[0] != seeds[3], "{seeds:?}");
}

#[tokio::test]
async fn a_known_failure_that_is_flaky_need_not_fail() {
    let flaky = Known { flaky: true, ..known("a", "deadline") };
    let played = play(vec![session("a", true)], friendly(), options(&[flaky])).await;
    assert_eq!(played.summary.exit_code, 0);
    let gone = play(vec![session("a", true)], friendly(), options(&[known("b", "deadline")])).await;
    assert_eq!(gone.summary.known[0].stale.as_deref(), Some("no session is called `b`"));
    assert_eq!(gone.summary.exit_code, 1);
}
