//! From subschemas that apply at a place to what is asked of the value there; where there is a choice, it is drawn.

use std::collections::HashSet;

use handfast_codegen::model::{JsonType, SchemaBody, TypeSet};
use handfast_codegen::plan::{ArrayTests, Choice, NumberTest, ObjectTests, PlanIdx, Test, TextTest, Union};
use serde_json::Number;

use super::Near;
use super::demand::{Aimed, Ask, Contained, Demand, Forced, Named, Part, Places};
use super::height::NEVER;
use super::site::{Edge, Piece, refutations};
use super::solve::{Act, Conflict, Operator, Solver, Style};

/// A property that brings others with it.
struct Conditional<'p> {
    name: &'p str,
    needed: &'p [String],
    schema: Option<PlanIdx>,
    aimed: Aimed,
}

/// What is still to be read.
struct Open<'p> {
    asks: Vec<Ask>,
    conditionals: Vec<Conditional<'p>>,
    /// Whether choices are made so that what else is asked holds, rather than left to chance.
    is_eager: bool,
}

impl<'p> Solver<'p> {
    /// What `asks` ask of a value.
    pub(super) fn expand(&mut self, asks: &[Ask], is_eager: bool) -> Result<Demand<'p>, Conflict> {
        let mut demand = Demand::default();
        let mut open =
            Open { asks: asks.iter().rev().copied().collect(), conditionals: Vec::new(), is_eager };
        let mut seen = HashSet::new();
        loop {
            while let Some(ask) = open.asks.pop() {
                if ask.aim.is_some() || seen.insert((ask.node, ask.accept)) {
                    self.read(ask, &mut demand, &mut open).map_err(|conflict| conflict.of(&demand))?;
                }
                if let Some(what) = demand.contradiction() {
                    return Err(Conflict::new(ask.node, what).of(&demand));
                }
            }
            let Some(conditional) = open.conditionals.pop() else { break };
            self.decide(&conditional, &mut demand, &mut open);
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
            let aimed = ask.aim.and_then(|step| self.edge_of(step, number));
            if target == Some(number) {
                self.strike(ask.node, number, demand, open)?;
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
            Test::Reference(target) => open.asks.push(ask(*target, Edge::Reference)),
            Test::All(parts) => {
                let parts = parts.iter().enumerate().rev();
                open.asks.extend(parts.map(|(idx, part)| ask(*part, Edge::Part(idx))));
            }
            Test::Any(union) | Test::One(union) => {
                let is_one = matches!(test, Test::One(_));
                self.choose(owner, union, is_one, aimed, demand, open)?;
            }
            Test::Not(part) => open.asks.push(Ask::refusing(*part)),
            Test::When { test, then, otherwise } => {
                let is_then = match aimed {
                    Some((edge, _)) => edge == Edge::Then,
                    None => self.rng.bool(),
                };
                demand.has_chosen = true;
                demand.is_unsure = true;
                let (branch, edge) = if is_then { (then, Edge::Then) } else { (otherwise, Edge::Else) };
                open.asks.extend(branch.map(|branch| ask(branch, edge)));
                open.asks.push(Ask { node: *test, accept: is_then, aim: None });
            }
            Test::UnevaluatedItems(rest) => {
                demand.is_unsure = true;
                demand.rest_items.push((*rest, aimed));
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
            _ => self.branch(owner, union, demand)?,
        };
        demand.has_chosen |= union.branches.len() > 1;
        let accepting = Ask { node: union.branches[chosen], accept: true, aim: aimed.map(|(_, step)| step) };
        let others = union.branches.iter().enumerate().filter(|(idx, _)| *idx != chosen);
        if is_one && union.branches.len() > 1 && !are_apart(union, chosen) {
            demand.is_unsure = true;
        }
        if aimed.is_some() || is_one && open.is_eager && !are_apart(union, chosen) {
            open.asks.extend(others.map(|(_, other)| Ask::refusing(*other)));
        }
        open.asks.push(accepting);
        Ok(())
    }

    /// A branch that can accept something of the types that are left; a flat one where there is little room.
    fn branch(&mut self, owner: PlanIdx, union: &Union, demand: &Demand<'p>) -> Result<usize, Conflict> {
        let heights = self.heights;
        let types = |idx: &usize| self.schemas.types(self.plan[union.branches[*idx]].schema);
        let can = |idx: &usize| {
            heights.at(union.branches[*idx]) != NEVER && !types(idx).and(demand.types).eq(&TypeSet::NONE)
        };
        let possible: Vec<usize> = (0..union.branches.len()).filter(can).collect();
        let least = possible.iter().map(|idx| heights.at(union.branches[*idx])).min();
        let Some(least) = least else { return Err(Conflict::new(owner, "no branch accepts anything")) };
        if self.is_narrow(least) {
            let flat: Vec<usize> =
                possible.into_iter().filter(|idx| heights.at(union.branches[*idx]) == least).collect();
            return Ok(flat[self.rng.usize(..flat.len())]);
        }
        Ok(possible[self.rng.usize(..possible.len())])
    }

    /// Whether a property that brings others is there.
    fn decide(&mut self, conditional: &Conditional<'p>, demand: &mut Demand<'p>, open: &mut Open<'p>) {
        let Conditional { name, needed, schema, aimed } = conditional;
        let may_be_absent = !demand.required.contains(name) && aimed.is_none();
        let is_impossible = schema.is_some_and(|schema| self.heights.at(schema) == NEVER);
        let is_absent = demand.forbidden.contains(name)
            || is_impossible
            || self.style != Style::Maximal && self.rng.bool();
        demand.has_chosen |= may_be_absent;
        if may_be_absent && is_absent {
            demand.forbidden.insert(name);
            return;
        }
        demand.required.push(name);
        demand.required.extend(needed.iter().map(String::as_str));
        let accepting = |node| Ask { node, accept: true, aim: aimed.map(|(_, step)| step) };
        open.asks.extend(schema.map(accepting));
        if schema.is_some() {
            demand.is_unsure = true;
        }
    }

    /// Breaks one test of a node.
    fn refute(
        &mut self,
        index: PlanIdx,
        demand: &mut Demand<'p>,
        open: &mut Open<'p>,
    ) -> Result<(), Conflict> {
        let plan = self.plan;
        demand.is_unsure = true;
        let ways = |(number, test): (usize, &'p Test)| {
            refutations(test).into_iter().map(move |piece| (number, piece))
        };
        let all: Vec<_> = plan[index].tests.iter().enumerate().flat_map(ways).collect();
        let possible: Vec<_> = all
            .into_iter()
            .filter(|(number, piece)| self.may_be_broken(&plan[index].tests[*number], *piece, demand))
            .collect();
        demand.has_chosen |= possible.len() > 1;
        if possible.is_empty() {
            return Err(Conflict::new(index, "what it must not be, it can't help being"));
        }
        let (number, piece) = possible[self.rng.usize(..possible.len())];
        self.negate(index, &plan[index].tests[number], piece, Operator::Outside, demand, open)
    }

    fn may_be_broken(&self, test: &Test, piece: Piece, demand: &Demand<'p>) -> bool {
        let has = |json_type| demand.types.has(json_type);
        match test {
            Test::Types(types) => {
                demand.types.iter().any(|one| !types.has(one))
                    || has(JsonType::Number) && !types.has(JsonType::Number)
            }
            Test::Number(_) => has(JsonType::Integer) || has(JsonType::Number),
            Test::Text(_) => has(JsonType::String),
            Test::Array(_) | Test::UnevaluatedItems(_) => has(JsonType::Array),
            Test::Object(tests) => {
                let is_there = |idx: usize| demand.required.contains(&tests.required[idx].as_str());
                has(JsonType::Object) && !matches!(piece, Piece::Required(idx) if is_there(idx))
            }
            Test::UnevaluatedProperties(_) => has(JsonType::Object),
            _ => true,
        }
    }

    /// Breaks what the aim is at; the rest of the test is asserted.
    fn strike(
        &mut self,
        index: PlanIdx,
        number: usize,
        demand: &mut Demand<'p>,
        open: &mut Open<'p>,
    ) -> Result<(), Conflict> {
        let Some(Act::Break { piece, operator, .. }) = self.act() else { return Ok(()) };
        let test = &self.plan[index].tests[number];
        self.struck = Some(self.pointer());
        match test {
            Test::Array(tests) => array(tests, None, Some(piece), demand),
            Test::Object(tests) => object(tests, None, Some(piece), demand, open),
            _ => {}
        }
        self.negate(index, test, piece, operator, demand, open)
    }

    /// Comes to the place of the aim without breaking anything.
    fn visit(&self, demand: &mut Demand<'p>) {
        if let Some(Act::Keep(near)) = self.act() {
            demand.near = Some(near);
        }
    }

    fn negate(
        &mut self,
        index: PlanIdx,
        test: &'p Test,
        piece: Piece,
        operator: Operator,
        demand: &mut Demand<'p>,
        open: &mut Open<'p>,
    ) -> Result<(), Conflict> {
        let is_far = operator == Operator::Far;
        let piece = if operator == Operator::Twice { Piece::TwoBranches } else { piece };
        match (test, piece) {
            (Test::Types(types), _) => {
                let wrong = |one: &JsonType| !types.has(*one);
                let others = JsonType::ALL.into_iter().filter(wrong);
                demand.types = demand.types.and(others.fold(TypeSet::NONE, |set, one| {
                    // `with(Number)` brings integers, which may be right.
                    if one == JsonType::Number && types.has(JsonType::Integer) {
                        set.or(TypeSet::NONE.with(JsonType::Number).without(JsonType::Integer))
                    } else {
                        set.with(one)
                    }
                }));
                if let Operator::Type(one) = operator {
                    let only = TypeSet::NONE.with(one);
                    demand.types = demand.types.and(only);
                }
            }
            (Test::Constant(value), _) => demand.unlisted(std::slice::from_ref(value)),
            (Test::Enumeration(values), _) => demand.unlisted(values),
            (Test::Number(test), _) => broken_number(test, is_far, demand),
            (Test::Text(test), _) => broken_text(test, is_far, demand),
            (Test::Not(part), _) => open.asks.push(Ask::accepting(*part)),
            (Test::Any(union) | Test::One(union), Piece::NoBranch) => {
                open.asks.extend(union.branches.iter().map(|branch| Ask::refusing(*branch)));
            }
            (Test::One(union), Piece::TwoBranches) => {
                let mut order: Vec<PlanIdx> = union.branches.clone();
                self.rng.shuffle(&mut order);
                demand.has_chosen = true;
                open.asks.extend(order.iter().take(2).map(|branch| Ask::accepting(*branch)));
            }
            (Test::Array(tests), _) => {
                demand.of(JsonType::Array);
                demand.is_unsure = true;
                match piece {
                    Piece::MinItems => {
                        demand.items.at_most(tests.min_items.unwrap_or(1).saturating_sub(1));
                        demand.near = Some(if is_far { Near::Low } else { Near::High });
                    }
                    Piece::MaxItems => {
                        let max = tests.max_items.unwrap_or(0);
                        demand.items.at_least(if is_far { max.saturating_mul(2) + 5 } else { max + 1 });
                        demand.near = Some(Near::Low);
                    }
                    Piece::Unique => demand.is_doubled = true,
                    Piece::TooFew | Piece::TooMany => {
                        let (test, min, max) = tests.contains.ok_or_else(|| Conflict::new(index, ""))?;
                        let few = (0, Some(min.saturating_sub(1)));
                        let many = (max.unwrap_or(0) + 1, None);
                        let (min, max) = if piece == Piece::TooFew { few } else { many };
                        demand.contains.push(Contained { test, min, max, aim: None });
                    }
                    Piece::Child(Edge::Prefix(idx)) => {
                        demand.refused_items.push((tests.prefix[idx], Places::At(idx)));
                    }
                    Piece::Child(Edge::Items) => {
                        let items = tests.items.ok_or_else(|| Conflict::new(index, ""))?;
                        demand.refused_items.push((items, Places::From(tests.prefix.len())));
                    }
                    _ => {}
                }
            }
            (Test::UnevaluatedItems(rest), _) => {
                demand.of(JsonType::Array);
                let n_known = demand.covers.iter().map(|cover| cover.n_prefix).max().unwrap_or(0);
                demand.refused_items.push((*rest, Places::From(n_known)));
            }
            (Test::Object(tests), _) => {
                demand.of(JsonType::Object);
                demand.is_unsure = true;
                broken_object(tests, piece, is_far, demand, open);
            }
            (Test::UnevaluatedProperties(rest), _) => {
                demand.of(JsonType::Object);
                demand.forced.push(forced(Named::Fresh, Ask::refusing(*rest)));
            }
            (Test::Reference(target), _) => open.asks.push(Ask::refusing(*target)),
            (Test::All(parts), Piece::Child(Edge::Part(idx))) => open.asks.push(Ask::refusing(parts[idx])),
            (Test::When { test, then, otherwise }, Piece::Child(edge)) => {
                let is_then = edge == Edge::Then;
                open.asks.push(Ask { node: *test, accept: is_then, aim: None });
                let branch = if is_then { then } else { otherwise };
                open.asks.extend(branch.map(Ask::refusing));
            }
            _ => {}
        }
        Ok(())
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

fn broken_number(test: &NumberTest, is_far: bool, demand: &mut Demand<'_>) {
    demand.types = demand.types.and(TypeSet::NONE.with(JsonType::Number));
    let (limit, is_low, is_open) = match test {
        NumberTest::Minimum(limit) => (limit, false, true),
        NumberTest::ExclusiveMinimum(limit) => (limit, false, false),
        NumberTest::Maximum(limit) => (limit, true, true),
        NumberTest::ExclusiveMaximum(limit) => (limit, true, false),
        NumberTest::MultipleOf(divisor) => return demand.number.multiple(divisor, false),
    };
    let far = Some(limit).filter(|_| is_far).and_then(Number::as_i64);
    let far = far.and_then(|limit| limit.checked_add(if is_low { 1_000_000 } else { -1_000_000 }));
    let limit = far.map_or_else(|| limit.clone(), Number::from);
    if is_low {
        demand.number.low(&limit, is_open)
    } else {
        demand.number.high(&limit, is_open)
    }
    demand.near = Some(match (is_far, is_low) {
        (true, _) => Near::Anywhere,
        (false, true) => Near::Low,
        (false, false) => Near::High,
    });
}

fn broken_text<'p>(test: &'p TextTest, is_far: bool, demand: &mut Demand<'p>) {
    demand.of(JsonType::String);
    match test {
        TextTest::MinLength(n) => {
            demand.text.at_most(n.saturating_sub(1));
            demand.near = Some(if is_far { Near::Low } else { Near::High });
        }
        TextTest::MaxLength(n) => {
            demand.text.at_least(if is_far { n.saturating_mul(2) + 10 } else { n + 1 });
            demand.near = Some(Near::Low);
        }
        TextTest::Format(format) => demand.text.format(*format, false),
        TextTest::Pattern(regex) => demand.text.pattern(regex, false),
    }
}

fn array<'p>(tests: &'p ArrayTests, aimed: Aimed, broken: Option<Piece>, demand: &mut Demand<'p>) {
    let holds = |piece: Piece| broken != Some(piece);
    demand.arrays.push(Part { tests, aimed, broken });
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
    demand.objects.push(Part { tests, aimed, broken });
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

fn forced<'p>(name: Named<'p>, ask: Ask) -> Forced<'p> {
    Forced { name, asks: vec![ask], is_aimed: false }
}

fn broken_object<'p>(
    tests: &'p ObjectTests,
    piece: Piece,
    is_far: bool,
    demand: &mut Demand<'p>,
    open: &mut Open<'p>,
) {
    match piece {
        Piece::MinProperties => {
            demand.members.at_most(tests.min_properties.unwrap_or(1).saturating_sub(1));
            demand.near = Some(if is_far { Near::Low } else { Near::High });
        }
        Piece::MaxProperties => {
            let max = tests.max_properties.unwrap_or(0);
            demand.members.at_least(if is_far { max.saturating_mul(2) + 5 } else { max + 1 });
        }
        Piece::Required(idx) => drop(demand.forbidden.insert(&tests.required[idx])),
        Piece::Dependent(entry, missing) => {
            let (name, needed) = &tests.dependent_required[entry];
            demand.required.push(name);
            demand.forbidden.insert(&needed[missing]);
            let others = needed.iter().enumerate().filter(|(idx, _)| *idx != missing);
            demand.required.extend(others.map(|(_, name)| name.as_str()));
        }
        Piece::Child(Edge::Property(idx)) => {
            let (name, test) = &tests.properties[idx];
            demand.forced.extend(test.map(|test| forced(Named::Exactly(name), Ask::refusing(test))));
        }
        Piece::Child(Edge::Pattern(idx)) => {
            let (regex, test) = &tests.patterns[idx];
            demand.forced.extend(test.map(|test| forced(Named::Matching(regex), Ask::refusing(test))));
        }
        Piece::Child(Edge::Additional) => {
            demand.forced.extend(tests.additional.map(|test| forced(Named::Fresh, Ask::refusing(test))));
            // Its name must be fresh to these tests alone, which `Fresh` is of all.
        }
        Piece::Child(Edge::Names) => {
            let named = tests.names.map(|test| Named::As(Ask::refusing(test)));
            demand.forced.extend(named.map(|name| Forced { name, asks: Vec::new(), is_aimed: false }));
        }
        Piece::Child(Edge::Dependent(idx)) => {
            let (name, test) = &tests.dependent_schemas[idx];
            demand.required.push(name);
            open.asks.push(Ask::refusing(*test));
        }
        _ => {}
    }
}
