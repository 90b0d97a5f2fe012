//! Servers that mean harm: they cost bounded memory and time, and are not believed.
//!
//! A WebSocket has no compression here: it is not offered, and what is compressed all the same is malformed. Bodies
//! are never decompressed either, whatever their headers say.

use std::time::{Duration, Instant};

use handfast_conformance::transport::EngineMode;
use handfast_conformance::verdict::Verdict;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use url::Url;

use crate::accepting::{acceptance, request};
use crate::play::{Conditions, Protocol, load, play};
use crate::{machine, memory, spoil};

/// No session may take longer, though the machine be slow.
const BOUND: Duration = Duration::from_secs(60);
/// No session may take more memory: a few of the largest messages, as values.
const MOST_BYTES: usize = 768 << 20;
/// Of a handshake's 10 s it leaves one, of a deadline's 5 s half a second.
const SCALE: f64 = 0.1;
/// The pause between two bytes of a slow server.
const SLOW: Duration = Duration::from_millis(50);
/// How deep hostile JSON is.
const DEPTH: usize = 100_000;

const WEBSOCKET: Session = Session(Protocol::Orbit, "ping", EngineMode::Upgrade);
const INSTALL: Session = Session(Protocol::Orbit, "install-an-app", EngineMode::Upgrade);
const SSE: Session = Session(Protocol::Orbit, "listen", EngineMode::Upgrade);
const POLLING: Session = Session(Protocol::Builder, "join-a-project", EngineMode::Polling);

const STREAM: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
const CHUNKED: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
const GZIPPED: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n";
const ENDLESS: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
const ELSEWHERE: &[u8] =
    b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n";

/// A session, and how Socket.IO travels.
#[derive(Debug, Clone, Copy)]
struct Session(Protocol, &'static str, EngineMode);

/// A server that means harm.
struct Villain {
    what: &'static str,
    session: Session,
    head: Head,
    /// What it says once.
    first: Vec<u8>,
    then: Then,
    /// What it says to a POST; nothing where it is empty.
    post: Vec<u8>,
    /// The rules by which it is found out, one of them.
    rules: &'static [&'static str],
}

/// How it answers a request.
#[derive(Debug, Clone, Copy)]
enum Head {
    /// It accepts the WebSocket.
    Accept,
    /// With these bytes.
    Bytes(&'static [u8]),
}

/// What it does once it has said what it says once.
enum Then {
    /// It says this, time after time, as fast as it is read.
    Again(Vec<u8>),
    /// It says this a byte at a time.
    Slowly(Vec<u8>),
    /// Nothing, and it stays.
    Nothing,
}

impl Villain {
    fn new(what: &'static str, session: Session, head: Head, rules: &'static [&'static str]) -> Self {
        Self { what, session, head, first: Vec::new(), then: Then::Nothing, post: Vec::new(), rules }
    }

    fn saying(mut self, first: impl Into<Vec<u8>>) -> Self {
        self.first = first.into();
        self
    }

    fn again(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then = Then::Again(bytes.into());
        self
    }

    fn slowly(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.then = Then::Slowly(bytes.into());
        self
    }

    fn posted(mut self, answer: impl Into<Vec<u8>>) -> Self {
        self.post = answer.into();
        self
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn websockets_cost_what_is_bounded() {
    let met = |what, rules| Villain::new(what, WEBSOCKET, Head::Accept, rules);
    let event = r#"{"id":"0197a3c4-5d1e-7b42-9f60-000000000006","type":"container.metrics"}"#;
    let zeros = format!("[0{}]", ",0".repeat(1 << 20));
    let large = format!("{{\"type\":\"pong\",\"payload\":{zeros}}}");
    let largest = format!("{{\"type\":\"pong\",\"payload\":[0{}]}}", ",0".repeat((8 << 20) - 64));
    let deep = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
    check(vec![
        met("endless events", &["schema"]).again(spoil::text_frame(event).repeat(100)),
        met("endless frames that are no JSON", &["malformed"]).again(spoil::text_frame("x").repeat(1000)),
        met("endless large frames", &["unknown-event", "heartbeat"]).again(spoil::text_frame(&zeros)),
        met("the largest message", &["schema", "heartbeat"]).saying(spoil::text_frame(&largest)),
        met("a frame of a gibibyte", &["malformed"])
            .saying([&[0x81, 127][..], &(1_u64 << 30).to_be_bytes()].concat())
            .again([b'x'; 4096]),
        met("endless fragments", &["malformed", "heartbeat"])
            .saying(spoil::frame(0x01, b"x"))
            .again(spoil::frame(0x00, &[b'x'; 4096])),
        met("endless empty fragments", &["heartbeat"])
            .saying(spoil::frame(0x01, b"x"))
            .again(spoil::frame(0x00, b"").repeat(100)),
        met("endless pings", &["heartbeat"]).again(spoil::frame(0x89, &[b'p'; 125]).repeat(10)),
        met("deep JSON", &["malformed"]).saying(spoil::text_frame(&deep)),
        met("text that is no UTF-8", &["malformed"]).saying(spoil::frame(0x81, b"\"\xff\"")),
        met("a compressed frame", &["malformed"]).saying(spoil::frame(0xc1, &[0; 64])),
        met("a frame byte by byte", &["heartbeat"]).slowly(spoil::text_frame(event)),
        met("it never closes", &["heartbeat"]),
        Villain::new("events, while a request has no answer", INSTALL, Head::Accept, &["schema", "flood"])
            .again(spoil::text_frame(event).repeat(100)),
        Villain::new(
            "large events, while a request has no answer",
            INSTALL,
            Head::Accept,
            &["schema", "flood"],
        )
        .again(spoil::text_frame(&large)),
        Villain::new("an endless answer to a request", INSTALL, Head::Accept, &["response"])
            .posted([ENDLESS, &vec![b'x'; 20 << 20]].concat()),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn handshakes_cost_what_is_bounded() {
    let met = |what, head, rules| Villain::new(what, WEBSOCKET, Head::Bytes(head), rules);
    let slow = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n";
    check(vec![
        met("it leads elsewhere", ELSEWHERE, &["refused"]),
        met("an endless head", b"HTTP/1.1 200 OK\r\n", &["target"]).again(b"x: y\r\n".repeat(100)),
        met("an endless header", b"HTTP/1.1 200 OK\r\nx: ", &["target"]).again([b'y'; 4096]),
        met("an endless page", ENDLESS, &["refused"]).again([b'y'; 4096]),
        met("endless interim answers", b"", &["target"])
            .again(b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10)),
        met("a head byte by byte", b"", &["target"]).slowly(*slow),
        Villain::new("a poll that leads elsewhere", POLLING, Head::Bytes(ELSEWHERE), &["closed"]).posted(OK),
        Villain::new("a stream that leads elsewhere", SSE, Head::Bytes(ELSEWHERE), &["refused"]),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_cost_what_is_bounded() {
    let met = |what, head, rules| Villain::new(what, SSE, Head::Bytes(head), rules);
    let deep = format!("data: {}\n\n", "[".repeat(DEPTH));
    check(vec![
        met("an endless line", STREAM, &["malformed"]).saying("data: ").again([b'x'; 4096]),
        met("an endless event", STREAM, &["malformed"]).again(b"data: x\n".repeat(100)),
        met("endless comments", STREAM, &["deadline"]).again(b":\n".repeat(1000)),
        met("endless events that are no JSON", STREAM, &["malformed"]).again(b"data: x\n\n".repeat(100)),
        met("deep JSON", STREAM, &["malformed"]).saying(deep),
        met("bad chunks", CHUNKED, &["closed"]).saying("zzz\r\nno chunk\r\n"),
        met("an endless chunk size", CHUNKED, &["closed"]).again([b'0'; 4096]),
        met("a bomb of zeros, zipped", GZIPPED, &["malformed"]).again(b"\x1f\x8b\x08\n\n".repeat(100)),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn polls_cost_what_is_bounded() {
    let met = |what, rules| Villain::new(what, POLLING, Head::Bytes(ENDLESS), rules).posted(OK);
    check(vec![
        met("an endless payload", &["closed"]).again([b'4'; 4096]),
        met("endless packets", &["closed", "malformed", "target"]).again(b"6\x1e".repeat(1000)),
        met("a payload byte by byte", &["target"]).slowly(*b"40/builder,"),
    ])
    .await;
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

async fn check(villains: Vec<Villain>) {
    let mut complaints = Vec::new();
    for villain in villains {
        complaints.extend(villain.complaint().await);
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

impl Villain {
    /// What is not as it should be.
    async fn complaint(self) -> Option<String> {
        let _alone = machine::busy(0).await;
        let (what, rules) = (self.what, self.rules);
        let Session(protocol, session, engine) = self.session;
        let target = self.stand().await;
        let conditions = Conditions { scale: SCALE, engine, n_retries: 0, ..Conditions::default() };
        let cases = load(&[protocol.session(session)], "a-token");
        let (watch, began) = (memory::Watch::begin(), Instant::now());
        let played = play(cases, &target, conditions).await;
        let (most, took) = (watch.most(), began.elapsed());
        let report = &played.reports[0];
        let failure = report.failures.first()?;
        println!("{what}: {:?}, {} MiB, {took:.1?}: {}", report.verdict, most >> 20, failure.message);
        // What was waited for never came, which may be all that is seen in time.
        let is_right = (rules.contains(&failure.rule.as_ref()) || failure.rule == "deadline")
            && matches!(report.verdict, Verdict::Failed | Verdict::Unreachable | Verdict::Inconclusive)
            && most < MOST_BYTES
            && took < BOUND;
        (!is_right).then(|| {
            format!("{what}: wanted {rules:?}, found {failure:#?} after {took:?} with {} MiB", most >> 20)
        })
    }

    /// Where it can be found from now on.
    async fn stand(self) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let villain: &'static Self = Box::leak(Box::new(self));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(villain.behave(stream));
            }
        });
        url
    }

    /// Until the client has gone.
    async fn behave(&'static self, mut stream: TcpStream) {
        let request = request(&mut stream).await;
        let (mut reading, mut writing) = stream.into_split();
        let drained = async {
            let mut bytes = [0; 4096];
            while reading.read(&mut bytes).await.is_ok_and(|n| n > 0) {}
        };
        tokio::select! {
            () = drained => {}
            _ = self.talk(&request, &mut writing) => {}
        }
    }

    async fn talk(&self, request: &str, stream: &mut (impl AsyncWriteExt + Unpin)) -> std::io::Result<()> {
        if request.starts_with("POST") {
            stream.write_all(&self.post).await?;
            return if self.post.is_empty() { std::future::pending().await } else { Ok(()) };
        }
        if request.contains("EIO=4") && !request.contains("sid=") {
            return stream.write_all(&open()).await;
        }
        match self.head {
            Head::Accept => stream.write_all(acceptance(request).as_bytes()).await?,
            Head::Bytes(bytes) => stream.write_all(bytes).await?,
        }
        stream.write_all(&self.first).await?;
        loop {
            match &self.then {
                Then::Again(bytes) => stream.write_all(bytes).await?,
                Then::Slowly(bytes) => {
                    for byte in bytes {
                        stream.write_all(&[*byte]).await?;
                        sleep(SLOW).await;
                    }
                }
                Then::Nothing => std::future::pending().await,
            }
        }
    }
}

/// The handshake of Engine.IO.
fn open() -> Vec<u8> {
    let packet =
        r#"0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{packet}", packet.len())
        .into_bytes()
}
