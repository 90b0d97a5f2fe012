//! `cargo xtask demo`: every session of both protocols against every example server.

use clap::{Arg, ArgAction, Command, value_parser};

use crate::busy::Busy;
use crate::process::{cargo, is_ci, run};
use crate::replay::{Mode, Replayed, replay, table};
use crate::servers::{SERVERS, environment};
use crate::{Outcome, Problem, Task};

pub const TASK: Task = Task {
    command: || {
        let busy = Arg::new("busy").long("busy").action(ArgAction::SetTrue);
        let repeat = Arg::new("repeat").long("repeat").value_name("N").default_value("1");
        let repeat =
            repeat.value_parser(value_parser!(u32).range(1..)).help("Plays each session so many times");
        Command::new("demo")
            .about("Replays every session against every example server")
            .arg(busy.help("Keeps all cores busy with something else meanwhile"))
            .arg(repeat)
    },
    run: |matches| {
        build()?;
        let n_cores = std::thread::available_parallelism().map_or(2, usize::from);
        let _busy = matches.get_flag("busy").then(|| Busy::of_threads(n_cores));
        let n_repetitions = matches.get_one("repeat").copied().unwrap_or(1);
        report(&replay_all(|_| &[], n_repetitions)?)
    },
};

/// Builds what a replay needs.
pub fn build() -> Outcome {
    println!("building the command and the Rust servers");
    run(&mut cargo(&["build", "-p", "handfast-cli", "-p", "orbit-server", "-p", "builder-server-rust"]))
}

/// Replays against every server that this machine can run, so many times: plainly, and in the modes that `more` gives for its
/// protocol.
pub fn replay_all(more: fn(&str) -> &'static [Mode], n_repetitions: u32) -> Result<Vec<Replayed>, Problem> {
    let environment = environment()?;
    let mut replayed = Vec::new();
    for server in SERVERS {
        if let Some(missing) = server.needs.and_then(|tool| tool.missing()) {
            if is_ci() {
                return Err(missing.into());
            }
            println!("\n{} ({}): left out. {missing}", server.name, server.stack);
            continue;
        }
        let ready = server.prepare()?;
        for mode in std::iter::once(&Mode::Plain).chain(more(server.protocol)) {
            replayed.push(replay(&ready, *mode, n_repetitions, &environment)?);
        }
    }
    Ok(replayed)
}

/// Prints the table, and fails unless everything passed.
pub fn report(replayed: &[Replayed]) -> Outcome {
    println!("{}", table(replayed));
    let n_played: usize = replayed.iter().map(|one| one.sessions.len()).sum();
    let n_passed =
        replayed.iter().flat_map(|one| &one.sessions).filter(|played| played.verdict == "passed").count();
    println!("{n_passed} of {n_played} sessions passed, against {} servers and modes", replayed.len());
    let failed: Vec<String> = replayed
        .iter()
        .filter(|one| !one.is_passed)
        .map(|one| format!("{}{}", one.server.name, one.mode))
        .collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("not passed: {}", failed.join("; ")).into()) }
}
