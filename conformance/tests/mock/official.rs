//! The cases of Socket.IO's own test suite, as sessions: they pass against a mock, and against the official server however
//! busy the machine is.

use std::process::Stdio;

use handfast_conformance::transport::EngineMode;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use url::Url;

use crate::running::{PATIENCE, Recipe, file, pass, sessions};

const ENGINES: [EngineMode; 3] = [EngineMode::Polling, EngineMode::WebSocket, EngineMode::Upgrade];
/// How often each session is played against the official server.
const N_RUNS: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn the_cases_pass_against_a_mock() {
    let sessions = sessions(&file("suite"));
    let mock = Recipe::new(file("suite/contract.yaml")).playing(sessions.clone()).serve().await;
    for engine in ENGINES {
        pass(&sessions, &mock.url, engine, 4).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cases_pass_fifty_times_against_the_official_server() {
    let Some((url, _server)) = server().await else { return };
    let sessions = sessions(&file("suite"));
    let busy = Busy::start();
    for run in 0..N_RUNS {
        pass(&sessions, &url, ENGINES[run % ENGINES.len()], 4).await;
    }
    drop(busy);
}

/// Work that keeps every core busy.
struct Busy(std::sync::Arc<std::sync::atomic::AtomicBool>);

impl Busy {
    fn start() -> Self {
        let is_wanted = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let n_cores = std::thread::available_parallelism().map_or(2, usize::from);
        for _ in 0..n_cores {
            let is_wanted = is_wanted.clone();
            std::thread::spawn(move || {
                while is_wanted.load(std::sync::atomic::Ordering::Relaxed) {
                    std::hint::black_box((0..10_000u64).fold(1, |product, n| product * (n | 1) % 1_000_003));
                }
            });
        }
        Self(is_wanted)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(false, std::sync::atomic::Ordering::Relaxed);
    }
}

/// The official server, which ends with its standard input. Without Node or the installed packages there is none: on CI that
/// is a failure, elsewhere the test says so and passes.
async fn server() -> Option<(Url, Child)> {
    let folder = file("../npm");
    let is_installed = folder.join("node_modules/socket.io").is_dir();
    let spawned = Command::new("node")
        .arg("server.js")
        .env("SUITE", "1")
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    let mut process = match spawned {
        Ok(process) if is_installed => process,
        _ => {
            let reason = "needs Node and `npm ci` in conformance/tests/npm";
            assert!(std::env::var_os("CI").is_none(), "{reason}");
            eprintln!("skipped: {reason}");
            return None;
        }
    };
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let line = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap().expect("a line of the server");
    let url = line.strip_prefix("listening on ").expect("where it listens").parse().unwrap();
    Some((url, process))
}
