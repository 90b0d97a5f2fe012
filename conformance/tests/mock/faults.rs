//! Each fault does what it says, on every transport.

use std::time::{Duration, Instant};

use handfast_conformance::mock::log::Entry;
use handfast_conformance::transport::{Command, Kind, Observed};
use serde_json::json;

use crate::running::{Client, Recipe, Running, file};

const PLACES: [(Kind, &str); 3] =
    [(Kind::WebSocket, "/ws"), (Kind::Sse, "/stream"), (Kind::SocketIo, "/room")];

async fn ticking(faults: &[&str]) -> Running {
    let sessions = ["socket", "stream", "room"].map(|name| file(&format!("sessions/{name}.yaml")));
    Recipe::new(file("ticks.yaml")).playing(sessions.into()).faulty(faults).serve().await
}

/// The numbers of so many ticks.
async fn ticks(client: &mut Client, n: usize) -> String {
    let mut numbers = Vec::new();
    for _ in 0..n {
        numbers.push(client.event().await["n"].to_string());
    }
    numbers.join(" ")
}

/// Which of five ticks come, and in which order.
async fn check(faults: &[&str], expected: &str) {
    let mock = ticking(faults).await;
    for (kind, place) in PLACES {
        let mut client = Client::at(&mock, kind, place);
        let found = ticks(&mut client, expected.split(' ').count()).await;
        assert_eq!(found, expected, "{faults:?} {kind:?}");
    }
    if let [fault] = faults {
        let is_told = |entry: &Entry| matches!(entry, Entry::Fault { fault: told, .. } if told == fault);
        mock.tells(is_told).await;
    }
}

#[tokio::test]
async fn nothing_happens_unasked() {
    check(&[], "1 2 3 4 5").await;
}

#[tokio::test]
async fn events_are_dropped() {
    check(&["drop=@2"], "1 3 4 5").await;
}

#[tokio::test]
async fn events_come_twice() {
    check(&["duplicate=@4"], "1 2 3 4 4 5").await;
}

#[tokio::test]
async fn events_overtake_each_other() {
    check(&["reorder=@2"], "1 3 2 4 5").await;
    // Nothing comes that could overtake the last one.
    check(&["reorder=@5"], "1 2 3 4 5").await;
}

#[tokio::test]
async fn faults_go_together() {
    check(&["drop=@1", "duplicate=@2", "reorder=@4"], "2 2 3 5 4").await;
}

#[tokio::test]
async fn events_are_late() {
    let mock = ticking(&["delay=400ms"]).await;
    for (kind, place) in PLACES {
        let mut client = Client::at(&mock, kind, place);
        assert!(matches!(client.next().await, Some(Observed::Opened(_))), "{kind:?}");
        let opened = Instant::now();
        assert_eq!(ticks(&mut client, 5).await, "1 2 3 4 5", "{kind:?}");
        // The client may see that it is let in a little after the mock has begun.
        assert!(opened.elapsed() >= Duration::from_millis(100), "{kind:?}");
    }
}

#[tokio::test]
async fn connections_are_closed() {
    let mock = ticking(&["close=1011@3"]).await;
    for (kind, place) in PLACES {
        let seen = Client::at(&mock, kind, place).all().await;
        let n_events = seen.iter().filter(|seen| matches!(seen, Observed::Frame(_))).count();
        let Some(Observed::Closed(closing)) = seen.last() else { panic!("{kind:?} {seen:?}") };
        assert_eq!(n_events, 3, "{kind:?} {seen:?}");
        if kind == Kind::WebSocket {
            assert_eq!(closing.code, Some(1011));
        }
    }
}

#[tokio::test]
async fn connections_are_half_open() {
    let mock = ticking(&["half-open=@2"]).await;
    for (kind, place) in PLACES {
        let mut client = Client::at(&mock, kind, place);
        assert_eq!(ticks(&mut client, 2).await, "1 2", "{kind:?}");
        if kind != Kind::Sse {
            client.obey(Command::Barrier(1)).await;
        }
        assert!(client.is_quiet_for(Duration::from_millis(700)).await, "{kind:?}");
    }
}

#[tokio::test]
async fn the_server_reads_slowly() {
    let mock = Recipe::new(file("ticks.yaml")).faulty(&["slow-reader=300ms"]).serve().await;
    for (kind, place) in [(Kind::WebSocket, "/ws"), (Kind::SocketIo, "/room")] {
        let mut client = Client::at(&mock, kind, place);
        assert!(matches!(client.next().await, Some(Observed::Opened(_))), "{kind:?}");
        let began = Instant::now();
        for _ in 0..4 {
            client.send("say", json!({ "type": "say", "text": "hello" })).await;
        }
        for _ in 0..4 {
            assert_eq!(client.event().await["type"], "said", "{kind:?}");
        }
        assert!(began.elapsed() >= Duration::from_millis(900), "{kind:?} {:?}", began.elapsed());
    }
}
