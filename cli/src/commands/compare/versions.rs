//! What is compared: files, folders, and both in git revisions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use handfast_codegen::load::parse;
use handfast_codegen::source::{Disk, Source, select};
use handfast_conformance::evolution::Revision;
use walkdir::WalkDir;

use crate::error::Error;
use crate::git::Tree;
use crate::reading::Reading;

/// The endings of documents.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// One version: a document, or a folder of them.
pub struct Version {
    /// How its user calls it.
    pub label: String,
    source: Box<dyn Source>,
    /// What stands before the names of its files.
    prefix: String,
    /// Its documents, by their path in the folder; under no name where it is a document.
    documents: BTreeMap<String, PathBuf>,
}

impl Version {
    /// Finds the version that `argument` names; a revision without a path has the one of `other`.
    ///
    /// # Errors
    /// There is none.
    pub fn find(argument: &str, other: &str) -> Result<Self, Error> {
        let (file, _) = select(Path::new(argument));
        if file.exists() {
            return Self::on_disk(argument, &file);
        }
        if let Some((revision, path)) = argument.split_once(':')
            && let Some(tree) = Tree::find(revision)?
        {
            // As git has it: from the root of the repository, unless it begins with a dot.
            let path = if path.starts_with('.') { tree.rooted(Path::new(path)) } else { PathBuf::from(path) };
            return Self::in_tree(argument, tree, &path);
        }
        if let Some(tree) = Tree::find(argument)? {
            let path = tree.rooted(Path::new(other));
            return Self::in_tree(argument, tree, &path);
        }
        Err(Error::new(format!("`{argument}` is no file, no folder and no git revision"))
            .help("write a path, or a revision and a path: main:schemas/asyncapi.yaml"))
    }

    fn on_disk(argument: &str, path: &Path) -> Result<Self, Error> {
        let source = Box::new(Disk::default());
        let documents = if path.is_dir() {
            let files = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
            let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
            documents(&*source, path, files.map(walkdir::DirEntry::into_path).collect())
        } else {
            BTreeMap::from([(String::new(), PathBuf::from(argument))])
        };
        Self { label: argument.to_owned(), source, prefix: String::new(), documents }.filled()
    }

    fn in_tree(argument: &str, tree: Tree, path: &Path) -> Result<Self, Error> {
        let (file, _) = select(path);
        let documents = if tree.read(&file).is_ok() {
            BTreeMap::from([(String::new(), path.to_path_buf())])
        } else {
            documents(&tree, path, tree.files(path)?)
        };
        let prefix = format!("{}:", tree.name);
        Self { label: argument.to_owned(), source: Box::new(tree), prefix, documents }.filled()
    }

    fn filled(self) -> Result<Self, Error> {
        if self.documents.is_empty() {
            return Err(Error::new(format!("there is no contract and no schema in {}", self.label))
                .help("name a file *.yaml or *.json, or a folder that has one"));
        }
        Ok(self)
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        !self.documents.contains_key("")
    }

    /// Whether its files are those of the disk.
    pub fn is_on_disk(&self) -> bool {
        self.prefix.is_empty()
    }

    /// The names of its documents.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// The path of a document.
    pub fn path(&self, name: &str) -> Option<&Path> {
        self.documents.get(name).map(PathBuf::as_path)
    }

    /// Where its files are read from.
    pub fn source(&self) -> &dyn Source {
        &*self.source
    }

    /// Reads a document; `None` where it is not there.
    ///
    /// # Errors
    /// It is wrong.
    pub fn read(&self, name: &str, reading: &Reading) -> Result<Option<Revision>, Error> {
        self.read_from(self.source(), name, reading)
    }

    /// As [`Version::read`], from another source.
    ///
    /// # Errors
    /// It is wrong.
    pub fn read_from(
        &self,
        source: &dyn Source,
        name: &str,
        reading: &Reading,
    ) -> Result<Option<Revision>, Error> {
        let Some(path) = self.documents.get(name) else { return Ok(None) };
        let wrong = |problems| Error::documents(vec![problems]);
        let options = reading.options_from(source, path).map_err(wrong)?;
        Revision::read(source, path, &options, &self.prefix).map(Some).map_err(wrong)
    }
}

/// The contracts among `files`, by their path in `folder`; where there are none, the schemas.
fn documents(source: &dyn Source, folder: &Path, files: Vec<PathBuf>) -> BTreeMap<String, PathBuf> {
    let has_ending = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let (mut contracts, mut schemas) = (BTreeMap::new(), BTreeMap::new());
    for path in files.into_iter().filter(has_ending) {
        let Some(root) = source.read(&path).ok().and_then(|text| parse(&path, &text).ok()) else { continue };
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        if root.get("asyncapi").is_some() {
            contracts.insert(name, path);
        } else if path.extension().is_some_and(|ending| ending == "json") && root.as_object().is_some() {
            schemas.insert(name, path);
        }
    }
    if contracts.is_empty() { schemas } else { contracts }
}
