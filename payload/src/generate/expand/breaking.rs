//! What is asked of a value that is to break one test of a node.

use handfast_codegen::model::{JsonType, TypeSet};
use handfast_codegen::plan::{ArrayTests, NumberTest, ObjectTests, PlanIdx, Test, TextTest};
use serde_json::Number;

use super::{Open, array, object};
use crate::generate::Near;
use crate::generate::demand::{Ask, Contained, Demand, Forced, Named, Places};
use crate::generate::kinds::select;
use crate::generate::site::{Edge, Piece, edges, refutations};
use crate::generate::solve::{Act, Conflict, Operator, Solver};

impl<'p> Solver<'p> {
    /// Breaks one test of a node.
    pub(super) fn refute(
        &mut self,
        index: PlanIdx,
        demand: &mut Demand<'p>,
        open: &mut Open<'p>,
    ) -> Result<(), Conflict> {
        let plan = self.plan;
        demand.is_unsure = true;
        let must = self.kinds.must(index);
        demand.types = demand.types.and(select(|one| !must.has(one)));
        let ways = |(number, test): (usize, &'p Test)| {
            refutations(test).into_iter().map(move |piece| (number, piece))
        };
        let all: Vec<_> = plan[index].tests.iter().enumerate().flat_map(ways).collect();
        let mut possible = Vec::new();
        for (number, piece) in all {
            let test = &plan[index].tests[number];
            if self.may_be_broken(test, piece, demand) && !self.is_excluded(test, piece, demand) {
                possible.push((number, piece));
            }
        }
        if possible.is_empty() {
            return Err(Conflict::new(index, "what it must not be, it can't help being"));
        }
        let Some(drawn) = self.draw(possible.len(), demand) else { return Ok(()) };
        let (number, piece) = possible[drawn];
        self.negate(index, &plan[index].tests[number], piece, Operator::Outside, demand, open)
    }

    fn may_be_broken(&self, test: &Test, piece: Piece, demand: &Demand<'p>) -> bool {
        let has = |json_type| demand.types.has(json_type);
        if demand.types.and(self.kinds.test_must(test)) == demand.types || self.is_open(test, piece) {
            return false;
        }
        match test {
            Test::Types(types) => {
                demand.types.iter().any(|one| !types.has(one))
                    || has(JsonType::Number) && !types.has(JsonType::Number)
            }
            Test::Number(_) => has(JsonType::Integer) || has(JsonType::Number),
            Test::Text(_) => has(JsonType::String),
            Test::Array(_) | Test::UnevaluatedItems(_) => has(JsonType::Array),
            Test::Object(tests) => {
                let is_there = |name: &String| demand.required.contains(&name.as_str());
                let is_settled = match piece {
                    Piece::Required(idx) => is_there(&tests.required[idx]),
                    Piece::Child(Edge::Property(idx)) => {
                        demand.forbidden.contains(tests.properties[idx].0.as_str())
                    }
                    _ => false,
                };
                has(JsonType::Object) && !is_settled
            }
            Test::UnevaluatedProperties(_) => has(JsonType::Object),
            _ => true,
        }
    }

    /// Whether it is proved that a piece leads to a property of which nothing is left that it refuses. Nothing is looked for where
    /// no proof is.
    fn is_excluded(&mut self, test: &Test, piece: Piece, demand: &Demand<'p>) -> bool {
        let (Test::Object(tests), Piece::Child(Edge::Property(idx))) = (test, piece) else { return false };
        let (name, Some(part)) = &tests.properties[idx] else { return false };
        let mut aimed = demand.forced.iter().filter(|forced| forced.is_aimed).map(|forced| &forced.name);
        let is_drawn = |name: &Named<'_>| !matches!(name, Named::Exactly(_));
        // What else will look at the property, or will be called so, is not known yet.
        if !demand.rest_members.is_empty() || aimed.clone().any(is_drawn) {
            return false;
        }
        let is_aimed = aimed.any(|aimed| matches!(aimed, Named::Exactly(aimed) if aimed == name));
        let mut asks = self.asks_of(demand, name, is_aimed);
        asks.push(Ask::refusing(*part));
        self.leaves_nothing(&asks)
    }

    /// Whether a piece leads to what accepts everything.
    fn is_open(&self, test: &Test, piece: Piece) -> bool {
        let Piece::Child(edge) = piece else { return false };
        let part = edges(test).into_iter().find(|(one, _)| *one == edge);
        part.is_some_and(|(_, part)| self.kinds.must(part) == TypeSet::ALL)
    }

    /// Breaks what the aim is at; the rest of the test is asserted.
    pub(super) fn strike(
        &mut self,
        index: PlanIdx,
        number: usize,
        demand: &mut Demand<'p>,
        open: &mut Open<'p>,
    ) -> Result<(), Conflict> {
        let Some(Act::Break { piece, operator, .. }) = self.act() else { return Ok(()) };
        let test = &self.plan[index].tests[number];
        self.struck = Some(self.pointer());
        self.leave_out(test, demand, open);
        self.negate(index, test, piece, operator, demand, open)
    }

    /// Asserts of a test all but what the aim breaks.
    pub(super) fn leave_out(&mut self, test: &'p Test, demand: &mut Demand<'p>, open: &mut Open<'p>) {
        let Some(Act::Break { piece, .. }) = self.act() else { return };
        match test {
            Test::Array(tests) => array(tests, None, Some(piece), demand),
            Test::Object(tests) => object(tests, None, Some(piece), demand, open),
            _ => {}
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
            (Test::Types(types), _) => broken_types(*types, operator, demand),
            (Test::Constant(value), _) => demand.unlisted(std::slice::from_ref(value)),
            (Test::Enumeration(values), _) => demand.unlisted(values),
            (Test::Number(test), _) => broken_number(test, is_far, demand),
            (Test::Text(test), _) => broken_text(test, is_far, demand),
            (Test::Not(part), _) => open.push(Ask::accepting(*part)),
            (Test::Any(union) | Test::One(union), Piece::NoBranch) => {
                if !self.is_relaxed() {
                    // Near one of them, where that goes.
                    let near = union.branches[self.rng.usize(..union.branches.len())];
                    demand.has_chosen = true;
                    open.push(Ask::refusing(near));
                }
                union.branches.iter().for_each(|branch| open.refuse(*branch, demand));
            }
            (Test::One(union), Piece::TwoBranches) if self.is_relaxed() && union.branches.len() > 2 => {}
            (Test::One(union), Piece::TwoBranches) => {
                let mut order: Vec<PlanIdx> = union.branches.clone();
                self.rng.shuffle(&mut order);
                demand.has_chosen |= order.len() > 2;
                open.asks.extend(order.iter().take(2).map(|branch| Ask::accepting(*branch)));
            }
            (Test::Array(tests), _) => broken_array(index, tests, piece, is_far, demand)?,
            (Test::UnevaluatedItems(rest), _) => {
                demand.of(JsonType::Array);
                demand.refused_items.push((*rest, Places::Rest));
                demand.near = Some(Near::Low);
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
            (Test::Reference(target), _) => open.push(Ask::refusing(*target)),
            (Test::All(parts), Piece::Child(Edge::Part(idx))) => open.push(Ask::refusing(parts[idx])),
            (Test::When { test, then, otherwise }, Piece::Child(edge)) => {
                let is_then = edge == Edge::Then;
                open.push(Ask { node: *test, accept: is_then, aim: None });
                let branch = if is_then { then } else { otherwise };
                open.asks.extend(branch.map(Ask::refusing));
            }
            _ => {}
        }
        Ok(())
    }
}

fn broken_types(types: TypeSet, operator: Operator, demand: &mut Demand<'_>) {
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
        let only = match one {
            // One with a fraction: the others are integers.
            JsonType::Number => TypeSet::NONE.with(one).without(JsonType::Integer),
            _ => TypeSet::NONE.with(one),
        };
        demand.types = demand.types.and(only);
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
        demand.number.low(&limit, is_open);
    } else {
        demand.number.high(&limit, is_open);
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

fn forced<'p>(name: Named<'p>, ask: Ask) -> Forced<'p> {
    Forced { name, asks: vec![ask], is_aimed: false }
}

fn broken_array(
    index: PlanIdx,
    tests: &ArrayTests,
    piece: Piece,
    is_far: bool,
    demand: &mut Demand<'_>,
) -> Result<(), Conflict> {
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
    Ok(())
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
            open.push(Ask::refusing(*test));
        }
        _ => {}
    }
}
