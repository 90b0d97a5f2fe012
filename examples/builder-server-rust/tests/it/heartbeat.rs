//! The heartbeat of the protocol, beside the one of the engine.

use std::time::{Duration, Instant};

use builder_server_rust::{Auth, Settings};
use serde_json::{Value, json};

use crate::client::{SECRET, settings, start, user};

const BEAT: Duration = Duration::from_millis(100);

#[tokio::test]
async fn a_client_that_answers_stays() {
    let server = start(Settings { heartbeat: BEAT, ..settings() });
    let started = Instant::now();
    let mut client = server.connect().await;
    for _ in 0..4 {
        assert_eq!(client.next("ping").await, Value::Null);
    }
    assert!(started.elapsed() >= 4 * BEAT);
}

#[tokio::test]
async fn a_ping_is_an_event_with_an_explicit_null() {
    let server = start(Settings { heartbeat: BEAT, ..settings() });
    let mut client = server.connect().await;
    assert_eq!(client.packet().await.as_deref(), Some(r#"42/builder,["ping",null]"#));
}

#[tokio::test]
async fn a_client_that_is_silent_for_two_and_a_half_intervals_is_dropped() {
    let server = start(Settings { heartbeat: BEAT, ..settings() });
    let started = Instant::now();
    let mut client = server.connect().await;
    client.answers_pings = false;
    while let Some((name, _)) = client.event().await {
        assert_eq!(name, "ping");
    }
    assert!(started.elapsed() >= BEAT.mul_f64(2.5));
}

#[tokio::test]
async fn a_client_whose_token_has_expired_is_dropped() {
    let server = start(Settings { heartbeat: BEAT, ..settings() });
    let short = user("john_doe", Duration::from_secs(1));
    let token = Auth::new(SECRET).issue(&short).unwrap();
    let mut client = server.open().await;
    client.send(&format!("40/builder,{}", json!({ "token": token }))).await;
    client.packet().await.unwrap();
    let events = client.until("error").await;
    assert_eq!(events.last().unwrap().1["payload"]["code"], "AUTHENTICATION_FAILED");
    assert!(short.is_expired());
    assert!(client.event().await.is_none());
}
