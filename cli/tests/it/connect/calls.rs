//! What is wrong with a call is said before anything is opened.

use super::talk::called;

/// Where nobody listens.
const NOWHERE: [&str; 3] = ["schemas/orbit/asyncapi.yaml", "--target", "http://127.0.0.1:9"];

#[track_caller]
fn check(more: &[&str], words: &[&str]) {
    called(&[&NOWHERE[..], more].concat()).complains(2, words);
}

#[test]
fn names_are_known() {
    check(&["--channel", "evnts"], &["`evnts` is no channel of Orbit", "did you mean `events`?"]);
    let unknown = "is no event that the server sends on the channel";
    check(&["--until", "task.complete"], &[unknown, "did you mean `task.completed`?"]);
    check(&["--on", "taks.*"], &["`taks.*`", unknown]);
    check(&["--until", "pong", "--channel", "stream"], &[unknown, "`--channel events`"]);
    check(&["--emit", "png"], &["is no event that a client sends", "did you mean `ping`?"]);
    check(&["--emit", "quite-something"], &["known are ping"]);
    check(&["--emit", "ping", "--channel", "stream"], &["channel `stream`", "`--channel events`"]);
    check(&["--stdin", "--channel", "stream"], &["a client sends nothing on the channel `stream`"]);
}

#[test]
fn payloads_keep_the_contract() {
    check(&["--emit", "ping", "{"], &["the payload of `ping` is no JSON", "in single quotes"]);
    check(&["--emit", "ping", "[]"], &["`ping` is not valid:\n  `the value` breaks `type`", "--force"]);
    check(&["--emit", "ping", r#"{"type":"pong"}"#], &["calls the event \"pong\"", "filled in"]);
    check(&["--emit", "ping", "@no/such/file"], &["the payload of `ping` can't be read", "@FILE"]);
    check(&["--emit", "ping", "-", "--stdin"], &["the standard input can be read once"]);
    check(&["--emit", "ping", "-", "--emit", "ping", "-"], &["the standard input can be read once"]);
    check(&["--emit-again"], &["--emit <EVENT> [JSON]"]);
}

#[test]
fn options_make_sense() {
    check(&["--until", "pong", "--where", "payload.id=1"], &["did you mean `/payload/id`?"]);
    check(&["--until", "pong", "--where", "/id"], &["write POINTER=VALUE"]);
    check(&["--where", "/id=1"], &["--until <EVENT>"]);
    check(&["--token-env", "NO_SUCH_TOKEN"], &["`NO_SUCH_TOKEN` is not set", "export NO_SUCH_TOKEN=…"]);
    check(&["--header", "X-A: $NO_SUCH_TOKEN"], &["`NO_SUCH_TOKEN` is not set"]);
    check(&["--header", "nonsense"], &["write `NAME: VALUE`"]);
    check(&["--header", "no name: x"], &["write `NAME: VALUE`"]);
    check(&["--query", "nonsense"], &["write NAME=VALUE"]);
    check(&["--timeout", "5"], &["`5` is no duration"]);
    check(&["--topics", "task.*", "--until", "export.ready"], &["`export.ready` will not come", "--topics"]);
    check(&["--ca", "Cargo.toml"], &["the CA file Cargo.toml is of no use"]);
}

#[test]
fn a_filter_is_the_contract_s() {
    let builder = ["schemas/builder/asyncapi.yaml", "--target", "http://127.0.0.1:9", "--topics", "build:*"];
    called(&builder).complains(2, &["Builder real-time events has no filter of events", "x-handfast.filter"]);
}

#[test]
fn a_contract_that_is_wrong_is_shown() {
    called(&["Cargo.toml", "--target", "http://127.0.0.1:9"]).complains(2, &["Cargo.toml"]);
    called(&["no/such.yaml", "--target", "http://127.0.0.1:9"]).complains(2, &["no/such.yaml"]);
}

#[test]
fn a_server_that_is_down_cannot_be_reached() {
    for contract in ["schemas/orbit/asyncapi.yaml", "schemas/builder/asyncapi.yaml"] {
        let called = called(&[contract, "--target", "http://127.0.0.1:9", "--format", "json"]);
        called.complains(
            3,
            &["error: no server answers at ", "://127.0.0.1:9/", "help: check that the server is up"],
        );
        assert!(called.stdout.contains(r#""connection":"unreachable""#), "{called:#?}");
    }
}

#[test]
fn help_shows_how() {
    crate::call::call(&["connect", "--help"]).says(
        0,
        &["Connect to a server by its contract", "Examples:", "--emit <EVENT> [JSON]", "Exit codes:"],
    );
    crate::call::call(&["completions", "bash"]).says(0, &["emit-again", "token-env"]);
}
