//! What `$NAME` stands for in sessions: what the call says with `--token NAME=SOURCE`, else the environment, else what
//! `handfast.toml` says.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use handfast_codegen::Options;
use handfast_codegen::source::Disk;

use crate::error::Error;

/// The longest token, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// What `$NAME` stands for.
pub struct Tokens {
    given: BTreeMap<String, String>,
    /// What the files of options say, and in which of them. A source is asked when its name is.
    listed: BTreeMap<String, Listed>,
    asked: RefCell<BTreeMap<String, Option<String>>>,
    /// Why a source that was asked has no token.
    failed: RefCell<Option<Error>>,
}

struct Listed {
    source: Source,
    file: PathBuf,
}

impl Tokens {
    /// Asks for the tokens of the call, and reads what the files of options of `documents` say of others.
    ///
    /// The call's parser would show an argument that it does not understand, which may be a token put there by mistake. So
    /// they are read here.
    ///
    /// # Errors
    /// One is not understood, one of the call can't be found, or two files differ.
    pub fn open<'d>(
        specs: &[String],
        documents: impl IntoIterator<Item = &'d PathBuf>,
    ) -> Result<Self, Error> {
        let mut listed = BTreeMap::new();
        for document in documents {
            let options = Options::find(&Disk::default(), document)
                .map_err(|problem| Error::documents(vec![problem.into()]))?;
            if let Some(file) = &options.file {
                options.tokens.iter().try_for_each(|(name, source)| list(&mut listed, file, name, source))?;
            }
        }
        let given = specs.iter().map(|spec| given(spec)).collect::<Result<_, _>>()?;
        Ok(Self { given, listed, asked: RefCell::default(), failed: RefCell::default() })
    }

    /// The token of that name.
    pub fn get(&self, name: &str) -> Option<String> {
        let known = self.given.get(name).cloned().or_else(|| std::env::var(name).ok());
        known.or_else(|| self.ask(name))
    }

    fn ask(&self, name: &str) -> Option<String> {
        let listed = self.listed.get(name)?;
        if let Some(known) = self.asked.borrow().get(name) {
            return known.clone();
        }
        let found = listed.source.value();
        let token = found.as_ref().ok().cloned();
        if let Err(reason) = found {
            let error = Error::new(format!("there is no token `{name}`: {reason}"));
            let help = format!("correct it in {}, or set the environment variable", listed.file.display());
            self.failed.borrow_mut().get_or_insert(error.help(help));
        }
        self.asked.borrow_mut().insert(name.to_owned(), token.clone());
        token
    }

    /// `outcome`, or why a token that was asked for is not to be had: the reason of what went wrong then.
    ///
    /// # Errors
    /// Those of `outcome`, or that.
    pub fn explain<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        outcome.map_err(|error| self.failed.borrow_mut().take().unwrap_or(error))
    }
}

/// Adds what a file of options says of `name`.
fn list(listed: &mut BTreeMap<String, Listed>, file: &Path, name: &str, text: &str) -> Result<(), Error> {
    let shown = file.display();
    let source = Source::parse(name, text, file.parent().unwrap_or(Path::new("")))
        .map_err(|reason| Error::new(format!("a token in {shown} is not understood: {reason}")))?;
    match listed.get(name) {
        Some(other) if other.source != source => {
            let other = other.file.display();
            Err(Error::new(format!("{shown} and {other} say different things of the token `{name}`"))
                .help("name the sessions of one of them, or give the token with `--token`"))
        }
        _ => {
            listed.insert(name.to_owned(), Listed { source, file: file.to_owned() });
            Ok(())
        }
    }
}

/// The name and the value of a token of the call: `NAME=SOURCE`.
fn given(spec: &str) -> Result<(String, String), Error> {
    let not_understood = |reason| Error::new(format!("a `--token` is not understood: {reason}"));
    let (name, source) = spec.split_once('=').ok_or_else(|| not_understood(FORM.to_owned()))?;
    let source = Source::parse(name, source, Path::new("")).map_err(not_understood)?;
    match source.value() {
        Ok(value) => Ok((name.to_owned(), value)),
        Err(reason) => Err(Error::new(format!("there is no token `{name}`: {reason}"))
            .help("correct the `--token` of that name")),
    }
}

/// What a token looks like.
const FORM: &str = "write NAME=env:VARIABLE, NAME=file:PATH or NAME=command:COMMAND";

/// Where a token is found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Environment(String),
    File(PathBuf),
    Command(Vec<String>),
}

impl Source {
    /// Reads `env:VARIABLE`, `file:PATH`, with a path relative to `folder`, or `command:COMMAND`.
    ///
    /// # Errors
    /// It is none of these, or nothing can be called `name`. What was found may be a token that was put there by mistake: it
    /// is not shown.
    fn parse(name: &str, text: &str, folder: &Path) -> Result<Self, String> {
        let is_of_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
        if name.is_empty() || !name.chars().all(is_of_name) {
            return Err(format!("`{name}` can't stand behind a `$`; {FORM}"));
        }
        match text.split_once(':') {
            Some((_, "")) | None => Err(FORM.to_owned()),
            Some(("env", variable)) => Ok(Self::Environment(variable.to_owned())),
            Some(("file", path)) => Ok(Self::File(folder.join(path))),
            Some(("command", line)) => words(line).map(Self::Command),
            Some(_) => Err(FORM.to_owned()),
        }
    }

    fn value(&self) -> Result<String, String> {
        let text = match self {
            Self::Environment(variable) => std::env::var(variable)
                .map_err(|_| format!("the environment variable `{variable}` is not set"))?,
            Self::File(path) => std::fs::read_to_string(path)
                .map_err(|error| format!("{} can't be read: {error}", path.display()))?,
            Self::Command(words) => printed(words)?,
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
