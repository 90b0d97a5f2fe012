//! What goes along with the handshake, and where secrets do not go.

use super::scripted::{Scripted, close, hear, raw, say};
use super::talk::Talk;
use crate::call::{Called, Workspace};

const SECRET: &str = "correct-horse";

/// A contract over SSE with these rules.
fn workspace(protocol: &str, rules: &str) -> Workspace {
    let workspace = Workspace::new();
    let contract = workspace.read("contract.yaml").replace("protocol: ws", &format!("protocol: {protocol}"));
    workspace.write("contract.yaml", &format!("{contract}  {rules}\n"));
    workspace
}

fn called(workspace: &Workspace, more: &[&str]) -> Called {
    let call = [&["connect", "contract.yaml", "--noise", "--token-env", "SECRET"], more].concat();
    let called: Called = workspace.command(&call).env("SECRET", SECRET).output().unwrap().into();
    assert!(!called.stdout.contains(SECRET) && !called.stderr.contains(SECRET), "{called:#?}");
    called
}

/// The head of the request that this call makes.
fn head(rules: &str, more: &[&str]) -> String {
    let empty = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    let (url, heads) = raw(vec![empty.to_owned()]);
    called(&workspace("sse", rules), &[&["--target", &url], more].concat()).complains(0, &["connected to "]);
    heads.recv().unwrap()
}

#[test]
fn the_token_travels_as_the_contract_says() {
    let header = head("auth: [{ in: header, name: Authorization, scheme: Bearer }]", &[]).to_lowercase();
    assert!(header.contains("\r\nauthorization: bearer correct-horse\r\n"), "{header}");
    let query = head("auth: [{ in: query, name: key }]", &[]);
    assert!(query.starts_with("GET /ws?key=correct-horse HTTP/1.1\r\n"), "{query}");
}

#[test]
fn the_call_adds_to_the_handshake() {
    let rules = "auth: [{ in: header, name: X-Token }]\n  filter: { query: only, separator: \",\", wildcard: \"*\", matches: event-name }";
    let more = ["--query", "a=b c", "--query", "s=$SECRET", "--topics", "po*", "--header", "X-More: $SECRET"];
    let head = head(rules, &[&more[..], &["--last-event-id", "e7"]].concat());
    assert!(head.starts_with("GET /ws?a=b+c&s=correct-horse&only=po* HTTP/1.1\r\n"), "{head}");
    let head = head.to_lowercase();
    for line in ["x-token: correct-horse", "x-more: correct-horse", "last-event-id: e7"] {
        assert!(head.contains(&format!("\r\n{line}\r\n")), "{line}: {head}");
    }
}

#[test]
fn the_query_of_the_url_is_kept() {
    let empty = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    let (url, heads) = raw(vec![empty.to_owned()]);
    let rules = "auth: [{ in: header, name: X-Token }]";
    called(&workspace("sse", rules), &["--target", &format!("{url}/ws?a=b")]).complains(0, &[]);
    assert!(heads.recv().unwrap().starts_with("GET /ws?a=b HTTP/1.1\r\n"));
}

#[test]
fn an_event_that_carries_the_token_comes_first_and_is_not_told() {
    let server = Scripted::start(|_, mut socket| async move {
        let first = hear(&mut socket).await;
        assert_eq!(first.as_deref(), Some(r#"{"token":"correct-horse","type":"ping"}"#));
        let second = hear(&mut socket).await;
        assert_eq!(second.as_deref(), Some(r#"{"type":"ping"}"#));
        say(&mut socket, &[r#"{"type":"pong","n":1}"#]).await;
        close(socket, 1000).await;
    });
    let workspace = workspace("ws", "auth: [{ in: event, event: ping, pointer: /token }]");
    let called = called(&workspace, &["--target", &server.url, "--emit", "ping"]);
    called.complains(0, &[]);
    assert_eq!(called.stdout.lines().count(), 2, "{called:#?}");
}

#[test]
fn a_pipe_is_read_where_nothing_else_is_said_and_its_end_is_not_the_end() {
    let server = Scripted::start(|_, mut socket| async move {
        assert_eq!(hear(&mut socket).await.as_deref(), Some(r#"{"type":"ping"}"#));
        say(&mut socket, &[r#"{"type":"pong","n":1}"#]).await;
        // It goes on when the client has nothing more to say.
        assert_eq!(hear(&mut socket).await.as_deref(), Some(r#"{"last":true,"type":"ping"}"#));
        say(&mut socket, &[r#"{"type":"pong","n":2}"#]).await;
        close(socket, 1000).await;
    });
    let workspace = Workspace::new();
    let call = ["connect", "contract.yaml", "--target", &server.url, "--format", "json"];
    let mut talk = Talk::start(workspace.command(&call));
    talk.write("ping");
    assert_eq!(talk.json("event", "pong")["data"]["n"], 1);
    talk.write(r#"ping {"last":true}"#);
    let called = talk.end();
    called.complains(0, &[]);
    assert!(called.stdout.contains(r#""n":2"#), "{called:#?}");
}

#[test]
fn a_payload_may_come_from_the_standard_input() {
    let server = Scripted::start(|_, mut socket| async move {
        assert_eq!(hear(&mut socket).await.as_deref(), Some(r#"{"long":"x","type":"ping"}"#));
        close(socket, 1000).await;
    });
    let workspace = Workspace::new();
    let mut talk = Talk::start(workspace.command(&[
        "connect",
        "contract.yaml",
        "--target",
        &server.url,
        "--emit",
        "ping",
        "-",
    ]));
    talk.write("{\"long\":\n\"x\"}");
    talk.end().complains(0, &["connected to "]);
}

#[test]
fn everything_is_sent_though_what_is_waited_for_comes_first() {
    let (heard, hears) = std::sync::mpsc::channel();
    let server = Scripted::start(move |_, mut socket| {
        let heard = heard.clone();
        async move {
            say(&mut socket, &[r#"{"type":"pong","n":1}"#]).await;
            while let Some(message) = hear(&mut socket).await {
                heard.send(message).unwrap();
            }
            heard.send("the end".to_owned()).unwrap();
        }
    });
    let call = ["connect", "contract.yaml", "--target", &server.url, "--until", "pong"];
    let emits = ["--emit", "ping", r#"{"n":1}"#].repeat(20);
    Workspace::new().call(&[&call[..], &emits].concat()).complains(0, &[]);
    assert_eq!(hears.iter().take_while(|message| message != "the end").count(), 20);
}
