//! A token that travels in a cookie.

use std::fs;
use std::path::PathBuf;

use handfast_conformance::transport::{EngineMode, Kind, Observed};
use tempfile::TempDir;

use crate::running::{Client, Recipe, endpoint, file, pass};

/// The contract of ticks with such a token, and a session on each of its channels.
fn written(folder: &TempDir) -> (PathBuf, Vec<PathBuf>) {
    let contract = folder.path().join("contract.yaml");
    let ticks = fs::read_to_string(file("ticks.yaml")).unwrap();
    fs::write(&contract, ticks + "  auth: [{ in: cookie, name: sid }]\n").unwrap();
    let session = |channel: &str| {
        let path = folder.path().join(format!("{channel}.yaml"));
        let connect = format!(
            "{{ channel: {channel}, token: good-token, headers: {{ cookie: 'theme={{{{uuid}}}}' }} }}"
        );
        let steps = "  - expect: tick\n    data: { n: 1 }\n  - request: { method: GET, path: /me }\n";
        let text =
            format!("session: {channel}\ncontract: contract.yaml\nconnect: {connect}\nsteps:\n{steps}");
        fs::write(&path, text).unwrap();
        path
    };
    (contract, ["socket", "stream", "room"].map(session).into())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_travels_in_a_cookie_beside_others() {
    let folder = TempDir::new().unwrap();
    let (contract, sessions) = written(&folder);
    let mock = Recipe::new(contract).playing(sessions.clone()).serve().await;
    pass(&sessions, &mock.url, EngineMode::default(), 1).await;
    for (cookies, is_let_in) in
        [("theme=dark; sid=good-token", true), ("sid=another", false), ("xsid=good-token", false)]
    {
        let mut endpoint = endpoint(&mock.url, Kind::WebSocket, "/ws");
        endpoint.headers.push(("Cookie".to_owned(), cookies.to_owned()));
        let first = Client::open(Kind::WebSocket, endpoint).next().await;
        assert_eq!(matches!(first, Some(Observed::Opened(_))), is_let_in, "{cookies}: {first:?}");
    }
}
