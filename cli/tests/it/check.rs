//! `handfast check`

use crate::call::Workspace;

#[test]
fn a_sound_contract_is_ok() {
    let workspace = Workspace::new();
    workspace.write("event.schema.json", r#"{ "type": "object" }"#);
    let called = workspace.call(&["check", "contract.yaml", "event.schema.json"]);
    called.says(
        0,
        &["ok  contract.yaml  (Echo 1.0.0: 1 channel, 2 events)\n", "ok  event.schema.json  (1 file)\n"],
    );
}

#[test]
fn a_problem_is_shown_where_it_stands() {
    let workspace = Workspace::new();
    let broken = workspace.read("contract.yaml").replace("messages/ping\" }", "messages/pign\" }");
    workspace.write("broken.yaml", &broken);
    let called = workspace.call(&["check", "broken.yaml", "contract.yaml"]);
    called.complains(2, &["error[unresolved-reference]", "┌─ broken.yaml:9:", "pign", "^", "help: "]);
    assert!(called.stdout.starts_with("ok  contract.yaml"), "{called:#?}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_problem() {
    let workspace = Workspace::new();
    workspace.write("broken.yaml", "a: [1, 2\n");
    workspace.call(&["check", "nowhere.yaml", "broken.yaml"]).complains(2, &["nowhere.yaml", "broken.yaml"]);
}

#[test]
fn a_session_is_checked_with_its_contract() {
    let workspace = Workspace::new();
    let session = workspace
        .read("sessions/ping.yaml")
        .replace("channel: events", "channel: events, query: { a: $UNSET }");
    workspace.write("sessions/sound.yaml", &session);
    workspace.write("sessions/broken.yaml", &session.replace("send: ping", "sned: ping"));
    let called = workspace.call(&["check", "sessions/sound.yaml", "sessions/broken.yaml"]);
    called.complains(2, &["error[step]", "┌─ sessions/broken.yaml:5:", "did you mean `send`?"]);
    assert!(called.stdout.starts_with("ok  sessions/sound.yaml  (ping and pong: 3 steps)"), "{called:#?}");
}

#[test]
fn json_is_a_line_per_contract() {
    let workspace = Workspace::new();
    workspace.write(
        "broken.yaml",
        &workspace.read("contract.yaml").replace("messages/ping\" }", "messages/pign\" }"),
    );
    let called = workspace.call(&["check", "--format", "json", "contract.yaml", "broken.yaml"]);
    called.says(2, &[]);
    let lines: Vec<serde_json::Value> =
        called.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0], serde_json::json!({"file": "contract.yaml", "ok": true, "diagnostics": []}));
    assert_eq!(
        (&lines[1]["ok"], &lines[1]["diagnostics"][0]["line"]),
        (&false.into(), &9.into()),
        "{lines:#?}"
    );
    assert_eq!(lines[1]["diagnostics"][0]["file"], "broken.yaml");
}

#[test]
fn warnings_are_told_and_may_be_denied() {
    let workspace = Workspace::new();
    workspace.write("s.json", r#"{ "unheard-of": 1 }"#);
    let called = workspace.call(&["check", "s.json"]);
    called.complains(0, &["warning[unknown-keyword]", "┌─ s.json:1:", "help: "]);
    assert!(called.stdout.starts_with("ok  s.json"), "{called:#?}");
    workspace.call(&["check", "--deny-warnings", "s.json"]).complains(2, &["warning[unknown-keyword]"]);
    let json = workspace.call(&["check", "--format", "json", "s.json"]);
    let line: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&line["ok"], &line["diagnostics"][0]["severity"]), (&true.into(), &"warning".into()));
}

#[test]
fn documents_behind_uris_are_found_in_folders() {
    let workspace = Workspace::new();
    workspace.write("s.json", r#"{ "$ref": "https://example.org/t.json" }"#);
    workspace.write("vendor/t.json", r#"{ "type": "null" }"#);
    workspace.call(&["check", "s.json"]).complains(2, &["error[remote-reference]", "--resolve"]);
    workspace
        .call(&["check", "--resolve", "https://example.org/=vendor", "s.json"])
        .says(0, &["ok  s.json  (2 files)\n"]);
    workspace.write("handfast.toml", "[resolve]\n\"https://example.org/\" = \"vendor\"\n");
    workspace.call(&["check", "s.json"]).says(0, &["ok  s.json  (3 files)\n"]);
}

#[test]
fn one_schema_of_a_document_is_selected() {
    let workspace = Workspace::new();
    workspace.write("s.json", r#"{ "$defs": { "A": { "type": "null" } } }"#);
    workspace.call(&["check", "s.json#/$defs/A"]).says(0, &["ok  s.json#/$defs/A  (1 file)\n"]);
    workspace.call(&["check", "s.json#/$defs/B"]).complains(2, &["error[unresolved-reference]", "#/$defs/B"]);
}
