//! The README's commands print what the README says.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use orbit_server::{Server, Settings};
use regex::Regex;

/// Where the README's server listens.
const TARGET: &str = "http://127.0.0.1:7443";
const TOKEN: &str = "a-token-for-the-readme";

/// A command and what it prints.
struct Example<'r> {
    command: &'r str,
    output: &'r str,
}

fn examples(readme: &str) -> Vec<Example<'_>> {
    let blocks = readme.split("```console\n$ handfast ").skip(1);
    blocks
        .map(|block| {
            let (command, output) = block.split("```").next().unwrap().split_once('\n').unwrap();
            Example { command, output }
        })
        .collect()
}

/// `text` without what differs from run to run.
fn masked(text: &str) -> String {
    Regex::new(r"\d+\.\d\d s").unwrap().replace_all(text, "# s").into_owned()
}

/// The orbit server on a free port, until the test ends.
fn serve() -> String {
    let settings =
        Settings { port: 0, token: TOKEN.to_owned(), step: Duration::from_millis(5), ..Settings::default() };
    let server = Server::bind(settings).unwrap();
    let url = server.url();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(server.serve(std::future::pending())).unwrap();
    });
    url
}

#[test]
fn every_command_prints_what_the_readme_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let target = serve();
    let examples = examples(&readme);
    assert!(examples.len() >= 3, "the README has examples");
    for Example { command, output } in examples {
        let arguments = shell_words::split(&command.replace(TARGET, &target)).unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_handfast"))
            .args(&arguments)
            .current_dir(root)
            .env("ORBIT_TOKEN", TOKEN)
            .output()
            .unwrap();
        let printed = String::from_utf8(run.stdout).unwrap().replace(&target, TARGET);
        let errors = String::from_utf8_lossy(&run.stderr);
        assert_eq!(masked(&printed), masked(output), "handfast {command}\n{errors}");
        assert!(run.status.success(), "handfast {command}");
    }
}
