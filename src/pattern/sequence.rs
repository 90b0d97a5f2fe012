//! Expressions that need no way back: `^`, classes of characters with repetitions, alternatives of such, and perhaps `$`.

/// More sequences than these are left to an engine.
const MAX_SEQUENCES: usize = 32;

/// So deep groups may stand in each other.
const MAX_DEPTH: usize = 8;

/// A sequence of repeated classes, from the begin of a text.
#[derive(Debug, Clone)]
pub struct Sequence {
    items: Vec<Item>,
    /// Whether nothing may follow.
    is_whole: bool,
}

#[derive(Debug, Clone)]
struct Item {
    class: Class,
    min: usize,
    max: usize,
}

/// A set of characters.
#[derive(Debug, Clone, Default)]
struct Class {
    /// A bit for each of ASCII.
    ascii: u128,
    /// Ranges of others, both ends included.
    others: Vec<(char, char)>,
    /// Whether it is the others that are meant.
    is_negated: bool,
}

impl Sequence {
    /// The sequences of which one is found where `source` is.
    ///
    /// `None` where `source` is more than alternatives of such sequences, or is not valid with the flag `u`.
    pub fn parse(source: &str) -> Option<Vec<Self>> {
        let (alternatives, rest) = concatenation(source.strip_prefix('^')?, MAX_DEPTH)?;
        let is_whole = rest == "$";
        if !is_whole && !rest.is_empty() {
            return None;
        }
        let sequences = alternatives.into_iter().map(|items| Self { items, is_whole });
        sequences.map(|sequence| sequence.is_certain().then_some(sequence)).collect()
    }

    /// Whether it is always clear where a repetition ends: what may follow it begins with something else.
    fn is_certain(&self) -> bool {
        self.items.iter().enumerate().filter(|(_, item)| item.min != item.max).all(|(index, item)| {
            let after = &self.items[index + 1..];
            let n_next = after.iter().position(|next| next.min > 0).map_or(after.len(), |last| last + 1);
            after[..n_next].iter().all(|next| next.class.is_apart(&item.class))
        })
    }

    pub fn is_match(&self, text: &str) -> bool {
        let mut characters = text.chars();
        let all_found = self.items.iter().all(|item| {
            let mut n_found = 0;
            while n_found < item.max && characters.clone().next().is_some_and(|next| item.class.has(next)) {
                characters.next();
                n_found += 1;
            }
            n_found >= item.min
        });
        all_found && (!self.is_whole || characters.as_str().is_empty())
    }
}

impl Class {
    fn has(&self, character: char) -> bool {
        let is_named = match u8::try_from(character).ok().filter(u8::is_ascii) {
            Some(byte) => self.ascii & 1 << byte != 0,
            None => self.others.iter().any(|(low, high)| (*low..=*high).contains(&character)),
        };
        is_named != self.is_negated
    }

    fn add(&mut self, low: char, high: char) {
        (0..128_u8)
            .filter(|byte| (low..=high).contains(&char::from(*byte)))
            .for_each(|byte| self.ascii |= 1 << byte);
        if !high.is_ascii() {
            self.others.push((low.max('\u{80}'), high));
        }
    }

    /// Whether no character is certain to be in both.
    fn is_apart(&self, other: &Self) -> bool {
        let ascii = |class: &Self| if class.is_negated { !class.ascii } else { class.ascii };
        let overlap = |(low, high): &(char, char)| other.others.iter().any(|(l, h)| low <= h && l <= high);
        let may_share = match (self.is_negated, other.is_negated) {
            (false, false) => self.others.iter().any(overlap),
            (true, false) => !other.others.is_empty(),
            (false, true) => !self.others.is_empty(),
            (true, true) => true,
        };
        ascii(self) & ascii(other) == 0 && !may_share
    }
}

/// What stands before `$`, `|`, `)` or the end of `text`, as alternatives without groups, and the rest.
fn concatenation(text: &str, depth: usize) -> Option<(Vec<Vec<Item>>, &str)> {
    let (mut found, mut rest) = (vec![Vec::new()], text);
    while !matches!(rest.as_bytes().first(), None | Some(b'$' | b'|' | b')')) {
        let (next, after) = match rest.strip_prefix('(') {
            Some(inside) => group(inside, depth.checked_sub(1)?)?,
            None => {
                let (class, after) = class(rest)?;
                let (min, max, after) = repetition(after)?;
                (vec![vec![Item { class, min, max }]], after)
            }
        };
        if found.len() * next.len() > MAX_SEQUENCES {
            return None;
        }
        found =
            found.iter().flat_map(|head| next.iter().map(move |tail| [&head[..], tail].concat())).collect();
        rest = after;
    }
    Some((found, rest))
}

/// The alternatives of the group whose bracket stands before `text`, and what follows. One that may be repeated is refused.
fn group(text: &str, depth: usize) -> Option<(Vec<Vec<Item>>, &str)> {
    let (mut found, mut rest) = (Vec::new(), text.strip_prefix("?:").unwrap_or(text));
    loop {
        let (alternatives, after) = concatenation(rest, depth)?;
        found.extend(alternatives);
        match after.strip_prefix('|') {
            Some(next) => rest = next,
            None => break rest = after.strip_prefix(')')?,
        }
    }
    let (min, max, after) = repetition(rest)?;
    if max != 1 {
        return None;
    }
    found.extend((min == 0).then(Vec::new));
    Some((found, after))
}

/// The class at the begin of `text`, and what follows.
fn class(text: &str) -> Option<(Class, &str)> {
    let mut found = Class::default();
    let Some(mut rest) = text.strip_prefix('[') else {
        let after = atom(text, false, &mut found)?.1;
        return Some((found, after));
    };
    if let Some(after) = rest.strip_prefix('^') {
        found.is_negated = true;
        rest = after;
    }
    loop {
        if let Some(after) = rest.strip_prefix(']') {
            return Some((found, after));
        }
        let (low, after) = atom(rest, true, &mut found)?;
        rest = after;
        let Some(after) = rest.strip_prefix('-').filter(|after| !after.starts_with(']')) else { continue };
        let (high, after) = atom(after, true, &mut found)?;
        let (low, high) = (low?, high?);
        if low > high {
            return None;
        }
        found.add(low, high);
        rest = after;
    }
}

/// Adds one character or escape to `class`; gives the character, if it is one, and what follows.
fn atom<'t>(text: &'t str, in_brackets: bool, class: &mut Class) -> Option<(Option<char>, &'t str)> {
    let mut characters = text.chars();
    let character = match characters.next()? {
        '\\' => {
            let escape = characters.next()?;
            if let Some(ranges) = ranges(escape) {
                ranges.iter().for_each(|(low, high)| class.add(*low, *high));
                return Some((None, characters.as_str()));
            }
            escaped(escape, in_brackets, &mut characters)?
        }
        '.' if !in_brackets => {
            class.is_negated = true;
            ['\n', '\r', '\u{2028}', '\u{2029}'].into_iter().for_each(|end| class.add(end, end));
            return Some((None, characters.as_str()));
        }
        special if !in_brackets && "^$*+?()[]{}|".contains(special) => return None,
        plain => plain,
    };
    class.add(character, character);
    Some((Some(character), characters.as_str()))
}

/// The characters of an escape that stands for several.
const fn ranges(escape: char) -> Option<&'static [(char, char)]> {
    match escape {
        'd' => Some(&[('0', '9')]),
        'w' => Some(&[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]),
        _ => None,
    }
}

/// The character of an escape that stands for one; `following` is what comes behind its first letter.
fn escaped(escape: char, in_brackets: bool, following: &mut std::str::Chars<'_>) -> Option<char> {
    let mut hex = |n_digits: usize| {
        let (digits, rest) = following.as_str().split_at_checked(n_digits)?;
        *following = rest.chars();
        char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?)
    };
    match escape {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'x' => hex(2),
        // Half a surrogate pair is no character, and is left to the engine with its other half.
        'u' => hex(4),
        '-' if in_brackets => Some('-'),
        other => "^$\\.*+?()[]{}|/".contains(other).then_some(other),
    }
}

/// How often the class before `text` is repeated, and what follows. What takes as little as it can is refused.
fn repetition(text: &str) -> Option<(usize, usize, &str)> {
    let (min, max, after) = match text.as_bytes().first() {
        Some(b'+') => (1, usize::MAX, &text[1..]),
        Some(b'*') => (0, usize::MAX, &text[1..]),
        Some(b'?') => (0, 1, &text[1..]),
        Some(b'{') => {
            let (bounds, after) = text[1..].split_once('}')?;
            let (min, max) = bounds.split_once(',').unwrap_or((bounds, bounds));
            let max = if max.is_empty() { usize::MAX } else { max.parse().ok()? };
            (min.parse().ok()?, max, after)
        }
        _ => (1, 1, text),
    };
    (min <= max && !after.starts_with('?')).then_some((min, max, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of up to four of these characters.
    fn texts() -> Vec<String> {
        let characters = ["a", "b", "Z", "0", "-", ".", "é", "😀", "\n"];
        let mut texts = vec![String::new()];
        for length in 1..=4 {
            let shorter: Vec<String> =
                texts.iter().filter(|it| it.chars().count() == length - 1).cloned().collect();
            texts.extend(shorter.iter().flat_map(|text| characters.map(|more| format!("{text}{more}"))));
        }
        texts
    }

    #[test]
    fn agrees_with_the_engine() {
        let texts = texts();
        let sources = [
            "^",
            "^$",
            "^a",
            "^a$",
            "^ab?",
            "^[a-z]+$",
            "^[^a-z]+$",
            "^[a-zA-Z0-9\\.\\-_]+$",
            "^\\d{2}$",
            "^a{1,2}b*$",
            "^[é]+-",
            "^[^é]{2}$",
            "^[a-é]+$",
            "^\\w+\\.\\w*$",
            "^-?0$",
            "^[a-]+$",
            "^[-a]+",
            "^a{2,}",
            "^😀?é$",
            "^[\\w\\d\\.\\x2d_]+$",
            "^a(b|Z)$",
            "^(a|b|Z0|)-$",
            "^(?:a|-(?:b|0)?)[.]",
            "^a(-.+)?$",
            "^.$",
            "^\\n.",
            "^\\u00e9*$",
        ];
        for source in sources {
            let sequences = Sequence::parse(source).unwrap_or_else(|| panic!("{source} is a sequence"));
            let regex = regress::Regex::with_flags(source, "u").unwrap();
            for text in &texts {
                let is_match = sequences.iter().any(|sequence| sequence.is_match(text));
                assert_eq!(is_match, regex.find(text).is_some(), "{source} in {text:?}");
            }
        }
    }

    #[test]
    fn what_needs_an_engine_is_refused() {
        for source in [
            "a",
            "^a|b",
            "^(a)+",
            "^(a){2}",
            "^(?=a)",
            "^(a",
            "^a)",
            "^(a$)",
            "^(^a)",
            "^a+ab",
            "^a+(b|a)",
            "^a?b?a$",
            "^a+?",
            "^(a)??",
            "^\\s",
            "^[b-a]",
            "^a{2,1}",
            "^\\-",
            "^\\x+1",
            "^\\ud800",
            "^a$b",
            "^[^a]+é",
            "^.+a",
            "^[\\w-z]",
            "^(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)",
        ] {
            assert!(Sequence::parse(source).is_none(), "{source}");
        }
    }
}
