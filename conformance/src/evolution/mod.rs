//! Compares two revisions of a contract or schema: who breaks, which change did it, and what proves that.
//!
//! It asks [`crate::compare`] about payloads, pair by pair, and looks at everything else that a contract promises. It reads no clock
//! and starts no thread: the questions are a list, which may be answered in any order.

mod api;
mod applied;
mod blame;
mod contract;
mod exceptions;
mod finding;
mod needless;
mod pair;
mod payload;
pub mod report;
mod revision;
pub mod rule;
pub mod skeleton;
mod versioning;

pub use contract::reused;
pub use exceptions::{Exceptions, exceptions_schema};
pub use finding::{Finding, Grade, Mode, Proof, Spot, Subject, SubjectKind, Way};
pub use pair::Pair;
pub use payload::{Answer, Judgement};
pub use revision::Revision;
pub use rule::{RULES, Rule};
pub use versioning::next_name;

use crate::compare::{Budget, Reading};

/// What counts in a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Which ways have to be safe.
    pub mode: Mode,
    /// What producers are taken to send.
    pub reading: Reading,
    /// How much work each question may be.
    pub budget: Budget,
}

impl Default for Settings {
    fn default() -> Self {
        Self { mode: Mode::default(), reading: Reading::DeclaredOnly, budget: Budget::default() }
    }
}

/// A comparison that is under way.
#[derive(Debug)]
pub struct Comparison<'r> {
    old: &'r Revision,
    new: &'r Revision,
    settings: Settings,
    pairs: Vec<Pair>,
    findings: Vec<Finding>,
}

/// What became of one pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is.
    pub subject: Subject,
    /// Whether new consumers read what old producers send: strictly, and by declared members only.
    pub backward: [Judgement; 2],
    /// Whether old consumers read what new producers send, likewise.
    pub forward: [Judgement; 2],
}

/// What a comparison came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The old revision, as its user calls it.
    pub old: String,
    /// The new one.
    pub new: String,
    /// Everything that flows.
    pub rows: Vec<Row>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl<'r> Comparison<'r> {
    /// Looks at what two revisions promise, and lists what is to be asked about their payloads.
    pub fn new(old: &'r Revision, new: &'r Revision, settings: Settings) -> Self {
        let (pairs, mut findings) = pair::pairs(old, new);
        findings.extend(contract::check(old, new));
        findings.extend(needless::check(old, new, &settings));
        Self { old, new, settings, pairs, findings }
    }

    /// How many questions there are.
    pub fn n_questions(&self) -> usize {
        self.pairs.len() * Way::ALL.len()
    }

    /// Answers a question, by its number. Each is bounded by the budget.
    pub fn answer(&self, question_idx: usize) -> Answer {
        let way = Way::ALL[question_idx % Way::ALL.len()];
        payload::judge(&self.pairs[question_idx / Way::ALL.len()], way, self.old, self.new, &self.settings)
    }

    /// Puts the answers to all questions together, in their order.
    pub fn conclude(self, answers: &[Answer]) -> Outcome {
        let Self { old, new, settings, pairs, mut findings } = self;
        let mut rows = Vec::new();
        for (pair, answers) in pairs.into_iter().zip(answers.chunks_exact(Way::ALL.len())) {
            let [backward, forward] = answers else { continue };
            findings.extend([backward, forward].into_iter().flat_map(|answer| answer.findings.clone()));
            findings.extend(versioning::check(&pair, [backward, forward], old, new, settings.mode));
            let both = |answer: &Answer| [answer.strict, answer.declared_only];
            rows.push(Row { subject: pair.subject, backward: both(backward), forward: both(forward) });
        }
        findings.extend(api::check(old, new));
        findings.retain(|finding| finding.way.is_none_or(|way| settings.mode.asks(way)));
        Outcome { old: old.label.clone(), new: new.label.clone(), rows, findings }
    }
}

/// Compares two revisions, one question after the other.
pub fn compare(old: &Revision, new: &Revision, settings: Settings) -> Outcome {
    let comparison = Comparison::new(old, new, settings);
    let answers: Vec<_> =
        (0..comparison.n_questions()).map(|question_idx| comparison.answer(question_idx)).collect();
    comparison.conclude(&answers)
}

impl Outcome {
    /// Lets pass what `exceptions` have; an event of which nothing else breaks needs no new name.
    pub fn except(&mut self, exceptions: &mut Exceptions) {
        exceptions.apply(&mut self.findings);
        let breaks = |finding: &&Finding| finding.grade == Grade::Breaking && finding.excepted.is_none();
        let breaking: Vec<Subject> =
            self.findings.iter().filter(breaks).map(|finding| finding.subject.clone()).collect();
        self.findings.retain(|finding| {
            *finding.rule != rule::VERSION_NAME
                || finding.excepted.is_some()
                || breaking.contains(&finding.subject)
        });
    }

    /// The gravest grade of what is not excepted.
    pub fn worst(&self) -> Option<Grade> {
        let counted = self.findings.iter().filter(|finding| finding.excepted.is_none());
        counted.map(|finding| finding.grade).max()
    }
}

#[cfg(test)]
mod tests;
