//! The SSE stream: its form, the filter, the heartbeat, and going on where a client left off.

use std::time::Duration;

use orbit_server::Settings;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Running, TOKEN, ids, settings, start, types, within};

async fn publish(server: &Running, n_tasks: usize) {
    for _ in 0..n_tasks {
        server.create(json!({ "type": "container.start" })).await;
    }
}

fn last_id(events: &[Value]) -> Option<&str> {
    ids(events).last().copied()
}

#[tokio::test]
async fn a_stream_carries_the_same_events_as_the_websocket() {
    let server = start(settings());
    let (mut stream, mut socket) = (server.listen("", None).await, server.connect("").await);
    server.create(json!({ "type": "app.install" })).await;
    assert_eq!(stream.events(9).await, socket.events(9).await);
}

#[tokio::test]
async fn comments_keep_a_silent_stream_alive() {
    let server = start(Settings { heartbeat: Duration::from_millis(1), ..settings() });
    let address = server.url.strip_prefix("http://").unwrap();
    let mut tcp = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\r\n");
    tcp.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    while text.matches(": heartbeat\n\n").count() < 3 {
        let mut chunk = [0; 1024];
        let n = within(tcp.read(&mut chunk)).await.unwrap();
        assert_ne!(n, 0, "{text}");
        text.push_str(std::str::from_utf8(&chunk[..n]).unwrap());
    }
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(body.lines().nth(1).unwrap().starts_with("retry:"), "{body}");
}

#[tokio::test]
async fn a_client_goes_on_without_gap_or_double() {
    let server = start(settings());
    let mut all = server.listen("?topics=task.*", None).await;
    let mut first = server.listen("?topics=task.*", None).await;
    publish(&server, 3).await;
    let mut received = first.events(4).await;
    drop(first);
    publish(&server, 2).await;
    let last = last_id(&received).map(str::to_owned);
    let mut second = server.listen("?topics=task.*", last.as_deref()).await;
    publish(&server, 2).await;
    received.extend(second.events(17).await);
    assert_eq!(received, all.events(21).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_goes_on_again_and_again_while_events_are_published() {
    let server = start(settings());
    let mut all = server.listen("", None).await;
    let publishing = publish(&server, 60);
    let resuming = async {
        let mut received = all.events(1).await;
        while received.len() < 300 {
            let mut stream = server.listen("", last_id(&received).map(str::to_owned).as_deref()).await;
            let n = (300 - received.len()).min(7);
            received.extend(stream.events(n).await);
        }
        received
    };
    let ((), received) = tokio::join!(publishing, resuming);
    let mut expected = vec![received[0].clone()];
    expected.extend(all.events(299).await);
    assert_eq!(ids(&received), ids(&expected));
}

#[tokio::test]
async fn after_an_event_that_is_not_known_nothing_is_replayed() {
    let server = start(settings());
    publish(&server, 1).await;
    for id in ["5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30", "no id at all", ""] {
        let mut stream = server.listen("", Some(id)).await;
        server.create(json!({ "type": "snapshot.create" })).await;
        let expected = ["task.created", "task.updated", "snapshot.created", "task.completed"];
        assert_eq!(types(&stream.events(4).await), expected);
    }
}

#[tokio::test]
async fn the_history_is_bounded() {
    let server = start(Settings { n_history: 5, ..settings() });
    let mut stream = server.listen("", None).await;
    publish(&server, 2).await;
    let events = stream.events(10).await;
    let known = events[5]["id"].as_str();
    assert_eq!(server.listen("", known).await.events(4).await, events[6..]);
    let mut forgotten = server.listen("", events[4]["id"].as_str()).await;
    publish(&server, 1).await;
    assert_eq!(types(&forgotten.events(1).await), ["task.created"]);
}

#[tokio::test]
async fn a_replay_may_be_longer_than_the_queue() {
    let server = start(Settings { n_queue: 5, ..settings() });
    let mut stream = server.listen("", None).await;
    publish(&server, 1).await;
    let first = stream.events(1).await;
    drop(stream);
    publish(&server, 20).await;
    let mut resumed = server.listen("", last_id(&first)).await;
    assert_eq!(resumed.events(104).await.len(), 104);
}

#[tokio::test]
async fn the_stream_of_a_client_whose_queue_is_full_ends() {
    let server = start(Settings { n_queue: 4, ..settings() });
    let stream = server.listen("", None).await;
    server.create(json!({ "type": "app.install" })).await;
    let received = stream.rest().await;
    assert_eq!(types(&received), ["task.created", "task.updated", "app.install.log", "task.updated"]);
    let mut resumed = server.listen("", last_id(&received)).await;
    assert_eq!(types(&resumed.events(5).await).last(), Some(&"task.completed"));
}
