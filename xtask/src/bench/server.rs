//! What is measured from outside: the command, and servers, which end with their values.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::process::{cargo, run};
use crate::{Problem, root};

/// A program of ours as users run it: `handfast`, or `bench-echo`. Both are built together, since features are joined over
/// what is built at a time.
///
/// # Errors
/// It can't be built.
pub fn released(name: &str) -> Result<PathBuf, Problem> {
    run(&mut cargo(&["build", "--release", "--quiet", "-p", "handfast-cli", "-p", "bench-echo"]))?;
    Ok(root().join("target/release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// A server that has said where it listens.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub url: String,
}

impl Server {
    /// Starts it; `url` finds in the first line that it prints where it listens.
    ///
    /// # Errors
    /// It can't be started, or does not listen.
    pub fn start(command: &mut Command, url: impl Fn(&str) -> Option<String>) -> Result<Self, Problem> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let printed = process.stdout.take().ok_or("the server's output is not piped")?;
        let mut server = Self { process, url: String::new() };
        let mut line = String::new();
        BufReader::new(printed).read_line(&mut line)?;
        server.url = url(line.trim()).ok_or_else(|| format!("it does not say where it listens: {line}"))?;
        Ok(server)
    }
}

/// The URL in the line of a server that says `listening on URL`.
pub fn listening(line: &str) -> Option<String> {
    line.strip_prefix("listening on ").map(str::to_owned)
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
