//! One HTML page per run: style, script and data in one file, which needs no network.
//!
//! The policy of the page lets its own script and style run, by their hashes, and nothing else: nothing that a server sent can
//! become markup or code. Data stands in an element that no browser executes, without a character that could end it.

use std::io;

use data_encoding::BASE64;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::narrative::reproduction;
use super::{Report, Sink};
use crate::event::{RunEvent, RunSummary, SessionReport};
use crate::verdict::Verdict;

const PAGE: &str = include_str!("html/page.html");
const STYLE: &[&str] = &[
    include_str!("html/colours.css"),
    include_str!("html/layout.css"),
    include_str!("html/session.css"),
    include_str!("html/sequence.css"),
];
const SCRIPT: &[&str] = &[
    include_str!("html/element.js"),
    include_str!("html/model.js"),
    include_str!("html/json_text.js"),
    include_str!("html/payload.js"),
    include_str!("html/axis.js"),
    include_str!("html/sequence.js"),
    include_str!("html/session.js"),
    include_str!("html/overview.js"),
    include_str!("html/list.js"),
    include_str!("html/app.js"),
];

/// From this size on, a page has no transcripts of sessions that passed.
const MAX_BYTES_OF_PASSED: usize = 16 << 20;
/// From this size on, it has no more transcripts at all: a browser has to open it.
const MAX_BYTES: usize = 64 << 20;

/// A report to look at.
pub(super) fn open(sink: Sink) -> Box<dyn Report> {
    Box::new(Html { sink, started: String::new(), sessions: String::new() })
}

struct Html {
    sink: Sink,
    started: String,
    /// The sessions so far, as JSON, each with a comma before it but the first.
    sessions: String,
}

/// A session, as the page has it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown<'r> {
    report: &'r SessionReport,
    reproduce: String,
    n_lines_left_out: usize,
}

impl Report for Html {
    fn event(&mut self, event: &RunEvent) -> io::Result<()> {
        match event {
            RunEvent::RunStarted { .. } => self.started = serde_json::to_string(event)?,
            RunEvent::SessionStarted { .. } | RunEvent::StepFinished { .. } => {}
            RunEvent::SessionFinished(report) => self.take(report)?,
            RunEvent::RunFinished(summary) => self.write(summary)?,
        }
        Ok(())
    }
}

impl Html {
    fn take(&mut self, report: &SessionReport) -> io::Result<()> {
        let max_bytes = if report.verdict == Verdict::Passed { MAX_BYTES_OF_PASSED } else { MAX_BYTES };
        let shown = |report, n_lines_left_out| {
            serde_json::to_string(&Shown { report, reproduce: reproduction(report), n_lines_left_out })
        };
        let mut json = shown(report, 0)?;
        if self.sessions.len() + json.len() > max_bytes && !report.transcript.is_empty() {
            let without = SessionReport { transcript: Vec::new(), ..report.clone() };
            json = shown(&without, report.transcript.len())?;
        }
        if !self.sessions.is_empty() {
            self.sessions.push(',');
        }
        self.sessions.push_str(&json);
        Ok(())
    }

    fn write(&mut self, summary: &RunSummary) -> io::Result<()> {
        let data = format!(
            "{{\"started\":{},\"sessions\":[{}],\"finished\":{}}}",
            self.started,
            std::mem::take(&mut self.sessions),
            serde_json::to_string(summary)?
        );
        let (style, script) = (STYLE.concat(), format!("\"use strict\";\n{}", SCRIPT.concat()));
        let policy = policy(&style, &script);
        let parts = [("policy", policy), ("style", style), ("data", inert(&data)), ("script", script)];
        write_filled(&mut self.sink.out, PAGE, &parts)?;
        self.sink.out.flush()
    }
}

/// Lets the page's own style and script run, and nothing else.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(style),
        hash(script)
    )
}

/// JSON that can't end the element it stands in, nor begin a comment in it: these characters occur in strings alone, where
/// JSON has another way to write them.
fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for char in json.chars() {
        match char {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(char)));
            }
            _ => text.push(char),
        }
    }
    text
}

/// Writes `page` with each `{{name}}` replaced, in the order of `parts`. What is put in is not looked at again.
fn write_filled(out: &mut dyn io::Write, page: &str, parts: &[(&str, String)]) -> io::Result<()> {
    let mut rest = page;
    for (name, text) in parts {
        if let Some((before, after)) = rest.split_once(&format!("{{{{{name}}}}}")) {
            out.write_all(before.as_bytes())?;
            out.write_all(text.as_bytes())?;
            rest = after;
        }
    }
    out.write_all(rest.as_bytes())
}
