//! What the contract forbids is refused in the way that it has for it, and told.

use handfast_conformance::mock::log::Entry;
use handfast_conformance::transport::{Kind, Observed, Refusal};
use serde_json::{Value, json};

use crate::running::{Client, Recipe, Running, endpoint, file, repository};

fn rejection(reason: &'static str) -> impl Fn(&Entry) -> bool {
    move |entry| matches!(entry, Entry::Rejected { reason: told, .. } if told.contains(reason))
}

async fn strict() -> Recipe {
    let mut recipe = Recipe::new(file("strict.yaml"));
    recipe.tokens = vec!["good".to_owned()];
    recipe
}

fn with_token(mock: &Running, token: &str) -> Client {
    let mut endpoint = endpoint(&mock.url, Kind::WebSocket, "/ws");
    endpoint.url.query_pairs_mut().append_pair("token", token);
    Client::open(Kind::WebSocket, endpoint)
}

async fn refusal(mut client: Client) -> Refusal {
    match client.next().await {
        Some(Observed::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_bad_token() {
    let mock = strict().await.serve().await;
    for client in [with_token(&mock, "bad"), Client::at(&mock, Kind::WebSocket, "/ws")] {
        assert_eq!(refusal(client).await.status, Some(403));
    }
    mock.tells(|entry| matches!(entry, Entry::Refused { reason, .. } if reason.contains("no token"))).await;
    mock.tells(|entry| matches!(entry, Entry::Refused { reason, .. } if reason.contains("nobody has"))).await;
}

#[tokio::test]
async fn any_token_will_do_where_none_is_known_but_one_there_must_be() {
    for (contract, kind, place, status, message) in [
        ("schemas/orbit/asyncapi.yaml", Kind::Sse, "/events/stream", Some(401), ""),
        ("schemas/builder/asyncapi.yaml", Kind::SocketIo, "/builder", None, "Authentication failed"),
    ] {
        let mock = Recipe::new(repository(contract)).serve().await;
        let refused = refusal(Client::at(&mock, kind, place)).await;
        assert_eq!(refused.status, status, "{contract}");
        assert!(refused.message.contains(message), "{refused:?}");
        let mut endpoint = endpoint(&mock.url, kind, place);
        endpoint.headers.push(("Authorization".to_owned(), "Bearer anything".to_owned()));
        endpoint.auth = Some(json!({ "token": "anything" }));
        let opened = Client::open(kind, endpoint).next().await;
        assert!(matches!(opened, Some(Observed::Opened(_))), "{contract} {opened:?}");
    }
}

#[tokio::test]
async fn payloads_and_events_are_answered_by_the_event_of_the_contract() {
    let mock = strict().await.serve().await;
    let mut client = with_token(&mock, "good");
    let said = [
        (json!({ "type": "say", "text": 5 }), "`/text` breaks `type`"),
        (json!({ "type": "sing" }), "knows no such event"),
        (json!({}), "no name"),
    ];
    for (payload, reason) in said {
        client.send("", payload).await;
        let answer = client.event().await;
        assert_eq!(answer["type"], "wrong");
        let code = answer["code"].as_str().unwrap();
        assert!(code.starts_with('E') && code.len() == 4, "{code}");
        mock.tells(rejection(reason)).await;
    }
    client.send("", json!({ "type": "say", "text": "well" })).await;
    mock.tells(|entry| matches!(entry, Entry::Heard { valid: true, .. })).await;
}

async fn invalid(mock: &Running, payload: Value) -> Client {
    let client = Client::at(mock, Kind::WebSocket, "/ws");
    client.send("", payload).await;
    client
}

#[tokio::test]
async fn they_close_the_connection_where_the_contract_has_no_event_for_them() {
    let mock = Recipe::new(file("ticks.yaml")).serve().await;
    for payload in [json!({ "type": "say" }), json!({ "type": "sing" }), json!([1])] {
        let seen = invalid(&mock, payload).await.all().await;
        let Some(Observed::Closed(closing)) = seen.last() else { panic!("{seen:?}") };
        assert_eq!(closing.code, Some(1008), "{closing:?}");
    }
    let client = Client::at(&mock, Kind::SocketIo, "/room");
    client.send("sing", json!({ "type": "sing" })).await;
    let seen = client.all().await;
    assert!(
        matches!(seen.last(), Some(Observed::Closed(closing)) if closing.reason.contains("disconnected")),
        "{seen:?}"
    );
}

#[tokio::test]
async fn a_lenient_mock_only_tells() {
    let mut recipe = Recipe::new(file("ticks.yaml"));
    recipe.manner.is_lenient = true;
    let mock = recipe.serve().await;
    let mut client = invalid(&mock, json!({ "type": "say" })).await;
    client.send("", json!({ "type": "say", "text": "well" })).await;
    assert_eq!(client.event().await["type"], "said");
    mock.tells(rejection("required")).await;
}
