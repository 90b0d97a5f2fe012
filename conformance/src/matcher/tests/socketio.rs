use super::*;

const ROOM: &str = "connect: { channel: room, token: t }";

#[test]
fn what_is_sent_is_acknowledged() {
    let steps = "- send: say\n  data: { text: hi }\n  acknowledged: [{ ok: true }]\n- expect: said";
    check_on(
        CHAT,
        ROOM,
        steps,
        r#"say+1 emit said {"text": "hi"}
        say+5 ack {"ok": true}"#,
        "passed",
    );
    check_on(
        CHAT,
        ROOM,
        steps,
        r#"say+5 ack {"ok": false}"#,
        "5: acknowledgement: the acknowledgement of `say` is not what is expected; /0/ok wanted true found false",
    );
    check_on(
        CHAT,
        ROOM,
        "- send: say\n  data: { text: hi }\n  acknowledged: ['{{any}}']",
        "say+5 ack {}",
        "5: acknowledgement: the acknowledgement of `say` is not valid: `the value` breaks `required` (property \"ok\") of c.yaml#/components/messages/ok/payload/required;  wanted `the value` breaks `required` (property \"ok\") of c.yaml#/components/messages/ok/payload/required found {}",
    );
    check_on(CHAT, ROOM, steps, "", "5: deadline: `send say` was not answered within 5s");
    check_on(
        CHAT,
        ROOM,
        "- expect: said",
        r#"5 ack {"ok": true}
        6 emit said {"text": "x"}"#,
        "5: acknowledgement: an acknowledgement with the id 1 came, and nothing asked for it",
    );
}

#[test]
fn what_is_expected_is_acknowledged() {
    let steps = "- expect: said\n  data: { text: '{{string as text}}' }\n  acknowledge: ['got {{text}}', 1]";
    let played = check_on(CHAT, ROOM, steps, r#"5 asks said {"text": "x"}"#, "passed");
    assert!(played.done.contains(&r#"acknowledge 9 ["got x",1]"#.to_owned()), "{:?}", played.done);
    check_on(
        CHAT,
        ROOM,
        steps,
        r#"5 emit said {"text": "x"}"#,
        "acknowledgement: `said` asks for no acknowledgement, and the session has one for it",
    );
}

#[test]
fn arguments_are_none_one_or_several() {
    check_on(
        CHAT,
        ROOM,
        "- expect: ping\n- expect: pair\n  data: [a, 1]",
        "5 emit ping\n6 emit pair \"a\", 1",
        "passed",
    );
    let played = check_on(CHAT, ROOM, "- send: say\n  data: { text: '{{now}}' }", "", "passed");
    assert!(
        played.done.contains(&r#"send say [{"text":"1970-01-01T00:00:00.000Z"}]"#.to_owned()),
        "{:?}",
        played.done
    );
}

#[test]
fn a_server_s_ping_is_answered_and_its_silence_noticed() {
    let played = check_on(
        CHAT,
        ROOM,
        "- expect: said\n  within: 30s",
        r#"3000 emit ping
        6000 emit ping
        13000 emit said {"text": "x"}"#,
        "passed",
    );
    assert_eq!(played.done.iter().filter(|done| *done == "send pong []").count(), 2);
    check_on(
        CHAT,
        ROOM,
        "- expect: said\n  within: 30s",
        r#"3000 emit ping
        12000 emit said {"text": "x"}"#,
        "5: heartbeat: the server was silent for more than 8.0s",
    );
}

#[test]
fn a_server_that_pings_too_rarely_is_noticed() {
    let often = CHAT.replace("every: 6s", "every: 3s");
    check_on(
        &often,
        ROOM,
        "- expect: said\n  times: 3\n  within: 30s",
        r#"3000 emit ping
        5000 emit said {"text": "x"}
        7000 emit said {"text": "x"}
        7500 emit ping
        9000 emit said {"text": "x"}"#,
        "passed",
    );
    check_on(
        &often,
        ROOM,
        "- expect: said\n  times: 3\n  within: 30s",
        r#"3000 emit ping
        5000 emit said {"text": "x"}
        7000 emit said {"text": "x"}
        7600 emit ping
        9000 emit said {"text": "x"}"#,
        "5: heartbeat: no `ping` within 4.5s",
    );
}

#[test]
fn before_it_knows_the_client_a_server_says_little() {
    check_on(
        CHAT,
        "connect: { channel: room }",
        "- expect: said",
        r#"4 emit ping
        5 emit said {"text": "x"}"#,
        "5: before-auth: `said` comes before the server knows the client",
    );
}
