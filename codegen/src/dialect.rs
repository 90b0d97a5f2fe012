//! The dialects of JSON Schema.

use std::fmt;

/// A dialect, the oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Dialect {
    /// Draft 4, of 2013.
    Draft4,
    /// Draft 6, of 2017.
    Draft6,
    /// Draft 7, of 2018.
    Draft7,
    /// Draft 2019-09.
    Draft201909,
    /// Draft 2020-12.
    #[default]
    Draft202012,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 5] =
        [Self::Draft4, Self::Draft6, Self::Draft7, Self::Draft201909, Self::Draft202012];

    /// The name, as `handfast.toml` and `schemaFormat` write it: `draft-07`, `2020-12`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft4 => "draft-04",
            Self::Draft6 => "draft-06",
            Self::Draft7 => "draft-07",
            Self::Draft201909 => "2019-09",
            Self::Draft202012 => "2020-12",
        }
    }

    /// The dialect of that name; `draft` may stand before it, zeros and dashes may be missing.
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = |name: &str| {
            let name = name.trim_start_matches("draft").trim_start_matches('-');
            name.trim_start_matches('0').to_owned()
        };
        Self::ALL.into_iter().find(|dialect| plain(dialect.name()) == plain(name))
    }

    /// The dialect that `$schema` names, however its scheme, its path and its end are written.
    pub fn from_uri(uri: &str) -> Option<Self> {
        // OpenAPI's is 2020-12 with a few annotations.
        if uri.starts_with("https://spec.openapis.org/oas/3.1/") {
            return Some(Self::Draft202012);
        }
        let uri = uri.trim().trim_end_matches(['#', '/']);
        let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        let rest = rest.trim_start_matches("www.").strip_prefix("json-schema.org/draft")?;
        Self::from_name(rest.strip_suffix("/schema")?.trim_start_matches(['-', '/']))
    }

    /// The URI of the metaschema.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Draft4 => "http://json-schema.org/draft-04/schema#",
            Self::Draft6 => "http://json-schema.org/draft-06/schema#",
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft201909 => "https://json-schema.org/draft/2019-09/schema",
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A vocabulary (JSON Schema Core, 8.1): keywords that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    Core = 1,
    Applicator = 1 << 1,
    Unevaluated = 1 << 2,
    Validation = 1 << 3,
    MetaData = 1 << 4,
    Format = 1 << 5,
    FormatAssertion = 1 << 6,
    Content = 1 << 7,
}

impl Vocabulary {
    /// The vocabularies behind a URI. In 2019-09, `unevaluated*` are applicators.
    fn from_uri(uri: &str) -> Option<&'static [Self]> {
        let rest = uri.strip_prefix("https://json-schema.org/draft/")?;
        let (draft, name) = rest.split_once("/vocab/")?;
        Some(match (draft, name) {
            (_, "core") => &[Self::Core],
            ("2019-09", "applicator") => &[Self::Applicator, Self::Unevaluated],
            (_, "applicator") => &[Self::Applicator],
            ("2020-12", "unevaluated") => &[Self::Unevaluated],
            (_, "validation") => &[Self::Validation],
            (_, "meta-data") => &[Self::MetaData],
            ("2019-09", "format") | (_, "format-annotation") => &[Self::Format],
            (_, "format-assertion") => &[Self::Format, Self::FormatAssertion],
            (_, "content") => &[Self::Content],
            _ => return None,
        })
    }
}

/// How schemas are read: by which dialect, and with which of its vocabularies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    pub dialect: Dialect,
    vocabularies: u8,
}

impl From<Dialect> for Rules {
    fn from(dialect: Dialect) -> Self {
        Self { dialect, vocabularies: !(Vocabulary::FormatAssertion as u8) }
    }
}

impl Rules {
    /// Whether keywords of `vocabulary` mean what they say.
    pub fn has(self, vocabulary: Vocabulary) -> bool {
        self.vocabularies & vocabulary as u8 != 0
    }

    /// The rules that a metaschema's `$vocabulary` states; an error names the required one that is not known.
    ///
    /// # Errors
    /// A vocabulary that is required and not known.
    pub fn with_vocabularies<'v>(
        dialect: Dialect,
        vocabularies: impl Iterator<Item = (&'v str, bool)>,
    ) -> Result<Self, &'v str> {
        let mut rules = Self { dialect, vocabularies: Vocabulary::Core as u8 };
        for (uri, is_required) in vocabularies {
            match Vocabulary::from_uri(uri) {
                Some(known) => known.iter().for_each(|one| rules.vocabularies |= *one as u8),
                None if is_required => return Err(uri),
                None => {}
            }
            // 2019-09 has one vocabulary for both, which asserts where it is required (Validation, 7.2).
            if is_required && uri == "https://json-schema.org/draft/2019-09/vocab/format" {
                rules.vocabularies |= Vocabulary::FormatAssertion as u8;
            }
        }
        Ok(rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_are_recognised_however_they_are_written() {
        for (uri, dialect) in [
            ("http://json-schema.org/draft-07/schema#", Some(Dialect::Draft7)),
            ("https://json-schema.org/draft-07/schema", Some(Dialect::Draft7)),
            ("http://json-schema.org/draft-04/schema", Some(Dialect::Draft4)),
            ("https://json-schema.org/draft/2020-12/schema#", Some(Dialect::Draft202012)),
            ("http://www.json-schema.org/draft/2019-09/schema", Some(Dialect::Draft201909)),
            ("http://json-schema.org/draft-03/schema#", None),
            ("https://json-schema.org/draft/2020-12/meta/core", None),
            ("https://example.org/schema", None),
        ] {
            assert_eq!(Dialect::from_uri(uri), dialect, "{uri}");
        }
        for dialect in Dialect::ALL {
            assert_eq!(Dialect::from_uri(dialect.uri()), Some(dialect));
            assert_eq!(Dialect::from_name(dialect.name()), Some(dialect));
        }
    }
}
