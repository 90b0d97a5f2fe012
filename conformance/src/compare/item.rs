//! Arrays that meet a conjunction: items by their positions, those behind the last one that matters being alike.

use std::collections::{BTreeMap, HashSet};

use handfast::equal;
use serde_json::Value;

use super::formula::{ArrayForm, FALSE, Form, Formula, TRUE, Values};
use super::scalar::Meets;
use super::search::{Goal, Outcome, Search, Why};

/// More positions are not told apart.
const MAX_POSITIONS: usize = 64;
/// Longer arrays are not made.
const MAX_ITEMS: u64 = 200_000;
/// Longer arrays, in which items depend on each other, neither.
const MAX_DEPENDENT: u64 = 2_000;
/// In how many ways wanted items may be placed.
const MAX_PLACINGS: usize = 400;
/// More items of a kind are not placed one by one.
const MAX_NEEDED: u64 = 24;
/// More items of a kind are not asked to be different to show that there are too few.
const MAX_DIFFERENT: u64 = 40;

/// What is asked of an array.
struct Wanted {
    low: u64,
    high: Option<u64>,
    every: Vec<(usize, Option<usize>, Formula)>,
    some: Vec<(usize, Option<usize>, Formula)>,
    counts: Vec<(Formula, u64, Option<u64>)>,
    unique: Option<bool>,
}

/// An item that has to be somewhere.
struct Need {
    from: usize,
    to: Option<usize>,
    part: Formula,
    /// What counts it, if that is what it is needed for.
    count: Option<usize>,
}

impl Wanted {
    /// From which position on all are alike.
    fn n_positions(&self) -> usize {
        let all = self.every.iter().chain(&self.some);
        all.map(|(from, to, _)| to.unwrap_or(*from)).max().unwrap_or(0)
    }

    /// What is asked of the item there.
    fn at(&self, position: usize) -> Goal {
        let covers = |(from, to, _): &&(usize, Option<usize>, Formula)| {
            *from <= position && to.is_none_or(|to| position < to)
        };
        self.every.iter().filter(covers).map(|(.., part)| *part).collect()
    }

    fn limit(&mut self, high: u64) {
        self.high = Some(self.high.map_or(high, |known| known.min(high)));
    }

    /// Items that meet `part`, so many, beside what was said of them before.
    fn count(&mut self, part: Formula, min: u64, max: Option<u64>) {
        match self.counts.iter_mut().find(|(known, ..)| *known == part) {
            Some((_, low, high)) => {
                *low = min.max(*low);
                *high = max.map_or(*high, |max| Some(high.map_or(max, |high| high.min(max))));
            }
            None => self.counts.push((part, min, max)),
        }
    }

    fn may_have(&self, position: usize) -> bool {
        self.high.is_none_or(|high| (position as u64) < high)
    }
}

impl<'p> Search<'p> {
    /// An array that meets what is asked.
    pub(super) fn array(&mut self, asked: &[Formula], meets: Meets<'_, 'p>) -> Outcome {
        let Some(mut wanted) = self.wanted_items(asked) else { return Outcome::Empty };
        let n = wanted.n_positions();
        if n > MAX_POSITIONS {
            return Why::of("prefixItems", "there are too many of them");
        }
        // Where no item can be, the array ends.
        let mut unknown = None;
        for position in 0..=n {
            if !wanted.may_have(position) {
                break;
            }
            match self.inside(wanted.at(position)) {
                Outcome::Empty => wanted.limit(position as u64),
                Outcome::Found(_) => {}
                Outcome::Unknown(why) if (position as u64) < wanted.low => unknown = Some(why),
                Outcome::Unknown(_) => {}
            }
        }
        if wanted.high.is_some_and(|high| high < wanted.low) {
            return Outcome::Empty;
        }
        if self.lacks_an_item(&wanted, n) || self.miscounts(&wanted, n) || self.is_too_uniform(&wanted, n) {
            return Outcome::Empty;
        }
        match unknown {
            Some(why) => Outcome::Unknown(why),
            None => self.arrange(&wanted, n, meets),
        }
    }

    fn wanted_items(&self, asked: &[Formula]) -> Option<Wanted> {
        let mut wanted = Wanted {
            low: 0,
            high: None,
            every: Vec::new(),
            some: Vec::new(),
            counts: Vec::new(),
            unique: None,
        };
        for formula in asked {
            let Form::Array(form) = &*self.formulas.get(*formula) else { continue };
            match form {
                ArrayForm::Length(low, high) => {
                    wanted.low = wanted.low.max(*low);
                    high.iter().for_each(|high| wanted.limit(*high));
                }
                ArrayForm::Every(from, to, part) => wanted.every.push((*from, *to, *part)),
                ArrayForm::Some(from, to, part) => wanted.some.push((*from, *to, *part)),
                ArrayForm::Count(part, min, max) => wanted.count(*part, *min, *max),
                ArrayForm::Unique(unique) if wanted.unique == Some(!unique) => return None,
                ArrayForm::Unique(unique) => wanted.unique = Some(*unique),
            }
        }
        let is_impossible = |(_, min, max): &(Formula, u64, Option<u64>)| max.is_some_and(|max| max < *min);
        (!wanted.counts.iter().any(is_impossible)).then_some(wanted)
    }

    fn can_be(&mut self, wanted: &Wanted, position: usize, part: Formula) -> bool {
        let mut goal = wanted.at(position);
        goal.push(part);
        wanted.may_have(position) && !matches!(self.inside(goal), Outcome::Empty)
    }

    /// Whether an item that has to be somewhere can be nowhere.
    fn lacks_an_item(&mut self, wanted: &Wanted, n: usize) -> bool {
        wanted.some.iter().any(|(from, to, part)| {
            let last = to.map_or(n, |to| to.saturating_sub(1));
            !(*from..=last.max(*from)).any(|position| self.can_be(wanted, position, *part))
        })
    }

    /// Whether there can't be as many, or as few, items of a kind as there have to be.
    fn miscounts(&mut self, wanted: &Wanted, n: usize) -> bool {
        wanted.counts.iter().any(|(part, min, max)| {
            let opposite = self.formulas.not(*part);
            let n_tail = wanted.high.map(|high| high.saturating_sub(n as u64));
            let n_could: Option<u64> =
                (0..=n).filter(|at| self.can_be(wanted, *at, *part)).try_fold(0, |sum: u64, at| {
                    let more = if at < n { 1 } else { n_tail? };
                    sum.checked_add(more)
                });
            let n_forced_tail = wanted.low.saturating_sub(n as u64);
            let forced =
                (0..=n).filter(|at| (*at as u64) < wanted.low && !self.can_be(wanted, *at, opposite));
            let n_must: u64 = forced.map(|at| if at < n { 1 } else { n_forced_tail }).sum();
            // What is at least so often there counts for what it is part of.
            let n_others = wanted.counts.iter().filter(|(other, ..)| other != part);
            let implied = n_others
                .filter(|(other, other_min, _)| {
                    max.is_some_and(|max| *other_min > max)
                        && (0..=n).all(|at| {
                            let mut goal = wanted.at(at);
                            goal.extend([*other, opposite]);
                            !wanted.may_have(at) || matches!(self.inside(goal), Outcome::Empty)
                        })
                })
                .count();
            n_could.is_some_and(|could| could < *min) || max.is_some_and(|max| n_must > max) || implied > 0
        })
    }

    /// Whether items would have to differ, or to be equal, and can't.
    fn is_too_uniform(&mut self, wanted: &Wanted, n: usize) -> bool {
        match wanted.unique {
            Some(true) if wanted.low >= 2 => {
                // Items of one kind, as many as there have to be, are made one after the other.
                let tail = wanted.at(n);
                let n_alike = wanted.low.saturating_sub(n as u64);
                let mut known: Vec<Value> = Vec::new();
                while (known.len() as u64) < n_alike.min(MAX_DIFFERENT) {
                    let mut goal = tail.clone();
                    goal.push(self.formulas.keep(Form::Listed(Values::of(&known), false)));
                    match self.inside(goal) {
                        Outcome::Found(value) => known.push(value),
                        Outcome::Empty => return true,
                        Outcome::Unknown(_) => return false,
                    }
                }
                false
            }
            Some(false) => {
                let mut pairs = (0..=n + 1).flat_map(|one| (one + 1..=n + 1).map(move |other| (one, other)));
                !pairs.any(|(one, other)| {
                    let mut goal = wanted.at(one);
                    goal.extend(wanted.at(other));
                    wanted.may_have(other) && !matches!(self.inside(goal), Outcome::Empty)
                })
            }
            _ => false,
        }
    }

    /// Puts each wanted item at one of its positions, in every way, until an array comes of it.
    fn arrange(&mut self, wanted: &Wanted, n: usize, meets: Meets<'_, 'p>) -> Outcome {
        let is_free = wanted.unique.is_none() && wanted.counts.is_empty();
        if wanted.low > if is_free { MAX_ITEMS } else { MAX_DEPENDENT } {
            return Why::of("minItems", "it is too large");
        }
        let needs = self.needs(wanted);
        let last = wanted
            .high
            .map_or(n + needs.len(), |high| (n + needs.len()).min(high.saturating_sub(1) as usize));
        let mut options = Vec::with_capacity(needs.len());
        for Need { from, to, part, .. } in &needs {
            let to = to.map_or(last, |to| last.min(to.saturating_sub(1)));
            let mut positions = Vec::new();
            for position in (*from..=to).take(MAX_POSITIONS) {
                if self.can_be(wanted, position, *part) {
                    positions.push(position);
                }
            }
            options.push(positions);
        }
        let n_ways = options.iter().map(Vec::len).try_fold(1_usize, usize::checked_mul).unwrap_or(usize::MAX);
        let (mut unknown, mut n_left) = (None, MAX_PLACINGS);
        // Positions are tried staggered, so that what can be apart is.
        for number in 0..n_ways {
            if n_left == 0 {
                break;
            }
            n_left -= 1;
            let mut rest = number;
            let mut placed: BTreeMap<usize, Vec<Formula>> = BTreeMap::new();
            // What is counted is wanted of different items.
            let (mut counted, mut is_doubled) = (HashSet::new(), false);
            for (index, positions) in options.iter().enumerate() {
                let at = positions[(rest % positions.len() + index) % positions.len()];
                rest /= positions.len();
                placed.entry(at).or_default().push(needs[index].part);
                is_doubled |= needs[index].count.is_some_and(|count| !counted.insert((at, count)));
            }
            if is_doubled {
                continue;
            }
            match self.lay_out(wanted, &placed) {
                Outcome::Found(value) if meets(self, &value) => return Outcome::Found(value),
                Outcome::Found(_) => {
                    unknown = Some(Why {
                        keyword: "",
                        why: "no array that was tried is an instance",
                        at: [None; 2],
                    });
                }
                Outcome::Empty => {}
                Outcome::Unknown(why) => unknown = Some(why),
            }
        }
        let is_plain = |(_, min, max): &(Formula, u64, Option<u64>)| *min <= MAX_NEEDED && max.is_none();
        let is_exact =
            wanted.counts.iter().all(is_plain) && wanted.unique.is_none() && n_ways <= MAX_PLACINGS;
        match unknown {
            Some(why) => Outcome::Unknown(why),
            None if is_exact => Outcome::Empty,
            None => Why::of(self.counted(wanted), "no array that was tried is an instance"),
        }
    }

    fn counted(&self, wanted: &Wanted) -> &'static str {
        if wanted.counts.is_empty() { "uniqueItems" } else { "contains" }
    }

    /// The items that have to be somewhere, each as often as it has to.
    fn needs(&self, wanted: &Wanted) -> Vec<Need> {
        let some = wanted.some.iter().map(|(from, to, part)| Need {
            from: *from,
            to: *to,
            part: *part,
            count: None,
        });
        let counted = wanted.counts.iter().enumerate().flat_map(|(number, (part, min, _))| {
            let need = move |_| Need { from: 0, to: None, part: *part, count: Some(number) };
            (0..(*min).min(MAX_NEEDED)).map(need)
        });
        some.chain(counted).collect()
    }

    /// An array with items that meet what is placed.
    fn lay_out(&mut self, wanted: &Wanted, placed: &BTreeMap<usize, Vec<Formula>>) -> Outcome {
        let n_placed = placed.keys().next_back().map_or(0, |last| last + 1);
        let mut n_items = wanted.low.max(n_placed as u64);
        if wanted.unique == Some(false) {
            n_items = n_items.max(2);
        }
        if wanted.high.is_some_and(|high| high < n_items) {
            return Outcome::Empty;
        }
        let mut items: Vec<Value> = Vec::new();
        let n_apart = wanted.n_positions().max(n_placed);
        for position in 0..n_items as usize {
            if position > n_apart && wanted.unique.is_none() && wanted.counts.is_empty() {
                // From here on all items are asked the same.
                let alike = items[position - 1].clone();
                items.push(alike);
                continue;
            }
            let mut goal = wanted.at(position);
            goal.extend(placed.get(&position).into_iter().flatten());
            let mut wish = goal.clone();
            self.wish(wanted, &items, &mut wish);
            let mut found = self.inside(wish);
            if !matches!(found, Outcome::Found(_)) {
                found = self.inside(goal);
            }
            match found {
                Outcome::Found(value) => items.push(value),
                other => return other,
            }
        }
        if wanted.unique == Some(false) && !has_double(&items) {
            return self.doubled(wanted, placed, items);
        }
        Outcome::Found(Value::Array(items))
    }

    /// What an item had better meet, too: that it is none of those before it, and not counted where enough are.
    fn wish(&mut self, wanted: &Wanted, items: &[Value], goal: &mut Goal) {
        if wanted.unique == Some(true) && !items.is_empty() {
            goal.push(self.formulas.keep(Form::Listed(Values::of(items), false)));
        }
        for (part, _, max) in &wanted.counts {
            let Some(max) = max else { continue };
            let n = items.iter().filter(|item| self.meets(*part, item)).count() as u64;
            if n >= *max && *part != TRUE && *part != FALSE {
                goal.push(self.formulas.not(*part));
            }
        }
    }

    /// The array with two equal items, where two positions allow that.
    fn doubled(
        &mut self,
        wanted: &Wanted,
        placed: &BTreeMap<usize, Vec<Formula>>,
        items: Vec<Value>,
    ) -> Outcome {
        for one in 0..items.len() {
            for other in one + 1..items.len() {
                let mut goal = wanted.at(one);
                goal.extend(wanted.at(other));
                goal.extend([one, other].iter().filter_map(|at| placed.get(at)).flatten());
                if let Outcome::Found(value) = self.inside(goal) {
                    let mut items = items;
                    items[one] = value.clone();
                    items[other] = value;
                    return Outcome::Found(Value::Array(items));
                }
            }
        }
        Outcome::Found(Value::Array(items))
    }
}

fn has_double(items: &[Value]) -> bool {
    items.iter().enumerate().any(|(number, item)| items[..number].iter().any(|other| equal(other, item)))
}
