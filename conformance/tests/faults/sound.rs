//! What is right passes: every session of the repository, time after time, on a quiet machine and on a busy one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use futures_util::future::join_all;
use handfast_conformance::verdict::Verdict;

use crate::play::{Conditions, Protocol, play};

/// Each has a server of its own, which plays the sessions one after the other.
const N_LANES: usize = 4;
const N_RUNS_PER_LANE: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn orbit_passes() {
    check(Protocol::Orbit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn builder_passes() {
    check(Protocol::Builder).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orbit_passes_on_a_busy_machine() {
    let _load = Load::of_threads(2);
    check(Protocol::Orbit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn builder_passes_on_a_busy_machine() {
    let _load = Load::of_threads(2);
    check(Protocol::Builder).await;
}

async fn check(protocol: Protocol) {
    let complaints: Vec<String> = join_all((0..N_LANES).map(|_| lane(protocol))).await.concat();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What did not pass.
async fn lane(protocol: Protocol) -> Vec<String> {
    let server = protocol.serve();
    let proxy = server.behind(None).await;
    let sessions = protocol.sessions();
    let mut complaints = Vec::new();
    for _ in 0..N_RUNS_PER_LANE {
        let played = play(server.load(&sessions), &proxy.url, Conditions::default()).await;
        assert_eq!(played.reports.len(), sessions.len());
        let failed = played.reports.into_iter().filter(|report| report.verdict != Verdict::Passed);
        complaints.extend(failed.map(|report| format!("{report:#?}")));
    }
    complaints
}

/// Threads that do nothing, as fast as they can.
struct Load {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    fn of_threads(n: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let spin = |stop: Arc<AtomicBool>| {
            move || {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            }
        };
        let threads = (0..n).map(|_| std::thread::spawn(spin(stop.clone()))).collect();
        Self { stop, threads }
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
