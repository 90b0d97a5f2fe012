//! What a mock tells of itself, in lines.

use std::sync::{Mutex, PoisonError};

use handfast_conformance::mock::log::Entry;
use handfast_conformance::mock::serve::Logging;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::arguments::Format;
use crate::plain::plain;
use crate::printing::print;

/// The longest payload that is shown to people, in characters.
const MAX_SHOWN: usize = 160;

/// Where it listens, as a line.
pub fn listening(format: Format, url: &str) -> String {
    match format {
        Format::Text => format!("listening on {url}\n"),
        Format::Json => format!("{}\n", json!({ "time": time(), "event": "listening", "url": url })),
    }
}

/// Prints what happens; nothing once nobody reads.
pub fn logging(format: Format, is_quiet: bool) -> Logging {
    if is_quiet {
        return Box::new(|_| {});
    }
    let is_read = Mutex::new(true);
    Box::new(move |entry| {
        let line = match format {
            Format::Text => format!("{} {}\n", jiff::Zoned::now().strftime("%H:%M:%S%.3f"), text(entry)),
            Format::Json => json(entry),
        };
        let mut is_read = is_read.lock().unwrap_or_else(PoisonError::into_inner);
        // The mock serves on: its readers are not its clients.
        *is_read = *is_read && print(&line).is_ok();
    })
}

fn time() -> String {
    format!("{:.3}", Timestamp::now())
}

fn json(entry: &Entry) -> String {
    let mut line = serde_json::to_value(entry).unwrap_or_default();
    if let Value::Object(members) = &mut line {
        members.insert("time".to_owned(), time().into());
    }
    format!("{}\n", plain(&line.to_string()))
}

fn text(entry: &Entry) -> String {
    let line = match entry {
        Entry::Opened { connection, channel, sessions, resumed } => {
            let what = if *resumed { "resumed" } else { "opened" };
            let playing = match sessions.as_slice() {
                [] => String::new(),
                [one] => format!(", plays `{one}`"),
                many => format!(", may play {} sessions", many.len()),
            };
            format!("#{connection} {what} `{channel}`{playing}")
        }
        Entry::Refused { channel, message, reason, .. } => {
            format!("refused `{channel}`: {message} ({reason})")
        }
        Entry::Heard { connection, name, payload, valid } => {
            let mark = if *valid { "✓" } else { "✗" };
            format!("#{connection} ← {mark} {name} {}", shown(payload))
        }
        Entry::Told { connection, name, payload } => format!("#{connection} → {name} {}", shown(payload)),
        Entry::Acknowledged { connection, name, arguments } => {
            format!("#{connection} → acknowledges {name} {}", shown(&arguments.clone().into()))
        }
        Entry::Rejected { connection, name, reason } => {
            format!("#{connection} rejected {}: {reason}", name.as_deref().unwrap_or("a message"))
        }
        Entry::Answered { connection, method, path, status } => {
            let of = connection.map_or_else(String::new, |connection| format!("#{connection} "));
            format!("{of}{method} {path} answered {status}")
        }
        Entry::Fault { connection, fault, name } => {
            format!("#{connection} fault {fault} {}", name.as_deref().unwrap_or_default())
        }
        Entry::Warning { connection, message } => format!("#{connection} warning: {message}"),
        Entry::Closed { connection, by, code, reason } => {
            let code = code.map_or_else(String::new, |code| format!(" {code}"));
            format!("#{connection} closed by the {by}{code} {reason}")
        }
    };
    plain(line.trim_end())
}

fn shown(payload: &Value) -> String {
    let text = payload.to_string();
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
