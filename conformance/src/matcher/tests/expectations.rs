use super::*;

#[test]
fn events_come_in_order() {
    check("- expect: note\n- expect: job.done", "5 note\n6 job.done", "passed");
    check(
        "- expect: note\n- expect: job.done",
        "5 job.done",
        "5: missing-event: `note` did not come: `job.done` came, which is expected after it",
    );
}

#[test]
fn data_is_compared_field_by_field() {
    check(
        "- expect: note\n  data: { text: hello, more: { deep: 1 } }",
        r#"5 note {"text": "bye"}"#,
        r#"5: mismatch: `note` came as expected, but its data is not what is expected; /text wanted "hello" found "bye"; /more wanted {"deep":1} found nothing"#,
    );
}

#[test]
fn captures_last() {
    let steps = "- expect: job.created\n  data: { job: '{{string as job}}' }\n- expect: job.done\n  data: { job: '{{job}}' }";
    check(
        steps,
        r#"5 job.created {"job": "a"}
        6 job.done {"job": "a"}"#,
        "passed",
    );
    check(
        steps,
        r#"5 job.created {"job": "a"}
        6 job.done {"job": "b"}"#,
        "7: lifecycle: `job.done` can't come now: of job \"b\", `job.created` comes next\n\
         7: mismatch: `job.done` came as expected, but its data is not what is expected; /job wanted {{job}} = \"a\" found \"b\"",
    );
}

#[test]
fn times_are_limits() {
    let steps = "- expect: job.progress\n  times: 1..3\n- expect: note";
    check(steps, "5 job.progress\n6 note", "passed");
    check(steps, "5 job.progress\n6 job.progress\n7 job.progress\n8 note", "passed");
    check(
        steps,
        "5 job.progress\n6 job.progress\n7 job.progress\n8 job.progress",
        "7: unexpected-event: `job.progress` came again, and `note` was expected",
    );
    check(
        steps,
        "5 note",
        "5: missing-event: `job.progress` did not come: `note` came, which is expected after it",
    );
    check("- expect: note\n  times: 2", "5 note", "5: deadline: no `note` within 5s");
    check("- expect: note\n  times: 0..\n- expect: job.done", "5 job.done", "passed");
}

#[test]
fn steps_of_the_same_event_are_read_in_every_way() {
    let steps = "- expect: job.progress\n  times: 1..\n- expect: job.progress\n  data: { n: 100 }\n- expect: job.progress\n  times: 0..";
    check(
        steps,
        r#"5 job.progress {"n": 1}
        6 job.progress {"n": 100}
        7 job.progress {"n": 100}
        8 job.progress {"n": 3}"#,
        "passed",
    );
    check(
        steps,
        r#"5 job.progress {"n": 100}
        6 job.progress {"n": 3}"#,
        "7: deadline: no `job.progress` within 5s",
    );
}

#[test]
fn any_order_takes_all_of_them() {
    let steps = "- any-order:\n  - expect: note\n    data: { text: a }\n  - expect: note\n  - expect: job.done\n- expect: job.progress";
    check(
        steps,
        r#"5 note {"text": "b"}
        6 job.done
        7 note {"text": "a"}
        8 job.progress"#,
        "passed",
    );
    check(
        steps,
        r#"5 note {"text": "a"}
        6 job.done
        7 note {"text": "c"}
        8 job.progress"#,
        "passed",
    );
    check(
        steps,
        "5 job.done\n6 job.done",
        "5: unexpected-event: `job.done` came again, and `note` was expected",
    );
    check(
        steps,
        r#"5 note {"text": "b"}
        6 note {"text": "c"}"#,
        r#"6: mismatch: `note` came as expected, but its data is not what is expected; /text wanted "a" found "c""#,
    );
}

#[test]
fn deadlines_are_those_of_the_step_and_measured_when_seen() {
    check("- expect: note\n  within: 100ms", "100 note", "passed");
    check(
        "- expect: note\n  within: 100ms",
        "101 note",
        "5: deadline: no `note` within 100ms; one came later",
    );
    check("- expect: note\n  within: 100ms", "", "5: deadline: no `note` within 100ms");
    check(
        "- expect: note\n  within: 1s\n- expect: job.done\n  within: 1s",
        "900 note\n1800 job.done",
        "passed",
    );
    let text =
        "session: s\ncontract: c.yaml\nconnect: { channel: bus }\nsteps: [{ expect: note, within: 1s }]";
    let slow = Settings { scale: 3.0, ..settings() };
    assert_eq!(told(&play(session(JOBS, text), slow, script("2900 note")).outcome), "passed");
}

#[test]
fn a_frame_that_was_seen_in_time_counts_when_it_is_looked_at_late() {
    let text =
        "session: s\ncontract: c.yaml\nconnect: { channel: bus }\nsteps: [{ expect: note, within: 1s }]";
    let mut player = Play::new(Arc::new(session(JOBS, text)), settings());
    let second = Duration::from_secs(1);
    assert!(matches!(player.next(Duration::ZERO), Action::Open(..)));
    player.observe(
        Duration::ZERO,
        Observed::Opened(Handshake { subprotocol: Some("jobs.v1".to_owned()), ..Handshake::default() }),
    );
    assert!(matches!(player.next(Duration::ZERO), Action::WaitUntil(_)));
    let Happening::Seen(note) = happening("note") else { panic!("a frame") };
    player.observe(second, note);
    assert!(
        matches!(player.next(9 * second), Action::Command(Command::Send(_))),
        "the end is to be proved now"
    );
}

#[test]
fn the_nearest_frame_is_named_when_none_fits() {
    check_on(
        JOBS,
        "connect: { channel: bus }\nunmatched: allow",
        "- expect: note\n  data: { text: a, n: 1 }\n  within: 1s",
        r#"5 note {"text": "b", "n": 2}
        6 note {"text": "a", "n": 2}
        7 job.done"#,
        "6: deadline: no `note` within 1s; the nearest one differs; /n wanted 1 found 2",
    );
}

#[test]
fn noise_is_set_aside_but_validated() {
    check("- expect: note", "5 metrics\n6 note\n7 metrics", "passed");
    check("- expect: metrics\n- expect: note", "5 metrics\n6 note", "passed");
    check(
        "- expect: note",
        r#"5 metrics {"cpu": "hot"}
        6 note"#,
        "5: schema: `metrics` is not valid: `/cpu` breaks `type` (actual \"string\", expected [\"number\"]) of c.yaml#/components/messages/metrics/payload/properties/cpu/type; /cpu wanted `/cpu` breaks `type` (actual \"string\", expected [\"number\"]) of c.yaml#/components/messages/metrics/payload/properties/cpu/type found \"hot\"",
    );
}

#[test]
fn unknown_events_fail_unless_they_are_allowed() {
    check(
        "- expect: note",
        "5 job.paused\n6 note",
        "5: unknown-event: `job.paused` is no event that the server sends on the channel `bus`",
    );
    check_on(
        JOBS,
        "connect: { channel: bus }\nunmatched: allow",
        "- expect: note",
        "5 job.paused\n6 note",
        "passed",
    );
    check("- expect: note", "5 raw {}\n6 note", "5: unknown-event: a frame has no name at `/type`");
    check(
        "- expect: note",
        "5 ping\n6 note",
        "5: unknown-event: `ping` is no event that the server sends on the channel `bus`",
    );
}

#[test]
fn the_rules_of_the_contract_hold_all_the_time() {
    check(
        "- expect: note\n  times: 2",
        r#"5 note {"id": "1"}
        6 note {"id": "1"}"#,
        "5: unique: `/id` repeats: \"1\" came before",
    );
    check(
        "- expect: note\n  times: 2",
        r#"5 note {"at": 2}
        6 note {"at": 1}"#,
        "5: monotonic: `/at` goes back from 2 to 1",
    );
    check_on(
        JOBS,
        "connect: { channel: bus, query: { topics: 'job.*' } }",
        "- expect: note",
        "5 note",
        "5: filter: `note` comes, and the query asks for job.*",
    );
}

#[test]
fn hostile_frames_do_no_harm() {
    let deep = format!("{}{}", "[".repeat(120), "]".repeat(120));
    for payload in ["null", "[]", "1", "\"\"", r#"{"type": 1}"#, r#"{"type": "\u0000\u202e"}"#, deep.as_str()]
    {
        let frame = Observed::Frame(Frame {
            arguments: vec![serde_json::from_str(payload).expect("JSON")],
            ..Frame::default()
        });
        let text = "session: s\ncontract: c.yaml\nconnect: { channel: bus }\nsteps: [{ expect: note }]";
        let played = play(session(JOBS, text), settings(), vec![Cue::At(5, Happening::Seen(frame))]);
        assert!(!played.outcome.failures.is_empty(), "{payload}");
    }
}

#[test]
fn a_session_that_is_too_vague_is_broken_and_ends() {
    let steps = "- any-order:\n".to_owned() + &"  - { expect: note, times: 1..9 }\n".repeat(9);
    let text = format!("session: s\ncontract: c.yaml\nconnect: {{ channel: bus }}\nsteps:\n{steps}");
    let cues = (1..50).map(|n| Cue::At(n, happening("note"))).collect();
    let played = play(session(JOBS, &text), settings(), cues);
    assert_eq!(told(&played.outcome), "5: broken too-vague: the session can be read in too many ways");
}

#[test]
fn what_is_missing_is_told_from_what_is_too_much() {
    let steps = "- expect: job.progress\n- expect: note\n  data: { text: a }\n- disconnect";
    check(
        steps,
        r#"5 note {"text": "a"}"#,
        "5: missing-event: `job.progress` did not come: `note` came, which is expected after it",
    );
    // No step expects it.
    check(
        steps,
        r#"5 note {"text": "b"}"#,
        "5: unexpected-event: `note` came, and `job.progress` was expected",
    );
    // What a step of the client stands before can't be meant.
    check(
        "- expect: note\n- send: ping\n- expect: job.done",
        "5 job.done",
        "5: unexpected-event: `job.done` came, and `note` was expected",
    );
}

#[test]
fn failures_stand_in_the_order_of_their_frames() {
    // The id is found to be there before, while the first frame still waits to be judged.
    check(
        "- request: { method: GET, path: / }\n- expect: note\n  data: { text: a }",
        r#"request+1 note {"id": "1", "text": "b"}
        request+2 note {"id": "1", "text": "c"}
        request+5 response 200 {}"#,
        "6: mismatch: `note` came as expected, but its data is not what is expected; /text wanted \"a\" found \"b\"\n\
         5: unique: `/id` repeats: \"1\" came before",
    );
}
