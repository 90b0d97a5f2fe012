//! Against the builder server: Socket.IO.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use builder_server_rust::{Auth, Server, Settings};
use serde_json::json;

use super::talk::{Talk, called, connect, json_lines, root};
use crate::call::Called;

const CONTRACT: &str = "schemas/builder/asyncapi.yaml";
const SECRET: &[u8] = b"a secret of the tests, long enough for HS256";

/// Starts the Rust server, on one thread as its own `main` does.
fn serve() -> String {
    let settings = Settings { jwt_secret: SECRET.to_vec(), step: Duration::ZERO, ..Settings::default() };
    let server = Server::bind(settings).unwrap();
    let url = server.url();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(server.serve(std::future::pending())).unwrap();
    });
    url
}

fn token() -> String {
    let user = json!({ "sub": "7a20c9e4-86f5-4b1d-95e3-d3c81f0b642a", "username": "tester", "exp": 9e9 });
    Auth::new(SECRET).issue(&serde_json::from_value(user).unwrap()).unwrap()
}

fn with_token(arguments: &[&str]) -> Command {
    let mut command = connect(&[&[CONTRACT, "--token-env", "JWT"], arguments].concat());
    command.env("JWT", token());
    command
}

fn talked(arguments: &[&str]) -> Called {
    with_token(arguments).output().unwrap().into()
}

fn build(url: &str, project: &str) {
    let authority = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(authority).unwrap();
    let request = format!(
        "POST /api/projects/{project}/builds HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {}\r\n\
         Connection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
        token()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
}

/// The call that the page of the protocol asks for, over each carrier and with the namespace in the URL or not.
fn joins_a_project(url: &str) {
    let join = ["--emit", "join-project", r#"{"projectId":"p1"}"#];
    let until = ["--until", "project-joined", "--where", "/projectId=p1", "--timeout", "1m"];
    for (target, transport) in
        [(url.to_owned(), "polling"), (format!("{url}/builder"), "websocket"), (format!("{url}/"), "upgrade")]
    {
        let called = talked(&[&["--target", &target, "--transport", transport][..], &join, &until].concat());
        called.complains(0, &["/socket.io/ (builder)"]);
        assert!(called.stdout.contains(r#" → join-project {"projectId":"p1"}"#), "{called:#?}");
        assert!(called.stdout.contains(" ← ✓ authenticated {"), "{called:#?}");
        assert!(called.stdout.lines().last().unwrap().contains(" ← ✓ project-joined {"), "{called:#?}");
    }
}

#[test]
fn a_project_is_joined() {
    joins_a_project(&serve());
}

#[test]
fn a_project_of_the_node_server_is_joined() {
    if let Some((_server, url)) = node() {
        joins_a_project(&url);
    }
}

#[test]
fn a_build_is_followed() {
    let url = serve();
    let join =
        ["--emit", "join-project", r#"{"projectId":"p2"}"#, "--on", "build:*", "--on", "project-joined"];
    let until = ["--until", "build:completed", "--timeout", "1m", "--format", "json"];
    let mut talk = Talk::start(with_token(&[&["--target", &url][..], &join, &until].concat()));
    talk.json("event", "project-joined");
    build(&url, "p2");
    let called = talk.end();
    called.complains(0, &[]);
    let lines = json_lines(&called);
    let events: Vec<_> = lines.iter().filter_map(|line| line["event"].as_str()).collect();
    assert_eq!(events[..2], ["project-joined", "build:started"]);
    assert_eq!(events.last(), Some(&"build:completed"));
    assert!(events[1..].iter().all(|event| event.starts_with("build:")), "{events:?}");
}

#[test]
fn a_bad_token_is_refused() {
    let url = serve();
    let called = called(&[CONTRACT, "--target", &url, "--token-env", "TOKEN", "--until", "authenticated"]);
    called.complains(3, &["error: the server refuses the connection", ": Authentication failed\n"]);
    assert_eq!(called.stdout, "");
}

#[test]
fn what_breaks_the_contract_is_sent_by_force_alone() {
    let url = serve();
    let emit = ["--target", &url, "--emit", "join-project", r#"{"projectId":7}"#, "--timeout", "1m"];
    talked(&[&emit[..], &["--until", "error"]].concat()).complains(
        2,
        &[
            "`join-project` is not valid:\n  `/projectId` breaks `type`",
            "help: `--force` sends it all the same",
        ],
    );
    let forced = talked(&[&emit[..], &["--until", "error", "--force"]].concat());
    forced.complains(0, &[]);
    assert!(forced.stdout.contains("INVALID_PAYLOAD"), "{forced:#?}");
}

/// The Node server, which ends with what is returned. Without Node or its packages there is none: on CI that is a failure,
/// elsewhere the test says so and passes.
fn node() -> Option<(Ended, String)> {
    let folder: PathBuf = root().join("examples/builder-server");
    let mut command = Command::new("node");
    command.arg("server.js").env("JWT_SECRET", std::str::from_utf8(SECRET).unwrap());
    command
        .env("PORT", "0")
        .env("STEP_MS", "0")
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let is_installed = folder.join("node_modules/socket.io").is_dir();
    let Some(mut child) = is_installed.then(|| command.spawn().ok()).flatten() else {
        let reason = "needs Node and `npm ci` in examples/builder-server";
        assert!(std::env::var_os("CI").is_none(), "{reason}");
        eprintln!("skipped: {reason}");
        return None;
    };
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let server = Ended(child);
    let url =
        lines.map_while(Result::ok).find_map(|line| line.strip_prefix("listening on ").map(str::to_owned));
    Some((server, url.unwrap()))
}

/// A process that ends when nobody needs it any more.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
