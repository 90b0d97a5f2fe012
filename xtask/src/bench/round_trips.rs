//! Requests and their answers per second over two hundred connections, against Artillery, at one server.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::report::{Figure, Goal, Unit};
use super::server::{Server, listening, released};
use crate::process::{command, npm_install, output, run};
use crate::{Problem, root};

const FOLDER: &str = "xtask/bench/round-trips";
/// How many clients ask at a time.
const N_CONNECTIONS: usize = 200;
/// How often each asks.
const N_ROUNDS: usize = 1000;
/// How often both are measured, in turns. The fastest counts: what else the machine does slows down now this one and now
/// that one, and makes nobody faster.
const N_TURNS: usize = 5;
const GOAL: Goal = Goal::AtLeast(3.0);
/// What is said and said back, beside its number.
const TEXT: &str = "the quick brown fox jumps over the lazy dog, again and again";

/// One way to ask.
struct Way {
    name: &'static str,
    /// The step of a session that asks with the number, in YAML.
    step: fn(usize) -> String,
    /// Artillery's engine, its step and how it connects.
    engine: &'static str,
    flow: fn() -> Value,
    address: fn(&str) -> String,
}

const WAYS: [Way; 2] = [
    Way {
        name: "websocket",
        step: |n| {
            let data = json!({ "type": "ask", "n": n, "text": TEXT });
            format!("  - {{ send: ask, data: {data} }}\n  - {{ expect: ask, data: {{ n: {n} }} }}\n")
        },
        engine: "ws",
        flow: || {
            let payload = format!(r#"{{"type":"ask","n":{{{{ $loopCount }}}},"text":"{TEXT}"}}"#);
            json!({ "send": { "payload": payload, "match": { "json": "$.n", "value": "{{ $loopCount }}" } } })
        },
        address: |url| format!("{}/ws", url.replacen("http", "ws", 1)),
    },
    Way {
        name: "socketio",
        step: |n| {
            let data = json!({ "n": n, "text": TEXT });
            format!("  - {{ send: ask, data: {data}, acknowledged: [{{ n: {n} }}] }}\n")
        },
        engine: "socketio",
        flow: || {
            let data = json!({ "n": "{{ $loopCount }}", "text": TEXT });
            let matched = json!({ "json": "$.0.n", "value": "{{ $loopCount }}" });
            json!({ "emit": { "channel": "ask", "data": data }, "acknowledge": { "match": matched } })
        },
        address: str::to_owned,
    },
];

/// Measures both ways to ask: ours and Artillery's time for one round trip.
///
/// # Errors
/// Something can't be built, installed or started, or an answer is missing.
pub fn measure(is_quick: bool) -> Result<Vec<Figure>, Problem> {
    npm_install(FOLDER)?;
    let (n_rounds, n_turns) = if is_quick { (N_ROUNDS / 4, 1) } else { (N_ROUNDS, N_TURNS) };
    let server = Server::start(&mut Command::new(released("bench-echo")?), listening)?;
    let figure = |way: &Way| {
        let mut times = [f64::INFINITY; 2];
        for _ in 0..n_turns {
            times[0] = times[0].min(ours(way, &server.url, n_rounds)?);
            times[1] = times[1].min(artillery(way, &server.url, n_rounds)?);
        }
        let [us, them] = times.map(|nanoseconds| 1e9 / nanoseconds);
        println!("  round trips over {}: {us:.0} per second, Artillery {them:.0}", way.name);
        Ok(Figure::of(format!("round-trips/{}", way.name), times, Unit::Nanoseconds, GOAL))
    };
    WAYS.iter().map(figure).collect()
}

/// Nanoseconds per round trip of the runner: all sessions, from the first to the last.
fn ours(way: &Way, url: &str, n_rounds: usize) -> Result<f64, Problem> {
    let contract = root().join(format!("{FOLDER}/{}.contract.yaml", way.name));
    let head = format!(
        "session: round trips\ncontract: {}\nconnect: {{ channel: events }}\nsteps:\n",
        json!(contract)
    );
    let steps: String = (0..n_rounds).map(way.step).collect();
    let session = put(&format!("{}.yaml", way.name), &(head + &steps))?;
    let session = session.to_str().ok_or("the folder's name is not UTF-8")?;
    let mut handfast = Command::new(released("handfast")?);
    handfast.arg("replay").args(vec![session; N_CONNECTIONS]);
    handfast.args(["--target", url, "--jobs", &N_CONNECTIONS.to_string(), "--quiet"]);
    if way.name == "socketio" {
        handfast.args(["--transport", "websocket"]);
    }
    let printed = output(&mut handfast)?;
    let last = printed.lines().last().unwrap_or_default();
    let seconds =
        last.strip_prefix(&format!("{N_CONNECTIONS} passed in ")).and_then(|rest| rest.strip_suffix(" s"));
    let seconds: f64 = seconds.ok_or_else(|| format!("not all sessions passed: {last}"))?.parse()?;
    Ok(seconds * 1e9 / (N_CONNECTIONS * n_rounds) as f64)
}

/// Nanoseconds per round trip of Artillery: all clients, from what it counts first to what it counts last. The length of one
/// client's session would say too little, for they begin one after the other.
fn artillery(way: &Way, url: &str, n_rounds: usize) -> Result<f64, Problem> {
    let script = json!({
        "config": {
            "target": (way.address)(url),
            "phases": [{ "duration": 1, "arrivalCount": N_CONNECTIONS }],
            "socketio": { "transports": ["websocket"] },
        },
        "scenarios": [{ "engine": way.engine, "flow": [{ "loop": [(way.flow)()], "count": n_rounds }] }],
    });
    let script = put(&format!("{}.artillery.json", way.name), &script.to_string())?;
    let report = script.with_extension("report.json");
    let mut artillery = command("node", FOLDER, &["node_modules/artillery/bin/run", "run", "--quiet"]);
    artillery.env("ARTILLERY_DISABLE_TELEMETRY", "true");
    run(artillery.arg(&script).arg("--output").arg(&report).stdout(Stdio::null()))?;
    let report: Value = serde_json::from_str(&fs::read_to_string(report)?)?;
    let aggregate = &report["aggregate"];
    if aggregate["counters"]["vusers.completed"] != N_CONNECTIONS {
        return Err(format!("Artillery did not end all sessions: {}", aggregate["counters"]).into());
    }
    let milliseconds = |name: &str| aggregate[name].as_f64().ok_or("Artillery does not tell when it counted");
    let milliseconds = milliseconds("lastCounterAt")? - milliseconds("firstCounterAt")?;
    Ok(milliseconds * 1e6 / (N_CONNECTIONS * n_rounds) as f64)
}

fn put(name: &str, text: &str) -> Result<PathBuf, Problem> {
    let folder = root().join("target/bench/round-trips");
    fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    fs::write(&path, text)?;
    Ok(path)
}
