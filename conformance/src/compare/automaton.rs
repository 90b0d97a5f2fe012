//! Strings in which some regular expressions are found and others are not, as a product of automata.
//!
//! The automata are `regex-automata`'s, over bytes; their product is walked in steps of one code point, so that lengths can
//! be counted. States are counted, too: a product that is too large is given up.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use crate::generate::translated;

/// How large one automaton may be, in bytes.
const MAX_DFA_BYTES: usize = 2 << 20;
/// How many states of a product are looked at.
const MAX_STATES: usize = 20_000;
/// How many steps from state to state are counted for lengths.
const MAX_STEPS: usize = 2_000_000;
/// Longer strings are not written down.
const MAX_LENGTH: u64 = 100_000;

/// The automaton of a regular expression: which strings it is found in.
pub struct Expression {
    dfa: dense::DFA<Vec<u32>>,
    start: StateID,
}

/// A regular expression in parts: all of the first must be found, none of the others.
pub type Parts = Vec<(Rc<Expression>, bool)>;

/// Strings that are wanted.
pub enum Words {
    /// There is none.
    None,
    /// Some of them, the shortest first.
    These(Vec<String>),
    /// It was too much to find out.
    TooMany,
}

impl Expression {
    fn new(pattern: &str) -> Option<Self> {
        let config = dense::Config::new()
            .start_kind(StartKind::Unanchored)
            .match_kind(MatchKind::All)
            .dfa_size_limit(Some(MAX_DFA_BYTES))
            .determinize_size_limit(Some(2 * MAX_DFA_BYTES))
            .accelerate(false);
        let syntax = syntax::Config::new().nest_limit(100);
        let dfa = dense::Builder::new().configure(config).syntax(syntax).build(pattern).ok()?;
        let start = dfa.start_state(&start::Config::new().anchored(Anchored::No)).ok()?;
        Some(Self { dfa, start })
    }
}

/// The automata of a regular expression of ECMA-262; none where it asks what an automaton can't tell.
///
/// Of assertions, those that stand at the very beginning or end are understood: `^(?!…)`, `^(?=…)`, `(?<!…)$`, `(?<=…)$`.
pub fn parts(source: &str) -> Option<Parts> {
    let mut parts = Vec::new();
    let mut main = source.to_owned();
    while let Some((prefix, is_found, inner, rest)) = assertion(&main) {
        parts.push((Rc::new(Expression::new(&translated(&format!("^(?:{inner})"))?)?), is_found));
        main = format!("{prefix}{rest}");
    }
    while let Some((rest, is_found, inner)) = last_assertion(&main) {
        parts.push((Rc::new(Expression::new(&translated(&format!("(?:{inner})$"))?)?), is_found));
        main = format!("{rest}$");
    }
    parts.push((Rc::new(Expression::new(&translated(&main)?)?), true));
    Some(parts)
}

/// An assertion at the end of an expression: what stands before it, whether it is to hold, and itself.
fn last_assertion(source: &str) -> Option<(&str, bool, &str)> {
    let body = source.strip_suffix(")$")?;
    let opens = outside_classes(body).filter(|(at, character)| {
        *character == '(' && closing(&source[at + 1..]).is_some_and(|end| at + 1 + end == body.len())
    });
    let open = opens.last()?.0;
    let (rest, group) = body.split_at(open);
    let (is_found, inner) = match (group.strip_prefix("(?<="), group.strip_prefix("(?<!")) {
        (Some(inner), _) => (true, inner),
        (_, Some(inner)) => (false, inner),
        _ => return None,
    };
    (!has_alternatives(source)).then_some((rest, is_found, inner))
}

/// How many steps it counts for to have made them.
pub fn cost(parts: &Parts) -> u64 {
    parts.iter().map(|(one, _)| one.dfa.memory_usage() as u64 / 512).sum()
}

/// An assertion at the beginning of an expression: what stands before it, whether it is to hold, itself, and the rest.
fn assertion(source: &str) -> Option<(&str, bool, &str, &str)> {
    let rest = source.strip_prefix('^')?;
    // With another way to match beside it, it would say nothing of that.
    if has_alternatives(rest) {
        return None;
    }
    let (is_found, inner) = match (rest.strip_prefix("(?="), rest.strip_prefix("(?!")) {
        (Some(inner), _) => (true, inner),
        (_, Some(inner)) => (false, inner),
        _ => return None,
    };
    let end = closing(inner)?;
    Some(("^", is_found, &inner[..end], &inner[end + 1..]))
}

/// Where the group that is open ends.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, character) in outside_classes(text) {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn has_alternatives(text: &str) -> bool {
    let mut depth = 0;
    outside_classes(text).any(|(_, character)| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0 && character == '|'
    })
}

/// The characters of an expression that are neither escaped nor in a class.
fn outside_classes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut is_escaped, mut in_class) = (false, false);
    text.char_indices().filter(move |(_, character)| {
        let was_escaped = is_escaped;
        is_escaped = !was_escaped && *character == '\\';
        if was_escaped || *character == '\\' {
            return false;
        }
        match character {
            '[' => in_class = true,
            ']' => in_class = false,
            _ => return !in_class,
        }
        false
    })
}

/// Exactly these strings.
pub fn words(of: impl Iterator<Item = String>) -> Option<Rc<Expression>> {
    let all: Vec<String> = of.map(|word| regex_syntax::escape(&word)).collect();
    Expression::new(&format!("^(?:{})$", all.join("|"))).map(Rc::new)
}

/// A conjunction of such parts, or of their opposites.
#[derive(Default)]
pub struct Product {
    /// All of these hold, each as it says.
    literals: Vec<(Rc<Expression>, bool)>,
    /// Of each of these, one part does not hold.
    refused: Vec<Parts>,
    low: u64,
    high: Option<u64>,
}

/// States that one more character leads to, each with such a character.
type Following = Rc<[(u32, char)]>;

/// A state of each automaton; `None` once it has found what it looks for.
type States = Vec<Option<StateID>>;

impl Product {
    /// Strings of so many code points.
    pub fn of_length(low: u64, high: Option<u64>) -> Self {
        Self { low, high, ..Self::default() }
    }

    /// Adds an expression that is found, or is not.
    pub fn add(&mut self, parts: &Parts, is_found: bool) {
        match (is_found, parts.as_slice()) {
            (true, _) => self.literals.extend(parts.iter().cloned()),
            (false, [(one, holds)]) => self.literals.push((Rc::clone(one), !holds)),
            (false, _) => self.refused.push(parts.clone()),
        }
    }

    /// Adds an automaton that finds something, or does not.
    pub fn add_one(&mut self, expression: Rc<Expression>, is_found: bool) {
        self.literals.push((expression, is_found));
    }

    /// Some of the strings.
    pub fn seek(&self, n_steps: &mut u64) -> Words {
        if self.high.is_some_and(|high| high < self.low) {
            return Words::None;
        }
        if self.low > MAX_LENGTH {
            return Words::TooMany;
        }
        let mut walk = Walk::new(self);
        let words = walk.run(self.low, self.high);
        *n_steps = n_steps.saturating_add(walk.n_steps as u64 / 16);
        words
    }
}

/// The states of a product that were come to, and the characters that lead from one to another.
struct Walk {
    automata: Vec<Rc<Expression>>,
    /// What an accepted string needs of them: all of the first, one of each of the others.
    literals: Vec<(usize, bool)>,
    refused: Vec<Vec<(usize, bool)>>,
    bytes: Vec<u8>,
    states: Vec<States>,
    numbers: HashMap<States, u32>,
    next: Vec<Option<Following>>,
    n_steps: usize,
}

impl Walk {
    fn new(product: &Product) -> Self {
        let mut automata: Vec<Rc<Expression>> = Vec::new();
        let mut number = |expression: &Rc<Expression>| {
            let known = automata.iter().position(|known| Rc::ptr_eq(known, expression));
            known.unwrap_or_else(|| {
                automata.push(Rc::clone(expression));
                automata.len() - 1
            })
        };
        let literals = product.literals.iter().map(|(one, holds)| (number(one), *holds)).collect();
        let refuse = |parts: &Parts, number: &mut dyn FnMut(&Rc<Expression>) -> usize| {
            parts.iter().map(|(one, holds)| (number(one), !holds)).collect()
        };
        let refused = product.refused.iter().map(|parts| refuse(parts, &mut number)).collect();
        let bytes = representatives(&automata);
        let mut walk = Self {
            automata,
            literals,
            refused,
            bytes,
            states: Vec::new(),
            numbers: HashMap::new(),
            next: Vec::new(),
            n_steps: 0,
        };
        let start = walk.automata.iter().map(|one| walk.state(one, one.start)).collect();
        walk.number(start);
        walk
    }

    fn state(&self, automaton: &Expression, state: StateID) -> Option<StateID> {
        (!automaton.dfa.is_match_state(state)).then_some(state)
    }

    fn number(&mut self, states: States) -> u32 {
        if let Some(known) = self.numbers.get(&states) {
            return *known;
        }
        let number = self.states.len() as u32;
        self.states.push(states.clone());
        self.next.push(None);
        self.numbers.insert(states, number);
        number
    }

    /// Whether a string may end there.
    fn accepts(&self, number: u32) -> bool {
        let found = |automaton: usize| match self.states[number as usize][automaton] {
            None => true,
            Some(state) => {
                let dfa = &self.automata[automaton].dfa;
                dfa.is_match_state(dfa.next_eoi_state(state))
            }
        };
        self.literals.iter().all(|(automaton, holds)| found(*automaton) == *holds)
            && self.refused.iter().all(|any| any.iter().any(|(automaton, holds)| found(*automaton) == *holds))
    }

    /// Whether no string from there on can be accepted.
    fn is_lost(&self, states: &States) -> bool {
        self.literals.iter().any(|(automaton, holds)| match states[*automaton] {
            None => !holds,
            Some(state) => *holds && self.automata[*automaton].dfa.is_dead_state(state),
        })
    }

    fn step(&self, states: &States, byte: u8) -> States {
        let step = |(automaton, state): (&Rc<Expression>, &Option<StateID>)| {
            state.and_then(|state| self.state(automaton, automaton.dfa.next_state(state, byte)))
        };
        self.automata.iter().zip(states).map(step).collect()
    }

    /// The states that one more character leads to, each with such a character.
    fn following(&mut self, number: u32) -> Following {
        if let Some(known) = &self.next[number as usize] {
            return Rc::clone(known);
        }
        let mut found: Vec<(u32, char)> = Vec::new();
        let mut open = VecDeque::from([(self.states[number as usize].clone(), Vec::<u8>::new())]);
        let mut seen: HashMap<(States, usize, u8), ()> = HashMap::new();
        while let Some((states, text)) = open.pop_front() {
            for byte in self.bytes.clone() {
                let Some(n_left) = continues(&text, byte) else { continue };
                self.n_steps += 1;
                let after = self.step(&states, byte);
                if self.is_lost(&after) {
                    continue;
                }
                let mut text = text.clone();
                text.push(byte);
                if n_left > 0 {
                    // The first continuation of some leading bytes is restricted, so that those bytes matter.
                    let narrow =
                        if text.len() == 1 && matches!(byte, 0xE0 | 0xED | 0xF0 | 0xF4) { byte } else { 0 };
                    if seen.insert((after.clone(), n_left, narrow), ()).is_none() {
                        open.push_back((after, text));
                    }
                } else if let Some(character) =
                    std::str::from_utf8(&text).ok().and_then(|it| it.chars().next())
                {
                    let target = self.number(after);
                    if !found.iter().any(|(known, _)| *known == target) {
                        found.push((target, character));
                    }
                }
            }
        }
        let found: Following = found.into();
        self.next[number as usize] = Some(Rc::clone(&found));
        found
    }

    fn run(&mut self, low: u64, high: Option<u64>) -> Words {
        // First, whatever has the least length; then on from there to the nearest accepted states.
        let mut layers: Vec<HashMap<u32, (u32, char)>> = Vec::new();
        let mut at: Vec<u32> = vec![0];
        for _ in 0..low {
            let mut layer = HashMap::new();
            for from in at {
                for (to, character) in self.following(from).iter() {
                    layer.entry(*to).or_insert((from, *character));
                }
                self.n_steps += 1;
            }
            at = layer.keys().copied().collect();
            at.sort_unstable();
            if at.is_empty() {
                return Words::None;
            }
            layers.push(layer);
            if self.n_steps > MAX_STEPS || self.states.len() > MAX_STATES {
                return Words::TooMany;
            }
        }
        let mut reached: HashMap<u32, Option<(u32, char)>> = at.iter().map(|state| (*state, None)).collect();
        let mut open: VecDeque<(u32, u64)> = at.into_iter().map(|state| (state, low)).collect();
        let mut words = Vec::new();
        while let Some((state, length)) = open.pop_front() {
            if self.accepts(state) {
                words.push(spell(state, &reached, &layers));
                if words.len() >= 12 {
                    break;
                }
            }
            if high.is_some_and(|high| length >= high) {
                continue;
            }
            for (to, character) in self.following(state).iter() {
                if !reached.contains_key(to) {
                    reached.insert(*to, Some((state, *character)));
                    open.push_back((*to, length + 1));
                }
            }
            if self.n_steps > MAX_STEPS || self.states.len() > MAX_STATES {
                return if words.is_empty() { Words::TooMany } else { Words::These(words) };
            }
        }
        if words.is_empty() { Words::None } else { Words::These(words) }
    }
}

/// The string that leads to a state.
fn spell(
    end: u32,
    reached: &HashMap<u32, Option<(u32, char)>>,
    layers: &[HashMap<u32, (u32, char)>],
) -> String {
    let (mut state, mut characters) = (end, Vec::new());
    while let Some(Some((from, character))) = reached.get(&state) {
        characters.push(*character);
        state = *from;
    }
    for layer in layers.iter().rev() {
        let Some((from, character)) = layer.get(&state) else { break };
        characters.push(*character);
        state = *from;
    }
    characters.into_iter().rev().collect()
}

/// How many bytes are missing after `byte` has been put behind the beginning of a character; none where it can't stand there.
fn continues(text: &[u8], byte: u8) -> Option<usize> {
    let n_wanted = |first: u8| match first {
        0..=0x7F => Some(1),
        0xC2..=0xDF => Some(2),
        0xE0..=0xEF => Some(3),
        0xF0..=0xF4 => Some(4),
        _ => None,
    };
    let Some(first) = text.first() else { return n_wanted(byte).map(|n| n - 1) };
    let range = match (text.len(), first) {
        (1, 0xE0) => 0xA0..=0xBF,
        (1, 0xED) => 0x80..=0x9F,
        (1, 0xF0) => 0x90..=0xBF,
        (1, 0xF4) => 0x80..=0x8F,
        _ => 0x80..=0xBF,
    };
    range.contains(&byte).then(|| n_wanted(*first).map(|n| n - 1 - text.len())).flatten()
}

/// A byte of each set of bytes that none of the automata tells apart, nor UTF-8, those that people type first.
fn representatives(automata: &[Rc<Expression>]) -> Vec<u8> {
    const LIMITS: [u8; 12] = [0x80, 0x90, 0xA0, 0xC0, 0xC2, 0xE0, 0xE1, 0xED, 0xEE, 0xF0, 0xF1, 0xF4];
    let mut class = [0_u32; 256];
    let mut n_limits = 0;
    for byte in 0..=255_u8 {
        n_limits += u32::from(LIMITS.contains(&byte) || byte == 0xF5);
        class[byte as usize] = n_limits;
    }
    let mut names: HashMap<(u32, Vec<u8>), u8> = HashMap::new();
    let typed = (b'a'..=b'z').chain(b'0'..=b'9').chain(b'A'..=b'Z').chain(b' '..=b'~').chain(0..=255);
    let mut found = Vec::new();
    for byte in typed {
        let name = automata.iter().map(|one| one.dfa.byte_classes().get(byte)).collect();
        if names.insert((class[byte as usize], name), byte).is_none() {
            found.push(byte);
        }
    }
    found
}
