//! Tells people what a comparison found: each finding with its lines in both files, and the sum.

use std::collections::BTreeMap;
use std::path::Path;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{self, Config};
use handfast_codegen::source::{Disk, Source};
use handfast_conformance::evolution::{Finding, Grade, Judgement, Mode, Outcome, Row, Spot, Way};

use crate::diagnostics::offset;
use crate::plain::plain;

/// How much of a witness is shown.
const MAX_WITNESS_CHARS: usize = 2000;

/// Tells findings; texts are those of the files they are about, by the name that places have.
pub struct Teller<'t> {
    /// The texts.
    pub texts: BTreeMap<String, &'t str>,
    /// The lightest grade that fails.
    pub fail_on: Grade,
}

/// Findings in groups of those that one change is to blame for: what several events share.
pub fn alike<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<Vec<&'f Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let is_like = |other: &Finding| {
            let cause = |one: &Finding| (one.rule.id, one.grade, one.way, one.excepted.clone());
            cause(other) == cause(finding) && (&other.old, &other.new) == (&finding.old, &finding.new)
        };
        let has_place = finding.proof.is_some();
        match groups.iter_mut().find(|group| has_place && is_like(group[0])) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

impl Teller<'_> {
    /// Findings that one change is to blame for, with its lines.
    pub fn tell(&self, group: &[&Finding]) -> String {
        let [finding, others @ ..] = group else { return String::new() };
        let mut files = SimpleFiles::new();
        let mut labels = Vec::new();
        let mut missing = Vec::new();
        for (spot, style) in [(&finding.new, LabelStyle::Primary), (&finding.old, LabelStyle::Secondary)] {
            let Some(spot) = spot else { continue };
            let text = self.text(&spot.place.file);
            match text.as_deref().and_then(|text| offset(&spot.place, text)) {
                Some(start) => {
                    let text = text.unwrap_or_default();
                    let end = start + token(&text[start..]);
                    let file = files.add(spot.place.file.clone(), text);
                    labels.push(Label::new(style, file, start..end).with_message(plain(&spot.label)));
                }
                None => missing.push(spot),
            }
        }
        let shown = self.severity(finding).with_code(finding.rule.id).with_message(plain(&finding.message));
        let shown = shown.with_labels(labels).with_notes(notes(finding, others, &missing));
        let mut out = Ansi::new(Vec::new());
        let written = term::emit_to_write_style(&mut out, &Config::default(), &files, &shown);
        match written.ok().and_then(|()| String::from_utf8(out.into_inner()).ok()) {
            Some(text) => format!("{}\n\n", text.trim_end()),
            None => format!("{}: {}\n", finding.rule.id, plain(&finding.message)),
        }
    }

    fn severity(&self, finding: &Finding) -> Diagnostic<usize> {
        match finding.grade {
            _ if finding.excepted.is_some() => Diagnostic::note(),
            Grade::Undecided => Diagnostic::warning(),
            grade if grade >= self.fail_on => Diagnostic::error(),
            Grade::Dangerous => Diagnostic::warning(),
            _ => Diagnostic::note(),
        }
    }

    fn text(&self, file: &str) -> Option<String> {
        let known = self.texts.get(file).map(|text| (*text).to_owned());
        known.or_else(|| Disk::default().read(Path::new(file)).ok())
    }
}

fn notes(finding: &Finding, others: &[&Finding], missing: &[&Spot]) -> Vec<String> {
    let place = |spot: &&Spot| format!("at {}: {}", plain(&spot.place.to_string()), plain(&spot.label));
    let mut notes: Vec<String> = missing.iter().map(place).collect();
    notes.extend(finding.proof.as_ref().map(|proof| {
        let shown: String = plain(&proof.to_string()).chars().take(MAX_WITNESS_CHARS).collect();
        format!("witness: {shown}")
    }));
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(|other| plain(&other.subject.to_string())).collect();
        notes.push(format!("the same of {}", others.join(", ")));
    }
    notes.push(match &finding.excepted {
        Some(reason) => format!("let pass: {}", plain(reason)),
        None => format!("help: {}", plain(&finding.help)),
    });
    notes
}

/// How long what begins here is: a quoted text, or a word.
fn token(text: &str) -> usize {
    let mut chars = text.char_indices();
    let is_end = match chars.next() {
        Some((_, quote @ ('"' | '\''))) => {
            return chars
                .find(|(_, char)| *char == quote || *char == '\n')
                .map_or(text.len(), |(at, _)| at + 1);
        }
        Some((_, char)) if char.is_alphanumeric() || "_-$".contains(char) => {
            |char: char| char.is_whitespace() || ":,]}".contains(char)
        }
        Some((_, char)) if char != '\n' => return char.len_utf8(),
        _ => return 0,
    };
    chars.find(|(_, char)| is_end(*char)).map_or(text.len(), |(at, _)| at)
}

/// What came of every payload both ways, in a table.
pub fn table(outcome: &Outcome) -> String {
    let width =
        outcome.rows.iter().map(|row| row.subject.to_string().chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for Row { subject, backward, forward } in &outcome.rows {
        let shown = |[strict, declared]: &[Judgement; 2]| match strict == declared {
            true => strict.name().to_owned(),
            false => format!("{} (strictly {})", declared.name(), strict.name()),
        };
        let name = plain(&subject.to_string());
        let (backward, forward) = (shown(backward), shown(forward));
        text.push_str(&format!("  {name:width$}  backward {backward}, forward {forward}\n"));
    }
    text
}

/// The sum of a comparison in a few lines, of the ways that have to be safe.
pub fn sum(outcome: &Outcome, mode: Mode) -> String {
    let [declared, strict] = [1, 0].map(|reading| {
        let judged = |row: &Row| {
            let ways = [(Way::Backward, row.backward), (Way::Forward, row.forward)];
            ways.into_iter().filter(|(way, _)| mode.asks(*way)).map(|(_, readings)| readings[reading]).max()
        };
        let all: Vec<Judgement> = outcome.rows.iter().filter_map(judged).collect();
        let count = |judgement| all.iter().filter(|one| **one == judgement).count();
        let kinds = [Judgement::Compatible, Judgement::Breaking, Judgement::Unknown];
        kinds.map(|kind| format!("{} {}", count(kind), kind.name())).join(", ")
    });
    let n = outcome.rows.len();
    let payloads = if n == 1 { "1 payload".to_owned() } else { format!("{n} payloads") };
    format!(
        "{} against {}: {payloads}\n  as declared  {declared}\n  strictly     {strict}\n",
        plain(&outcome.new),
        plain(&outcome.old)
    )
}

fn told_count(n: usize, grade: Grade) -> String {
    let is_noun = matches!(grade, Grade::Note | Grade::Error);
    if is_noun && n > 1 { format!("{n} {grade}s") } else { format!("{n} {grade}") }
}

/// How many findings of each grade there are, in a line; nothing where there are none.
pub fn counts(findings: &[&Finding]) -> Option<String> {
    let counted = |grade| findings.iter().filter(|one| one.grade == grade && one.excepted.is_none()).count();
    let told = |grade: Grade| Some((counted(grade), grade)).filter(|(n, _)| *n > 0);
    let mut parts: Vec<String> =
        Grade::ALL.into_iter().rev().filter_map(told).map(|(n, grade)| told_count(n, grade)).collect();
    let n_excepted = findings.iter().filter(|one| one.excepted.is_some()).count();
    if n_excepted > 0 {
        parts.push(format!("{n_excepted} let pass"));
    }
    (!parts.is_empty()).then(|| format!("{}\n", parts.join(", ")))
}
