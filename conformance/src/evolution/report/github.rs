//! Annotations of GitHub Actions, at the places in the new revision.

use super::super::{Finding, Grade};
use crate::report::annotation::{Annotation, Kind, commands};

/// The workflow commands, a line each; what is `fail_on` or graver is an error.
pub fn annotations<'f>(findings: impl IntoIterator<Item = &'f Finding>, fail_on: Grade) -> Vec<String> {
    let annotations: Vec<_> = findings.into_iter().map(|finding| annotation(finding, fail_on)).collect();
    commands(&annotations, "findings")
}

fn annotation(finding: &Finding, fail_on: Grade) -> Annotation {
    let kind = match finding.grade {
        _ if finding.excepted.is_some() => Kind::Notice,
        Grade::Undecided => Kind::Warning,
        grade if grade >= fail_on => Kind::Error,
        Grade::Dangerous => Kind::Warning,
        _ => Kind::Notice,
    };
    // Only files of the checked-out revision can be shown.
    let place = finding.new.as_ref().map(|spot| &spot.place);
    Annotation {
        kind,
        file: place.map(|place| place.file.clone()).unwrap_or_default(),
        line: place.map(|place| place.position.line),
        cause: format!("{}[{}]", finding.grade, finding.rule.id),
        subject: finding.subject.to_string(),
        message: finding.to_string(),
    }
}
