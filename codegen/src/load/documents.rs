//! The files behind a document, each read once.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::base::{clean, percent_decode};
use super::node::Node;
use super::{Position, parse};
use crate::diagnostic::{Diagnostic, Place};
use crate::pointer::pointer_push;
use crate::source::Source;

/// A loaded file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileIdx(usize);

/// A value in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The file.
    pub file: FileIdx,
    /// JSON Pointer in it.
    pub pointer: String,
}

impl Site {
    /// The site of a member or element.
    #[must_use]
    pub fn child(&self, token: &str) -> Self {
        Self { file: self.file, pointer: pointer_push(&self.pointer, token) }
    }
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    root: Rc<Node>,
}

/// The files that one document leads to; each is read once.
pub struct Documents<'s> {
    source: &'s dyn Source,
    folder: PathBuf,
    resolve: &'s [(String, PathBuf)],
    files: Vec<File>,
}

impl<'s> Documents<'s> {
    /// Loads the file at `path`; the others follow when something refers to them.
    ///
    /// # Errors
    /// The file can't be read or parsed.
    pub fn open(source: &'s dyn Source, path: &Path) -> Result<(Self, Site), Diagnostic> {
        let path = clean(path);
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut documents = Self { source, folder, resolve: &[], files: Vec::new() };
        let place = Place { file: path.display().to_string(), ..Place::default() };
        let file = documents.load(&path, &place)?;
        Ok((documents, Site { file, pointer: String::new() }))
    }

    /// Files behind URIs are found by `resolve`: the folder of each prefix.
    #[must_use]
    pub fn resolving(self, resolve: &'s [(String, PathBuf)]) -> Self {
        Self { resolve, ..self }
    }

    /// The paths of all files read so far.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    /// The path of a file.
    pub fn path(&self, file: FileIdx) -> &Path {
        &self.files[file.0].path
    }

    /// The root of a file.
    pub fn root(&self, file: FileIdx) -> Rc<Node> {
        Rc::clone(&self.files[file.0].root)
    }

    /// Whether there is a value at `site`.
    pub fn has(&self, site: &Site) -> bool {
        self.files[site.file.0].root.pointer(&site.pointer).is_some()
    }

    /// The place of `site` for a diagnostic.
    pub fn place(&self, site: &Site) -> Place {
        let file = &self.files[site.file.0];
        let position = nearest_position(&file.root, &site.pointer);
        Place { file: file.path.display().to_string(), position, pointer: site.pointer.clone() }
    }

    /// The URI of `site` relative to the folder of the first document: `events/a.json#/properties/b`.
    pub fn uri(&self, site: &Site) -> String {
        let path = relative(&self.files[site.file.0].path, &self.folder);
        let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
        format!("{}#{}", path.join("/"), site.pointer)
    }

    /// Loads the file behind `uri`, if it begins with a prefix that has a folder; the longest counts.
    ///
    /// # Errors
    /// The file can't be read or parsed; `place` is blamed.
    pub fn load_uri(&mut self, uri: &str, place: &Place) -> Option<Result<FileIdx, Diagnostic>> {
        let prefixes = self.resolve.iter().filter(|(prefix, _)| uri.starts_with(prefix.as_str()));
        let (prefix, folder) = prefixes.max_by_key(|(prefix, _)| prefix.len())?;
        let rest = uri[prefix.len()..].split('?').next().unwrap_or_default();
        let path = match percent_decode(rest).trim_start_matches('/') {
            "" => clean(folder),
            rest => clean(&folder.join(rest)),
        };
        // What leads out of the folder by `%2E%2E` is not behind the prefix.
        path.starts_with(clean(folder)).then(|| self.load_named(&path, place))
    }

    /// The file at `path`, or where there is none, at `path` with `.json` behind it, as URIs of schemas have no ending.
    fn load_named(&mut self, path: &Path, place: &Place) -> Result<FileIdx, Diagnostic> {
        let mut with_ending = path.as_os_str().to_owned();
        with_ending.push(".json");
        let is_there = |path: &Path| self.source.read(path).is_ok();
        let found = if !is_there(path) && is_there(Path::new(&with_ending)) {
            PathBuf::from(with_ending)
        } else {
            path.to_path_buf()
        };
        self.load(&found, place)
    }

    /// Loads the file at `path`, unless that has been done.
    ///
    /// # Errors
    /// The file can't be read or parsed; `place` is blamed.
    pub fn load(&mut self, path: &Path, place: &Place) -> Result<FileIdx, Diagnostic> {
        if let Some(index) = self.files.iter().position(|file| file.path == path) {
            return Ok(FileIdx(index));
        }
        let text = self.source.read(path).map_err(|error| {
            let help = match self.files.is_empty() {
                true => "check the path: a macro's is relative to the crate's Cargo.toml",
                false => "check the path: it is relative to the file that refers to it",
            };
            let message = format!("can't read {}: {error}", path.display());
            Diagnostic::new("unreadable-file", place.clone(), message).help(help)
        })?;
        let root = parse(path, &text).map_err(|error| {
            let place =
                Place { file: path.display().to_string(), position: error.position, pointer: String::new() };
            Diagnostic::new("syntax", place, error.message).help(error.help)
        })?;
        self.files.push(File { path: path.to_path_buf(), root: Rc::new(root) });
        Ok(FileIdx(self.files.len() - 1))
    }
}

/// The position of the value at `pointer`, or of its deepest ancestor that exists.
fn nearest_position(root: &Node, pointer: &str) -> Position {
    let mut pointer = pointer;
    loop {
        if let Some(node) = root.pointer(pointer) {
            return node.position;
        }
        pointer = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
}

/// `path` as seen from the folder `base`.
fn relative(path: &Path, base: &Path) -> PathBuf {
    let shared = path.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    let up = base.components().skip(shared).map(|_| std::path::Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}
