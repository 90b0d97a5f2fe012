//! Tokens that a call brings along, beside those of the environment: `--token NAME=SOURCE`.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::error::Error;

/// The longest token, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// What `$NAME` stands for in sessions, and where that is found.
#[derive(Debug, Clone)]
struct TokenSpec {
    name: String,
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Environment(String),
    File(String),
    Command(Vec<String>),
}

impl TokenSpec {
    /// Reads `NAME=env:VARIABLE`, `NAME=file:PATH` or `NAME=command:COMMAND`.
    ///
    /// # Errors
    /// It is none of these.
    fn parse(text: &str) -> Result<Self, String> {
        let form = "write NAME=env:VARIABLE, NAME=file:PATH or NAME=command:COMMAND";
        let (name, source) = text.split_once('=').ok_or(form)?;
        let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(format!("`{name}` can't stand behind a `$`; {form}"));
        }
        // What follows may be a token that was put here by mistake: it is not shown.
        let source = match source.split_once(':') {
            Some((_, "")) | None => return Err(form.to_owned()),
            Some(("env", variable)) => Source::Environment(variable.to_owned()),
            Some(("file", path)) => Source::File(path.to_owned()),
            Some(("command", line)) => Source::Command(words(line)?),
            Some(_) => return Err(form.to_owned()),
        };
        Ok(Self { name: name.to_owned(), source })
    }

    fn value(&self) -> Result<String, String> {
        let text = match &self.source {
            Source::Environment(variable) => std::env::var(variable)
                .map_err(|_| format!("the environment variable `{variable}` is not set"))?,
            Source::File(path) => {
                std::fs::read_to_string(path).map_err(|error| format!("{path} can't be read: {error}"))?
            }
            Source::Command(words) => printed(words)?,
        };
        let token = text.trim_end_matches(['\r', '\n']);
        match token.len() {
            0 => Err("it is empty".to_owned()),
            n_bytes if n_bytes > MAX_BYTES => Err(format!("it is longer than {MAX_BYTES} bytes")),
            _ => Ok(token.to_owned()),
        }
    }
}

/// Splits `line` like a POSIX shell, without expanding anything.
fn words(line: &str) -> Result<Vec<String>, String> {
    let words = shell_words::split(line).map_err(|error| error.to_string())?;
    if words.is_empty() { Err("there is no command in it".to_owned()) } else { Ok(words) }
}

/// What a command prints on its standard output.
fn printed(words: &[String]) -> Result<String, String> {
    let (program, arguments) = words.split_first().ok_or("there is no command in it")?;
    let mut command = Command::new(program);
    let output = command.args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("`{program}` can't be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{program}` ended with {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("what `{program}` prints is not UTF-8"))
}

/// The values of all tokens, by name.
///
/// The call's parser would show an argument that it does not understand, which may be a token put there by mistake. So they are
/// read here.
///
/// # Errors
/// One is not understood, or can't be found.
pub fn resolve(specs: &[String]) -> Result<BTreeMap<String, String>, Error> {
    let value = |text: &String| {
        let spec = TokenSpec::parse(text)
            .map_err(|reason| Error::new(format!("a `--token` is not understood: {reason}")))?;
        match spec.value() {
            Ok(value) => Ok((spec.name, value)),
            Err(reason) => Err(Error::new(format!("there is no token `{}`: {reason}", spec.name))
                .help("correct the `--token` of that name")),
        }
    };
    specs.iter().map(value).collect()
}
