//! `handfast compare`

mod arguments;
mod batch;
mod fix;
mod judging;
mod text;
mod versions;

use std::collections::BTreeMap;
use std::path::Path;

use handfast_codegen::source::{Disk, Source};
use handfast_conformance::evolution::rule::DOCUMENT_REMOVED;
use handfast_conformance::evolution::{
    Exceptions, Finding, Grade, Outcome, Revision, Subject, report, reused,
};

use super::Run;
use crate::error::Error;
use crate::exit::{FAILED, PASSED, UNDECIDED};
use crate::printing::print;
pub use arguments::Compare;
use arguments::Format;
use fix::Mending;
use text::{Teller, alike, counts, sum, table};
use versions::Version;

impl Run for Compare {
    const NAME: &'static str = "compare";

    fn run(self) -> Result<u8, Error> {
        if let Some(path) = &self.batch {
            return self.batch(path);
        }
        let Some((newest, olds)) = self.versions.split_last() else { return Ok(PASSED) };
        // A revision without a path has the path that is called.
        let path = olds.iter().rev().find(|old| Path::new(old).exists());
        let new = Version::find(newest, path.unwrap_or(newest))?;
        let olds: Vec<Version> =
            olds.iter().map(|old| Version::find(old, newest)).collect::<Result<_, Error>>()?;
        let read = self.read(&olds, &new)?;
        let mut found = self.judge(&read, &new)?;
        found.others.extend(self.except(&mut found.outcomes, &new)?);
        if self.fix {
            self.mend(&read, &found, &new)?;
            return Ok(PASSED);
        }
        self.print(&read, &found)?;
        Ok(self.code(&found))
    }
}

/// A document in all its versions.
struct Document {
    /// Its path in a folder.
    name: String,
    /// In the old versions, those that have it.
    olds: Vec<Revision>,
    /// In the new one; nothing where it is gone.
    new: Option<Revision>,
}

/// What was found.
struct Found {
    outcomes: Vec<Outcome>,
    /// What is about no two versions.
    others: Vec<Finding>,
}

impl Found {
    fn all(&self) -> impl Iterator<Item = &Finding> {
        self.outcomes.iter().flat_map(|outcome| &outcome.findings).chain(&self.others)
    }
}

impl Compare {
    fn batch(&self, path: &Path) -> Result<u8, Error> {
        match self.format {
            Format::Text | Format::Json => batch::run(path, self.format, self.jobs),
            Format::Junit | Format::Github => {
                Err(Error::new("what comes of a batch is told as text or JSON").help("write `--format json`"))
            }
        }
    }

    fn read(&self, olds: &[Version], new: &Version) -> Result<Vec<Document>, Error> {
        if let Some(other) = olds.iter().find(|old| old.is_folder() != new.is_folder()) {
            let (folder, file) = if new.is_folder() { (new, other) } else { (other, new) };
            return Err(Error::new(format!("{} is a folder, and {} is none", folder.label, file.label))
                .help("compare a file with a file, a folder with a folder"));
        }
        let mut names: Vec<&str> = olds.iter().chain([new]).flat_map(Version::names).collect();
        names.sort_unstable();
        names.dedup();
        let document = |name: &str| {
            let olds = olds.iter().filter_map(|old| old.read(name, &self.documents).transpose());
            let olds = olds.collect::<Result<_, Error>>()?;
            Ok(Document { name: name.to_owned(), olds, new: new.read(name, &self.documents)? })
        };
        names.into_iter().map(document).collect()
    }

    fn judge(&self, documents: &[Document], newest: &Version) -> Result<Found, Error> {
        let mut found = Found { outcomes: Vec::new(), others: Vec::new() };
        for Document { olds, new, .. } in documents {
            let Some(new) = new else {
                found.others.extend(olds.last().map(|old| removed(old, newest)));
                continue;
            };
            found
                .outcomes
                .extend(olds.iter().map(|old| judging::compare(old, new, self.settings(), self.jobs)));
            let steps = olds.iter().zip(olds.iter().skip(1));
            found.others.extend(steps.flat_map(|(early, late)| reused(early, late, new)));
        }
        Ok(found)
    }

    /// Lets pass what the exceptions have, and finds those that are of no use any more.
    fn except(&self, outcomes: &mut [Outcome], new: &Version) -> Result<Vec<Finding>, Error> {
        let wrong = |problems| Error::documents(vec![problems]);
        let path = new.names().next().and_then(|name| new.path(name)).unwrap_or(Path::new(""));
        let listed = self.documents.options_from(new.source(), path).map_err(wrong)?.exceptions;
        let (path, text) = match (&self.exceptions, listed) {
            (Some(path), _) => (path.clone(), Disk::default().read(path)),
            (None, Some(path)) => (path.clone(), new.source().read(&path)),
            (None, None) => return Ok(Vec::new()),
        };
        let text = text.map_err(|error| Error::new(format!("{} can't be read: {error}", path.display())))?;
        let mut exceptions = Exceptions::read(&path, &text).map_err(wrong)?;
        outcomes.iter_mut().for_each(|outcome| outcome.except(&mut exceptions));
        Ok(exceptions.findings(jiff::Zoned::now().date()))
    }

    /// Gives new names, by what the new version is compared with last.
    fn mend(&self, documents: &[Document], found: &Found, version: &Version) -> Result<(), Error> {
        for Document { name, olds, new } in documents {
            let (Some(old), Some(new)) = (olds.last(), new) else { continue };
            let is_about = |outcome: &&Outcome| outcome.old == old.label && outcome.new == new.label;
            let Some(outcome) = found.outcomes.iter().find(is_about) else { continue };
            let mending = Mending { old, new, outcome, version };
            mending.mend(&|overlay| {
                let mended = version.read_from(overlay, name, &self.documents)?;
                let mended = mended.ok_or_else(|| Error::new(format!("{} is gone", new.label)))?;
                Ok(judging::compare(old, &mended, self.settings(), self.jobs))
            })?;
        }
        Ok(())
    }

    fn print(&self, documents: &[Document], found: &Found) -> Result<(), Error> {
        let fail_on = self.fail_on.grade();
        match self.format {
            Format::Text => self.tell(documents, found),
            Format::Json => print(&format!("{}\n", report::to_json(&found.outcomes, &found.others))),
            Format::Junit => {
                let xml = report::junit(&found.outcomes, &found.others, fail_on);
                print(&xml.map_err(|error| Error::new(format!("the report can't be written: {error}")))?)
            }
            Format::Github => {
                let lines = report::annotations(found.all(), fail_on);
                lines.iter().try_for_each(|line| print(&format!("{line}\n")))
            }
        }
    }

    fn tell(&self, documents: &[Document], found: &Found) -> Result<(), Error> {
        let revisions = documents.iter().flat_map(|document| document.olds.iter().chain(&document.new));
        let texts: BTreeMap<_, _> = revisions.flat_map(Revision::texts).collect();
        let teller = Teller { texts, fail_on: self.fail_on.grade() };
        for group in alike(found.all().filter(|finding| self.shows(finding))) {
            print(&teller.tell(&group))?;
        }
        if self.quiet {
            return Ok(());
        }
        for outcome in &found.outcomes {
            print(&sum(outcome, self.settings().mode))?;
            if self.verbose {
                print(&table(outcome))?;
            }
        }
        counts(&found.all().collect::<Vec<_>>()).map_or(Ok(()), |line| print(&line))
    }

    /// Whether people want to read of it: what changes for callers alone is counted, unless somebody asks.
    fn shows(&self, finding: &Finding) -> bool {
        let is_asked = finding.grade != Grade::Api || self.verbose;
        self.fails(finding) || !self.quiet && is_asked
    }

    fn fails(&self, finding: &Finding) -> bool {
        let is_grave = finding.grade >= self.fail_on.grade() || finding.grade == Grade::Undecided;
        finding.excepted.is_none() && is_grave
    }

    fn code(&self, found: &Found) -> u8 {
        let failing: Vec<_> = found.all().filter(|finding| self.fails(finding)).collect();
        match failing.iter().all(|finding| finding.grade == Grade::Undecided) {
            _ if failing.is_empty() => PASSED,
            true => UNDECIDED,
            false => FAILED,
        }
    }
}

fn removed(old: &Revision, new: &Version) -> Finding {
    let message = format!("{} is gone from {}", old.label, new.label);
    let finding = Finding::new(&DOCUMENT_REMOVED, Subject::contract("document"), message);
    finding.old(old.root_place(""), "this was the document")
}
