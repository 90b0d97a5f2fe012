//! Every code of a diagnostic about contracts and schemas, with how bad it is and what it is about.

use super::Severity::{self, Error, Warning};

/// One kind of problem. docs/diagnostics.md has a section for each.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub summary: &'static str,
}

const fn entry(code: &'static str, severity: Severity, summary: &'static str) -> Entry {
    Entry { code, severity, summary }
}

/// Every kind of problem, by what it is about.
#[rustfmt::skip]
pub static CATALOGUE: &[Entry] = &[
    entry("unreadable-file", Error, "a file can't be read"),
    entry("syntax", Error, "a file is no JSON, YAML or TOML"),
    entry("configuration", Error, "a value in `handfast.toml` is none that it takes"),
    entry("unknown-key", Error, "a key is none that is known where it stands"),
    entry("unresolved-reference", Error, "a reference leads to nothing"),
    entry("remote-reference", Error, "a reference leads to a URI that no folder stands for"),
    entry("circular-reference", Error, "a schema applies itself to the same value, without end"),
    entry("duplicate-id", Error, "two schemas have one URI"),
    entry("duplicate-anchor", Error, "two schemas of one resource have one anchor"),
    entry("unsupported-dialect", Error, "a dialect or vocabulary is not known"),
    entry("not-a-schema", Error, "a value is no schema where a schema must stand"),
    entry("keyword-value", Error, "a keyword has a value that its metaschema refuses"),
    entry("regular-expression", Error, "a regular expression is none"),
    entry("misspelt-keyword", Error, "a keyword is misspelt"),
    entry("misspelt-format", Error, "a format is misspelt"),
    entry("too-many-schemas", Error, "dynamic references make more schemas than can be held"),
    entry("unknown-keyword", Warning, "a keyword is unknown, and taken as an annotation"),
    entry("foreign-keyword", Warning, "a keyword of another dialect means nothing here"),
    entry("hidden-keyword", Warning, "a keyword beside `$ref` means nothing in this dialect"),
    entry("unknown-format", Warning, "a format is not asserted"),
    entry("empty-list", Warning, "a list is empty, and says nothing"),
    entry("unsatisfiable", Warning, "no value can satisfy a schema"),
    entry("asyncapi-version", Error, "a document is no AsyncAPI 3 document"),
    entry("asyncapi-value", Error, "a value is none that AsyncAPI has there"),
    entry("schema-format", Error, "a payload's schema is no JSON Schema"),
    entry("no-transport", Error, "no server of a channel speaks a transport that is known"),
    entry("two-transports", Error, "a channel stands on servers of several transports"),
    entry("name-clash", Error, "two events of one direction have one name"),
    entry("unknown-event", Error, "a rule names an event that the contract does not have"),
    entry("extension", Error, "a value under `x-handfast` is none that it takes"),
];

/// How bad a problem of that code is; what others find beyond the catalogue is an error.
pub(super) fn severity(code: &str) -> Severity {
    CATALOGUE.iter().find(|entry| entry.code == code).map_or(Error, |entry| entry.severity)
}
