//! The builds and deployments: what each publishes, in order, and to whom.

use std::time::Duration;

use builder_server_rust::Settings;
use serde_json::{Value, json};

use crate::client::{settings, start};

/// One word per event: its name, and for the repeated ones what tells them apart.
fn told((name, event): &(String, Value)) -> String {
    let payload = &event["payload"];
    let detail = match name.as_str() {
        "build:progress" => &payload["currentPhase"],
        "agent:status:update" => &payload["status"],
        "deployment:progress" => &payload["stage"],
        _ => return name.clone(),
    };
    assert_eq!(event["type"], *name);
    detail.as_str().expect("a text").to_owned()
}

fn outline(events: &[(String, Value)]) -> String {
    events.iter().map(told).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_build_is_published_in_order() {
    let server = start(settings());
    let mut client = server.join("a/b c").await;
    assert_eq!(server.start("a%2Fb%20c/builds", json!({})).await, json!({ "projectId": "a/b c" }));
    let events = client.until("build:completed").await;
    assert_eq!(
        outline(&events),
        "build:started working analyze working design working generate agent:output working validate \
         completed build:completed"
    );
    assert_eq!(events[0].1["payload"]["phases"], json!(["analyze", "design", "generate", "validate"]));
    let overall: Vec<_> =
        events.iter().filter_map(|(_, event)| event["payload"]["overallProgress"].as_u64()).collect();
    assert_eq!(overall, [20, 45, 70, 95]);
}

#[tokio::test]
async fn a_build_that_fails_ends_after_generate() {
    let server = start(settings());
    let mut client = server.join("p").await;
    server.start("p/builds", json!({ "outcome": "failed" })).await;
    let events = client.until("build:failed").await;
    let expected = "build:started working analyze working design working generate agent:error build:failed";
    assert_eq!(outline(&events), expected);
    assert_eq!(events.last().unwrap().1["payload"]["error"]["phase"], "generate");
    assert!(client.until_now().await.is_empty());
}

#[tokio::test]
async fn a_build_waits_for_the_decision_of_a_member() {
    let server = start(settings());
    let mut client = server.join("p").await;
    let mut outsider = server.join("q").await;
    server.start("p/builds", json!({ "decision": true })).await;
    let asked = client.until("user:decision:required").await;
    assert_eq!(outline(&asked), "build:started working analyze working design user:decision:required");
    let payload = &asked.last().unwrap().1["payload"];
    assert_eq!(payload["timeout"].as_f64(), Some(300.0));
    let answer = |option: &Value| json!({ "decisionId": payload["decisionId"], "selectedOptionId": option });

    outsider.emit("user:decision:response", &answer(&payload["options"][0]["id"])).await;
    assert!(outsider.until_now().await.is_empty());
    client.emit("user:decision:response", &answer(&json!("no-such-option"))).await;
    let refused = client.until("error").await;
    assert_eq!(outline(&refused), "error");

    client.emit("user:decision:response", &answer(&payload["options"][1]["id"])).await;
    let rest = client.until("build:completed").await;
    assert_eq!(outline(&rest), "working generate agent:output working validate completed build:completed");
    assert_eq!(rest[2].1["payload"]["output"]["layout"], payload["options"][1]["id"]);

    client.emit("user:decision:response", &answer(&payload["options"][0]["id"])).await;
    assert!(client.until_now().await.is_empty());
}

#[tokio::test]
async fn a_decision_that_nobody_answers_falls_to_its_first_option() {
    let server = start(Settings { decision_timeout: Duration::from_millis(1), ..settings() });
    let mut client = server.join("p").await;
    server.start("p/builds", json!({ "decision": true })).await;
    let asked = client.next("user:decision:required").await;
    let output = client.next("agent:output").await;
    assert_eq!(output["payload"]["output"]["layout"], asked["payload"]["options"][0]["id"]);
}

#[tokio::test]
async fn builds_of_one_project_follow_each_other() {
    let server = start(settings());
    let mut client = server.join("p").await;
    let mut other = server.join("q").await;
    for (path, body) in
        [("p/builds", json!({ "decision": true })), ("p/builds", json!({})), ("q/builds", json!({}))]
    {
        server.start(path, body).await;
    }
    let asked = client.next("user:decision:required").await;
    other.until("build:completed").await;
    assert!(client.until_now().await.is_empty());
    let payload = &asked["payload"];
    let answer =
        json!({ "decisionId": payload["decisionId"], "selectedOptionId": payload["options"][0]["id"] });
    client.emit("user:decision:response", &answer).await;
    assert!(!outline(&client.until("build:completed").await).contains("build:started"));
    assert!(outline(&client.until("build:completed").await).starts_with("build:started working"));
}

#[tokio::test]
async fn a_deployment_is_published_to_its_project_alone() {
    let server = start(settings());
    let mut client = server.join("p").await;
    let mut outsider = server.join("q").await;
    let accepted = server.start("p/deployments", json!({ "environment": "test" })).await;
    let events = client.until("deployment:success").await;
    assert_eq!(outline(&events), "building deploying health-check deployment:success");
    let progress: Vec<_> =
        events.iter().filter_map(|(_, event)| event["payload"]["progress"].as_u64()).collect();
    assert_eq!(progress, [40, 70, 95]);
    for (_, event) in &events {
        assert_eq!(event["payload"]["deploymentId"], accepted["deploymentId"]);
    }
    assert!(outsider.until_now().await.is_empty());
}
