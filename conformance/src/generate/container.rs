//! Builds arrays and objects.

use std::collections::BTreeSet;

use handfast::equal;
use handfast_codegen::model::{JsonType, TypeSet};
use handfast_codegen::plan::{Cover, PlanIdx};
use serde_json::{Map, Value};

use super::demand::{Ask, Demand, Forced, Named, Places};
use super::height::NEVER;
use super::site::Edge;
use super::solve::{Conflict, Solver, Style};
use super::text::TextDemand;
use super::{Near, word};

/// Where nobody says how many, no more items or members than these are made beyond the fewest.
const USUAL: u64 = 3;
/// Where a limit is no further away than this, as many as it are made.
const NEAR_ENOUGH: u64 = 40;
/// More are not made, whatever a schema wants.
const MOST: u64 = 20_000;
/// How often an item is made again because there is one like it.
const MAX_TRIES: usize = 24;

impl<'p> Solver<'p> {
    pub(super) fn array(
        &mut self,
        demand: &Demand<'p>,
        near: Near,
        node: PlanIdx,
    ) -> Result<Value, Conflict> {
        let aimed = self.aimed_item(demand);
        let mut min = demand.items.min.max(aimed.map_or(0, |idx| idx as u64 + 1));
        for (_, places) in &demand.refused_items {
            let (Places::At(idx) | Places::From(idx)) = places;
            min = min.max(*idx as u64 + 1);
        }
        let contained: u64 = demand.contains.iter().map(|one| one.min).max().unwrap_or(0);
        min = min.max(contained).max(if demand.is_doubled { 2 } else { 0 });
        let max = demand.items.max;
        if max.is_some_and(|max| max < min) || min > MOST {
            return Err(Conflict::new(node, "no number of items is left between the limits"));
        }
        let wanted = self.count(min, max, near);
        let inner = self.inner(demand, wanted.max(min));
        let mut items: Vec<Value> = Vec::new();
        for idx in 0..wanted as usize {
            self.depth += 1;
            self.path.push(idx.to_string());
            let item = self.item(demand, node, idx, aimed == Some(idx), &inner, &items);
            self.path.pop();
            self.depth -= 1;
            match item {
                Ok(item) => items.push(item),
                Err(_) if items.len() as u64 >= min => break,
                Err(conflict) => return Err(conflict),
            }
        }
        if demand.is_doubled {
            self.double(&mut items);
        }
        Ok(Value::Array(items))
    }

    /// Where the item stands that the aim goes through.
    fn aimed_item(&self, demand: &Demand<'p>) -> Option<usize> {
        let of_part = demand.arrays.iter().find_map(|part| match part.aimed? {
            (Edge::Prefix(idx), _) => Some(idx),
            (Edge::Items, _) => Some(part.tests.prefix.len()),
            (Edge::Contains, _) => Some(0),
            _ => None,
        });
        let of_rest = demand.rest_items.iter().any(|(_, aimed)| aimed.is_some());
        of_part.or_else(|| of_rest.then(|| n_looked_at(demand)))
    }

    /// For each place what is asked beyond its schema: of some that `contains` accepts them, of one that it is refused.
    fn inner(&mut self, demand: &Demand<'p>, n_items: u64) -> Vec<Vec<Ask>> {
        let mut inner: Vec<Vec<Ask>> = vec![Vec::new(); n_items as usize];
        for one in &demand.contains {
            let (min, max) = (one.min as usize, one.max.map(|max| max as usize));
            let mut order: Vec<usize> = (0..inner.len()).collect();
            if let Some(step) = one.aim {
                // All but the aimed one are refused, one less than there have to be accepted.
                order.remove(0);
                inner[0].push(Ask { node: one.test, accept: true, aim: Some(step) });
                let (accepted, refused) = order.split_at(min.saturating_sub(1).min(order.len()));
                accepted.iter().for_each(|idx| inner[*idx].push(Ask::accepting(one.test)));
                refused.iter().for_each(|idx| inner[*idx].push(Ask::refusing(one.test)));
                continue;
            }
            self.rng.shuffle(&mut order);
            let n_most = max.unwrap_or(order.len()).min(order.len());
            let n_accepted = if max.is_none() { min } else { self.rng.usize(min.min(n_most)..=n_most) };
            let (accepted, others) = order.split_at(n_accepted.min(order.len()));
            accepted.iter().for_each(|idx| inner[*idx].push(Ask::accepting(one.test)));
            if max.is_some() {
                others.iter().for_each(|idx| inner[*idx].push(Ask::refusing(one.test)));
            }
        }
        for (test, places) in &demand.refused_items {
            let idx = match places {
                Places::At(idx) => *idx,
                Places::From(first) => self.rng.usize(*first..inner.len().max(first + 1)),
            };
            if let Some(asks) = inner.get_mut(idx) {
                asks.push(Ask::refusing(*test));
            }
        }
        inner
    }

    fn item(
        &mut self,
        demand: &Demand<'p>,
        node: PlanIdx,
        idx: usize,
        is_aimed: bool,
        inner: &[Vec<Ask>],
        before: &[Value],
    ) -> Result<Value, Conflict> {
        let mut asks = inner.get(idx).cloned().unwrap_or_default();
        let is_contained = asks.iter().any(|ask| ask.accept);
        for part in &demand.arrays {
            let prefix = part.tests.prefix.get(idx).map(|test| (*test, Edge::Prefix(idx)));
            let Some((node, edge)) = prefix.or(part.tests.items.map(|items| (items, Edge::Items))) else {
                continue;
            };
            let aim = part.aimed.filter(|(other, _)| is_aimed && *other == edge).map(|(_, step)| step);
            asks.push(Ask { node, accept: true, aim });
        }
        let is_known =
            idx < n_looked_at(demand) || is_contained && demand.covers.iter().any(|it| it.contains.is_some());
        if !is_known {
            for (node, aimed) in &demand.rest_items {
                let aim = aimed.filter(|_| is_aimed).map(|(_, step)| step);
                asks.push(Ask { node: *node, accept: true, aim });
            }
        }
        let n_tries = if demand.is_unique { MAX_TRIES } else { 1 };
        let mut conflict = None;
        for _ in 0..n_tries {
            match self.part(&asks) {
                Ok(item) if demand.is_unique && before.iter().any(|one| equal(one, &item)) => {}
                Ok(item) => return Ok(item),
                Err(found) => {
                    conflict = Some(found);
                    break;
                }
            }
        }
        let none = Conflict::unproved(node, "no two items may be equal, and no other was found");
        Err(conflict.unwrap_or(none))
    }

    /// A value below the present one; anything where nothing is asked.
    fn part(&mut self, asks: &[Ask]) -> Result<Value, Conflict> {
        self.room = self.room.saturating_sub(1);
        match asks {
            [] => Ok(self.anything()),
            asks => self.solve(asks),
        }
    }

    fn anything(&mut self) -> Value {
        match self.rng.u8(..8) {
            0 => Value::Null,
            1 => self.rng.bool().into(),
            2 | 3 => self.rng.i32(-1000..1000).into(),
            4 if !self.is_narrow(1) => Value::Array(vec![word::plain(3, &mut self.rng).into()]),
            5 if !self.is_narrow(1) => {
                Value::Object([(word::plain(4, &mut self.rng), self.rng.u8(..).into())].into_iter().collect())
            }
            _ => {
                let n = self.rng.usize(1..9);
                word::plain(n, &mut self.rng).into()
            }
        }
    }

    fn double(&mut self, items: &mut Vec<Value>) {
        let (from, to) = (self.rng.usize(..items.len()), self.rng.usize(..items.len()));
        let to = if from == to { (to + 1) % items.len() } else { to };
        items[to] = items[from].clone();
    }

    /// How many, between limits.
    fn count(&mut self, min: u64, max: Option<u64>, near: Near) -> u64 {
        let max = max.unwrap_or(u64::MAX);
        let is_wide = self.style == Style::Strange && self.rng.u8(..8) == 0;
        let usual = min.saturating_add(if is_wide { NEAR_ENOUGH } else { USUAL }).min(max);
        let end = if max - min <= NEAR_ENOUGH { max } else { usual };
        if self.is_narrow(1) && near == Near::Anywhere {
            return min;
        }
        match near {
            Near::Low => min,
            Near::InsideLow => (min + 1).min(max),
            // Deep down, limits are left alone, or one value would be all that a schema can hold.
            _ if self.is_narrow(1) => min,
            Near::InsideHigh => end.saturating_sub(1).max(min),
            Near::High => end,
            Near::Anywhere => self.rng.u64(min..=usual),
        }
    }

    pub(super) fn object(
        &mut self,
        demand: &Demand<'p>,
        near: Near,
        node: PlanIdx,
    ) -> Result<Value, Conflict> {
        let mut names = Names::default();
        for forced in &demand.forced {
            let name = self.name(&forced.name, demand, &names, node)?;
            if demand.forbidden.contains(name.as_str()) {
                return Err(Conflict::unproved(node, "a property has to be there and must not be there"));
            }
            names.add(name, Some(forced));
        }
        demand.required.iter().for_each(|name| names.add((*name).to_owned(), None));
        if demand.required.iter().any(|name| demand.forbidden.contains(name)) {
            return Err(Conflict::new(node, "a property has to be there and must not be there"));
        }
        if demand.members.is_empty() || demand.members.max.is_some_and(|max| (names.all.len() as u64) > max) {
            return Err(Conflict::new(node, "no number of properties is left between the limits"));
        }
        let n_needed = names.all.len();
        self.add_optional(demand, near, node, &mut names);
        let min = demand.members.min.min(MOST);
        let mut members = Map::new();
        let mut position = 0;
        let mut n_failures = 0;
        while position < names.all.len() || (members.len() as u64) < min {
            if position == names.all.len() {
                // More are asked for than were named.
                let name = self.more(demand, &names, node)?;
                names.add(name, None);
            }
            let (name, forced) = names.all[position].clone();
            position += 1;
            match self.member(demand, &name, &forced) {
                Ok(value) => drop(members.insert(name, value)),
                Err(conflict) if position <= n_needed => return Err(conflict),
                Err(conflict) => {
                    n_failures += 1;
                    if n_failures > MAX_TRIES {
                        return Err(conflict);
                    }
                }
            }
        }
        Ok(Value::Object(members))
    }

    fn member(&mut self, demand: &Demand<'p>, name: &str, forced: &[Forced<'p>]) -> Result<Value, Conflict> {
        let is_aimed = forced.iter().any(|forced| forced.is_aimed);
        let mut asks = self.asks_of(demand, name, is_aimed);
        asks.extend(forced.iter().flat_map(|forced| forced.asks.iter().copied()));
        self.depth += 1;
        self.path.push(name.to_owned());
        let names_are = demand.objects.iter().filter_map(|part| part.tests.names);
        let is_named_as_asked = |forced: &Forced<'_>| matches!(forced.name, Named::As(_));
        let mut names_are = names_are.filter(|_| !forced.iter().any(is_named_as_asked));
        let wrong = names_are.find(|test| !self.accepts(*test, &Value::from(name)));
        let value = match wrong {
            Some(test) => Err(Conflict::new(test, "a property has to be there and its name is refused")),
            None => self.part(&asks),
        };
        self.path.pop();
        self.depth -= 1;
        value
    }

    /// What is asked of the member `name`.
    fn asks_of(&self, demand: &Demand<'p>, name: &str, is_aimed: bool) -> Vec<Ask> {
        let mut asks = Vec::new();
        for part in &demand.objects {
            let mut is_known = false;
            let step =
                |edge: Edge| part.aimed.filter(|(other, _)| is_aimed && *other == edge).map(|(_, step)| step);
            let declared = part.tests.properties.iter().position(|(declared, _)| declared == name);
            if let Some(idx) = declared {
                is_known = true;
                let test = part.tests.properties[idx].1;
                asks.extend(test.map(|node| Ask { node, accept: true, aim: step(Edge::Property(idx)) }));
            }
            for (idx, (regex, test)) in part.tests.patterns.iter().enumerate() {
                if regex.is_match(name) {
                    is_known = true;
                    asks.extend(test.map(|node| Ask { node, accept: true, aim: step(Edge::Pattern(idx)) }));
                }
            }
            let additional = part.tests.additional.filter(|_| !is_known);
            asks.extend(additional.map(|node| Ask { node, accept: true, aim: step(Edge::Additional) }));
        }
        if !demand.rest_members.is_empty() && !is_looked_at(demand, name) {
            asks.extend(demand.rest_members.iter().map(|(node, aimed)| Ask {
                node: *node,
                accept: true,
                aim: aimed.filter(|_| is_aimed).map(|(_, step)| step),
            }));
        }
        asks
    }

    /// Adds members that need not be there.
    fn add_optional(&mut self, demand: &Demand<'p>, near: Near, node: PlanIdx, names: &mut Names<'p>) {
        let max = demand.members.max.unwrap_or(u64::MAX);
        let mut declared: Vec<&'p str> = Vec::new();
        let mut seen = BTreeSet::new();
        for cover in &demand.covers {
            declared.extend(cover.properties.iter().map(String::as_str).filter(|name| seen.insert(*name)));
        }
        declared.retain(|name| !demand.forbidden.contains(name) && !names.has(name));
        if max < u64::MAX {
            self.rng.shuffle(&mut declared);
        }
        let min = demand.members.min;
        let all = match self.style {
            Style::Minimal => false,
            Style::Maximal => true,
            _ => self.rng.u8(..6) == 0,
        };
        for name in declared {
            let n = names.all.len() as u64;
            let is_wanted = n < min || near != Near::Low && (all || self.rng.bool());
            if n >= max || !is_wanted {
                continue;
            }
            let height = self.asks_of(demand, name, false).iter().map(|ask| self.heights.at(ask.node)).max();
            let height = height.unwrap_or(0);
            if height != NEVER && (n < min || !self.is_narrow(height.saturating_add(1))) {
                names.add(name.to_owned(), None);
            }
        }
        let n_others = match self.style {
            Style::Minimal => 0,
            _ if near == Near::Low || demand.near.is_some() || self.is_narrow(1) => 0,
            _ if demand.objects.is_empty() => self.rng.usize(..2),
            _ => self.rng.usize(..3),
        };
        for _ in 0..n_others {
            if (names.all.len() as u64) < max && self.may_have_others(demand) {
                if let Ok(name) = self.more(demand, names, node) {
                    names.add(name, None);
                }
            }
        }
    }

    /// Whether members that no keyword names may be there.
    fn may_have_others(&self, demand: &Demand<'p>) -> bool {
        let is_closed = |test: Option<PlanIdx>| test.is_some_and(|test| self.heights.at(test) == NEVER);
        let has_patterns = demand.objects.iter().any(|part| !part.tests.patterns.is_empty());
        has_patterns
            || !demand.objects.iter().any(|part| is_closed(part.tests.additional))
                && !demand.rest_members.iter().any(|(rest, _)| is_closed(Some(*rest)))
    }

    /// A name that is not there yet, and may be.
    fn more(&mut self, demand: &Demand<'p>, names: &Names<'p>, node: PlanIdx) -> Result<String, Conflict> {
        let mut patterns = Vec::new();
        for part in &demand.objects {
            patterns.extend(part.tests.patterns.iter().map(|(regex, _)| regex));
        }
        let named = demand.objects.iter().find_map(|part| part.tests.names);
        for attempt in 0..MAX_TRIES {
            let kind = match named {
                _ if !patterns.is_empty() && (attempt % 2 == 0) => {
                    Named::Matching(patterns[self.rng.usize(..patterns.len())])
                }
                Some(named) => Named::As(Ask::accepting(named)),
                None => Named::Fresh,
            };
            let Ok(name) = self.name(&kind, demand, names, node) else { continue };
            let is_possible =
                self.asks_of(demand, &name, false).iter().all(|ask| self.heights.at(ask.node) != NEVER);
            if is_possible && !names.has(&name) && !demand.forbidden.contains(name.as_str()) {
                return Ok(name);
            }
        }
        // What is declared is better than nothing.
        let declared = demand.covers.iter().flat_map(|cover| &cover.properties);
        let free = |name: &&String| {
            let asks = self.asks_of(demand, name, false);
            !names.has(name)
                && !demand.forbidden.contains(name.as_str())
                && asks.iter().all(|ask| self.heights.at(ask.node) != NEVER)
        };
        let found = declared.into_iter().find(free).cloned();
        found.ok_or(Conflict::unproved(node, "no name is left for another property"))
    }

    fn name(
        &mut self,
        named: &Named<'p>,
        demand: &Demand<'p>,
        names: &Names<'p>,
        node: PlanIdx,
    ) -> Result<String, Conflict> {
        let conflict = Conflict::unproved(node, "no name for a property was found");
        match named {
            Named::Exactly(name) => Ok((*name).to_owned()),
            Named::Matching(regex) => {
                let mut text = TextDemand::default();
                text.pattern(regex, true);
                let draw =
                    |solver: &mut Self| text.draw(Near::Anywhere, false, solver.expressions, &mut solver.rng);
                (0..MAX_TRIES).find_map(|_| draw(self).filter(|name| !names.has(name))).ok_or(conflict)
            }
            Named::As(ask) => {
                self.path.push(String::new());
                let found = (0..MAX_TRIES).find_map(|_| {
                    match self.solve_as(&[*ask], TypeSet::NONE.with(JsonType::String)) {
                        Ok(Value::String(name)) if !names.has(&name) => Some(name),
                        _ => None,
                    }
                });
                self.path.pop();
                let found = found.ok_or(conflict)?;
                if ask.aim.is_some() {
                    self.path.push(found.clone());
                    self.struck = Some(self.pointer());
                    self.path.pop();
                }
                Ok(found)
            }
            Named::Fresh => (0..MAX_TRIES)
                .find_map(|_| {
                    let n = self.rng.usize(3..9);
                    let is_strange = self.style == Style::Strange && self.rng.u8(..4) == 0;
                    let name = if is_strange {
                        word::strange(n, &mut self.rng)
                    } else {
                        word::plain(n, &mut self.rng)
                    };
                    (!names.has(&name) && !is_named(demand, &name)).then_some(name)
                })
                .ok_or(conflict),
        }
    }
}

/// The members an object gets, in the order in which they are made.
#[derive(Debug, Default)]
struct Names<'p> {
    all: Vec<(String, Vec<Forced<'p>>)>,
    known: BTreeSet<String>,
}

impl<'p> Names<'p> {
    fn has(&self, name: &str) -> bool {
        self.known.contains(name)
    }

    fn add(&mut self, name: String, forced: Option<&Forced<'p>>) {
        if self.known.insert(name.clone()) {
            self.all.push((name, forced.into_iter().cloned().collect()));
        } else if let Some((_, known)) = self.all.iter_mut().find(|(one, _)| *one == name) {
            known.extend(forced.cloned());
        }
    }
}

/// How many items at the front something looks at.
fn n_looked_at(demand: &Demand<'_>) -> usize {
    let of = |cover: &&Cover| if cover.all_items { usize::MAX } else { cover.n_prefix };
    demand.covers.iter().map(of).max().unwrap_or(0)
}

/// Whether something looks at the member `name`.
fn is_looked_at(demand: &Demand<'_>, name: &str) -> bool {
    demand.covers.iter().any(|cover| cover.all_properties) || is_named(demand, name)
}

/// Whether a keyword knows that name.
fn is_named(demand: &Demand<'_>, name: &str) -> bool {
    demand.covers.iter().any(|cover| {
        cover.properties.iter().any(|known| known == name)
            || cover.patterns.iter().any(|regex| regex.is_match(name))
    })
}
