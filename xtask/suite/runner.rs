//! Puts the cases of the suite to the generated modules: `runner TABLE TESTS`. `TABLE` is JSON Lines, a group each;
//! what is printed is JSON Lines as well, a case each.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::panic::catch_unwind;
use std::path::Path;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use subject::{Decoded, Subject, equal};

/// A line of the table.
#[derive(serde::Deserialize)]
struct Row {
    /// The file below `TESTS`.
    file: String,
    /// The number of the group in it.
    group_idx: usize,
    /// The name of the module.
    module: String,
}

#[derive(serde::Deserialize)]
struct Group {
    tests: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    data: Box<RawValue>,
    valid: bool,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (table, tests) = (arguments.next().unwrap(), arguments.next().unwrap());
    let subjects: HashMap<&str, &Subject> = modules().into_iter().collect();
    let mut files: HashMap<String, Vec<Group>> = HashMap::new();
    for row in fs::read_to_string(table).unwrap().lines() {
        let Row { file, group_idx, module } = serde_json::from_str(row).unwrap();
        let groups = files.entry(file.clone()).or_insert_with(|| read(&Path::new(&tests).join(&file)));
        for (case_idx, case) in groups[group_idx].tests.iter().enumerate() {
            let failed = catch_unwind(|| failed(subjects[&*module], case)).unwrap_or_else(|_| vec!["panic"]);
            let line = json!({ "file": file, "group_idx": group_idx, "case_idx": case_idx, "failed": failed });
            // Every line at once: a case that overflows the stack is then the one after the last that was printed.
            writeln!(io::stdout(), "{line}").unwrap();
        }
    }
}

fn read(path: &Path) -> Vec<Group> {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What did not do what the case says.
fn failed(subject: &Subject, case: &Case) -> Vec<&'static str> {
    let bytes = case.data.get().as_bytes();
    let value: Value = serde_json::from_slice(bytes).unwrap();
    let verdict = |function, verdict: bool| (verdict != case.valid).then_some(function);
    let round_trip = |functions: [&'static str; 2], decoded: Decoded| match decoded {
        Some(written) if case.valid => {
            let is_equal = written.is_some_and(|written| equal(&written, &value));
            (!is_equal).then_some(functions[1])
        }
        decoded => verdict(functions[0], decoded.is_some()),
    };
    let found = [
        verdict("is_valid", (subject.is_valid)(&value)),
        verdict("validate", (subject.validate)(&value)),
        round_trip(["from_slice", "from_slice, to_vec"], (subject.from_slice)(bytes)),
        round_trip(["Deserialize", "Deserialize, to_vec"], (subject.deserialize)(bytes)),
    ];
    found.into_iter().flatten().collect()
}
