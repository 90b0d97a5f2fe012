//! The files behind a document, and references between them (RFC 3986, RFC 6901, JSON Schema `$anchor`).

use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::node::{Node, NodeKind, pointer_push};
use super::{Position, parse};
use crate::diagnostic::{Diagnostic, Place};
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
    base: PathBuf,
    files: Vec<File>,
}

impl<'s> Documents<'s> {
    /// Loads the file at `path`; the others follow when something refers to them.
    ///
    /// # Errors
    /// The file can't be read or parsed.
    pub fn open(source: &'s dyn Source, path: &Path) -> Result<(Self, Site), Diagnostic> {
        let path = clean(path);
        let base = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut documents = Self { source, base, files: Vec::new() };
        let place = Place { file: path.display().to_string(), ..Place::default() };
        let file = documents.load(&path, &place)?;
        Ok((documents, Site { file, pointer: String::new() }))
    }

    /// The paths of all files read so far.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    /// The root of a file.
    pub fn root(&self, file: FileIdx) -> Rc<Node> {
        Rc::clone(&self.files[file.0].root)
    }

    /// The place of `site` for a diagnostic.
    pub fn place(&self, site: &Site) -> Place {
        let file = &self.files[site.file.0];
        let position = nearest_position(&file.root, &site.pointer);
        Place { file: file.path.display().to_string(), position, pointer: site.pointer.clone() }
    }

    /// The URI of `site` relative to the folder of the first document: `events/a.json#/properties/b`.
    pub fn uri(&self, site: &Site) -> String {
        let path = relative(&self.files[site.file.0].path, &self.base);
        let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
        format!("{}#{}", path.join("/"), site.pointer)
    }

    /// Follows `reference`, which stands at `site`.
    ///
    /// # Errors
    /// A file that can't be read, a remote reference, a pointer or an anchor that leads nowhere.
    pub fn resolve(&mut self, site: &Site, reference: &str) -> Result<Site, Diagnostic> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = self.resolve_file(site, uri)?;
        let fragment = percent_decode(fragment);
        let root = self.root(file);
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            root.pointer(&fragment).map(|_| fragment.clone())
        } else {
            find_anchor(&root, &fragment, String::new())
        };
        let place = self.place(site);
        pointer.map(|pointer| Site { file, pointer }).ok_or_else(|| {
            Diagnostic::new("unresolved-reference", place, format!("`{reference}` leads to nothing")).help(
                format!("`{fragment}` is not in {}; check its spelling", self.files[file.0].path.display()),
            )
        })
    }

    fn resolve_file(&mut self, site: &Site, uri: &str) -> Result<FileIdx, Diagnostic> {
        if uri.is_empty() || self.root(site.file).get("$id").and_then(Node::as_str) == Some(uri) {
            return Ok(site.file);
        }
        let with_id = |file: &File| file.root.get("$id").and_then(Node::as_str) == Some(uri);
        if let Some(index) = self.files.iter().position(with_id) {
            return Ok(FileIdx(index));
        }
        let place = self.place(site);
        if uri.contains("://") || uri.starts_with("urn:") {
            let message = format!("`{uri}` is remote, and nothing is fetched from the network");
            return Err(Diagnostic::new("remote-reference", place, message)
                .help("put the document beside this one and refer to it by a relative path"));
        }
        let folder = self.files[site.file.0].path.parent().map(Path::to_path_buf).unwrap_or_default();
        self.load(&clean(&folder.join(percent_decode(uri))), &place)
    }

    fn load(&mut self, path: &Path, place: &Place) -> Result<FileIdx, Diagnostic> {
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

fn find_anchor(node: &Node, anchor: &str, pointer: String) -> Option<String> {
    let here = |key| node.get(key).and_then(Node::as_str) == Some(anchor);
    if here("$anchor") || here("$dynamicAnchor") {
        return Some(pointer);
    }
    match &node.kind {
        NodeKind::Object(members) => members
            .iter()
            .find_map(|(key, entry)| find_anchor(&entry.value, anchor, pointer_push(&pointer, key))),
        NodeKind::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| find_anchor(item, anchor, format!("{pointer}/{index}"))),
        _ => None,
    }
}

/// `path` without `.` and `..` parts, as far as its text allows.
fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(cleaned.components().next_back(), Some(Component::Normal(_))) =>
            {
                cleaned.pop();
            }
            part => cleaned.push(part),
        }
    }
    cleaned
}

/// `path` as seen from the folder `base`.
fn relative(path: &Path, base: &Path) -> PathBuf {
    let shared = path.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    let up = base.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

/// Decodes `%XX` (RFC 3986, 2.1); what is no UTF-8 then stays as it was.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
