//! A call of `handfast connect` that runs while the test does something else.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

use serde_json::Value;

use crate::call::{Called, command};

pub const TOKEN: &str = "a-good-token";

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A call at the root of the repository, with the token in `TOKEN`.
pub fn connect(arguments: &[&str]) -> Command {
    let mut command = command(&root(), &[&["connect"], arguments].concat());
    command.env("TOKEN", TOKEN);
    command
}

/// Calls and waits.
pub fn called(arguments: &[&str]) -> Called {
    connect(arguments).output().unwrap().into()
}

/// A call that runs.
pub struct Talk {
    pub child: Child,
    pub input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    printed: String,
    errors: JoinHandle<String>,
}

impl Talk {
    pub fn start(mut command: Command) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let errors = thread::spawn(move || {
            let mut errors = String::new();
            stderr.read_to_string(&mut errors).unwrap();
            errors
        });
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { input: child.stdin.take(), output, printed: String::new(), errors, child }
    }

    /// Writes a line to its standard input.
    pub fn write(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    /// The next line it prints.
    #[track_caller]
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert!(line.ends_with('\n'), "{line:?} after {}", self.printed);
        self.printed.push_str(&line);
        line
    }

    /// The next JSON that it prints and that has this member; `event` and `task.created`, `connection` and `open`.
    #[track_caller]
    pub fn json(&mut self, member: &str, value: &str) -> Value {
        loop {
            let json: Value = serde_json::from_str(&self.line()).unwrap();
            if json[member] == value {
                return json;
            }
        }
    }

    /// What it came to, with all it printed.
    pub fn end(mut self) -> Called {
        drop(self.input.take());
        self.output.read_to_string(&mut self.printed).unwrap();
        let code = self.child.wait().unwrap().code();
        Called { code, stdout: self.printed, stderr: self.errors.join().unwrap() }
    }
}

/// The JSON of all lines.
#[track_caller]
pub fn json_lines(called: &Called) -> Vec<Value> {
    let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {called:#?}"));
    called.stdout.lines().map(parse).collect()
}
