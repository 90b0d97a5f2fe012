//! Documents of a git revision: `main:schemas/orbit/asyncapi.yaml`, and all it refers to, as they were.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use handfast_codegen::source::Source;

use crate::error::Error;

/// The largest document that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The tree of a revision, read from the root of its repository.
#[derive(Debug)]
pub struct Tree {
    /// The revision, as its user calls it.
    pub name: String,
    commit: String,
    /// The folder of the repository that the command was called in, with a slash at its end unless it is the root.
    prefix: String,
    read: Mutex<BTreeMap<PathBuf, Option<String>>>,
}

impl Tree {
    /// The tree of the revision called `name` in the repository around the working folder; `None` where there is no such
    /// revision.
    ///
    /// # Errors
    /// Git can't be run.
    pub fn find(name: &str) -> Result<Option<Self>, Error> {
        // A name that begins like an option is none of a revision.
        if name.is_empty() || name.starts_with('-') {
            return Ok(None);
        }
        let commit = ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])?;
        let prefix = ask(&["rev-parse", "--show-prefix"])?;
        Ok(commit.zip(prefix).map(|(commit, prefix)| {
            let [commit, prefix] = [commit, prefix].map(|line| line.trim_end_matches('\n').to_owned());
            Self { name: name.to_owned(), commit, prefix, read: Mutex::default() }
        }))
    }

    /// The path from the repository's root of a path from the working folder.
    pub fn rooted(&self, path: &Path) -> PathBuf {
        let mut rooted = PathBuf::from(&self.prefix);
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => {
                    rooted.pop();
                }
                part => rooted.push(part),
            }
        }
        rooted
    }

    /// The files below a folder of the tree; nothing where it is none.
    ///
    /// # Errors
    /// Git can't be run.
    pub fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let folder = format!("{}/", slashed(folder).trim_end_matches('/'));
        let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", "--full-tree", &self.commit];
        if folder != "/" {
            arguments.extend(["--", &folder]);
        }
        let listed = ask(&arguments)?.unwrap_or_default();
        Ok(listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect())
    }

    fn blob(&self, path: &Path) -> io::Result<String> {
        let object = format!("{}:{}", self.commit, slashed(path));
        let mut child = Command::new("git")
            .args(["cat-file", "blob", &object])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut text = String::new();
        let read = match child.stdout.take() {
            Some(out) => out.take(MAX_BYTES + 1).read_to_string(&mut text),
            None => Ok(0),
        };
        // What is too long was not read to its end, so that git must not wait for a reader.
        if text.len() as u64 > MAX_BYTES {
            child.kill()?;
        }
        let ended = child.wait()?;
        read?;
        match (text.len() as u64 > MAX_BYTES, ended.success()) {
            (true, _) => {
                Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {MAX_BYTES} bytes")))
            }
            (false, true) => Ok(text),
            (false, false) => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Source for Tree {
    fn read(&self, path: &Path) -> io::Result<String> {
        let known = |read: &BTreeMap<PathBuf, Option<String>>| read.get(path).cloned();
        if let Some(text) = self.read.lock().ok().and_then(|read| known(&read)) {
            return text.ok_or_else(|| io::ErrorKind::NotFound.into());
        }
        let blob = self.blob(path);
        if let Ok(mut read) = self.read.lock() {
            read.insert(path.to_path_buf(), blob.as_ref().ok().cloned());
        }
        blob
    }
}

/// What git prints; `None` where it says no.
fn ask(arguments: &[&str]) -> Result<Option<String>, Error> {
    let output = Command::new("git").args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| {
        Error::new(format!("git can't be run: {error}"))
            .help("install git, or name files instead of revisions")
    })?;
    Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
}

fn slashed(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
