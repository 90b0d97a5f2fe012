//! What build servers run: the steps of `action.yml` that install the command, and the jobs that docs/reports.md has for GitLab.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use handfast_codegen::load::{from_node, parse};
use serde_json::Value;

use crate::call::Workspace;

const ACTION: &str = include_str!("../../../action.yml");
const REPORTS: &str = include_str!("../../../docs/reports.md");
const HANDFAST: &str = env!("CARGO_BIN_EXE_handfast");

/// A workspace like ours, in which `cli` is a package without dependencies whose program is ours.
fn write_source(workspace: &Workspace, says: &str) {
    workspace.write("source/Cargo.toml", "[workspace]\nmembers = [\"cli\"]\nresolver = \"3\"\n");
    workspace.write(
        "source/Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"handfast-cli\"\nversion = \"0.0.0\"\n",
    );
    workspace.write(
        "source/cli/Cargo.toml",
        "[package]\nname = \"handfast-cli\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[[bin]]\nname = \"handfast\"\npath = \"main.rs\"\n",
    );
    let program = format!(
        "fn main() {{\n    eprintln!({says:?});\n    let status = std::process::Command::new({HANDFAST:?}).args(std::env::args_os().skip(1)).status();\n    std::process::exit(status.ok().and_then(|status| status.code()).unwrap_or(101));\n}}\n"
    );
    workspace.write("source/cli/main.rs", &program);
}

/// A build server, as far as the steps know it: what they write into its files are their outputs and the path.
struct Runner {
    workspace: Workspace,
    environment: BTreeMap<String, String>,
}

impl Runner {
    fn new() -> Self {
        let workspace = Workspace::new();
        let file = |name: &str| workspace.path(name).display().to_string();
        let environment = [
            ("RUNNER_TEMP", file("temporary files")),
            ("GITHUB_OUTPUT", file("outputs")),
            ("GITHUB_PATH", file("path")),
            ("GITHUB_ACTIONS", "true".to_owned()),
            ("RUNNER_OS", "Linux".to_owned()),
            ("RUNNER_ARCH", "X64".to_owned()),
        ];
        fs::create_dir_all(workspace.path("temporary files")).unwrap();
        let environment = environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { workspace, environment }
    }

    /// Runs the step called `name`, whose own variables have these values; gives its outputs.
    fn step(&self, name: &str, variables: &[(&str, &str)]) -> BTreeMap<String, String> {
        let action: Value = from_node(&parse(Path::new("action.yml"), ACTION).unwrap()).unwrap();
        let steps = action["runs"]["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["name"] == name).unwrap();
        assert_eq!(step["shell"], "bash");
        let wanted = step["env"].as_object().map_or(0, serde_json::Map::len);
        assert_eq!(wanted, variables.len(), "the variables of {name}");
        for (name, _) in variables {
            assert!(step["env"][name].is_string(), "{name}");
        }
        self.workspace.write("outputs", "");
        let output = self.bash(step["run"].as_str().unwrap(), variables);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let outputs = self.workspace.read("outputs");
        let outputs = outputs.lines().filter_map(|line| line.split_once('='));
        outputs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    fn bash(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let mut bash = Command::new("bash");
        // As GitHub calls it.
        bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]);
        bash.current_dir(self.workspace.path("")).envs(&self.environment).envs(variables.iter().copied());
        // What is built is not to be shared with these tests.
        bash.env_remove("CARGO_TARGET_DIR").env("CARGO_NET_OFFLINE", "true");
        bash.output().unwrap()
    }

    /// Runs a command with what the steps have put into the path.
    fn call(&self, script: &str) -> Output {
        let path = format!("{}:{}", self.workspace.read("path").trim(), std::env::var("PATH").unwrap());
        self.bash(script, &[("PATH", &path)])
    }

    fn install(&self, source: &str) {
        self.step("Build the command", &[("SOURCE", source)]);
        self.step("Put the command into the path", &[]);
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=test", "-c", "user.email=test@localhost"]).args(arguments).current_dir(folder);
    let output = git.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_action_installs_what_it_came_with() {
    let runner = Runner::new();
    write_source(&runner.workspace, "as it came");
    let source = runner.workspace.path("source").display().to_string();
    let find = || runner.step("Find out what to install", &[("VERSION", ""), ("ACTION_PATH", &source)]);
    let found = find();
    assert_eq!(found["path"], source);
    assert!(found["key"].starts_with("handfast-Linux-X64-"), "{found:?}");
    assert_eq!(find(), found);
    runner.workspace.write("source/cli/Cargo.toml", &(runner.workspace.read("source/cli/Cargo.toml") + "\n"));
    assert_ne!(find()["key"], found["key"], "another source is no match for what was cached");
    runner.install(&source);
    let output = runner.call("handfast --version");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "as it came\n");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("handfast "));
}

#[test]
fn the_action_installs_the_version_that_is_asked_for() {
    let mut runner = Runner::new();
    write_source(&runner.workspace, "the first");
    let source = runner.workspace.path("source");
    git(&source, &["init", "--quiet", "--initial-branch", "main"]);
    for (says, tag) in [("the first", "v1"), ("the second", "v2")] {
        write_source(&runner.workspace, says);
        git(&source, &["add", "."]);
        git(&source, &["commit", "--quiet", "--message", says]);
        git(&source, &["tag", tag]);
    }
    // The repository is where git is told that it is.
    let settings = [
        ("GIT_CONFIG_COUNT", "1".to_owned()),
        ("GIT_CONFIG_KEY_0", format!("url.{}.insteadOf", source.display())),
        ("GIT_CONFIG_VALUE_0", "https://github.com/handfast/handfast".to_owned()),
    ];
    runner.environment.extend(settings.map(|(name, value)| (name.to_owned(), value)));
    let find = |version: &str| {
        runner.step("Find out what to install", &[("VERSION", version), ("ACTION_PATH", "/nowhere")])
    };
    let (second, first) = (find("v2"), find("v1"));
    assert_ne!(second["key"], first["key"]);
    runner.install(&first["path"]);
    let output = runner.call("handfast --version");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "the first\n");
}

/// The jobs that the documentation has for GitLab, each with the lines of its script.
fn gitlab() -> BTreeMap<String, Vec<String>> {
    let (_, section) = REPORTS.split_once("\n## GitLab\n").unwrap();
    let yaml = section.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let jobs: Value = from_node(&parse(Path::new("gitlab.yml"), yaml).unwrap()).unwrap();
    let lines = |job: &Value| {
        let script = job["script"].as_array().unwrap().iter();
        script.map(|line| line.as_str().unwrap().to_owned()).collect()
    };
    jobs.as_object().unwrap().iter().map(|(name, job)| (name.clone(), lines(job))).collect()
}

#[test]
fn the_jobs_for_gitlab_replay_in_parts_and_merge_them() {
    let runner = Runner::new();
    for n in 2..=6 {
        runner.workspace.vary(
            &format!("sessions/ping-{n}.yaml"),
            "ping and pong",
            &format!("ping and pong {n}"),
        );
    }
    // The server of the snippet is `node server.js --port PORT`.
    let node = runner.workspace.path("bin/node");
    runner.workspace.write(
        "bin/node",
        "#!/bin/sh\n[ \"$1 $2\" = 'server.js --port' ] || exit 9\nexec handfast mock contract.yaml sessions --listen \"127.0.0.1:$3\"\n",
    );
    fs::set_permissions(&node, fs::Permissions::from_mode(0o755)).unwrap();
    let commands = [node.parent().unwrap(), Path::new(HANDFAST).parent().unwrap()];
    let commands = commands.map(|folder| folder.display().to_string()).join(":");
    let path = format!("{commands}:{}", std::env::var("PATH").unwrap());
    let jobs = gitlab();
    let run = |job: &str, node_index: &str| {
        for line in &jobs[job] {
            let variables = [
                ("PATH", path.as_str()),
                ("CI_PIPELINE_ID", "77"),
                ("CI_NODE_INDEX", node_index),
                ("CI_NODE_TOTAL", "3"),
            ];
            let output = runner.bash(line, &variables);
            let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
            assert!(output.status.success(), "{job}: {}", said.concat());
        }
    };
    for node_index in ["1", "2", "3"] {
        run("replay", node_index);
    }
    for name in ["junit.xml", "index.html", "1.blob", "2.blob", "3.blob"] {
        assert!(runner.workspace.path("report").join(name).is_file(), "{name}");
    }
    fs::remove_file(runner.workspace.path("report/index.html")).unwrap();
    run("report", "");
    let page = runner.workspace.read("report/index.html");
    for n in 2..=6 {
        assert!(page.contains(&format!("ping and pong {n}")), "the page has the sessions of all parts");
    }
}
