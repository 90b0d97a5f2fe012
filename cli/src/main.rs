//! The `handfast` command.
//!
//! Reads arguments, calls the libraries, prints what they say. Adding a subcommand is one file and one line in
//! [`commands::COMMANDS`].

mod commands;
mod diagnostics;
mod error;
mod exit;
mod finding;
mod git;
mod interruption;
mod outputs;
mod pipeline;
mod plain;
mod printing;
mod reaching;
mod reading;
mod recording;
mod reporting;
mod runtime;
mod starting;
mod tokens;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// JSON is many small pieces of memory.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let matches = commands::command().get_matches();
    match commands::run(&matches) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            error.print();
            ExitCode::from(error.code())
        }
    }
}
