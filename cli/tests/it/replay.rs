//! `handfast replay` against real servers.

use crate::call::Workspace;
use crate::server::Server;

const GOOD: &str = r#"{"type":"pong","n":1}"#;
const BAD: &str = r#"{"type":"pong","n":"1"}"#;

#[test]
fn a_server_that_keeps_its_contract_passes() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(GOOD)));
    let called = workspace.call(&["replay", "sessions", "--target", &server.url, "--seed", "7"]);
    called.says(0, &["1 session against", "(seed 7)", "✓ passed  ping and pong", "1 passed in"]);
}

#[test]
fn a_server_that_breaks_its_contract_fails() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(BAD)));
    workspace.vary("sessions/more/again.yaml", "../contract", "../../contract");
    let reports =
        ["--report", "junit=out/report.xml", "--report", "json=out/report.jsonl", "--report", "text=out.txt"];
    let call = [&["replay", "sessions", "--target", &server.url, "--seed", "7", "--jobs", "2"][..], &reports]
        .concat();
    let called = workspace.call(&call);
    called.says(1, &["sessions/more/again.yaml:6", "sessions/ping.yaml:6", "2 failed in"]);
    assert!(
        called
            .stdout
            .contains(&format!("handfast replay sessions/ping.yaml --target {}/ --seed 7\n", server.url))
    );
    assert!(
        workspace.read("out/report.xml").contains("tests=\"2\" skipped=\"0\" failures=\"2\" errors=\"0\"")
    );
    assert_eq!(workspace.read("out.txt").lines().filter(|line| line.starts_with("✗ failed")).count(), 2);
    let last = workspace.read("out/report.jsonl").lines().last().map(str::to_owned).unwrap();
    let last: serde_json::Value = serde_json::from_str(&last).unwrap();
    assert_eq!((&last["event"], &last["exit-code"]), (&"run-finished".into(), &1.into()));
}

#[test]
fn json_goes_to_the_standard_output() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(GOOD)));
    let called = workspace.call(&["replay", "sessions", "--target", &server.url, "--format", "json"]);
    called.says(0, &["{\"event\":\"run-started\"", "{\"event\":\"session-finished\""]);
    assert!(called.stdout.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

#[test]
fn a_silent_server_fails_at_its_deadline() {
    let (workspace, server) = (Workspace::new(), Server::start(None));
    let called = workspace.call(&["replay", "sessions", "--target", &server.url, "--scale", "0.02"]);
    called.says(1, &["failed[deadline]", "--scale 0.02"]);
}

#[test]
fn a_server_that_is_down_is_unreachable() {
    let workspace = Workspace::new();
    let call = ["replay", "sessions", "--target", "http://127.0.0.1:9", "--report", "junit=report.xml"];
    let called = workspace.call(&call);
    called.says(
        3,
        &["✗ unreachable  ping and pong", "unreachable[target]: nothing accepts connections at 127.0.0.1:9"],
    );
    assert!(workspace.read("report.xml").contains("<error"));
}

#[cfg(unix)]
#[test]
fn a_server_that_does_not_start_is_shown_with_its_output() {
    let workspace = Workspace::new();
    let spawn = "sh -c 'echo port $PORT is {port}; exit 7'";
    let called = workspace.call(&["replay", "sessions", "--target", "http://127.0.0.1:0", "--spawn", spawn]);
    called.says(3, &["exit status: 7", "the server printed last:\n  port "]);
    let port = called.stdout.split("  port ").nth(1).and_then(|rest| rest.split_once(" is ")).unwrap();
    assert!(port.1.starts_with(port.0) && port.0 != "0", "{called:#?}");
}

#[test]
fn shards_are_merged_into_the_run_that_they_are_parts_of() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(BAD)));
    for name in ["a", "b", "c", "d"] {
        workspace.vary(&format!("sessions/{name}.yaml"), "ping and pong", name);
    }
    let call = |more: &[&str]| {
        let call = [&["replay", "sessions", "--target", &server.url, "--seed", "7"][..], more].concat();
        workspace.call(&call)
    };
    for (shard, blob) in [("1/2", "blob=blobs/1.blob"), ("2/2", "blob=blobs/2.blob")] {
        call(&["--shard", shard, "--report", blob]).says(1, &[&format!(", shard {shard})")]);
    }
    let whole = call(&["--report", "junit=whole.xml"]);
    let merged = workspace.call(&["report", "merge", "blobs", "--report", "junit=merged.xml"]);
    merged.says(1, &["5 sessions against", "5 failed in"]);
    let names = |text: &str| -> Vec<String> {
        let names = text.lines().filter_map(|line| line.strip_prefix("✗ failed  "));
        names.map(|name| name.split(" (").next().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&merged.stdout), names(&whole.stdout));
    assert!(workspace.read("merged.xml").contains("tests=\"5\" skipped=\"0\" failures=\"5\""));
    workspace
        .call(&["report", "merge", "blobs/1.blob", "blobs/1.blob"])
        .complains(2, &["blobs/1.blob does not belong to the others: shard 1/2 is there already"]);
    workspace.call(&["report", "html", "blobs", "--out", "page/report.html"]).says(0, &[]);
    assert!(workspace.read("page/report.html").starts_with("<!doctype html>"));
    let durations = ["--shard", "1/5", "--durations", "blobs/1.blob"];
    call(&durations).says(1, &["1 session against"]);
}

#[test]
fn sessions_are_repeated_and_known_failures_let_pass() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(BAD)));
    let entries = ["schema", "mismatch"].map(|rule| format!("{{ session: '*', rule: {rule}, reason: T-1 }}"));
    workspace.write("known.yaml", &format!("known-failures: [{}]", entries.join(", ")));
    let call = ["replay", "sessions", "--target", &server.url, "--repeat", "3", "--known", "known.yaml"];
    let called = workspace.call(&call);
    called.says(0, &["~ known  ping and pong #3", "schema: T-1\n  mismatch: T-1", "3 known to fail in"]);
}

#[test]
fn github_is_told_unasked_and_where_it_is_asked_to() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(BAD)));
    let call = ["replay", "sessions", "--target", &server.url];
    let unasked = workspace.command(&call).env("GITHUB_ACTIONS", "true").output().unwrap();
    let annotations = String::from_utf8(unasked.stderr).unwrap();
    assert!(annotations.starts_with("::error file=sessions/ping.yaml,line=6,"), "{annotations}");
    assert_eq!(annotations.lines().count(), 1);
    let asked = workspace.call(&[&call[..], &["--report", "github=-", "--quiet"]].concat());
    asked.says(1, &["1 failed in", "::error file=sessions/ping.yaml,line=6,"]);
}
