//! The bases of references (RFC 3986, 5.1): where a file was found, or the URI it goes by.

use std::path::{Component, Path, PathBuf};

use fluent_uri::{Uri, UriRef};
use percent_encoding::percent_decode_str;

/// What relative references are relative to. Files that were found by path need no URI: a path is base enough.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// A file, relative to the source.
    Path(PathBuf),
    /// An absolute URI, normalised, without a fragment.
    Uri(String),
}

impl Base {
    /// The document that `reference` names from here, and the fragment in it, percent-decoded. `None` where the reference
    /// is no URI reference, or the base one that has nothing relative to it.
    pub fn join(&self, reference: &str) -> Option<(Self, String)> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        Some((self.document(uri)?, percent_decode(fragment)))
    }

    fn document(&self, uri: &str) -> Option<Self> {
        if uri.is_empty() {
            return Some(self.clone());
        }
        if has_scheme(uri) {
            return Some(Self::Uri(Uri::parse(uri).ok()?.normalize().into_string()));
        }
        match self {
            Self::Path(path) => Some(Self::Path(beside(path, uri))),
            Self::Uri(base) => {
                let base = Uri::parse(base.as_str()).ok()?;
                let resolved = UriRef::parse(uri).ok()?.resolve_against(&base).ok()?;
                Some(Self::Uri(resolved.normalize().into_string()))
            }
        }
    }
}

impl std::fmt::Display for Base {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(f),
            Self::Uri(uri) => f.write_str(uri),
        }
    }
}

/// Whether the reference begins with a scheme (RFC 3986, 3.1).
pub fn has_scheme(reference: &str) -> bool {
    let scheme = reference.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// The file that the relative reference `uri` names from the file `path`.
pub fn beside(path: &Path, uri: &str) -> PathBuf {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    clean(&folder.join(percent_decode(uri)))
}

/// `path` without `.` and `..` parts, as far as its text allows.
pub fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(cleaned.components().next_back(), Some(Component::Normal(_))) =>
            {
                cleaned.pop();
            }
            part => cleaned.push(part),
        }
    }
    cleaned
}

/// Decodes `%XX` (RFC 3986, 2.1); what is no UTF-8 then stays as it was.
pub fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |decoded| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn joins(base: &Base, reference: &str, document: &str, fragment: &str) {
        let joined = base.join(reference).map(|(base, fragment)| (base.to_string(), fragment));
        assert_eq!(joined, Some((document.to_owned(), fragment.to_owned())), "{reference}");
    }

    #[test]
    fn references_between_files() {
        let base = Base::Path("../schemas/a.json".into());
        joins(&base, "#/x%25y", "../schemas/a.json", "/x%y");
        joins(&base, "../../b%20c.json#d", "../../b c.json", "d");
        joins(&base, "https://example.org/a/../b", "https://example.org/b", "");
    }

    #[test]
    fn references_between_uris() {
        let base = Base::Uri("https://example.org/a/b.json".to_owned());
        joins(&base, "c.json", "https://example.org/a/c.json", "");
        joins(&base, "/c.json#/d", "https://example.org/c.json", "/d");
        joins(&base, "HTTPS://EXAMPLE.org/c", "https://example.org/c", "");
        joins(&Base::Uri("urn:x:y".to_owned()), "#a", "urn:x:y", "a");
        assert_eq!(Base::Uri("urn:x:y".to_owned()).join("z"), None);
        assert_eq!(base.join("https://exa mple.org"), None);
    }
}
