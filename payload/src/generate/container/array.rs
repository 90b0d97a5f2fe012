//! Builds arrays.

use handfast::equal;
use handfast_codegen::plan::{Cover, PlanIdx};
use serde_json::Value;

use super::MAX_TRIES;
use crate::generate::Near;
use crate::generate::demand::{Ask, Demand, Places};
use crate::generate::site::Edge;
use crate::generate::solve::{Conflict, Solver, Style};

/// Where nobody says how many, no more items are made beyond the fewest.
const USUAL: u64 = 3;
/// Where a limit is no further away than this, as many as it are made.
const NEAR_ENOUGH: u64 = 40;
/// More are not made, whatever a schema wants.
const MOST: u64 = 20_000;

impl<'p> Solver<'p> {
    pub(in crate::generate) fn array(
        &mut self,
        demand: &Demand<'p>,
        near: Near,
        node: PlanIdx,
    ) -> Result<Value, Conflict> {
        let n_known = self.n_looked_at(demand);
        let aimed = aimed_item(demand, n_known);
        let through = |idx: usize| (idx as u64).saturating_add(1);
        let mut min = demand.items.min.max(aimed.map_or(0, through));
        // What is drawn, or depends on what else looks at, may be otherwise.
        let is_alike = demand.arrays.iter().all(|part| part.tests.prefix.is_empty());
        let is_drawn = |places: &Places| match places {
            Places::At(_) => false,
            Places::From(_) => !is_alike,
            Places::Rest => true,
        };
        let is_definite = demand.contains.is_empty()
            && demand.rest_items.is_empty()
            && !demand.refused_items.iter().any(|(_, places)| is_drawn(places));
        for (_, places) in &demand.refused_items {
            let idx = match places {
                Places::At(idx) | Places::From(idx) => *idx,
                Places::Rest => n_known,
            };
            min = min.max(through(idx));
        }
        let contained: u64 = demand.contains.iter().map(|one| one.min).max().unwrap_or(0);
        min = min.max(contained).max(if demand.is_doubled { 2 } else { 0 });
        let max = demand.items.max;
        if max.is_some_and(|max| max < min) || min > MOST {
            let none = Conflict::unproved(node, "no number of items is left between the limits");
            return Err(Conflict { is_proved: is_definite && max.is_some_and(|max| max < min), ..none });
        }
        let wanted = self.count(min, max, near);
        let inner = self.inner(demand, wanted.max(min), n_known);
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
                Err(conflict) => {
                    return Err(Conflict { is_proved: conflict.is_proved && is_definite, ..conflict });
                }
            }
        }
        if demand.is_doubled {
            self.double(&mut items);
        }
        Ok(Value::Array(items))
    }

    /// For each place what is asked beyond its schema: of some that `contains` accepts them, of one that it is refused.
    fn inner(&mut self, demand: &Demand<'p>, n_items: u64, n_known: usize) -> Vec<Vec<Ask>> {
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
                Places::Rest => n_known,
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
        let is_left = is_aimed && demand.rest_items.iter().any(|(_, aimed)| aimed.is_some());
        let is_known = !is_left && idx < n_looked_at(demand)
            || is_contained && demand.covers.iter().any(|it| it.contains.is_some());
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

    fn double(&mut self, items: &mut [Value]) {
        let (from, to) = (self.rng.usize(..items.len()), self.rng.usize(..items.len()));
        let to = if from == to { (to + 1) % items.len() } else { to };
        items[to] = items[from].clone();
    }

    /// How many items are looked at: as many as anything looks at, or fewer, for not everything sees what others look at.
    fn n_looked_at(&mut self, demand: &Demand<'p>) -> usize {
        let n_known = n_looked_at(demand);
        let is_tried = n_known < usize::MAX && !demand.rest_items.is_empty() && self.rng.u8(..3) == 0;
        if is_tried { self.rng.usize(..=n_known) } else { n_known }
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
}

/// Where the item stands that the aim goes through; so many are looked at.
fn aimed_item(demand: &Demand<'_>, n_known: usize) -> Option<usize> {
    let of_part = demand.arrays.iter().find_map(|part| match part.aimed? {
        (Edge::Prefix(idx), _) => Some(idx),
        (Edge::Items, _) => Some(part.tests.prefix.len()),
        (Edge::Contains, _) => Some(0),
        _ => None,
    });
    let of_rest = demand.rest_items.iter().any(|(_, aimed)| aimed.is_some());
    of_part.or_else(|| of_rest.then_some(n_known))
}

/// How many items at the front something looks at.
fn n_looked_at(demand: &Demand<'_>) -> usize {
    let of = |cover: &&Cover| if cover.all_items { usize::MAX } else { cover.n_prefix };
    demand.covers.iter().map(of).max().unwrap_or(0)
}
