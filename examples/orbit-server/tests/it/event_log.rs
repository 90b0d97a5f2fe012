//! The event log: going on where a client left off although the server was another process then.

use std::fs;
use std::path::Path;

use orbit_server::{Server, Settings};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Running, ids, settings, start, types};

fn logging(folder: &TempDir) -> Settings {
    Settings { event_log: Some(folder.path().join("events.jsonl")), ..settings() }
}

async fn stop(mut server: Running) {
    server.stop();
    server.stopped().await;
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("a log");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn last_id(events: &[Value]) -> Option<&str> {
    ids(events).last().copied()
}

#[tokio::test]
async fn a_client_goes_on_over_a_restart_without_gap_or_double() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(logging(&folder));
    let mut stream = server.listen("?topics=task.*", None).await;
    server.create(json!({ "type": "app.install" })).await;
    let mut received = stream.events(2).await;
    stop(server).await;

    let server = start(logging(&folder));
    let mut stream = server.listen("?topics=task.*", last_id(&received)).await;
    server.create(json!({ "type": "container.start" })).await;
    received.extend(stream.events(7).await);
    stop(server).await;
    assert_eq!(types(&received[5..]), ["task.completed", "task.created", "task.updated", "task.completed"]);

    let logged = lines(&folder.path().join("events.jsonl"));
    let tasks = logged.into_iter().filter(|event| event["type"].as_str().unwrap().starts_with("task."));
    assert_eq!(received, tasks.collect::<Vec<_>>());
}

#[tokio::test]
async fn a_task_that_a_restart_cut_off_is_completed_once() {
    let folder = tempfile::tempdir().unwrap();
    let slow = Settings { step: std::time::Duration::from_secs(3600), ..logging(&folder) };
    let server = start(slow);
    let mut stream = server.listen("", None).await;
    let id = server.create(json!({ "type": "app.install" })).await;
    let created = stream.events(1).await;
    stop(server).await;

    for _ in 0..2 {
        let server = start(logging(&folder));
        let mut stream = server.listen("", last_id(&created)).await;
        let completed = &stream.events(1).await[0]["payload"];
        let result = json!({ "error": "The agent was restarted" });
        assert_eq!(*completed, json!({ "task_id": id, "status": "failed", "result": result }));
        stop(server).await;
    }
    assert_eq!(lines(&folder.path().join("events.jsonl")).len(), 2);
}

#[tokio::test]
async fn the_log_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let bounded = || Settings { n_history: 5, ..logging(&folder) };
    let server = start(bounded());
    let mut stream = server.listen("", None).await;
    for _ in 0..250 {
        server.create(json!({ "type": "container.start" })).await;
        stream.events(5).await;
    }
    stop(server).await;
    let path = folder.path().join("events.jsonl");
    assert!(lines(&path).len() <= 1005);
    stop(start(bounded())).await;
    assert_eq!(lines(&path).len(), 5);
}

#[tokio::test]
async fn a_line_that_was_not_written_whole_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.jsonl");
    let server = start(logging(&folder));
    let mut stream = server.listen("", None).await;
    server.create(json!({ "type": "container.start" })).await;
    let received = stream.events(5).await;
    stop(server).await;
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{whole}{{\"id\":\"")).unwrap();
    stop(start(logging(&folder))).await;
    assert_eq!(lines(&path), received);
}

#[tokio::test]
async fn a_log_that_cannot_be_taken_up_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.jsonl");
    let server = start(logging(&folder));
    let taken = Server::bind(logging(&folder)).unwrap_err().to_string();
    assert!(taken.starts_with(&path.display().to_string()), "{taken}");
    stop(server).await;
    fs::write(&path, "{\"type\":\"task.created\"}\n").unwrap();
    let broken = Server::bind(logging(&folder)).unwrap_err().to_string();
    assert!(broken.contains("line 1 is no event"), "{broken}");
}
