//! How documents are read: the options, and the file `handfast.toml` that holds them.

mod rust;

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::Dialect;
use crate::load::{Misfit, clean, from_node, parse};
use crate::source::Source;
pub use rust::{RustOptions, TypeOptions};

/// The name of the file.
pub const FILE_NAME: &str = "handfast.toml";

/// How documents are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The dialect of schemas that name none.
    pub default_dialect: Dialect,
    /// What `format` does in bare schemas; in contracts it asserts.
    pub formats: Formats,
    /// The folder behind each prefix of URIs, relative to the source. Of several prefixes that fit, the longest counts; of
    /// equal ones, the last.
    pub resolve: Vec<(String, PathBuf)>,
    /// What is chosen about generated Rust.
    pub rust: RustOptions,
    /// The list of what a comparison lets pass, relative to the source.
    pub exceptions: Option<PathBuf>,
    /// What `$NAME` stands for in sessions, and the source of each: `env:VARIABLE`, `file:PATH`, `command:COMMAND`.
    pub tokens: IndexMap<String, String>,
    /// The file these options are from.
    pub file: Option<PathBuf>,
}

/// What `format` does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formats {
    /// A value that is not in the format is invalid.
    Assert,
    /// Nothing, as JSON Schema has it unless the dialect says otherwise.
    #[default]
    Annotate,
}

/// `handfast.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Config {
    default_dialect: Option<String>,
    formats: Formats,
    resolve: IndexMap<String, PathBuf>,
    rust: RustOptions,
    compare: Compare,
    tokens: IndexMap<String, String>,
}

/// `[compare]`
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Compare {
    exceptions: Option<PathBuf>,
}

impl Options {
    /// The options of the nearest `handfast.toml`: beside the document at `path`, in the folders above it, or in the
    /// folder that `source` reads from. Without one, the default.
    ///
    /// # Errors
    /// A file that is there and wrong.
    pub fn find(source: &dyn Source, path: &Path) -> Result<Self, Diagnostic> {
        let document = clean(path);
        let above = document.ancestors().skip(1).chain([Path::new("")]);
        for folder in above {
            let file = folder.join(FILE_NAME);
            if let Ok(text) = source.read(&file) {
                return Self::read(&file, &text);
            }
        }
        Ok(Self::default())
    }

    fn read(file: &Path, text: &str) -> Result<Self, Diagnostic> {
        let place = |position| Place { file: file.display().to_string(), position, pointer: String::new() };
        let node = parse(file, text).map_err(|error| {
            Diagnostic::new("syntax", place(error.position), error.message).help(error.help)
        })?;
        let config: Config = from_node(&node)
            .map_err(|misfit| wrong(place(misfit.position.unwrap_or(node.position)), misfit))?;
        let dialect = config.default_dialect.as_deref().map(|name| {
            let at = node.get("default-dialect").map_or(node.position, |value| value.position);
            Dialect::from_name(name).or_else(|| Dialect::from_uri(name)).ok_or_else(|| {
                let message = format!("`{name}` is no dialect of JSON Schema");
                let known = Dialect::ALL.map(Dialect::name).join(", ");
                Diagnostic::new("configuration", place(at), message).help(format!("known are: {known}"))
            })
        });
        let folder = file.parent().unwrap_or(Path::new(""));
        Ok(Self {
            default_dialect: dialect.transpose()?.unwrap_or_default(),
            formats: config.formats,
            resolve: config.resolve.into_iter().map(|(uri, path)| (uri, folder.join(path))).collect(),
            rust: config.rust,
            exceptions: config.compare.exceptions.map(|path| folder.join(path)),
            tokens: config.tokens,
            file: Some(file.to_path_buf()),
        })
    }
}

fn wrong(place: Place, misfit: Misfit) -> Diagnostic {
    match misfit.unknown {
        Some((key, known)) => {
            Diagnostic::unknown_key(place, "key of handfast.toml", &key, known.iter().copied())
        }
        None => Diagnostic::new("configuration", place, misfit.message)
            .help("see docs/configuration.md for what handfast.toml holds"),
    }
}
