//! Regular expressions of ECMA-262 (JSON Schema Core, 6.4).

mod sequence;

use sequence::Sequence;

/// A regular expression, compiled once.
///
/// What is no more than alternatives of repeated classes of characters from the begin, as `^[a-z][a-z0-9]*$` and `^(a|b)-?$`
/// are, is found without an engine and without memory; the engine takes memory for its way back.
#[derive(Debug, Clone)]
pub struct Pattern(Option<Kind>);

#[derive(Debug, Clone)]
enum Kind {
    Sequences(Vec<Sequence>),
    Regex(regress::Regex),
}

impl Pattern {
    /// Compiles `source` as Unicode, or, where it is only valid without, as JavaScript does without the flag `u`.
    ///
    /// Generated code holds expressions that have been compiled before; one that can't be is found nowhere.
    pub fn new(source: &str) -> Self {
        let regex = || regress::Regex::with_flags(source, "u").or_else(|_| regress::Regex::new(source)).ok();
        Self(Sequence::parse(source).map(Kind::Sequences).or_else(|| regex().map(Kind::Regex)))
    }

    /// Whether it is found somewhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        match &self.0 {
            Some(Kind::Sequences(sequences)) => sequences.iter().any(|sequence| sequence.is_match(text)),
            Some(Kind::Regex(regex)) => regex.find(text).is_some(),
            None => false,
        }
    }
}
