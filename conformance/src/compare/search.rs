//! Looks for a value that meets formulas, or shows that there is none.
//!
//! A goal is a set of formulas; a value has to meet all of them. Each kind of value is looked at alone: subschemas are
//! replaced by what they ask of that kind, choices are tried one after the other, and what is left is a conjunction that a
//! solver of that kind knows how to meet. What it asks of members and items are goals again.
//!
//! A goal that comes up again below itself is taken to have no value: a value of it would hold a smaller one, and the smallest
//! holds none. What was concluded from that is forgotten if the goal is met after all.

use std::collections::HashMap;
use std::rc::Rc;

use handfast::equal;
use handfast::rule::{At, Quick, unique_items};
use handfast_codegen::model::Regex;
use handfast_codegen::plan::{PlanIdx, Test};
use serde_json::{Map, Number, Value};

use super::automaton::{Expression, Parts, cost, parts, words};
use super::classes::{Class, Classes};
use super::exact::rational;
use super::expand::expand;
use super::formula::{
    ArrayForm, FALSE, Form, Formula, Formulas, Kind, Names, NumberForm, ObjectForm, TRUE, TextForm, Values,
    kind_of,
};
use crate::interpret;

/// Goals within goals, and choices within choices, go at most this deep.
const MAX_DEPTH: usize = 160;
/// How many steps it counts for that no automaton could be made.
const STEPS_IN_VAIN: u64 = 5_000;
/// References and `allOf` are followed this far to find listed values.
const MAX_REFERENCES: usize = 16;

/// What became of a goal.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// No value meets it.
    Empty,
    /// This value does.
    Found(Value),
    /// Neither was found out.
    Unknown(Why),
}

/// Why something is not known.
#[derive(Debug, Clone, Copy)]
pub struct Why {
    /// The keyword in the way.
    pub keyword: &'static str,
    /// What is the matter with it.
    pub why: &'static str,
    /// The producer's and the consumer's subschema.
    pub at: [Option<Class>; 2],
}

impl Why {
    /// Something about a keyword.
    pub const fn of(keyword: &'static str, why: &'static str) -> Outcome {
        Outcome::Unknown(Self { keyword, why, at: [None; 2] })
    }
}

/// The formulas that a value has to meet: sorted, each once.
pub type Goal = Vec<Formula>;

/// Searches, and remembers what it found.
pub struct Search<'p> {
    pub(super) classes: &'p Classes<'p>,
    pub(super) formulas: Formulas,
    expansions: HashMap<(Class, bool, Kind), Formula>,
    /// What became of goals, and the highest open goal without which it would not be known.
    known: HashMap<Goal, (Outcome, usize)>,
    /// The goals that are being looked at: how many are above them, and how many members or items deep they are.
    open: HashMap<Goal, (usize, usize)>,
    /// What is only known as long as the goals that are being looked at have no value.
    trail: Vec<Goal>,
    /// The highest open goal that was taken to have no value.
    lowest: usize,
    n_open: usize,
    pub(super) depth: usize,
    inwards: usize,
    n_steps_left: u64,
    regexes: HashMap<Rc<str>, Option<Rc<Regex>>>,
    automata: HashMap<Rc<str>, Option<Rc<Parts>>>,
    word_automata: HashMap<String, Option<Rc<Expression>>>,
    listed: HashMap<Class, Option<Rc<[Value]>>>,
}

impl<'p> Search<'p> {
    /// A search of so many steps.
    pub fn new(classes: &'p Classes<'p>, max_steps: u64) -> Self {
        Self {
            classes,
            formulas: Formulas::new(),
            expansions: HashMap::new(),
            known: HashMap::new(),
            open: HashMap::new(),
            trail: Vec::new(),
            lowest: usize::MAX,
            n_open: 0,
            depth: 0,
            inwards: 0,
            n_steps_left: max_steps,
            regexes: HashMap::new(),
            automata: HashMap::new(),
            word_automata: HashMap::new(),
            listed: HashMap::new(),
        }
    }

    /// Takes steps; `false` when there are none left.
    pub(super) fn spend(&mut self, n_steps: u64) -> bool {
        let has_some = self.n_steps_left >= n_steps;
        self.n_steps_left = self.n_steps_left.saturating_sub(n_steps);
        has_some
    }

    /// A value of a member or an item.
    pub(super) fn inside(&mut self, goal: Goal) -> Outcome {
        self.inwards += 1;
        let outcome = self.solve(goal);
        self.inwards -= 1;
        outcome
    }

    /// A value that meets all of `goal`.
    pub fn solve(&mut self, goal: Goal) -> Outcome {
        let Some(goal) = self.tidied(goal) else { return Outcome::Empty };
        if let Some((known, leans_on)) = self.known.get(&goal) {
            self.lowest = self.lowest.min(*leans_on);
            return known.clone();
        }
        if let Some((number, inwards)) = self.open.get(&goal).copied() {
            if inwards >= self.inwards {
                return Why::of("$ref", "it refers to itself");
            }
            self.lowest = self.lowest.min(number);
            return Outcome::Empty;
        }
        if !self.spend(1) {
            return self.spent(&goal);
        }
        if self.depth >= MAX_DEPTH {
            return self.located(Why::of("$ref", "it goes too deep"), &goal);
        }
        self.look(goal)
    }

    fn spent(&self, goal: &Goal) -> Outcome {
        self.located(Why::of("", "the budget is spent"), goal)
    }

    fn look(&mut self, goal: Goal) -> Outcome {
        let number = self.n_open;
        self.n_open += 1;
        self.depth += 1;
        self.open.insert(goal.clone(), (number, self.inwards));
        let (mark, outer) = (self.trail.len(), std::mem::replace(&mut self.lowest, usize::MAX));
        let outcome = self.undertake(&goal);
        let outcome = self.located(outcome, &goal);
        self.open.remove(&goal);
        self.depth -= 1;
        self.n_open -= 1;
        let leans_on = self.lowest;
        let leans_on = if leans_on < number { leans_on } else { usize::MAX };
        self.settle(mark, matches!(outcome, Outcome::Empty).then_some(leans_on));
        let is_firm = !matches!(outcome, Outcome::Empty) || leans_on == usize::MAX;
        if !is_firm {
            self.trail.push(goal.clone());
        }
        self.known.insert(goal, (outcome.clone(), if is_firm { usize::MAX } else { leans_on }));
        self.lowest = outer.min(leans_on);
        outcome
    }

    /// What was concluded since `mark` leans on what the goal that is done leans on; if that has a value, on nothing.
    fn settle(&mut self, mark: usize, leans_on: Option<usize>) {
        for concluded in &self.trail[mark..] {
            match (leans_on, self.known.get_mut(concluded)) {
                (Some(leans_on), Some((_, known))) => *known = leans_on,
                _ => drop(self.known.remove(concluded)),
            }
        }
        if leans_on.is_none_or(|leans_on| leans_on == usize::MAX) {
            self.trail.truncate(mark);
        }
    }

    /// Flat, sorted, each formula once; none where two of them contradict each other.
    fn tidied(&self, goal: Goal) -> Option<Goal> {
        let mut flat = Vec::with_capacity(goal.len());
        for formula in goal {
            match &*self.formulas.get(formula) {
                Form::All(parts) => flat.extend(parts),
                Form::Always(true) => {}
                _ => flat.push(formula),
            }
        }
        flat.sort_unstable();
        flat.dedup();
        let mut signs = HashMap::new();
        for formula in &flat {
            match &*self.formulas.get(*formula) {
                Form::Always(false) => return None,
                Form::Node(class, accept) if *signs.entry(*class).or_insert(*accept) != *accept => {
                    return None;
                }
                _ => {}
            }
        }
        Some(flat)
    }

    /// Says of what is unknown where it was met, unless that is known already.
    fn located(&self, outcome: Outcome, goal: &Goal) -> Outcome {
        let Outcome::Unknown(mut why) = outcome else { return outcome };
        for formula in goal {
            if let Form::Node(class, accept) = &*self.formulas.get(*formula) {
                why.at[usize::from(!accept)].get_or_insert(*class);
            }
        }
        Outcome::Unknown(why)
    }

    fn undertake(&mut self, goal: &Goal) -> Outcome {
        if let Some(values) = self.listed_in(goal) {
            let found = values.iter().find(|value| self.meets_all(goal, value));
            return found.map_or(Outcome::Empty, |value| Outcome::Found(value.clone()));
        }
        let mut unknown = None;
        for kind in Kind::KINDS {
            match self.of_kind(goal, kind) {
                Outcome::Empty => {}
                Outcome::Found(value) => return Outcome::Found(value),
                Outcome::Unknown(why) => unknown = unknown.or(Some(why)),
            }
        }
        unknown.map_or(Outcome::Empty, Outcome::Unknown)
    }

    /// The values of which a value of `goal` has to be one.
    fn listed_in(&mut self, goal: &Goal) -> Option<Rc<[Value]>> {
        goal.iter().find_map(|formula| match &*self.formulas.get(*formula) {
            Form::Listed(values, true) => Some(Rc::clone(values.all())),
            Form::Node(class, true) => self.listed_of(*class),
            _ => None,
        })
    }

    fn listed_of(&mut self, class: Class) -> Option<Rc<[Value]>> {
        if let Some(known) = self.listed.get(&class) {
            return known.clone();
        }
        let (side, node) = self.classes.member(class);
        let found = self.listed_at(side, node, MAX_REFERENCES);
        self.listed.insert(class, found.clone());
        found
    }

    fn listed_at(&self, side: usize, node: PlanIdx, n_left: usize) -> Option<Rc<[Value]>> {
        let n_left = n_left.checked_sub(1)?;
        self.classes.plan(side)[node].tests.iter().find_map(|test| match test {
            Test::Constant(value) => Some(std::slice::from_ref(value).into()),
            Test::Enumeration(values) => Some(values.as_slice().into()),
            Test::Reference(target) => self.listed_at(side, *target, n_left),
            Test::All(parts) => parts.iter().find_map(|part| self.listed_at(side, *part, n_left)),
            _ => None,
        })
    }

    /// Whether a value meets all of the formulas, by execution.
    pub(super) fn meets_all(&mut self, goal: &[Formula], value: &Value) -> bool {
        goal.iter().all(|formula| self.meets(*formula, value))
    }

    /// Whether a value meets a formula, by execution.
    pub(super) fn meets(&mut self, formula: Formula, value: &Value) -> bool {
        match &*self.formulas.get(formula) {
            Form::Always(met) => *met,
            Form::Node(class, accept) => self.accepts(*class, value) == *accept,
            Form::All(parts) => parts.iter().all(|part| self.meets(*part, value)),
            Form::Any(parts) => parts.iter().any(|part| self.meets(*part, value)),
            Form::One(classes) => classes.iter().filter(|class| self.accepts(**class, value)).count() == 1,
            Form::Kind(kind) => kind_of(value) == *kind,
            Form::Listed(values, among) => values.all().iter().any(|one| equal(one, value)) == *among,
            Form::Text(form) => value.as_str().is_some_and(|text| self.text_meets(form, text)),
            Form::Number(form) => value.as_number().is_some_and(|number| number_meets(form, number)),
            Form::Array(form) => value.as_array().is_some_and(|items| self.items_meet(form, items)),
            Form::Object(form) => value.as_object().is_some_and(|members| self.members_meet(form, members)),
            Form::Opaque(_) => false,
        }
    }

    fn items_meet(&mut self, form: &ArrayForm, items: &[Value]) -> bool {
        let n = items.len() as u64;
        let among = |from: usize, to: Option<usize>| {
            let to = to.unwrap_or(items.len()).min(items.len());
            &items[from.min(to)..to]
        };
        match form {
            ArrayForm::Length(low, high) => n >= *low && high.is_none_or(|high| n <= high),
            ArrayForm::Every(from, to, part) => among(*from, *to).iter().all(|item| self.meets(*part, item)),
            ArrayForm::Some(from, to, part) => among(*from, *to).iter().any(|item| self.meets(*part, item)),
            ArrayForm::Count(part, min, max) => {
                let n = items.iter().filter(|item| self.meets(*part, item)).count() as u64;
                n >= *min && max.is_none_or(|max| n <= max)
            }
            ArrayForm::Unique(is_unique) => {
                unique_items(items, At::Root, "", &mut Quick::default()) == *is_unique
            }
        }
    }

    fn members_meet(&mut self, form: &ObjectForm, members: &Map<String, Value>) -> bool {
        let n = members.len() as u64;
        match form {
            ObjectForm::Size(low, high) => n >= *low && high.is_none_or(|high| n <= high),
            ObjectForm::Has(name, is_there) => members.contains_key(&**name) == *is_there,
            ObjectForm::Every(names, part) => {
                members.iter().all(|(name, member)| !self.is_among(name, names) || self.meets(*part, member))
            }
            ObjectForm::Some(names, part) => {
                members.iter().any(|(name, member)| self.is_among(name, names) && self.meets(*part, member))
            }
            ObjectForm::EveryName(part) => {
                members.keys().all(|name| self.meets(*part, &Value::from(name.as_str())))
            }
            ObjectForm::SomeName(part) => {
                members.keys().any(|name| self.meets(*part, &Value::from(name.as_str())))
            }
        }
    }

    /// Whether a name is one of `names`.
    pub(super) fn is_among(&mut self, name: &str, names: &Names) -> bool {
        match names {
            Names::One(one) => **one == *name,
            Names::Matching(source) => self.regex(source).is_some_and(|regex| regex.is_match(name)),
            Names::Rest(known, patterns) => {
                let is_known = known.iter().any(|known| **known == *name);
                !is_known
                    && !patterns.iter().any(|source| self.regex(source).is_some_and(|it| it.is_match(name)))
            }
        }
    }

    fn accepts(&mut self, class: Class, value: &Value) -> bool {
        self.n_steps_left = self.n_steps_left.saturating_sub(1);
        let (side, node) = self.classes.member(class);
        interpret::accepts(self.classes.plan(side), node, value)
    }

    /// Whether a string meets what is asked of it.
    pub(super) fn text_meets(&mut self, form: &TextForm, text: &str) -> bool {
        match form {
            TextForm::Length(low, high) => {
                let length = text.chars().count() as u64;
                length >= *low && high.is_none_or(|high| length <= high)
            }
            TextForm::Pattern(source, is_found) => {
                self.regex(source).is_some_and(|regex| regex.is_match(text) == *is_found)
            }
            TextForm::Format(format, is_kept) => interpret::format_test(*format)(text) == *is_kept,
        }
    }

    /// A regular expression, compiled once.
    pub(super) fn regex(&mut self, source: &Rc<str>) -> Option<Rc<Regex>> {
        let compile = || Regex::new(source).map(Rc::new);
        self.regexes.entry(Rc::clone(source)).or_insert_with(compile).clone()
    }

    /// The automata of a regular expression.
    pub(super) fn automata(&mut self, source: &Rc<str>) -> Option<Rc<Parts>> {
        if let Some(known) = self.automata.get(source) {
            return known.clone();
        }
        let made = parts(source).map(Rc::new);
        self.spend(made.as_ref().map_or(STEPS_IN_VAIN, |parts| cost(parts)));
        self.automata.insert(Rc::clone(source), made.clone());
        made
    }

    /// The automaton of some strings.
    pub(super) fn word_automaton(&mut self, of: &[String]) -> Option<Rc<Expression>> {
        let make = || words(of.iter().cloned());
        self.word_automata.entry(of.join("\u{0}")).or_insert_with(make).clone()
    }

    /// What a formula asks of values of one kind.
    pub(super) fn of_that_kind(&mut self, formula: Formula, kind: Kind) -> Formula {
        match &*self.formulas.get(formula) {
            Form::Node(class, accept) => {
                if let Some(known) = self.expansions.get(&(*class, *accept, kind)) {
                    return *known;
                }
                let made = expand(self.classes, &mut self.formulas, *class, *accept, kind);
                self.expansions.insert((*class, *accept, kind), made);
                made
            }
            Form::Kind(other) => {
                if *other == kind {
                    TRUE
                } else {
                    FALSE
                }
            }
            Form::Listed(values, among) => self.listed_of_kind(values, *among, kind),
            _ => formula,
        }
    }

    fn listed_of_kind(&mut self, values: &Values, among: bool, kind: Kind) -> Formula {
        if !among {
            return super::expand::none_of(&mut self.formulas, values.all(), kind);
        }
        let of_kind: Vec<Value> = values.all().iter().filter(|it| kind_of(it) == kind).cloned().collect();
        match of_kind.is_empty() {
            true => FALSE,
            false => self.formulas.keep(Form::Listed(Values::of(&of_kind), true)),
        }
    }
}

fn number_meets(form: &NumberForm, number: &Number) -> bool {
    let Some(value) = rational(number) else { return false };
    match form {
        NumberForm::Low(limit, is_open) => value > *limit || value == *limit && !is_open,
        NumberForm::High(limit, is_open) => value < *limit || value == *limit && !is_open,
        NumberForm::Multiple(divisor, is_one) => (value / divisor).is_integer() == *is_one,
    }
}
