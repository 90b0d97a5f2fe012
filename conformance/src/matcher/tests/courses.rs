//! Several courses, causes, answers and ends.

use super::*;
use crate::session::Grade;

#[test]
fn others_may_come_before_what_comes_eventually() {
    check("- eventually: job.done", "5 note\n6 job.progress\n7 job.done", "passed");
    check(
        "- eventually: note\n  data: { text: a }",
        r#"5 note {"text": "b"}
        6 note {"text": "a"}"#,
        "passed",
    );
    check("- eventually: note\n  within: 1s", "5 job.done", "5: deadline: no `note` within 1s");
    check(
        "- eventually: note\n  data: { text: a }\n  within: 1s",
        r#"5 note {"text": "b"}"#,
        "5: deadline: no `note` within 1s; the nearest one differs; /text wanted \"a\" found \"b\"",
    );
    check(
        "- eventually: note\n- expect: job.done",
        "5 job.progress\n6 note\n7 job.progress {\"n\": 2}",
        "6: unexpected-event: `job.progress` came, and `job.done` was expected",
    );
    check(
        "- any-order:\n  - eventually: note\n  - expect: job.done\n- expect: job.created",
        "5 job.progress\n6 job.done\n7 job.progress\n8 note\n9 job.created",
        "passed",
    );
    check(
        "- eventually: note\n  times: 2\n- expect: job.done",
        "5 job.progress\n6 note\n7 job.progress\n8 note\n9 job.done",
        "passed",
    );
}

const ONE_OF: &str = "- one-of:\n  - steps: [{ expect: note }, { expect: job.done }]\n  - grade: non-strict\n    steps: [{ expect: note }]\n  - grade: informational\n    steps: [{ expect: job.created }]";

#[test]
fn a_server_takes_one_of_several_courses_and_is_worth_its_grade() {
    let grade = |cues, expected| check(ONE_OF, cues, expected).outcome.grade;
    assert_eq!(grade("5 note\n6 job.done", "passed"), Grade::Ok);
    assert_eq!(grade("5 note\n4000 job.done", "passed"), Grade::Ok);
    assert_eq!(grade("5 note", "passed"), Grade::NonStrict);
    assert_eq!(grade("5 job.created", "passed"), Grade::Informational);
    grade("5 job.done", "6: missing-event: `note` did not come: `job.done` came, which is expected after it");
    grade("", "10: deadline: no `job.created` or `note` within 5s");
    let played = check(ONE_OF, "5 note", "passed");
    let told = played.outcome.transcript.iter().find(|line| line.what == "non-strict").expect("a line");
    assert_eq!(told.text, "the server took the course `expect note`");
}

#[test]
fn courses_meet_again() {
    let steps =
        format!("{ONE_OF}\n- send: order\n  data: {{ type: order, item: x }}\n- expect: job.progress");
    let steps: &'static str = Box::leak(steps.into_boxed_str());
    let played = check(steps, "5 job.created\norder+5 job.progress", "passed");
    assert_eq!(played.outcome.grade, Grade::Informational);
    assert_eq!(played.done.iter().filter(|done| done.starts_with("send order")).count(), 1);
}

#[test]
fn a_course_may_be_the_end_of_the_connection() {
    let steps = "- one-of:\n  - steps: [{ expect: note }, { close: { by: server, code: 1008 } }]\n  - grade: informational\n    steps: [{ close: { by: server, code: 1002 } }]";
    assert_eq!(check(steps, "5 note\n6 close 1008", "passed").outcome.grade, Grade::Ok);
    assert_eq!(check(steps, "5 close 1002", "passed").outcome.grade, Grade::Informational);
    check(
        steps,
        "5 close 1011",
        "8: closed: the connection was closed with 1011, and 1002 was expected; /code wanted 1002 found 1011",
    );
    check(
        "- one-of:\n  - steps: [refused]\n  - grade: non-strict\n    steps: [{ close: { by: server } }]",
        "5 close 1008",
        "passed",
    );
}

#[test]
fn repetitions_have_a_gap_and_all_of_them_a_time() {
    let steps = "- expect: note\n  times: 3\n  within: 1s\n  gap: 400ms";
    check(steps, "300 note\n600 note\n900 note", "passed");
    check(steps, "300 note\n800 note", "5: deadline: no `note` within 400ms");
    check(steps, "390 note\n780 note\n1100 note", "5: deadline: no `note` within 1s");
    check_on(
        JOBS,
        "connect: { channel: bus }\nmax-time: 1s",
        "- expect: note\n  times: 2",
        "500 note",
        "6: deadline: the session was not over within 1s",
    );
}

#[test]
fn the_end_is_compared_with_who_how_and_why() {
    let steps = "- close: { by: server, code: 1000, clean: true, reason: '{{includes bye}}' }";
    check(steps, "5 close 1000 good bye", "passed");
    check(
        steps,
        "5 close 1000 so long",
        "5: closed: the connection was closed for the reason \"so long\", and {{includes bye}} was expected; /reason wanted {{includes bye}} found \"so long\"",
    );
    check(
        "- close: { by: server, clean: false }",
        "5 close 1000",
        "5: closed: the connection was closed with a closing handshake; /clean wanted false found true",
    );
    let played = check("- close: { code: 4001, reason: 'done {{now %Y}}' }", "", "passed");
    assert!(played.done.contains(&"close 4001 done 1970".to_owned()), "{:?}", played.done);
}

#[test]
fn handshakes_are_compared_and_captured() {
    check(
        "- accepted: { status: 101, headers: { X-Served-By: '{{string as by}}', X-No: '{{absent}}' }, subprotocol: jobs.v1 }\n- expect: note\n  data: { text: '{{by}}' }",
        r#"5 note {"text": "one"}"#,
        "passed",
    );
    check(
        "- accepted: { status: 2xx, headers: { X-Other: a } }",
        "",
        "5: handshake: the server accepted the connection, but otherwise than it was to; /status wanted 200..299 found 101; /headers/x-other wanted \"a\" found nothing",
    );
    check_on(
        CHAT,
        "connect: { channel: room, token: t }",
        "- accepted: { connect: { sid: '{{string}}' } }",
        "",
        "passed",
    );
    check("- refused: { status: 4xx, message: '{{includes entry}}' }", "0 refuse 403 No entry", "passed");
    check(
        "- refused: { message: \"{{regex ^Go}}\" }",
        "0 refuse 401 No entry",
        "5: refusal: the server refused the connection, but otherwise than it was to: 401 No entry; /message wanted {{regex ^Go}} found \"No entry\"",
    );
    check_on(
        CHAT,
        "connect: { channel: room }",
        "- refused: { message: No entry, data: { code: '{{integer as code}}' } }\n- request: { method: GET, path: '/{{code}}' }",
        "0 refuse - No entry\nrequest+1 response 200 {}",
        "passed",
    );
}

#[test]
fn answers_are_compared_by_class_and_header() {
    let steps = "- request: { method: POST, path: /x }\n  response: { status: [200, 4xx], headers: { Location: '{{string as at}}' } }\n- request: { method: GET, path: '{{at}}/{{integer 7}}' }";
    let played = check(steps, "request+1 response 404 {}\n20 response 200 {}", "passed");
    assert!(played.done.contains(&"GET /here/7 None".to_owned()), "{:?}", played.done);
    check(
        "- request: { method: POST, path: /x }\n  within: 1s",
        "request+1500 response 200 {}",
        "5: deadline: `request POST /x` was not answered within 1s",
    );
}

#[test]
fn a_step_waits_for_its_cause_and_not_for_its_place() {
    let order = "- send: order\n  data: { type: order, item: x }\n  after:";
    let check = |steps: String, cues, expected| check(&steps, cues, expected);
    let steps = |after: &str| {
        format!("- expect: note\n  times: 1..2\n- expect: job.done\n{order} {after}\n- expect: job.progress")
    };
    for after in ["note", "1"] {
        let played = check(steps(after), "5 note\norder+5 job.done\norder+6 job.progress", "passed");
        assert_eq!(played.done.iter().filter(|done| done.starts_with("send order")).count(), 1, "{after}");
    }
    check(steps("2"), "5 note\n6 metrics\n7 note\norder+5 job.done\norder+6 job.progress", "passed");
    check(
        format!("- expect: note\n  times: 0..1\n- expect: job.done\n{order} note"),
        "5 job.done",
        "8: deadline: `send order` waits for `note`, which did not come",
    );
    check(
        format!("- expect: note\n  times: 0..1\n- expect: job.done\n{order} 2\n- disconnect"),
        "5 job.done",
        "8: deadline: `send order` waits for 2 events, and 1 came",
    );
}

#[test]
fn a_step_waits_for_what_it_needs_beside_its_cause() {
    let steps = "- expect: note\n- expect: job.created\n  data: { job: '{{string as job}}' }\n- send: order\n  data: { type: order, item: '{{job}}' }\n  after: note";
    let text = format!("session: s\ncontract: c.yaml\nconnect: {{ channel: bus }}\nsteps:\n{steps}\n");
    let played = play(
        session(JOBS, &text),
        settings(),
        script(
            r#"5 note
        50 job.created {"job": "a"}"#,
        ),
    );
    assert_eq!(told(&played.outcome), "passed");
    assert!(played.done.iter().any(|done| done.contains(r#""item":"a""#)), "{:?}", played.done);
}

#[test]
fn every_request_is_answered() {
    let login = "- send: login\n  data: { token: t }";
    let room = "connect: { channel: room, token: t }";
    check_on(CHAT, room, login, "", "reply: `login` was not answered by `welcome` within 5s");
    check_on(CHAT, room, &format!("{login}\n  answered: false"), "", "passed");
    check_on(CHAT, room, &format!("{login}\n- expect: welcome"), "login+20 emit welcome", "passed");
    check_on(CHAT, room, &format!("{login}\n- disconnect"), "", "passed");
    // The step that waits for it says it better.
    check_on(CHAT, room, &format!("{login}\n- expect: welcome"), "", "7: deadline: no `welcome` within 5s");
}

#[test]
fn nothing_comes_behind_a_refusal_nor_before_a_consent() {
    check_on(
        CHAT,
        "connect: { channel: room }",
        "- refused: { message: '{{includes entry}}' }",
        "0 refuse - no entry and tattling",
        "5: after-refusal: the server refused the client, and then sent it 42[\"secret\"]",
    );
    let text = "session: s\ncontract: c.yaml\nconnect: { channel: bus, token: t }\nsteps: [{ expect: note }]";
    let mut player = Play::new(Arc::new(session(JOBS, text)), settings());
    assert!(matches!(player.next(Duration::ZERO), Action::Open(..)));
    let Happening::Seen(note) = happening("note") else { panic!("a frame") };
    player.observe(Duration::ZERO, note);
    let outcome = Box::new(player).finish();
    assert_eq!(told(&outcome), "4: before-auth: `note` comes before the server knows the client");
}

#[test]
fn bytes_are_matched_and_sent_back() {
    let steps = "- expect: said\n  data: { file: { $binary: { length: 2, base64: AAE= } } }\n  acknowledge: [{ $binary: { base64: /w== } }]";
    let cue = r#"5 bytes said {"text": "x", "file": {"_placeholder": true, "num": 0}}"#;
    let played = check_on(CHAT, "connect: { channel: room, token: t }", steps, cue, "passed");
    let answer = r#"acknowledge 9 [{"_placeholder":true,"num":0}] [[255]]"#;
    assert!(played.done.contains(&answer.to_owned()), "{:?}", played.done);
    check_on(
        CHAT,
        "connect: { channel: room, token: t }",
        "- expect: said\n  data: { file: { $binary: { length: 3 } } }",
        cue,
        "5: mismatch: `said` came as expected, but its data is not what is expected; /file wanted {\"$binary\":{\"length\":\"3\"}} found {\"_placeholder\":true,\"num\":0}",
    );
}

#[test]
fn a_session_that_is_cut_finds_gaps_and_repetitions() {
    let text = "session: s\ncontract: c.yaml\nconnect: { channel: feed }\nsteps:\n- expect: job.created\n- expect: job.progress\n- expect: job.done\n";
    let check = |again: &'static str, expected: &str| {
        let cut = session(JOBS, text).cut_everywhere().swap_remove(0);
        assert_eq!(cut.name, "s (cut after line 5)");
        let mut cues = script(r#"5 job.created {"id": "1"}"#);
        cues.extend(script(again));
        let played = play(cut, settings(), cues);
        assert_eq!(told(&played.outcome), expected, "{:#?}", played.outcome.transcript);
        assert!(played.done.contains(&r#"open Sse /feed Some("1")"#.to_owned()), "{:?}", played.done);
    };
    check(
        r#"abort+10 job.progress {"id": "2"}
        abort+11 job.done {"id": "3"}"#,
        "passed",
    );
    check(
        r#"abort+10 job.done {"id": "3"}"#,
        "6: missing-event: `job.progress` did not come: `job.done` came, which is expected after it",
    );
    check(
        r#"abort+10 job.created {"id": "1"}"#,
        "6: resume: `job.created` with the id `1` came again, and it is not after the resume point\n\
         6: unexpected-event: `job.created` came, and `job.progress` was expected",
    );
}

/// The session of these steps that is cut under this name.
fn cut_session(steps: &str, name: &str) -> Session {
    let text = format!("session: s\ncontract: c.yaml\nconnect: {{ channel: feed }}\nsteps:\n{steps}\n");
    let named = |cut: &Session| cut.name == format!("s (cut {name})");
    session(JOBS, &text).cut_everywhere().into_iter().find(named).expect("a cut")
}

#[test]
fn a_course_that_is_cut_goes_on_behind_the_courses() {
    let steps = "- expect: job.created\n- one-of:\n  - steps: [{ expect: job.done }, { expect: note }]\n  - steps: [{ expect: job.progress }, { expect: job.done }]\n- expect: note";
    let check = |name: &str, cues: &'static str, expected: &str, resumed: &str| {
        let played = play(cut_session(steps, name), settings(), script(cues));
        assert_eq!(told(&played.outcome), expected, "{name}: {:#?}", played.outcome.transcript);
        let opened: Vec<_> = played.done.iter().filter(|done| done.starts_with("open")).collect();
        assert_eq!(opened.last().map(|last| last.as_str()), Some(resumed), "{name}");
    };
    let taken = r#"5 job.created {"id": "1"}
        6 job.progress {"id": "2"}
        abort+10 job.done {"id": "3"}
        abort+11 note {"id": "4"}"#;
    check("after line 8", taken, "passed", r#"open Sse /feed Some("2")"#);
    let other = r#"5 job.created {"id": "1"}
        6 job.done {"id": "2"}
        7 note {"id": "3"}
        8 note {"id": "4"}"#;
    check("after line 8", other, "passed", "open Sse /feed None");
}

#[test]
fn what_has_come_is_not_waited_for_on_another_connection() {
    let steps = "- expect: job.created\n- expect: job.progress\n- request: { method: GET, path: /job }\n  after: 1\n- expect: job.done";
    let cues = script(
        r#"5 job.created {"id": "1"}
        abort+10 job.progress {"id": "2"}
        request+20 response 200 null
        request+21 job.done {"id": "3"}"#,
    );
    let played = play(cut_session(steps, "after line 5"), settings(), cues);
    assert_eq!(told(&played.outcome), "passed", "{:#?}", played.outcome.transcript);
}

#[test]
fn handshakes_are_filled_in_once() {
    let text = "session: s\ncontract: c.yaml\nconnect:\n  channel: room\n  token: t\n  query: { client: '{{uuid as client}}' }\n  headers: { X-Run: 'run-{{hex 4}}' }\n  auth: { tenant: '{{client}}', token: not this one }\nsteps:\n- expect: said\n  data: { text: '{{client}}' }\n- disconnect\n- resume\n";
    let mut player = Play::new(Arc::new(session(CHAT, text)), settings());
    let Action::Open(_, endpoint) = player.next(Duration::ZERO) else { panic!("a connection") };
    let (_, client) = endpoint.url.query_pairs().next().expect("a query");
    let auth = endpoint.auth.clone().expect("a payload");
    assert_eq!((auth["tenant"].as_str(), auth["token"].as_str()), (Some(&*client), Some("t")));
    let run = endpoint.headers.iter().find(|(name, _)| name == "X-Run").expect("a header");
    assert_eq!(run.1.len(), "run-0000".len());
}
