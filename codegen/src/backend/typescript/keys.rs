//! Index signatures: which names of members a regular expression leads to, as a template of TypeScript.
//!
//! A template says how a name begins and how it ends. Where that is all the expression says, it is *exact*. Else it covers
//! more names than the expression, which is sound only where these names can't be there at all.

use super::literal;

/// Characters that mean something in a regular expression.
const META: &[char] = &['^', '$', '\\', '.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '|'];

/// What names begin and end with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    prefix: String,
    suffix: String,
    /// Whether every name that begins and ends so matches the expression.
    pub is_exact: bool,
}

impl Key {
    /// The names that match `pattern`, an expression of ECMA-262; `None` where they begin and end in any way.
    pub fn of(pattern: &str) -> Option<Self> {
        if pattern.contains('|') {
            return None;
        }
        let (prefix, rest) = match pattern.strip_prefix('^') {
            Some(rest) => literal_prefix(rest),
            None => (String::new(), pattern),
        };
        let is_anchored = pattern.starts_with('^');
        let (suffix, is_exact) = match rest.strip_suffix('$') {
            None => (String::new(), rest.is_empty()),
            Some(middle) if is_anchored => (literal_suffix(middle), false),
            Some(middle) => {
                let end = middle.strip_prefix(".*").unwrap_or(middle);
                let is_literal = !end.contains(META);
                (if is_literal { end.to_owned() } else { String::new() }, is_literal)
            }
        };
        (!prefix.is_empty() || !suffix.is_empty()).then_some(Self { prefix, suffix, is_exact })
    }

    /// Whether `name` begins and ends so.
    pub fn covers(&self, name: &str) -> bool {
        let Self { prefix, suffix, .. } = self;
        name.len() >= prefix.len() + suffix.len() && name.starts_with(prefix) && name.ends_with(suffix)
    }

    /// Whether every name that begins and ends as `other` says begins and ends so.
    pub fn covers_all_of(&self, other: &Self) -> bool {
        other.prefix.starts_with(&self.prefix) && other.suffix.ends_with(&self.suffix)
    }

    /// The type of such names.
    pub fn template(&self) -> String {
        format!("`{}${{string}}{}`", literal::template(&self.prefix), literal::template(&self.suffix))
    }
}

/// The characters at the start of an expression that stand for themselves, and what follows them.
fn literal_prefix(expression: &str) -> (String, &str) {
    let (mut prefix, mut rest) = (String::new(), expression);
    while let Some((character, after)) = literal_character(rest) {
        match after.chars().next() {
            Some('?' | '*' | '{') => break,
            Some('+') => {
                prefix.push(character);
                return (prefix, after);
            }
            _ => prefix.push(character),
        }
        rest = after;
    }
    (prefix, rest)
}

/// A character that stands for itself: escaped if it means something, no letter behind a backslash.
fn literal_character(expression: &str) -> Option<(char, &str)> {
    let mut characters = expression.chars();
    let character = match characters.next()? {
        '\\' => characters.next().filter(|escaped| META.contains(escaped) || "/-".contains(*escaped))?,
        character if META.contains(&character) => return None,
        character => character,
    };
    Some((character, characters.as_str()))
}

/// The characters at the end of an expression that stand for themselves.
fn literal_suffix(expression: &str) -> String {
    let start = expression.rfind(META).map_or(0, |index| index + 1);
    let is_escape = expression[..start].ends_with('\\');
    // What the last of the others means is not known: behind a backslash or in braces a letter is none.
    if is_escape || start == 0 { String::new() } else { expression[start..].to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expected: Option<(&str, bool)>) {
        let key = Key::of(pattern);
        let found = key.map(|key| (key.template(), key.is_exact));
        assert_eq!(found, expected.map(|(template, is_exact)| (template.to_owned(), is_exact)), "{pattern}");
    }

    #[test]
    fn what_begins_or_ends_with_a_text() {
        check("^x-", Some(("`x-${string}`", true)));
        check(r"^\$\.a\/", Some(("`$.a/${string}`", true)));
        check(r"^`\$\{", Some((r"`\`\${${string}`", true)));
        check("_at$", Some(("`${string}_at`", true)));
        check(".*_at$", Some(("`${string}_at`", true)));
    }

    #[test]
    fn what_says_more_is_not_exact() {
        check("^x-[a-z]+$", Some(("`x-${string}`", false)));
        check("^x-.*$", Some(("`x-${string}`", false)));
        check("^a+", Some(("`a${string}`", false)));
        check("^ab?c", Some(("`a${string}`", false)));
        check("^ab{2}", Some(("`a${string}`", false)));
        check(r"^a\d+", Some(("`a${string}`", false)));
        check("^pre.*post$", Some(("`pre${string}post`", false)));
        check("^.*_at$", Some(("`${string}_at`", false)));
        check("^exact$", Some(("`exact${string}`", false)));
    }

    #[test]
    fn what_begins_in_any_way() {
        for pattern in
            ["", "^", "x-", "^a|b", "^(a|b)-", "^[a-z]+$", ".*", "^.*$", r"\d$", r"^\d\$$", "^(?=a)b"]
        {
            check(pattern, None);
        }
    }

    #[test]
    fn names_that_are_covered() {
        let [wide, narrow] = ["^a", "^ab.*ba$"].map(|pattern| Key::of(pattern).expect("a key"));
        assert!(narrow.covers("abba") && narrow.covers("abxba") && !narrow.covers("aba"));
        assert!(wide.covers_all_of(&narrow) && !narrow.covers_all_of(&wide));
    }
}
