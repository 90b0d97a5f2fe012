//! `--fix`: writes what gives breaking changes new names, all files or none.

use std::path::Path;

use handfast_conformance::evolution::rule::VERSION_NAME;
use handfast_conformance::evolution::skeleton::{Files, Overlay, skeleton};
use handfast_conformance::evolution::{Finding, Grade, Outcome, Revision};
use tempfile::NamedTempFile;

use super::versions::Version;
use crate::error::Error;
use crate::printing::print;

/// What is to be mended, and in what.
pub struct Mending<'m> {
    /// The old revision.
    pub old: &'m Revision,
    /// The new one.
    pub new: &'m Revision,
    /// What their comparison came to.
    pub outcome: &'m Outcome,
    /// Where the new one is read from.
    pub version: &'m Version,
}

impl Mending<'_> {
    /// Writes the files. `again` compares the old revision with the one that would come of them: where something that has a new
    /// name then breaks under the old one all the same, nothing is written.
    ///
    /// # Errors
    /// They can't be made, or not be written.
    pub fn mend(&self, again: &dyn Fn(&Overlay<'_>) -> Result<Outcome, Error>) -> Result<(), Error> {
        let Self { old, new, outcome, version } = self;
        if !version.is_on_disk() {
            return Err(Error::new(format!("{} is no file that can be written", version.label))
                .help("name the files of the working folder as the new version"));
        }
        let files =
            skeleton(old, new, outcome).map_err(|problem| Error::new(problem).help("rename it by hand"))?;
        if files.is_empty() {
            return print("nothing needs a new name\n");
        }
        let mended = again(&Overlay { files: &files, below: version.source() })?;
        if let Some(left) = mended.findings.iter().find(|finding| is_left(finding, outcome)) {
            return Err(Error::new(format!("nothing was written: even so, {}", left.message)).help(
                "what the event shares with others has changed, too: give the new event a copy of its own",
            ));
        }
        write(&files)?;
        files.keys().try_for_each(|path| print(&format!("written  {}\n", path.display())))
    }
}

/// Whether an event that was to be mended still breaks.
fn is_left(finding: &Finding, before: &Outcome) -> bool {
    let was_named = before.findings.iter().filter(|finding| *finding.rule == VERSION_NAME);
    let mut subjects = was_named.map(|finding| &finding.subject);
    finding.grade >= Grade::Breaking && subjects.any(|subject| *subject == finding.subject)
}

/// Puts all files beside their places first, so that one that can't be written keeps the others from it.
fn write(files: &Files) -> Result<(), Error> {
    let wrong = |path: &Path, error: &std::io::Error| {
        Error::new(format!("{} can't be written: {error}", path.display()))
    };
    let mut ready = Vec::new();
    for (path, text) in files {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = NamedTempFile::new_in(folder).map_err(|error| wrong(path, &error))?;
        std::fs::write(file.path(), text).map_err(|error| wrong(path, &error))?;
        if let Ok(there) = std::fs::metadata(path) {
            std::fs::set_permissions(file.path(), there.permissions())
                .map_err(|error| wrong(path, &error))?;
        }
        ready.push((path, file));
    }
    for (path, file) in ready {
        file.persist(path).map_err(|error| wrong(path, &error.error))?;
    }
    Ok(())
}
