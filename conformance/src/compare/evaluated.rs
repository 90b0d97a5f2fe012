//! What `unevaluatedProperties` and `unevaluatedItems` ask: it depends on which subschemas accept the value.

use std::collections::BTreeSet;
use std::rc::Rc;

use handfast_codegen::model::Regex;
use handfast_codegen::plan::{Choice, Cover, Holds, PlanIdx, PlanNode, Test};

use super::expand::{Expander, rest};
use super::formula::{ArrayForm, FALSE, Form, Formula, Kind, Names, TRUE};

/// In how many ways subschemas may hold that matter for what is evaluated.
const MAX_WAYS: usize = 128;

impl Expander<'_, '_> {
    /// Of each member that has a name: one of those who look at it holds, or the rest says something of it. The same of all
    /// others.
    pub(super) fn rest_of_properties(&mut self, node: &PlanNode, rest_part: PlanIdx) -> Formula {
        let mut lookers = Vec::new();
        self.lookers(node, true, TRUE, &mut lookers);
        let (always, sometimes): (Vec<_>, Vec<_>) = lookers.into_iter().partition(|one| one.holds == TRUE);
        if always.iter().any(|one| one.covers.all_properties || one.looks_at_rest) {
            return self.silent();
        }
        if sometimes.iter().any(|one| !one.covers.patterns.is_empty()) {
            return self.rest_by_ways(node, rest_part);
        }
        let part = self.at(rest_part, self.accept);
        let known: BTreeSet<&str> = always.iter().flat_map(Looker::names).collect();
        let patterns: Vec<&Regex> = always.iter().flat_map(|one| &one.covers.patterns).collect();
        let others: BTreeSet<&str> = sometimes.iter().flat_map(Looker::names).collect();
        let mut each = Vec::new();
        for name in others.iter().filter(|name| !known.contains(*name)) {
            if patterns.iter().any(|regex| regex.is_match(name)) {
                continue;
            }
            let looks = |one: &&Looker<'_>| one.looks_at_all() || one.names().any(|known| known == *name);
            let holding: Vec<_> = sometimes.iter().filter(looks).map(|one| one.holds).collect();
            each.push(self.looked_at_or(holding, Names::One((*name).into()), part));
        }
        let names = rest(known.union(&others).copied(), patterns.iter().map(|regex| regex.as_str()));
        let holding: Vec<_> =
            sometimes.iter().filter(|one| one.looks_at_all()).map(|one| one.holds).collect();
        each.push(self.looked_at_or(holding, names, part));
        self.join(each)
    }

    /// One of those holds, or all members of these names meet `part`; where that is to fail, none holds, and one meets `part`.
    fn looked_at_or(&mut self, holding: Vec<Formula>, names: Names, part: Formula) -> Formula {
        let members = self.members_that(names, part);
        if self.accept {
            return self.formulas.any(holding.into_iter().chain([members]));
        }
        let none: Vec<_> = holding.into_iter().map(|one| self.formulas.not(one)).collect();
        self.formulas.all(none.into_iter().chain([members]))
    }

    /// Who looks at members of the value, and when.
    fn lookers<'n>(&mut self, node: &'n PlanNode, is_own: bool, holds: Formula, found: &mut Vec<Looker<'n>>)
    where
        Self: 'n,
    {
        let looks_at_rest = !is_own && node.covers.rest_of_properties;
        found.push(Looker { holds, covers: &node.covers, looks_at_rest });
        for (part, when) in node.tests.iter().flat_map(Test::in_place) {
            let condition = match when {
                Holds::Always => TRUE,
                Holds::WhenValid => self.at(part, true),
                Holds::After(test, accepted) => self.at(test, accepted),
                Holds::With(name) => self.has(name, true),
            };
            let holds = self.formulas.all([holds, condition]);
            if holds != FALSE {
                let inner = &self.classes.plan(self.side)[part];
                self.lookers(inner, false, holds, found);
            }
        }
    }

    /// What is evaluated depends on which subschemas accept the value: each such way is a case of its own.
    fn rest_by_ways(&mut self, node: &PlanNode, rest_part: PlanIdx) -> Formula {
        let Some(ways) = self.ways(node, true) else {
            return self.formulas.keep(Form::Opaque("unevaluatedProperties"));
        };
        let part = self.at(rest_part, self.accept);
        let mut cases = Vec::new();
        for way in ways {
            let met = if way.all_properties {
                self.silent()
            } else {
                let names =
                    rest(way.properties.iter().map(|name| &**name), way.patterns.iter().map(|it| &**it));
                self.members_that(names, part)
            };
            cases.push(self.formulas.all(way.conditions.into_iter().chain([met])));
        }
        self.formulas.any(cases)
    }

    pub(super) fn rest_of_items(&mut self, node: &PlanNode, rest_part: PlanIdx) -> Formula {
        let Some(ways) = self.ways(node, true) else {
            return self.formulas.keep(Form::Opaque("unevaluatedItems"));
        };
        let mut cases = Vec::new();
        for way in ways {
            let met = if way.all_items {
                self.silent()
            } else {
                // An item that `contains` accepts is evaluated.
                let rest = self.at(rest_part, true);
                let part = self.formulas.any(way.contains.iter().copied().chain([rest]));
                match self.accept {
                    true if part == TRUE => TRUE,
                    true => self.array(ArrayForm::Every(way.n_prefix, None, part)),
                    false => {
                        let part = self.formulas.not(part);
                        self.array(ArrayForm::Some(way.n_prefix, None, part))
                    }
                }
            };
            cases.push(self.formulas.all(way.conditions.into_iter().chain([met])));
        }
        self.formulas.any(cases)
    }

    /// The ways in which what a node applies in place may hold, and what is evaluated in each; none where there are too many.
    fn ways(&mut self, node: &PlanNode, is_own: bool) -> Option<Vec<Way>> {
        let covers = &node.covers;
        let contains = covers.contains.map(|part| self.at(part, true));
        let own = Way {
            conditions: Vec::new(),
            properties: covers.properties.iter().map(|name| name.as_str().into()).collect(),
            patterns: covers.patterns.iter().map(|regex| regex.as_str().into()).collect(),
            all_properties: covers.all_properties || !is_own && covers.rest_of_properties,
            n_prefix: covers.n_prefix,
            all_items: covers.all_items || !is_own && covers.rest_of_items,
            contains: contains.into_iter().collect(),
        };
        let mut ways = vec![own];
        for test in &node.tests {
            ways = match self.exclusive(test) {
                Some(branches) => self.ways_of_one(&ways, &branches)?,
                None => self.ways_of_each(ways, test)?,
            };
            if ways.len() > MAX_WAYS {
                return None;
            }
        }
        Some(ways)
    }

    /// The ways in which each part that a test applies in place may hold, whatever the others do.
    fn ways_of_each(&mut self, mut ways: Vec<Way>, test: &Test) -> Option<Vec<Way>> {
        for (part, holds) in test.in_place() {
            let with = self.ways(&self.classes.plan(self.side)[part], false)?;
            let (yes, no) = match holds {
                Holds::Always => (TRUE, FALSE),
                Holds::WhenValid => (self.at(part, true), self.at(part, false)),
                Holds::After(test, accepted) => (self.at(test, accepted), self.at(test, !accepted)),
                Holds::With(_) if self.kind != Kind::Object => (FALSE, TRUE),
                Holds::With(name) => (self.has(name, true), self.has(name, false)),
            };
            ways = ways.iter().flat_map(|way| way.split(&with, yes, no)).collect();
            if ways.len() > MAX_WAYS {
                return None;
            }
        }
        Some(ways)
    }

    /// The branches of a union that may accept values of the kind, if no two of them accept the same.
    fn exclusive(&self, test: &Test) -> Option<Vec<PlanIdx>> {
        let (Test::Any(union) | Test::One(union)) = test else { return None };
        let arm = union.arms.iter().find(|arm| arm.types.has(self.kind))?;
        match &arm.choice {
            Choice::None => Some(Vec::new()),
            Choice::One(branch) => Some(vec![*branch]),
            Choice::Tagged(tags) => {
                let mut branches: Vec<_> = tags.arms.iter().map(|(_, branch)| *branch).collect();
                branches.dedup();
                Some(branches)
            }
            Choice::Several(_) => None,
        }
    }

    /// The ways in which one of some branches holds, or none.
    fn ways_of_one(&mut self, ways: &[Way], branches: &[PlanIdx]) -> Option<Vec<Way>> {
        let mut found = Vec::new();
        let none: Vec<_> = branches.iter().map(|branch| self.at(*branch, false)).collect();
        let none = self.formulas.all(none);
        for way in ways.iter().filter(|_| none != FALSE) {
            let mut without = way.clone();
            without.conditions.push(none);
            found.push(without);
        }
        for branch in branches {
            let with = self.ways(&self.classes.plan(self.side)[*branch], false)?;
            let yes = self.at(*branch, true);
            found.extend(ways.iter().flat_map(|way| way.split(&with, yes, FALSE)));
        }
        Some(found)
    }
}

/// A subschema that looks at members of the value where something holds.
struct Looker<'n> {
    holds: Formula,
    covers: &'n Cover,
    looks_at_rest: bool,
}

impl Looker<'_> {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.covers.properties.iter().map(String::as_str)
    }

    const fn looks_at_all(&self) -> bool {
        self.covers.all_properties || self.looks_at_rest
    }
}

/// A way in which subschemas hold, and what is evaluated then.
#[derive(Clone)]
struct Way {
    conditions: Vec<Formula>,
    properties: Vec<Rc<str>>,
    patterns: Vec<Rc<str>>,
    all_properties: bool,
    n_prefix: usize,
    all_items: bool,
    contains: Vec<Formula>,
}

impl Way {
    /// This way without a subschema, and with each of its ways.
    fn split(&self, with: &[Self], yes: Formula, no: Formula) -> Vec<Self> {
        let mut ways = Vec::new();
        // Whether it holds does not matter where it evaluates nothing.
        if no != FALSE && with.iter().all(Self::evaluates_nothing) {
            return vec![self.clone()];
        }
        if no != FALSE {
            let mut without = self.clone();
            without.conditions.push(no);
            ways.push(without);
        }
        for other in with.iter().filter(|_| yes != FALSE) {
            let mut both = self.clone();
            both.conditions.push(yes);
            both.conditions.extend(&other.conditions);
            both.properties.extend(other.properties.iter().cloned());
            both.patterns.extend(other.patterns.iter().cloned());
            both.all_properties |= other.all_properties;
            both.n_prefix = both.n_prefix.max(other.n_prefix);
            both.all_items |= other.all_items;
            both.contains.extend(&other.contains);
            ways.push(both);
        }
        ways
    }

    fn evaluates_nothing(&self) -> bool {
        self.properties.is_empty()
            && self.patterns.is_empty()
            && !self.all_properties
            && self.n_prefix == 0
            && !self.all_items
            && self.contains.is_empty()
    }
}
