//! What a client does decides what is played: which course, and whose request it is.

use std::fs;
use std::path::PathBuf;

use handfast_conformance::transport::{Kind, http, tls};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::running::{Client, PATIENCE, Recipe, Running, endpoint, file};

/// The contract of ticks with `more` of its rules, and sessions on its socket that connect and go on like this.
fn written(folder: &TempDir, more: &str, sessions: &[(&str, &str)]) -> (PathBuf, Vec<PathBuf>) {
    let contract = folder.path().join("contract.yaml");
    fs::write(&contract, fs::read_to_string(file("ticks.yaml")).unwrap() + more).unwrap();
    let session = |(n, (connect, steps)): (usize, &(&str, &str))| {
        let path = folder.path().join(format!("{n}.yaml"));
        let head = format!("session: s{n}\ncontract: contract.yaml\nconnect: {{ channel: socket{connect} }}");
        fs::write(&path, format!("{head}\nsteps:\n{steps}")).unwrap();
        path
    };
    (contract, sessions.iter().enumerate().map(session).collect())
}

async fn serve(folder: &TempDir, more: &str, sessions: &[(&str, &str)]) -> Running {
    let (contract, sessions) = written(folder, more, sessions);
    Recipe::new(contract).playing(sessions).serve().await
}

fn say() -> Value {
    json!({ "type": "say", "text": "hi" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_on_chooses_the_course_in_which_nothing_happens() {
    let folder = TempDir::new().unwrap();
    let steps = "\
- one-of:
    - steps:
        - expect: tick
          data: { n: 1 }
    - steps: []
- send: say
  data: { type: say, text: hi }
- expect: said
";
    let mock = serve(&folder, "", &[("", steps)]).await;
    let mut hasty = Client::at(&mock, Kind::WebSocket, "/ws");
    hasty.send("say", say()).await;
    assert_eq!(hasty.event().await["type"], "said");
    let mut patient = Client::at(&mock, Kind::WebSocket, "/ws");
    assert_eq!(patient.event().await["n"], 1);
    patient.send("say", say()).await;
    assert_eq!(patient.event().await["type"], "said");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_acts_as_soon_as_its_cause_has_come() {
    let folder = TempDir::new().unwrap();
    let steps = "\
- expect: tick
  data: { n: 1 }
- any-order:
    - expect: said
    - expect: tick
      data: { n: 2 }
- send: say
  data: { type: say, text: hi }
  after: tick
";
    let mock = serve(&folder, "", &[("", steps)]).await;
    let mut client = Client::at(&mock, Kind::WebSocket, "/ws");
    assert_eq!(client.event().await["n"], 1);
    client.send("say", say()).await;
    assert_eq!(client.event().await["type"], "said");
    assert_eq!(client.event().await["n"], 2);
    // One that never acts does not hold the server up.
    let mut idle = Client::at(&mock, Kind::WebSocket, "/ws");
    let said = [idle.event().await, idle.event().await, idle.event().await];
    assert_eq!(said.map(|event| event["type"].clone()), ["tick", "said", "tick"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_of_the_client_whose_token_it_has() {
    let folder = TempDir::new().unwrap();
    let steps = |n: usize| {
        format!(
            "- request: {{ method: GET, path: /next }}\n  response: {{ body: {{ n: {n} }} }}\n- expect: tick\n  data: {{ n: {n} }}\n"
        )
    };
    let (one, two) = (steps(1), steps(2));
    let auth = "  auth: [{ in: query, name: key }]\n";
    let mock = serve(&folder, auth, &[(", token: one", &one), (", token: two", &two)]).await;
    let connect = |token: &str| {
        let mut endpoint = endpoint(&mock.url, Kind::WebSocket, "/ws");
        endpoint.url.query_pairs_mut().append_pair("key", token);
        Client::open(Kind::WebSocket, endpoint)
    };
    let clients = [("one", 1), ("two", 2)].map(|(token, n)| (token, n, connect(token)));
    for connection in [0, 1] {
        mock.tells(|entry| format!("{entry:?}").contains(&format!("Opened {{ connection: {connection}")))
            .await;
    }
    let http = http::Client::new(&tls::client_config(None).unwrap()).unwrap();
    for (token, n, mut client) in clients.into_iter().rev() {
        let request = http::Request {
            method: "GET".to_owned(),
            url: mock.url.join("/next").unwrap(),
            headers: vec![("Authorization".to_owned(), format!("Bearer {token}"))],
            body: None,
            raw: None,
            within: PATIENCE,
            body_bytes: 1000,
        };
        let body = http.request(&request).await.unwrap().body;
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), json!({ "n": n }));
        assert_eq!(client.event().await["n"], n);
    }
}
