//! Payloads that break one keyword at one place: the schema refuses them, and without that keyword it would not.

use std::collections::HashMap;

use handfast_codegen::model::{JsonType, SchemaBody};
use handfast_codegen::plan::{NumberTest, Plan, PlanIdx, PlanNode, Test, TextTest};
use serde_json::Value;

use super::Generator;
use super::site::{Edge, Piece, Site, Step, edges, routes};
use super::solve::{Act, Aim, Operator, Solver, Style};
use crate::interpret;

/// How many ways to a place are tried.
const MAX_ROUTES: usize = 6;
/// How many seeds are tried on each.
const MAX_SEEDS: u64 = 6;

/// A payload that is nearly valid.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss {
    /// The payload.
    pub payload: Value,
    /// JSON Pointer to the value that breaks the keyword.
    pub at: String,
    /// The keyword.
    pub keyword: String,
    /// Where the keyword stands: `events/a.json#/properties/b/maximum`.
    pub schema: String,
    /// How it is broken: `limit+1`, `missing`, `type:null`.
    pub operator: String,
}

/// What is known of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteState {
    /// A payload breaks it alone.
    Isolated,
    /// No payload can: the rest of the schema says the same, or more.
    Implied,
    /// None was found.
    Open,
}

/// How many sites there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All of them.
    pub n_sites: usize,
    /// Those that a payload breaks alone.
    pub n_isolated: usize,
    /// Those that no payload can break alone.
    pub n_implied: usize,
}

/// Makes near misses.
pub struct NearMisses<'g> {
    generator: &'g Generator<'g>,
    solver: Solver<'g>,
    /// The plan in which keywords are left out in turn.
    reduced: Plan,
    sites: Vec<Site>,
    routes: HashMap<PlanIdx, Vec<Step>>,
    states: Vec<Option<SiteState>>,
}

impl<'g> NearMisses<'g> {
    pub(super) fn new(generator: &'g Generator<'_>) -> Self {
        let (sites, routes) = routes(generator.plan, generator.root());
        Self {
            generator,
            solver: generator.solver(),
            reduced: generator.plan.undispatched(),
            states: vec![None; sites.len()],
            sites,
            routes,
        }
    }

    /// How many sites there are: keywords at places, each entry of `required` one.
    pub fn n_sites(&self) -> usize {
        self.sites.len()
    }

    /// A near miss that breaks the site of that number.
    pub fn at_site(&mut self, site_idx: usize, seed: u64) -> Option<NearMiss> {
        let site = *self.sites.get(site_idx)?;
        if self.states[site_idx] == Some(SiteState::Implied) {
            return None;
        }
        let operators = operators(&self.generator.plan[site.node].tests[site.test], site.piece);
        if operators.is_empty() {
            self.states[site_idx] = Some(SiteState::Implied);
            return None;
        }
        let start = seed as usize;
        let mut is_proved = true;
        for route in self.ways(site.node) {
            for attempt in 0..MAX_SEEDS.max(operators.len() as u64) {
                let operator = operators[(start + attempt as usize) % operators.len()];
                let style = if (seed + attempt) % 3 < 2 { Style::Minimal } else { Style::Typical };
                let act = Act::Break { test: site.test, piece: site.piece, operator };
                let aim = Aim { route: route.clone(), act };
                let made = self.solver.value(
                    self.generator.root(),
                    style,
                    Some(aim),
                    seed.wrapping_mul(31).wrapping_add(attempt),
                );
                match made {
                    Ok(payload) => {
                        is_proved = false;
                        if let Some(found) = self.confirmed(site, operator, payload) {
                            self.states[site_idx] = Some(SiteState::Isolated);
                            return Some(found);
                        }
                    }
                    Err(conflict) => is_proved &= conflict.is_proved,
                }
            }
        }
        let is_known = self.states[site_idx].is_some();
        if !is_known {
            self.states[site_idx] = Some(if is_proved { SiteState::Implied } else { SiteState::Open });
        }
        None
    }

    /// The near miss of that seed; `None` where the schema accepts everything, or nothing breaks it alone.
    pub fn draw(&mut self, seed: u64) -> Option<NearMiss> {
        let n = self.sites.len() as u64;
        let order = (0..n).map(|step| ((seed.wrapping_add(step)) % n) as usize);
        order.into_iter().find_map(|site_idx| self.at_site(site_idx, seed / n.max(1)))
    }

    /// Tries every site that was not come to yet, and counts.
    pub fn coverage(&mut self) -> Coverage {
        for site_idx in 0..self.sites.len() {
            if self.states[site_idx].is_none() {
                self.at_site(site_idx, 0);
            }
        }
        let count = |state| self.states.iter().filter(|one| **one == Some(state)).count();
        Coverage {
            n_sites: self.sites.len(),
            n_isolated: count(SiteState::Isolated),
            n_implied: count(SiteState::Implied),
        }
    }

    /// The sites that were tried in vain: where they stand.
    pub fn open(&self) -> Vec<String> {
        let all = self.sites.iter().zip(&self.states);
        let open = all.filter(|(_, state)| **state == Some(SiteState::Open));
        open.map(|(site, _)| self.schema_of(*site)).collect()
    }

    fn schema_of(&self, site: Site) -> String {
        let plan = self.generator.plan;
        let node = &plan[site.node];
        match &node.tests[site.test] {
            Test::Never => node.uri.clone(),
            _ => format!("{}/{}", node.uri, site.keyword(plan)),
        }
    }

    /// The ways to a node: the shortest, and those that come in by another last step.
    fn ways(&self, node: PlanIdx) -> Vec<Vec<Step>> {
        let plan = self.generator.plan;
        let mut ways: Vec<Vec<Step>> = self.routes.get(&node).into_iter().cloned().collect();
        for (parent, route) in &self.routes {
            for (test, one) in plan[*parent].tests.iter().enumerate() {
                for (edge, child) in edges(one) {
                    let is_step = child == node && !matches!(edge, Edge::Not | Edge::If);
                    if is_step && !route.iter().any(|step| step.node == node) {
                        let mut way = route.clone();
                        way.push(Step { node: *parent, test, edge });
                        ways.push(way);
                    }
                }
            }
        }
        ways.sort_by_key(|way| (way.len(), way.last().map(|step| (step.node, step.test))));
        ways.dedup();
        ways.truncate(MAX_ROUTES);
        ways
    }

    /// The near miss of a payload that was made for it, if it is one: once more read from its text, it is refused, and
    /// without the keyword it is not.
    fn confirmed(&mut self, site: Site, operator: Operator, payload: Value) -> Option<NearMiss> {
        let payload: Value = serde_json::from_str(&payload.to_string()).ok()?;
        if self.generator.is_valid(&payload) || !self.is_valid_without(site, &payload) {
            return None;
        }
        let plan = self.generator.plan;
        Some(NearMiss {
            payload,
            at: self.solver.struck().unwrap_or_default().to_owned(),
            keyword: site.keyword(plan),
            schema: self.schema_of(site),
            operator: name_of(&plan[site.node].tests[site.test], site.piece, operator),
        })
    }

    fn is_valid_without(&mut self, site: Site, payload: &Value) -> bool {
        let without = self.without(site);
        let node = self.reduced.replace(site.node, without);
        let is_valid = interpret::is_valid(&self.reduced, self.generator.schema, payload);
        self.reduced.replace(site.node, node);
        is_valid
    }

    fn without(&self, site: Site) -> PlanNode {
        let mut node = site.without(&self.reduced);
        // Where listed values say it, too, the plan leaves the type out; without them it counts.
        let body = &self.generator.schemas[node.schema].body;
        let is_list = matches!(
            self.generator.plan[site.node].tests[site.test],
            Test::Constant(_) | Test::Enumeration(_)
        );
        if let SchemaBody::Constraints(constraints) = body {
            node.tests.extend(constraints.types.filter(|_| is_list).map(Test::Types));
        }
        node
    }
}

/// The ways to break a part of a test.
fn operators(test: &Test, piece: Piece) -> Vec<Operator> {
    match (test, piece) {
        (Test::Types(types), _) => {
            let wrong = JsonType::ALL.into_iter().filter(|one| !types.has(*one));
            wrong.map(Operator::Type).collect()
        }
        (Test::Number(NumberTest::MultipleOf(_)), _) => vec![Operator::Outside],
        (Test::Text(TextTest::Format(_) | TextTest::Pattern(_)), _) => vec![Operator::Outside],
        (Test::Text(TextTest::MinLength(1)), _) => vec![Operator::Outside],
        (Test::Number(_) | Test::Text(_), _) => vec![Operator::Outside, Operator::Far],
        (_, Piece::MinItems | Piece::MaxItems | Piece::MinProperties | Piece::MaxProperties) => {
            vec![Operator::Outside, Operator::Far]
        }
        (Test::One(union), _) if union.branches.len() > 1 => vec![Operator::Outside, Operator::Twice],
        _ => vec![Operator::Outside],
    }
}

/// What a way to break something is called.
fn name_of(test: &Test, piece: Piece, operator: Operator) -> String {
    let name = match (operator, test, piece) {
        (Operator::Type(json_type), ..) => return format!("type:{}", json_type.name()),
        (Operator::Far, ..) => "far",
        (Operator::Twice, ..) => "two-branches",
        (_, Test::Number(test), _) => match test {
            NumberTest::Minimum(_) => "limit-1",
            NumberTest::Maximum(_) => "limit+1",
            NumberTest::ExclusiveMinimum(_) | NumberTest::ExclusiveMaximum(_) => "limit",
            NumberTest::MultipleOf(_) => "between",
        },
        (_, Test::Text(test), _) => match test {
            TextTest::MinLength(_) => "limit-1",
            TextTest::MaxLength(_) => "limit+1",
            TextTest::Format(_) => "broken",
            TextTest::Pattern(_) => "no-match",
        },
        (_, _, Piece::MinItems | Piece::MinProperties | Piece::TooFew) => "limit-1",
        (_, _, Piece::MaxItems | Piece::MaxProperties | Piece::TooMany) => "limit+1",
        (_, _, Piece::Unique) => "duplicate",
        (_, _, Piece::Required(_) | Piece::Dependent(..)) => "missing",
        (_, _, Piece::NoBranch) => "no-branch",
        (_, Test::Never, _) => "extra",
        (_, Test::Not(_), _) => "accepted",
        _ => "outside",
    };
    name.to_owned()
}
