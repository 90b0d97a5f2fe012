//! What a round trip takes longer through `handfast record`: one client, one message at a time over a WebSocket, to a server
//! that says it back, turn by turn on a direct connection and through the proxy.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::report::{Figure, Goal, Unit};
use super::server::{Server, listening, released};
use crate::{Problem, root};

/// The contract of what is said back.
const CONTRACT: &str = "xtask/bench/round-trips/websocket.contract.yaml";
/// How many round trips are not counted: sockets and caches warm up.
const N_WARMING: usize = 200;
const N_ROUNDS: usize = 5000;
/// What the proxy may add to the median, in nanoseconds.
const LIMIT: f64 = 1e6;
/// What is said: 400 bytes, as events are long.
const N_BYTES: usize = 400;

/// Measures the median of what is added.
///
/// # Errors
/// Something can't be built or started, or an answer is missing.
pub fn measure(is_quick: bool) -> Result<Vec<Figure>, Problem> {
    let n_rounds = if is_quick { N_ROUNDS / 5 } else { N_ROUNDS };
    let echo = Server::start(&mut Command::new(released("bench-echo")?), listening)?;
    let proxy = Server::start(&mut record(&released("handfast")?, &echo.url)?, |line| {
        let line: Value = serde_json::from_str(line).ok()?;
        Some(line["url"].as_str()?.to_owned())
    })?;
    let (mut direct, mut through) = (Socket::open(&echo.url)?, Socket::open(&proxy.url)?);
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..N_WARMING + n_rounds {
        for (socket, times) in [&mut direct, &mut through].into_iter().zip(&mut times) {
            let took = socket.round_trip(n)?;
            if n >= N_WARMING {
                times.push(took);
            }
        }
    }
    let [direct, through] = times.map(sorted);
    for percent in [50, 90, 99] {
        let [direct, through] = [&direct, &through].map(|times| Unit::Nanoseconds.show(at(times, percent)));
        println!("  round trips, {percent} of 100 within: {direct} direct, {through} through the recorder");
    }
    let [direct, through] = [&direct, &through].map(|times| at(times, 50));
    let slower = [through, direct];
    let added = [through - direct, LIMIT];
    Ok(vec![
        Figure {
            goal: None,
            ..Figure::of("record/round-trip", slower, Unit::Nanoseconds, Goal::AtMost(0.0))
        },
        Figure::of("record/added", added, Unit::Nanoseconds, Goal::AtMost(1.0)),
    ])
}

fn record(handfast: &Path, target: &str) -> Result<Command, Problem> {
    let out = root().join("target/bench/record");
    std::fs::create_dir_all(&out)?;
    let mut record = Command::new(handfast);
    record.arg("record").arg(root().join(CONTRACT)).args(["--target", target, "--listen", "127.0.0.1:0"]);
    record.args(["--format", "json", "--out"]).arg(out.join("session.yaml"));
    Ok(record)
}

fn sorted(mut times: Vec<Duration>) -> Vec<Duration> {
    times.sort_unstable();
    times
}

/// The time within which so many of 100 are, in nanoseconds.
fn at(sorted: &[Duration], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).map_or(0.0, |time| time.as_nanos() as f64)
}

/// A connection whose answers are as long as what is said.
struct Socket(TcpStream);

impl Socket {
    /// Opens one; the answer to the handshake ends with an empty line.
    fn open(url: &str) -> Result<Self, Problem> {
        let authority = url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(authority)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let head = format!(
            "GET /ws HTTP/1.1\r\nHost: {authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte)?;
            answer.extend(byte);
        }
        if answer.starts_with(b"HTTP/1.1 101") {
            return Ok(Self(stream));
        }
        Err(format!("no WebSocket: {}", String::from_utf8_lossy(&answer)).into())
    }

    /// Says something, and waits until it is said back.
    fn round_trip(&mut self, n: usize) -> Result<Duration, Problem> {
        let empty = json!({ "type": "ask", "n": n, "text": "" }).to_string();
        let text = "x".repeat(N_BYTES.saturating_sub(empty.len()));
        let said = json!({ "type": "ask", "n": n, "text": text }).to_string();
        let length = u16::try_from(said.len())?.to_be_bytes();
        // A mask of zeros leaves what is said as it is.
        let frame = [&[0x81, 0x80 | 126], &length[..], &[0; 4], said.as_bytes()].concat();
        let mut answer = vec![0; 4 + said.len()];
        let began = Instant::now();
        self.0.write_all(&frame)?;
        self.0.read_exact(&mut answer)?;
        let took = began.elapsed();
        let heard: Value = serde_json::from_slice(&answer[4..])?;
        if answer[..2] == [0x81, 126] && heard["n"] == n {
            return Ok(took);
        }
        Err(format!("the answer to message {n} is another: {}", String::from_utf8_lossy(&answer)).into())
    }
}
