//! Targets that are no server of the contract, or none at all.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use handfast_conformance::transport::EngineMode;
use handfast_conformance::verdict::Verdict::{self, Failed, Unreachable};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::accepting::{acceptance, request};
use crate::machine;
use crate::play::{Conditions, Protocol, load, play};

/// Of a handshake's 10 s it leaves one.
const SCALE: f64 = 0.1;
/// No session may take longer.
const BOUND: Duration = Duration::from_secs(10);
const PAGE: &str = "<!doctype html><title>It works</title>";

/// What stands at the target.
#[derive(Debug, Clone, Copy)]
enum Stranger {
    /// Nothing listens.
    Nobody,
    /// It accepts connections and closes them.
    Closing,
    /// It closes the connection once it was asked.
    ClosingWhenAsked,
    /// It says nothing.
    Silent,
    /// It says this when it was asked, then nothing.
    Saying(&'static str),
    /// It speaks first, as a mail server.
    Mail,
    /// It serves a page at every path.
    Website,
    /// It accepts any WebSocket, says these bytes, and closes the connection.
    Socket(&'static [u8]),
    /// It serves this protocol.
    Server(Protocol),
}

/// A stranger, and what the runner says of it.
struct Case {
    stranger: Stranger,
    session: (Protocol, &'static str),
    engine: EngineMode,
    verdict: Verdict,
    rule: &'static str,
    /// Part of the message, where `@` is the target.
    message: &'static str,
}

const WEBSOCKET: (Protocol, &str) = (Protocol::Orbit, "ping");
const SSE: (Protocol, &str) = (Protocol::Orbit, "stream-an-install");
const SOCKET_IO: (Protocol, &str) = (Protocol::Builder, "join-a-project");

#[tokio::test(flavor = "multi_thread")]
async fn no_server_is_unreachable() {
    let paths = [(WEBSOCKET, "/ws"), (SSE, "/events/stream"), (SOCKET_IO, "/socket.io/")];
    let cases = paths.into_iter().flat_map(|(session, path)| {
        let case = |stranger, message: &'static str| Case {
            stranger,
            session,
            engine: EngineMode::default(),
            verdict: Unreachable,
            rule: "target",
            message,
        };
        let at = |reason: &str| -> &'static str {
            format!("no server answers at http://@{path}: {reason}").leak()
        };
        [
            case(Stranger::Nobody, "nothing accepts connections at @: "),
            case(Stranger::Closing, at("")),
            case(Stranger::ClosingWhenAsked, at("")),
            case(Stranger::Silent, at("the handshake is not over after 1s")),
            case(Stranger::Saying("HTTP/1.1 101 Switching Pro"), at("the handshake is not over after 1s")),
            case(Stranger::Saying("\0\x16\x03garbage\r\n\r\n"), at("")),
            case(Stranger::Mail, at("")),
        ]
    });
    check(cases.collect()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_breaks_the_contract() {
    let case = |stranger, session, engine, rule, message| Case {
        stranger,
        session,
        engine,
        verdict: Failed,
        rule,
        message,
    };
    let usual = EngineMode::default();
    let page = "the server's answer at http://@";
    let none = "is no handshake: ";
    let refused = "the server refused the connection at http://@";
    let orbit = Stranger::Server(Protocol::Orbit);
    let builder = Stranger::Server(Protocol::Builder);
    let bad_accept = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\
                      Sec-WebSocket-Accept: no\r\n\r\n";
    check(vec![
        case(Stranger::Website, WEBSOCKET, usual, "refused", page),
        case(Stranger::Website, SSE, usual, "refused", page),
        case(Stranger::Website, SOCKET_IO, usual, "malformed", none),
        case(Stranger::Website, SOCKET_IO, EngineMode::WebSocket, "refused", page),
        case(Stranger::Saying(bad_accept), WEBSOCKET, usual, "malformed", none),
        case(builder, WEBSOCKET, usual, "refused", refused),
        case(builder, SSE, usual, "refused", refused),
        case(orbit, SOCKET_IO, usual, "refused", refused),
        case(orbit, SOCKET_IO, EngineMode::WebSocket, "refused", refused),
        // A WebSocket that is no Engine.IO, and bytes that are no WebSocket.
        case(Stranger::Socket(b"\x81\x02{}"), SOCKET_IO, EngineMode::WebSocket, "malformed", none),
        case(
            Stranger::Socket(b"\x83\x00"),
            WEBSOCKET,
            usual,
            "malformed",
            "the server sent what is no frame: ",
        ),
        case(
            Stranger::Socket(b"\x81\x02{}"),
            WEBSOCKET,
            usual,
            "unknown-event",
            "a frame has no name at `/type`",
        ),
        case(Stranger::Socket(b""), WEBSOCKET, usual, "closed", "the server closed the connection with 1006"),
    ])
    .await;
}

async fn check(cases: Vec<Case>) {
    let _shared = machine::shared().await;
    let complaints: Vec<_> = stream::iter(cases)
        .map(Case::complaint)
        .buffer_unordered(8)
        .filter_map(async |found| found)
        .collect()
        .await;
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

impl Case {
    /// What is not as it should be.
    async fn complaint(self) -> Option<String> {
        let target = self.stranger.stand().await;
        let (protocol, session) = self.session;
        let conditions = Conditions { scale: SCALE, engine: self.engine, ..Conditions::default() };
        let played = play(load(&[protocol.session(session)], "a-token"), &target, conditions).await;
        let report = &played.reports[0];
        let address = format!("127.0.0.1:{}", target.port().unwrap_or_default());
        let is_right = report.failures.first().is_some_and(|failure| {
            failure.rule == self.rule
                && failure.message.contains(&self.message.replace('@', &address))
                && (failure.help.is_some() || !matches!(self.rule, "target" | "refused"))
        });
        let is_right = is_right
            && (report.verdict, played.exit_code) == (self.verdict, self.verdict.exit_code())
            && report.duration < BOUND;
        let what = (self.stranger, self.session, self.engine);
        (!is_right).then(|| format!("{what:?}: wanted {} {:?}, found {report:#?}", self.rule, self.message))
    }
}

impl Stranger {
    /// Where it can be found from now on.
    async fn stand(self) -> Url {
        if let Self::Server(protocol) = self {
            return protocol.serve().url;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        if !matches!(self, Self::Nobody) {
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(self.behave(stream));
                }
            });
        }
        url
    }

    async fn behave(self, mut stream: TcpStream) {
        match self {
            Self::Nobody | Self::Server(_) | Self::Closing => {}
            Self::ClosingWhenAsked => drop(request(&mut stream).await),
            Self::Silent => drain(&mut stream).await,
            Self::Saying(text) => {
                request(&mut stream).await;
                say(&mut stream, text.as_bytes()).await;
                drain(&mut stream).await;
            }
            Self::Mail => {
                say(&mut stream, b"220 mail.example.org ESMTP ready\r\n").await;
                request(&mut stream).await;
                say(&mut stream, b"500 unknown command\r\n").await;
                drain(&mut stream).await;
            }
            Self::Website => {
                request(&mut stream).await;
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close";
                let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{PAGE}", PAGE.len());
                say(&mut stream, answer.as_bytes()).await;
            }
            Self::Socket(bytes) => {
                let head = acceptance(&request(&mut stream).await);
                say(&mut stream, head.as_bytes()).await;
                say(&mut stream, bytes).await;
            }
        }
    }
}

/// Writes to a client that may have gone.
async fn say(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
}

/// Reads until the client has gone.
async fn drain(stream: &mut TcpStream) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
}
