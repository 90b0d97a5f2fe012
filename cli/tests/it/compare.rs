//! `handfast compare`

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::call::{Called, Workspace};

const SCHEMA: &str = r#"{ "type": "object", "properties": { "n": { "type": "integer", "maximum": 5 } } }"#;

fn schemas(old: &str, new: &str) -> Workspace {
    let workspace = Workspace::new();
    workspace.write("old.json", old);
    workspace.write("new.json", new);
    workspace
}

fn git(folder: &Path, arguments: &[&str]) {
    let settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(settings).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
}

/// Commits what the workspace has.
fn commit(workspace: &Workspace) {
    let folder = workspace.path("");
    git(&folder, &["init", "--quiet", "--initial-branch", "main"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message", "as it was"]);
}

fn json_of(called: &Called) -> Value {
    serde_json::from_str(&called.stdout).unwrap()
}

#[test]
fn the_same_is_compatible() {
    let workspace = schemas(SCHEMA, SCHEMA);
    workspace
        .call(&["compare", "old.json", "new.json"])
        .says(0, &["1 payload\n  as declared  1 compatible, 0 breaking"]);
}

#[test]
fn a_change_is_shown_in_both_files() {
    let workspace = schemas(SCHEMA, &SCHEMA.replace("5", "4"));
    let called = workspace.call(&["compare", "old.json", "new.json"]);
    called.says(1, &[
        "error[payload-limit]: the schema `new.json`: new consumers refuse what old producers send: `/n` may be 5, which `maximum` refuses",
        "┌─ new.json:1:",
        "`maximum` is 4",
        "┌─ old.json:1:",
        "`maximum` is 5",
        "witness: {\"n\":5}",
        "help: ",
        "1 breaking, ",
    ]);
    workspace
        .call(&["compare", "old.json", "new.json", "--mode", "forward"])
        .says(0, &["1 compatible, 0 breaking"]);
}

#[test]
fn readings_stand_side_by_side() {
    let workspace = schemas(r#"{ "type": "object", "properties": { "k": true } }"#, SCHEMA);
    let compare = |more: &[&str]| workspace.call(&[&["compare", "old.json", "new.json"], more].concat());
    compare(&[]).says(
        0,
        &["note[open-members]", "as declared  1 compatible", "strictly     0 compatible, 1 breaking"],
    );
    compare(&["--reading", "strict"]).says(1, &["error[payload-", "witness: {\"n\":"]);
    let json = json_of(&compare(&["--format", "json"]));
    let verdicts = json!({ "strict": "breaking", "declared-only": "compatible" });
    assert_eq!(json["comparisons"][0]["payloads"][0]["backward"], verdicts);
    assert_eq!(json["grades"]["note"], 1, "{json:#}");
}

#[test]
fn json_has_places_and_witnesses() {
    let workspace = schemas(SCHEMA, &SCHEMA.replace("5", "4"));
    let json = json_of(&workspace.call(&["compare", "old.json", "new.json", "--format", "json"]));
    let finding = &json["comparisons"][0]["findings"][0];
    let told =
        json!([finding["rule"], finding["grade"], finding["mode"], finding["breaks"], finding["witness"]]);
    assert_eq!(told, json!(["payload-limit", "breaking", "backward", "new-consumer", { "n": 5 }]));
    assert_eq!(finding["violations"][0]["code"], "maximum");
    assert_eq!((&finding["new"]["file"], &finding["new"]["line"]), (&json!("new.json"), &json!(1)));
    assert_eq!(finding["new"]["pointer"], "/properties/n/maximum");
}

#[test]
fn reports_for_ci() {
    let workspace = schemas(SCHEMA, &SCHEMA.replace("5", "4"));
    let compare = |format| workspace.call(&["compare", "old.json", "new.json", "--format", format]);
    compare("junit").says(1, &["<testsuites name=\"handfast compare\" tests=", "type=\"payload-limit\""]);
    compare("github")
        .says(1, &["::error file=new.json,line=1,title=breaking[payload-limit]%3A", "witness: {\"n\":5}"]);
}

#[test]
fn what_nobody_can_say_has_a_code_of_its_own() {
    // Formats are code, which nothing is proved of; this one's texts are all of the other.
    let schema = |format: &str| format!(r#"{{ "type": "string", "format": "{format}" }}"#);
    let workspace = schemas(&schema("uuid"), &schema("hostname"));
    let called =
        workspace.call(&["compare", "old.json", "new.json", "--formats", "assert", "--mode", "backward"]);
    called.says(4, &["warning[payload-undecided]", "could not be decided", "┌─ new.json:1:"]);
}

#[test]
fn a_revision_is_read_whole() {
    let workspace = Workspace::new();
    let contract = workspace.read("contract.yaml");
    let payload =
        "{ type: object, required: [type, n], properties: { type: { const: pong }, n: { type: integer } } }";
    workspace.write("contract.yaml", &contract.replace(payload, "{ $ref: events/pong.json }"));
    let pong = r#"{ "type": "object", "required": ["type"], "properties": { "type": { "const": "pong" }, "n": { "$ref": "n.json" } } }"#;
    workspace.write("events/pong.json", pong);
    workspace.write("events/n.json", r#"{ "maximum": 5 }"#);
    commit(&workspace);
    workspace.write("events/n.json", r#"{ "maximum": 4 }"#);
    for old in ["main:contract.yaml", "main", "main:./contract.yaml", "HEAD"] {
        let called = workspace.call(&["compare", old, "contract.yaml"]);
        called.says(
            1,
            &[
                "`pong` (server → client)",
                "events/n.json:1:3",
                ":events/n.json:1:3",
                "`maximum` is 4",
                "\"n\":5",
            ],
        );
    }
    let folder = workspace.call(&["compare", "main", "."]);
    folder.says(1, &["contract.yaml against main:contract.yaml", "`maximum` is 5"]);
    workspace
        .call(&["compare", "contract.yaml", "main"])
        .says(1, &["old clients refuse what new servers send"]);
}

#[test]
fn what_is_no_version_is_told() {
    let workspace = schemas(SCHEMA, SCHEMA);
    commit(&workspace);
    let compare = |old| workspace.call(&["compare", old, "new.json"]);
    compare("nowhere.json")
        .complains(2, &["`nowhere.json` is no file, no folder and no git revision", "help: "]);
    compare("main:nowhere.json").complains(2, &["there is no contract and no schema in main:nowhere.json"]);
    compare("--upload-pack=x").complains(2, &["unexpected argument"]);
    compare("sessions").complains(2, &["sessions"]);
    compare(".").complains(2, &[". is a folder, and new.json is none"]);
    workspace.write("broken.json", "{");
    compare("broken.json").complains(2, &["error[syntax]", "broken.json:1"]);
}

#[test]
fn folders_are_paired_by_path() {
    let workspace = Workspace::new();
    for (path, text) in [("old/a.json", SCHEMA), ("old/b.json", SCHEMA), ("new/a.json", SCHEMA)] {
        workspace.write(path, text);
    }
    let called = workspace.call(&["compare", "old", "new"]);
    called
        .says(1, &["error[document-removed]: old/b.json is gone from new", "new/a.json against old/a.json"]);
}

#[test]
fn all_published_versions_are_compared() {
    let workspace = Workspace::new();
    let contract = workspace.read("contract.yaml");
    let without =
        contract.replace(", messages: [{ $ref: \"#/channels/events/messages/pong\" }]", ", messages: []");
    assert_ne!(contract, without);
    workspace.write("1.yaml", &contract);
    workspace.write("2.yaml", &without);
    workspace.write("3.yaml", &contract);
    let called = workspace.call(&["compare", "1.yaml", "2.yaml", "3.yaml"]);
    called.says(1, &["error[event-reused]", "3.yaml against 1.yaml", "3.yaml against 2.yaml"]);
}

#[test]
fn exceptions_let_pass_and_expire() {
    let workspace = schemas(SCHEMA, &SCHEMA.replace("5", "4"));
    let entry = |rule: &str, day: &str| {
        format!("exceptions:\n- {{ rule: {rule}, event: \"*\", reason: OPS-1, expires: {day} }}\n")
    };
    let compare = || workspace.call(&["compare", "old.json", "new.json"]);
    workspace.write("handfast.toml", "[compare]\nexceptions = \"let-pass.yaml\"\n");
    compare().complains(2, &["let-pass.yaml can't be read"]);
    workspace.write("let-pass.yaml", &entry("payload-limit", "2999-01-01"));
    compare().says(0, &["note[payload-limit]", "let pass: OPS-1", "1 let pass"]);
    workspace.write("let-pass.yaml", &entry("payload-limit", "2020-01-01"));
    compare().says(1, &["error[exception-expired]", "┌─ let-pass.yaml:2:"]);
    workspace.write("other.yaml", &entry("reply", "2999-01-01"));
    let called = workspace.call(&["compare", "old.json", "new.json", "--exceptions", "other.yaml"]);
    called.says(1, &["error[exception-stale]", "error[payload-limit]"]);
}

#[test]
fn what_may_fail_is_chosen() {
    let workspace = schemas(r#"{ "enum": [1] }"#, r#"{ "enum": [1, 2] }"#);
    workspace.call(&["compare", "old.json", "new.json"]).says(1, &["error[enum-extended]", "1 dangerous"]);
    let called = workspace.call(&["compare", "old.json", "new.json", "--fail-on", "breaking"]);
    called.says(0, &["warning[enum-extended]"]);
}

#[test]
fn nothing_is_written_where_renaming_does_not_mend_it() {
    let workspace = Workspace::new();
    let versioning = "\n  versioning: { field: /v, breaking: new-event-name, suffix: .v }\n";
    let contract = workspace.read("contract.yaml") + versioning.trim_start_matches('\n');
    let own = "properties: { type: { const: pong }, n: { type: integer } }";
    let shared = contract.replace(own, "properties: { type: { const: pong }, n: { $ref: n.json } }");
    workspace.write("contract.yaml", &shared);
    workspace.write("n.json", r#"{ "maximum": 5 }"#);
    commit(&workspace);
    workspace.write("n.json", r#"{ "maximum": 4 }"#);
    let called = workspace.call(&["compare", "main", "contract.yaml", "--fix"]);
    called.complains(2, &["nothing was written: even so, `pong`", "help: "]);
    assert_eq!(workspace.read("contract.yaml"), shared);
    // A payload in the contract itself is put back, too.
    workspace.write("n.json", r#"{ "maximum": 5 }"#);
    let changed = shared.replace("required: [type, n]", "required: [type, n, m]");
    workspace.write("contract.yaml", &changed);
    workspace.call(&["compare", "main", "contract.yaml", "--fix"]).says(0, &["written  contract.yaml\n"]);
    let written = workspace.read("contract.yaml");
    assert!(written.contains("pong.v2: { payload: { type: object, required: [type, n, m], properties: { type: { const: pong.v2 }"), "{written}");
    workspace.call(&["compare", "main", "contract.yaml"]).says(0, &["note[event-added]: `pong.v2`"]);
    workspace.call(&["compare", "main", "contract.yaml", "--fix"]).says(0, &["nothing needs a new name"]);
}

#[test]
fn a_message_in_another_file_gets_its_twin_there() {
    let workspace = Workspace::new();
    let versioning = "\n  versioning: { field: /v, breaking: new-event-name, suffix: .v }\n";
    let contract = workspace.read("contract.yaml") + versioning.trim_start_matches('\n');
    let line = contract.lines().find(|line| line.starts_with("    pong: ")).unwrap();
    let message = line.strip_prefix("    pong: ").unwrap();
    let check = |file: &str, reference: &str, text: &str, expected: &[(&str, &str)]| {
        let _ = std::fs::remove_dir_all(workspace.path(".git"));
        let referring = contract.replace(line, &format!("    pong: {{ $ref: {reference} }}"));
        workspace.write("contract.yaml", &referring);
        workspace.write(file, text);
        commit(&workspace);
        let changed = text.replace("required: [type, n]", "required: [type, n, m]");
        assert_ne!(changed, text);
        workspace.write(file, &changed);
        let called = workspace.call(&["compare", "main", "contract.yaml", "--fix"]);
        called.says(0, &["written  contract.yaml\n", &format!("written  {file}\n")]);
        for (file, part) in expected {
            let text = workspace.read(file);
            assert!(text.contains(part), "{part} is not in {file}:\n{text}");
        }
        workspace.call(&["compare", "main", "contract.yaml"]).says(0, &["note[event-added]: `pong.v2`"]);
        workspace.call(&["check", "contract.yaml"]).says(0, &[]);
    };
    check(
        "parts/messages.yaml",
        "\"./parts/messages.yaml#/all/pong\"",
        &format!("all:\n  pong: {message}\n"),
        &[
            ("parts/messages.yaml", &format!("  pong: {message}\n")),
            (
                "parts/messages.yaml",
                "  pong.v2: { payload: { type: object, required: [type, n, m], properties: { type: { const: pong.v2 }",
            ),
            ("contract.yaml", "    pong.v2: { $ref: \"./parts/messages.yaml#/all/pong.v2\" }"),
            ("contract.yaml", "      pong.v2: { $ref: \"#/components/messages/pong.v2\" }"),
        ],
    );
    // A message that has a file to itself gets a file beside it.
    let alone = format!("name: pong\n{}\n", message.strip_prefix("{ ").unwrap().strip_suffix(" }").unwrap());
    check(
        "parts/reply.yaml",
        "parts/reply.yaml",
        &alone,
        &[
            ("parts/reply.yaml", &alone),
            ("parts/reply.v2.yaml", "name: pong.v2\n"),
            ("parts/reply.v2.yaml", "required: [type, n, m]"),
            ("contract.yaml", "    pong.v2: { $ref: parts/reply.v2.yaml }"),
        ],
    );
}

/// The page's own change, in a repository that has the bundled contract, and its commands one after the other.
#[test]
fn the_page_tells_what_happens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = std::fs::read_to_string(root.join("docs/compare.md")).unwrap();
    let workspace = Workspace::new();
    for entry in walkdir::WalkDir::new(root.join("schemas/orbit")) {
        let path = entry.unwrap().into_path();
        if path.is_file() {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            workspace.write(&name, &std::fs::read_to_string(&path).unwrap());
        }
    }
    commit(&workspace);
    workspace.write("change.diff", page.split("```diff\n").nth(1).unwrap().split("```").next().unwrap());
    git(&workspace.path(""), &["apply", "change.diff"]);
    let examples: Vec<&str> = page.split("```console\n$ handfast ").skip(1).collect();
    assert_eq!(examples.len(), 3);
    for example in examples {
        let (command, output) = example.split("```").next().unwrap().split_once('\n').unwrap();
        let (output, code) = output.split_once("$ echo $?\n").unwrap_or((output, "0"));
        let called = workspace.call(&command.split(' ').collect::<Vec<_>>());
        assert_eq!(called.stderr, "", "{command}");
        assert_eq!(without_witnesses(&called.stdout), without_witnesses(output), "{command}");
        assert_eq!(called.code, Some(code.trim().parse().unwrap()), "{command}");
    }
}

/// Which payload proves a finding is up to the search for it.
fn without_witnesses(text: &str) -> String {
    text.lines()
        .filter(|line| !line.contains("= witness: "))
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}
