//! Draws strings in which a regular expression of ECMA-262 is found.
//!
//! The expression is translated for `regex-syntax`, whose parsed form is walked. What that does not know (assertions about
//! what stands before or behind, references to groups) is left out: whoever draws asks the real expression afterwards.

use fastrand::Rng;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

/// Repetitions without an end are drawn at most this much longer than they must be, unless more is wanted.
const USUAL_REPETITIONS: usize = 6;
/// Expressions nested deeper than this are not walked.
const MAX_NESTING: u32 = 100;

/// An expression that strings can be drawn from.
#[derive(Debug, Clone)]
pub struct Expression {
    hir: Hir,
    is_open_before: bool,
    is_open_behind: bool,
}

impl Expression {
    /// `None` where it can't be translated.
    pub fn new(source: &str) -> Option<Self> {
        let (translated, _) = Translator { rest: source, out: String::new(), is_exact: true }.run();
        let hir = ParserBuilder::new().nest_limit(MAX_NESTING).build().parse(&translated).ok()?;
        let looks = (hir.properties().look_set_prefix(), hir.properties().look_set_suffix());
        Some(Self {
            is_open_before: !looks.0.contains(Look::Start),
            is_open_behind: !looks.1.contains(Look::End),
            hir,
        })
    }

    /// A string of about `n_wanted` code points in which it is found.
    pub fn draw(&self, n_wanted: usize, rng: &mut Rng) -> String {
        let mut text = String::new();
        draw(&self.hir, n_wanted, rng, &mut text);
        let n_missing = n_wanted.saturating_sub(text.chars().count());
        if n_missing > 0 && self.is_open_behind {
            text.extend((0..n_missing).map(|_| rng.alphanumeric()));
        } else if n_missing > 0 && self.is_open_before {
            let before: String = (0..n_missing).map(|_| rng.alphanumeric()).collect();
            text.insert_str(0, &before);
        }
        text
    }

    /// The fewest code points of a match.
    pub fn n_least(&self) -> usize {
        length(&self.hir).0
    }
}

/// The fewest and the most code points of what `hir` matches.
fn length(hir: &Hir) -> (usize, Option<usize>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (0, Some(0)),
        HirKind::Literal(literal) => {
            let n = String::from_utf8_lossy(&literal.0).chars().count();
            (n, Some(n))
        }
        HirKind::Class(_) => (1, Some(1)),
        HirKind::Capture(capture) => length(&capture.sub),
        HirKind::Repetition(Repetition { min, max, sub, .. }) => {
            let (least, most) = length(sub);
            let most = match (most, max) {
                (Some(0), _) => Some(0),
                (most, max) => most.zip(*max).map(|(most, max)| most.saturating_mul(max as usize)),
            };
            (least.saturating_mul(*min as usize), most)
        }
        HirKind::Concat(parts) => parts.iter().map(length).fold((0, Some(0)), |(least, most), part| {
            (least.saturating_add(part.0), most.zip(part.1).map(|(a, b)| a.saturating_add(b)))
        }),
        HirKind::Alternation(parts) => {
            let all: Vec<_> = parts.iter().map(length).collect();
            let least = all.iter().map(|part| part.0).min().unwrap_or(0);
            (least, all.iter().map(|part| part.1).try_fold(0, |most, part| Some(most.max(part?))))
        }
    }
}

fn draw(hir: &Hir, n_wanted: usize, rng: &mut Rng, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(class, rng)),
        HirKind::Capture(capture) => draw(&capture.sub, n_wanted, rng, text),
        HirKind::Repetition(repetition) => repeat(repetition, n_wanted, rng, text),
        HirKind::Concat(parts) => concat(parts, n_wanted, rng, text),
        HirKind::Alternation(parts) => {
            let fits = |part: &&Hir| {
                let (least, most) = length(part);
                least <= n_wanted && most.is_none_or(|most| most >= n_wanted)
            };
            let fitting: Vec<&Hir> = parts.iter().filter(fits).collect();
            let all: Vec<&Hir> = parts.iter().collect();
            let among = if fitting.is_empty() || rng.u8(..8) == 0 { all } else { fitting };
            draw(among[rng.usize(..among.len())], n_wanted, rng, text);
        }
    }
}

/// Gives what is wanted beyond the least to parts that can take it.
fn concat(parts: &[Hir], n_wanted: usize, rng: &mut Rng, text: &mut String) {
    let lengths: Vec<_> = parts.iter().map(length).collect();
    let mut spare = n_wanted.saturating_sub(lengths.iter().map(|(least, _)| least).sum());
    let mut wanted: Vec<usize> = lengths.iter().map(|(least, _)| *least).collect();
    let mut elastic: Vec<usize> =
        (0..parts.len()).filter(|idx| lengths[*idx].1.is_none_or(|most| most > lengths[*idx].0)).collect();
    rng.shuffle(&mut elastic);
    while let Some(idx) = elastic.pop().filter(|_| spare > 0) {
        let room = lengths[idx].1.map_or(spare, |most| (most - lengths[idx].0).min(spare));
        let more = if elastic.is_empty() { room } else { rng.usize(..=room) };
        wanted[idx] += more;
        spare -= more;
    }
    parts.iter().zip(wanted).for_each(|(part, n_wanted)| draw(part, n_wanted, rng, text));
}

fn repeat(repetition: &Repetition, n_wanted: usize, rng: &mut Rng, text: &mut String) {
    let (least, most) = length(&repetition.sub);
    let (min, max) = (repetition.min as usize, repetition.max.map(|max| max as usize));
    let fewest = most.filter(|most| *most > 0).map_or(min, |most| n_wanted.div_ceil(most).max(min));
    let usual = fewest + USUAL_REPETITIONS;
    let most_times = n_wanted.checked_div(least).map_or(usual, |most| most.max(fewest));
    let most_times = max.map_or(most_times, |max| most_times.min(max)).max(min);
    let fewest = fewest.min(most_times);
    let n_times = rng.usize(fewest..=most_times.min(fewest + USUAL_REPETITIONS));
    let mut n_left = n_wanted;
    for time in 0..n_times {
        let share = n_left / (n_times - time);
        n_left -= share;
        draw(&repetition.sub, share, rng, text);
    }
}

fn character(class: &Class, rng: &mut Rng) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    // Characters that people type are more telling than one of a hundred thousand others.
    let printable: Vec<(char, char)> =
        ranges.iter().filter_map(|(first, last)| within((*first, *last), (' ', '~'))).collect();
    let among = if printable.is_empty() || rng.u8(..16) == 0 { ranges } else { printable };
    let (first, last) = *among.get(rng.usize(..among.len().max(1)))?;
    Some(rng.char(first..=last))
}

fn within(range: (char, char), of: (char, char)) -> Option<(char, char)> {
    let (first, last) = (range.0.max(of.0), range.1.min(of.1));
    (first <= last).then_some((first, last))
}

/// What `\s` is in ECMA-262.
const SPACE: &str =
    r"\t\n\x0B\x0C\r\x20\xA0\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";

/// From ECMA-262 to the syntax of `regex-syntax`.
struct Translator<'s> {
    rest: &'s str,
    out: String,
    /// Whether nothing was left out.
    is_exact: bool,
}

/// The expression in the syntax of `regex-syntax`; `None` where something would have to be left out.
pub fn translated(source: &str) -> Option<String> {
    let (translated, is_exact) = Translator { rest: source, out: String::new(), is_exact: true }.run();
    is_exact.then_some(translated)
}

impl Translator<'_> {
    fn run(mut self) -> (String, bool) {
        while let Some(character) = self.next() {
            match character {
                '\\' => self.escape(false),
                '[' => self.class(),
                '.' => self.out.push_str(r"[^\n\r\x{2028}\x{2029}]"),
                '(' => self.group(),
                '{' if !is_quantifier(self.rest) => self.out.push_str(r"\{"),
                '{' => {
                    self.out.push('{');
                    while let Some(inner) = self.next() {
                        self.out.push(inner);
                        if inner == '}' {
                            break;
                        }
                    }
                }
                '}' | ']' | '#' | '&' | '~' | '-' => self.out.extend(['\\', character]),
                other => self.out.push(other),
            }
        }
        (self.out, self.is_exact)
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    fn eats(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// What follows a parenthesis; assertions are skipped, and left out with the quantifier behind them.
    fn group(&mut self) {
        if ["?=", "?!", "?<=", "?<!"].iter().any(|prefix| self.eats(prefix)) {
            self.skip_group();
        } else if self.eats("?<") {
            while self.next().is_some_and(|character| character != '>') {}
            self.out.push_str("(?:");
        } else {
            let is_bare = self.eats("?:");
            self.out.push_str(if is_bare { "(?:" } else { "(" });
        }
    }

    fn skip_group(&mut self) {
        self.is_exact = false;
        let (mut depth, mut in_class) = (1, false);
        while let Some(character) = self.next() {
            match character {
                '\\' => drop(self.next()),
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => depth += 1,
                ')' if !in_class => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        if matches!(self.rest.chars().next(), Some('*' | '+' | '?')) {
            self.next();
        }
    }

    fn class(&mut self) {
        if self.eats("^]") {
            return self.out.push_str(r"[\s\S]");
        }
        if self.eats("]") {
            return self.out.push_str(r"[^\s\S]");
        }
        self.out.push('[');
        if self.eats("^") {
            self.out.push('^');
        }
        while let Some(character) = self.next() {
            match character {
                ']' => break,
                '\\' => self.escape(true),
                '-' if self.rest.starts_with(']') => self.out.push_str(r"\-"),
                '-' if self.out.ends_with('[') || self.out.ends_with("[^") => self.out.push_str(r"\-"),
                '[' | '&' | '~' | '^' => self.out.extend(['\\', character]),
                other => self.out.push(other),
            }
        }
        self.out.push(']');
    }

    fn escape(&mut self, in_class: bool) {
        let set = |inner: &str| if in_class { inner.to_owned() } else { format!("[{inner}]") };
        let Some(character) = self.next() else { return };
        let translated = match character {
            'd' => set("0-9"),
            'D' => "[^0-9]".to_owned(),
            'w' => set("0-9A-Za-z_"),
            'W' => "[^0-9A-Za-z_]".to_owned(),
            's' => set(SPACE),
            'S' => format!("[^{SPACE}]"),
            'b' if in_class => r"\x08".to_owned(),
            'b' => r"(?-u:\b)".to_owned(),
            'B' => r"\B".to_owned(),
            't' | 'n' | 'r' | 'f' | 'v' => format!("\\{character}"),
            'p' | 'P' => format!("\\{character}{}", self.braced()),
            'c' => self.next().map_or_else(String::new, |letter| hexadecimal(letter as u32 % 32)),
            'x' => self.digits(2).map_or_else(|| "x".to_owned(), hexadecimal),
            'u' => self.unicode(),
            '0' => r"\x00".to_owned(),
            // What a group held is not known here.
            '1'..='9' if !in_class => {
                self.is_exact = false;
                String::new()
            }
            'k' if self.eats("<") => {
                self.is_exact = false;
                while self.next().is_some_and(|character| character != '>') {}
                String::new()
            }
            other => hexadecimal(other as u32),
        };
        self.out.push_str(&translated);
    }

    fn braced(&mut self) -> String {
        let end = self.rest.find('}').map_or(0, |end| end + 1);
        let (braced, rest) = self.rest.split_at(end);
        self.rest = rest;
        braced.to_owned()
    }

    fn digits(&mut self, n: usize) -> Option<u32> {
        let digits = self.rest.get(..n)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        self.rest = &self.rest[n..];
        Some(value)
    }

    fn unicode(&mut self) -> String {
        if self.rest.starts_with('{') {
            return format!("\\x{}", self.braced());
        }
        match self.digits(4) {
            Some(high @ 0xD800..=0xDBFF) if self.eats("\\u") => {
                let low = self.digits(4).unwrap_or(0xDC00);
                hexadecimal(0x10000 + ((high - 0xD800) << 10) + low.saturating_sub(0xDC00))
            }
            Some(code) => hexadecimal(code),
            None => "u".to_owned(),
        }
    }
}

fn hexadecimal(code: u32) -> String {
    format!("\\x{{{code:X}}}")
}

fn is_quantifier(rest: &str) -> bool {
    let Some((inner, _)) = rest.split_once('}') else { return false };
    let (low, high) = inner.split_once(',').unwrap_or((inner, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !low.is_empty() && is_number(low) && is_number(high)
}
