//! `cargo xtask test`: everything CI runs, step by step.

use std::time::Instant;

use clap::{Arg, ArgAction, Command};

use crate::process::{Tool, built, cargo, command, is_ci, npm_install, output, python_install, run};
use crate::replay::Mode;
use crate::{Outcome, Task, agreement, attack, demo, servers, suite, tidy};

pub const TASK: Task = Task {
    command: || {
        let list =
            Arg::new("list").long("list").action(ArgAction::SetTrue).help("Names the steps, and runs none");
        let only = Arg::new("only").long("only").value_name("STEP").action(ArgAction::Append);
        let only = only.value_parser(STEPS.iter().map(|step| step.name).collect::<Vec<_>>());
        let about = "Runs everything that CI runs";
        Command::new("test")
            .about(about)
            .arg(list)
            .arg(only.help("Runs this step; may be given several times"))
    },
    run: |matches| {
        if matches.get_flag("list") {
            STEPS.iter().for_each(|step| println!("{:16} {}", step.name, step.about));
            return Ok(());
        }
        let only: Vec<&String> = matches.get_many("only").into_iter().flatten().collect();
        test(|step| only.is_empty() || only.iter().any(|name| *name == step.name))
    },
};

/// A step.
struct Step {
    name: &'static str,
    about: &'static str,
    needs: &'static [Tool],
    run: fn() -> Outcome,
}

/// Every step, the quick ones first.
static STEPS: &[Step] = &[
    Step { name: "fmt", about: "the code is formatted", needs: &[], run: fmt },
    Step { name: "tidy", about: "the rules of the house hold", needs: &[], run: tidy::check },
    Step { name: "fresh", about: "generated files are up to date", needs: &[], run: fresh },
    Step { name: "tree", about: "the runtime depends on serde and serde_json only", needs: &[], run: tree },
    Step { name: "clippy", about: "the lints are clean", needs: &[], run: clippy },
    Step { name: "fuzz", about: "the fuzz targets compile", needs: &[], run: fuzz },
    Step { name: "rust", about: "the Rust tests", needs: &[Tool::Node], run: rust },
    Step {
        name: "suite",
        about: "the official test suite of JSON Schema, compiled",
        needs: &[Tool::Python],
        run: suite::check_rust,
    },
    Step {
        name: "compare",
        about: "what is said of pairs of the official suite's schemas",
        needs: &[Tool::Python],
        run: suite::containment::check,
    },
    Step {
        name: "suite-typescript",
        about: "the official test suite of JSON Schema, in TypeScript",
        needs: &[Tool::Python, Tool::Node],
        run: suite::check_typescript,
    },
    Step {
        name: "payloads",
        about: "payloads made of the official suite's and of published schemas are valid, near misses break what they say",
        needs: &[Tool::Python, Tool::Node],
        run: suite::payloads::check,
    },
    Step {
        name: "agreement",
        about: "TypeScript validators, the interpreter and Ajv agree",
        needs: &[Tool::Node],
        run: agreement::check,
    },
    Step {
        name: "asyncapi",
        about: "AsyncAPI's own parser accepts the contracts",
        needs: &[Tool::Node],
        run: asyncapi,
    },
    Step {
        name: "typescript",
        about: "the TypeScript bindings compile strictly",
        needs: &[Tool::Node],
        run: typescript,
    },
    Step {
        name: "client",
        about: "the generated TypeScript clients, against the example servers and the mock",
        needs: &[Tool::Node, Tool::Python],
        run: client,
    },
    Step {
        name: "assignable",
        about: "valid instances are of the generated TypeScript types",
        needs: &[Tool::Node, Tool::Python],
        run: suite::assignable::check,
    },
    Step {
        name: "python",
        about: "the Python bindings: types, models, clients against the servers, and the official suite",
        needs: &[Tool::Node, Tool::Python],
        run: crate::python::test,
    },
    Step {
        name: "builder-server",
        about: "the Node server's tests",
        needs: &[Tool::Node, Tool::Redis],
        run: builder_server,
    },
    Step {
        name: "builder-client",
        about: "the builder page's client, typed, against the Node server",
        needs: &[Tool::Node],
        run: builder_client,
    },
    Step {
        name: "browser",
        about: "the web pages in headless Chromium, against every server, and the page of a report",
        needs: &[Tool::Node, Tool::Python, Tool::Chromium],
        run: browser,
    },
    Step {
        name: "record",
        about: "sessions recorded with official clients, replayed against the other server of the protocol",
        needs: &[Tool::Node, Tool::Python, Tool::Chromium],
        run: record,
    },
    Step {
        name: "orbit-python",
        about: "the Python server's tests",
        needs: &[Tool::Python],
        run: orbit_python,
    },
    Step {
        name: "orbit-cli-wait",
        about: "the command that waits for tasks, against both orbit servers",
        needs: &[Tool::Python],
        run: orbit_cli_wait,
    },
    Step {
        name: "replay",
        about: "every session against every server, in every mode",
        needs: &[],
        run: replay,
    },
    Step {
        name: "attack",
        about: "what contracts allow and forbid, sent to every example server",
        needs: &[],
        run: attack::check,
    },
];

fn test(is_chosen: impl Fn(&Step) -> bool) -> Outcome {
    let (mut lines, mut n_failed) = (Vec::new(), 0);
    for step in STEPS.iter().filter(|step| is_chosen(step)) {
        println!("\n== {}: {}", step.name, step.about);
        let began = Instant::now();
        let verdict = match attempt(step) {
            Ok(None) => "passed".to_owned(),
            Ok(Some(missing)) => format!("left out: {missing}"),
            Err(problem) => {
                eprintln!("{problem}");
                n_failed += 1;
                "FAILED".to_owned()
            }
        };
        lines.push(format!("{:16} {:5.0} s  {verdict}", step.name, began.elapsed().as_secs_f64()));
    }
    let n_left_out = lines.iter().filter(|line| line.contains("left out")).count();
    println!("\n{}\n", lines.join("\n"));
    println!("{} passed, {n_failed} failed, {n_left_out} skipped", lines.len() - n_failed - n_left_out);
    if n_failed == 0 { Ok(()) } else { Err(format!("{n_failed} steps failed").into()) }
}

/// Runs a step; says what is missing where this machine can't.
fn attempt(step: &Step) -> Result<Option<&'static str>, crate::Problem> {
    let missing = |tool: &&Tool| tool.missing().is_some();
    if is_ci() {
        step.needs.iter().filter(missing).try_for_each(|tool| install(tool.debian_packages()))?;
    }
    match step.needs.iter().find_map(|tool| tool.missing()) {
        Some(missing) if is_ci() => Err(missing.into()),
        Some(missing) => {
            println!("left out. {missing}");
            Ok(Some(missing))
        }
        None => (step.run)().map(|()| None),
    }
}

/// Installs packages of Debian.
fn install(packages: &[&str]) -> Outcome {
    if packages.is_empty() {
        return Ok(());
    }
    println!("  apt-get install {}", packages.join(" "));
    let quiet = |arguments: &[&str]| {
        let mut apt = command("apt-get", "", arguments);
        output(apt.env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
    };
    quiet(&["update", "-q"])?;
    quiet(&[["install", "-q", "-y", "--no-install-recommends"].as_slice(), packages].concat())
}

fn fmt() -> Outcome {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn clippy() -> Outcome {
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
}

/// Checks the package that the workspace leaves out. It is not linked with libFuzzer, which would want a C++ compiler.
fn fuzz() -> Outcome {
    let manifest = ["--manifest-path", "fuzz/Cargo.toml"];
    run(cargo(&["fmt", "--check"]).args(manifest))?;
    let clippy = ["clippy", "--quiet", "--locked", "--no-default-features", "--target-dir", "target"];
    run(cargo(&clippy).args(manifest).args(["--", "-D", "warnings"]))
}

fn fresh() -> Outcome {
    crate::typescript::check()?;
    crate::python::check()?;
    crate::meta::check()?;
    crate::unicode::check()
}

/// `cargo tree` of the runtime without its default features.
fn tree() -> Outcome {
    let what = ["tree", "-p", "handfast", "--no-default-features", "--edges", "normal"];
    let form = ["--depth", "1", "--prefix", "none", "-f", "{p}"];
    let printed = output(&mut cargo(&[what.as_slice(), &form].concat()))?;
    let names: Vec<&str> = printed.lines().filter_map(|line| line.split(' ').next()).collect();
    if names == ["handfast", "serde", "serde_json"] {
        return Ok(());
    }
    Err(format!("the runtime depends on more than serde and serde_json:\n{printed}").into())
}

fn rust() -> Outcome {
    npm_install("conformance/tests/npm")?;
    npm_install("examples/builder-server")?;
    run(&mut cargo(&["test", "--workspace", "--quiet", "--no-fail-fast"]))
}

fn asyncapi() -> Outcome {
    npm_install("xtask/npm")?;
    run(&mut command("npm", "xtask/npm", &["run", "--silent", "check-asyncapi"]))
}

fn typescript() -> Outcome {
    npm_install("xtask/npm")?;
    npm_install("bindings/typescript/tests")?;
    run(&mut command("npm", "bindings/typescript/tests", &["test", "--silent"]))
}

fn client() -> Outcome {
    run(&mut cargo(&["build", "--quiet", "-p", "orbit-server", "-p", "handfast-cli"]))?;
    npm_install("examples/builder-server")?;
    npm_install("bindings/typescript/client-tests")?;
    let commands = servers::commands(|server| server.protocol == "orbit")?;
    let mut npm = command("npm", "bindings/typescript/client-tests", &["test", "--silent"]);
    let python_path = crate::root().join("examples/orbit-server-python");
    npm.env("ORBIT_SERVERS", commands).env("PYTHONPATH", python_path).env("HANDFAST", built("handfast")?);
    run(&mut npm)
}

fn builder_server() -> Outcome {
    npm_install("examples/builder-server")?;
    run(&mut command("npm", "examples/builder-server", &["test", "--silent"]))
}

fn builder_client() -> Outcome {
    npm_install("examples/builder-server")?;
    npm_install("examples/builder-client")?;
    run(&mut command("npm", "examples/builder-client", &["test", "--silent"]))
}

/// The pages' own tests, and then the built pages against the servers, and the page of a report. What they looked like stands
/// in `target/browser`.
fn browser() -> Outcome {
    let programs = ["-p", "handfast-cli", "-p", "orbit-server", "-p", "builder-server-rust"];
    run(cargo(&["build", "--quiet"]).args(programs))?;
    for page in ["examples/orbit-panel", "examples/builder-web"] {
        npm_install(page)?;
        run(&mut command("npm", page, &["test", "--silent"]))?;
        run(&mut command("npm", page, &["run", "--silent", "build", "--", "--logLevel", "warn"]))?;
    }
    npm_install("examples/browser-tests")?;
    let mut tests = command("npm", "examples/browser-tests", &["test", "--silent"]);
    run(tests.env("HANDFAST", built("handfast")?).env("SERVERS", servers::commands(|_| true)?))
}

/// Official clients and the pages, recorded through the proxy and as HAR.
fn record() -> Outcome {
    demo::build()?;
    for page in ["examples/orbit-panel", "examples/builder-web"] {
        npm_install(page)?;
        run(&mut command("npm", page, &["run", "--silent", "build", "--", "--logLevel", "warn"]))?;
    }
    npm_install("examples/browser-tests")?;
    npm_install("examples/record-tests")?;
    let python = python_install("examples/orbit-cli-wait", "requirements.txt")?;
    let mut tests = command("npm", "examples/record-tests", &["test", "--silent"]);
    run(tests
        .env("SERVERS", servers::commands(|_| true)?)
        .env("PYTHON", python)
        .env("HANDFAST", built("handfast")?))
}

fn orbit_python() -> Outcome {
    let folder = "examples/orbit-server-python";
    let python = python_install(folder, "requirements-dev.txt")?;
    run(&mut command(python, folder, &["-m", "pytest", "--quiet"]))
}

fn orbit_cli_wait() -> Outcome {
    run(&mut cargo(&["build", "--quiet", "-p", "orbit-server"]))?;
    let folder = "examples/orbit-cli-wait";
    let python = python_install(folder, "requirements-dev.txt")?;
    let commands = servers::commands(|server| server.protocol == "orbit")?;
    run(command(python, folder, &["-m", "pytest", "--quiet"]).env("SERVERS", commands))
}

fn replay() -> Outcome {
    demo::build()?;
    demo::report(&demo::replay_all(Mode::beyond_plain, 1)?)
}
