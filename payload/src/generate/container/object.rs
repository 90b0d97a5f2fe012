//! Builds objects.

use std::collections::BTreeSet;

use handfast_codegen::plan::PlanIdx;
use serde_json::{Map, Value};

use super::MAX_TRIES;
use super::names::{Names, is_looked_at};
use crate::generate::Near;
use crate::generate::demand::{Ask, Demand, Forced, Named};
use crate::generate::height::NEVER;
use crate::generate::site::Edge;
use crate::generate::solve::{Conflict, Solver, Style};

/// More members are not made, whatever a schema wants.
const MOST: u64 = 20_000;

impl<'p> Solver<'p> {
    pub(in crate::generate) fn object(
        &mut self,
        demand: &Demand<'p>,
        near: Near,
        node: PlanIdx,
    ) -> Result<Value, Conflict> {
        let mut names = Names::default();
        // With another name there may be more that goes.
        let has_drawn = demand.forced.iter().any(|forced| !matches!(forced.name, Named::Exactly(_)));
        for forced in &demand.forced {
            let name = self.name(&forced.name, demand, &names, node)?;
            if demand.forbidden.contains(name.as_str()) {
                let both = Conflict::new(node, "a property has to be there and must not be there");
                return Err(Conflict { is_proved: matches!(forced.name, Named::Exactly(_)), ..both });
            }
            names.add(name, Some(forced));
        }
        demand.required.iter().for_each(|name| names.add((*name).to_owned(), None));
        if demand.required.iter().any(|name| demand.forbidden.contains(name)) {
            return Err(Conflict::new(node, "a property has to be there and must not be there"));
        }
        if demand.members.is_empty() || demand.members.max.is_some_and(|max| (names.all.len() as u64) > max) {
            let none = Conflict::new(node, "no number of properties is left between the limits");
            return Err(Conflict { is_proved: demand.members.is_empty() || !has_drawn, ..none });
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
                Err(conflict) if position <= n_needed => {
                    let is_drawn = forced.iter().any(|forced| !matches!(forced.name, Named::Exactly(_)));
                    return Err(Conflict { is_proved: conflict.is_proved && !is_drawn, ..conflict });
                }
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
            None => match asks[..] {
                [Ask { node, accept: true, aim: None }] => {
                    self.ready(node).map_or_else(|| self.part(&asks), Ok)
                }
                _ => self.part(&asks),
            },
        };
        self.path.pop();
        self.depth -= 1;
        value
    }

    /// What is asked of the member `name`.
    pub(in crate::generate) fn asks_of(&self, demand: &Demand<'p>, name: &str, is_aimed: bool) -> Vec<Ask> {
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
            let has_place = (names.all.len() as u64) < max && self.may_have_others(demand);
            if has_place && let Ok(name) = self.more(demand, names, node) {
                names.add(name, None);
            }
        }
    }
}
