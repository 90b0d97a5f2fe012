//! What the command says to those who call it wrongly, and to those who ask.

use std::process::Stdio;

use crate::call::{Workspace, call};

const TARGET: [&str; 2] = ["--target", "http://127.0.0.1:9"];

fn replay<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["replay", "sessions"], more].concat()
}

#[test]
fn help_names_subcommands_and_exit_codes() {
    call(&["--help"])
        .says(0, &["check", "replay", "completions", "Exit codes:\n  0  passed", "4  inconclusive"]);
    call(&["replay", "--help"]).says(0, &["Examples:", "--spawn <COMMAND>", "junit"]);
    call(&["--version"]).says(0, &["handfast 0.1.0"]);
}

#[test]
fn nothing_to_do_is_a_usage_error() {
    call(&[]).complains(2, &["Usage: handfast"]);
    call(&["replay"]).complains(2, &["--target <URL>"]);
    call(&["repaly"]).complains(2, &["a similar subcommand exists: 'replay'"]);
}

#[test]
fn a_target_needs_a_scheme_that_is_known() {
    let workspace = Workspace::new();
    let target = |url| workspace.call(&replay(&["--target", url]));
    target("localhost:7443").complains(2, &["it has no scheme; did you mean `http://localhost:7443`?"]);
    target("ftp://localhost").complains(2, &["`ftp` is no scheme of a server"]);
    target("http://").complains(2, &["empty host"]);
    target("http://127.0.0.1:0").complains(2, &["nothing listens on port 0", "help: ", "--spawn"]);
}

#[test]
fn a_report_needs_a_format_and_a_file() {
    let workspace = Workspace::new();
    let report = |report| workspace.call(&replay(&[TARGET[0], TARGET[1], "--report", report]));
    report("junt=report.xml").complains(2, &["`junt` is no format; did you mean `junit`?"]);
    report("pdf=report.pdf")
        .complains(2, &["`pdf` is no format; known are text, json, junit, html, github, blob"]);
    report("report.xml").complains(2, &["write FORMAT=FILE"]);
    report("junit=").complains(2, &["write FORMAT=FILE"]);
    report("junit=sessions").complains(2, &["the report sessions can't be written"]);
    report("junit=contract.yaml/report.xml").complains(2, &["can't be written"]);
    workspace
        .call(&replay(&[TARGET[0], TARGET[1], "--format", "jsn"]))
        .complains(2, &["similar value", "'json'"]);
}

#[test]
fn a_ca_file_has_to_hold_certificates() {
    let workspace = Workspace::new();
    let ca = |path| workspace.call(&replay(&[TARGET[0], TARGET[1], "--ca", path]));
    ca("nowhere.pem").complains(2, &["the CA file nowhere.pem can't be read"]);
    ca("contract.yaml").complains(2, &["the CA file contract.yaml is of no use", "help: ", "PEM"]);
}

#[test]
fn options_are_checked() {
    let workspace = Workspace::new();
    let option = |more: &[&str]| workspace.call(&replay(&[&TARGET, more].concat()));
    option(&["--jobs", "0"]).complains(2, &["--jobs"]);
    option(&["--scale", "0"]).complains(2, &["it has to be above 0"]);
    option(&["--scale", "inf"]).complains(2, &["it has to be above 0"]);
    option(&["--max-time", "5"]).complains(2, &["`5` is no duration"]);
    option(&["--spawn", "node 'server.js"]).complains(2, &["--spawn"]);
    option(&["--spawn", " "]).complains(2, &["there is no command in it"]);
    option(&["--spawn-timeout", "1s"]).complains(2, &["--spawn <COMMAND>"]);
    option(&["--transport", "pigeon"]).complains(2, &["polling", "websocket", "upgrade"]);
}

#[test]
fn a_folder_without_sessions_is_named() {
    let workspace = Workspace::new();
    workspace.write("empty/notes.txt", "");
    workspace
        .call(&["replay", "empty", TARGET[0], TARGET[1]])
        .complains(2, &["there is no session in empty", "help: a session is a file `*.yaml`"]);
}

#[test]
fn everything_wrong_with_all_sessions_is_told_before_anything_runs() {
    let workspace = Workspace::new();
    workspace.vary("sessions/a.yaml", "send: ping", "snd: ping");
    workspace.vary("sessions/b.yaml", "events }", "events, token: $NO_SUCH_TOKEN }");
    let called = workspace.call(&replay(&[TARGET[0], TARGET[1], "--report", "junit=report.xml"]));
    called
        .complains(2, &["sessions/a.yaml:5", "sessions/b.yaml:3", "`NO_SUCH_TOKEN` is not set", "snd: ping"]);
    assert_eq!(called.stdout, "");
    assert!(!workspace.path("report.xml").exists());
    workspace.call(&["replay", "nowhere.yaml", TARGET[0], TARGET[1]]).complains(2, &["nowhere.yaml"]);
}

#[test]
fn completions_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        call(&["completions", shell]).says(0, &["handfast", "replay", "spawn-timeout"]);
    }
}

#[test]
fn manual_pages_are_printed() {
    let page = |arguments: &[&str], words: &[&str]| {
        let called = call(&[&["man"], arguments].concat());
        called.says(0, words);
        assert!(called.stdout.contains(".TH handfast"), "{}", called.stdout);
    };
    page(&[], &["replay", "Exit codes"]);
    page(&["replay"], &["handfast\\-replay", "\\-\\-known", "Examples:"]);
    call(&["man", "rply"]).complains(2, &["`rply` is no subcommand", "help: known are: check"]);
}

#[test]
fn shards_and_lists_are_checked() {
    let workspace = Workspace::new();
    let option = |more: &[&str]| workspace.call(&replay(&[&TARGET, more].concat()));
    option(&["--shard", "3/2"]).complains(2, &["`3/2` is no shard; write K/N"]);
    option(&["--durations", "a"]).complains(2, &["--shard <K/N>"]);
    option(&["--shard", "1/2", "--durations", "a"]).complains(2, &["a can't be read"]);
    option(&["--shard", "1/2", "--durations", "contract.yaml"])
        .complains(2, &["has no durations of sessions"]);
    option(&["--repeat", "0"]).complains(2, &["--repeat"]);
    option(&["--known", "a"]).complains(2, &["a can't be read"]);
    option(&["--known", "contract.yaml"]).complains(2, &["contract.yaml:", "known-failures"]);
    option(&["--quiet", "--verbose"]).complains(2, &["cannot be used with"]);
    option(&["--report", "junit=-"]).complains(2, &["`--format junit` prints it"]);
    let both = ["--report", "github=-", "--format", "json"];
    option(&both).complains(2, &["annotations would break the json on the standard output"]);
}

#[test]
fn blobs_are_checked() {
    let workspace = Workspace::new();
    let merge = |path| workspace.call(&["report", "merge", path]);
    merge("nowhere.blob").complains(2, &["nowhere.blob can't be read"]);
    merge("contract.yaml").complains(2, &["contract.yaml can't be used: it is no blob"]);
    merge("sessions").complains(2, &["there is no blob in sessions", "help: a blob is a file `*.blob`"]);
}

#[test]
fn a_reader_who_goes_is_not_missed() {
    let workspace = Workspace::new();
    for arguments in [&["completions", "bash"][..], &["check", "contract.yaml"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = workspace.command(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments:?}");
    }
}
