//! Secrets of a recording: found by where they stand and what they look like, and replaced by the names of environment
//! variables everywhere.
//!
//! Nothing of a recording is written before it went through here. A secret that is found in one place is replaced in all.

mod apply;
mod find;
mod words;

use std::sync::LazyLock;

use handfast_codegen::model::{Auth, Contract};
use regex::Regex;

use super::trace::Trace;

pub use words::split;

/// The shortest secret that is replaced wherever it stands; shorter ones are replaced only where they were found.
const MIN_BYTES: usize = 6;

/// What is a secret wherever it stands: JSON Web Tokens, keys of well-known services, private keys, and what follows
/// `Bearer`.
static LOOKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let looks = [
        r"(?P<JWT>eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*)",
        r"(?P<API_KEY>\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)[-_][A-Za-z0-9_-]{12,}|\bAKIA[A-Z0-9]{16}\b|\bAIza[A-Za-z0-9_-]{35})",
        r"(?P<TOKEN>\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}))",
        r"(?P<PRIVATE_KEY>-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$))",
        r"(?i:\bBearer\s+)(?P<BEARER>[A-Za-z0-9._~+/-]{8,}=*)",
    ];
    Regex::new(&looks.join("|")).ok()
});

/// The secrets of a recording, each with its name.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// What the names begin with.
    prefix: String,
    /// How tokens travel, as the contract says.
    auth: Vec<Auth>,
    known: Vec<Secret>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Secret {
    name: String,
    value: String,
}

impl Secrets {
    /// None yet. Their names begin with the first word of the contract's title.
    pub fn new(contract: &Contract) -> Self {
        let word = contract.title.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty());
        let word = word.unwrap_or("API").to_ascii_uppercase();
        let prefix = if word.starts_with(|c: char| c.is_ascii_digit()) { format!("_{word}") } else { word };
        Self { prefix, auth: contract.rules.auth.clone(), known: Vec::new() }
    }

    /// Finds the secrets of `trace` and puts their names in their place, as `{{$NAME}}`.
    pub fn redact(&mut self, trace: &mut Trace) {
        self.find(trace);
        self.apply(trace);
    }

    /// The environment variables that stand for secrets, in the order in which they were found.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|secret| secret.name.as_str())
    }

    /// What stands for `value`, which is a secret called by `words`.
    fn reference(&mut self, value: &str, words: &str) -> String {
        let name = match self.known.iter().find(|secret| secret.value == value) {
            Some(secret) => secret.name.clone(),
            None => self.learn(value, words),
        };
        format!("{{{{${name}}}}}")
    }

    fn learn(&mut self, value: &str, words: &str) -> String {
        let wanted = words::variable(&self.prefix, words);
        let is_free = |name: &String| !self.known.iter().any(|secret| secret.name == *name);
        let numbered = (2..).map(|n| format!("{wanted}_{n}"));
        let name = std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or(wanted);
        self.known.push(Secret { name: name.clone(), value: value.to_owned() });
        name
    }
}

#[cfg(test)]
mod tests;
