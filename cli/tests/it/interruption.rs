//! A run that is interrupted ends in order.
#![cfg(unix)]

use std::io::Read;
use std::process::{Command, Stdio};

use crate::call::Workspace;
use crate::server::Server;

#[test]
fn a_run_that_is_interrupted_reports_what_was_done() {
    for signal in ["INT", "TERM"] {
        let (workspace, server) = (Workspace::new(), Server::start(None));
        let call = ["replay", "sessions", "sessions", "--target", &server.url, "--scale", "20"];
        let mut running = workspace
            .command(&[&call[..], &["--report", "junit=report.xml", "--format", "json"]].concat())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = running.stdout.take().unwrap();
        let mut printed = String::new();
        while !printed.contains("session-started") {
            let mut chunk = [0; 4096];
            let n_bytes = stdout.read(&mut chunk).unwrap();
            assert!(n_bytes > 0, "{printed}");
            printed.push_str(&String::from_utf8_lossy(&chunk[..n_bytes]));
        }
        let kill = Command::new("kill").args(["-s", signal, &running.id().to_string()]).status().unwrap();
        assert!(kill.success());
        assert_eq!(running.wait().unwrap().code(), Some(4));
        stdout.read_to_string(&mut printed).unwrap();
        assert!(printed.contains("\"rule\":\"interrupted\""), "{printed}");
        assert!(workspace.read("report.xml").contains("tests=\"1\""));
    }
}
