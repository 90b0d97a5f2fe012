//! `cargo xtask meta`: writes the JSON Schemas of our own files, or says what of them is stale.

use clap::{Arg, ArgAction, Command};
use handfast_codegen::backend::Files;
use handfast_codegen::emit;
use handfast_conformance::{evolution, known, report, session};
use serde_json::Value;

use crate::{Outcome, Task, root};

pub const TASK: Task = Task {
    command: || {
        let check = Arg::new("check").long("check").action(ArgAction::SetTrue);
        let about =
            "Writes the JSON Schemas of the extension, of sessions, reports, known failures and exceptions";
        Command::new("meta")
            .about(about)
            .arg(check.help("Writes nothing, and fails if a file is not up to date"))
    },
    run: |matches| meta(matches.get_flag("check")),
};

/// Whether the committed files are up to date.
pub fn check() -> Outcome {
    meta(true)
}

fn meta(check: bool) -> Outcome {
    let file = |name: &str, schema: &Value| -> Result<_, serde_json::Error> {
        Ok((format!("{name}.schema.json"), format!("{}\n", serde_json::to_string_pretty(schema)?)))
    };
    let files = Files::from([
        file("x-handfast", &session::contract_schema())?,
        file("session", &session::session_schema())?,
        file("report", &report::report_schema())?,
        file("known-failures", &known::known_schema())?,
        file("exceptions", &evolution::exceptions_schema())?,
    ]);
    let folder = root().join("schemas/meta");
    if !check {
        emit::write(&folder, &files)?;
        return Ok(());
    }
    let stale: Vec<String> = emit::compare(&folder, &files).iter().map(ToString::to_string).collect();
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\nrun `cargo xtask meta`", stale.join("\n")).into())
    }
}
