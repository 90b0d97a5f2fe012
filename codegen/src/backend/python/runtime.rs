//! The modules that every generated package has: they are written once, in Python.

use super::project::Needs;
use crate::backend::Files;

macro_rules! modules {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("runtime/", $name)))),+] };
}

/// What models and validators stand on.
static ALWAYS: &[(&str, &str)] = modules![
    "__init__.py",
    "document.py",
    "event.py",
    "format.py",
    "host.py",
    "model.py",
    "number.py",
    "report.py",
    "rule.py",
    "syntax.py",
    "text.py",
    "value.py",
    "violation.py",
];

/// What any client stands on.
static CLIENTS: &[(&str, &str)] = modules!["error.py", "subscription.py"];

/// What clients of WebSocket and SSE stand on.
static CLIENT: &[(&str, &str)] =
    modules!["backoff.py", "client.py", "connection.py", "protocol.py", "sse.py"];

/// What clients of Socket.IO stand on.
static SOCKET_IO: &[(&str, &str)] = modules!["socket_client.py"];

/// The modules, in their folder.
pub fn files(needs: Needs) -> Files {
    let file = |(name, text): &(&str, &str)| (format!("_handfast/{name}"), (*text).to_owned());
    let clients = if needs.client || needs.socket_io { CLIENTS } else { &[] };
    let client = if needs.client { CLIENT } else { &[] };
    let socket_io = if needs.socket_io { SOCKET_IO } else { &[] };
    [ALWAYS, clients, client, socket_io].into_iter().flatten().map(file).collect()
}
