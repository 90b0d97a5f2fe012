//! The official Socket.IO server, in Node.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use url::Url;

/// Longer than it takes to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it ends with its standard input.
pub struct Server {
    pub url: Url,
    _process: Child,
}

/// Starts `tests/npm/server.js` with these variables.
///
/// Without Node or the installed packages there is none: on CI that is a failure, elsewhere the test says so and passes.
pub async fn server(variables: &[(&str, &str)]) -> Option<Server> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm");
    let installed = folder.join("node_modules/socket.io").is_dir();
    let spawned = Command::new("node")
        .arg("server.js")
        .envs(variables.iter().copied())
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    let mut process = match spawned {
        Ok(process) if installed => process,
        _ => {
            let reason = "needs Node and `npm ci` in conformance/tests/npm";
            assert!(std::env::var_os("CI").is_none(), "{reason}");
            eprintln!("skipped: {reason}");
            return None;
        }
    };
    let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
    let line = timeout(PATIENCE, lines.next_line()).await.expect("it starts");
    let line = line.expect("a pipe").expect("a line of the server");
    let url = line.strip_prefix("listening on ").expect("where it listens");
    let url: Url = url.parse().expect("a URL");
    Some(Server { url, _process: process })
}
