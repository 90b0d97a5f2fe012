use super::*;

#[test]
fn a_refusal_is_expected_or_not() {
    check("- refused", "0 refuse 401 no", "passed");
    check(
        "- refused",
        "0 refuse 403 no",
        "5: refusal: the server refused the connection, but otherwise than it was to: 403 no; /status wanted 401 found 403",
    );
    check("- refused: { status: 403 }", "0 refuse 403 no", "passed");
    check("- refused", "", "5: refusal: the server accepted the connection, and was to refuse it with 401");
    check(
        "- expect: note",
        "0 refuse 401 no",
        "5: refused: the server refused the connection at http://localhost:1/bus: 401 no",
    );
    check(
        "- expect: note",
        "0 unreachable",
        "5: unreachable target: no server answers at http://localhost:1/bus: nobody there",
    );
    check_on(CHAT, "connect: { channel: room, token: t }", "- refused", "0 refuse x No entry", "passed");
}

#[test]
fn the_token_travels_as_the_contract_says() {
    let endpoint = |contract, head: &str| {
        let text = format!("session: s\ncontract: c.yaml\nconnect: {head}\nsteps: []");
        let mut player = Play::new(Arc::new(session(contract, &text)), settings());
        match player.next(Duration::ZERO) {
            Action::Open(_, endpoint) => *endpoint,
            other => panic!("{other:?}"),
        }
    };
    let ws =
        endpoint(JOBS, "{ channel: bus, token: t?, query: { topics: 'job.*,note' }, last-event-id: '7' }");
    assert_eq!(ws.subprotocols, ["jobs.v1", "bearer.dD8"]);
    assert_eq!(ws.url.as_str(), "http://localhost:1/bus?topics=job.*%2Cnote");
    assert_eq!(ws.headers, [("Last-Event-ID".to_owned(), "7".to_owned())]);
    assert_eq!(endpoint(JOBS, "{ channel: bus }").subprotocols, ["jobs.v1"]);
    let sse = endpoint(JOBS, "{ channel: feed, token: t, last-event-id: '7' }");
    assert_eq!(sse.headers, [("Authorization".to_owned(), "Bearer t".to_owned())]);
    assert_eq!(sse.last_event_id.as_deref(), Some("7"));
    let addressed = JOBS
        .replace("address: /bus", "address: \"/bus/{line}/{n}\"\n    parameters: { n: { default: a b } }");
    let path = |line: &str| {
        let connect = format!("{{ channel: bus, parameters: {{ line: '{line}' }} }}");
        endpoint(&addressed, &connect).url.path().to_owned()
    };
    assert_eq!(path("x/ü"), "/bus/x%2F%C3%BC/a%20b");
    assert_eq!(path("{{integer 7}}"), "/bus/7/a%20b");
    let spaces = CHAT.replace("address: /room", "address: \"/room/{id}\"");
    let namespace =
        |id: &str| endpoint(&spaces, &format!("{{ channel: room, parameters: {{ id: '{id}' }} }}")).namespace;
    assert_eq!([namespace("x y"), namespace("{{integer 7}}")], ["/room/x y", "/room/7"]);
    let io = endpoint(CHAT, "{ channel: room, token: t }");
    assert_eq!((io.url.path(), io.namespace.as_str()), ("/socket.io/", "/room"));
    assert_eq!(io.auth, Some(json!({"token": "t"})));
}

#[test]
fn what_the_contract_says_of_an_answer_is_judged() {
    let channel = r##"  level:
    address: "/level/{of}"
    servers: [{ $ref: "#/servers/SERVER" }]
    messages:
      set: { payload: { type: object, required: [type], properties: { type: { const: set } } } }
      done: { payload: { type: object, required: [n], properties: { n: { type: integer } } }, bindings: { http: { statusCode: 201 } } }
"##;
    let operation = r##"  set: { action: receive, channel: { $ref: "#/channels/level" }, messages: [{ $ref: "#/channels/level/messages/set" }], bindings: { http: { method: PUT } }, reply: { channel: { $ref: "#/channels/level" }, messages: [{ $ref: "#/channels/level/messages/done" }] } }
"##;
    let contract = JOBS
        .replace("operations:\n", &format!("{}operations:\n{operation}", channel.replace("SERVER", "sse")));
    let answered = |path: &str, input: &'static str, expected: &str| {
        let steps = format!(
            "- request: {{ method: PUT, path: {path}, body: {{}} }}\n  response: {{ status: [2xx, 4xx] }}"
        );
        check_on(&contract, "connect: { channel: feed }", &steps, input, expected);
    };
    answered("/level/a", "request+5 response 201 {\"n\": 1}", "passed");
    answered("/level/a", "request+5 response 404 {}", "passed");
    answered("/level/a/b", "request+5 response 200 {}", "passed");
    answered(
        "/level/a",
        "request+5 response 201 {\"n\": \"1\"}",
        "5: schema: the answer to `request PUT /level/a` is not as the contract says: 201 {\"n\":\"1\"}; /body/n wanted `/n` breaks `type` (actual \"string\", expected [\"integer\"]) of c.yaml#/channels/level/messages/done/payload/properties/n/type found \"1\"",
    );
    answered(
        "/level/a",
        "request+5 response 200 {\"n\": 1}",
        "5: schema: the answer to `request PUT /level/a` is not as the contract says: 200 {\"n\":1}; /status wanted 201 found 200",
    );
}

#[test]
fn the_body_of_an_answer_is_matched_as_bytes() {
    let answered = |matcher: &str, expected: &str| {
        let steps = format!(
            "- request: {{ method: GET, path: /file }}\n  response: {{ body: {{ $binary: {matcher} }} }}"
        );
        check_on(JOBS, "connect: { channel: feed }", &steps, "request+5 response 200 {\"a\": 1}", expected);
    };
    answered("{ type: application/json, length: 8 }", "passed");
    answered(
        "{ type: image/png }",
        "5: response: the answer to `request GET /file` is not what is expected: 200 {\"a\":1}; \
         /body wanted {\"$binary\":{\"type\":\"image/png\"}} found {\"_placeholder\":true,\"num\":0}",
    );
}

#[test]
fn cookies_share_a_header_and_hold_no_other_token() {
    let contract = JOBS.replace("  auth: [", "  auth: [{ in: cookie, name: sid }, ");
    let text = |connect: &str| {
        format!(
            "session: s\ncontract: c.yaml\nconnect: {connect}\nsteps:\n- request: {{ method: GET, path: /me }}\n"
        )
    };
    let connect = "{ channel: feed, token: t, headers: { cookie: 'theme=dark', x: '1' } }";
    let mut player = Play::new(Arc::new(session(&contract, &text(connect))), settings());
    let Action::Open(_, endpoint) = player.next(Duration::ZERO) else { panic!("it connects") };
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(endpoint.headers, [header("cookie", "theme=dark; sid=t"), header("x", "1")]);
    let source =
        Memory::default().with("c.yaml", &*contract).with("s.yaml", text("{ channel: feed, token: 'a b' }"));
    let problems = crate::session::load(&source, &|_| None, Path::new("s.yaml")).unwrap_err().to_string();
    assert!(problems.contains("the cookie `sid` can't hold the token"), "{problems}");
}

#[test]
fn a_request_is_answered_and_captures() {
    let steps = "- request: { method: POST, path: /jobs, body: { n: 1 } }\n  response: { status: 202, body: { job: '{{string as job}}' } }\n\
                 - expect: job.created\n  data: { job: '{{job}}' }\n- request: { method: GET, path: '/jobs/{{job}}' }";
    let cues = r#"1 job.created {"job": "a"}
        request+5 response 202 {"job": "a"}"#;
    let played = check_on(
        JOBS,
        "connect: { channel: bus, token: t }",
        steps,
        cues,
        "9: deadline: `request GET /jobs/{{job}}` was not answered within 5s",
    );
    assert_eq!(played.done[1..3], [r#"POST /jobs Some("{\"n\":1}")"#, "GET /jobs/a None"]);
    check(
        "- request: { method: POST, path: /jobs }\n  response: { status: 202, body: { job: a } }",
        r#"request+1 response 400 {"job": "b"}"#,
        "5: response: the answer to `request POST /jobs` is not what is expected: 400 {\"job\":\"b\"}; /status wanted 202 found 400; /body/job wanted \"a\" found \"b\"",
    );
    check(
        "- request: { method: GET, path: / }",
        "request+1 response 404 null",
        "5: response: the answer to `request GET /` is not what is expected: 404 null; /status wanted 200..299 found 404",
    );
}

#[test]
fn frames_that_come_before_an_answer_are_judged_after_it() {
    let steps = "- request: { method: POST, path: /jobs }\n  response: { body: { job: '{{string as job}}' } }\n- expect: job.created\n  data: { job: '{{job}}' }\n- expect: note";
    let cues = r#"request+1 job.created {"job": "a"}
        request+2 note
        request+5 response 200 {"job": "a"}"#;
    check(steps, cues, "passed");
}

#[test]
fn a_close_is_the_session_s_or_a_failure() {
    check("- close: { code: [1000, 1001], by: server }", "5 close 1001", "passed");
    check(
        "- close: { code: 1008, by: server }",
        "5 close 1000",
        "5: closed: the connection was closed with 1000, and 1008 was expected; /code wanted 1008 found 1000",
    );
    check("- close: { by: server }", "", "5: deadline: the server did not close the connection within 5s");
    check(
        "- close: { by: server }",
        "5 note\n6 close 1000",
        "5: unexpected-event: `note` came, and the end of the connection was expected",
    );
    check("- expect: note\n- close", "5 note", "passed");
    check(
        "- expect: note\n- close: { code: 4000, by: client }",
        "5 note\nclose+1 close 4001",
        "6: closed: the connection was closed with 4001, and 4000 was expected; /code wanted 4000 found 4001",
    );
    check(
        "- expect: note",
        "5 close 1006",
        "5: closed: the server closed the connection with 1006, and `note` was expected",
    );
    check(
        "- expect: note",
        "5 note\n5 close 1000",
        "closed: the server closed the connection with 1000, and no step says so",
    );
    check(
        "- expect: note",
        "5 malformed {\n6 note",
        "5: malformed: the server sent what is no frame: not JSON, and `note` was expected",
    );
}

#[test]
fn the_subprotocol_is_the_one_that_is_meant() {
    let text = "session: s\ncontract: c.yaml\nconnect: { channel: bus }\nsteps: []";
    let mut player = Box::new(Play::new(Arc::new(session(JOBS, text)), settings()));
    player.next(Duration::ZERO);
    player.observe(Duration::ZERO, Observed::Opened(Handshake::default()));
    assert_eq!(
        told(&player.finish()),
        "handshake: the server chose the subprotocol none, and `jobs.v1` is wanted"
    );
}

const RESUME: &str = "- expect: job.created\n- expect: job.progress\n  times: 2\n- disconnect\n- resume: { after: job.created }\n\
                      - expect: job.progress\n  times: 2\n- expect: job.done";

#[test]
fn a_resume_goes_on_without_gap_or_repetition() {
    let head = "connect: { channel: feed }";
    let cues = r#"5 job.created {"id": "1", "job": "a"}
        6 job.progress {"id": "2", "job": "a"}
        7 job.progress {"id": "3", "job": "a"}
        abort+9 job.progress {"id": "2", "job": "a"}
        abort+10 job.progress {"id": "3", "job": "a"}
        abort+11 job.done {"id": "4", "job": "a"}"#;
    let played = check_on(JOBS, head, RESUME, cues, "passed");
    let opens: Vec<_> = played.done.iter().filter(|done| done.starts_with("open")).collect();
    assert_eq!(opens, ["open Sse /feed None", "open Sse /feed Some(\"1\")"]);
}

#[test]
fn a_resume_with_a_gap_or_a_repetition_is_told() {
    let head = "connect: { channel: feed }";
    check_on(
        JOBS,
        head,
        RESUME,
        r#"5 job.created {"id": "1", "job": "a"}
        6 job.progress {"id": "2", "job": "a"}
        7 job.progress {"id": "3", "job": "a"}
        abort+9 job.progress {"id": "3", "job": "a"}
        abort+10 job.progress {"id": "4", "job": "a"}
        abort+11 job.done {"id": "5", "job": "a"}"#,
        "10: resume: `job.progress` with the id `3` came, and `2` was to come again first",
    );
    check_on(
        JOBS,
        head,
        RESUME,
        r#"5 job.created {"id": "1", "job": "a"}
        6 job.progress {"id": "2", "job": "a"}
        7 job.progress {"id": "3", "job": "a"}
        abort+9 job.created {"id": "1", "job": "a"}"#,
        "10: resume: `job.created` with the id `1` came again, and it is not after the resume point\n\
         10: unexpected-event: `job.created` came, and `job.progress` was expected",
    );
    check_on(
        JOBS,
        head,
        "- expect: job.created\n- expect: job.progress\n- disconnect\n- resume: { after: job.created }\n- expect: note\n  times: 0..",
        r#"5 job.created {"id": "1", "job": "a"}
        6 job.progress {"id": "2", "job": "a"}"#,
        "resume: the event with the id `2` did not come again after the resume",
    );
}

#[test]
fn what_came_before_a_disconnect_unread_comes_again() {
    let steps = "- expect: job.created\n- disconnect\n- resume\n- expect: job.done";
    check_on(
        JOBS,
        "connect: { channel: feed }",
        steps,
        r#"5 job.created {"id": "1", "job": "a"}
        5 job.done {"id": "2", "job": "a"}
        abort+9 job.done {"id": "2", "job": "a"}"#,
        "passed",
    );
}
