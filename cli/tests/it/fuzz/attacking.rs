//! Attacks on servers with faults, and on ones without.

use std::collections::BTreeSet;

use serde_json::Value;

use super::board::Bug;
use super::contract::{Flavor, contract};
use super::http::Http;
use super::sockets::Sockets;
use crate::call::{Called, Workspace};

/// A server of the board, whatever carries it.
enum Server {
    Sockets(Sockets),
    Http(Http),
}

impl Server {
    fn start(flavor: Flavor, bug: Bug) -> Self {
        match flavor {
            Flavor::Http => Self::Http(Http::start(bug)),
            _ => Self::Sockets(Sockets::start(flavor, bug)),
        }
    }

    fn url(&self) -> &str {
        match self {
            Self::Sockets(server) => &server.url,
            Self::Http(server) => &server.url,
        }
    }
}

fn workspace(flavor: Flavor) -> Workspace {
    let workspace = Workspace::new();
    workspace.write("board.json", &contract(flavor, 20));
    workspace
}

fn attack(workspace: &Workspace, url: &str, more: &[&str]) -> Called {
    let call = ["fuzz", "board.json", "--target", url, "--transport", "websocket", "--out", "found"];
    workspace.call(&[&call[..], more].concat())
}

/// The sessions that were found, by file.
fn found(workspace: &Workspace) -> Vec<String> {
    let files = std::fs::read_dir(workspace.path("found")).into_iter().flatten();
    let mut names: Vec<String> =
        files.map(|file| format!("found/{}", file.unwrap().file_name().to_string_lossy())).collect();
    names.sort();
    names
}

/// A server with `bug` is found out by breaking `rule` with `event`, in a session without needless members, which shows it again.
#[track_caller]
fn check(flavor: Flavor, bug: Bug, rule: &str, event: &str, needed: &[&str]) {
    let (workspace, server) = (workspace(flavor), Server::start(flavor, bug));
    let called = attack(&workspace, server.url(), &["--max-findings", "1"]);
    called.says(1, &[&format!("[{rule}]"), "handfast replay found/"]);
    let files = found(&workspace);
    assert_eq!(files.len(), 1, "{called:#?}");
    let text = workspace.read(&files[0]);
    let session = handfast_codegen::load::parse(&workspace.path(&files[0]), &text).unwrap().to_value();
    let members = culprit(&session, event);
    if let Some(members) = &members {
        let needless: Vec<_> = members.iter().filter(|name| !needed.contains(&name.as_str())).collect();
        assert!(needless.is_empty(), "{needless:?} in\n{text}");
    }
    assert_eq!(members.is_some(), !needed.is_empty(), "{text}");
    let replay = workspace.call(&["replay", &files[0], "--target", server.url(), "--transport", "websocket"]);
    replay.says(1, &[&format!("[{rule}]"), "1 failed"]);
}

/// The members of the payload of the last `event` that the session sends; nothing where it sends bytes.
fn culprit(session: &Value, event: &str) -> Option<BTreeSet<String>> {
    let steps = session["steps"].as_array().unwrap().iter().rev();
    let mut payloads = steps.filter_map(|step| match &step["request"] {
        Value::Null if step["send"] == event => step.get("data"),
        request if request["path"] == event => request.get("body"),
        _ => None,
    });
    payloads.next().map(|data| data.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect())
}

#[test]
fn a_range_that_is_not_checked_websocket() {
    check(Flavor::WebSocket, Bug::Range, "refusals", "set", &["room", "level", "type"]);
}

#[test]
fn a_range_that_is_not_checked_socket_io() {
    check(Flavor::SocketIo, Bug::Range, "acknowledgement", "set", &["room", "level"]);
}

#[test]
fn a_range_that_is_not_checked_http() {
    check(Flavor::Http, Bug::Range, "response", "/level", &["room", "level"]);
}

#[test]
fn a_missing_member_that_breaks_a_connection_websocket() {
    check(Flavor::WebSocket, Bug::Missing, "closed", "say", &["room", "type"]);
}

#[test]
fn a_missing_member_that_breaks_a_connection_socket_io() {
    check(Flavor::SocketIo, Bug::Missing, "closed", "say", &["room"]);
}

#[test]
fn a_missing_member_that_breaks_a_request() {
    check(Flavor::Http, Bug::Missing, "response", "/say/hall", &["room"]);
}

#[test]
fn an_unvalidated_value_that_is_told_to_others_websocket() {
    check(Flavor::WebSocket, Bug::Echo, "schema", "say", &["room", "text", "type"]);
}

#[test]
fn an_unvalidated_value_that_is_told_to_others_socket_io() {
    check(Flavor::SocketIo, Bug::Echo, "schema", "say", &["room", "text"]);
}

#[test]
fn a_leak_between_rooms_websocket() {
    check(Flavor::WebSocket, Bug::Leak, "room", "say", &["room", "text", "type"]);
}

#[test]
fn a_leak_between_rooms_socket_io() {
    check(Flavor::SocketIo, Bug::Leak, "room", "say", &["room", "text"]);
}

#[test]
fn a_refused_message_that_changes_the_state_websocket() {
    check(Flavor::WebSocket, Bug::State, "deadline", "set", &["room", "level", "type"]);
}

#[test]
fn a_refused_message_that_changes_the_state_socket_io() {
    check(Flavor::SocketIo, Bug::State, "deadline", "set", &["room", "level"]);
}

#[test]
fn a_refused_request_that_changes_the_state() {
    check(Flavor::Http, Bug::State, "response", "/level", &["room", "level"]);
}

#[test]
fn depth_that_brings_a_server_down_websocket() {
    check(Flavor::WebSocket, Bug::Depth, "closed", "nothing", &[]);
}

#[test]
fn depth_that_brings_a_server_down_socket_io() {
    check(Flavor::SocketIo, Bug::Depth, "closed", "nothing", &[]);
}

#[test]
fn depth_that_brings_a_server_down_http() {
    check(Flavor::Http, Bug::Depth, "response", "nothing", &[]);
}

#[test]
fn a_valid_payload_that_is_refused() {
    check(Flavor::WebSocket, Bug::Strict, "refusals", "say", &["room", "text", "type"]);
}

#[test]
fn a_key_that_the_server_gave_and_does_not_know() {
    check(Flavor::WebSocket, Bug::Tickets, "refusals", "settle", &["ticket", "type"]);
}

#[test]
fn an_answer_that_is_not_as_the_contract_says() {
    check(Flavor::Http, Bug::Answer, "schema", "/level", &["room", "level"]);
}

#[test]
fn an_address_that_is_not_checked_websocket() {
    check(Flavor::WebSocket, Bug::Place, "refusal", "nothing", &[]);
}

#[test]
fn an_address_that_is_not_checked_socket_io() {
    check(Flavor::SocketIo, Bug::Place, "refusal", "nothing", &[]);
}

#[test]
fn an_address_that_is_not_checked_http() {
    check(Flavor::Http, Bug::Place, "response", "nothing", &[]);
}

#[test]
fn what_an_older_contract_allows_is_not_refused() {
    let (workspace, server) = (workspace(Flavor::WebSocket), Server::start(Flavor::WebSocket, Bug::None));
    workspace.write("old.json", &contract(Flavor::WebSocket, 30));
    workspace.write("same.json", &contract(Flavor::WebSocket, 20));
    let call =
        |old: &str| attack(&workspace, server.url(), &["--against", old, "--cases", "300", "--event", "say"]);
    call("same.json").says(0, &["✓ passed  say: 300 valid payloads"]);
    call("old.json").says(
        1,
        &["✗ failed  say, valid before, and now it is not: `/text` breaks `maxLength`", "[refusals]"],
    );
    let text = workspace.read("found/say-refusals.yaml");
    assert!(text.contains("contract: ../old.json\n"), "{text}");
}

#[test]
fn the_corpus_is_sent_first_and_grows() {
    let (workspace, server) = (workspace(Flavor::WebSocket), Server::start(Flavor::WebSocket, Bug::Range));
    let call = |more: &[&str]| {
        let options = ["--corpus", "corpus", "--event", "set", "--max-findings", "1"];
        attack(&workspace, server.url(), &[&options[..], more].concat())
    };
    call(&[]).says(1, &["[refusals]"]);
    let kept = workspace.read("corpus/set.jsonl");
    assert!(kept.lines().any(|line| line.contains("\"valid\":false")), "{kept}");
    call(&["--cases", "1"]).says(1, &["✗ failed  set, kept, breaks `maximum` at `/level`: refusals"]);
}

#[test]
fn what_makes_no_sense_is_said_at_once() {
    let (workspace, server) = (workspace(Flavor::WebSocket), Server::start(Flavor::WebSocket, Bug::None));
    attack(&workspace, server.url(), &["--event", "nothing"]).complains(
        2,
        &["there is no event of a client with a payload to send", "get, join, open, say, set, settle"],
    );
    attack(&workspace, server.url(), &["--channel", "nowhere"])
        .complains(2, &["`nowhere` is no channel", "board"]);
    attack(&workspace, "http://127.0.0.1:9", &[])
        .complains(3, &["nothing accepts connections at 127.0.0.1:9"]);
}

#[test]
fn reports_tell_of_an_attack_as_of_a_replay() {
    let (workspace, server) = (workspace(Flavor::WebSocket), Server::start(Flavor::WebSocket, Bug::Range));
    let reports =
        ["--report", "junit=r.xml", "--report", "html=r.html", "--format", "json", "--max-findings", "1"];
    let called = attack(&workspace, server.url(), &reports);
    assert_eq!(called.code, Some(1), "{called:#?}");
    assert!(called.stdout.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    let junit = workspace.read("r.xml");
    assert!(junit.contains("<failure") && junit.contains("found/set-refusals.yaml"), "{junit}");
    assert!(workspace.read("r.html").starts_with("<!doctype html>"));
}

#[test]
fn servers_without_faults_stand() {
    for flavor in [Flavor::WebSocket, Flavor::SocketIo, Flavor::Http] {
        let (workspace, server) = (workspace(flavor), Server::start(flavor, Bug::None));
        let called = attack(&workspace, server.url(), &["--cases", "400", "--seed", "11"]);
        called.says(0, &["valid payloads", "invalid payloads", "malformed frames", "addresses"]);
        assert_eq!(found(&workspace), Vec::<String>::new());
    }
}
