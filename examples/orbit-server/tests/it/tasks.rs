//! The tasks: what each publishes, in order, and what is no task.

use std::time::Duration;

use orbit_server::Settings;
use serde_json::{Value, json};

use crate::client::{TOKEN, settings, start, types, within};

const CONTAINER: &str = "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743";

/// The events of one task: their type, status and progress.
async fn flow(body: Value) -> Vec<String> {
    let server = start(settings());
    let mut socket = server.connect("").await;
    let id = server.create(body).await;
    let events = socket.events_until_now().await;
    for event in events.iter().filter(|event| event["type"] != "task.created") {
        let about = event["payload"]["task_id"].as_str().or(event["context"]["task_id"].as_str());
        assert_eq!(about, Some(&*id));
    }
    events.iter().map(told).collect()
}

fn told(event: &Value) -> String {
    let (name, payload) = (event["type"].as_str().expect("a type"), &event["payload"]);
    let told = [&payload["task"]["status"], &payload["status"], &payload["progress"]];
    let told = told.into_iter().filter(|value| !value.is_null()).map(Value::to_string);
    [name.to_owned()].into_iter().chain(told).collect::<Vec<_>>().join(" ").replace('"', "")
}

#[tokio::test]
async fn installing_an_app() {
    let expected = [
        "task.created queued",
        "task.updated running 0",
        "app.install.log",
        "task.updated running 33",
        "app.install.log",
        "task.updated running 66",
        "app.install.log",
        "task.updated running 100",
        "task.completed succeeded",
    ];
    assert_eq!(flow(json!({ "type": "app.install" })).await, expected);
}

#[tokio::test]
async fn starting_a_container() {
    let expected = [
        "task.created queued",
        "container.status starting",
        "task.updated running 50",
        "container.status ready",
        "task.completed succeeded",
    ];
    assert_eq!(flow(json!({ "type": "container.start", "outcome": "succeeded" })).await, expected);
}

#[tokio::test]
async fn creating_a_snapshot_and_exporting() {
    for (kind, name) in [("snapshot.create", "snapshot.created"), ("container.export", "export.ready")] {
        let expected = ["task.created queued", "task.updated running 50", name, "task.completed succeeded"];
        assert_eq!(flow(json!({ "type": kind, "container_id": CONTAINER })).await, expected);
    }
}

#[tokio::test]
async fn a_task_that_does_not_succeed_stops_after_its_first_update() {
    for outcome in ["failed", "cancelled"] {
        let end = format!("task.completed {outcome}");
        let expected = ["task.created queued", "task.updated running 0", &end];
        assert_eq!(flow(json!({ "type": "app.install", "outcome": outcome })).await, expected);
        let expected = ["task.created queued", "container.status starting", "task.updated running 50", &end];
        assert_eq!(flow(json!({ "type": "container.start", "outcome": outcome })).await, expected);
    }
}

#[tokio::test]
async fn a_task_is_about_the_container_that_was_named() {
    let server = start(settings());
    let mut socket = server.connect("?topics=container.status").await;
    server.create(json!({ "type": "container.start", "container_id": CONTAINER })).await;
    for event in socket.events(2).await {
        assert_eq!(event["payload"]["container_id"], CONTAINER);
    }
}

#[tokio::test]
async fn a_body_that_is_no_task_starts_none() {
    let server = start(settings());
    let mut socket = server.connect("").await;
    let refused = [
        json!({}),
        json!([]),
        json!(["app.install"]),
        json!({ "type": "app.remove" }),
        json!({ "type": "app.install", "outcome": "queued" }),
        json!({ "type": "app.install", "outcome": null }),
        json!({ "type": "app.install", "container_id": "c1" }),
        json!({ "type": "app.install", "container": CONTAINER }),
    ];
    for body in refused {
        let response = within(server.post(&body).send()).await.unwrap();
        assert_eq!(response.status(), 400, "{body}");
        assert!(response.json::<Value>().await.unwrap()["error"].is_string());
    }
    let response = within(server.post(&json!(null)).body("{").send()).await.unwrap();
    assert_eq!(response.status(), 400);
    let response = within(server.post(&json!(null)).body("x".repeat(20_000)).send()).await.unwrap();
    assert_eq!(response.status(), 413);
    assert!(socket.events_until_now().await.is_empty());
}

#[tokio::test]
async fn other_paths_and_methods_are_refused_in_json() {
    let server = start(settings());
    for (path, status) in [("/", 404), ("/api/tasks", 405), ("/ws", 400)] {
        let request = server.client.get(format!("{}{path}", server.url)).bearer_auth(TOKEN);
        let response = within(request.send()).await.unwrap();
        assert_eq!(response.status(), status);
        assert!(response.json::<Value>().await.unwrap()["error"].is_string());
    }
}

#[tokio::test]
async fn metrics_come_by_themselves() {
    let server = start(Settings { metrics: Duration::from_millis(1), ..settings() });
    let mut socket = server.connect("?topics=container.metrics").await;
    let events = socket.events(3).await;
    assert_eq!(types(&events), ["container.metrics"; 3]);
    assert!(events[0]["payload"]["memory_bytes"].as_u64().unwrap() > 0);
}
