//! What is right passes: every session of the repository, time after time, on a quiet machine and on a busy one.

use futures_util::future::join_all;
use handfast_conformance::verdict::Verdict;

use crate::machine;
use crate::play::{Conditions, Protocol, play};

/// Each has a server of its own, which plays the sessions one after the other.
const N_LANES: usize = 4;
const N_RUNS_PER_LANE: usize = 5;
/// How many sessions of a protocol are played at least, all lanes together.
const MIN_SESSIONS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn orbit_passes() {
    let _shared = machine::shared().await;
    all_pass(Protocol::Orbit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn builder_passes() {
    let _shared = machine::shared().await;
    all_pass(Protocol::Builder).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orbit_passes_on_a_busy_machine() {
    let _busy = machine::busy(2).await;
    all_pass(Protocol::Orbit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn builder_passes_on_a_busy_machine() {
    let _busy = machine::busy(2).await;
    all_pass(Protocol::Builder).await;
}

async fn all_pass(protocol: Protocol) {
    let (counts, complaints): (Vec<usize>, Vec<_>) =
        join_all((0..N_LANES).map(|_| lane(protocol))).await.into_iter().unzip();
    let (n_played, complaints) = (counts.into_iter().sum::<usize>(), complaints.concat());
    println!("{protocol:?}: {} false alarms in {n_played} sessions", complaints.len());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(n_played >= MIN_SESSIONS);
}

/// How many sessions were played, and what did not pass.
async fn lane(protocol: Protocol) -> (usize, Vec<String>) {
    let server = protocol.serve();
    let proxy = server.behind(None).await;
    let sessions = protocol.sessions();
    let (mut n_played, mut complaints) = (0, Vec::new());
    for _ in 0..N_RUNS_PER_LANE {
        let played = play(server.load(&sessions), &proxy.url, Conditions::default()).await;
        assert_eq!(played.reports.len(), sessions.len());
        n_played += played.reports.len();
        let failed = played.reports.into_iter().filter(|report| report.verdict != Verdict::Passed);
        complaints.extend(failed.map(|report| format!("{report:#?}")));
    }
    (n_played, complaints)
}
