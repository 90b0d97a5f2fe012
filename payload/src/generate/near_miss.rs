//! Payloads that break one keyword at one place: the schema refuses them, and without that keyword it would not.

use handfast::Violation;
use handfast_codegen::model::{JsonType, SchemaBody, TypeSet};
use handfast_codegen::plan::{NumberTest, Plan, PlanNode, Test, TextTest};
use serde_json::Value;

use super::influence::Influence;
use super::site::{Piece, Site, Step, routes};
use super::solve::{Act, Aim, Operator, Solver, Style};
use super::way::Ways;
use super::{Generator, shrink};
use crate::interpret;

/// How many seeds are tried on each way to a place that is known to be broken by some.
const MAX_SEEDS: u64 = 12;
/// As [`MAX_SEEDS`], before it is looked for a proof that there is nothing to find.
const FEW_SEEDS: u64 = 2;
/// As [`MAX_SEEDS`], where neither was found.
const MANY_SEEDS: u64 = 12;
/// How many ways to a place are looked at for a proof.
const MAX_PROOFS: usize = 64;
/// How often all places are tried for one payload.
const MAX_ROUNDS: u64 = 4;
/// How often a smaller payload is tried.
const MAX_SHRINKS: usize = 60;

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

/// Keywords that are broken as a whole: what is wrong inside their subschemas is not told.
const WHOLE: [&str; 5] = ["anyOf", "oneOf", "contains", "minContains", "maxContains"];

impl NearMiss {
    /// Whether `violation` tells of what is broken, and of nothing else: of the keyword at its place; of what stands above it and
    /// is told as a whole; of the branch that is meant, where a union is broken; of what looks at the rest, where what
    /// is broken looked at more.
    pub fn is_told_by(&self, violation: &Violation) -> bool {
        let is_itself = violation.at == self.at && violation.schema == self.schema;
        let is_whole = WHOLE.contains(&&*violation.code) && is_within(&self.at, &violation.at);
        let is_union = ["anyOf", "oneOf"].contains(&&*self.keyword);
        let is_branch = is_union && violation.schema != self.schema && is_within(&violation.at, &self.at);
        let is_rest = ["/unevaluatedItems", "/unevaluatedProperties"]
            .iter()
            .any(|keyword| violation.schema.contains(keyword) && !self.schema.contains(keyword));
        is_itself || is_whole || is_branch || is_rest
    }
}

/// Whether `pointer` is `above`, or leads on from it.
fn is_within(pointer: &str, above: &str) -> bool {
    pointer.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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
    influence: Influence,
    /// The plan in which keywords are left out in turn.
    reduced: Plan,
    sites: Vec<Site>,
    states: Vec<Option<SiteState>>,
    ways: Ways,
}

impl<'g> NearMisses<'g> {
    pub(super) fn new(generator: &'g Generator<'_>) -> Self {
        let (sites, routes) = routes(generator.plan, generator.root());
        let mut solver = generator.solver();
        solver.expect(&generator.sample);
        Self {
            generator,
            solver,
            influence: Influence::of(generator.plan, &generator.kinds, generator.root()),
            reduced: generator.plan.undispatched(),
            states: vec![None; sites.len()],
            sites,
            ways: Ways::of(generator.plan, generator.root(), &routes),
        }
    }

    /// How many sites there are: keywords at places, each entry of `required` one.
    pub fn n_sites(&self) -> usize {
        self.sites.len()
    }

    /// A near miss that breaks the site of that number.
    pub fn at_site(&mut self, site_idx: usize, seed: u64) -> Option<NearMiss> {
        let site = *self.sites.get(site_idx)?;
        match self.state(site_idx) {
            SiteState::Isolated => self.tried(site, seed, MAX_SEEDS, MAX_SHRINKS),
            SiteState::Implied | SiteState::Open => None,
        }
    }

    /// What is known of the site of that number, found out where nothing is.
    fn state(&mut self, site_idx: usize) -> SiteState {
        if let Some(known) = self.states[site_idx] {
            return known;
        }
        let site = self.sites[site_idx];
        self.solver.is_hasty = true;
        let state = if self.is_without_effect(site) {
            SiteState::Implied
        } else if self.tried(site, 0, FEW_SEEDS, 0).is_some() {
            SiteState::Isolated
        } else if self.is_implied(site) {
            SiteState::Implied
        } else if self.tried(site, FEW_SEEDS, MANY_SEEDS, 0).is_some() {
            SiteState::Isolated
        } else {
            SiteState::Open
        };
        self.solver.is_hasty = false;
        self.states[site_idx] = Some(state);
        state
    }

    /// A payload that breaks `site` alone, of the first that is found on `n_seeds` seeds.
    fn tried(&mut self, site: Site, seed: u64, n_seeds: u64, max_shrinks: usize) -> Option<NearMiss> {
        let operators = self.operators(site);
        let without = self.without(site);
        let node = self.reduced.replace(site.node, without);
        let made = self.tried_on_all_ways(site, &operators, seed, n_seeds);
        let made = made.map(|miss| self.shrunk(miss, max_shrinks));
        self.reduced.replace(site.node, node);
        made
    }

    fn tried_on_all_ways(
        &mut self,
        site: Site,
        operators: &[Operator],
        seed: u64,
        n_seeds: u64,
    ) -> Option<NearMiss> {
        for attempt in 0..n_seeds {
            for way in 0..self.ways.to(site.node).len() {
                let operator = operators[(seed as usize + attempt as usize) % operators.len()];
                let style = if (seed + attempt) % 3 < 2 { Style::Minimal } else { Style::Typical };
                let act = Act::Break { test: site.test, piece: site.piece, operator };
                let aim = Aim { route: self.ways.to(site.node)[way].clone(), act };
                let seed = seed.wrapping_mul(31).wrapping_add(attempt);
                let made = self.solver.value(self.generator.root(), style, Some(aim), seed);
                let found = made.ok().and_then(|payload| self.confirmed(site, operator, &payload));
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Whether nothing is refused for the keyword: it accepts everything, or nobody asks it.
    fn is_without_effect(&self, site: Site) -> bool {
        let test = &self.generator.plan[site.node].tests[site.test];
        let accepts_all = self.generator.kinds.test_must(test) == TypeSet::ALL;
        accepts_all || self.operators(site).is_empty() || !self.influence.is_felt(site.node)
    }

    /// Whether what else is asked on every way to it leaves nothing that breaks the keyword alone. Each way is followed back as far as it
    /// takes to prove that, and branches where several come together.
    fn is_implied(&mut self, site: Site) -> bool {
        let mut open = vec![Vec::new()];
        for _ in 0..MAX_PROOFS {
            let Some(route) = open.pop() else { return true };
            if self.is_impossible(site, &route) {
                continue;
            }
            let start = route.first().map_or(site.node, |step: &Step| step.node);
            let Some(before) = self.ways.before(start) else { return false };
            // Who comes round again comes from elsewhere before, but what for is not known.
            if before.iter().any(|step| route.contains(step)) {
                return false;
            }
            open.extend(before.iter().map(|step| [&[*step], &*route].concat()));
        }
        false
    }

    fn is_impossible(&mut self, site: Site, route: &[Step]) -> bool {
        let start = route.first().map_or(site.node, |step| step.node);
        self.operators(site).into_iter().all(|operator| {
            let act = Act::Break { test: site.test, piece: site.piece, operator };
            self.solver.has_none(start, &Aim { route: route.to_vec(), act })
        })
    }

    fn operators(&self, site: Site) -> Vec<Operator> {
        operators(&self.generator.plan[site.node].tests[site.test], site.piece)
    }

    /// The near miss of that seed; `None` where the schema accepts everything, or nothing breaks it alone.
    pub fn draw(&mut self, seed: u64) -> Option<NearMiss> {
        let n = self.sites.len() as u64;
        let order = (0..n * MAX_ROUNDS).map(|step| seed.wrapping_add(step));
        order.into_iter().find_map(|number| self.at_site((number % n) as usize, number / n))
    }

    /// Tries every site that was not come to yet, and counts.
    pub fn coverage(&mut self) -> Coverage {
        let states: Vec<SiteState> = (0..self.sites.len()).map(|site_idx| self.state(site_idx)).collect();
        let count = |state| states.iter().filter(|one| **one == state).count();
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

    /// The sites that a payload breaks alone although it would be proved that none can: where they stand. There are none, or proofs
    /// are wrong.
    pub fn contradictions(&mut self) -> Vec<String> {
        let sites: Vec<(usize, Site)> = self.sites.iter().copied().enumerate().collect();
        let is_wrong = |(site_idx, site): &(usize, Site)| {
            self.state(*site_idx) == SiteState::Isolated && self.is_implied(*site)
        };
        let wrong: Vec<_> = sites.into_iter().filter(is_wrong).collect();
        wrong.into_iter().map(|(_, site)| self.schema_of(site)).collect()
    }

    fn schema_of(&self, site: Site) -> String {
        let plan = self.generator.plan;
        let node = &plan[site.node];
        match &node.tests[site.test] {
            Test::Never => node.uri.clone(),
            _ => format!("{}/{}", node.uri, site.keyword(plan)),
        }
    }

    /// The near miss of a payload that was made for it, if it is one: once more read from its text, it is refused, and
    /// without the keyword, which the reduced plan lacks, it is not.
    fn confirmed(&self, site: Site, operator: Operator, payload: &Value) -> Option<NearMiss> {
        let payload: Value = serde_json::from_str(&payload.to_string()).ok()?;
        let plan = self.generator.plan;
        let mut miss = NearMiss {
            payload: Value::Null,
            at: String::new(),
            keyword: site.keyword(plan),
            schema: self.schema_of(site),
            operator: name_of(&plan[site.node].tests[site.test], site.piece, operator),
        };
        let violations = self.alone(&payload)?;
        // Where the keyword itself is told, it is where that says.
        let told = violations.into_iter().find(|violation| violation.schema == miss.schema);
        miss.at = told.map(|violation| violation.at).or_else(|| Some(self.solver.struck()?.to_owned()))?;
        if !self.is_it(&miss, &payload) {
            return None;
        }
        miss.payload = payload;
        Some(miss)
    }

    /// The same with a smaller payload.
    fn shrunk(&self, miss: NearMiss, max_shrinks: usize) -> NearMiss {
        let payload = shrink(&miss.payload, &miss.at, max_shrinks, &mut |smaller| self.is_it(&miss, smaller));
        NearMiss { payload, ..miss }
    }

    fn is_it(&self, miss: &NearMiss, payload: &Value) -> bool {
        let violations = self.alone(payload);
        violations.is_some_and(|violations| violations.iter().all(|violation| miss.is_told_by(violation)))
    }

    /// What is wrong with a payload in which nothing is without the keyword that the reduced plan lacks.
    fn alone(&self, payload: &Value) -> Option<Vec<Violation>> {
        let Generator { plan, schema, .. } = *self.generator;
        let violations = interpret::violations(plan, schema, payload);
        let is_alone = !violations.is_empty() && interpret::is_valid(&self.reduced, schema, payload);
        is_alone.then_some(violations)
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
