//! `handfast compare --batch`

use std::fs::{self, File};

use serde_json::{Value, json};

use crate::call::{Called, Workspace};

const PAIRS: [(&str, &str, &str); 4] = [
    ("wider", r#"{ "type": "integer" }"#, r#"{ "type": "number" }"#),
    ("narrower", r#"{ "maximum": 5 }"#, r#"{ "maximum": 4 }"#),
    (
        "undeclared",
        r#"{ "type": "object", "properties": { "a": {} } }"#,
        r#"{ "properties": { "b": { "type": "null" } } }"#,
    ),
    (
        "metaschema",
        r#"{ "const": { "type": "string" } }"#,
        r##"{ "$ref": "http://json-schema.org/draft-07/schema#" }"##,
    ),
];

fn line((id, producer, consumer): (&str, &str, &str)) -> String {
    format!("{{\"id\":\"{id}\",\"dialect\":\"draft7\",\"producer\":{producer},\"consumer\":{consumer}}}\n")
}

fn json_lines(called: &Called) -> Vec<Value> {
    called.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_pair_of_a_batch_gets_a_line_in_its_order() {
    let workspace = Workspace::new();
    workspace.write("pairs.jsonl", &PAIRS.map(line).concat());
    let called = workspace.call(&["compare", "--batch", "pairs.jsonl", "--format", "json"]);
    called.says(0, &[]);
    let said = json_lines(&called);
    let verdicts: Vec<_> = said
        .iter()
        .map(|one| ["id", "verdict", "declared_only"].map(|key| one[key].as_str().unwrap()))
        .collect();
    assert_eq!(
        verdicts,
        [
            ["wider", "compatible", "compatible"],
            ["narrower", "breaking", "breaking"],
            ["undeclared", "breaking", "compatible"],
            ["metaschema", "compatible", "compatible"],
        ]
    );
    assert_eq!((&said[1]["witness"], &said[1]["because"][0]["code"]), (&json!(5), &json!("maximum")));
    assert!(said[0]["witness"].is_null());
}

#[test]
fn a_stream_is_told_as_text_too() {
    let workspace = Workspace::new();
    fs::write(workspace.path("input"), PAIRS.map(line).concat()).unwrap();
    let mut command = workspace.command(&["compare", "--batch", "-", "--jobs", "2"]);
    let called: Called = command.stdin(File::open(workspace.path("input")).unwrap()).output().unwrap().into();
    called.says(0, &["\"wider\": compatible\n", "\"narrower\": breaking: 5\n"]);
    called.says(0, &["\"undeclared\": breaking (compatible of declared members): "]);
}

#[test]
fn a_line_that_is_wrong_is_told_and_does_not_stop_the_others() {
    let workspace = Workspace::new();
    let wrong = [
        "{\"id\":1,\"producer\":{}}\n",
        "{\"id\":2,\"dialect\":\"draft3\",\"producer\":{},\"consumer\":{}}\n",
        "{\"id\":3,\"producer\":{\"type\":\"text\"},\"consumer\":{}}\n",
        "\n",
        "nonsense\n",
    ];
    workspace.write("pairs.jsonl", &format!("{}{}", wrong.concat(), line(PAIRS[0])));
    let called = workspace.call(&["compare", "--batch", "pairs.jsonl", "--format", "json"]);
    called.complains(
        2,
        &["pairs.jsonl:1: ", "missing field `consumer`", "pairs.jsonl:2: `draft3` is no dialect"],
    );
    called.complains(
        2,
        &["pairs.jsonl:3: the producer's schema is wrong: /type: ", "pairs.jsonl:5: it is no pair"],
    );
    let said = json_lines(&called);
    assert_eq!(
        said.iter().map(|one| one["line"].as_u64()).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(3), Some(5), None]
    );
    assert_eq!(said[4]["verdict"], "compatible");
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let workspace = Workspace::new();
    workspace.call(&["compare", "--batch", "none.jsonl"]).complains(2, &["none.jsonl can't be read"]);
}
