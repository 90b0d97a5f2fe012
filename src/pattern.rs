//! Regular expressions of ECMA-262 (JSON Schema Core, 6.4).

/// A regular expression, compiled once.
#[derive(Debug, Clone)]
pub struct Pattern(Option<regress::Regex>);

impl Pattern {
    /// Compiles `source` as Unicode, or, where it is only valid without, as JavaScript does without the flag `u`.
    ///
    /// Generated code holds expressions that have been compiled before; one that can't be is found nowhere.
    pub fn new(source: &str) -> Self {
        Self(regress::Regex::with_flags(source, "u").or_else(|_| regress::Regex::new(source)).ok())
    }

    /// Whether it is found somewhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.find(text).is_some())
    }
}
