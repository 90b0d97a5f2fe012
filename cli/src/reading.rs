//! The arguments that say how documents are read.

use std::path::{Path, PathBuf};

use clap::Args;
use handfast_codegen::diagnostic::Diagnostics;
use handfast_codegen::source::{Disk, Source};
use handfast_codegen::{Dialect, Formats, Options};

/// How documents are read; each goes before what `handfast.toml` says.
#[derive(Debug, Args)]
pub struct Reading {
    /// Folder that holds the documents whose URIs begin so; may be given again
    #[arg(long, value_name = "URI=DIR", value_parser = mapping)]
    resolve: Vec<(String, PathBuf)>,
    /// What `format` does in JSON Schema files; in contracts it asserts
    #[arg(long, value_parser = ["assert", "annotate"])]
    formats: Option<String>,
    /// The dialect of schemas without `$schema`
    #[arg(long, value_parser = Dialect::ALL.map(Dialect::name))]
    default_dialect: Option<String>,
}

impl Reading {
    /// How the document at `path` is read.
    ///
    /// # Errors
    /// A `handfast.toml` that is wrong.
    pub fn options(&self, path: &Path) -> Result<Options, Diagnostics> {
        self.options_from(&Disk::default(), path)
    }

    /// How the document at `path` of a source is read.
    ///
    /// # Errors
    /// A `handfast.toml` that is wrong.
    pub fn options_from(&self, source: &dyn Source, path: &Path) -> Result<Options, Diagnostics> {
        let mut options = Options::find(source, path)?;
        options.resolve.extend(self.resolve.iter().cloned());
        match self.formats.as_deref() {
            Some("assert") => options.formats = Formats::Assert,
            Some(_) => options.formats = Formats::Annotate,
            None => {}
        }
        let dialect = self.default_dialect.as_deref().and_then(Dialect::from_name);
        options.default_dialect = dialect.unwrap_or(options.default_dialect);
        Ok(options)
    }
}

fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    let (uri, folder) = text.rsplit_once('=').ok_or("write the URI, `=` and the folder")?;
    Ok((uri.to_owned(), folder.into()))
}
