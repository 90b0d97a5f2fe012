use std::path::Path;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use handfast_codegen::source::Disk;
use serde_json::json;

use super::words::{is_secret, variable};
use super::*;
use crate::record::raw;
use crate::record::trace::{Body, Carrier, Content, Entry, Exchange, Frame, What};
use crate::session::Protocol;
use crate::transport::{Kind, Peer};

const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLW9mLWl0";

fn protocol(name: &str) -> Protocol {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../schemas/{name}/asyncapi.yaml"));
    Protocol::compile(&Disk::default(), &path).expect("a contract")
}

fn frame(from: Peer, text: impl Into<String>) -> Entry {
    let content = Content::Text { text: text.into() };
    let frame = Frame { from, carrier: Carrier::Websocket, content, n_before: 0 };
    Entry { at: Duration::ZERO, what: What::Frame(frame) }
}

fn opening(path: &str, headers: &[(&str, &str)]) -> Exchange {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Exchange {
        method: "GET".to_owned(),
        path: path.to_owned(),
        headers,
        status: Some(101),
        ..Exchange::default()
    }
}

/// What is kept of a trace, and the names of its secrets.
fn redacted(contract: &str, opening: Exchange, entries: Vec<Entry>) -> (String, Vec<String>) {
    let mut secrets = Secrets::new(&protocol(contract).contract);
    let mut trace = Trace::new(Kind::WebSocket, opening, Duration::ZERO);
    trace.entries = entries;
    secrets.redact(&mut trace);
    (raw::lines(1, &trace), secrets.names().map(str::to_owned).collect())
}

#[track_caller]
fn check_gone(kept: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!kept.contains(secret), "{secret} is in {kept}");
    }
}

#[test]
fn names_say_what_is_a_secret() {
    for name in [
        "password",
        "userPassword",
        "access_token",
        "X-API-Key",
        "apiKey",
        "client_secret",
        "Authorization",
        "tokenId",
    ] {
        assert!(is_secret(name), "{name}");
    }
    for name in [
        "token_type",
        "tokenExpiresAt",
        "key",
        "passenger",
        "tokenizer",
        "secretary",
        "author",
        "max_tokens",
        "idempotency-key",
    ] {
        assert!(!is_secret(name), "{name}");
    }
    assert_eq!(variable("ORBIT", "accessToken"), "ORBIT_ACCESS_TOKEN");
    assert_eq!(variable("ORBIT", "x-api-key"), "ORBIT_API_KEY");
    assert_eq!(variable("ORBIT", "--"), "ORBIT_SECRET");
}

#[test]
fn headers_cookies_and_the_query_have_secrets() {
    let headers = [
        ("authorization", "Bearer to+ken/1~"),
        ("cookie", "theme=dark-mode-on; sid=cookie-value-1"),
        ("x-api-key", "key-of-mine-1"),
        ("accept", "*/*"),
    ];
    let (kept, names) =
        redacted("orbit", opening("/ws?topics=task.*&access_token=in%20query%2F1", &headers), vec![]);
    check_gone(&kept, &["to+ken/1~", "cookie-value-1", "key-of-mine-1", "in%20query", "in query"]);
    assert_eq!(
        names,
        ["ORBIT_TOKEN", "ORBIT_COOKIE_THEME", "ORBIT_COOKIE_SID", "ORBIT_API_KEY", "ORBIT_ACCESS_TOKEN"]
    );
    assert!(kept.contains("/ws?topics=task.*&access_token={{$ORBIT_ACCESS_TOKEN}}"), "{kept}");
    assert!(kept.contains("sid={{$ORBIT_COOKIE_SID}}"), "{kept}");
}

#[test]
fn a_cookie_that_holds_the_token_is_the_token() {
    let mut contract = protocol("orbit").contract;
    contract.rules.auth = vec![Auth::Cookie { name: "sid".to_owned() }];
    let mut secrets = Secrets::new(&contract);
    let cookies = [("cookie", "theme=a-dark-one; sid=my-token-1")];
    secrets.redact(&mut Trace::new(Kind::WebSocket, opening("/ws", &cookies), Duration::ZERO));
    assert_eq!(secrets.names().collect::<Vec<_>>(), ["ORBIT_COOKIE_THEME", "ORBIT_TOKEN"]);
}

#[test]
fn a_secret_is_gone_wherever_else_it_stands() {
    let coded = BASE64URL_NOPAD.encode(b"a token / 1");
    let protocols = format!("orbit.v1, bearer.{coded}");
    let text = json!({ "note": "my token is a token / 1!", "a token / 1": [1] }).to_string();
    let (kept, names) = redacted(
        "orbit",
        opening("/ws", &[("sec-websocket-protocol", &protocols)]),
        vec![
            frame(Peer::Server, text),
            frame(Peer::Client, "not JSON: a token / 1"),
            frame(Peer::Client, "x=a+token+%2F+1"),
        ],
    );
    check_gone(&kept, &["a token / 1", &coded, "a+token+%2F+1"]);
    assert_eq!(names, ["ORBIT_TOKEN"]);
    assert!(kept.contains("bearer.{{$ORBIT_TOKEN}}"), "{kept}");
}

#[test]
fn members_and_looks_tell_secrets_in_payloads() {
    let payload = json!({
        "user": { "password": "pw", "name": "pw" },
        "credentials": { "login": "me-and-you", "code": "0000" },
        "text": format!("see {JWT}."),
        "aws": "AKIAIOSFODNN7EXAMPLE",
        "token_type": "bearer",
        "n": 5,
    });
    let (kept, names) =
        redacted("orbit", opening("/ws", &[]), vec![frame(Peer::Client, payload.to_string())]);
    check_gone(&kept, &[JWT, "\\\"password\\\":\\\"pw\\\"", "me-and-you", "0000", "AKIAIOSFODNN7EXAMPLE"]);
    assert!(
        kept.contains("\\\"name\\\":\\\"pw\\\""),
        "a short secret is replaced only where a name says so: {kept}"
    );
    assert!(kept.contains("\\\"token_type\\\":\\\"bearer\\\""), "{kept}");
    assert!(
        names.contains(&"ORBIT_JWT".to_owned()) && names.contains(&"ORBIT_PASSWORD".to_owned()),
        "{names:?}"
    );
}

#[test]
fn the_auth_payload_of_socket_io_holds_nothing_else() {
    let connect = r#"40/builder,{"token":"to-ken-1","device":{"serial":"a-1"}}"#;
    let (kept, names) = redacted("builder", opening("/socket.io/", &[]), vec![frame(Peer::Client, connect)]);
    check_gone(&kept, &["to-ken-1", "a-1"]);
    assert_eq!(names, ["BUILDER_SERIAL", "BUILDER_TOKEN"]);
    let event = r#"42/builder,7["authenticate",{"token":"to-ken-2"}]"#;
    let (kept, names) = redacted("builder", opening("/socket.io/", &[]), vec![frame(Peer::Client, event)]);
    check_gone(&kept, &["to-ken-2"]);
    assert_eq!(names, ["BUILDER_TOKEN"]);
    assert!(kept.contains(r#"42/builder,7[\"authenticate\",{\"token\":\"{{$BUILDER_TOKEN}}\"}]"#), "{kept}");
}

#[test]
fn bodies_of_requests_and_answers_are_read() {
    let exchange = Exchange {
        method: "POST".to_owned(),
        path: "/login".to_owned(),
        headers: vec![("authorization".to_owned(), "Basic dXNlcjpzZWNyZXQtcGFzcw==".to_owned())],
        body: Body::Text("user=me&password=form-pass-1".to_owned()),
        status: Some(200),
        response_headers: vec![("set-cookie".to_owned(), "session=cookie-2; HttpOnly".to_owned())],
        response_body: Body::Text(json!({ "refreshToken": "refresh-1" }).to_string()),
        took_ms: 1,
    };
    let entry = Entry { at: Duration::ZERO, what: What::Exchange(Box::new(exchange)) };
    let (kept, _) =
        redacted("orbit", opening("/ws", &[]), vec![entry, frame(Peer::Server, "\"secret-pass\"")]);
    check_gone(&kept, &["dXNlcjpzZWNyZXQtcGFzcw", "secret-pass", "form-pass-1", "cookie-2", "refresh-1"]);
    assert!(kept.contains("HttpOnly") && kept.contains("user=me"), "{kept}");
}

#[test]
fn equal_secrets_have_one_name_and_others_have_others() {
    let text = |token: &str| frame(Peer::Client, json!({ "token": token }).to_string());
    let (kept, names) =
        redacted("orbit", opening("/ws", &[]), vec![text("first-1"), text("second-2"), text("first-1")]);
    assert_eq!(names, ["ORBIT_TOKEN", "ORBIT_TOKEN_2"]);
    assert_eq!(
        (kept.matches("{{$ORBIT_TOKEN}}").count(), kept.matches("{{$ORBIT_TOKEN_2}}").count()),
        (2, 1)
    );
}

#[test]
fn what_is_written_can_be_read_again() {
    let mut trace = Trace::new(Kind::Sse, opening("/ws", &[]), Duration::from_millis(5));
    let event = Content::Event { name: "a".to_owned(), data: "{}".to_owned(), id: Some("1".to_owned()) };
    for content in [event, Content::Comment, Content::Close { code: Some(1000), reason: "bye".to_owned() }] {
        let frame = Frame { from: Peer::Server, carrier: Carrier::Stream, content, n_before: 0 };
        trace.entries.push(Entry { at: Duration::from_millis(7), what: What::Frame(frame) });
    }
    trace
        .entries
        .push(Entry { at: Duration::from_millis(8), what: What::Exchange(Box::new(opening("/x", &[]))) });
    trace.end = Some(Peer::Server);
    assert_eq!(raw::read(&raw::lines(3, &trace)), Ok(vec![trace]));
    let (line, _) = raw::read("{\"connection\":1,\"at-ms\":0.0,\"end\":{\"by\":null,\"cut\":false}}\n")
        .expect_err("never opened");
    assert_eq!(line, 1);
}
