use super::*;

#[test]
fn what_never_comes_is_proved_by_a_ping() {
    let steps = "- expect: note\n- never: job.done\n- send: order\n  data: { type: order, item: x }\n- expect: job.done";
    check(steps, "5 note\norder+1 job.done", "passed");
    check(steps, "5 note\nping+1 job.done\nping+2 pong", "6: never: `job.done` came, and was never to come");
}

#[test]
fn what_comes_meanwhile_is_judged_by_the_next_steps() {
    check(
        "- expect: note\n- never: job.done\n- expect: job.progress",
        "5 note\nping+1 job.progress\nping+2 pong",
        "passed",
    );
    let steps = "- expect: job.progress\n  times: 1..3\n- never: job.progress";
    check(steps, "5 job.progress\n5 job.progress\n5 job.progress", "passed");
    let steps =
        "- expect: note\n- never: job.done\n  data: { job: a }\n- expect: job.done\n  data: { job: b }";
    check_on(
        JOBS,
        "connect: { channel: bus }\njoins-late: true",
        steps,
        r#"5 note
        ping+1 job.done {"job": "b"}
        ping+2 pong"#,
        "passed",
    );
}

#[test]
fn an_extra_last_event_is_found() {
    check(
        "- expect: note",
        "5 note\n5 note",
        "unexpected-event: `note` came again, and nothing more was expected",
    );
    check(
        "- expect: note",
        "5 note\nping+1 note\nping+2 pong",
        "unexpected-event: `note` came again, and nothing more was expected",
    );
    check(
        "- expect: note\n- close",
        "5 note\nping+1 note\nping+2 pong",
        "6: unexpected-event: `note` came again, and the end of the connection was expected",
    );
    check_on(
        JOBS,
        "connect: { channel: feed }",
        "- expect: note",
        "5 note\n300 note",
        "unexpected-event: `note` came again, and nothing more was expected",
    );
    check_on(JOBS, "connect: { channel: feed }", "- expect: note", "5 note\n400 note", "passed");
}

#[test]
fn a_ping_of_the_session_is_not_that_of_a_proof() {
    check("- send: ping\n- expect: pong\n  within: 1s", "ping+5 pong", "passed");
    check(
        "- send: ping\n- expect: pong",
        "ping+5 pong\nping+5 pong",
        "heartbeat: `pong` answers no `ping`\nunexpected-event: `pong` came again, and nothing more was expected",
    );
    check(
        "- send: ping\n- expect: pong",
        "ping+2500 pong",
        "6: heartbeat: no `pong` within 2.0s\n6: heartbeat: `pong` answers no `ping`",
    );
}

#[test]
fn a_quiet_window_takes_the_place_of_a_barrier() {
    let head = "connect: { channel: feed }";
    check_on(JOBS, head, "- never: note\n  for: 50ms\n- expect: note", "60 note", "passed");
    check_on(
        JOBS,
        head,
        "- never: note\n  for: 50ms\n- expect: note",
        "40 note",
        "5: never: `note` came, and was never to come",
    );
    check_on(
        CHAT,
        "connect: { channel: room, token: t }",
        "- never: said",
        "barrier+1 unsupported",
        "passed",
    );
}
