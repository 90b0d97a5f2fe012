//! Sessions that judge refusals, and rooms.

use super::{CHAT, check_on};

const HEAD: &str = "connect: { channel: room, token: t }\nrefusals: judge";

/// The chat, with an event that refuses and rooms that are entered by logging in.
fn contract() -> String {
    let rooms = "[{ enter: { login: /token }, events: { said: /text } }]";
    CHAT.replace("refusal: { message: No entry }", &format!("refusal: {{ event: pair }}\n  rooms: {rooms}"))
}

#[track_caller]
fn check(steps: &str, cues: &'static str, expected: &str) {
    check_on(&contract(), HEAD, steps, cues, expected);
}

const VALID: &str = "- send: login\n  data: { token: a }\n- eventually: welcome";
const INVALID: &str =
    "- send: login\n  data: { token: 1 }\n  invalid: true\n  answered: false\n- eventually: pair";

#[test]
fn what_is_valid_is_not_refused() {
    check(VALID, "login+5 emit welcome", "passed");
    check(VALID, r#"login+5 emit pair "a", 1"#, "8: refusals: `pair` came: `login` was sent, and is valid");
    let either = VALID.replace("- eventually: welcome", "  answered: false");
    check(&either, r#"login+5 emit pair "a", 1"#, "passed");
}

#[test]
fn what_is_invalid_is_refused_and_not_answered() {
    check(INVALID, r#"login+5 emit pair "a", 1"#, "passed");
    check(
        INVALID,
        "login+5 emit welcome",
        "10: refusals: `login` breaks its schema, and was answered by `welcome`",
    );
    check(INVALID, "", "10: refusals: `login` breaks its schema, and `pair` did not come within 5s");
}

#[test]
fn bytes_may_end_a_connection() {
    let steps = "- raw: [{ text: '[', times: 3 }]\n  event: say\n- eventually: said";
    check(steps, "say+5 close 1000", "passed");
}

#[test]
fn what_happens_in_a_room_comes_to_those_in_it() {
    let steps = "- send: login\n  data: { token: a }\n- eventually: welcome\n- eventually: said";
    let said = |room: &str| format!("{steps}\n  data: {{ text: {room} }}");
    check(&said("a"), "login+5 emit welcome\nlogin+6 emit said {\"text\": \"a\"}", "passed");
    check(
        &said("b"),
        "login+5 emit welcome\nlogin+6 emit said {\"text\": \"b\"}",
        "9: room: `said` is of the room \"b\", which this client is not in",
    );
}
