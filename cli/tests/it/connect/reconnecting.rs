//! Connections that are lost while something is waited for.

use serde_json::json;

use super::scripted::{Scripted, hear, raw, say};
use super::talk::json_lines;
use crate::call::{Called, Workspace};

/// The contract of the workspace with `rules` in its `x-handfast`, and with `from` instead of `to`.
fn workspace(rules: &str, (from, to): (&str, &str)) -> Workspace {
    let workspace = Workspace::new();
    let contract = workspace.read("contract.yaml");
    assert!(contract.contains(from));
    workspace.write("contract.yaml", &format!("{}  {rules}\n", contract.replace(from, to)));
    workspace
}

fn waited(workspace: &Workspace, server: &str, more: &[&str]) -> Called {
    let call = ["connect", "contract.yaml", "--target", server, "--timeout", "1m", "--format", "json"];
    workspace.call(&[&call[..], &["--until", "pong", "--where", "/n=3"], more].concat())
}

fn numbers(called: &Called) -> Vec<i64> {
    json_lines(called).iter().filter_map(|line| line["data"]["n"].as_i64()).collect()
}

#[test]
fn a_stream_is_resumed_and_what_comes_again_is_left_out() {
    let event =
        |n: u8| format!("id: e{n}\nevent: pong\ndata: {{\"type\":\"pong\",\"n\":{n},\"id\":\"e{n}\"}}\n\n");
    let stream = |events: &str| {
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n{events}")
    };
    let busy =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned();
    let (first, rest) = (event(1) + &event(2), event(2) + &event(3));
    let (server, heads) = raw(vec![stream(&first), busy, stream(&rest)]);
    let workspace =
        workspace("resume: { header: Last-Event-ID, id: /id }", ("protocol: ws", "protocol: sse"));
    let called = waited(&workspace, &server, &[]);
    called.complains(0, &[]);
    assert_eq!(numbers(&called), [1, 2, 3]);
    let asked: Vec<_> =
        heads.iter().map(|head| head.to_lowercase().contains("last-event-id: e2\r\n")).collect();
    assert_eq!(asked, [false, true, true]);
    let of_link: Vec<_> = json_lines(&called)
        .iter()
        .filter_map(|line| line["connection"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(of_link, ["open", "closed", "reconnecting", "refused", "reconnecting", "open"]);
}

#[test]
fn a_server_that_says_no_for_good_is_believed() {
    let gone = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned();
    let empty = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".to_owned();
    let (server, _heads) = raw(vec![empty, gone]);
    let workspace = workspace("noise: []", ("protocol: ws", "protocol: sse"));
    waited(&workspace, &server, &[]).complains(3, &["the server refuses the connection", "401"]);
}

/// Answers a number on the first connection and loses it, then says 3 whatever comes.
fn forgetful() -> Scripted {
    Scripted::start(|n, mut socket| async move {
        if n == 0 {
            hear(&mut socket).await;
            return say(&mut socket, &[r#"{"type":"pong","n":1}"#]).await;
        }
        say(&mut socket, &[r#"{"type":"pong","n":2}"#]).await;
        if let Some(heard) = hear(&mut socket).await {
            assert_eq!(heard, r#"{"type":"ping"}"#);
            say(&mut socket, &[r#"{"type":"pong","n":3}"#]).await;
            hear(&mut socket).await;
        }
    })
}

#[test]
fn what_was_sent_is_sent_again_where_that_is_wanted() {
    let workspace = Workspace::new();
    let server = forgetful();
    let called = waited(&workspace, &server.url, &["--emit", "ping", "--emit-again"]);
    called.complains(0, &[]);
    assert_eq!(numbers(&called), [1, 2, 3]);
    let server = forgetful();
    let call = ["connect", "contract.yaml", "--target", &server.url, "--until", "pong", "--where", "/n=2"];
    let called = workspace.call(&[&call[..], &["--emit", "ping", "--timeout", "1m"]].concat());
    called.complains(
        0,
        &["connecting again in ", "what `--emit` said is not sent again; `--emit-again` does that"],
    );
}

#[test]
fn pings_are_answered_and_a_silent_server_is_given_up() {
    let server = Scripted::start(|n, mut socket| async move {
        say(&mut socket, &[r#"{"type":"ping"}"#]).await;
        let pong = hear(&mut socket).await;
        assert_eq!(pong.as_deref(), Some(r#"{"type":"pong"}"#));
        if n > 0 {
            say(&mut socket, &[r#"{"type":"ping","n":3}"#]).await;
        }
        // The first connection is silent from now on.
        hear(&mut socket).await;
        hear(&mut socket).await;
    });
    let rules = "heartbeat: { from: server, ping: ping, pong: pong, dead-after: 300ms }";
    // Here it is the server that pings.
    let workspace = workspace(rules, ("required: [type, n]", "required: [type]"));
    let contract = workspace.read("contract.yaml");
    let contract =
        contract.replace("action: receive", "action: x").replace("action: send", "action: receive");
    workspace.write("contract.yaml", &contract.replace("action: x", "action: send"));
    let call = ["connect", "contract.yaml", "--target", &server.url, "--timeout", "1m"];
    let called = workspace.call(&[&call[..], &["--until", "ping", "--where", "/n=3"]].concat());
    called.complains(0, &["the server gives no sign of life for 300ms", "connecting again in "]);
    assert_eq!(called.stdout.lines().count(), 1, "{called:#?}");
}

#[test]
fn pings_are_sent_when_they_are_due() {
    let server = Scripted::start(|n, mut socket| async move {
        let answers = [r#"{"type":"pong","n":1}"#, r#"{"type":"pong","n":2}"#, r#"{"type":"pong","n":3}"#];
        // The first connection takes pings and says nothing.
        let mut answers = answers.iter().filter(|_| n > 0);
        while hear(&mut socket).await.is_some() {
            if let Some(answer) = answers.next() {
                say(&mut socket, &[answer]).await;
            }
        }
    });
    let rules = "heartbeat: { from: client, ping: ping, pong: pong, every: 50ms, within: 300ms }";
    let workspace = workspace(rules, ("title: Echo", "title: Echo"));
    let called = waited(&workspace, &server.url, &["--noise"]);
    called.complains(0, &["the server gives no sign of life for 300ms"]);
    assert_eq!(numbers(&called), [1, 2, 3]);
    let hidden = waited(&workspace, &server.url, &[]);
    hidden.complains(0, &[]);
    assert_eq!(numbers(&hidden), [3]);
    let sent = json_lines(&called).iter().filter(|line| line["direction"] == json!("sent")).count();
    assert!(sent >= 4, "{called:#?}");
}

#[test]
fn a_server_that_stays_away_is_not_reached_in_the_end() {
    let empty = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".to_owned();
    let (server, _heads) = raw(vec![empty]);
    let workspace = workspace("noise: []", ("protocol: ws", "protocol: sse"));
    let call = ["connect", "contract.yaml", "--target", &server, "--timeout", "1s", "--until", "pong"];
    workspace.call(&call).complains(3, &["no server answers: ", "there is no connection to ", "within 1s"]);
}
