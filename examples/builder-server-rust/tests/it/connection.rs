//! Who may connect, and what a client may send.

use std::time::Duration;

use builder_server_rust::Auth;
use serde_json::{Value, json};

use crate::client::{SECRET, USER_ID, settings, start, user};

#[tokio::test]
async fn a_bad_token_is_refused_with_the_message_of_the_contract() {
    let server = start(settings());
    let minute = Duration::from_secs(60);
    let foreign = Auth::new(b"another secret").issue(&user("john_doe", minute)).unwrap();
    let expired = Auth::new(SECRET).issue(&user("john_doe", Duration::ZERO)).unwrap();
    // {"alg":"none"} and good claims.
    let unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiI3YTIwYzllNC04NmY1LTRiMWQtOTVlMy1kM2M4MWYwYjY0MmEiLCJ1c2VybmFtZSI6ImEiLCJleHAiOjk5OTk5OTk5OTk5fQ.";
    let refused = [
        json!({}),
        json!({ "token": 7 }),
        json!({ "token": "not-a-token" }),
        json!({ "token": foreign }),
        json!({ "token": expired }),
        json!({ "token": unsigned }),
    ];
    for auth in refused.iter().map(Value::to_string).chain([String::new()]) {
        let mut client = server.open().await;
        client.send(&format!("40/builder,{auth}")).await;
        let packet = client.packet().await.unwrap();
        let error =
            packet.strip_prefix("44/builder,").unwrap_or_else(|| panic!("{auth} is answered by {packet}"));
        assert_eq!(
            serde_json::from_str::<Value>(error).unwrap(),
            json!({ "message": "Authentication failed" })
        );
    }
}

#[tokio::test]
async fn a_token_is_renewed_or_the_connection_stays_as_it_is() {
    let server = start(settings());
    let mut client = server.connect().await;
    let renewed = Auth::new(SECRET).issue(&user("jane_doe", Duration::from_secs(60))).unwrap();
    client.emit("authenticate", &json!({ "token": renewed })).await;
    assert_eq!(client.next("authenticated").await, json!({ "userId": USER_ID, "username": "jane_doe" }));
    client.emit("authenticate", &json!({ "token": "not-a-token" })).await;
    assert_eq!(client.next("error").await["payload"]["code"], "AUTHENTICATION_FAILED");
    assert!(client.until_now().await.is_empty());
}

#[tokio::test]
async fn the_members_of_a_project_are_counted() {
    let server = start(settings());
    let mut clients = Vec::new();
    for (project_id, n_members) in [("shared", 1), ("shared", 2), ("other", 1)] {
        let mut client = server.connect().await;
        client.emit("join-project", &json!({ "projectId": project_id })).await;
        let joined = client.next("project-joined").await;
        assert_eq!(joined, json!({ "projectId": project_id, "members": n_members }));
        clients.push(client);
    }
}

#[tokio::test]
async fn an_invalid_payload_is_answered_with_an_error() {
    let server = start(settings());
    let mut client = server.connect().await;
    let invalid = [
        json!(["authenticate", {}]),
        json!(["authenticate", { "token": "" }]),
        json!(["join-project"]),
        json!(["join-project", null]),
        json!(["join-project", { "projectId": 7 }]),
        json!(["join-project", { "projectId": "" }]),
        json!(["user:decision:response", { "decisionId": "d" }]),
        json!(["user:decision:response", { "decisionId": "d", "selectedOptionId": "o", "feedback": 1 }]),
        json!(["pong", { "beat": 1 }]),
    ];
    for packet in invalid {
        client.send(&format!("42/builder,{packet}")).await;
        let error = client.next("error").await;
        assert_eq!(error["payload"]["code"], "INVALID_PAYLOAD", "{packet}");
        assert_eq!(error["payload"]["details"]["event"], packet[0], "{packet}");
    }
}

#[tokio::test]
async fn what_is_valid_or_unknown_is_not_answered() {
    let server = start(settings());
    let mut client = server.connect().await;
    let packets = [
        json!(["pong"]),
        json!(["pong", null]),
        json!(["pong", null, "more"]),
        json!(["dance", { "with": 1 }]),
    ];
    for packet in packets {
        client.send(&format!("42/builder,{packet}")).await;
    }
    assert!(client.until_now().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_handled_in_the_order_in_which_they_were_sent() {
    let server = start(settings());
    let mut client = server.connect().await;
    for n in 0..200 {
        client.emit("join-project", &json!({ "projectId": n.to_string() })).await;
    }
    for n in 0..200 {
        assert_eq!(client.next("project-joined").await["projectId"], n.to_string());
    }
}

#[tokio::test]
async fn a_server_that_stops_drops_its_clients() {
    let server = start(settings());
    let mut client = server.connect().await;
    server.stop().await;
    while client.packet().await.is_some() {}
}
