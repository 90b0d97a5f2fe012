//! The repo's own tasks: `cargo xtask TASK`. Adding one is a file and a line in [`TASKS`].

mod agreement;
mod attack;
mod bench;
mod bindings;
#[path = "../../conformance/tests/faults/busy.rs"]
mod busy;
mod demo;
mod fuzz;
mod meta;
mod process;
mod python;
mod replay;
mod servers;
mod suite;
mod test;
mod tidy;
mod typescript;
mod unicode;
mod validators;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use clap::{ArgMatches, Command};

/// Every task.
static TASKS: &[Task] = &[
    demo::TASK,
    test::TASK,
    suite::TASK,
    suite::payloads::TASK,
    fuzz::TASK,
    attack::TASK,
    bench::TASK,
    typescript::TASK,
    python::TASK,
    meta::TASK,
    unicode::TASK,
    tidy::TASK,
];

/// A task.
struct Task {
    /// Its command line.
    command: fn() -> Command,
    /// Runs it. What goes wrong ends the process with 1.
    run: fn(&ArgMatches) -> Outcome,
}

type Problem = Box<dyn Error>;
type Outcome = Result<(), Problem>;

fn main() -> ExitCode {
    let commands = TASKS.iter().map(|task| (task.command)());
    let about = "The repo's own tasks";
    let matches = Command::new("cargo xtask")
        .about(about)
        .subcommand_required(true)
        .subcommands(commands)
        .get_matches();
    let chosen = matches.subcommand().and_then(|(name, matches)| {
        let task = TASKS.iter().find(|task| (task.command)().get_name() == name)?;
        Some((task, matches))
    });
    // clap refuses a command line without one of the tasks.
    let Some((task, matches)) = chosen else { return ExitCode::FAILURE };
    match (task.run)(matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the repo.
fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}
