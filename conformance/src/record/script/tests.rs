use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use handfast_codegen::model::Auth;
use handfast_codegen::source::Disk;
use serde_json::{Value, json};

use super::*;
use crate::record::trace::{Body, Carrier, Content, Entry, Exchange, Frame, Trace, What};
use crate::transport::{Kind, Peer};

const A: &str = "5f0c2b7e-3a19-4c8d-8e21-6b1d4f9a7c30";
const B: &str = "9d3e1f52-7b64-4a0f-b8c5-2e6a90d1f743";
const TIME: &str = "2025-11-13T09:21:05Z";

fn protocol(name: &str) -> Protocol {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../schemas/{name}/asyncapi.yaml"));
    Protocol::compile(&Disk::default(), &path).expect("a contract")
}

/// A trace that is written line by line; each happens 10 ms after the one before.
struct Tape(Trace);

impl Tape {
    fn new(kind: Kind, path: &str) -> Self {
        let status = Some(if kind == Kind::WebSocket { 101 } else { 200 });
        let opening =
            Exchange { method: "GET".to_owned(), path: path.to_owned(), status, ..Exchange::default() };
        Self(Trace { end: Some(Peer::Client), ..Trace::new(kind, opening, Duration::from_secs(1)) })
    }

    fn happens(mut self, what: What) -> Self {
        let at = self.0.entries.last().map_or(self.0.opened_at, |entry| entry.at) + Duration::from_millis(10);
        self.0.entries.push(Entry { at, what });
        self
    }

    fn frame(self, from: Peer, content: Content) -> Self {
        self.happens(What::Frame(Frame { from, carrier: Carrier::Websocket, content, n_before: 0 }))
    }

    #[expect(clippy::needless_pass_by_value, reason = "JSON and texts are written where they are sent")]
    fn sent(self, text: impl ToString) -> Self {
        self.frame(Peer::Client, Content::Text { text: text.to_string() })
    }

    #[expect(clippy::needless_pass_by_value, reason = "JSON and texts are written where they come")]
    fn came(self, text: impl ToString) -> Self {
        self.frame(Peer::Server, Content::Text { text: text.to_string() })
    }

    fn asked(self, method: &str, path: &str, body: &Value, status: u16, answer: &Value) -> Self {
        let json = |value: &Value| if value.is_null() { Body::None } else { Body::Text(value.to_string()) };
        self.happens(What::Exchange(Box::new(Exchange {
            method: method.to_owned(),
            path: path.to_owned(),
            body: json(body),
            status: Some(status),
            response_headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            response_body: json(answer),
            ..Exchange::default()
        })))
    }

    fn closed(self, from: Peer, code: u16) -> Self {
        self.frame(from, Content::Close { code: Some(code), reason: String::new() })
    }

    fn written(&self, contract: &str) -> String {
        self.compared(contract, None)
    }

    /// The steps of the session, and whatever stands between `connect` and them.
    fn compared(&self, contract: &str, other: Option<&Self>) -> String {
        let protocol = protocol(contract);
        let read = |tape: &Self| conversations(&protocol, &tape.0, &mut Vec::new()).remove(0);
        let heading = Heading { name: "test".to_owned(), contract: "c.yaml".to_owned() };
        let other = other.map(read);
        let text = script(&protocol, &read(self), other.as_ref(), &heading).text;
        text.split_once("c.yaml\n").map(|(_, rest)| rest.to_owned()).expect("a contract")
    }
}

/// An event with an id of its own.
fn event(name: &str, payload: &Value) -> Value {
    static N_EVENTS: AtomicU32 = AtomicU32::new(0);
    let id = format!("0197a3c4-5d1e-7b42-9f60-{:012}", N_EVENTS.fetch_add(1, Ordering::Relaxed));
    json!({ "id": id, "type": name, "timestamp": TIME, "payload": payload })
}

fn updated(task: &str, progress: u64) -> Value {
    event(
        "task.updated",
        &json!({ "task_id": task, "status": "running", "progress": progress, "message": "On it" }),
    )
}

fn created(task: &str) -> Value {
    event(
        "task.created",
        &json!({ "task": { "id": task, "type": "app.install", "status": "queued", "progress": 0 } }),
    )
}

fn completed(task: &str) -> Value {
    event("task.completed", &json!({ "task_id": task, "status": "succeeded" }))
}

/// The others stay in the session's headers.
#[test]
fn a_token_is_taken_out_of_its_cookie() {
    let mut protocol = protocol("orbit");
    protocol.contract.rules.auth = vec![Auth::Cookie { name: "sid".to_owned() }];
    let mut tape = Tape::new(Kind::WebSocket, "/ws");
    tape.0.opening.headers = vec![("cookie".to_owned(), "theme=dark; sid={{$ORBIT_TOKEN}}".to_owned())];
    let connect = connect::connect(&protocol, 0, &tape.0);
    assert_eq!(connect.token.as_deref(), Some("{{$ORBIT_TOKEN}}"));
    assert_eq!(connect.headers, [("cookie".to_owned(), "theme=dark".to_owned())]);
    tape.0.opening.headers = vec![("cookie".to_owned(), "sid={{$ORBIT_TOKEN}}".to_owned())];
    assert_eq!(connect::connect(&protocol, 0, &tape.0).headers, []);
}

#[test]
fn what_is_said_again_is_captured_where_it_is_said_first() {
    let task = json!({ "task": { "id": A, "status": "queued" } });
    let tape = Tape::new(Kind::WebSocket, "/ws?topics=task.*")
        .asked("POST", "/api/tasks", &json!({ "type": "app.install" }), 202, &task)
        .came(created(A))
        .asked("GET", &format!("/api/tasks/{A}?verbose=1"), &Value::Null, 200, &task)
        .came(completed(A))
        .closed(Peer::Client, 1000);
    insta::assert_snapshot!(tape.written("orbit"), @r#"
    connect: { channel: events, query: { topics: "task.*" } }
    steps:
      - request: { method: POST, path: /api/tasks, body: { type: app.install } }
        response: { status: 202, body: { task: { id: "{{uuid as task}}", status: queued } } }
      - expect: task.created
        data:
          id: "{{uuid}}"
          payload: { task: { id: "{{task}}", progress: 0, status: queued, type: app.install } }
          timestamp: "{{date-time}}"
      - request: { method: GET, path: "/api/tasks/{{task}}?verbose=1" }
        response: { status: 200 }
      - expect: task.completed
        data: { id: "{{uuid}}", payload: { status: succeeded, task_id: "{{task}}" }, timestamp: "{{date-time}}" }
      - close: { code: 1000, by: client }
    "#);
}

#[test]
fn what_comes_again_and_again_is_one_step() {
    let tape = [0, 33, 66]
        .into_iter()
        .fold(Tape::new(Kind::WebSocket, "/ws").came(created(A)), |tape, n| tape.came(updated(A, n)));
    let written = tape.came(completed(A)).closed(Peer::Client, 1001).written("orbit");
    assert!(written.contains("  - expect: task.updated\n    times: 3\n"), "{written}");
    assert!(written.contains("task_id: \"{{task}}\""), "{written}");
    assert!(
        !written.contains("progress: 33")
            && written.ends_with("  - close: { code: [1001, 1000], by: client }\n"),
        "{written}"
    );
}

#[test]
fn two_that_are_under_way_at_once_have_no_order() {
    let mixed = Tape::new(Kind::WebSocket, "/ws")
        .came(created(A))
        .came(created(B))
        .came(updated(A, 50))
        .came(updated(B, 50))
        .came(completed(B))
        .came(completed(A));
    let written = mixed.written("orbit");
    assert!(
        written.starts_with(
            "connect: { channel: events }\nsteps:\n  - any-order:\n      - expect: task.created\n"
        ),
        "{written}"
    );
    assert_eq!(written.matches("      - expect: ").count(), 6, "{written}");
    assert!(written.ends_with("  - disconnect\n"), "{written}");
}

#[test]
fn a_client_that_leaves_early_disconnects() {
    let leaving = Tape::new(Kind::WebSocket, "/ws").came(created(A)).closed(Peer::Client, 1000);
    assert!(leaving.written("orbit").ends_with("  - disconnect\n"));
    let late =
        Tape::new(Kind::WebSocket, "/ws").came(completed(A)).closed(Peer::Server, 1001).written("orbit");
    assert!(
        late.contains("joins-late: true\n") && late.ends_with("  - close: { code: 1001, by: server }\n"),
        "{late}"
    );
}

#[test]
fn a_request_before_the_connection_says_that_more_may_come() {
    let mut tape = Tape::new(Kind::WebSocket, "/ws");
    tape.0.opened_at = Duration::from_secs(2);
    let asked = tape.asked("POST", "/api/tasks", &json!({ "type": "app.install" }), 202, &Value::Null);
    let mut early = asked;
    early.0.entries[0].at = Duration::from_secs(1);
    let written = early.came(created(A)).written("orbit");
    assert!(written.contains("unmatched: allow\nsteps:\n  - request:"), "{written}");
}

#[test]
fn what_differs_between_two_recordings_is_matched_and_what_does_not_stays() {
    let tape = |n: u64, code: i64, times: usize| {
        let start = Tape::new(Kind::WebSocket, "/ws")
            .sent(json!({ "type": "ping", "id": A }))
            .came(event("pong", &json!({})));
        let updates = (0..times).fold(start.came(created(B)), |tape, _| tape.came(updated(B, n)));
        let result = json!({ "task_id": B, "status": "succeeded", "result": { "exit_code": code } });
        updates.came(event("task.completed", &result))
    };
    let written = tape(10, 0, 2).compared("orbit", Some(&tape(20, 0, 3)));
    assert!(written.contains("times: 1.."), "{written}");
    assert!(
        written.contains(&format!("id: {A}")) || written.contains(&format!("id: \"{A}\"")),
        "the client says the same: {written}"
    );
    let alone = tape(10, 0, 2).written("orbit");
    assert!(alone.contains("times: 2") && !alone.contains("times: 1.."), "{alone}");
    assert!(!alone.contains(A), "alone, an id of the client's is fresh: {alone}");
}

#[test]
fn socket_io_is_one_connection_however_it_travels() {
    let tape = Tape::new(Kind::SocketIo, "/socket.io/?EIO=4&transport=polling&t=1")
        .came(r#"0{"sid":"s","upgrades":["websocket"],"pingInterval":1,"pingTimeout":1}"#)
        .sent(r#"40/builder,{"token":"{{$BUILDER_TOKEN}}"}"#)
        .came(r#"40/builder,{"sid":"t"}"#)
        .came(format!(r#"42/builder,["authenticated",{{"userId":"{B}","username":"me"}}]"#))
        .sent("2probe")
        .came("3probe")
        .sent("5")
        .sent(format!(r#"42/builder,7["join-project",{{"projectId":"{A}"}}]"#))
        .came(format!(r#"43/builder,7["{A}",true]"#))
        .came(r#"42/builder,["ping",1]"#)
        .sent(r#"42/builder,["pong",null]"#)
        .came(format!(r#"42/builder,["project-joined",{{"projectId":"{A}","members":1}}]"#))
        .sent("41/builder,");
    insta::assert_snapshot!(tape.written("builder"), @r#"
    connect: { channel: builder, token: $BUILDER_TOKEN }
    steps:
      - expect: authenticated
        data: { userId: "{{uuid}}", username: me }
      - send: join-project
        data: { projectId: "{{uuid as project}}" }
        acknowledged: ["{{project}}", true]
      - expect: project-joined
        data: { members: 1, projectId: "{{project}}" }
      - close: { by: client }
    "#);
}

#[test]
fn a_refusal_is_a_session_too() {
    let mut tape = Tape::new(Kind::WebSocket, "/ws");
    tape.0.opening.status = Some(401);
    tape.0.opening.headers.push(("authorization".to_owned(), "Bearer {{$ORBIT_TOKEN}}".to_owned()));
    assert_eq!(
        tape.written("orbit"),
        "connect: { channel: events, token: not-a-token }\nsteps:\n  - refused: { status: 401 }\n"
    );
    let refused = Tape::new(Kind::SocketIo, "/socket.io/?EIO=4")
        .sent("40/builder,")
        .came(r#"44/builder,{"message":"Authentication failed"}"#);
    assert_eq!(
        refused.written("builder"),
        "connect: { channel: builder }\nsteps:\n  - refused: { message: Authentication failed }\n"
    );
}

#[test]
fn what_only_looks_like_a_matcher_is_compared_to_the_letter() {
    let payload = json!({ "task_id": A, "status": "succeeded" });
    let sent = Tape::new(Kind::WebSocket, "/ws")
        .asked(
            "POST",
            "/api/tasks",
            &json!({ "type": "t" }),
            400,
            &json!({ "error": "{{no}}", "why": "because of this" }),
        )
        .came(event("task.completed", &payload));
    let written = sent.written("orbit");
    assert!(written.contains(r#"error: "{{regex ^\\{\\{no\\}\\}$}}""#), "{written}");
    assert!(written.contains(r#"why: "{{string}}""#), "{written}");
}

#[test]
fn a_slow_answer_is_given_time() {
    let mut tape = Tape::new(Kind::WebSocket, "/ws").came(created(A)).came(completed(A));
    tape.0.entries[1].at += Duration::from_secs(7);
    assert!(tape.written("orbit").contains("  - expect: task.completed\n    within: 15s\n"));
}

#[test]
fn strangers_are_left_out_and_told() {
    let mut notes = Vec::new();
    let elsewhere = Tape::new(Kind::WebSocket, "/vite").came("{}");
    assert!(conversations(&protocol("orbit"), &elsewhere.0, &mut notes).is_empty());
    assert_eq!(notes, ["the WebSocket at /vite is on no channel of the contract, and was left out"]);
    let tape = Tape::new(Kind::WebSocket, "/ws")
        .came(event("task.exploded", &json!({})))
        .came("no JSON")
        .frame(Peer::Server, Content::Binary { base64: "AA==".to_owned() });
    let mut found = conversations(&protocol("orbit"), &tape.0, &mut Vec::new());
    let notes = found.remove(0).notes;
    assert_eq!(notes.len(), 3, "{notes:?}");
}

fn stream(opening: Option<&str>, events: &[(&str, Value)]) -> Tape {
    let mut tape = Tape::new(Kind::Sse, "/events/stream");
    tape.0.opening.headers.extend(opening.map(|id| ("last-event-id".to_owned(), id.to_owned())));
    let event = |(id, event): &(&str, Value)| {
        let mut event = event.clone();
        event["id"] = json!(id);
        let name = event["type"].as_str().expect("a name").to_owned();
        Content::Event { name, data: event.to_string(), id: Some((*id).to_owned()) }
    };
    events.iter().fold(tape, |tape, one| tape.frame(Peer::Server, event(one)))
}

#[test]
fn a_client_that_comes_back_goes_on_with_its_session() {
    let protocol = protocol("orbit");
    let metrics = event("container.metrics", &json!({}));
    let first = stream(None, &[("1", created(A)), ("2", updated(A, 50)), ("3", metrics)]);
    let read = |tape: &Tape| conversations(&protocol, &tape.0, &mut Vec::new()).remove(0);
    let resumed = |id: &str| {
        let mut whole = read(&first);
        whole.resume(read(&stream(Some(id), &[("4", completed(A))]))).map(|()| {
            let heading = Heading { name: "test".to_owned(), contract: "c.yaml".to_owned() };
            script(&protocol, &whole, None, &heading).text
        })
    };
    // After noise, which no session names, a client has seen all.
    let all = resumed("3").expect("the last of all");
    assert!(all.contains("  - disconnect\n  - resume\n  - expect: task.completed\n"), "{all}");
    let some = resumed("1").expect("an event that has a name");
    assert!(some.contains("  - disconnect\n  - resume: { after: task.created }\n"), "{some}");
    assert!(resumed("9").is_err(), "nobody has seen that event");
}
