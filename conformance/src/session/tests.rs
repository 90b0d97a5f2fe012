//! Sessions that are wrong: text in, diagnostics out.

use handfast_codegen::source::Memory;

use super::*;
use crate::matcher::tests::{CHAT, JOBS};

fn read(contract: &str, text: &str) -> Result<Session, Diagnostics> {
    let source = Memory::default().with("p/c.yaml", contract).with("p/s/s.yaml", text);
    let environment = |name: &str| (name == "SET").then(|| "secret".to_owned());
    load(&source, &environment, Path::new("p/s/s.yaml"))
}

/// One line per problem: place, code, message and help.
fn problems(contract: &str, text: &str) -> String {
    let Err(problems) = read(contract, text) else { return "none".to_owned() };
    let told = problems.iter().map(|problem| {
        let place = &problem.place;
        let help = problem.help.as_deref().unwrap_or("no help");
        format!(
            "{}:{} {} {}: {} ({help})",
            place.file, place.position.line, place.pointer, problem.code, problem.message
        )
    });
    told.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check_head(contract: &str, head: &str, expected: &str) {
    let text = format!("session: s\ncontract: ../c.yaml\n{head}\n");
    assert_eq!(problems(contract, &text), expected, "{text}");
}

/// Checks steps on the WebSocket channel; the first stands in line 5.
#[track_caller]
fn check(steps: &str, expected: &str) {
    check_head(JOBS, &format!("connect: {{ channel: bus }}\nsteps:\n{steps}"), expected);
}

#[test]
fn a_session_that_makes_sense_is_read() {
    let head = "connect: { channel: bus, token: $SET, query: { topics: x }, headers: { A: $SET } }\ndeadline: 2s\nsteps: [disconnect, resume, close]";
    let session = read(JOBS, &format!("session: s\ncontract: ../c.yaml\n{head}")).expect("no problem");
    assert_eq!((session.token.as_deref(), session.deadline), (Some("secret"), Some(Duration::from_secs(2))));
    assert_eq!((session.headers["A"].as_str(), session.file.as_str()), ("secret", "p/s/s.yaml"));
    assert_eq!(
        session.steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>(),
        ["disconnect", "resume", "close by client"]
    );
}

#[test]
fn bytes_stand_where_they_can_be_sent() {
    let on = |contract: &str, channel: &str, steps: &str| {
        let head = format!("session: s\ncontract: ../c.yaml\nconnect: {{ channel: {channel} }}\nsteps:\n");
        problems(contract, &format!("{head}{steps}"))
    };
    assert_eq!(on(JOBS, "bus", "- raw: [{ text: '[', times: 20000 }, { base64: /w== }]"), "none");
    assert!(
        on(JOBS, "bus", "- raw: [{ text: a, base64: AA== }]")
            .contains("a piece has either `text` or `base64`")
    );
    assert!(on(JOBS, "bus", "- raw: [{ text: a, times: 99999999 }]").contains("more than 67108864 bytes"));
    assert!(
        on(JOBS, "bus", "- raw: [{ text: a }]\n  event: order").contains("the bytes are not in their place")
    );
    assert_eq!(on(CHAT, "room", "- raw: [{ text: a }]\n  event: say"), "none");
}

#[test]
fn a_bystander_connects_as_the_session_does_unless_it_says_so() {
    let head = "connect: { channel: bus, token: $SET }\ndeadline: 2s\nunmatched: allow";
    let steps = "steps: [disconnect]\nbystander: { steps: [{ send: ping }] }";
    let text = format!("session: s\ncontract: ../c.yaml\n{head}\n{steps}");
    let session = read(JOBS, &text).expect("no problem");
    let bystander = session.bystander.expect("a bystander");
    assert_eq!((bystander.token.as_deref(), bystander.steps.len()), (Some("secret"), 1));
    assert!(session.allows_unmatched && !bystander.allows_unmatched);
    assert!(problems(JOBS, &text.replace("send: ping", "send: pin")).contains("p/s/s.yaml:7"));
}

#[test]
fn sessions_of_one_contract_share_it() {
    let text = |up: &str| format!("session: s\ncontract: {up}c.yaml\nconnect: {{ channel: bus }}\nsteps: []");
    let source =
        Memory::default().with("p/c.yaml", JOBS).with("p/a.yaml", text("")).with("p/s/b.yaml", text("../"));
    let mut loader = Loader::new(&source, &|_| None);
    let mut read = |path| loader.load(Path::new(path)).expect("no problem").protocol;
    assert!(Arc::ptr_eq(&read("p/a.yaml"), &read("p/s/b.yaml")));
}

#[test]
fn the_head_is_checked() {
    check_head(
        JOBS,
        "connect: { channel: buss }\nsteps: []",
        "p/s/s.yaml:3 /connect/channel unknown-channel: `buss` is no channel of ../c.yaml (did you mean `bus`?)",
    );
    check_head(
        JOBS,
        "connect: { chanel: bus }\nsteps: []",
        "p/s/s.yaml:3  unknown-key: `chanel` is no key of a session (did you mean `channel`?)",
    );
    check_head(
        JOBS,
        "connect: { channel: bus }",
        "p/s/s.yaml:1  session: this is no session: missing field `steps` (docs/session.md shows what it is like)",
    );
    check_head(
        JOBS,
        "connect: { channel: bus }\ndeadline: 5\nsteps: []",
        "p/s/s.yaml:4  session: this is no session: invalid type: integer `5`, expected a string (docs/session.md shows what it is like)",
    );
    check_head(
        JOBS,
        "connect: { channel: bus }\ndeadline: 5 weeks\nsteps: []",
        "p/s/s.yaml:4  session: this is no session: `5 weeks` is no duration: write `250ms`, `5s`, `2m` or `1h` (docs/session.md shows what it is like)",
    );
    check_head(
        JOBS,
        "connect: { channel: bus, token: $TOKEN, query: { topics: $TOPICS } }\nsteps: []",
        "p/s/s.yaml:3 /connect/token missing-environment: the environment variable `TOKEN` is not set (set it before the run: export TOKEN=…)\n\
         p/s/s.yaml:3 /connect/query/topics missing-environment: the environment variable `TOPICS` is not set (set it before the run: export TOPICS=…)",
    );
    let torn = problems(JOBS, "session: [");
    assert!(torn.starts_with("p/s/s.yaml:2  syntax: "), "{torn}");
    let source = Memory::default();
    let missing = load(&source, &|_| None, Path::new("no.yaml")).expect_err("no file");
    assert!(missing.to_string().contains("error[unreadable-file]: can't read no.yaml"), "{missing}");
}

#[test]
fn parameters_of_addresses_are_checked() {
    let contract =
        JOBS.replace("address: /bus", "address: \"/bus/{line}\"\n    parameters: { line: { enum: [a, b] } }");
    let contract = contract.replace(
        "address: /feed",
        "address: \"/feed/{of}/{n}\"\n    parameters: { n: { default: one, examples: [two] } }",
    );
    assert!(contract.contains("{line}") && contract.contains("{of}"), "{contract}");
    let on = |connect: &str, steps: &str, expected: &str| {
        check_head(&contract, &format!("connect: {{ {connect} }}\nsteps: [{steps}]"), expected);
    };
    on("channel: bus, parameters: { line: a }", "", "none");
    on("channel: bus, parameters: { line: '{{string as line}}' }", "", "none");
    on("channel: bus, parameters: { line: c }", "refused", "none");
    on(
        "channel: bus, parameters: { line: c }",
        "",
        "p/s/s.yaml:3 /connect/parameters/line parameter: `c` is no value of the parameter `line` (write one of: a, b)",
    );
    on(
        "channel: bus, parameters: { lime: a, line: b }",
        "",
        "p/s/s.yaml:3 /connect/parameters/lime parameter: the address `/bus/{line}` of `bus` has no parameter `lime` (did you mean `line`?)",
    );
    on(
        "channel: feed",
        "",
        "p/s/s.yaml:3 /connect parameter: the address `/feed/{of}/{n}` of `feed` wants a value of `of` (write `parameters: { of: … }` below `connect`)",
    );
    on("channel: feed, parameters: { of: '$SET' }", "", "none");
}

#[test]
fn events_are_those_of_the_channel_and_direction() {
    check(
        "- expect: job.creatd",
        "p/s/s.yaml:5 /steps/0/expect unknown-event: `job.creatd` is no event of the channel `bus` (did you mean `job.created`?)",
    );
    check(
        "- expect: ping",
        "p/s/s.yaml:5 /steps/0/expect wrong-direction: `ping` is no event that the server sends (`send` it instead)",
    );
    check(
        "- send: note",
        "p/s/s.yaml:5 /steps/0/send wrong-direction: `note` is no event that the client sends (`expect` it instead)",
    );
    check_head(
        JOBS,
        "connect: { channel: feed }\nsteps: [{ send: ping }]",
        "p/s/s.yaml:4 /steps/0/send unknown-event: `ping` is no event of the channel `feed` (the client sends nothing on `feed`)",
    );
}

#[test]
fn steps_are_one_thing_in_a_place_where_they_can_be() {
    check("- expct: note", "p/s/s.yaml:5 /steps/0 step: `expct` is no step (did you mean `expect`?)");
    check(
        "- note",
        "p/s/s.yaml:5 /steps/0 step: `note` is no step (known are: send, raw, expect, eventually, any-order, one-of, never, request, accepted, refused, disconnect, resume, close)",
    );
    check(
        "- 5",
        "p/s/s.yaml:5 /steps/0 step: `nothing` is no step (known are: send, raw, expect, eventually, any-order, one-of, never, request, accepted, refused, disconnect, resume, close)",
    );
    check(
        "- { send: ping, expect: pong }",
        "p/s/s.yaml:5 /steps/0 step: a step is one thing, and this one is both `send` and `expect` (make two steps of it)",
    );
    check(
        "- { expect: note, witin: 1s }",
        "p/s/s.yaml:5 /steps/0 unknown-key: `witin` is no key of a step `expect` (did you mean `within`?)",
    );
    check(
        "- close\n- expect: note",
        "p/s/s.yaml:6 /steps/1 not-connected: `expect` without a connection: it is over since line 5 (add a step `resume` before it)",
    );
    check(
        "- expect: note\n- resume",
        "p/s/s.yaml:6 /steps/1 connected: `resume` while there is a connection (add a step `disconnect` before it)",
    );
    check(
        "- expect: note\n- refused",
        "p/s/s.yaml:6 /steps/1 connected: `refused` while there is a connection (`refused` is the first step, or the one behind `resume`)",
    );
    check(
        "- disconnect\n- resume: { after: note }",
        "p/s/s.yaml:6 /steps/1 resume: `resume` after `note`, which no step before expects (add `expect: note` before the connection is lost)",
    );
    check(
        "- any-order: []",
        "p/s/s.yaml:5 /steps/0 step: `any-order` of nothing (list steps `expect` under it)",
    );
    check("- refused\n- request: { method: GET, path: / }\n- resume\n- refused", "none");
}

#[test]
fn times_and_codes_are_in_range() {
    let times = |text: &str, message: &str| {
        check(
            &format!("- {{ expect: note, times: {text} }}"),
            &format!(
                "p/s/s.yaml:5 /steps/0 session: this is no step `expect`: {message} (docs/session.md shows what it is like)"
            ),
        );
    };
    times("0", "an event that comes no times is a step `never`");
    times("3..1", "`3..1` ends before it begins");
    times("few", "`few` is no number of times: write `3`, `1..3` or `1..`");
    times("-1", "invalid type: integer `-1`, expected a number of times: `3`, `1..3` or `1..`");
    check(
        "- close: { code: 5 }",
        "p/s/s.yaml:5 /steps/0 session: this is no step `close`: `5` is no close code between 1000 and 4999 (docs/session.md shows what it is like)",
    );
}

#[test]
fn what_is_sent_is_validated_before_the_run() {
    check(
        "- send: order",
        "p/s/s.yaml:5 /steps/0/send payload: what is sent is not valid: `the value` breaks `required` (property \"item\") of c.yaml#/components/messages/order/payload/required (its schema leaves a choice: write `data`)",
    );
    check(
        "- send: order\n  data: { type: order,\n    item: 1 }",
        "p/s/s.yaml:7 /steps/0/data/item payload: what is sent is not valid: `/item` breaks `type` (actual \"number\", expected [\"string\"]) of c.yaml#/components/messages/order/payload/properties/item/type (what is sent keeps the contract, too)",
    );
    check("- send: order\n  data: { type: order, item: '{{uuid}}' }", "none");
    check("- send: ping", "none");
    check(
        "- { send: ping, acknowledged: [] }",
        "p/s/s.yaml:5 /steps/0/acknowledged transport: `acknowledged` on a channel that is not Socket.IO (take it away)",
    );
    let chat = |step: &str, expected: &str| {
        check_head(CHAT, &format!("connect: {{ channel: room }}\nsteps: [{step}]"), expected);
    };
    chat(
        "{ send: say, data: { text: x }, attachments: [AA==, '!'] }",
        "p/s/s.yaml:4 /steps/0/attachments/1 base64: this is no base64: invalid length at 0 (padding is part of it: `AAE=`)",
    );
    chat(
        "{ send: say, data: { text: x }, acknowledged: ok }",
        "p/s/s.yaml:4 /steps/0/acknowledged session: `acknowledged` is a string, and a list of arguments is wanted (write `acknowledged: [ok]`)",
    );
}

#[test]
fn what_is_meant_to_be_invalid_is() {
    check("- { send: order, invalid: true, data: { type: order, item: 1 } }", "none");
    check(
        "- { send: order, invalid: true, data: { type: order, item: x } }",
        "p/s/s.yaml:5 /steps/0 payload: the `data` is meant to be invalid, and is valid (take `invalid` away, or break the schema)",
    );
    check(
        "- { send: order, invalid: true }",
        "p/s/s.yaml:5 /steps/0 payload: `invalid` without `data` (write the `data` that breaks the schema)",
    );
}

#[test]
fn what_is_sent_may_name_the_environment() {
    check("- { send: order, data: { type: order, item: 'a {{$SET}} b {{$SET}}' } }", "none");
    check(
        "- { send: order, data: { type: order, item: '{{$UNSET}}' } }",
        "p/s/s.yaml:5 /steps/0/data missing-environment: the environment variable `UNSET` is not set (set it before the run: export UNSET=…)",
    );
}

#[test]
fn captures_come_before_their_use() {
    let undefined = |line: usize, pointer: &str| {
        format!(
            "p/s/s.yaml:{line} {pointer} undefined-capture: `job` is no matcher, and nothing is captured under that name before (capture it in an earlier step: `{{{{any as job}}}}`)"
        )
    };
    let (captures, uses) =
        ("- expect: note\n  data: { text: '{{any as job}}' }", "- expect: note\n  data: { text: '{{job}}' }");
    check(&format!("{captures}\n{uses}"), "none");
    check(&format!("{uses}\n{captures}"), &undefined(6, "/steps/0/data/text"));
    let optional = captures.replace("data:", "times: 0..\n  data:");
    check(&format!("{optional}\n{uses}"), &undefined(9, "/steps/1/data/text"));
    let members = format!("{captures}\n{uses}").replace("- ", "  - ").replace("\n  data", "\n    data");
    check(&format!("- any-order:\n{members}"), &undefined(9, "/steps/0/any-order/1/data/text"));
    check(
        &format!("- any-order:\n  - expect: note\n    data: {{ text: '{{{{any as job}}}}' }}\n{uses}"),
        "none",
    );
}

#[test]
fn requests_are_checked() {
    check(
        "- request: { method: 'GE T', path: jobs }",
        "p/s/s.yaml:5 /steps/0/request request: `GE T` is no HTTP method (write `GET` or `POST`)\np/s/s.yaml:5 /steps/0/request request: `jobs` is no path (begin it with `/`; it is relative to the target)",
    );
    check(
        "- request: { method: GET, path: '/{{job}}', headers: { X: $NOT } }",
        "p/s/s.yaml:5 /steps/0/request/path undefined-capture: `job` is no matcher, and nothing is captured under that name before (capture it in an earlier step: `{{any as job}}`)\np/s/s.yaml:5 /steps/0/request/headers/X missing-environment: the environment variable `NOT` is not set (set it before the run: export NOT=…)",
    );
}

#[test]
fn forms_placeholders_and_values_are_checked_with_their_place() {
    check(
        "- expect: note\n  data: { text: { $any-of: [] } }",
        "p/s/s.yaml:6 /steps/0/data/text/$any-of pattern: a list of patterns is wanted here (write `[first, second]`)",
    );
    check(
        "- request: { method: GET, path: / }\n  response: { status: 2x }",
        "p/s/s.yaml:6 /steps/0 session: this is no step `request`: `2x` is no class of HTTP statuses: write `2xx` (docs/session.md shows what it is like)",
    );
    check(
        "- request: { method: GET, path: /, body: { $binary: { base64: AA== } } }",
        "p/s/s.yaml:5 /steps/0/request pattern: a request is JSON and takes no attachments (take `$binary` away)",
    );
    check(
        "- accepted: { connect: 1 }",
        "p/s/s.yaml:5 /steps/0/accepted/connect transport: `connect` on a channel that is not Socket.IO (take it away)",
    );
    check(
        "- expect: note\n- accepted: {}",
        "p/s/s.yaml:6 /steps/1 connected: `accepted` while there is a connection (`accepted` is the first step, or the one behind `resume`)",
    );
    check_head(
        JOBS,
        "connect: { channel: bus, auth: { a: 1 } }\nsteps: []",
        "p/s/s.yaml:3 /connect/auth transport: `auth` on a channel that is not Socket.IO (take it away)",
    );
    check_head(
        JOBS,
        "connect: { channel: bus, query: { topics: 'job.*', run: '{{any}}' } }\nsteps: []",
        "p/s/s.yaml:3 /connect/query/run pattern: `{{any}}` matches many values, and can't be sent (what is sent takes `{{NAME}}`, `{{uuid}}`, `{{now}}`, `{{integer 1..9}}`, `{{string 8}}` and the like)",
    );
}

#[test]
fn causes_come_before_their_steps_on_the_same_connection() {
    let order = "- send: order\n  data: { type: order, item: x }\n  after:";
    check(&format!("- expect: note\n{order} note"), "none");
    check(&format!("- expect: note\n  times: 2..3\n{order} 3"), "none");
    check(&format!("- expect: note\n  times: 2..\n{order} 30"), "none");
    check(
        &format!("{order} note"),
        "p/s/s.yaml:5 /steps/0 after: `after: note`, which no step before expects on this connection (add `expect: note` before it)",
    );
    check(
        &format!("- expect: note\n- disconnect\n- resume\n{order} note"),
        "p/s/s.yaml:8 /steps/3 after: `after: note`, which no step before expects on this connection (add `expect: note` before it)",
    );
    check(
        &format!("- expect: note\n{order} 2"),
        "p/s/s.yaml:6 /steps/1 after: `after: 2`, and the steps before it expect 1 events (count the events of the server on this connection)",
    );
    check(
        &format!("- expect: note\n{order} note\n- expect: note\n  data: {{ text: '{{{{uuid as a}}}}' }}")
            .replace("item: x", "item: '{{uuid as it}}'"),
        "none",
    );
    check(
        "- expect: note\n- one-of:\n  - steps: [{ expect: note }, { send: order, data: { type: order, item: x }, after: note }]\n  - steps: []",
        "p/s/s.yaml:7 /steps/1/one-of/0/steps/1 after: `after` within a course, which may not be taken (take it away)",
    );
}

#[test]
fn courses_are_told_apart_by_the_server_and_agree_in_their_end() {
    check("- one-of:\n  - steps: [{ expect: note }]\n  - steps: []", "none");
    check(
        "- one-of:\n  - steps: [{ expect: note }]",
        "p/s/s.yaml:5 /steps/0 step: `one-of` of fewer than two courses (list courses under it, each with its `steps`)",
    );
    check(
        "- one-of:\n  - steps: [{ send: ping }]\n  - steps: []",
        "p/s/s.yaml:6 /steps/0/one-of/0 step: `send ping` is no way to tell courses apart: the client does it (begin each course with something that the server does)",
    );
    check(
        "- one-of:\n  - steps: [{ expect: note }]\n  - grade: fine\n    steps: []",
        "p/s/s.yaml:7 /steps/0 unknown-key: `fine` is no key of a step `one-of` (known are: ok, informational, non-strict)",
    );
    check(
        "- one-of:\n  - steps: [{ expect: note }]\n  - steps: [{ close: { by: server } }]\n- expect: note",
        "p/s/s.yaml:8 /steps/1 connected: `expect` after courses that leave the connection in different states, in line 5 (let all of them close it, or none)",
    );
    check(
        "- one-of:\n  - steps: [{ expect: note, data: { text: '{{any as a}}' } }]\n  - steps: [{ expect: job.done }]\n- expect: note\n  data: { text: '{{a}}' }",
        "p/s/s.yaml:9 /steps/1/data/text undefined-capture: `a` is no matcher, and nothing is captured under that name before (capture it in an earlier step: `{{any as a}}`)",
    );
}

/// The names of the cut sessions, and what they do.
fn cuts(channel: &str, steps: &str) -> Vec<String> {
    let text =
        format!("session: s\ncontract: ../c.yaml\nconnect: {{ channel: {channel} }}\nsteps:\n{steps}\n");
    let session = read(JOBS, &text).unwrap_or_else(|problems| panic!("{problems}"));
    let told = |session: Session| {
        let steps: Vec<_> = session.steps.iter().map(|step| step.text.as_str()).collect();
        format!("{}: {}", session.name, steps.join(", "))
    };
    session.cut_everywhere().into_iter().map(told).collect()
}

#[test]
fn a_session_is_cut_wherever_it_can_go_on() {
    let none: [String; 0] = [];
    assert_eq!(cuts("feed", "- expect: note"), none);
    assert_eq!(
        cuts("bus", "- expect: note\n- expect: note"),
        none,
        "a WebSocket does not resume unless the contract says so"
    );
    assert_eq!(cuts("feed", "- expect: metrics\n- expect: metrics"), none, "noise does not come again");
    assert_eq!(
        cuts(
            "feed",
            "- request: { method: GET, path: / }\n- expect: note\n- request: { method: GET, path: / }\n- expect: job.done"
        ),
        [
            "s (cut after line 6): request GET /, expect note, lose the connection, resume, request GET /, expect job.done",
            "s (cut after line 7): request GET /, expect note, request GET /, lose the connection, resume, expect job.done",
            "s (cut at every point): request GET /, expect note, lose the connection, resume, request GET /, lose the connection, resume, expect job.done",
        ]
    );
    assert_eq!(
        cuts("feed", "- expect: note\n  times: 1.."),
        ["s (cut in line 5, after 1): expect note, lose the connection, resume, expect note"]
    );
    let ends = cuts("feed", "- expect: note\n- close");
    assert_eq!(ends, ["s (cut after line 5): expect note, lose the connection, resume, close by client"]);
}

#[test]
fn the_connection_is_lost_within_a_course_that_is_told_apart() {
    let names = |steps: &str| -> Vec<String> {
        let told = cuts("feed", steps).into_iter();
        told.map(|told| told.split("):").next().unwrap_or_default().replace("s (", "")).collect()
    };
    let courses = |first: &str, second: &str| {
        format!(
            "- expect: note\n- one-of:\n  - steps: [{first}]\n  - steps: [{second}]\n- expect: job.created"
        )
    };
    assert_eq!(
        names(&courses("{ expect: note }, { expect: job.progress }", "{ expect: job.done }")),
        [
            "cut after line 5",
            "cut after line 7",
            "cut after line 7",
            "cut after line 8",
            "cut at every point"
        ]
    );
    let outside = ["cut after line 5"];
    for (first, second) in [
        ("{ expect: note }", "{ expect: note }"),
        ("{ expect: note }", "{ eventually: job.done }"),
        ("{ expect: note }", ""),
        ("{ expect: note, times: 0..1 }", "{ expect: job.done, times: 0..1 }"),
    ] {
        assert_eq!(names(&courses(first, second)), outside, "{first} or {second}");
    }
    let open =
        courses("{ expect: job.progress }", "{ expect: job.done }").replacen("note", "note\n  times: 1..", 1);
    assert_eq!(names(&open), ["cut in line 5, after 1"], "more of them may come");
    assert_eq!(
        names("- one-of:\n  - steps: [{ expect: note }]\n  - steps: [{ expect: job.done }]"),
        [""; 0],
        "nothing stands behind"
    );
}

#[test]
fn courses_stay_together_when_a_session_is_cut() {
    let text = "session: s\ncontract: ../c.yaml\nconnect: { channel: feed }\nsteps:\n- expect: note\n- one-of:\n  - steps: [{ expect: note }]\n  - steps: [{ expect: job.done }]\n- expect: job.created";
    let all = read(JOBS, text).expect("a session").cut_everywhere().pop().expect("cuts");
    let StepKind::OneOf(courses) = &all.steps[3].kind else { panic!("{all:?}") };
    let course = |first: usize| {
        let steps = all.steps[first..].iter().take_while(|step| !matches!(step.kind, StepKind::Join(_)));
        steps.map(|step| step.text.as_str()).collect::<Vec<_>>().join(", ")
    };
    let told: Vec<_> = courses.iter().map(|at| course(at.step_idx)).collect();
    assert_eq!(
        told,
        ["expect note, lose the connection, resume", "expect job.done, lose the connection, resume"]
    );
    let resumed = all.steps.iter().filter_map(|step| match step.kind {
        StepKind::Resume(after) => after.map(|event| all.event(event).name.as_str()),
        _ => None,
    });
    assert_eq!(resumed.collect::<Vec<_>>(), ["note", "note", "job.done"]);
    let joins = all.steps.iter().filter_map(|step| match step.kind {
        StepKind::Join(behind) => Some(all.steps[behind].text.as_str()),
        _ => None,
    });
    assert_eq!(joins.collect::<Vec<_>>(), ["expect job.created"; 2]);
}

/// The names of the cut sessions, each with the causes that its steps wait for.
fn causes(steps: &str) -> Vec<(String, Vec<Cause>)> {
    let text = format!("session: s\ncontract: ../c.yaml\nconnect: {{ channel: feed }}\nsteps:\n{steps}\n");
    let session = read(JOBS, &text).unwrap_or_else(|problems| panic!("{problems}"));
    let told = |session: Session| {
        let causes = session.steps.iter().filter_map(|step| step.kind.cause()).collect();
        (session.name.replace("s (cut ", "").replace(')', ""), causes)
    };
    session.cut_everywhere().into_iter().map(told).collect()
}

#[test]
fn what_came_before_the_connection_was_lost_is_waited_for_no_more() {
    let request = "- request: { method: GET, path: / }\n  after:";
    let named = |line: usize, cause: Cause| (format!("after line {line}"), vec![cause]);
    let nothing = Cause::Events(0);
    let found = causes(&format!(
        "- expect: note\n- expect: note\n- expect: job.created\n{request} 3\n- expect: job.done"
    ));
    let three = Cause::Events(3);
    assert_eq!(
        found,
        [
            named(5, Cause::Events(2)),
            named(6, Cause::Events(1)),
            named(7, nothing),
            named(8, three),
            ("at every point".to_owned(), vec![nothing]),
        ]
    );
    let found = causes(&format!("- expect: note\n- expect: job.created\n{request} note\n- expect: job.done"));
    assert_eq!(found[..2], [named(5, nothing), named(6, nothing)]);
    let found = causes(&format!("- expect: note\n- expect: job.created\n{request} job.created"));
    let [(_, before), (_, after), _] = found.as_slice() else { panic!("{found:?}") };
    assert!(matches!(before[..], [Cause::Event(_)]), "it is still to come");
    assert_eq!(after[..], [nothing]);
}

#[test]
fn where_it_is_not_known_what_came_the_connection_stays() {
    let request = "- request: { method: GET, path: / }\n  after:";
    for vague in ["- eventually: note", "- expect: job.done\n  times: 0..\n- expect: note"] {
        let found = causes(&format!("{vague}\n- expect: job.created\n{request} 2"));
        let last = format!("after line {}", vague.lines().count() + 5);
        assert_eq!(found, [(last, vec![Cause::Events(0)])], "{vague}");
    }
    let found = causes(&format!("- expect: note\n  times: 1..2\n- expect: job.created\n{request} 2"));
    let once = ("in line 5, after 1".to_owned(), vec![Cause::Events(1)]);
    assert_eq!(found, [once, ("after line 7".to_owned(), vec![Cause::Events(0)])], "once is known");
}

#[test]
fn lifecycles_are_checked_with_their_place() {
    let with = |order: &str, key: &str| {
        let broken = JOBS
            .replace("order: job.created job.progress* job.done", &format!("order: {order}"))
            .replace("\"job.*\": /job", key);
        problems(&broken, "session: s\ncontract: ../c.yaml\nconnect: { channel: bus }\nsteps: []")
    };
    let line = JOBS.lines().position(|line| line.contains("lifecycles")).expect("lifecycles") + 1;
    let grammar = "write event names, with spaces, `|`, `*`, `+`, `?` and parentheses between them";
    assert_eq!(
        with("(job.created", "\"job.*\": /job"),
        format!("p/c.yaml:{line} /x-handfast/lifecycles/0/order lifecycle: `(` is never closed ({grammar})")
    );
    assert_eq!(
        with("job.created job.done", "job.done: job"),
        format!(
            "p/c.yaml:{line} /x-handfast/lifecycles/0/key lifecycle: `job.created` has no key in the lifecycle `job` (add one: `job.created: /pointer/to/id`)\np/c.yaml:{line} /x-handfast/lifecycles/0/key/job.done lifecycle: `job` is no JSON Pointer (write `/job`)"
        )
    );
}

#[test]
fn the_published_schema_knows_every_step() {
    let schema = session_schema().to_string();
    for step in STEPS {
        assert!(schema.contains(&format!("\"{step}\"")), "{step}");
    }
    assert!(contract_schema().to_string().contains("\"before-auth\""));
}

/// The text of a session in front of the files of the repository.
struct Overlay(String);

impl Source for Overlay {
    fn read(&self, path: &Path) -> std::io::Result<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        if path.ends_with("documented.yaml") {
            Ok(self.0.clone())
        } else {
            std::fs::read_to_string(root.join(path))
        }
    }
}

#[test]
fn the_documented_sessions_are_some() {
    let docs = Overlay(String::new()).read(Path::new("docs/session.md")).expect("the documentation");
    let examples: Vec<_> =
        docs.split("```yaml").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 4);
    let mut n_steps = Vec::new();
    for example in examples {
        let head = "session: s\ncontract: ../../../schemas/orbit/asyncapi.yaml\nconnect: { channel: events }\nsteps:";
        let whole = if example.trim_start().starts_with("- ") {
            format!("{head}{example}")
        } else {
            example.to_owned()
        };
        let source = Overlay(whole);
        let environment = |_: &str| Some("secret".to_owned());
        let session = load(&source, &environment, Path::new("a/b/c/documented.yaml"));
        n_steps.push(session.unwrap_or_else(|problems| panic!("{example}\n{problems}")).steps.len());
    }
    assert_eq!(n_steps, [10, 8, 4, 1]);
}
