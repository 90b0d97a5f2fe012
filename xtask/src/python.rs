//! `cargo xtask python`: writes the committed Python, or says what of it is stale.

use clap::{Args, Command, FromArgMatches};
use handfast_codegen::backend::python::Python;

use crate::bindings::{Output, bindings};
use crate::process::{built, cargo, command, npm_install, python_install, run};
use crate::suite::fetched;
use crate::{Outcome, Task};

pub const TASK: Task = Task {
    command: || Options::augment_args(Command::new("python").about("Writes the committed Python")),
    run: |matches| python(Options::from_arg_matches(matches)?.check),
};

#[derive(Args)]
struct Options {
    /// Writes nothing, and fails if a file is not up to date.
    #[arg(long)]
    check: bool,
}

/// Whether the committed files are up to date.
pub fn check() -> Outcome {
    python(true)
}

fn python(check: bool) -> Outcome {
    let outputs = ["orbit", "builder"].map(|name| {
        Output::new(format!("schemas/{name}/asyncapi.yaml"), format!("bindings/python/{name}"), name)
    });
    bindings(&Python, &outputs, check, "python")
}

/// The folder of the tests.
const TESTS: &str = "bindings/python/tests";
/// The dialects whose official tests are run.
const DIALECTS: [&str; 5] = ["draft2020-12", "draft2019-09", "draft7", "draft6", "draft4"];

/// Runs the tests of what is generated.
pub fn test() -> Outcome {
    run(&mut cargo(&["build", "--quiet", "-p", "handfast-cli", "-p", "orbit-server"]))?;
    npm_install("examples/builder-server")?;
    let server = python_install("examples/orbit-server-python", "requirements.txt")?;
    let python = python_install(TESTS, "requirements.txt")?;
    let handfast = built("handfast")?;
    let mut pytest = command(&python, TESTS, &["-m", "pytest", "--quiet"]);
    pytest.env("HANDFAST", &handfast).env("ORBIT_SERVER", built("orbit-server")?).env("ORBIT_PYTHON", server);
    run(&mut pytest)?;
    let suite = fetched()?;
    let mut official = command(&python, TESTS, &["suite.py"]);
    official.arg(handfast).args([suite.tests, suite.remotes, suite.metaschemas]);
    run(official.args(DIALECTS))
}
