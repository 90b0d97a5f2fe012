//! A pair of small contracts per rule and side.

use std::path::Path;

use handfast_codegen::Options;
use handfast_codegen::diagnostic::Place;
use handfast_codegen::model::Side;
use handfast_codegen::source::Memory;

use super::*;
use crate::interpret;

/// A contract: `tick` from the server, `ask` from the client, both with the payload `payload`.
fn contract(payload: &str, rules: &str) -> String {
    format!(
        r##"asyncapi: 3.0.0
info: {{ title: Clock, version: 1.0.0 }}
servers: {{ main: {{ host: localhost, protocol: ws }} }}
channels:
  clock:
    address: /ws
    messages:
      tick: {{ $ref: "#/components/messages/tick" }}
      tock: {{ $ref: "#/components/messages/tock" }}
      ask: {{ $ref: "#/components/messages/ask" }}
operations:
  tell: {{ action: send, channel: {{ $ref: "#/channels/clock" }}, messages: [{{ $ref: "#/channels/clock/messages/tick" }}, {{ $ref: "#/channels/clock/messages/tock" }}] }}
  hear: {{ action: receive, channel: {{ $ref: "#/channels/clock" }}, messages: [{{ $ref: "#/channels/clock/messages/ask" }}] }}
components:
  messages:
    tick: {{ payload: {payload} }}
    tock: {{ payload: {{ type: object }} }}
    ask: {{ payload: {payload} }}
x-handfast: {{ {rules} }}
"##
    )
}

fn revision(text: &str, prefix: &str) -> Revision {
    let source = Memory::default().with("clock.yaml", text);
    Revision::read(&source, Path::new("clock.yaml"), &Options::default(), prefix).unwrap()
}

fn findings(old: &str, new: &str, settings: Settings) -> Vec<Finding> {
    let (old, new) = (revision(old, "old:"), revision(new, "new:"));
    let outcome = compare(&old, &new, settings);
    for finding in &outcome.findings {
        confirm(finding, &old, &new);
    }
    // What changes for callers of generated code has tests of its own.
    outcome.findings.into_iter().filter(|finding| finding.rule.grade != Grade::Api).collect()
}

/// A witness is what the one contract accepts and the other refuses.
#[track_caller]
fn confirm(finding: &Finding, old: &Revision, new: &Revision) {
    let Some(Proof::Payload { payload, .. }) = &finding.proof else { return };
    let accepts = |revision: &Revision| {
        let contract = revision.contract().unwrap();
        let channel = || contract.channel(&finding.subject.name).unwrap();
        let schema = match finding.subject.kind {
            SubjectKind::Answer => {
                let exchange =
                    contract.exchange(contract.event(Side::Client, &finding.subject.name).unwrap());
                exchange.unwrap().answers[0].payload
            }
            SubjectKind::Query => channel().query,
            SubjectKind::Headers => channel().headers,
            _ => {
                let side = finding.subject.producer.unwrap();
                contract[contract.event(side, &finding.subject.name).unwrap()].payload
            }
        };
        interpret::is_valid(revision.plan(), schema.unwrap(), payload)
    };
    let [producer, consumer] = match finding.way.unwrap() {
        Way::Backward => [old, new],
        Way::Forward => [new, old],
    };
    assert!(accepts(producer) && !accepts(consumer), "{finding:#?}");
}

/// What stands at a place.
fn text_at<'t>(text: &'t str, place: &Place) -> &'t str {
    let line = text.lines().nth(place.position.line - 1).unwrap();
    &line[place.position.column - 1..]
}

/// Both contracts differ in the payload of both events. `tick` is refused, and `ask` too, by the rule and on the side given; what is
/// wrong stands at texts that begin so.
#[track_caller]
fn payloads(rule: &str, way: Way, old: &str, new: &str, at: [&str; 2]) {
    let (old, new) = (contract(old, ""), contract(new, ""));
    let all = findings(&old, &new, Settings::default());
    for name in ["tick", "ask"] {
        let of_event = |finding: &&Finding| finding.subject.name == name && finding.way == Some(way);
        let found: Vec<_> = all.iter().filter(of_event).filter(|finding| finding.rule.id == rule).collect();
        let [finding] = found.as_slice() else { panic!("{rule} {name}: {all:#?}") };
        assert!(finding.proof.is_some(), "{finding:#?}");
        for (text, spot, expected) in [(&old, &finding.old, at[0]), (&new, &finding.new, at[1])] {
            let found = text_at(text, &spot.as_ref().unwrap().place);
            assert!(found.starts_with(expected), "{expected}: {found} {finding:#?}");
        }
    }
}

#[test]
fn payloads_that_one_side_refuses() {
    use Way::{Backward, Forward};
    let object = |member: &str| format!("{{ type: object, required: [n], properties: {{ n: {member} }} }}");
    let both = |rule, way, old: &str, new: &str, at| payloads(rule, way, &object(old), &object(new), at);
    both(
        "payload-type",
        Backward,
        "{ type: integer }",
        "{ type: string }",
        ["type: integer", "type: string"],
    );
    both("payload-type", Forward, "{ type: integer }", "{ type: string }", ["type: integer", "type: string"]);
    both(
        "payload-limit",
        Backward,
        "{ type: integer }",
        "{ type: integer, minimum: 0 }",
        ["n: {", "minimum"],
    );
    both(
        "payload-limit",
        Forward,
        "{ type: integer, maximum: 9 }",
        "{ type: integer, maximum: 10 }",
        ["maximum: 9", "maximum: 10"],
    );
    both(
        "payload-limit",
        Backward,
        "{ type: string }",
        "{ type: string, maxLength: 5 }",
        ["n: {", "maxLength"],
    );
    both("payload-value", Backward, "{ enum: [a, b] }", "{ enum: [a] }", ["enum: [a, b]", "enum: [a]"]);
    both("payload-value", Forward, "{ const: 1 }", "{ const: 2 }", ["const: 1", "const: 2"]);
    both("payload-text", Backward, "{ type: string }", "{ type: string, format: uuid }", ["n: {", "format"]);
    both(
        "payload-text",
        Backward,
        "{ type: string }",
        "{ type: string, pattern: \"^a\" }",
        ["n: {", "pattern"],
    );
    both(
        "payload-rule",
        Backward,
        "{ type: array }",
        "{ type: array, uniqueItems: true }",
        ["n: {", "uniqueItems"],
    );
    payloads(
        "payload-required",
        Backward,
        "{ type: object, properties: { n: { type: integer } } }",
        "{ type: object, required: [n], properties: { n: { type: integer } } }",
        ["payload: {", "required"],
    );
    payloads(
        "payload-required",
        Forward,
        "{ type: object, required: [n], properties: { n: { type: integer, default: 1 } } }",
        "{ type: object, properties: { n: { type: integer, default: 1 } } }",
        ["required", "payload: {"],
    );
    payloads(
        "payload-closed",
        Forward,
        "{ type: object, additionalProperties: false }",
        "{ type: object, additionalProperties: false, properties: { n: { type: integer } } }",
        ["additionalProperties", "n: { type"],
    );
    payloads(
        "payload-union",
        Backward,
        "{ oneOf: [{ type: object, required: [k], properties: { k: { const: a } } }, { type: object, required: [k], properties: { k: { const: b } } }] }",
        "{ oneOf: [{ type: object, required: [k], properties: { k: { const: a } } }, { type: object, required: [k], properties: { k: { const: c } } }] }",
        ["oneOf", "oneOf"],
    );
}

/// The rules that `tick` and `ask` break, with their grades.
fn graded(old: &str, new: &str) -> Vec<(String, &'static str, Grade)> {
    let all = findings(old, new, Settings::default()).into_iter();
    all.map(|finding| (finding.subject.name, finding.rule.id, finding.grade)).collect()
}

#[test]
fn what_grows_on_output_is_dangerous_unless_it_is_declared() {
    let [few, many] = ["{ enum: [a] }", "{ enum: [a, b] }"];
    let told = |rules: &str| graded(&contract(few, rules), &contract(many, rules));
    let of_ask = ("ask".to_owned(), "payload-value", Grade::Breaking);
    let of_tick = |grade| ("tick".to_owned(), "enum-extended", grade);
    assert_eq!(told(""), [of_tick(Grade::Dangerous), of_ask.clone()]);
    let declared = "extensible: [{ value: \"\", events: [tick] }]";
    assert_eq!(told(declared), [of_tick(Grade::Note), of_ask]);
    let branch =
        |tag: &str| format!("{{ type: object, required: [k], properties: {{ k: {{ const: {tag} }} }} }}");
    let [a, b, c] = ["a", "b", "c"].map(branch);
    let [one, two] = [format!("{{ oneOf: [{a}, {b}] }}"), format!("{{ oneOf: [{a}, {b}, {c}] }}")];
    let found = graded(&contract(&one, ""), &contract(&two, ""));
    assert!(found.contains(&("tick".to_owned(), "variant-added", Grade::Dangerous)), "{found:?}");
    assert!(found.contains(&("ask".to_owned(), "payload-union", Grade::Breaking)), "{found:?}");
}

#[test]
fn each_change_is_told_with_a_witness_of_its_own() {
    let old = "{ type: object, properties: { a: { type: integer }, b: { type: string } } }";
    let new = "{ type: object, required: [b], properties: { a: { type: integer, minimum: 0 }, b: { type: string, minLength: 1 } } }";
    let all = findings(&contract(old, ""), &contract(new, ""), Settings::default());
    let of_tick =
        all.iter().filter(|finding| finding.subject.name == "tick" && finding.grade == Grade::Breaking);
    let mut rules: Vec<_> = of_tick.map(|finding| finding.rule.id).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["payload-limit", "payload-limit", "payload-required"]);
}

#[test]
fn nothing_has_changed() {
    let payload = "{ type: object, required: [n], properties: { n: { oneOf: [{ type: integer }, { pattern: \"^a+b*\" }] } } }";
    let text = contract(payload, "lifecycles: [{ name: life, key: { tick: /n }, order: tick+ }]");
    assert_eq!(findings(&text, &text, Settings::default()), []);
}

#[test]
fn a_mode_leaves_the_other_way_out() {
    let (old, new) = (contract("{ maximum: 5 }", ""), contract("{ maximum: 4 }", ""));
    let count = |mode| findings(&old, &new, Settings { mode, ..Settings::default() }).len();
    assert_eq!((count(Mode::Full), count(Mode::Backward), count(Mode::Forward)), (2, 2, 0));
}

/// Both contracts have the same payloads and other rules.
#[track_caller]
fn promises(rule: &str, ways: &[Way], old: &str, new: &str) -> Vec<Finding> {
    let payload = "{ type: object }";
    let all = findings(&contract(payload, old), &contract(payload, new), Settings::default());
    let found: Vec<_> = all.iter().map(|finding| (finding.rule.id, finding.way)).collect();
    let expected: Vec<_> = ways.iter().map(|way| (rule, Some(*way))).collect();
    assert_eq!(found, expected, "{all:#?}");
    for finding in &all {
        let lines = [&finding.old, &finding.new].map(|spot| spot.as_ref().unwrap().place.position.line);
        assert_eq!(lines, [19, 19], "{finding:#?}");
    }
    all
}

#[test]
fn promises_that_one_side_no_longer_keeps() {
    use Way::{Backward, Forward};
    let unique = "unique: [{ value: /id, events: [tick] }]";
    promises("unique", &[Forward], unique, "");
    promises("unique", &[Backward], "", unique);
    promises("monotonic", &[Forward], "monotonic: [{ value: /n, events: [tick], key: /k }]", "");
    promises("unique", &[], "unique: [{ value: /id }]", "unique: [{ value: /id, events: [\"t*\", ask] }]");
    let beat = |span: &str| format!("heartbeat: {{ from: client, ping: ask, pong: tick, within: {span} }}");
    promises("heartbeat", &[Forward], &beat("5s"), &beat("30s"));
    promises("heartbeat", &[Backward], &beat("30s"), &beat("5s"));
    promises("heartbeat", &[Forward], &beat("5s"), "");
    promises("heartbeat", &[Backward], "", &beat("5s"));
    let server = "heartbeat: { from: server, ping: tick, pong: ask, every: 30s, dead-after: 75s }";
    promises("heartbeat", &[Forward, Backward], server, "");
    promises("heartbeat", &[Forward, Backward], "", server);
    promises("heartbeat", &[Backward], server, &server.replace("75s", "60s"));
    promises("heartbeat", &[Backward, Forward], &beat("5s"), &beat("5s").replace("pong: tick", "pong: tock"));
    promises(
        "event-name",
        &[Backward, Forward],
        "event-name: $message.payload#/a",
        "event-name: $message.payload#/b",
    );
    promises("resume", &[Forward], "resume: { header: A, id: /id }", "");
    promises(
        "resume",
        &[Forward, Backward],
        "resume: { header: A, id: /id }",
        "resume: { header: B, id: /id }",
    );
    let filter = |separator: &str| {
        format!("filter: {{ query: q, separator: \"{separator}\", wildcard: \"*\", matches: event-name }}")
    };
    promises("filter", &[Forward, Backward], &filter(","), &filter(";"));
    promises("filter", &[Backward], "", &filter(";"));
    promises("noise", &[Forward], "", "noise: [tick]");
    promises("noise", &[Backward], "noise: [tick]", "");
    promises("refusal", &[Forward], "refusal: { status: 401 }", "refusal: { status: 403 }");
    promises("before-auth", &[Forward], "", "before-auth: [tick]");
    let [query, header] = ["{ in: query, name: token }", "{ in: header, name: Token }"];
    promises("auth", &[Backward], &format!("auth: [{query}, {header}]"), &format!("auth: [{header}]"));
    promises("auth", &[Backward], "", &format!("auth: [{header}]"));
    promises("auth", &[], &format!("auth: [{header}]"), &format!("auth: [{header}, {query}]"));
}

#[test]
fn orders_are_compared_as_languages() {
    use Way::{Backward, Forward};
    let life = |order: &str, key: &str| {
        format!("lifecycles: [{{ name: day, key: {{ \"*\": {key} }}, order: \"{order}\" }}]")
    };
    let events = |finding: &Finding| match &finding.proof {
        Some(Proof::Events(events)) => events.join(" "),
        _ => String::new(),
    };
    let found = promises("lifecycle", &[Forward], &life("tick tock", "/id"), &life("tick tock+", "/id"));
    assert_eq!(events(&found[0]), "tick tock tock");
    let found = promises("lifecycle", &[Backward], &life("tick tock+", "/id"), &life("tick tock", "/id"));
    assert_eq!(events(&found[0]), "tick tock tock");
    // An event that the new order does not name may come at any time.
    promises("lifecycle", &[], &life("tick tock?", "/id"), &life("tick", "/id"));
    promises("lifecycle", &[], &life("tick tock*", "/id"), &life("tick (tock tock*)?", "/id"));
    promises("lifecycle", &[Forward], &life("tick tock", "/id"), "");
    promises("lifecycle", &[Backward], "", &life("tick tock", "/id"));
    let ways = [Backward, Forward, Backward, Forward];
    promises("lifecycle-key", &ways, &life("tick tock", "/id"), &life("tick tock", "/key"));
}

/// The new contract is the old one with a text replaced.
#[track_caller]
fn replaced(from: &str, to: &str, expected: &[(&str, Option<Way>)]) {
    let old = contract("{ type: object }", "");
    assert!(old.contains(from), "{from}");
    let all = findings(&old, &old.replace(from, to), Settings::default());
    let found: Vec<_> = all.iter().map(|finding| (finding.rule.id, finding.way)).collect();
    assert_eq!(found, expected, "{all:#?}");
}

#[test]
fn channels_and_events_that_are_gone_or_new() {
    use Way::{Backward, Forward};
    let both = |rule| [(rule, Some(Backward)), (rule, Some(Forward))];
    replaced("address: /ws", "address: /events", &both("channel-address"));
    replaced("protocol: ws", "protocol: socketio", &both("channel-transport"));
    let tock = ", { $ref: \"#/channels/clock/messages/tock\" }";
    replaced(tock, "", &[("event-removed", Some(Forward))]);
    let hear = "messages: [{ $ref: \"#/channels/clock/messages/ask\" }] }";
    replaced(
        hear,
        &format!("{} }}", &hear[..hear.len() - 2]).replace("ask", "tock"),
        &[("event-removed", Some(Backward)), ("event-added", None)],
    );
    let reply = "reply: { channel: { $ref: \"#/channels/clock\" }, messages: [{ $ref: \"#/channels/clock/messages/tick\" }] }, ";
    replaced("action: receive, ", &format!("action: receive, {reply}"), &[("reply", Some(Backward))]);
    replaced("payload: { type: object } }\n    ask", "title: Tock }\n    ask", &[("payload-declared", None)]);
    let old = contract("{ type: object }", "");
    let renamed = old.replace("  clock:\n", "  watch:\n").replace("channels/clock", "channels/watch");
    let all = findings(&old, &renamed, Settings::default());
    let found: Vec<_> = all.iter().map(|finding| finding.rule.id).collect();
    assert_eq!(found, ["channel-removed", "channel-added"]);
}

/// The channels' query, or its headers, have these members in the old and in the new contract; those of `null` say nothing of it.
#[track_caller]
fn handshake(part: &str, old: &str, new: &str, expected: &[(&str, Option<Way>)], lines: [&str; 2]) {
    let with = |schema: &str| {
        let schema = match schema {
            "null" => "{}".to_owned(),
            members => format!("{{ {part}: {{ type: object, {members} }} }}"),
        };
        let bindings = format!("address: /ws\n    bindings: {{ ws: {schema} }}");
        contract("{ type: object }", "").replace("address: /ws", &bindings)
    };
    let (old, new) = (with(old), with(new));
    let all = findings(&old, &new, Settings::default());
    let found: Vec<_> = all.iter().map(|finding| (finding.rule.id, finding.way)).collect();
    assert_eq!(found, expected, "{all:#?}");
    for (text, spot, expected) in [(&old, &all[0].old, lines[0]), (&new, &all[0].new, lines[1])] {
        let found = text_at(text, &spot.as_ref().unwrap().place);
        assert!(found.starts_with(expected), "{expected}: {found}");
    }
}

#[test]
fn queries_and_headers() {
    use Way::{Backward, Forward};
    let few = "properties: { a: { enum: [x, y] } }";
    let more = "properties: { a: { enum: [x, y] }, b: { type: string } }";
    let required = |members: &str| format!("required: [a], {members}");
    for (part, rule) in [("query", "query"), ("headers", "header")] {
        let id = |what: &str| -> &'static str {
            let id = format!("{rule}-{what}");
            RULES.iter().find(|rule| rule.id == id).map(|rule| rule.id).unwrap()
        };
        let [wanted, value, removed, added] = ["required", "value", "removed", "added"].map(id);
        handshake(part, few, &required(few), &[(wanted, Some(Backward))], [part, "required"]);
        handshake(part, &required(few), few, &[(wanted, Some(Forward))], ["required", part]);
        handshake(part, "null", &required(few), &[(wanted, Some(Backward))], ["clock", "a: {"]);
        handshake(
            part,
            &required(few),
            "null",
            &[(wanted, Some(Forward)), (removed, Some(Backward))],
            ["a: {", "clock"],
        );
        handshake(part, "null", few, &[(added, None)], ["clock", "a: {"]);
        handshake(
            part,
            few,
            more,
            &[(added, None), ("open-members", Some(Backward))],
            ["properties", "b: {"],
        );
        handshake(
            part,
            more,
            few,
            &[(removed, Some(Backward)), ("open-members", Some(Forward))],
            ["b: {", "properties"],
        );
        let fewer = few.replace(", y", "");
        handshake(part, few, &fewer, &[(value, Some(Backward))], ["enum: [x, y]", "enum: [x]"]);
        handshake(part, &fewer, few, &[(value, Some(Forward))], ["enum: [x]", "enum: [x, y]"]);
        let closed = format!("{few}, additionalProperties: false");
        handshake(
            part,
            more,
            &closed,
            &[(removed, Some(Backward)), (value, Some(Backward))],
            ["b: {", "properties"],
        );
    }
    // The names of headers are the same in any case.
    let other = few.replace("a:", "A:");
    let (old, new) = (required(few), required(&other).replace("[a]", "[A]"));
    let with = |members: &str| {
        let bindings = format!("address: /ws\n    bindings: {{ ws: {{ headers: {{ {members} }} }} }}");
        contract("{ type: object }", "").replace("address: /ws", &bindings)
    };
    assert_eq!(findings(&with(&old), &with(&new), Settings::default()), []);
    handshake(
        "headers",
        few,
        &required(&other).replace("[a]", "[A]"),
        &[("header-required", Some(Backward))],
        ["properties", "A: {"],
    );
}

#[test]
fn answers_to_requests() {
    let with = |status: &str, limit: &str| {
        let payload = format!("{{ type: object, properties: {{ n: {{ type: integer, {limit} }} }} }}");
        let bindings = format!("bindings: {{ http: {{ statusCode: {status} }} }}");
        let contract = contract("{ type: object }", "").replace("protocol: ws", "protocol: http");
        let reply = "reply: { channel: { $ref: \"#/channels/clock\" }, messages: [{ $ref: \"#/channels/clock/messages/tock\" }] }, ";
        let silent = contract.replace(", { $ref: \"#/channels/clock/messages/tock\" }", "");
        let told = format!("tock: {{ {bindings}, payload: {payload} }}");
        silent
            .replace("action: receive, ", &format!("action: receive, {reply}"))
            .replace("tock: { payload: { type: object } }", &told)
    };
    let check = |old: (&str, &str), new: (&str, &str), expected: &[(&str, Way)]| {
        let (old, new) = (with(old.0, old.1), with(new.0, new.1));
        let all = findings(&old, &new, Settings::default());
        let found: Vec<_> = all.iter().map(|finding| (finding.rule.id, finding.way.unwrap())).collect();
        assert_eq!(found, expected, "{all:#?}");
        let message = all.first().map(|finding| finding.message.as_str()).unwrap_or("`ask`");
        assert!(message.contains("`ask`"), "{message}");
    };
    check(("200", "maximum: 5"), ("200", "maximum: 5"), &[]);
    check(("200", "maximum: 5"), ("200", "maximum: 6"), &[("payload-limit", Way::Forward)]);
    check(("200", "maximum: 5"), ("200", "maximum: 4"), &[("payload-limit", Way::Backward)]);
    let both = [("reply", Way::Forward), ("reply", Way::Backward)];
    check(("200", "maximum: 5"), ("201", "maximum: 5"), &both);
}

#[test]
fn a_removed_name_is_reserved() {
    let with = contract("{ type: object }", "");
    let without = with.replace(", { $ref: \"#/channels/clock/messages/tock\" }", "");
    let [first, second, third] = [revision(&with, "1:"), revision(&without, "2:"), revision(&with, "3:")];
    let found = reused(&first, &second, &third);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule.id, found[0].subject.name.as_str()), ("event-reused", "tock"));
    assert_eq!(reused(&first, &third, &third), []);
}

const VERSIONING: &str = "versioning: { field: /v, breaking: new-event-name, suffix: .v }";

fn versioned(properties: &str, version: u32) -> String {
    let payload = format!(
        "{{ type: object, properties: {{ v: {{ type: integer, default: {version} }}, {properties} }} }}"
    );
    contract(&payload, VERSIONING)
}

#[track_caller]
fn version(old: &str, new: &str, expected: &[&str]) {
    let all = findings(old, new, Settings::default());
    let of_tick = all.iter().filter(|finding| finding.subject.name == "tick");
    let found: Vec<_> = of_tick.map(|finding| finding.rule.id).collect();
    assert_eq!(found, expected, "{all:#?}");
}

#[test]
fn what_breaks_takes_a_new_name() {
    let (old, new) = (versioned("n: { maximum: 5 }", 1), versioned("n: { maximum: 6 }", 2));
    version(&old, &new, &["payload-limit", "version-name"]);
    let all = findings(&old, &new, Settings::default());
    let name = all.iter().find(|finding| finding.rule.id == "version-name").unwrap();
    assert!(name.help.contains("`tick.v2`"), "{}", name.help);
}

#[test]
fn what_is_added_raises_the_version() {
    let more = "n: { maximum: 5 }, m: { type: string }";
    let old = versioned("n: { maximum: 5 }", 1);
    version(&old, &versioned(more, 2), &["open-members"]);
    version(&old, &versioned(more, 1), &["open-members", "version-field"]);
    let all = findings(&old, &versioned(more, 1), Settings::default());
    let field = all.iter().find(|finding| finding.rule.id == "version-field").unwrap();
    assert!(
        field.message.contains("`/v` still says 1") && field.help.contains("\"default\": 2"),
        "{field:#?}"
    );
    let place = field.new.as_ref().unwrap().place.clone();
    assert_eq!(place.pointer, "/components/messages/tick/payload/properties/v/default");
    // An event without the field has no version.
    let without = |payload: &str| contract(payload, VERSIONING);
    let [few, more] = ["k: true", "k: true, m: { type: string }"]
        .map(|members| without(&format!("{{ type: object, properties: {{ {members} }} }}")));
    version(&few, &more, &["open-members"]);
}

#[test]
fn a_new_name_that_was_not_needed() {
    let old = versioned("n: { maximum: 5 }, type: { const: tick }", 1);
    let with = |payload: &str| {
        let tick = "[{ $ref: \"#/channels/clock/messages/tick\" }, ";
        old.replace(
            "    tock: { payload",
            &format!("    tick.v2: {{ payload: {payload} }}\n    tock: {{ payload"),
        )
        .replace("      tock: {", "      tick.v2: { $ref: \"#/components/messages/tick.v2\" }\n      tock: {")
        .replace(tick, &format!("{tick}{{ $ref: \"#/channels/clock/messages/tick.v2\" }}, "))
    };
    let rules = |payload: &str| {
        let all = findings(&old, &with(payload), Settings::default()).into_iter();
        all.map(|finding| finding.rule.id).collect::<Vec<_>>()
    };
    let more =
        "{ type: object, properties: { type: { const: tick.v2 }, n: { maximum: 5 }, m: { type: string } } }";
    assert_eq!(rules(more), ["event-added", "version-needless"]);
    assert_eq!(rules(&more.replace("maximum: 5", "maximum: 6")), ["event-added"]);
}

#[test]
fn names_of_versions() {
    let revision = revision(&contract("{ type: object }", VERSIONING), "");
    let versioning = revision.contract().unwrap().rules.versioning.as_ref().unwrap();
    assert_eq!(next_name("a.b", versioning, &[&revision]), "a.b.v2");
    assert_eq!(next_name("a.b.v2", versioning, &[&revision]), "a.b.v3");
    assert_eq!(next_name("a.valve", versioning, &[&revision]), "a.valve.v2");
}

#[test]
fn exceptions_let_pass_expire_and_grow_stale() {
    let (old, new) =
        (revision(&contract("{ maximum: 5 }", ""), ""), revision(&contract("{ maximum: 6 }", ""), ""));
    let entry = |rule: &str, event: &str| {
        format!("- {{ rule: {rule}, event: {event}, reason: T-1, expires: 2030-01-31 }}\n")
    };
    let text = format!("exceptions:\n{}{}", entry("payload-limit", "\"t*\""), entry("reply", "ask"));
    let mut exceptions = Exceptions::read(Path::new("let.yaml"), &text).unwrap();
    let mut outcome = compare(&old, &new, Settings::default());
    outcome.except(&mut exceptions);
    outcome.findings.retain(|finding| finding.rule.grade != Grade::Api);
    let excepted: Vec<_> = outcome.findings.iter().map(|finding| finding.excepted.is_some()).collect();
    assert_eq!((excepted, outcome.worst()), (vec![true, false], Some(Grade::Breaking)));
    let found = |day: &str| {
        let found = exceptions.findings(day.parse().unwrap());
        found
            .iter()
            .map(|finding| (finding.rule.id, finding.new.as_ref().unwrap().place.position.line))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("2030-01-31"), [("exception-stale", 3)]);
    assert_eq!(found("2030-02-01"), [("exception-expired", 2), ("exception-expired", 3)]);
}

#[test]
fn a_list_of_exceptions_says_what_is_wrong_with_it() {
    let complains = |entry: &str, words: &str| {
        let problems =
            Exceptions::read(Path::new("let.yaml"), &format!("exceptions:\n- {{ {entry} }}")).unwrap_err();
        assert!(problems.to_string().contains(words), "{problems}");
    };
    complains(
        "rule: payload-limits, event: a, reason: b, expires: 2030-01-01",
        "did you mean `payload-limit`?",
    );
    complains("rule: reply, event: a, reason: \" \", expires: 2030-01-01", "has no reason");
    complains("rule: reply, event: a, reason: b, expires: soon", "`soon` is no day");
    complains("rule: reply, event: a, reason: b", "expires");
}

#[test]
fn the_documentation_says_the_same() {
    let documented = include_str!("../../../docs/compare.md");
    for Rule { id, grade, what, why, example, .. } in RULES {
        let row = format!("| `{id}` | {grade} | {what} | {why} | {example} |");
        assert!(documented.contains(&row), "{row}");
    }
    let n_rows =
        documented.lines().filter(|line| line.starts_with("| `") && line.split(" | ").count() == 5).count();
    assert_eq!(n_rows, RULES.len());
}
