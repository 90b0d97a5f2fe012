//! Shows problems in documents where they stand.

use std::path::Path;

use codespan_reporting::diagnostic::{Diagnostic as Shown, Label};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{self, Config};
use handfast_codegen::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use handfast_codegen::source::{Disk, Source};
use serde_json::{Value, json};

use crate::printing;

/// Shows all of `problems` on the standard error.
pub fn print(problems: &Diagnostics) {
    for problem in problems.iter() {
        printing::say(&format!("{}\n", frame(problem).trim_end()));
    }
}

/// `problems` as a program would read them.
pub fn to_json(problems: &Diagnostics) -> Vec<Value> {
    problems.iter().map(problem_to_json).collect()
}

fn problem_to_json(problem: &Diagnostic) -> Value {
    let Diagnostic { place, code, message, help } = problem;
    json!({
        "severity": problem.severity().to_string(),
        "code": code,
        "file": place.file,
        "line": place.position.line,
        "column": place.position.column,
        "pointer": place.pointer,
        "message": message,
        "help": help,
    })
}

/// The problem with the line it is about, where that can be read.
fn frame(problem: &Diagnostic) -> String {
    let text = Disk::default().read(Path::new(&problem.place.file)).unwrap_or_default();
    framed(problem, &text).unwrap_or_else(|| problem.to_string())
}

fn framed(problem: &Diagnostic, text: &str) -> Option<String> {
    let Diagnostic { place, code, message, help } = problem;
    let offset = offset(place, text)?;
    let end = offset + text[offset..].chars().next().filter(|char| *char != '\n').map_or(0, char::len_utf8);
    let pointer = if place.pointer.is_empty() { String::new() } else { format!("at {}", place.pointer) };
    let shown = match problem.severity() {
        Severity::Error => Shown::error(),
        Severity::Warning => Shown::warning(),
    };
    let shown = shown
        .with_code(*code)
        .with_message(message)
        .with_labels(vec![Label::primary((), offset..end).with_message(pointer)])
        .with_notes(help.iter().map(|help| format!("help: {help}")).collect());
    let file = SimpleFile::new(place.file.as_str(), text);
    let mut out = Ansi::new(Vec::new());
    term::emit_to_write_style(&mut out, &Config::default(), &file, &shown).ok()?;
    String::from_utf8(out.into_inner()).ok()
}

/// Where the place is in `text`, in bytes; nothing if the file has no such line.
pub fn offset(place: &Place, text: &str) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(place.position.line - 1).map(str::len).sum();
    let line = text[start..].split('\n').next().filter(|_| start < text.len())?;
    let column = line.char_indices().nth(place.position.column - 1).map_or(line.len(), |(offset, _)| offset);
    Some(start + column)
}
