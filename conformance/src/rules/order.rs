//! The order of a lifecycle: a regular expression over event names, and the machine that follows it.
//!
//! The machine is Glushkov's: one state per name in the expression, and one for the start.

use std::collections::BTreeSet;

/// The most names an expression may hold; the machine grows with their square.
const MAX_NAMES: usize = 500;
/// The deepest nesting of parentheses.
const MAX_DEPTH: usize = 64;
/// The state before the first event.
const START: usize = 0;

/// A set of states.
pub type States = BTreeSet<usize>;

/// The order of a lifecycle.
#[derive(Debug)]
pub struct Order {
    /// What each state has just seen; the start has seen nothing.
    names: Vec<String>,
    /// The states behind each state.
    follow: Vec<States>,
}

/// A part of an expression, by the states it begins and ends with.
struct Part {
    is_optional: bool,
    first: States,
    last: States,
}

impl Order {
    /// Reads an expression: names, spaces between what follows on another, `|`, `*`, `+`, `?` and parentheses.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text);
        let order = Self { names: vec![String::new()], follow: vec![States::new()] };
        let mut parser = Parser { tokens: &tokens, order, depth: 0 };
        let whole = parser.choice()?;
        if let Some(token) = parser.tokens.first() {
            return Err(format!("`{token}` has nothing to close"));
        }
        let mut order = parser.order;
        order.follow[START] = whole.first;
        Ok(order)
    }

    /// The names in the expression.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().skip(1).map(String::as_str)
    }

    /// Whether `name` is in the expression.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// Before the first event.
    pub fn start(&self) -> States {
        States::from([START])
    }

    /// Anywhere in the middle, or before the first event.
    pub fn anywhere(&self) -> States {
        (0..self.names.len()).collect()
    }

    /// The states after the event `name`; empty where it can't come next. Events that are `skipped` may be missing.
    pub fn advance(&self, states: &States, name: &str, skipped: &dyn Fn(&str) -> bool) -> States {
        self.reachable(states, skipped).into_iter().filter(|state| self.names[*state] == name).collect()
    }

    /// The events that can come next.
    pub fn next(&self, states: &States, skipped: &dyn Fn(&str) -> bool) -> BTreeSet<&str> {
        self.reachable(states, skipped).into_iter().map(|state| self.names[state].as_str()).collect()
    }

    fn reachable(&self, states: &States, skipped: &dyn Fn(&str) -> bool) -> States {
        let mut reachable = States::new();
        let mut open: Vec<usize> = states.iter().copied().collect();
        while let Some(state) = open.pop() {
            for next in &self.follow[state] {
                if reachable.insert(*next) && skipped(&self.names[*next]) {
                    open.push(*next);
                }
            }
        }
        reachable
    }
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut name = String::new();
    for char in text.chars() {
        let is_sign = "|*+?()".contains(char);
        if is_sign || char.is_whitespace() {
            tokens.extend(Some(std::mem::take(&mut name)).filter(|name| !name.is_empty()));
        }
        match char {
            _ if is_sign => tokens.push(char.to_string()),
            _ if char.is_whitespace() => {}
            _ => name.push(char),
        }
    }
    tokens.extend(Some(name).filter(|name| !name.is_empty()));
    tokens
}

struct Parser<'t> {
    tokens: &'t [String],
    order: Order,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &str {
        self.tokens.first().map_or("", String::as_str)
    }

    fn take(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    fn choice(&mut self) -> Result<Part, String> {
        let mut whole = self.sequence()?;
        while self.peek() == "|" {
            self.take();
            let other = self.sequence()?;
            whole.is_optional |= other.is_optional;
            whole.first.extend(other.first);
            whole.last.extend(other.last);
        }
        Ok(whole)
    }

    fn sequence(&mut self) -> Result<Part, String> {
        let mut whole = self.repeated()?;
        while !matches!(self.peek(), "" | "|" | ")") {
            let next = self.repeated()?;
            self.link(&whole.last, &next.first);
            if whole.is_optional {
                whole.first.extend(&next.first);
            }
            if !next.is_optional {
                whole.last.clear();
            }
            whole.last.extend(next.last);
            whole.is_optional &= next.is_optional;
        }
        Ok(whole)
    }

    fn repeated(&mut self) -> Result<Part, String> {
        let mut part = self.single()?;
        while matches!(self.peek(), "*" | "+" | "?") {
            if self.peek() != "?" {
                self.link(&part.last, &part.first);
            }
            part.is_optional |= self.peek() != "+";
            self.take();
        }
        Ok(part)
    }

    fn single(&mut self) -> Result<Part, String> {
        match self.peek().to_owned().as_str() {
            "" => Err("an event is missing at the end".to_owned()),
            "(" => {
                self.take();
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(format!("parentheses stand more than {MAX_DEPTH} deep"));
                }
                let part = self.choice()?;
                self.depth -= 1;
                if self.peek() != ")" {
                    return Err("`(` is never closed".to_owned());
                }
                self.take();
                Ok(part)
            }
            sign @ ("|" | "*" | "+" | "?" | ")") => Err(format!("an event is missing before `{sign}`")),
            name => {
                self.take();
                let state = self.order.names.len();
                if state > MAX_NAMES {
                    return Err(format!("there are more than {MAX_NAMES} events"));
                }
                self.order.names.push(name.to_owned());
                self.order.follow.push(States::new());
                let only = States::from([state]);
                Ok(Part { is_optional: false, first: only.clone(), last: only })
            }
        }
    }

    fn link(&mut self, from: &States, to: &States) {
        for state in from {
            self.order.follow[*state].extend(to);
        }
    }
}
