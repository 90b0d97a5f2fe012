//! `[rust]`: what users choose about generated Rust.

use indexmap::IndexMap;
use serde::Deserialize;

/// What users choose about generated Rust; every text is a piece of Rust.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RustOptions {
    /// Traits that every type derives, beside those it derives anyway.
    pub derives: Vec<String>,
    /// Attributes that every type has.
    pub attributes: Vec<String>,
    /// The types of `integer`, `number` and strings of a format, by these names.
    pub scalars: IndexMap<String, String>,
    /// Where types have strategies of proptest: what would stand in `#[cfg(…)]`.
    pub proptest: Option<String>,
    /// Choices for one type, by its name or by where its schema stands (`events/a.json#/$defs/B`).
    pub types: IndexMap<String, TypeOptions>,
}

/// What users choose about one generated type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct TypeOptions {
    /// Its name, instead of the one it would get.
    pub name: Option<String>,
    /// Traits that it derives, beside the others.
    pub derives: Vec<String>,
    /// Attributes that it has, beside the others.
    pub attributes: Vec<String>,
    /// A type to use instead.
    pub replace: Option<String>,
}

impl RustOptions {
    /// These choices and `more`, which go first.
    #[must_use]
    pub fn with(mut self, more: Self) -> Self {
        self.derives.extend(more.derives);
        self.attributes.extend(more.attributes);
        self.scalars.extend(more.scalars);
        self.proptest = more.proptest.or(self.proptest);
        for (key, more) in more.types {
            let of_type = self.types.entry(key).or_default();
            of_type.name = more.name.or(of_type.name.take());
            of_type.replace = more.replace.or(of_type.replace.take());
            of_type.derives.extend(more.derives);
            of_type.attributes.extend(more.attributes);
        }
        self
    }
}
