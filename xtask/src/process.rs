//! Runs programs of the repo's own tools, and finds out which of them this machine has.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Problem, root};

/// A program that the repo does not install itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Node.js, with npm.
    Node,
    /// CPython.
    Python,
    /// Redis.
    Redis,
    /// Chromium, or Chrome.
    Chromium,
}

impl Tool {
    /// The programs that must be there, and the oldest version that will do.
    const fn programs(self) -> &'static [(&'static str, Version)] {
        match self {
            Self::Node => &[("node", (20, 19)), ("npm", (9, 0))],
            Self::Python => &[("python3", (3, 11))],
            Self::Redis => &[("redis-server", (6, 0))],
            // The first with `light-dark()` in style sheets.
            Self::Chromium => &[("chromium", (123, 0))],
        }
    }

    /// The packages of Debian that bring it, for those that CI installs.
    pub const fn debian_packages(self) -> &'static [&'static str] {
        match self {
            Self::Node | Self::Python => &[],
            Self::Redis => &["redis-server"],
            // Without a font, a page has no text.
            Self::Chromium => &["chromium", "fonts-liberation"],
        }
    }

    /// What is missing, and how to get it; `None` when nothing is.
    pub fn missing(self) -> Option<&'static str> {
        let will_do =
            |(program, oldest): &(&str, Version)| version(program).is_some_and(|found| found >= *oldest);
        if self.programs().iter().all(will_do) {
            return None;
        }
        Some(match self {
            Self::Node => {
                "Node.js 20.19 or newer with npm is missing: https://nodejs.org, or your package manager"
            }
            Self::Python => "Python 3.11 or newer is missing: https://python.org, or your package manager",
            Self::Chromium => {
                "Chromium 123 or newer is missing: `apt-get install chromium`, or put Chrome into PATH as `chromium`"
            }
            Self::Redis => {
                "Redis is missing: `apt-get install redis-server`, `brew install redis`, or https://redis.io"
            }
        })
    }
}

/// Major and minor.
type Version = (u32, u32);

/// The version that `program --version` prints.
fn version(program: &str) -> Option<Version> {
    let output =
        Command::new(program).arg("--version").output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find(|word| word.contains('.'))?;
    let mut parts = number.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Whether this is CI, where nothing is skipped.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// A command in `folder` of the repo.
pub fn command(program: impl AsRef<OsStr>, folder: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root().join(folder)).args(arguments);
    command
}

/// Runs a command to its end.
///
/// # Errors
/// It can't be started, or ends with anything but 0.
pub fn run(command: &mut Command) -> Result<(), Problem> {
    let name = shown(command);
    let status = command.status().map_err(|error| format!("`{name}` can't be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` ended with {status}").into()) }
}

/// Runs a command to its end and gives what it printed.
///
/// # Errors
/// As [`run`].
pub fn output(command: &mut Command) -> Result<String, Problem> {
    let name = shown(command);
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("`{name}` can't be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{name}` ended with {}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Cargo, as it was called.
pub fn cargo(arguments: &[&str]) -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), "", arguments)
}

/// A program that cargo built beside this one.
///
/// # Errors
/// This program's own place is unknown.
pub fn built(name: &str) -> Result<PathBuf, Problem> {
    let this = std::env::current_exe()?;
    let folder = this.parent().ok_or("this program stands in no folder")?;
    Ok(folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Installs the npm packages of `folder`, unless what is there is what its lock file says.
///
/// # Errors
/// npm fails.
pub fn npm_install(folder: &str) -> Result<(), Problem> {
    let folder_path = root().join(folder);
    let lock = std::fs::read_to_string(folder_path.join("package-lock.json"))?;
    let mark = folder_path.join("node_modules/.installed-lock.json");
    if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("  npm ci in {folder}");
    run(&mut command("npm", folder, &["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    Ok(std::fs::write(mark, lock)?)
}

/// Installs `requirements` of `folder` into a virtual environment of that folder's, and gives its Python.
///
/// # Errors
/// Python or pip fails.
pub fn python_install(folder: &str, requirements: &str) -> Result<PathBuf, Problem> {
    let environment = built("")?.parent().map(Path::to_path_buf).unwrap_or_default();
    let environment = environment.join(format!("python-{}", folder.replace('/', "-")));
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = std::fs::read_to_string(root().join(folder).join(requirements))?;
    let mark = environment.join(format!("{requirements}.installed"));
    if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    println!("  pip install of {folder}/{requirements}");
    run(command("python3", "", &["-m", "venv"]).arg(&environment))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
    run(&mut command(&python, folder, &pip))?;
    std::fs::write(mark, wanted)?;
    Ok(python)
}
