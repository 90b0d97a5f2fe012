//! `handfast mock`, as a process.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::call::{Workspace, call, command};

/// A mock that runs.
struct Mock {
    process: Child,
    printed: BufReader<ChildStdout>,
    url: String,
}

impl Mock {
    fn start(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut printed = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        printed.read_line(&mut line).unwrap();
        let url = line.split("listening on ").last().unwrap().trim().to_owned();
        let url =
            serde_json::from_str::<Value>(&line).map_or(url, |line| line["url"].as_str().unwrap().to_owned());
        Self { process, printed, url }
    }

    /// Ends it, and gives its exit code and what else it printed.
    fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let kill =
            Command::new("kill").args(["-s", signal, &self.process.id().to_string()]).status().unwrap();
        assert!(kill.success());
        let mut rest = String::new();
        self.printed.read_to_string(&mut rest).unwrap();
        (self.process.wait().unwrap().code(), rest)
    }
}

#[test]
fn a_session_is_replayed_against_it_and_every_signal_ends_it() {
    for signal in ["INT", "TERM"] {
        let workspace = Workspace::new();
        let call = ["mock", "contract.yaml", "sessions", "--listen", "127.0.0.1:0", "--format", "json"];
        let mock = Mock::start(workspace.command(&call));
        workspace.call(&["replay", "sessions", "--target", &mock.url]).says(0, &["1 passed"]);
        let (code, log) = mock.end(signal);
        assert_eq!(code, Some(0), "{log}");
        let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let events: Vec<_> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
        assert_eq!(events[..3], ["opened", "heard", "told"], "{log}");
        assert_eq!(lines[2]["payload"]["n"], 1);
        assert!(lines.iter().all(|line| line["time"].is_string()), "{log}");
    }
}

#[test]
fn what_it_tells_people() {
    let workspace = Workspace::new();
    let mock =
        Mock::start(workspace.command(&["mock", "contract.yaml", "sessions", "--listen", "127.0.0.1:0"]));
    workspace.call(&["replay", "sessions", "--target", &mock.url]).says(0, &["1 passed"]);
    let (_, log) = mock.end("INT");
    for words in [
        "#0 opened `events`, plays `ping and pong`",
        "#0 ← ✓ ping",
        "#0 → pong {",
        "closed by the client 1000",
    ] {
        assert!(log.contains(words), "{words}: {log}");
    }
    let mock = Mock::start(workspace.command(&["mock", "contract.yaml", "-q", "--listen", "127.0.0.1:0"]));
    assert_eq!(mock.end("INT"), (Some(0), String::new()));
}

#[test]
fn every_command_of_its_page_is_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = std::fs::read_to_string(root.join("docs/mock.md")).unwrap();
    let calls: Vec<&str> = page.lines().filter(|line| line.starts_with("handfast mock ")).collect();
    assert!(calls.len() >= 3);
    for line in calls {
        let words = shell_words::split(line.split('#').next().unwrap()).unwrap();
        let orbit = |word: &String| match word.as_str() {
            "asyncapi.yaml" => "schemas/orbit/asyncapi.yaml".to_owned(),
            "sessions" => "conformance/sessions/orbit".to_owned(),
            word => word.to_owned(),
        };
        let words: Vec<String> = words[1..].iter().map(orbit).collect();
        let mut called = words.iter().map(String::as_str).collect::<Vec<_>>();
        called.extend(["--listen", "127.0.0.1:0"]);
        let mut command = command(root, &called);
        command.env("ORBIT_TOKEN", "a-token");
        let (code, log) = Mock::start(command).end("INT");
        assert_eq!(code, Some(0), "{line}: {log}");
    }
    let replays = page.split("```console\n$ handfast ").skip(1);
    for block in replays {
        let words = shell_words::split(block.lines().next().unwrap()).unwrap();
        let program = env!("CARGO_BIN_EXE_handfast");
        let here = |word: &String| match word.strip_prefix("handfast ") {
            Some(call) => format!("{program} {call}"),
            None => word.replace("127.0.0.1:7443", "127.0.0.1:0"),
        };
        let words: Vec<String> = words.iter().map(here).collect();
        let mut command = command(root, &words.iter().map(String::as_str).collect::<Vec<_>>());
        let output = command.env("ORBIT_TOKEN", "a-token").output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn what_can_not_be_served_is_told() {
    let workspace = Workspace::new();
    workspace.call(&["mock", "nowhere.yaml"]).complains(2, &["nowhere.yaml"]);
    workspace.call(&["mock", "contract.yaml", "nowhere.yaml"]).complains(2, &["nowhere.yaml"]);
    workspace
        .call(&["mock", "contract.yaml", "--token-env", "NOBODY_SET_THIS"])
        .complains(2, &["NOBODY_SET_THIS", "export"]);
    workspace.write("other.yaml", &workspace.read("contract.yaml"));
    workspace.vary("of-another.yaml", "../contract.yaml", "other.yaml");
    workspace
        .call(&["mock", "contract.yaml", "of-another.yaml"])
        .complains(2, &["of-another.yaml", "one contract"]);
    let mock = Mock::start(workspace.command(&["mock", "contract.yaml", "--listen", "127.0.0.1:0"]));
    let taken = mock.url.trim_start_matches("http://").to_owned();
    workspace
        .call(&["mock", "contract.yaml", "--listen", &taken])
        .complains(3, &["nobody can listen", &taken]);
    mock.end("INT");
    for (argument, value, words) in [
        ("--fault", "burn", "slow-reader"),
        ("--fault", "drop=3", "@3"),
        ("--listen", "nowhere", "HOST:PORT"),
        ("--rate", "-1", "from 0"),
    ] {
        call(&["mock", "contract.yaml", &format!("{argument}={value}")]).complains(2, &[argument, words]);
    }
}
