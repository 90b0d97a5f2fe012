use std::path::{Path, PathBuf};

use handfast_codegen::source::Memory;

use super::*;
use crate::session::{self, Session};

const FILE: &str = r#"
contracts = ["asyncapi.yaml"]

[[targets]]
name = "plain"
url = "$PLAIN"

[[targets]]
name = "tls"
url = "https://localhost:7444"
ca = "ca.pem"
transports = ["sse", "socketio-polling"]
lacks = { tls = "T-2" }

[lacks]
resume = "T-1: streams begin anew"
"#;

fn environment(name: &str) -> Option<String> {
    (name == "PLAIN").then(|| "ws://127.0.0.1:7443".to_owned())
}

fn capabilities(text: &str) -> Result<Capabilities, Diagnostics> {
    read(Path::new("of/capabilities.toml"), text, &environment)
}

#[track_caller]
fn complains(from: &str, to: &str, words: &[&str]) {
    assert!(FILE.contains(from), "{from}");
    let problems = capabilities(&FILE.replace(from, to)).unwrap_err().to_string();
    for word in words {
        assert!(problems.contains(word), "{word}: {problems}");
    }
}

#[test]
fn a_file_is_read_with_its_paths_and_variables() {
    let read = capabilities(FILE).unwrap();
    assert_eq!(read.contracts, [PathBuf::from("of/asyncapi.yaml")]);
    assert_eq!(read.targets[0].url, "ws://127.0.0.1:7443");
    assert_eq!(read.targets[0].transports, Carrier::ALL);
    assert_eq!(read.targets[1].ca, Some(PathBuf::from("of/ca.pem")));
}

#[test]
fn a_file_says_what_is_wrong_with_it() {
    complains(
        "resume =",
        "resum =",
        &["capabilities.toml:15", "`resum` is no feature", "did you mean `resume`?"],
    );
    complains("\"T-2\"", "\" \"", &["`tls` is lacking for no reason"]);
    complains("$PLAIN", "$NOWHERE", &["`NOWHERE` is not set", "/targets/0/url"]);
    complains("https://", "ftp://", &["`ftp` is no scheme"]);
    complains("name = \"tls\"", "name = \"plain\"", &["more than one target `plain`"]);
    complains("ca =", "cert =", &["`tls` has one of `cert` and `key`"]);
    complains("transports", "transport", &["`transport` is no key", "did you mean `transports`?"]);
    complains("\"sse\", ", "\"sms\", ", &["capabilities.toml"]);
}

const SESSION: &str = "
session: one
contract: asyncapi.yaml
connect: { channel: CHANNEL }
needs: [paging]
steps:
  - expect: tick
  - STEP
";

fn session(channel: &str, step: &str) -> Session {
    let contract = r##"
asyncapi: 3.0.0
info: { title: Ticks, version: 1.2.0 }
servers: { main: { host: h, protocol: ws }, stream: { host: h, protocol: sse }, io: { host: h, protocol: socketio } }
channels:
  CHANNELS
operations:
  socket: { action: send, channel: { $ref: "#/channels/socket" }, messages: [{ $ref: "#/channels/socket/messages/tick" }] }
  stream: { action: send, channel: { $ref: "#/channels/stream" }, messages: [{ $ref: "#/channels/stream/messages/tick" }] }
  io: { action: send, channel: { $ref: "#/channels/io" }, messages: [{ $ref: "#/channels/io/messages/tick" }] }
components: { messages: { tick: { payload: { type: object, required: [type], properties: { type: { const: tick } } } } } }
x-handfast: { event-name: $message.payload#/type }
"##;
    let on = |key: &str, server: &str| {
        let message = r##"{ tick: { $ref: "#/components/messages/tick" } }"##;
        format!(
            r##"{key}: {{ address: /{key}, servers: [{{ $ref: "#/servers/{server}" }}], messages: {message} }}"##
        )
    };
    let channels = [on("socket", "main"), on("stream", "stream"), on("io", "io")].join("\n  ");
    let source = Memory::default()
        .with("asyncapi.yaml", contract.replace("CHANNELS", &channels))
        .with("s.yaml", SESSION.replace("CHANNEL", channel).replace("STEP", step));
    session::load(&source, &environment, Path::new("s.yaml")).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The ways of a session, as text.
fn told(file: &str, channel: &str, step: &str) -> Vec<String> {
    let ways = capabilities(file).unwrap().ways(&session(channel, step));
    ways.into_iter()
        .map(|way| match (way.name, way.lacking) {
            (name, None) => name.unwrap_or_default(),
            (name, Some(reason)) => format!("{}: {reason}", name.unwrap_or_default()),
        })
        .collect()
}

#[test]
fn a_session_is_played_in_every_way_that_is_claimed() {
    assert_eq!(told(FILE, "socket", "disconnect"), ["plain"]);
    assert_eq!(told(FILE, "stream", "disconnect"), ["plain", "tls: no tls: T-2"]);
    assert_eq!(
        told(FILE, "io", "disconnect"),
        [
            "plain, socketio-polling",
            "plain, socketio-websocket",
            "plain, socketio-upgrade",
            "tls, socketio-polling: no tls: T-2"
        ]
    );
}

#[test]
fn what_a_session_needs_and_the_server_lacks_is_told_with_its_reason() {
    let resuming = told(FILE, "stream", "disconnect\n  - resume\n  - expect: tick");
    assert_eq!(resuming[0], "plain: no resume: T-1: streams begin anew");
    let lacking = |feature: &str| told(&FILE.replace("resume =", feature), "socket", "disconnect");
    for feature in ["paging", "websocket", "\"event:tick\"", "\"channel:socket\""] {
        let told = lacking(&format!("{feature} ="));
        assert_eq!(told, [format!("plain: no {}: T-1: streams begin anew", feature.trim_matches('"'))]);
    }
    assert_eq!(lacking("\"event:tock\" ="), ["plain"]);
    assert_eq!(lacking("sse ="), ["plain"]);
}

#[test]
fn a_session_without_a_way_is_told_why() {
    let none = capabilities(&FILE.replace("url = \"$PLAIN\"", "url = \"$PLAIN\"\ntransports = []")).unwrap();
    assert_eq!(none.no_way(&session("socket", "disconnect")), "no target has websocket");
    let old = FILE.replace("name = ", "revisions = [\"1.1.0\"]\nname = ");
    let old = capabilities(&old).unwrap();
    assert!(old.ways(&session("socket", "disconnect")).is_empty());
    assert_eq!(old.no_way(&session("socket", "disconnect")), "no target speaks revision 1.2.0 of Ticks");
}
