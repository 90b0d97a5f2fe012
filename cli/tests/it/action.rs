//! `action.yml`: what its step that replays does; `ci` has those that install the command.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use handfast_codegen::load::{from_node, parse};
use regex::Regex;
use serde_json::Value;

use crate::call::Workspace;
use crate::server::Server;

const ACTION: &str = include_str!("../../../action.yml");

fn action() -> Value {
    from_node(&parse(Path::new("action.yml"), ACTION).unwrap()).unwrap()
}

fn steps(action: &Value) -> &[Value] {
    action["runs"]["steps"].as_array().unwrap()
}

/// Runs the step that replays, with its inputs; gives what it came to, and its outputs.
fn replay(workspace: &Workspace, inputs: &[(&str, &str)]) -> (Output, BTreeMap<String, String>) {
    let action = action();
    let step = steps(&action).iter().find(|step| step["id"] == "replay").unwrap();
    let command = Path::new(env!("CARGO_BIN_EXE_handfast")).parent().unwrap();
    let path = format!("{}:{}", command.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["-c", step["run"].as_str().unwrap()]).current_dir(workspace.path("")).env("PATH", path);
    bash.env("GITHUB_OUTPUT", workspace.path("outputs")).env("RUNNER_TEMP", workspace.path(""));
    bash.env("GITHUB_ACTIONS", "true");
    for name in step["env"].as_object().unwrap().keys() {
        let of_name = inputs.iter().find(|(input, _)| input == name);
        bash.env(name, of_name.map_or("", |(_, value)| value));
    }
    let output = bash.output().unwrap();
    let outputs = workspace.read("outputs");
    let outputs = outputs.lines().filter_map(|line| line.split_once('='));
    (output, outputs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

#[test]
fn it_replays_and_leaves_reports() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(r#"{"type":"pong","n":"1"}"#)));
    workspace.vary("more/with space.yaml", "../contract", "../contract");
    let inputs = [
        ("SESSIONS", "sessions\nmore"),
        ("TARGET", &server.url),
        ("REPEAT", "2"),
        ("SEED", "7"),
        ("ARGUMENTS", "--jobs\n2\n\n--quiet"),
    ];
    let (output, outputs) = replay(&workspace, &inputs);
    let printed = String::from_utf8(output.stdout).unwrap();
    let annotations = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{printed}{annotations}");
    assert!(printed.contains("4 failed in"), "{printed}");
    assert_eq!(annotations.lines().filter(|line| line.starts_with("::error file=")).count(), 4);
    assert_eq!(outputs["exit-code"], "1");
    for name in ["report.html", "junit.xml", "run.blob"] {
        assert!(Path::new(&outputs["folder"]).join(name).is_file(), "{name}");
    }
}

#[test]
fn what_a_workflow_gives_is_no_script() {
    let (workspace, server) = (Workspace::new(), Server::start(Some(r#"{"type":"pong","n":1}"#)));
    let inputs = [
        ("SESSIONS", "sessions"),
        ("TARGET", server.url.as_str()),
        ("REPEAT", "1"),
        ("SEED", "$(touch seed)"),
        ("KNOWN", "`touch known`; touch known"),
    ];
    let (output, outputs) = replay(&workspace, &inputs);
    assert_eq!((output.status.code(), outputs["exit-code"].as_str()), (Some(2), "2"));
    assert!(!workspace.path("seed").exists() && !workspace.path("known").exists());
}

#[test]
fn every_input_is_declared_and_used() {
    let action = action();
    let declared: Vec<&str> = action["inputs"].as_object().unwrap().keys().map(String::as_str).collect();
    let used = Regex::new(r"inputs\.([a-z-]+)").unwrap();
    let mut used: Vec<&str> =
        used.captures_iter(ACTION).map(|found| found.get(1).unwrap().as_str()).collect();
    used.sort_unstable();
    used.dedup();
    let mut declared = declared;
    declared.sort_unstable();
    assert_eq!(used, declared);
    for step in steps(&action) {
        let script = step["run"].as_str().unwrap_or_default();
        assert!(!script.contains("${{"), "an expression in a script is a way in: {script}");
    }
}
