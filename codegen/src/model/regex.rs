//! Regular expressions of ECMA-262, as `pattern` and `patternProperties` hold them (JSON Schema Core, 6.4).

use serde::{Deserialize, Serialize};

/// A regular expression, compiled.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Regex {
    source: String,
    compiled: regress::Regex,
}

impl Regex {
    /// Compiles `source` as Unicode, or, where it is only valid without, as JavaScript does without the flag `u`.
    /// `None` where it is no regular expression.
    pub fn new(source: &str) -> Option<Self> {
        let compiled =
            regress::Regex::with_flags(source, "u").or_else(|_| regress::Regex::new(source)).ok()?;
        Some(Self { source: source.to_owned(), compiled })
    }

    /// Whether `source` is read as Unicode: the others are as JavaScript has them without the flag `u`.
    pub fn is_unicode(source: &str) -> bool {
        regress::Regex::with_flags(source, "u").is_ok()
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether it is found somewhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled.find(text).is_some()
    }
}

impl PartialEq for Regex {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl From<Regex> for String {
    fn from(regex: Regex) -> Self {
        regex.source
    }
}

impl TryFrom<String> for Regex {
    type Error = String;
    fn try_from(source: String) -> Result<Self, String> {
        Self::new(&source).ok_or_else(|| format!("`{source}` is no regular expression"))
    }
}
