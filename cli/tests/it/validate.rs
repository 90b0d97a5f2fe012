//! `handfast validate`

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::call::{Called, Workspace};

const SCHEMA: &str =
    r#"{ "type": "object", "required": ["n"], "properties": { "n": { "type": "integer" } } }"#;
const PING: &str = r#"{"type":"ping"}"#;

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("s.json", SCHEMA);
    workspace
}

/// Validates what comes by the standard input.
fn filter(workspace: &Workspace, arguments: &[&str], input: &[u8]) -> Called {
    fs::write(workspace.path("input"), input).unwrap();
    let mut command = workspace.command(&[&["validate"], arguments].concat());
    command.stdin(File::open(workspace.path("input")).unwrap()).output().unwrap().into()
}

fn json_lines(called: &Called) -> Vec<Value> {
    called.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_json_file_is_one_document() {
    let workspace = workspace();
    workspace.write("good.json", "{\n  \"n\": 1\n}\n");
    workspace.write("bad.json", "{\n  \"n\": \"1\"\n}\n");
    let called = workspace.call(&["validate", "s.json", "good.json"]);
    called.says(0, &[]);
    assert_eq!(called.stdout, "1 document, 1 valid, 0 invalid\n");
    let called = workspace.call(&["validate", "s.json", "good.json", "bad.json"]);
    called.says(1, &["bad.json: `/n` breaks `type`", "2 documents, 1 valid, 1 invalid\n"]);
}

#[test]
fn a_line_is_a_document() {
    let workspace = workspace();
    workspace.write("a.jsonl", "{\"n\":1}\r\n\n  \t\r\n{\"n\":1.5}\n{}\n{\"n\":2}");
    let called = workspace.call(&["validate", "s.json", "a.jsonl"]);
    called
        .says(1, &["a.jsonl:4: `/n` breaks `type`", "\na.jsonl:5: ", "\n4 documents, 2 valid, 2 invalid\n"]);
}

#[test]
fn an_empty_stream_has_no_documents_and_an_empty_file_no_json() {
    let workspace = workspace();
    workspace.write("empty.json", "");
    filter(&workspace, &["s.json", "-"], b"").says(0, &["0 documents, 0 valid, 0 invalid"]);
    workspace.call(&["validate", "s.json", "empty.json"]).says(1, &["empty.json: no JSON: EOF"]);
}

#[test]
fn the_call_says_how_documents_lie_where_a_name_does_not() {
    let workspace = workspace();
    workspace.write("log", "{\"n\":1}\n{\"n\":2}\n");
    let call = |more: &[&str]| workspace.call(&[&["validate", "s.json", "log"], more].concat());
    call(&[]).complains(2, &["`log` may be one document, or one a line", "help: ", "--input jsonl"]);
    call(&["--input", "jsonl"]).says(0, &["2 documents, 2 valid"]);
    call(&["--input", "json"]).says(1, &["log: no JSON: trailing characters at line 2 column 1"]);
    filter(&workspace, &["s.json", "-", "--input", "json"], b"{\n\"n\": 1\n}")
        .says(0, &["1 document, 1 valid"]);
}

#[test]
fn a_line_that_is_no_json_is_invalid_and_the_next_is_read() {
    let called = filter(&workspace(), &["s.json", "-"], b"{\"n\":}\n\xff\n{\"n\":\"\xff\"}\n{\"n\":1}\n");
    let wrong = ["-:1: no JSON: expected value at line 1 column 6\n", "-:2: no JSON: ", "-:3: no JSON: "];
    called.says(1, &wrong);
    assert!(called.stdout.ends_with("4 documents, 1 valid, 3 invalid\n"), "{called:#?}");
}

#[test]
fn what_is_too_long_is_left_out_and_the_next_is_read() {
    let workspace = workspace();
    let long = format!("{{\"n\":1}}\n{{\"n\":1,\"x\":\"{}\"}}\n{{\"n\":2}}\n", "x".repeat(1 << 20));
    let called = filter(&workspace, &["s.json", "-", "--max-bytes", "1k"], long.as_bytes());
    called
        .says(1, &["-:2: longer than 1024 bytes, not read; `--max-bytes` raises the limit\n3 documents, 2 "]);
    workspace.write("long.json", &long);
    workspace
        .call(&["validate", "s.json", "long.json", "--max-bytes", "1k"])
        .says(1, &["long.json: longer than 1024 bytes"]);
    let size = |size| workspace.call(&["validate", "s.json", "s.json", "--max-bytes", size]);
    size("5 apples").complains(2, &["it is no size: write `1000000`, `64K`"]);
    size("0").complains(2, &["it is no size above 0"]);
}

#[test]
fn json_is_a_line_per_document() {
    let workspace = workspace();
    let called = filter(&workspace, &["s.json", "-", "--format", "json"], b"{\"n\":1}\n\n{\"n\":null}\n{\n");
    called.complains(1, &["3 documents, 1 valid, 2 invalid"]);
    let lines: Vec<_> = called.stdout.lines().collect();
    assert_eq!(lines[0], r#"{"line":1,"valid":true,"violations":[]}"#);
    let wrong = r#"{"code":"type","at":"/n","schema":"s.json#/properties/n/type","params":{"actual":"null","expected":["integer"]}}"#;
    assert_eq!(lines[1], format!(r#"{{"line":3,"valid":false,"violations":[{wrong}]}}"#));
    let wrong = r#"{"code":"syntax","at":"","schema":"","params":{"column":1,"line":4,"message":"EOF while parsing an object"}}"#;
    assert_eq!(lines[2], format!(r#"{{"line":4,"valid":false,"violations":[{wrong}]}}"#));
}

#[test]
fn json_names_events_and_files_where_there_are_several() {
    let workspace = workspace();
    workspace.write("a.jsonl", &format!("{PING}\n{{\"type\":\"pnog\"}}\n{{}}\n"));
    workspace.write("b.json", r#"{"type":"pong"}"#);
    let called = workspace.call(&["validate", "contract.yaml", "a.jsonl", "b.json", "--format", "json"]);
    called.complains(1, &["4 documents, 2 valid (1 of an unknown event), 2 invalid"]);
    let lines = json_lines(&called);
    assert_eq!(
        lines[..2],
        [
            json!({"file": "a.jsonl", "line": 1, "event": "ping", "valid": true, "violations": []}),
            json!({"file": "a.jsonl", "line": 2, "event": "pnog", "valid": true, "unknown": true, "violations": []}),
        ]
    );
    assert_eq!(
        (&lines[2]["event"], &lines[2]["violations"][0]["code"]),
        (&Value::Null, &json!("unnamed-event"))
    );
    assert_eq!((&lines[3]["file"], &lines[3]["event"]), (&json!("b.json"), &json!("pong")));
    assert_eq!(lines[3]["violations"][0]["params"], json!({"property": "n"}));
}

#[test]
fn an_unknown_event_is_told_once_and_fails_only_where_asked() {
    let workspace = workspace();
    let input = format!("{PING}\n{}", "{\"type\":\"pnig\"}\n".repeat(3));
    let called = filter(&workspace, &["contract.yaml", "-"], input.as_bytes());
    called.says(0, &[]);
    assert_eq!(
        called.stdout,
        "-:2: unknown event `pnig`; did you mean `ping`?\n4 documents, 4 valid (3 of unknown events), 0 invalid\n"
    );
    let called = filter(&workspace, &["contract.yaml", "-", "--unknown", "fail"], input.as_bytes());
    called.says(1, &["-:4: unknown event `pnig`; did you mean `ping`?", "4 documents, 1 valid, 3 invalid"]);
}

#[test]
fn one_event_can_be_meant() {
    let workspace = workspace();
    let event = |more: &[&str]| {
        filter(&workspace, &[&["contract.yaml", "-"], more].concat(), b"{\"type\":\"pong\",\"n\":1}\n")
    };
    event(&["--event", "pong"]).says(0, &["1 valid"]);
    event(&["--event", "ping"]).says(1, &["-:1: `/type` breaks `const`"]);
    event(&["--event", "pnog"])
        .complains(2, &["`pnog` is no event of `Echo`", "did you mean `pong`?", "ping, pong"]);
    event(&["--event", "pong", "--from", "client"])
        .complains(2, &["that the client sends", "did you mean `ping`?"]);
    let of_schema = workspace.call(&["validate", "s.json", "s.json", "--event", "pong"]);
    of_schema.complains(2, &["a schema has no events", "help: "]);
}

#[test]
fn an_event_that_its_transport_names_has_to_be_said() {
    let workspace = workspace();
    let unnamed = workspace.read("contract.yaml").split("x-handfast").next().unwrap().to_owned();
    workspace.write("unnamed.yaml", &unnamed);
    filter(&workspace, &["unnamed.yaml", "-"], b"").complains(2, &["`--event NAME`: ping, pong"]);
    filter(&workspace, &["unnamed.yaml", "-", "--event", "ping"], PING.as_bytes()).says(0, &["1 valid"]);
}

#[test]
fn a_file_that_cannot_be_read_stops_no_other() {
    let workspace = workspace();
    workspace.write("a.jsonl", "{}\n");
    let called =
        workspace.call(&["validate", "s.json", "nowhere.json", "a.jsonl", "sessions", "--input", "jsonl"]);
    called.complains(2, &["nowhere.json can't be read", "sessions can't be read"]);
    assert!(
        called.stdout.starts_with("a.jsonl:1: ") && called.stdout.ends_with("1 invalid\n"),
        "{called:#?}"
    );
    workspace.write("broken.json", r#"{"type": "objekt"}"#);
    workspace.call(&["validate", "broken.json", "a.jsonl"]).complains(2, &["broken.json:1", "objekt"]);
}

#[test]
fn what_is_told_has_a_limit() {
    let workspace = workspace();
    workspace.write("list.json", r#"{ "items": { "type": "string" } }"#);
    let input = b"[1,2,3,4]\n[1]\n[]\n[1]\n";
    let called = filter(&workspace, &["list.json", "-", "--max-violations", "2", "--max-shown", "1"], input);
    let told: Vec<_> = called.stdout.lines().map(|line| line.split(" breaks").next().unwrap()).collect();
    assert_eq!(
        told,
        ["-:1: `/0`", "  `/1`", "  …and 2 more", "…and 2 more invalid", "4 documents, 1 valid, 3 invalid"]
    );
    let called = filter(&workspace, &["list.json", "-", "--max-violations", "3", "--format", "json"], input);
    let lines = json_lines(&called);
    assert_eq!((lines[0]["violations"].as_array().unwrap().len(), &lines[0]["more"]), (3, &json!(1)));
    assert_eq!(lines.len(), 4);
}

#[test]
fn only_the_summary_is_printed_where_asked() {
    let called = filter(&workspace(), &["s.json", "-", "--quiet", "--max-shown", "0"], b"{}\n");
    assert_eq!((called.code, called.stdout.as_str()), (Some(1), "1 document, 0 valid, 1 invalid\n"));
    let called = filter(&workspace(), &["s.json", "-", "--quiet", "--format", "json"], b"{}\n");
    assert_eq!((called.stdout.as_str(), called.stderr.as_str()), ("", "1 document, 0 valid, 1 invalid\n"));
}

#[test]
fn many_lines_are_told_in_order_by_any_number_of_threads() {
    let workspace = workspace();
    let mut text = String::new();
    for n in 1..=50_000 {
        let value = if n % 1000 == 0 { "null".to_owned() } else { n.to_string() };
        writeln!(text, r#"{{"n":{value},"filler":"{}"}}"#, "x".repeat(n % 97)).unwrap();
    }
    workspace.write("many.jsonl", &text);
    for jobs in ["1", "2", "7"] {
        let called =
            workspace.call(&["validate", "s.json", "many.jsonl", "--format", "json", "--jobs", jobs]);
        called.complains(1, &["50000 documents, 49950 valid, 50 invalid"]);
        let lines: Vec<_> = json_lines(&called).into_iter().zip(1..).collect();
        assert_eq!(lines.len(), 50_000);
        for (line, n) in lines {
            assert_eq!((&line["line"], &line["valid"]), (&json!(n), &json!(n % 1000 != 0)));
        }
    }
    workspace.call(&["validate", "s.json", "many.jsonl", "--jobs", "0"]).complains(2, &["--jobs"]);
}

#[test]
fn a_filter_answers_before_its_input_ends() {
    let workspace = workspace();
    let mut command = workspace.command(&["validate", "s.json", "-", "--format", "json"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for n in 1..=3 {
        writeln!(input, r#"{{"n":{n}}}"#).unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, format!("{{\"line\":{n},\"valid\":true,\"violations\":[]}}\n"));
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_reader_who_goes_ends_it_though_the_input_goes_on() {
    let workspace = workspace();
    let mut command = workspace.command(&["validate", "s.json", "-", "--format", "json"]);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    input.write_all(b"{\"n\":1}\n").unwrap();
    // The input stays open: only the reader's going can end it.
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!(errors, "");
    drop(input);
}
