//! Tokens that a call brings along.

use crate::call::{Called, Workspace};
use crate::server::Server;

const PONG: &str = r#"{"type":"pong","n":1}"#;
const SECRET: &str = "correct-horse";

/// A workspace whose session wants a token.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let contract = workspace.read("contract.yaml");
    workspace.write("contract.yaml", &format!("{contract}  auth: [{{ in: query, name: key }}]\n"));
    workspace.vary("sessions/ping.yaml", "{ channel: events }", "{ channel: events, token: $KEY }");
    workspace.write("token.txt", &format!("{SECRET}\r\n"));
    workspace
}

fn replay(workspace: &Workspace, target: &str, tokens: &[&str]) -> Called {
    let tokens = tokens.iter().flat_map(|token| ["--token", token]);
    let call: Vec<&str> = ["replay", "sessions", "--target", target].into_iter().chain(tokens).collect();
    let called: Called =
        workspace.command(&call).env("OTHER", SECRET).env_remove("KEY").output().unwrap().into();
    assert!(!called.stdout.contains(SECRET) && !called.stderr.contains(SECRET), "{called:#?}");
    called
}

#[test]
fn tokens_come_from_the_environment_a_file_or_a_command() {
    let (workspace, server) = (workspace(), Server::start(Some(PONG)));
    for token in ["KEY=env:OTHER", "KEY=file:token.txt", "KEY=command:printenv OTHER"] {
        replay(&workspace, &server.url, &[token]).says(0, &["1 passed in"]);
        assert_eq!(server.asked(), format!("/ws?key={SECRET}"), "{token}");
    }
    replay(&workspace, &server.url, &[]).complains(2, &["$KEY"]);
}

#[test]
fn handfast_toml_says_where_tokens_are() {
    let (workspace, server) = (workspace(), Server::start(Some(PONG)));
    workspace.write("sessions/secret.txt", SECRET);
    let other = "KEY = \"command:printenv OTHER\"\nELSE = \"command:no-such-command\"";
    for (path, tokens) in [("handfast.toml", other), ("sessions/handfast.toml", "KEY = \"file:secret.txt\"")]
    {
        workspace.write(path, &format!("[tokens]\n{tokens}\n"));
        replay(&workspace, &server.url, &[]).says(0, &["1 passed in"]);
        assert_eq!(server.asked(), format!("/ws?key={SECRET}"), "{path}");
    }
    workspace.write("first.txt", "first");
    replay(&workspace, &server.url, &["KEY=file:first.txt"]).says(0, &["1 passed in"]);
    assert_eq!(server.asked(), "/ws?key=first");
    let call = ["replay", "sessions", "--target", &server.url];
    workspace.command(&call).env("KEY", "of-the-environment").output().unwrap();
    assert_eq!(server.asked(), "/ws?key=of-the-environment");
}

#[test]
fn what_handfast_toml_says_of_tokens_is_checked() {
    let workspace = workspace();
    let check = |tokens: &str, words: &[&str]| {
        workspace.write("sessions/handfast.toml", &format!("[tokens]\n{tokens}\n"));
        replay(&workspace, "http://127.0.0.1:9", &[]).complains(2, words);
    };
    check(
        "KEY = \"file:nowhere.txt\"",
        &["there is no token `KEY`: sessions/nowhere.txt can't be read", "handfast.toml"],
    );
    check(
        "KEY = \"correct-horse\"",
        &["a token in sessions/handfast.toml is not understood", "env:VARIABLE"],
    );
    check("KEY = 7", &["sessions/handfast.toml:2"]);
    workspace.vary("more/again.yaml", "{ channel: events }", "{ channel: events, token: $KEY }");
    workspace.write("more/handfast.toml", "[tokens]\nKEY = \"env:ONE\"\n");
    workspace.write("sessions/handfast.toml", "[tokens]\nKEY = \"env:OTHER\"\n");
    let both = workspace.call(&["replay", "sessions", "more", "--target", "http://127.0.0.1:9"]);
    both.complains(2, &["say different things of the token `KEY`"]);
}

#[test]
fn a_token_that_is_not_to_be_had_ends_the_call() {
    let workspace = workspace();
    workspace.write("empty.txt", "\n");
    let check =
        |token: &str, words: &[&str]| replay(&workspace, "http://127.0.0.1:9", &[token]).complains(2, words);
    check("KEY=env:NOWHERE", &["there is no token `KEY`", "`NOWHERE` is not set", "help: "]);
    check("KEY=file:nowhere.txt", &["nowhere.txt can't be read"]);
    check("KEY=file:empty.txt", &["it is empty"]);
    check("KEY=command:false", &["`false` ended with exit status: 1"]);
    check("KEY=command:no-such-command", &["`no-such-command` can't be started"]);
    check("KEY=correct-horse", &["write NAME=env:VARIABLE"]);
    check("A B=env:OTHER", &["`A B` can't stand behind a `$`"]);
}
