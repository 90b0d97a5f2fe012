//! `cargo xtask attack`: every example server is sent what its contract allows and forbids, and stands.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, Command, value_parser};

use crate::process::{built, command, is_ci, run};
use crate::servers::{Ready, SERVERS, Server, environment};
use crate::{Outcome, Problem, Task, demo, root};

/// How many payloads each server is sent in a test.
const N_CASES: &str = "320";
/// How many of those are sent in the midst of a session.
const N_SESSION_CASES: &str = "48";

pub const TASK: Task = Task {
    command: || {
        let seconds = Arg::new("seconds").long("seconds").value_name("N").default_value("600");
        let seconds = seconds.value_parser(value_parser!(u64)).help("How long each server is attacked");
        let names = SERVERS.iter().map(|server| server.name).collect::<Vec<_>>();
        let server = Arg::new("server").value_name("SERVER").value_parser(names).num_args(0..);
        Command::new("attack")
            .about("Attacks every example server, and keeps what makes it do something new in conformance/corpus")
            .arg(seconds)
            .arg(server.help("These servers alone"))
    },
    run: |matches| {
        let names: Vec<&String> = matches.get_many("server").into_iter().flatten().collect();
        let seconds = matches.get_one::<u64>("seconds").copied().unwrap_or_default();
        let limits =
            ["--cases".to_owned(), u64::MAX.to_string(), "--max-time".to_owned(), format!("{seconds}s")];
        let is_wanted = |server: &Server| names.is_empty() || names.iter().any(|name| *name == server.name);
        attack_all(is_wanted, &limits, |protocol| Ok(root().join("conformance/corpus").join(protocol)))
    },
};

/// A few hundred payloads for each server, those that were worth keeping first.
pub fn check() -> Outcome {
    let limits = ["--cases", N_CASES, "--max-time", "60s"].map(str::to_owned);
    attack_all(|_| true, &limits, copy)
}

/// A copy of a corpus: a test changes nothing.
fn copy(protocol: &str) -> Result<PathBuf, Problem> {
    let copy = root().join("target/attack").join(protocol);
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    fs::create_dir_all(&copy)?;
    for file in fs::read_dir(root().join("conformance/corpus").join(protocol))? {
        let file = file?;
        fs::copy(file.path(), copy.join(file.file_name()))?;
    }
    Ok(copy)
}

fn attack_all(
    is_wanted: impl Fn(&Server) -> bool,
    limits: &[String],
    corpus: fn(&str) -> Result<PathBuf, Problem>,
) -> Outcome {
    demo::build()?;
    let environment = environment()?;
    let mut failed = Vec::new();
    for server in SERVERS.iter().filter(|server| is_wanted(server)) {
        if let Some(missing) = server.needs.and_then(|tool| tool.missing()) {
            if is_ci() {
                return Err(missing.into());
            }
            println!("\n{} ({}): left out. {missing}", server.name, server.stack);
            continue;
        }
        println!("\n{} ({})", server.name, server.stack);
        let ready = server.prepare()?;
        let outcome = attack(&ready, limits, &corpus(server.protocol)?, &environment);
        failed.extend(outcome.err().map(|problem| format!("{}: {problem}", server.name)));
    }
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
}

/// Attacks a server as it is, then in the midst of the sessions that lead to where events can be sent.
fn attack(ready: &Ready, limits: &[String], corpus: &Path, environment: &[(&str, String)]) -> Outcome {
    let protocol = ready.server.protocol;
    let token = format!("{}_TOKEN", protocol.to_ascii_uppercase());
    let out = root().join("target/attack/found").join(ready.server.name);
    let fuzz = || -> Result<std::process::Command, Problem> {
        let contract = format!("schemas/{protocol}/asyncapi.yaml");
        let mut fuzz =
            command(built("handfast")?, "", &["fuzz", &contract, "--target", "http://127.0.0.1:0"]);
        fuzz.args(["--spawn", &ready.command_line(), "--token", &format!("{token}=env:{token}"), "--out"]);
        fuzz.arg(&out).envs(environment.iter().map(|(name, value)| (name, value)));
        Ok(fuzz)
    };
    run(fuzz()?.args(limits).arg("--corpus").arg(corpus))?;
    for (session, event) in ready.server.attacked_in {
        let session = format!("conformance/sessions/{protocol}/{session}.yaml");
        run(fuzz()?.args(["--session", &session, "--event", event, "--cases", N_SESSION_CASES]))?;
    }
    Ok(())
}
