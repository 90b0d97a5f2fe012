//! docs/diagnostics.md lists every code, and each of its examples gives the diagnostic it stands under.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use handfast_codegen::compile_document;
use handfast_codegen::diagnostic::{CATALOGUE, Diagnostic};
use handfast_codegen::source::Memory;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(folder().join("../docs/diagnostics.md")).expect("the page")
}

/// The sections of the page: code and text.
fn sections(page: &str) -> Vec<(&str, &str)> {
    let sections = page.split("\n### `").skip(1);
    sections.map(|section| section.split_once('`').expect("a code in its heading")).collect()
}

/// Everything that is said of `text`, a document with that ending.
fn problems(ending: &str, text: &str) -> Vec<Diagnostic> {
    let name = if ending == "toml" { "handfast.toml".to_owned() } else { format!("example.{ending}") };
    let source = Memory::default().with("example.json", "{}").with(&name, text);
    let path = if ending == "yaml" { "example.yaml" } else { "example.json" };
    let compiled = compile_document(&source, Path::new(path));
    let found = match &compiled {
        Ok(document) => document.warnings(),
        Err(problems) => Some(problems),
    };
    found.into_iter().flat_map(|found| found.iter().cloned()).collect()
}

/// Resources that lead to each other, each with a dynamic anchor that is asked for.
fn explosion() -> String {
    let resource = |n: usize| {
        format!(
            r##""r{n}": {{ "$id": "urn:r:{n}", "$dynamicAnchor": "a{}", "properties": {{
                "a": {{ "$ref": "urn:r:{}" }}, "b": {{ "$ref": "urn:r:{}" }}, "c": {{ "$dynamicRef": "#a{}" }} }} }}"##,
            n % 20,
            (n * 7 + 1) % 300,
            (n * 3 + 2) % 300,
            n % 20
        )
    };
    let resources: Vec<String> = (0..300).map(resource).collect();
    format!(r#"{{ "$ref": "urn:r:0", "$defs": {{ {} }} }}"#, resources.join(",\n"))
}

#[test]
fn the_page_lists_every_code() {
    let page = page();
    let listed: Vec<&str> = sections(&page).iter().map(|(code, _)| *code).collect();
    let mut known: Vec<&str> = CATALOGUE.iter().map(|entry| entry.code).collect();
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "a code stands twice");
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    known.sort_unstable();
    assert_eq!(sorted, known);
}

#[test]
fn the_page_says_what_each_code_is() {
    let page = page();
    for (code, text) in sections(&page) {
        let entry = CATALOGUE.iter().find(|entry| entry.code == code).expect("an entry");
        let line = format!("**{}**: {}", entry.severity, entry.summary);
        assert!(text.contains(&line), "{code}: {line}");
    }
}

#[test]
fn each_example_gives_its_diagnostic() {
    let page = page();
    for (code, text) in sections(&page) {
        let found = match text.split("```").nth(1) {
            Some(example) => {
                let (ending, text) = example.split_once('\n').expect("a text behind its kind");
                problems(ending, text)
            }
            None if code == "too-many-schemas" => problems("json", &explosion()),
            None => panic!("{code} has no example"),
        };
        assert!(found.iter().any(|problem| problem.code == code), "{code}: {found:#?}");
        for problem in &found {
            let entry = CATALOGUE.iter().find(|entry| entry.code == problem.code);
            assert_eq!(entry.map(|entry| entry.severity), Some(problem.severity()), "{problem}");
            assert!(problem.help.is_some(), "{problem}");
        }
    }
}

/// Codes are written where a diagnostic is made: in calls of `new`, `problem` and `tell`.
#[test]
fn every_code_in_use_is_listed() {
    let mut n_codes = 0;
    for file in sources(&folder().join("src")) {
        let text = fs::read_to_string(&file).expect("a source");
        for maker in ["Diagnostic::new(", ".problem(", ".tell("] {
            for call in text.split(maker).skip(1) {
                let arguments = call.split(';').next().unwrap_or_default();
                let literals = arguments.split('"').skip(1).step_by(2);
                for code in literals.filter(|literal| is_code(literal)) {
                    n_codes += 1;
                    assert!(CATALOGUE.iter().any(|entry| entry.code == code), "{code} in {}", file.display());
                }
            }
        }
    }
    assert!(n_codes > 30, "only {n_codes} were found");
}

fn is_code(literal: &str) -> bool {
    literal.contains('-') && literal.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}
