//! The cases of Socket.IO's own test suite, as sessions: they pass against a mock, and against the official server however
//! busy the machine is.

use handfast_conformance::transport::EngineMode;

use crate::busy::Busy;
use crate::node;
use crate::running::{Recipe, file, pass, sessions};

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
    let Some(server) = node::server(&[("SUITE", "1")]).await else { return };
    let sessions = sessions(&file("suite"));
    let _busy = Busy::of_threads(std::thread::available_parallelism().map_or(2, usize::from));
    for run in 0..N_RUNS {
        pass(&sessions, &server.url, ENGINES[run % ENGINES.len()], 4).await;
    }
}
