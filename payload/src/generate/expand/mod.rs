//! From subschemas that apply at a place to what is asked of the value there; where there is a choice, it is drawn.

mod breaking;

use std::collections::HashSet;

use handfast_codegen::model::{JsonType, SchemaBody, TypeSet};
use handfast_codegen::plan::{ArrayTests, Choice, NumberTest, ObjectTests, PlanIdx, Test, TextTest, Union};

use crate::generate::Near;
use crate::generate::demand::{Aimed, Ask, Contained, Demand, Forced, Named, Part};
use crate::generate::height::NEVER;
use crate::generate::site::{Edge, Piece};
use crate::generate::solve::{Act, Conflict, Solver, Style};

/// A property that brings others with it.
struct Conditional<'p> {
    name: &'p str,
    needed: &'p [String],
    schema: Option<PlanIdx>,
    aimed: Aimed,
}

/// `if`, with what follows from it.
struct When {
    test: PlanIdx,
    then: Option<PlanIdx>,
    otherwise: Option<PlanIdx>,
    aimed: Aimed,
}

/// What is still to be read.
struct Open<'p> {
    asks: Vec<Ask>,
    /// What must not accept comes later: by then less is left that it could be refused for.
    refusing: Vec<Ask>,
    whens: Vec<When>,
    conditionals: Vec<Conditional<'p>>,
    /// What has to be made sure that it refuses the value: left to chance, it did not.
    accepting: HashSet<PlanIdx>,
    /// Whether nothing is left to chance.
    is_relaxed: bool,
}

impl Open<'_> {
    fn push(&mut self, ask: Ask) {
        if ask.accept { &mut self.asks } else { &mut self.refusing }.push(ask);
    }

    fn pop(&mut self) -> Option<Ask> {
        self.asks.pop().or_else(|| self.refusing.pop())
    }

    /// `node` must not accept; that is left to chance at first.
    fn refuse(&mut self, node: PlanIdx, demand: &mut Demand<'_>) {
        if self.is_relaxed || self.accepting.contains(&node) {
            self.push(Ask::refusing(node));
        }
        demand.refused.push(node);
    }
}

impl<'p> Solver<'p> {
    /// What `asks` ask of a value.
    pub(super) fn expand(
        &mut self,
        asks: &[Ask],
        accepting: &HashSet<PlanIdx>,
    ) -> Result<Demand<'p>, Conflict> {
        let mut demand = Demand::default();
        let mut open = Open {
            asks: Vec::new(),
            refusing: Vec::new(),
            whens: Vec::new(),
            conditionals: Vec::new(),
            accepting: accepting.clone(),
            is_relaxed: self.is_relaxed(),
        };
        asks.iter().rev().for_each(|ask| open.push(*ask));
        demand.target = asks.iter().find_map(|ask| self.target_here(ask));
        let mut seen = HashSet::new();
        loop {
            while let Some(ask) = open.pop() {
                if ask.aim.is_none() && seen.contains(&(ask.node, !ask.accept)) {
                    return Err(Conflict::new(ask.node, "it would have to accept and to refuse").of(&demand));
                }
                if ask.aim.is_some() || seen.insert((ask.node, ask.accept)) {
                    self.read(ask, &mut demand, &mut open).map_err(|conflict| conflict.of(&demand))?;
                }
                if let Some(what) = demand.contradiction() {
                    return Err(Conflict::new(ask.node, what).of(&demand));
                }
            }
            if let Some(when) = open.whens.pop() {
                self.follow(&when, &mut demand, &mut open);
            } else if let Some(conditional) = open.conditionals.pop() {
                self.decide(&conditional, &mut demand, &mut open);
            } else {
                break;
            }
        }
        match demand.contradiction() {
            Some(what) => Err(Conflict::new(asks[0].node, what).of(&demand)),
            None => Ok(demand),
        }
    }

    fn read(&mut self, ask: Ask, demand: &mut Demand<'p>, open: &mut Open<'p>) -> Result<(), Conflict> {
        let plan = self.plan;
        let node = &plan[ask.node];
        if !ask.accept {
            return self.refute(ask.node, demand, open);
        }
        demand.covers.push(&node.covers);
        demand.text.described(&self.schemas[node.schema].docs);
        let is_target = |number: usize| ask.aim.filter(|step| self.is_target(*step, number)).is_some();
        let target = (0..node.tests.len()).find(|number| is_target(*number));
        if !node.tests.iter().any(|test| matches!(test, Test::Types(_))) {
            // Where listed values say it, too, the plan leaves the type out.
            let body = &self.schemas[node.schema].body;
            if let SchemaBody::Constraints(constraints) = body {
                demand.types = demand.types.and(constraints.types.unwrap_or(TypeSet::ALL));
            }
        }
        for (number, test) in node.tests.iter().enumerate() {
            if target != Some(number) && ask.aim.is_none_or(|step| self.edge_of(step, number).is_none()) {
                demand.types = demand.types.and(self.kinds.test_may(test));
            }
            let aimed = ask.aim.and_then(|step| self.edge_of(step, number));
            if target == Some(number) {
                self.strike(ask.node, number, demand, open)?;
            } else if ask.aim.is_none() && demand.target == Some((ask.node, number)) {
                // Asked once more of the same value, it is broken there as well.
                demand.is_shared = true;
                self.leave_out(test, demand, open);
            } else {
                self.assert(ask.node, test, aimed, demand, open)?;
            }
        }
        if ask.aim.is_some_and(|step| self.is_last(step)) {
            self.visit(demand);
        }
        Ok(())
    }

    fn assert(
        &mut self,
        owner: PlanIdx,
        test: &'p Test,
        aimed: Aimed,
        demand: &mut Demand<'p>,
        open: &mut Open<'p>,
    ) -> Result<(), Conflict> {
        let step_at = |edge: Edge| aimed.filter(|(other, _)| *other == edge).map(|(_, step)| step);
        let ask = |node: PlanIdx, edge: Edge| Ask { node, accept: true, aim: step_at(edge) };
        match test {
            Test::Never => return Err(Conflict::new(owner, "nothing is accepted")),
            Test::Types(types) => demand.types = demand.types.and(*types),
            Test::Constant(value) => demand.listed(std::slice::from_ref(value)),
            Test::Enumeration(values) => demand.listed(values),
            Test::Number(test) => number(test, demand),
            Test::Text(test) => match test {
                TextTest::MinLength(n) => demand.text.at_least(*n),
                TextTest::MaxLength(n) => demand.text.at_most(*n),
                TextTest::Format(format) => demand.text.format(*format, true),
                TextTest::Pattern(regex) => demand.text.pattern(regex, true),
            },
            Test::Array(tests) => array(tests, aimed, None, demand),
            Test::Object(tests) => object(tests, aimed, None, demand, open),
            Test::Reference(target) => open.push(ask(*target, Edge::Reference)),
            Test::All(parts) => {
                let parts = parts.iter().enumerate().rev();
                open.asks.extend(parts.map(|(idx, part)| ask(*part, Edge::Part(idx))));
            }
            Test::Any(union) | Test::One(union) => {
                let is_one = matches!(test, Test::One(_));
                self.choose(owner, union, is_one, aimed, demand, open)?;
            }
            Test::Not(part) => open.push(Ask::refusing(*part)),
            Test::When { test, then, otherwise } => {
                open.whens.push(When { test: *test, then: *then, otherwise: *otherwise, aimed });
            }
            Test::UnevaluatedItems(rest) => {
                demand.is_unsure = true;
                demand.rest_items.push((*rest, aimed));
                if aimed.is_some() {
                    demand.of(JsonType::Array);
                    // Others that nothing looks at would be refused as well.
                    demand.near = Some(Near::Low);
                }
            }
            Test::UnevaluatedProperties(rest) => {
                demand.is_unsure = true;
                demand.rest_members.push((*rest, aimed));
                if aimed.is_some() {
                    demand.forced.push(Forced { name: Named::Fresh, asks: Vec::new(), is_aimed: true });
                }
            }
        }
        Ok(())
    }

    /// One branch accepts; of `oneOf` the others do not.
    fn choose(
        &mut self,
        owner: PlanIdx,
        union: &Union,
        is_one: bool,
        aimed: Aimed,
        demand: &mut Demand<'p>,
        open: &mut Open<'p>,
    ) -> Result<(), Conflict> {
        let chosen = match aimed {
            Some((Edge::Part(idx), _)) => idx,
            _ => match self.branch(owner, union, demand)? {
                Some(chosen) => chosen,
                None => return Ok(()),
            },
        };
        let accepting = Ask { node: union.branches[chosen], accept: true, aim: aimed.map(|(_, step)| step) };
        // What another branch accepts may still be refused: for what it does not look at.
        let has_rest = !demand.rest_items.is_empty() || !demand.rest_members.is_empty();
        let may_be_left = aimed.is_some() && !is_one && has_rest;
        demand.has_chosen |= may_be_left;
        let is_left = may_be_left && self.rng.bool();
        if aimed.is_some() && !is_left || is_one && !are_apart(union, chosen) {
            let others = union.branches.iter().enumerate().filter(|(idx, _)| *idx != chosen);
            others.for_each(|(_, other)| open.refuse(*other, demand));
        }
        open.push(accepting);
        Ok(())
    }

    /// What follows from `if`: the one where it accepts all that the value may be, the other where it accepts none of that.
    fn follow(&mut self, when: &When, demand: &mut Demand<'p>, open: &mut Open<'p>) {
        let When { test, then, otherwise, aimed } = *when;
        let is_certain = demand.types.and(self.kinds.must(test)) == demand.types;
        let is_then = match aimed {
            Some((edge, _)) => edge == Edge::Then,
            None if is_certain => true,
            None if self.kinds.may(test).is_disjoint(demand.types) => false,
            None => match self.draw(2, demand) {
                Some(drawn) => drawn == 0,
                None => return,
            },
        };
        demand.is_unsure = true;
        let branch = if is_then { then } else { otherwise };
        let aim = aimed.map(|(_, step)| step);
        open.asks.extend(branch.map(|node| Ask { node, accept: true, aim }));
        open.push(Ask { node: test, accept: is_then, aim: None });
    }

    /// A branch that can accept something of the types that are left; a flat one where there is little room. None where the choice is
    /// left out.
    fn branch(
        &mut self,
        owner: PlanIdx,
        union: &Union,
        demand: &mut Demand<'p>,
    ) -> Result<Option<usize>, Conflict> {
        let heights = self.heights;
        let can = |idx: &usize| {
            let branch = union.branches[*idx];
            heights.at(branch) != NEVER && !self.kinds.may(branch).is_disjoint(demand.types)
        };
        let mut possible: Vec<usize> = (0..union.branches.len()).filter(can).collect();
        let least = possible.iter().map(|idx| heights.at(union.branches[*idx])).min();
        let Some(least) = least else { return Err(Conflict::new(owner, "no branch accepts anything")) };
        if self.is_narrow(least) && !self.is_relaxed() {
            demand.has_chosen |= possible.len() > 1;
            possible.retain(|idx| heights.at(union.branches[*idx]) == least);
        }
        Ok(self.draw(possible.len(), demand).map(|drawn| possible[drawn]))
    }

    /// Whether a property that brings others is there.
    fn decide(&mut self, conditional: &Conditional<'p>, demand: &mut Demand<'p>, open: &mut Open<'p>) {
        let Conditional { name, needed, schema, aimed } = conditional;
        let may_be_absent = !demand.required.contains(name) && aimed.is_none();
        let is_impossible = schema.is_some_and(|schema| self.heights.at(schema) == NEVER);
        let must_be_absent = demand.forbidden.contains(name) || is_impossible;
        if may_be_absent {
            let is_absent = match must_be_absent || self.style == Style::Maximal {
                true => must_be_absent,
                false => match self.draw(2, demand) {
                    Some(drawn) => drawn == 0,
                    None => return,
                },
            };
            demand.has_chosen |= self.style == Style::Maximal;
            if is_absent {
                demand.forbidden.insert(name);
                return;
            }
        }
        demand.required.push(name);
        demand.required.extend(needed.iter().map(String::as_str));
        let accepting = |node| Ask { node, accept: true, aim: aimed.map(|(_, step)| step) };
        open.asks.extend(schema.map(accepting));
        if schema.is_some() {
            demand.is_unsure = true;
        }
    }

    /// Comes to the place of the aim without breaking anything.
    fn visit(&mut self, demand: &mut Demand<'p>) {
        if let Some(Act::Keep(near)) = self.act() {
            self.struck = Some(self.pointer());
            demand.near = Some(near);
        }
    }
}

/// Whether what one branch accepts no other can accept.
fn are_apart(union: &Union, chosen: usize) -> bool {
    let branch = union.branches[chosen];
    union.arms.iter().all(|arm| match &arm.choice {
        Choice::None | Choice::One(_) => true,
        Choice::Tagged(tags) => tags.arms.iter().any(|(_, one)| *one == branch),
        Choice::Several(several) => several.iter().all(|candidate| candidate.branch != branch),
    })
}

fn number(test: &NumberTest, demand: &mut Demand<'_>) {
    match test {
        NumberTest::Minimum(limit) => demand.number.low(limit, false),
        NumberTest::Maximum(limit) => demand.number.high(limit, false),
        NumberTest::ExclusiveMinimum(limit) => demand.number.low(limit, true),
        NumberTest::ExclusiveMaximum(limit) => demand.number.high(limit, true),
        NumberTest::MultipleOf(divisor) => demand.number.multiple(divisor, true),
    }
}

fn array<'p>(tests: &'p ArrayTests, aimed: Aimed, broken: Option<Piece>, demand: &mut Demand<'p>) {
    let holds = |piece: Piece| broken != Some(piece);
    demand.arrays.push(Part { tests, aimed });
    if aimed.is_some() {
        demand.of(JsonType::Array);
    }
    if holds(Piece::MinItems) {
        tests.min_items.into_iter().for_each(|n| demand.items.at_least(n));
    }
    if holds(Piece::MaxItems) {
        tests.max_items.into_iter().for_each(|n| demand.items.at_most(n));
    }
    demand.is_unique |= tests.unique && holds(Piece::Unique);
    if let Some((test, min, max)) = tests.contains {
        let min = if holds(Piece::TooFew) { min } else { 0 };
        let max = if holds(Piece::TooMany) { max } else { None };
        let aim = aimed.filter(|(edge, _)| *edge == Edge::Contains).map(|(_, step)| step);
        demand.is_unsure = true;
        demand.contains.push(Contained { test, min, max, aim });
    }
}

fn object<'p>(
    tests: &'p ObjectTests,
    aimed: Aimed,
    broken: Option<Piece>,
    demand: &mut Demand<'p>,
    open: &mut Open<'p>,
) {
    let holds = |piece: Piece| broken != Some(piece);
    demand.objects.push(Part { tests, aimed });
    if holds(Piece::MinProperties) {
        tests.min_properties.into_iter().for_each(|n| demand.members.at_least(n));
    }
    if holds(Piece::MaxProperties) {
        tests.max_properties.into_iter().for_each(|n| demand.members.at_most(n));
    }
    let required = tests.required.iter().enumerate().filter(|(idx, _)| holds(Piece::Required(*idx)));
    demand.required.extend(required.map(|(_, name)| name.as_str()));
    for (idx, (name, needed)) in tests.dependent_required.iter().enumerate() {
        let is_broken = matches!(broken, Some(Piece::Dependent(entry, _)) if entry == idx);
        if !is_broken {
            open.conditionals.push(Conditional { name, needed, schema: None, aimed: None });
        }
    }
    for (idx, (name, schema)) in tests.dependent_schemas.iter().enumerate() {
        let aimed = aimed.filter(|(edge, _)| *edge == Edge::Dependent(idx));
        open.conditionals.push(Conditional { name, needed: &[], schema: Some(*schema), aimed });
    }
    if let Some((edge, step)) = aimed {
        let name = match edge {
            Edge::Property(idx) => Named::Exactly(&tests.properties[idx].0),
            Edge::Pattern(idx) => Named::Matching(&tests.patterns[idx].0),
            Edge::Additional => Named::Fresh,
            Edge::Names => match tests.names {
                Some(node) => Named::As(Ask { node, accept: true, aim: Some(step) }),
                None => return,
            },
            _ => return,
        };
        demand.of(JsonType::Object);
        demand.forced.push(Forced { name, asks: Vec::new(), is_aimed: true });
    }
}
