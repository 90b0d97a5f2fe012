//! `handfast fuzz`

use serde_json::{Value, json};

use crate::call::{Called, Workspace};

const SCHEMA: &str = r#"{
    "type": "object", "required": ["n"], "additionalProperties": false,
    "properties": { "n": { "type": "integer", "minimum": 3, "maximum": 9 }, "tag": { "enum": ["a", "b"] } }
}"#;

fn lines(called: &Called) -> Vec<Value> {
    called.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("s.json", SCHEMA);
    workspace
}

#[test]
fn valid_payloads_are_what_validate_accepts() {
    let workspace = workspace();
    let called = workspace.call(&["fuzz", "s.json", "--emit", "50", "--valid"]);
    let payloads: Vec<String> = lines(&called).iter().map(|line| line["payload"].to_string()).collect();
    assert_eq!(payloads.len(), 50);
    workspace.write("payloads.jsonl", &payloads.join("\n"));
    let called = workspace.call(&["validate", "s.json", "payloads.jsonl"]);
    assert_eq!(called.stdout, "50 documents, 50 valid, 0 invalid\n");
}

#[test]
fn near_misses_name_what_they_break() {
    let called = workspace().call(&["fuzz", "s.json", "--emit", "60", "--invalid"]);
    let lines = lines(&called);
    let breaks = |keyword: &str| lines.iter().find(|line| line["breaks"]["keyword"] == keyword).cloned();
    let maximum = breaks("maximum").unwrap();
    assert_eq!(maximum["breaks"]["at"], "/n");
    assert_eq!(maximum["breaks"]["schema"], "s.json#/properties/n/maximum");
    assert!(maximum["payload"]["n"].as_i64().unwrap() > 9, "{maximum}");
    let missing = breaks("required").unwrap();
    assert_eq!((&missing["breaks"]["operator"], &missing["payload"]["n"]), (&json!("missing"), &Value::Null));
    for keyword in ["type", "minimum", "enum", "additionalProperties"] {
        assert!(breaks(keyword).is_some(), "{keyword}: {lines:?}");
    }
}

#[test]
fn a_seed_makes_the_same_again() {
    let workspace = workspace();
    let call = |seed: &str| workspace.call(&["fuzz", "s.json", "--emit", "20", "--seed", seed]).stdout;
    assert_eq!(call("4"), call("4"));
    assert_ne!(call("4"), call("5"));
}

#[test]
fn boundaries_are_at_the_limits() {
    let called = workspace().call(&["fuzz", "s.json", "--emit", "40", "--boundary"]);
    let numbers: Vec<i64> = lines(&called).iter().filter_map(|line| line["payload"]["n"].as_i64()).collect();
    assert!([3, 4, 8, 9].iter().all(|limit| numbers.contains(limit)), "{numbers:?}");
}

#[test]
fn malformed_frames_say_how() {
    let called = workspace().call(&["fuzz", "s.json", "--emit", "11", "--malformed"]);
    let lines = lines(&called);
    let has = |operator: &str| lines.iter().any(|line| line["breaks"]["operator"] == operator);
    assert!(["truncated", "bad-utf8", "duplicate-key", "depth"].iter().all(|operator| has(operator)));
}

#[test]
fn the_events_of_a_contract_take_turns() {
    let called = workspace().call(&["fuzz", "contract.yaml", "--emit", "4", "--valid"]);
    let events: Vec<Value> = lines(&called).iter().map(|line| line["event"].clone()).collect();
    assert_eq!(events, ["ping", "pong", "ping", "pong"]);
}

#[test]
fn what_nothing_keeps_is_refused() {
    let workspace = workspace();
    workspace.write("s.json", r#"{ "type": "integer", "minimum": 5, "maximum": 3 }"#);
    let called = workspace.call(&["fuzz", "s.json", "--emit", "1"]);
    called.complains(2, &["unsatisfiable: no number is left between the limits at `s.json#`"]);
}

#[test]
fn sites_are_counted() {
    let called = workspace().call(&["fuzz", "s.json", "--sites"]);
    let line = &lines(&called)[0];
    assert_eq!((&line["sites"], &line["isolated"]), (&json!(7), &json!(7)), "{line}");
}
