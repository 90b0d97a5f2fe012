//! Ten thousand idle sessions in one process: all stay up with their heartbeats, and what each costs the runner.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::report::{Figure, Goal, Unit};
use super::server::{Server, listening, released};
use crate::{Problem, root};

/// Where the contract and the session are: six heartbeats, one each ten seconds.
const FOLDER: &str = "xtask/bench/idle";
/// How many sessions are idle at a time.
const N_SESSIONS: usize = 10_000;
/// As few as tell what a process costs by itself.
const N_FEW: usize = 10;
/// What a session may cost the runner.
const GOAL_BYTES: f64 = 16.0 * 1024.0;

/// Measures the peak of the runner's memory, with few and with many sessions.
///
/// # Errors
/// Something can't be built or started, or a session does not stay up.
pub fn measure(is_quick: bool) -> Result<Vec<Figure>, Problem> {
    let n_sessions = if is_quick { N_SESSIONS / 10 } else { N_SESSIONS };
    let handfast = released("handfast")?;
    let few = peak(&handfast, N_FEW)?;
    let many = peak(&handfast, n_sessions)?;
    let each = (many - few) / (n_sessions - N_FEW) as f64;
    println!("  idle: {n_sessions} sessions, {:.0} MB at the peak, {each:.0} bytes each", many / 1e6);
    Ok(vec![Figure::of("idle-session-bytes", [each, GOAL_BYTES], Unit::Bytes, Goal::AtMost(1.0))])
}

/// The peak of the runner's memory in bytes, while it plays so many sessions at a time, all of which pass.
fn peak(handfast: &Path, n_sessions: usize) -> Result<f64, Problem> {
    let mock = mock(handfast)?;
    let report = root().join("target/bench/idle.jsonl");
    fs::create_dir_all(root().join("target/bench"))?;
    let session = format!("{FOLDER}/idle.yaml");
    let mut runner = roomy(handfast);
    runner.arg("replay").args(vec![session.as_str(); n_sessions]).args(["--target", &mock.url]);
    runner.args(["--jobs", &n_sessions.to_string(), "--retries", "0", "--format", "json"]);
    let mut runner = runner.stdout(fs::File::create(&report)?).spawn()?;
    let mut peak = 0.0f64;
    let status = loop {
        peak = peak.max(resident(runner.id()).unwrap_or_default());
        if let Some(status) = runner.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(250));
    };
    drop(mock);
    let last = fs::read_to_string(&report)?;
    let last: Value = serde_json::from_str(last.lines().last().unwrap_or("null"))?;
    if !status.success() || last["n-passed"] != n_sessions {
        return Err(format!("not all of {n_sessions} idle sessions stayed up: {last}").into());
    }
    Ok(peak)
}

/// The program with as many open files as the system lets it have.
fn roomy(program: &Path) -> Command {
    let mut command = Command::new("sh");
    command.current_dir(root()).args(["-c", "ulimit -n $(ulimit -Hn); exec \"$0\" \"$@\""]).arg(program);
    command
}

/// The peak of a process' resident memory, in bytes.
fn resident(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
}

/// A mock that plays the server.
fn mock(handfast: &Path) -> Result<Server, Problem> {
    let contract = format!("{FOLDER}/contract.yaml");
    let options = ["--listen", "127.0.0.1:0", "--rate", "0", "--quiet"];
    Server::start(roomy(handfast).arg("mock").arg(contract).args(options), listening)
}
