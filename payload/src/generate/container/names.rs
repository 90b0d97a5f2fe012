//! What the members of an object are called.

use std::collections::BTreeSet;

use handfast_codegen::model::{JsonType, TypeSet};
use handfast_codegen::plan::PlanIdx;
use serde_json::Value;

use super::MAX_TRIES;
use crate::generate::demand::{Ask, Demand, Forced, Named};
use crate::generate::height::NEVER;
use crate::generate::solve::{Conflict, Solver, Style};
use crate::generate::text::TextDemand;
use crate::generate::{Near, word};

impl<'p> Solver<'p> {
    /// Whether members that no keyword names may be there.
    pub(super) fn may_have_others(&self, demand: &Demand<'p>) -> bool {
        let is_closed = |test: Option<PlanIdx>| test.is_some_and(|test| self.heights.at(test) == NEVER);
        let has_patterns = demand.objects.iter().any(|part| !part.tests.patterns.is_empty());
        has_patterns
            || !demand.objects.iter().any(|part| is_closed(part.tests.additional))
                && !demand.rest_members.iter().any(|(rest, _)| is_closed(Some(*rest)))
    }

    /// A name that is not there yet, and may be.
    pub(super) fn more(
        &mut self,
        demand: &Demand<'p>,
        names: &Names<'p>,
        node: PlanIdx,
    ) -> Result<String, Conflict> {
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

    pub(super) fn name(
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
                let found = self.text_of(&[*ask], |name| !names.has(name));
                self.path.pop();
                let found = found.map_err(|found| Conflict { is_proved: found.is_proved, ..conflict })?;
                if ask.aim.is_some() {
                    self.path.push(found.clone());
                    self.struck = Some(self.pointer());
                    self.path.pop();
                }
                Ok(found)
            }
            Named::Fresh => self.fresh(demand, names).ok_or(conflict),
        }
    }

    /// A name that nothing knows; where some have to be there that nothing knows, one of these.
    fn fresh(&mut self, demand: &Demand<'p>, names: &Names<'p>) -> Option<String> {
        let is_free =
            |name: &str| !names.has(name) && !is_named(demand, name) && !demand.forbidden.contains(name);
        if demand.members.max.is_some() || self.rng.bool() {
            let needed = demand.required.iter().find(|name| is_free(name));
            if let Some(name) = needed {
                return Some((*name).to_owned());
            }
        }
        let tests = demand.objects.iter().filter_map(|part| part.tests.names);
        let asks: Vec<Ask> = tests.map(Ask::accepting).collect();
        if !asks.is_empty() {
            return self.text_of(&asks, is_free).ok();
        }
        (0..MAX_TRIES).find_map(|_| {
            let n = self.rng.usize(3..9);
            let is_strange = self.style == Style::Strange && self.rng.u8(..4) == 0;
            let name =
                if is_strange { word::strange(n, &mut self.rng) } else { word::plain(n, &mut self.rng) };
            is_free(&name).then_some(name)
        })
    }

    /// A string as `asks` want it.
    fn text_of(&mut self, asks: &[Ask], is_free: impl Fn(&str) -> bool) -> Result<String, Conflict> {
        let mut conflict = Conflict::unproved(asks[0].node, "no name for a property was found");
        for _ in 0..MAX_TRIES {
            match self.solve_as(asks, TypeSet::NONE.with(JsonType::String)) {
                Ok(Value::String(name)) if is_free(&name) => return Ok(name),
                Ok(_) => conflict.is_proved = false,
                Err(found) => conflict = found,
            }
            if conflict.is_proved {
                break;
            }
        }
        Err(conflict)
    }
}

/// The members an object gets, in the order in which they are made.
#[derive(Debug, Default)]
pub(super) struct Names<'p> {
    pub(super) all: Vec<(String, Vec<Forced<'p>>)>,
    known: BTreeSet<String>,
}

impl<'p> Names<'p> {
    pub(super) fn has(&self, name: &str) -> bool {
        self.known.contains(name)
    }

    pub(super) fn add(&mut self, name: String, forced: Option<&Forced<'p>>) {
        if self.known.insert(name.clone()) {
            self.all.push((name, forced.into_iter().cloned().collect()));
        } else if let Some((_, known)) = self.all.iter_mut().find(|(one, _)| *one == name) {
            known.extend(forced.cloned());
        }
    }
}

/// Whether something looks at the member `name`.
pub(super) fn is_looked_at(demand: &Demand<'_>, name: &str) -> bool {
    demand.covers.iter().any(|cover| cover.all_properties) || is_named(demand, name)
}

/// Whether a keyword knows that name.
fn is_named(demand: &Demand<'_>, name: &str) -> bool {
    demand.covers.iter().any(|cover| {
        cover.properties.iter().any(|known| known == name)
            || cover.patterns.iter().any(|regex| regex.is_match(name))
    })
}
