//! The runner passes against a mock that plays the very sessions that it replays.

use std::path::PathBuf;
use std::time::Duration;

use handfast_conformance::mock::log::Entry;
use handfast_conformance::transport::EngineMode;

use crate::running::{Recipe, Running, pass, repository, sessions};

/// The sessions of a protocol, without those whose client acts while the server goes on (`after`): it begins as others do, and
/// shows too late which of them it plays.
fn bundled(protocol: &str) -> Vec<PathBuf> {
    let mut found = sessions(&repository(&format!("conformance/sessions/{protocol}")));
    found.retain(|path| !acts_meanwhile(path));
    assert!(found.len() >= 10);
    found
}

fn acts_meanwhile(path: &PathBuf) -> bool {
    std::fs::read_to_string(path).unwrap().contains("\n    after: ")
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_act_while_the_server_goes_on() {
    let mut found = sessions(&repository("conformance/sessions/orbit"));
    found.retain(acts_meanwhile);
    assert!(!found.is_empty());
    for session in found {
        let playing = vec![session];
        let recipe = Recipe::new(repository("schemas/orbit/asyncapi.yaml")).playing(playing.clone());
        let mock = recipe.serve().await;
        pass(&playing, &mock.url, EngineMode::default(), 1).await;
    }
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
