//! The commands of the README and of the pages about commands print what these say.

use std::path::Path;
use std::process::Command;

use regex::Regex;

use crate::orbit;

/// Where the README's server listens.
const TARGET: &str = "http://127.0.0.1:7443";
const TOKEN: &str = "a-token-for-the-readme";

/// The pages whose commands are run.
const PAGES: [&str; 8] = [
    "README.md",
    "docs/connect.md",
    "docs/fuzz.md",
    "docs/record.md",
    "docs/replay.md",
    "docs/reports.md",
    "docs/servers.md",
    "docs/validate.md",
];

/// A command, what it prints, and how it ends: well, unless the page asks the shell.
struct Example<'r> {
    command: &'r str,
    output: &'r str,
    code: i32,
}

fn examples(page: &str) -> Vec<Example<'_>> {
    let blocks = page.split("```console\n$ handfast ").skip(1);
    blocks
        .map(|block| {
            let (command, output) = block.split("```").next().unwrap().split_once('\n').unwrap();
            let (output, code) = output.split_once("$ echo $?\n").unwrap_or((output, "0"));
            Example { command, output, code: code.trim().parse().unwrap() }
        })
        .collect()
}

/// `text` without what differs from run to run.
fn masked(text: &str) -> String {
    let differs = [
        (r"\d+\.\d\d s", "# s"),
        (r"\d\d:\d\d:\d\d\.\d{3} ", "TIME "),
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "TIME"),
        (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"),
    ];
    let mask = |text: String, (pattern, mask): &(&str, &str)| {
        Regex::new(pattern).unwrap().replace_all(&text, *mask).into_owned()
    };
    differs.iter().fold(text.to_owned(), mask)
}

#[test]
fn every_command_prints_what_its_page_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let target = orbit::serve(TOKEN, None);
    for page in PAGES {
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        let examples = examples(&text);
        assert!(examples.len() >= 3, "{page} has examples");
        examples.iter().for_each(|example| check(root, &target, example));
    }
}

#[track_caller]
fn check(root: &Path, target: &str, Example { command, output, code }: &Example<'_>) {
    let arguments = shell_words::split(&command.replace(TARGET, target)).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_handfast"))
        .args(&arguments)
        .current_dir(root)
        .env("ORBIT_TOKEN", TOKEN)
        .env("ORBIT_URL", target)
        .output()
        .unwrap();
    let [authority, shown] = [target, TARGET].map(|url| url.trim_start_matches("http://"));
    let printed = String::from_utf8(run.stdout).unwrap().replace(authority, shown);
    let errors = String::from_utf8_lossy(&run.stderr);
    assert_eq!(masked(&printed), masked(output), "handfast {command}\n{errors}");
    assert_eq!(run.status.code(), Some(*code), "handfast {command}");
}
