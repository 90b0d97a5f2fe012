//! The runner passes against a mock that plays the very sessions that it replays.

use std::path::PathBuf;
use std::time::Duration;

use handfast_conformance::mock::log::Entry;
use handfast_conformance::transport::EngineMode;

use crate::running::{Recipe, Running, pass, repository, sessions};

/// The sessions of a protocol, without those in which the client acts while the server goes on (`after`): what such a client
/// causes, the mock would say too early.
fn bundled(protocol: &str) -> Vec<PathBuf> {
    let mut found = sessions(&repository(&format!("conformance/sessions/{protocol}")));
    found.retain(|path| !std::fs::read_to_string(path).unwrap().contains("\n    after: "));
    assert!(found.len() >= 10);
    found
}

async fn serve(protocol: &str) -> Running {
    let sessions = bundled(protocol);
    let mut recipe = Recipe::new(repository(&format!("schemas/{protocol}/asyncapi.yaml"))).playing(sessions);
    recipe.manner.heartbeat = Some(Duration::from_millis(300));
    recipe.serve().await
}

#[tokio::test(flavor = "multi_thread")]
async fn orbit_over_websocket_and_sse() {
    let mock = serve("orbit").await;
    let sessions = bundled("orbit");
    // One at a time: nothing in a request says whose it is.
    for _ in 0..2 {
        pass(&sessions, &mock.url, EngineMode::default(), 1).await;
    }
    let warnings: Vec<_> =
        mock.told().into_iter().filter(|entry| matches!(entry, Entry::Warning { .. })).collect();
    assert_eq!(warnings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn builder_in_every_way_of_engine_io() {
    let mock = serve("builder").await;
    let sessions = bundled("builder");
    for engine in [EngineMode::Polling, EngineMode::WebSocket, EngineMode::Upgrade] {
        pass(&sessions, &mock.url, engine, 4).await;
    }
}
