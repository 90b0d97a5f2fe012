//! Regular expressions of ECMA-262 as those of Python's `re`, or of the package `regex` where `re` has no word for them.
//!
//! Both engines backtrack alike; what differs is which characters an escape means, what `$` and `.` match, what a
//! reference to a group that took no part matches, and how groups are named.

use std::fmt::Write;

/// An expression of Python's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// The expression.
    pub source: String,
    /// Whether only the package `regex` knows it: properties of characters, and what stands before in any length.
    pub needs_regex: bool,
}

const DIGIT: &str = "0-9";
const NO_DIGIT: &str = r"\x00-/:-\U0010ffff";
const WORD: &str = "A-Za-z0-9_";
const NO_WORD: &str = r"\x00-/:-@\[-\^`{-\U0010ffff";
const SPACE: &str = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
const NO_SPACE: &str = r"\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\U0010ffff";
/// More repetitions than this are as good as without end; Python refuses them.
const MOST: u64 = 0xffff_fffe;

/// Translates an expression that is one of ECMA-262's.
///
/// # Errors
/// What neither engine has a word for.
pub fn translate(source: &str, is_unicode: bool) -> Result<Translated, String> {
    let characters: Vec<char> = source.chars().collect();
    let groups = groups(&characters);
    let mut translator = Translator {
        characters,
        at: 0,
        out: String::new(),
        is_unicode,
        needs_regex: false,
        groups,
        n_groups: 0,
        open: Vec::new(),
        closed: Vec::new(),
    };
    translator.disjunction()?;
    Ok(Translated { source: translator.out, needs_regex: translator.needs_regex })
}

/// The groups that capture, each with its name.
fn groups(characters: &[char]) -> Vec<Option<String>> {
    let (mut groups, mut is_class, mut at) = (Vec::new(), false, 0);
    while let Some(character) = characters.get(at) {
        match character {
            '\\' => at += 1,
            '[' => is_class = true,
            ']' => is_class = false,
            '(' if !is_class && characters.get(at + 1) != Some(&'?') => groups.push(None),
            '(' if !is_class && characters.get(at + 2) == Some(&'<') => {
                let rest = &characters[at + 3..];
                if !matches!(rest.first(), Some('=' | '!')) {
                    groups.push(Some(rest.iter().take_while(|it| **it != '>').collect()));
                }
            }
            _ => {}
        }
        at += 1;
    }
    groups
}

struct Translator {
    characters: Vec<char>,
    at: usize,
    out: String,
    is_unicode: bool,
    needs_regex: bool,
    groups: Vec<Option<String>>,
    n_groups: usize,
    /// The groups around, with their numbers where they capture.
    open: Vec<Option<usize>>,
    closed: Vec<usize>,
}

/// One member of a class.
enum Member {
    One(char),
    Several(String),
}

impl Translator {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek(0)?;
        self.at += 1;
        Some(next)
    }

    fn eat(&mut self, text: &str) -> bool {
        let is_there = text.chars().enumerate().all(|(ahead, wanted)| self.peek(ahead) == Some(wanted));
        self.at += if is_there { text.chars().count() } else { 0 };
        is_there
    }

    fn disjunction(&mut self) -> Result<(), String> {
        while let Some(next) = self.next() {
            match next {
                '^' => self.out.push_str(r"\A"),
                '$' => self.out.push_str(r"\Z"),
                '.' => self.out.push_str(r"[^\n\r\u2028\u2029]"),
                '|' | '*' | '+' | '?' => self.out.push(next),
                '{' => self.braces(),
                '(' => self.group()?,
                ')' => {
                    self.closed.extend(self.open.pop().flatten());
                    self.out.push(')');
                }
                '[' => self.class()?,
                '\\' => self.escape()?,
                other => self.literal(other),
            }
        }
        Ok(())
    }

    fn literal(&mut self, character: char) {
        self.out.push_str(&escaped(character));
    }

    /// A quantifier, or a brace where it is none.
    fn braces(&mut self) {
        let rest: String = self.characters[self.at..].iter().take_while(|it| **it != '}').collect();
        let (least, most) = rest.split_once(',').map_or((rest.as_str(), None), |(a, b)| (a, Some(b)));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        let is_closed = self.characters.get(self.at + rest.chars().count()) == Some(&'}');
        let is_quantifier =
            is_closed && is_number(least) && most.is_none_or(|it| it.is_empty() || is_number(it));
        if !is_quantifier {
            return self.literal('{');
        }
        self.at += rest.chars().count() + 1;
        let bounded = |text: &str| text.parse::<u64>().unwrap_or(MOST).min(MOST);
        let most = match most {
            None => String::new(),
            Some(text) if text.is_empty() || bounded(text) == MOST => ",".to_owned(),
            Some(text) => format!(",{}", bounded(text)),
        };
        let _ = write!(self.out, "{{{}{most}}}", bounded(least));
    }

    fn group(&mut self) -> Result<(), String> {
        if !self.eat("?") {
            return self.capture();
        }
        for plain in [":", "=", "!"] {
            if self.eat(plain) {
                self.open.push(None);
                let _ = write!(self.out, "(?{plain}");
                return Ok(());
            }
        }
        for behind in ["<=", "<!"] {
            if self.eat(behind) {
                self.open.push(None);
                self.needs_regex = true;
                let _ = write!(self.out, "(?{behind}");
                return Ok(());
            }
        }
        if !self.eat("<") {
            return Err("modifiers of a group".to_owned());
        }
        while self.next().is_some_and(|it| it != '>') {}
        self.capture()
    }

    fn capture(&mut self) -> Result<(), String> {
        self.n_groups += 1;
        self.open.push(Some(self.n_groups));
        self.out.push('(');
        Ok(())
    }

    /// What a group matched, or nothing where it took no part.
    fn reference(&mut self, group: usize) {
        if self.closed.contains(&group) {
            let _ = write!(self.out, "(?({group})\\{group})");
        } else {
            self.out.push_str("(?:)");
        }
    }

    fn escape(&mut self) -> Result<(), String> {
        let boundary = format!("(?:(?<![{WORD}])(?=[{WORD}])|(?<=[{WORD}])(?![{WORD}]))");
        let no_boundary = format!("(?:(?<![{WORD}])(?![{WORD}])|(?<=[{WORD}])(?=[{WORD}]))");
        match self.peek(0) {
            Some('b') => {
                self.at += 1;
                self.out.push_str(&boundary);
            }
            Some('B') => {
                self.at += 1;
                self.out.push_str(&no_boundary);
            }
            Some('k') if self.is_unicode || self.groups.iter().any(Option::is_some) => {
                let name: String =
                    self.characters[self.at..].iter().skip(2).take_while(|it| **it != '>').collect();
                self.at += name.chars().count() + 3;
                let group = self.groups.iter().position(|it| it.as_deref() == Some(name.as_str()));
                self.reference(group.map_or(0, |index| index + 1));
            }
            Some('1'..='9') if self.number_ahead() <= self.groups.len() || self.is_unicode => {
                let group = self.number_ahead();
                self.at += group.to_string().len();
                self.reference(group);
            }
            _ => match self.member()? {
                Member::One(character) => self.literal(character),
                Member::Several(class) => {
                    let _ = write!(self.out, "[{class}]");
                }
            },
        }
        Ok(())
    }

    fn number_ahead(&self) -> usize {
        let digits: String = self.characters[self.at..].iter().take_while(|it| it.is_ascii_digit()).collect();
        digits.parse().unwrap_or(usize::MAX)
    }

    /// What an escape means that stands for characters; its backslash is behind.
    fn member(&mut self) -> Result<Member, String> {
        let class = |text: &str| Ok(Member::Several(text.to_owned()));
        let Some(next) = self.next() else { return Ok(Member::One('\\')) };
        Ok(Member::One(match next {
            'd' => return class(DIGIT),
            'D' => return class(NO_DIGIT),
            'w' => return class(WORD),
            'W' => return class(NO_WORD),
            's' => return class(SPACE),
            'S' => return class(NO_SPACE),
            'p' | 'P' if self.is_unicode => return Ok(Member::Several(self.property(next))),
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            'b' => '\u{8}',
            'c' if self.peek(0).is_some_and(|it| it.is_ascii_alphabetic()) => {
                self.next().map_or('c', |letter| char::from((u32::from(letter) % 32) as u8))
            }
            'c' => {
                self.at -= 1;
                '\\'
            }
            'x' => self.hexadecimal(2).unwrap_or('x'),
            'u' => self.code_point().ok_or("half a character")?,
            '0'..='7' if !self.is_unicode || next == '0' => self.octal(next),
            other => other,
        }))
    }

    fn property(&mut self, letter: char) -> String {
        self.needs_regex = true;
        let name: String = self.characters[self.at..].iter().take_while(|it| **it != '}').collect();
        self.at += name.chars().count() + 1;
        format!("\\{letter}{name}}}")
    }

    fn hexadecimal(&mut self, n_digits: usize) -> Option<char> {
        char::from_u32(self.digits(n_digits)?)
    }

    fn digits(&mut self, n_digits: usize) -> Option<u32> {
        let digits: String = self.characters[self.at..].iter().take(n_digits).collect();
        let is_all = digits.len() == n_digits && digits.bytes().all(|it| it.is_ascii_hexdigit());
        let number = u32::from_str_radix(&digits, 16).ok().filter(|_| is_all)?;
        self.at += n_digits;
        Some(number)
    }

    /// What `\u` stands for; `u` where no number follows, `None` for half of a pair.
    fn code_point(&mut self) -> Option<char> {
        if self.is_unicode && self.peek(0) == Some('{') {
            let digits: String = self.characters[self.at + 1..].iter().take_while(|it| **it != '}').collect();
            self.at += digits.chars().count() + 2;
            return u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
        }
        let Some(first) = self.digits(4) else { return Some('u') };
        if (0xd800..0xdc00).contains(&first) && self.eat("\\u") {
            let second = self.digits(4).filter(|it| (0xdc00..0xe000).contains(it))?;
            return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        }
        char::from_u32(first)
    }

    fn octal(&mut self, first: char) -> char {
        let mut number = first.to_digit(8).unwrap_or_default();
        while let Some(digit) =
            self.peek(0).and_then(|it| it.to_digit(8)).filter(|digit| number * 8 + digit < 256)
        {
            if self.is_unicode {
                break;
            }
            number = number * 8 + digit;
            self.at += 1;
        }
        char::from_u32(number).unwrap_or('\0')
    }

    fn class(&mut self) -> Result<(), String> {
        let is_negated = self.eat("^");
        let mut members = String::new();
        while self.peek(0).is_some_and(|next| next != ']') {
            let from = self.class_atom()?;
            let is_range = self.peek(0) == Some('-') && self.peek(1).is_some_and(|it| it != ']');
            let Member::One(first) = from else {
                if let Member::Several(text) = from {
                    members.push_str(&text);
                }
                continue;
            };
            members.push_str(&escaped(first));
            if !is_range {
                continue;
            }
            self.at += 1;
            match self.class_atom()? {
                Member::One(last) => members.push_str(&format!("-{}", escaped(last))),
                Member::Several(text) => members.push_str(&format!("\\-{text}")),
            }
        }
        self.at += 1;
        self.out.push_str(&match (members.is_empty(), is_negated) {
            (true, false) => "(?!)".to_owned(),
            (true, true) => r"[\x00-\U0010ffff]".to_owned(),
            (false, true) => format!("[^{members}]"),
            (false, false) => format!("[{members}]"),
        });
        Ok(())
    }

    fn class_atom(&mut self) -> Result<Member, String> {
        match self.next() {
            Some('\\') if self.eat("-") => Ok(Member::One('-')),
            Some('\\') => self.member(),
            Some(other) => Ok(Member::One(other)),
            None => Err("a class without an end".to_owned()),
        }
    }
}

/// A character that stands for itself, in a class and outside.
fn escaped(character: char) -> String {
    match character {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '_'
        | ' '
        | '/'
        | ':'
        | '@'
        | '"'
        | '\''
        | ','
        | ';'
        | '<'
        | '='
        | '>'
        | '!'
        | '%'
        | '`' => character.to_string(),
        character if character.is_ascii_graphic() => format!("\\{character}"),
        character if u32::from(character) > 0xffff => format!("\\U{:08x}", u32::from(character)),
        character => format!("\\u{:04x}", u32::from(character)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(translate(source, true).map(|it| it.source).as_deref(), Ok(expected), "{source}");
    }

    #[test]
    fn what_differs_is_translated() {
        check("^a$", r"\Aa\Z");
        check(r"\d+", "[0-9]+");
        check("a.b", r"a[^\n\r\u2028\u2029]b");
        check(r"[\w-]", r"[A-Za-z0-9_\-]");
        check(r"\u{1f600}\ud83d\ude00", r"\U0001f600\U0001f600");
        check(r"(?<y>a)|\k<y>", r"(a)|(?(1)\1)");
        check(r"\1(a)", "(?:)(a)");
        check("[]|[^]", r"(?!)|[\x00-\U0010ffff]");
        check("é{1,}", r"\u00e9{1,}");
    }

    #[test]
    fn braces_that_are_no_quantifier_stand_for_themselves() {
        let translated = translate("a{,5}{x}", false).map(|it| it.source);
        assert_eq!(translated.as_deref(), Ok(r"a\{,5\}\{x\}"));
    }

    #[test]
    fn what_re_does_not_know_wants_regex() {
        let needs = |source| translate(source, true).map(|it| it.needs_regex);
        assert_eq!(needs(r"\p{L}"), Ok(true));
        assert_eq!(needs("(?<=a+)b"), Ok(true));
        assert_eq!(needs("(?=a)b"), Ok(false));
    }
}
