//! Without sessions, a mock says what the contract lets a server say, and keeps its rules.

use std::fs;

use handfast_conformance::transport::{Command, EngineMode, Kind};
use serde_json::Value;

use crate::running::{Client, Recipe, TOKEN, endpoint, pass, repository};

/// Sessions that expect events as they come; the rules of the contract hold all the time.
#[tokio::test(flavor = "multi_thread")]
async fn what_it_says_keeps_every_rule_of_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let join = "\n  - { send: join-project, data: { projectId: a } }\n  - eventually: project-joined";
    for (protocol, channel, query, begin, expected) in [
        ("orbit", "events", "{}", "", "task.completed"),
        ("orbit", "stream", "{ topics: \"task.*\" }", "", "task.completed"),
        ("builder", "builder", "{}", join, "build:completed"),
        // Of projects that it has not joined, a client hears nothing.
        ("builder", "builder", "{}", "", "deployment:success"),
    ] {
        let contract = repository(&format!("schemas/{protocol}/asyncapi.yaml"));
        let session = format!(
            "session: as it comes\ncontract: {}\nconnect: {{ channel: {channel}, token: $TOKEN, query: {query} }}\n\
             unmatched: allow\nsteps:{begin}\n  - expect: {expected}\n    times: 5\n    within: 30s\n",
            fs::canonicalize(&contract).unwrap().display()
        );
        let path = folder.path().join(format!("{channel}.yaml"));
        fs::write(&path, session).unwrap();
        let mut recipe = Recipe::new(contract);
        recipe.manner.rate = 200.0;
        let mock = recipe.serve().await;
        pass(&[path], &mock.url, EngineMode::default(), 1).await;
    }
}

#[tokio::test]
async fn a_seed_says_the_same_again() {
    let mut said = Vec::new();
    for _ in 0..2 {
        let mut recipe = Recipe::new(repository("schemas/orbit/asyncapi.yaml"));
        recipe.manner.rate = 500.0;
        let mock = recipe.serve().await;
        let mut endpoint = endpoint(&mock.url, Kind::Sse, "/events/stream");
        endpoint.headers.push(("Authorization".to_owned(), format!("Bearer {TOKEN}")));
        let mut client = Client::open(Kind::Sse, endpoint);
        let mut ids = Vec::new();
        for _ in 0..30 {
            let event = client.event().await;
            ids.push((event["type"].clone(), event["id"].clone()));
        }
        said.push(ids);
    }
    assert_eq!(said[0], said[1]);
}

#[tokio::test]
async fn a_client_that_comes_back_is_told_what_it_missed() {
    let mut recipe = Recipe::new(repository("schemas/orbit/asyncapi.yaml"));
    recipe.manner.rate = 100.0;
    let mock = recipe.serve().await;
    let mut endpoint = endpoint(&mock.url, Kind::Sse, "/events/stream");
    endpoint.headers.push(("Authorization".to_owned(), format!("Bearer {TOKEN}")));
    let mut first = Client::open(Kind::Sse, endpoint.clone());
    let mut ids: Vec<Value> = Vec::new();
    for _ in 0..6 {
        ids.push(first.event().await["id"].clone());
    }
    first.obey(Command::Abort).await;
    endpoint.last_event_id = ids[2].as_str().map(str::to_owned);
    let mut second = Client::open(Kind::Sse, endpoint);
    for id in &ids[3..] {
        assert_eq!(second.event().await["id"], *id);
    }
    let next = second.event().await["id"].clone();
    assert!(!ids.contains(&next));
}
