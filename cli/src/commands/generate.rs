//! `handfast generate`

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use handfast_codegen::backend::{BACKENDS, Backend, Files, backend};
use handfast_codegen::emit;
use handfast_codegen::names::pascal_case;
use handfast_codegen::source::{Disk, select};

use super::Run;
use crate::error::Error;
use crate::exit::{FAILED, PASSED};
use crate::printing::{print, say};
use crate::reading::Reading;

/// Generate types and more in a language, from a contract or a JSON Schema
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  handfast generate typescript schemas/orbit/asyncapi.yaml --out web/src\n  handfast generate rust task.schema.json --out src --name task\n  handfast generate typescript schemas/orbit/asyncapi.yaml --out web/src --check"
)]
pub struct Generate {
    /// The language
    #[arg(value_parser = PossibleValuesParser::new(BACKENDS.iter().map(|backend| backend.name())))]
    language: String,
    /// AsyncAPI document, or JSON Schema; `file.json#/$defs/Name` selects a schema in it
    #[arg(value_name = "CONTRACT")]
    document: PathBuf,
    /// Folder of the output
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Base name of the output; that of the document's folder or file when absent
    #[arg(long)]
    name: Option<String>,
    /// Write nothing, and end with 1 if a file is not what would be written
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    reading: Reading,
}

impl Run for Generate {
    const NAME: &'static str = "generate";

    fn run(self) -> Result<u8, Error> {
        let language = backend(&self.language)
            .ok_or_else(|| Error::new(format!("`{}` is no language known here", self.language)))?;
        let files = self.files(language)?;
        if self.check { self.compare(&files) } else { self.write(&files) }
    }
}

impl Generate {
    fn files(&self, language: &dyn Backend) -> Result<Files, Error> {
        let read = self.reading.options(&self.document);
        let document = read.and_then(|options| options.compile_document(&Disk::default(), &self.document));
        let document = document.map_err(|problems| Error::documents(vec![problems]))?;
        let name = self.name.clone().unwrap_or_else(|| base_name(&self.document));
        let source = self.document.to_string_lossy().replace('\\', "/");
        let root_name = pascal_case(&name);
        let unit = document.unit(&name, &root_name, &source);
        match language.problems(&unit) {
            None => Ok(language.generate(&unit)),
            Some(problems) => Err(Error::documents(vec![problems])),
        }
    }

    fn write(&self, files: &Files) -> Result<u8, Error> {
        let written = emit::write(&self.out, files)
            .map_err(|error| Error::new(format!("can't write to {}: {error}", self.out.display())))?;
        for name in files.keys() {
            let path = self.out.join(name);
            let word = if written.contains(&path) { "written" } else { "up to date" };
            print(&format!("{word}  {}\n", path.display()))?;
        }
        Ok(PASSED)
    }

    fn compare(&self, files: &Files) -> Result<u8, Error> {
        let stale = emit::compare(&self.out, files);
        if stale.is_empty() {
            return Ok(PASSED);
        }
        stale.iter().for_each(|file| say(&format!("stale: {file}")));
        say("  help: run the same command without `--check`");
        Ok(FAILED)
    }
}

/// `orbit` for `orbit/asyncapi.yaml`, `task` for `task.schema.json`, `Ping` for `events.json#/$defs/Ping`.
fn base_name(document: &Path) -> String {
    let (document, fragment) = select(document);
    if let Some(name) = fragment.as_deref().and_then(|fragment| fragment.rsplit('/').next()) {
        return name.to_owned();
    }
    let text = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    let file = text(document.file_name()).unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default().to_owned();
    let folder = document.parent().and_then(|parent| text(parent.file_name()));
    if stem == "asyncapi" { folder.unwrap_or(stem) } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_names() {
        for (document, name) in [
            ("schemas/orbit/asyncapi.yaml", "orbit"),
            ("asyncapi.yaml", "asyncapi"),
            ("a/task.schema.json", "task"),
            ("chat.yaml", "chat"),
            ("events.json#/$defs/Ping", "Ping"),
        ] {
            assert_eq!(base_name(Path::new(document)), name);
        }
    }
}
