//! Against the orbit server: WebSocket and SSE.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::JoinHandle;
use std::time::Duration;

use orbit_server::{Server, Settings};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::talk::{TOKEN, Talk, called, connect, json_lines};

const CONTRACT: &str = "schemas/orbit/asyncapi.yaml";
const NEVER: Duration = Duration::from_secs(3600);

/// A server that runs.
struct Orbit {
    url: String,
    port: u16,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Orbit {
    fn start(settings: Settings) -> Self {
        let server = Server::bind(Settings { token: TOKEN.to_owned(), ..settings }).unwrap();
        let (url, (stop, stopped)) = (server.url(), oneshot::channel());
        let port = url.rsplit(':').next().unwrap().parse().unwrap();
        let serving = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(server.serve(async { drop(stopped.await) })).unwrap();
        });
        Self { url, port, stop, serving }
    }

    /// A server without pauses and metrics.
    fn quiet() -> Self {
        Self::start(Settings { step: Duration::ZERO, metrics: NEVER, ..Settings::default() })
    }

    /// Creates a task; its id.
    fn create(&self, task: &Value) -> String {
        let body = task.to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request = format!(
            "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
        let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        body["task"]["id"].as_str().unwrap().to_owned()
    }

    /// Stops it, and starts another at the same address.
    fn restart(self) -> Self {
        self.stop.send(()).unwrap();
        self.serving.join().unwrap();
        Self::start(Settings { port: self.port, step: Duration::ZERO, metrics: NEVER, ..Settings::default() })
    }
}

#[test]
fn a_task_is_waited_for_over_either_transport() {
    let orbit = Orbit::quiet();
    let socket = format!("{}/ws", orbit.url.replace("http", "ws"));
    for (channel, url) in [("events", socket), ("stream", format!("{}/events/stream", orbit.url))] {
        let until = ["--until", "task.completed", "--where", "/payload/status=failed"];
        let arguments = [CONTRACT, "--target", &orbit.url, "--channel", channel, "--token-env", "TOKEN"];
        let more = ["--timeout", "1m", "--format", "json"];
        let mut talk = Talk::start(connect(&[&arguments[..], &until, &more].concat()));
        let open = talk.json("connection", "open");
        assert_eq!((&open["channel"], &open["url"]), (&channel.into(), &url.into()));
        let other = orbit.create(&json!({ "type": "snapshot.create" }));
        // Tasks run side by side.
        assert_eq!(talk.json("event", "task.completed")["data"]["payload"]["task_id"], other.as_str());
        let failing = orbit.create(&json!({ "type": "app.install", "outcome": "failed" }));
        let called = talk.end();
        called.complains(0, &[]);
        let lines = json_lines(&called);
        let last = lines.last().unwrap();
        assert_eq!(last["event"], "task.completed");
        assert_eq!(last["data"]["payload"]["task_id"], failing.as_str());
        let events: Vec<_> = lines[1..].iter().filter_map(|line| line["event"].as_str()).collect();
        assert!(events.contains(&"snapshot.created"), "{events:?}");
        assert!(lines[1..].iter().all(|line| line["valid"] == true && line["direction"] == "received"));
        assert!(lines.iter().all(|line| line["time"].as_str().unwrap().ends_with('Z')));
    }
}

#[test]
fn a_ping_is_named_and_answered() {
    let orbit = Orbit::quiet();
    let arguments = [CONTRACT, "--target", &orbit.url, "--token-env", "TOKEN", "--timeout", "1m"];
    for payload in [&[][..], &["{}"], &[r#"{"type":"ping"}"#]] {
        let emit = [&["--until", "pong", "--emit", "ping"], payload].concat();
        let called = called(&[&arguments[..], &emit].concat());
        called.complains(0, &["connected to ", "/ws (events)\n"]);
        let lines: Vec<_> = called.stdout.lines().collect();
        assert!(lines[0].ends_with(r#" → ping {"type":"ping"}"#), "{called:#?}");
        assert!(lines[1].contains(" ← ✓ pong {"), "{called:#?}");
        assert_eq!(lines.len(), 2);
    }
}

#[test]
fn a_stream_goes_on_when_the_server_is_back() {
    let orbit = Orbit::quiet();
    let until = ["--until", "task.completed", "--where", "/payload/status=cancelled", "--timeout", "1m"];
    let arguments = [CONTRACT, "--target", &orbit.url, "--token-env", "TOKEN", "--format", "json"];
    let mut talk = Talk::start(connect(&[&arguments[..], &until].concat()));
    talk.json("connection", "open");
    orbit.create(&json!({ "type": "snapshot.create" }));
    let seen = talk.json("event", "task.completed");
    let orbit = orbit.restart();
    assert_eq!(talk.json("connection", "closed")["by"], "server");
    assert_eq!(talk.json("connection", "reconnecting")["last_event_id"], seen["data"]["id"]);
    talk.json("connection", "open");
    let cancelled = orbit.create(&json!({ "type": "app.install", "outcome": "cancelled" }));
    let last = talk.json("event", "task.completed");
    assert_eq!(last["data"]["payload"]["task_id"], cancelled.as_str());
    talk.end().complains(0, &[]);
}

#[test]
fn the_end_of_a_server_is_the_end_where_nothing_brings_it_back() {
    for until in [&["--until", "export.ready", "--no-reconnect"][..], &[]] {
        let orbit = Orbit::quiet();
        let arguments = [CONTRACT, "--target", &orbit.url, "--token-env", "TOKEN", "--format", "json"];
        let mut talk = Talk::start(connect(&[&arguments[..], until].concat()));
        talk.json("connection", "open");
        drop(orbit.restart());
        let called = talk.end();
        match until.is_empty() {
            true => called.complains(0, &[]),
            false => called.complains(1, &["the connection ended before `export.ready` was seen"]),
        }
        assert_eq!(json_lines(&called).last().unwrap()["connection"], "closed");
    }
}

#[test]
fn what_does_not_come_in_time_is_not_seen() {
    let orbit = Orbit::quiet();
    let arguments = [CONTRACT, "--target", &orbit.url, "--token-env", "TOKEN", "--timeout", "300ms"];
    let until =
        ["--until", "task.completed", "--where", "/payload/task_id=x", "--where", "/payload/status=done"];
    called(&[&arguments[..], &until].concat()).complains(
        1,
        &["`task.completed` with /payload/task_id=x, /payload/status=done was not seen within 300ms"],
    );
    let called = called(&arguments);
    called.complains(0, &["connected to "]);
    assert_eq!(called.stdout, "");
}

#[test]
fn noise_is_printed_where_it_is_asked_for() {
    let metrics = Duration::from_millis(5);
    let orbit = Orbit::start(Settings { metrics, ..Settings::default() });
    let listen = |more: &[&str]| {
        let arguments = [CONTRACT, "--target", &orbit.url, "--token-env", "TOKEN", "--format", "json"];
        let called = called(&[&arguments[..], more].concat());
        called.complains(0, &[]);
        json_lines(&called).iter().filter(|line| line["event"] == "container.metrics").count()
    };
    assert_eq!(listen(&["--timeout", "1s"]), 0);
    assert!(listen(&["--timeout", "1s", "--noise"]) > 0);
    assert!(listen(&["--timeout", "1s", "--on", "container.*"]) > 0);
    assert_eq!(listen(&["--until", "container.metrics"]), 1);
    assert_eq!(listen(&["--timeout", "1s", "--noise", "--topics", "task.*"]), 0);
}

#[test]
fn a_token_that_is_bad_or_missing_is_refused() {
    let orbit = Orbit::quiet();
    for channel in ["events", "stream"] {
        let arguments = [CONTRACT, "--target", &orbit.url, "--channel", channel, "--until", "task.created"];
        let called = called(&[&arguments[..], &["--format", "json"]].concat());
        called.complains(3, &["error: the server refuses the connection at ", ": 401 ", "--token-env"]);
        let lines = json_lines(&called);
        assert_eq!((&lines[0]["connection"], &lines[0]["status"]), (&"refused".into(), &401.into()));
        assert!(!called.stderr.contains(TOKEN));
    }
}

#[test]
fn lines_of_the_standard_input_are_sent() {
    let orbit = Orbit::quiet();
    let arguments =
        [CONTRACT, "--target", &orbit.url.replace("http", "ws"), "--token-env", "TOKEN", "--stdin"];
    let until = ["--until", "pong", "--timeout", "1m"];
    let mut talk = Talk::start(connect(&[&arguments[..], &until].concat()));
    for line in ["", "pnig {}", "ping {", r#"ping {"type":"pong"}"#, r#"ping ["x"]"#, "  ping  {} "] {
        talk.write(line);
    }
    assert!(talk.line().ends_with("→ ping {\"type\":\"ping\"}\n"));
    let called = talk.end();
    called.complains(
        2,
        &[
            "`pnig` is no event that a client sends on the channel `events`\n  help: did you mean `ping`?",
            "the payload of `ping` is no JSON",
            "the payload of `ping` calls the event \"pong\"",
            "`ping` is not valid:\n  `the value` breaks `type`",
        ],
    );
    assert!(called.stdout.contains("← ✓ pong"));
}

#[test]
fn a_reader_who_goes_is_not_missed() {
    let metrics = Duration::from_millis(5);
    let orbit = Orbit::start(Settings { metrics, ..Settings::default() });
    for format in ["json", "text"] {
        let arguments =
            [CONTRACT, "--target", &orbit.url, "--token-env", "TOKEN", "--noise", "--format", format];
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = connect(&arguments).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.lines().all(|line| line.starts_with("connected to ")), "{errors}");
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_is_the_end() {
    let orbit = Orbit::quiet();
    for (signal, until, code) in
        [("INT", &[][..], 0), ("TERM", &[], 0), ("INT", &["--until", "export.ready"], 4)]
    {
        let arguments = [CONTRACT, "--target", &orbit.url, "--token-env", "TOKEN", "--format", "json"];
        let mut talk = Talk::start(connect(&[&arguments[..], until].concat()));
        talk.json("connection", "open");
        let id = talk.child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        let words = if code == 0 { "" } else { "interrupted before `export.ready` was seen" };
        talk.end().complains(code, &[words]);
    }
}
