//! Replays the bundled sessions against example servers, and gathers what came of them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::process::{built, command, run};
use crate::servers::{Ready, Server};
use crate::{Problem, root};

/// How the sessions are replayed.
#[derive(Debug, Clone, Copy)]
pub enum Mode {
    /// As the contract says, on plain HTTP.
    Plain,
    /// Over HTTPS and WSS, with the certificate that the server makes.
    Tls,
    /// With Engine.IO carried in this way.
    Engine(&'static str),
    /// With connections that are lost wherever a client can go on.
    Cut,
}

impl Mode {
    /// The modes in which a server of `protocol` is tested beyond the plain one.
    pub fn beyond_plain(protocol: &str) -> &'static [Self] {
        if protocol == "orbit" {
            &[Self::Tls, Self::Cut]
        } else {
            &[Self::Engine("polling"), Self::Engine("websocket")]
        }
    }
}

impl std::fmt::Display for Mode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain => Ok(()),
            Self::Tls => f.write_str(", TLS"),
            Self::Engine(mode) => write!(f, ", {mode}"),
            Self::Cut => f.write_str(", cut"),
        }
    }
}

/// What one session came to.
#[derive(Debug, Clone)]
pub struct Played {
    /// Its name.
    pub session: String,
    /// Its verdict.
    pub verdict: String,
    /// How long it took.
    pub duration_ms: f64,
}

/// What came of one server.
#[derive(Debug)]
pub struct Replayed {
    /// The server.
    pub server: &'static Server,
    /// How it was replayed.
    pub mode: Mode,
    /// Its sessions.
    pub sessions: Vec<Played>,
    /// Whether all is well.
    pub is_passed: bool,
}

/// Replays every session of the server's protocol against it, so many times.
///
/// # Errors
/// The runner can't be started, or leaves no report.
pub fn replay(
    ready: &Ready,
    mode: Mode,
    n_repetitions: u32,
    environment: &[(&str, String)],
) -> Result<Replayed, Problem> {
    let server = ready.server;
    println!("\n{} ({}{mode})", server.name, server.stack);
    let folder = root().join("target/replay");
    fs::create_dir_all(&folder)?;
    let report = folder.join(format!("{}{}.jsonl", server.name, mode.to_string().replace(", ", "-")));
    let sessions = format!("conformance/sessions/{}", server.protocol);
    let mut replay = command(built("handfast")?, "", &["replay", &sessions, "--report"]);
    replay
        .arg(format!("json={}", report.display()))
        .args(["--repeat", &n_repetitions.to_string()])
        .envs(environment.iter().map(|(name, value)| (name, value)));
    let is_passed = match mode {
        Mode::Plain => started_by_runner(&mut replay, ready),
        Mode::Cut => started_by_runner(replay.arg("--cut-everywhere"), ready),
        Mode::Engine(engine) => started_by_runner(replay.args(["--transport", engine]), ready),
        Mode::Tls => over_tls(&mut replay, ready, environment, &folder)?,
    };
    Ok(Replayed { server, mode, sessions: read(&report)?, is_passed })
}

fn started_by_runner(replay: &mut Command, ready: &Ready) -> bool {
    let spawn = ready.command_line();
    run(replay.args(["--target", "http://127.0.0.1:0", "--spawn", &spawn])).is_ok()
}

/// Starts the server first, because the runner has to trust a certificate that the server makes at its start.
fn over_tls(
    replay: &mut Command,
    ready: &Ready,
    environment: &[(&str, String)],
    folder: &Path,
) -> Result<bool, Problem> {
    let certificate = folder.join(format!("{}.pem", ready.server.name));
    let [program, arguments @ ..] = ready.command.as_slice() else {
        return Err("an empty command line".into());
    };
    let mut serve = Command::new(program);
    serve.current_dir(root()).args(arguments).envs(environment.iter().map(|(name, value)| (name, value)));
    serve.env("PORT", "0").env("TLS", "self-signed").env("TLS_CERT_OUT", &certificate);
    let mut child = Running(serve.stdout(Stdio::piped()).spawn()?);
    let target = child.target()?.replace("127.0.0.1", "localhost");
    Ok(run(replay.args(["--target", &target, "--ca"]).arg(&certificate)).is_ok())
}

/// A server that ends with this value.
struct Running(Child);

impl Running {
    /// The URL of the line that says where the server listens.
    fn target(&mut self) -> Result<String, Problem> {
        let printed = self.0.stdout.take().ok_or("the server's output is not piped")?;
        let mut lines = BufReader::new(printed).lines();
        while let Some(line) = lines.next().transpose()? {
            if let Some(url) = line.strip_prefix("listening on ") {
                let url = url.trim().to_owned();
                // The pipe stays open until the server ends, so that it can go on printing.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(url);
            }
        }
        Err("the server ended before it listened".into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn read(report: &Path) -> Result<Vec<Played>, Problem> {
    let text =
        fs::read_to_string(report).map_err(|error| format!("no report at {}: {error}", report.display()))?;
    let events = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    Ok(events.filter(|event| event["event"] == "session-finished").map(|event| played(&event)).collect())
}

fn played(event: &Value) -> Played {
    let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
    Played {
        session: text("name"),
        verdict: text("verdict"),
        duration_ms: event["duration-ms"].as_f64().unwrap_or_default(),
    }
}

/// Both protocols × their servers × every session, as a table.
pub fn table(replayed: &[Replayed]) -> String {
    let mut protocols: Vec<&str> = replayed.iter().map(|one| one.server.protocol).collect();
    protocols.dedup();
    protocols.iter().map(|protocol| protocol_table(protocol, replayed)).collect()
}

/// What a session came to, each time it was played.
fn cell(plays: &[&Played]) -> String {
    let n_passed = plays.iter().filter(|played| played.verdict == "passed").count();
    match plays {
        [] => "not played".to_owned(),
        [played] => format!("{} {:.0} ms", played.verdict, played.duration_ms),
        _ => format!("{n_passed} of {} passed", plays.len()),
    }
}

fn protocol_table(protocol: &str, replayed: &[Replayed]) -> String {
    let columns: Vec<&Replayed> = replayed.iter().filter(|one| one.server.protocol == protocol).collect();
    let mut names: Vec<&str> = Vec::new();
    for played in columns.iter().flat_map(|column| &column.sessions) {
        if !names.contains(&played.session.as_str()) {
            names.push(&played.session);
        }
    }
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default().max(protocol.len());
    let heads: Vec<String> =
        columns.iter().map(|one| format!("{} ({}{})", one.server.name, one.server.stack, one.mode)).collect();
    let mut text = format!("\n{protocol:width$}");
    heads.iter().for_each(|head| text.push_str(&format!("  {head}")));
    for name in names {
        text.push_str(&format!("\n{name:width$}"));
        for (column, head) in columns.iter().zip(&heads) {
            let cell =
                cell(&column.sessions.iter().filter(|played| played.session == name).collect::<Vec<_>>());
            text.push_str(&format!("  {cell:head_width$}", head_width = head.chars().count()));
        }
    }
    let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
    format!("{}\n", lines.join("\n"))
}
