//! Expressions that need no way back: `^`, classes of characters with repetitions, and perhaps `$`.

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
    /// `None` where `source` is more than such a sequence, or is not valid with the flag `u`.
    pub fn parse(source: &str) -> Option<Self> {
        let mut rest = source.strip_prefix('^')?;
        let mut items = Vec::new();
        while !rest.is_empty() && rest != "$" {
            let (class, after) = class(rest)?;
            let (min, max, after) = repetition(after)?;
            items.push(Item { class, min, max });
            rest = after;
        }
        let sequence = Self { items, is_whole: rest == "$" };
        sequence.is_certain().then_some(sequence)
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
        '\\' => match characters.next()? {
            'd' => {
                class.add('0', '9');
                return Some((None, characters.as_str()));
            }
            'w' => {
                for (low, high) in [('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')] {
                    class.add(low, high);
                }
                return Some((None, characters.as_str()));
            }
            escaped if "^$\\.*+?()[]{}|/".contains(escaped) || in_brackets && escaped == '-' => escaped,
            _ => return None,
        },
        special if !in_brackets && "^$.*+?()[]{}|".contains(special) => return None,
        plain => plain,
    };
    class.add(character, character);
    Some((Some(character), characters.as_str()))
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
        ];
        for source in sources {
            let sequence = Sequence::parse(source).unwrap_or_else(|| panic!("{source} is a sequence"));
            let regex = regress::Regex::with_flags(source, "u").unwrap();
            for text in &texts {
                assert_eq!(sequence.is_match(text), regex.find(text).is_some(), "{source} in {text:?}");
            }
        }
    }

    #[test]
    fn what_needs_an_engine_is_refused() {
        for source in [
            "a", "^a|b", "^(a)", "^.", "^a+ab", "^a?b?a$", "^a+?", "^\\s", "^[b-a]", "^a{2,1}", "^\\-",
            "^a$b", "^[^a]+é", "^[\\w-z]",
        ] {
            assert!(Sequence::parse(source).is_none(), "{source}");
        }
    }
}
