//! Calls the command, in a folder with a contract and a session.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const CONTRACT: &str = r##"
asyncapi: 3.0.0
info: { title: Echo, version: 1.0.0 }
servers: { main: { host: localhost, protocol: ws } }
channels:
  events:
    address: /ws
    messages:
      ping: { $ref: "#/components/messages/ping" }
      pong: { $ref: "#/components/messages/pong" }
operations:
  listen: { action: receive, channel: { $ref: "#/channels/events" }, messages: [{ $ref: "#/channels/events/messages/ping" }] }
  tell: { action: send, channel: { $ref: "#/channels/events" }, messages: [{ $ref: "#/channels/events/messages/pong" }] }
components:
  messages:
    ping: { payload: { type: object, required: [type], properties: { type: { const: ping } } } }
    pong: { payload: { type: object, required: [type, n], properties: { type: { const: pong }, n: { type: integer } } } }
x-handfast:
  event-name: $message.payload#/type
"##;

const SESSION: &str = "\
session: ping and pong
contract: ../contract.yaml
connect: { channel: events }
steps:
  - send: ping
  - expect: pong
    within: 5s
    data: { n: 1 }
  - close: { code: 1000, by: client }
";

/// A folder with `contract.yaml` and `sessions/ping.yaml`.
pub struct Workspace(TempDir);

impl Workspace {
    pub fn new() -> Self {
        let workspace = Self(tempfile::tempdir().unwrap());
        workspace.write("contract.yaml", CONTRACT);
        workspace.write("sessions/ping.yaml", SESSION);
        workspace
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Adds a session whose text differs from that of `sessions/ping.yaml` in one place.
    pub fn vary(&self, path: &str, from: &str, to: &str) {
        assert!(SESSION.contains(from), "{from}");
        self.write(path, &SESSION.replace(from, to));
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The command, called in this folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        command(self.0.path(), arguments)
    }

    pub fn call(&self, arguments: &[&str]) -> Called {
        self.command(arguments).output().unwrap().into()
    }
}

/// The command, called in `folder`.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handfast"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.env_remove("RUST_BACKTRACE").env_remove("GITHUB_ACTIONS");
    command
}

/// Calls the command where nothing is.
pub fn call(arguments: &[&str]) -> Called {
    command(&std::env::temp_dir(), arguments).output().unwrap().into()
}

/// What a call came to.
#[derive(Debug)]
pub struct Called {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Called {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Called {
    /// It ended with `code`, and said all of `words` on the standard error.
    #[track_caller]
    pub fn complains(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for word in words {
            assert!(self.stderr.contains(word), "{word}: {self:#?}");
        }
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
    }

    /// It ended with `code`, and said all of `words` on the standard output, and nothing else.
    #[track_caller]
    pub fn says(&self, code: i32, words: &[&str]) {
        assert_eq!((self.code, self.stderr.as_str()), (Some(code), ""), "{self:#?}");
        for word in words {
            assert!(self.stdout.contains(word), "{word}: {self:#?}");
        }
    }
}
