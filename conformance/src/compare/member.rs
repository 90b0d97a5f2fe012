//! Objects that meet a conjunction: members by the parts into which names and regular expressions divide all names.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::formula::{Form, Formula, Kind, Names, ObjectForm, TextForm, Values};
use super::scalar::Meets;
use super::search::{Goal, Outcome, Search, Why};

/// Into how many parts regular expressions may divide names.
const MAX_PARTS: usize = 48;
/// In how many ways wanted members may be placed.
const MAX_PLACINGS: usize = 300;
/// Larger objects are not made.
const MAX_MEMBERS: u64 = 2_000;

/// What is asked of an object.
#[derive(Default)]
struct Wanted {
    low: u64,
    high: Option<u64>,
    has: BTreeSet<Rc<str>>,
    lacks: BTreeSet<Rc<str>>,
    every: Vec<(Names, Formula)>,
    /// A member that has to be there: where, and what it meets; a name that has to be there, and what it meets.
    some: Vec<Sought>,
    names: Vec<Formula>,
}

#[derive(Clone)]
enum Sought {
    Member(Names, Formula),
    Name(Formula),
}

/// Names that nobody calls by name, told apart by the regular expressions that are found in them.
struct Part {
    /// What is asked of the name.
    name: Goal,
    /// What is asked of the member.
    member: Goal,
    found: BTreeSet<Rc<str>>,
}

/// Where a wanted member is put.
#[derive(Clone)]
enum Place {
    Named(Rc<str>),
    Part(usize),
}

impl<'p> Search<'p> {
    /// What is asked of the member of that name, whatever else is.
    pub(super) fn asked_of_member(&mut self, asked: &[Formula], name: &str) -> Goal {
        let mut goal = Goal::new();
        for formula in asked {
            if let Form::Object(ObjectForm::Every(names, part)) = &*self.formulas.get(*formula)
                && self.is_among(name, names)
            {
                goal.push(*part);
            }
        }
        goal
    }

    /// An object that meets what is asked.
    pub(super) fn object(&mut self, asked: &[Formula], meets: Meets<'_, 'p>) -> Outcome {
        let wanted = self.wanted(asked);
        let low = wanted.low.max(wanted.has.len() as u64);
        if wanted.high.is_some_and(|high| high < low) || !wanted.has.is_disjoint(&wanted.lacks) {
            return Outcome::Empty;
        }
        let parts = match wanted.needs_parts() {
            true => match self.parts(&wanted) {
                Ok(parts) => parts,
                Err(outcome) => return outcome,
            },
            false => Vec::new(),
        };
        let mut members = BTreeMap::new();
        let mut unknown = None;
        for name in &wanted.has {
            match self.named(&wanted, name, &[]) {
                Outcome::Empty => return Outcome::Empty,
                Outcome::Found(value) => drop(members.insert(Rc::clone(name), value)),
                Outcome::Unknown(why) => unknown = Some(why),
            }
        }
        let (mut places, mut doubt) = (Vec::new(), None);
        for sought in &wanted.some {
            let (possible, doubtful) = self.places(&wanted, &parts, sought);
            if possible.is_empty() && doubtful.is_none() {
                return Outcome::Empty;
            }
            unknown = unknown.or(doubtful.filter(|_| possible.is_empty()));
            doubt = doubt.or(doubtful);
            places.push(possible);
        }
        if let Some(why) = unknown {
            return Outcome::Unknown(why);
        }
        match self.place(&wanted, &parts, &places, &members, meets) {
            Outcome::Empty => doubt.map_or(Outcome::Empty, Outcome::Unknown),
            outcome => outcome,
        }
    }

    fn wanted(&self, asked: &[Formula]) -> Wanted {
        let mut wanted = Wanted::default();
        for formula in asked {
            let Form::Object(form) = &*self.formulas.get(*formula) else { continue };
            match form {
                ObjectForm::Size(low, high) => {
                    wanted.low = wanted.low.max(*low);
                    wanted.high = match (wanted.high, *high) {
                        (Some(known), Some(high)) => Some(known.min(high)),
                        (known, high) => known.or(high),
                    };
                }
                ObjectForm::Has(name, true) => drop(wanted.has.insert(Rc::clone(name))),
                ObjectForm::Has(name, false) => drop(wanted.lacks.insert(Rc::clone(name))),
                ObjectForm::Every(names, part) => wanted.every.push((names.clone(), *part)),
                ObjectForm::Some(names, part) => wanted.some.push(Sought::Member(names.clone(), *part)),
                ObjectForm::EveryName(part) => wanted.names.push(*part),
                ObjectForm::SomeName(part) => wanted.some.push(Sought::Name(*part)),
            }
        }
        wanted
    }

    /// The parts into which the names that nobody calls by name fall, those alone that may be there.
    fn parts(&mut self, wanted: &Wanted) -> Result<Vec<Part>, Outcome> {
        let called = wanted.called();
        let mut base: Goal = wanted.names.clone();
        base.push(self.formulas.keep(Form::Kind(Kind::String)));
        if !called.is_empty() {
            let called: Vec<Value> = called.iter().map(|name| Value::from(&**name)).collect();
            base.push(self.formulas.keep(Form::Listed(Values::of(&called), false)));
        }
        let first = Part { name: base, member: Goal::new(), found: BTreeSet::new() };
        let mut parts = vec![first];
        for pattern in wanted.patterns() {
            let mut divided = Vec::new();
            for part in parts {
                for is_found in [false, true] {
                    let form = Form::Text(TextForm::Pattern(Rc::clone(&pattern), is_found));
                    let mut name = part.name.clone();
                    name.push(self.formulas.keep(form));
                    if matches!(self.solve(name.clone()), Outcome::Empty) {
                        continue;
                    }
                    let mut found = part.found.clone();
                    if is_found {
                        found.insert(Rc::clone(&pattern));
                    }
                    divided.push(Part { name, member: Goal::new(), found });
                }
            }
            if divided.len() > MAX_PARTS {
                return Err(Why::of("patternProperties", "there are too many of them"));
            }
            parts = divided;
        }
        let mut possible = Vec::new();
        for mut part in parts {
            let covering = wanted.every.iter().filter(|(names, _)| part.is_in(names));
            part.member = covering.map(|(_, formula)| *formula).collect();
            let is_empty = matches!(self.inside(part.member.clone()), Outcome::Empty)
                || matches!(self.solve(part.name.clone()), Outcome::Empty);
            if !is_empty {
                possible.push(part);
            }
        }
        Ok(possible)
    }

    /// A value of the member of that name that meets `more`, too.
    fn named(&mut self, wanted: &Wanted, name: &str, more: &[Formula]) -> Outcome {
        let text = Value::from(name);
        if !self.meets_all(&wanted.names, &text) {
            return Outcome::Empty;
        }
        let mut goal: Goal = more.to_vec();
        for (names, part) in &wanted.every {
            if self.is_among(name, names) {
                goal.push(*part);
            }
        }
        self.inside(goal)
    }

    /// Where a wanted member may be, and why it may be elsewhere, too.
    fn places(&mut self, wanted: &Wanted, parts: &[Part], sought: &Sought) -> (Vec<Place>, Option<Why>) {
        let (mut places, mut unknown) = (Vec::new(), None);
        let called = match sought {
            Sought::Member(Names::One(name), _) => BTreeSet::from([Rc::clone(name)]),
            _ => wanted.called(),
        };
        self.spend(called.len() as u64 / 16);
        for name in called {
            if wanted.lacks.contains(&name) {
                continue;
            }
            let more = match sought {
                Sought::Member(names, part) if self.is_among(&name, names) => vec![*part],
                Sought::Name(part) if self.meets(*part, &Value::from(&*name)) => Vec::new(),
                _ => continue,
            };
            match self.named(wanted, &name, &more) {
                Outcome::Empty => {}
                Outcome::Found(_) => places.push(Place::Named(name)),
                Outcome::Unknown(why) => unknown = Some(why),
            }
        }
        for (number, part) in parts.iter().enumerate() {
            let outcome = match sought {
                Sought::Member(names, formula) if part.is_in(names) => {
                    let mut member = part.member.clone();
                    member.push(*formula);
                    self.inside(member)
                }
                Sought::Name(formula) => {
                    let mut name = part.name.clone();
                    name.push(*formula);
                    self.solve(name)
                }
                Sought::Member(..) => continue,
            };
            match outcome {
                Outcome::Empty => {}
                Outcome::Found(_) => places.push(Place::Part(number)),
                Outcome::Unknown(why) => unknown = Some(why),
            }
        }
        (places, unknown)
    }

    /// Puts each wanted member at one of its places, in every way, until an object comes of it.
    fn place(
        &mut self,
        wanted: &Wanted,
        parts: &[Part],
        places: &[Vec<Place>],
        members: &BTreeMap<Rc<str>, Value>,
        meets: Meets<'_, 'p>,
    ) -> Outcome {
        let mut unknown = None;
        let n_ways = places.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul).unwrap_or(usize::MAX);
        for number in 0..n_ways.min(MAX_PLACINGS) {
            let mut rest = number;
            let mut chosen = Vec::with_capacity(places.len());
            for possible in places {
                chosen.push(possible[rest % possible.len()].clone());
                rest /= possible.len();
            }
            match self.build(wanted, parts, &chosen, members.clone()) {
                Outcome::Found(value) if meets(self, &value) => return Outcome::Found(value),
                Outcome::Found(_) => {
                    let why = "no object that was tried is an instance";
                    unknown = Some(Why { keyword: "", why, at: [None; 2] });
                }
                Outcome::Empty => {}
                Outcome::Unknown(why) => unknown = Some(why),
            }
        }
        match unknown {
            Some(why) => Outcome::Unknown(why),
            None if n_ways > MAX_PLACINGS => Why::of("", "there are too many ways to break it"),
            None => Outcome::Empty,
        }
    }

    fn build(
        &mut self,
        wanted: &Wanted,
        parts: &[Part],
        chosen: &[Place],
        mut members: BTreeMap<Rc<str>, Value>,
    ) -> Outcome {
        let mut of_named: BTreeMap<Rc<str>, Vec<Formula>> = BTreeMap::new();
        let mut of_parts = Vec::new();
        for (sought, place) in wanted.some.iter().zip(chosen) {
            match (place, sought) {
                (Place::Named(name), Sought::Member(_, part)) => {
                    of_named.entry(Rc::clone(name)).or_default().push(*part);
                }
                (Place::Named(name), Sought::Name(_)) => drop(of_named.entry(Rc::clone(name)).or_default()),
                (Place::Part(number), sought) => of_parts.push((*number, sought)),
            }
        }
        for (name, more) in &of_named {
            match self.named(wanted, name, more) {
                Outcome::Found(value) => drop(members.insert(Rc::clone(name), value)),
                other => return other,
            }
        }
        for (number, sought) in of_parts {
            let (mut name, mut member) = (parts[number].name.clone(), parts[number].member.clone());
            match sought {
                Sought::Member(_, formula) => member.push(*formula),
                Sought::Name(formula) => name.push(*formula),
            }
            match self.fresh(name, member, &mut members) {
                Outcome::Found(_) => {}
                Outcome::Unknown(why) => return Outcome::Unknown(why),
                // The name might be one that another member has already.
                Outcome::Empty => return Why::of("patternProperties", "too few names are left"),
            }
        }
        if wanted.high.is_some_and(|high| (members.len() as u64) > high) {
            let n_in_parts = chosen.iter().filter(|place| matches!(place, Place::Part(_))).count();
            // Two wanted members might be one.
            return if n_in_parts < 2 {
                Outcome::Empty
            } else {
                Why::of("maxProperties", "members may coincide")
            };
        }
        self.fill(wanted, parts, members)
    }

    /// Adds members until there are enough.
    fn fill(&mut self, wanted: &Wanted, parts: &[Part], mut members: BTreeMap<Rc<str>, Value>) -> Outcome {
        if wanted.low > MAX_MEMBERS {
            return Why::of("minProperties", "it is too large");
        }
        let mut unknown = None;
        for name in wanted.called() {
            if members.len() as u64 >= wanted.low {
                break;
            }
            if !members.contains_key(&name) && !wanted.lacks.contains(&name) {
                match self.named(wanted, &name, &[]) {
                    Outcome::Found(value) => drop(members.insert(name, value)),
                    Outcome::Empty => {}
                    Outcome::Unknown(why) => unknown = Some(why),
                }
            }
        }
        for part in parts {
            while (members.len() as u64) < wanted.low {
                match self.fresh(part.name.clone(), part.member.clone(), &mut members) {
                    Outcome::Found(_) => {}
                    Outcome::Empty => break,
                    Outcome::Unknown(why) => {
                        unknown = Some(why);
                        break;
                    }
                }
            }
        }
        if members.len() as u64 >= wanted.low {
            let members: Map<String, Value> =
                members.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
            return Outcome::Found(Value::Object(members));
        }
        unknown.map_or(Outcome::Empty, Outcome::Unknown)
    }

    /// Adds a member with a name that none has yet.
    fn fresh(&mut self, mut name: Goal, member: Goal, members: &mut BTreeMap<Rc<str>, Value>) -> Outcome {
        let taken: Vec<Value> = members.keys().map(|name| Value::from(&**name)).collect();
        name.push(self.formulas.keep(Form::Listed(Values::of(&taken), false)));
        let name = match self.solve(name) {
            Outcome::Found(Value::String(name)) => name,
            Outcome::Found(_) => return Outcome::Empty,
            other => return other,
        };
        let outcome = self.inside(member);
        if let Outcome::Found(value) = &outcome {
            members.insert(name.into(), value.clone());
        }
        outcome
    }
}

impl Wanted {
    /// Whether a member may be wanted that nobody calls by name.
    fn needs_parts(&self) -> bool {
        let is_named = |sought: &Sought| matches!(sought, Sought::Member(Names::One(_), _));
        self.low > self.has.len() as u64 || !self.some.iter().all(is_named)
    }

    /// The names that are called by name.
    fn called(&self) -> BTreeSet<Rc<str>> {
        let mut called: BTreeSet<Rc<str>> = self.has.union(&self.lacks).cloned().collect();
        for names in self.all_names() {
            match names {
                Names::One(name) => drop(called.insert(Rc::clone(name))),
                Names::Rest(known, _) => called.extend(known.iter().cloned()),
                Names::Matching(_) => {}
            }
        }
        called
    }

    fn patterns(&self) -> BTreeSet<Rc<str>> {
        let mut patterns = BTreeSet::new();
        for names in self.all_names() {
            match names {
                Names::Matching(source) => drop(patterns.insert(Rc::clone(source))),
                Names::Rest(_, sources) => patterns.extend(sources.iter().cloned()),
                Names::One(_) => {}
            }
        }
        patterns
    }

    fn all_names(&self) -> impl Iterator<Item = &Names> {
        let some = self.some.iter().filter_map(|sought| match sought {
            Sought::Member(names, _) => Some(names),
            Sought::Name(_) => None,
        });
        self.every.iter().map(|(names, _)| names).chain(some)
    }
}

impl Part {
    /// Whether the names of this part are among `names`, which call none of them by name.
    fn is_in(&self, names: &Names) -> bool {
        match names {
            Names::One(_) => false,
            Names::Matching(source) => self.found.contains(source),
            Names::Rest(_, patterns) => !patterns.iter().any(|source| self.found.contains(source)),
        }
    }
}
