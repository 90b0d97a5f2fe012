//! Makes a value that some subschemas accept and others refuse.
//!
//! What is asked at a place is gathered, with a choice drawn wherever there is one; a value is built to meet it, its parts by
//! the same means. What construction does not make sure of is asked of the interpreter, and tried again with other choices.
//! Tries are counted: nothing runs on.

use std::collections::{HashMap, HashSet};

use fastrand::Rng;
use handfast_codegen::model::{JsonType, Schemas, TypeSet};
use handfast_codegen::plan::{Plan, PlanIdx};
use serde_json::Value;

use super::Near;
use super::demand::{Aimed, Ask, Demand};
use super::height::Heights;
use super::kinds::Kinds;
use super::number::Fraction;
use super::proof::Cases;
use super::site::{Piece, Step};
use super::text::Expressions;
use crate::interpret;

/// How often a place is tried with other choices.
const MAX_TRIES: usize = 12;
/// How many places are tried in all before a value is given up.
const FUEL: usize = 3_000;
/// As [`FUEL`], where an aim may be at nothing, beyond what a whole value takes.
const FUEL_TO_AIM: usize = 200;
/// How often each place of a whole value may be tried on the way to an aim.
const TRIES_TO_AIM: usize = 3;

/// What kind of value is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// As they come: some optional members, usual lengths.
    Typical,
    /// Nothing that need not be there.
    Minimal,
    /// Everything that may be there.
    Maximal,
    /// Numbers, lengths and counts at their limits and one inside.
    Boundary,
    /// Unicode, large numbers, deep and wide.
    Strange,
}

/// How something is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// As near as can be.
    Outside,
    /// Far from what is allowed.
    Far,
    /// With a value of that type.
    Type(JsonType),
    /// With two branches of `oneOf` that accept it.
    Twice,
}

/// What happens at the end of an aim's route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// One keyword is broken.
    Break {
        /// The test in the last node.
        test: usize,
        /// The part of it.
        piece: Piece,
        /// How.
        operator: Operator,
    },
    /// The value is valid, and near a limit.
    Keep(Near),
}

/// A place in a schema that a value has to come to, and what happens there.
#[derive(Debug, Clone)]
pub struct Aim {
    /// The way from the root.
    pub route: Vec<Step>,
    /// What happens at its end.
    pub act: Act,
}

/// Why there is no value.
#[derive(Debug, Clone, Copy)]
pub struct Conflict {
    /// The subschema that can't be met.
    pub node: PlanIdx,
    /// Why.
    pub what: &'static str,
    /// Whether no other choice could help.
    pub is_proved: bool,
}

impl Conflict {
    pub(super) const fn new(node: PlanIdx, what: &'static str) -> Self {
        Self { node, what, is_proved: true }
    }

    pub(super) const fn unproved(node: PlanIdx, what: &'static str) -> Self {
        Self { node, what, is_proved: false }
    }

    /// As met with `demand`, which may have been another.
    pub(super) const fn of(self, demand: &Demand<'_>) -> Self {
        Self { is_proved: self.is_proved && !demand.has_chosen, ..self }
    }
}

/// Makes one value.
pub struct Solver<'p> {
    pub(super) plan: &'p Plan,
    pub(super) schemas: &'p Schemas,
    pub(super) heights: &'p Heights,
    pub(super) kinds: &'p Kinds,
    pub(super) rng: Rng,
    pub(super) style: Style,
    pub(super) expressions: &'p Expressions,
    aim: Option<Aim>,
    /// The case that is looked at where it is to be proved that there is no value.
    pub(super) cases: Option<Cases>,
    /// How many proofs are looked for within proofs.
    pub(super) n_ahead: usize,
    fuel: usize,
    /// How many places a whole value has.
    n_usual: usize,
    /// Whether parts that the aim does not go through may be the same each time.
    pub(super) is_hasty: bool,
    ready: HashMap<PlanIdx, Option<Value>>,
    /// How many values may still be added that need not be there.
    pub(super) room: usize,
    pub(super) depth: u32,
    pub(super) path: Vec<String>,
    pub(super) struck: Option<String>,
}

impl<'p> Solver<'p> {
    pub(super) fn new(
        plan: &'p Plan,
        schemas: &'p Schemas,
        heights: &'p Heights,
        kinds: &'p Kinds,
        expressions: &'p Expressions,
    ) -> Self {
        Self {
            plan,
            schemas,
            heights,
            kinds,
            rng: Rng::with_seed(0),
            style: Style::Typical,
            expressions,
            aim: None,
            cases: None,
            n_ahead: 0,
            fuel: 0,
            n_usual: 0,
            is_hasty: false,
            ready: HashMap::new(),
            room: 0,
            depth: 0,
            path: Vec::new(),
            struck: None,
        }
    }

    /// A value that `root` accepts, but for what `aim` says.
    pub(super) fn value(
        &mut self,
        root: PlanIdx,
        style: Style,
        aim: Option<Aim>,
        seed: u64,
    ) -> Result<Value, Conflict> {
        self.rng = Rng::with_seed(seed);
        self.style = style;
        self.fuel = if aim.is_some() { FUEL_TO_AIM + TRIES_TO_AIM * self.n_usual } else { FUEL };
        self.depth = 0;
        self.path.clear();
        self.struck = None;
        self.room = match style {
            Style::Minimal => 0,
            Style::Typical | Style::Boundary => 60,
            Style::Strange => self.rng.usize(60..200),
            Style::Maximal => 400,
        };
        let step = aim.as_ref().map(|_| 0);
        self.aim = aim;
        self.solve(&[Ask { node: root, accept: true, aim: step }])
    }

    /// Allows for values as large as `value` on the way to an aim.
    pub(super) fn expect(&mut self, value: &Value) {
        self.n_usual = n_values(value);
    }

    /// The smallest value that `node` accepts, the same each time; nothing where another is wanted, or none was found.
    pub(super) fn ready(&mut self, node: PlanIdx) -> Option<Value> {
        let may_be_ready = self.is_hasty && self.style == Style::Minimal && !self.is_relaxed();
        if !may_be_ready {
            return None;
        }
        if !self.ready.contains_key(&node) {
            let rng = std::mem::replace(&mut self.rng, Rng::with_seed(node.number() as u64));
            let fuel = std::mem::replace(&mut self.fuel, FUEL);
            let made = self.solve(&[Ask::accepting(node)]).ok();
            self.ready.insert(node, made);
            (self.rng, self.fuel) = (rng, fuel);
        }
        self.ready.get(&node).cloned().flatten()
    }

    /// The test that is broken at the place of `ask`, if the aim does not go on to a part of the value.
    pub(super) fn target_here(&self, ask: &Ask) -> Option<(PlanIdx, usize)> {
        let (Some(aim), Some(first)) = (&self.aim, ask.aim) else { return None };
        let Act::Break { test, .. } = aim.act else { return None };
        let rest = aim.route.get(first..)?;
        let is_here = rest.iter().all(|step| step.edge.is_in_place());
        let node = rest.last().map_or(Some(ask.node), |step| step.end(self.plan));
        node.filter(|_| is_here).map(|node| (node, test))
    }

    /// The pointer at which the aim took effect.
    pub(super) fn struck(&self) -> Option<&str> {
        self.struck.as_deref()
    }

    pub(super) fn pointer(&self) -> String {
        let escaped = |token: &String| format!("/{}", token.replace('~', "~0").replace('/', "~1"));
        self.path.iter().map(escaped).collect()
    }

    pub(super) fn act(&self) -> Option<Act> {
        self.aim.as_ref().map(|aim| aim.act)
    }

    pub(super) fn is_last(&self, step: usize) -> bool {
        self.aim.as_ref().is_some_and(|aim| aim.route.len() == step)
    }

    /// Whether the aim, come to that step, is at the test of that number.
    pub(super) fn is_target(&self, step: usize, number: usize) -> bool {
        self.is_last(step) && matches!(self.act(), Some(Act::Break { test, .. }) if test == number)
    }

    /// Where the aim, come to that step, goes on from the test of that number.
    pub(super) fn edge_of(&self, step: usize, number: usize) -> Aimed {
        let next = self.aim.as_ref()?.route.get(step)?;
        (next.test == number).then_some((next.edge, step + 1))
    }

    /// Whether there is little room for something of that height.
    pub(super) fn is_narrow(&self, height: u32) -> bool {
        let deepest = match self.style {
            Style::Minimal => 0,
            Style::Typical | Style::Boundary => 5,
            Style::Maximal => 7,
            Style::Strange => 24,
        };
        self.room == 0 || self.depth + height.min(deepest) > deepest
    }

    pub(super) fn solve(&mut self, asks: &[Ask]) -> Result<Value, Conflict> {
        self.solve_as(asks, TypeSet::ALL)
    }

    /// A value of one of `types`.
    pub(super) fn solve_as(&mut self, asks: &[Ask], types: TypeSet) -> Result<Value, Conflict> {
        let mut accepting = HashSet::new();
        let mut conflict = Conflict::unproved(asks[0].node, "nothing was found in time");
        for _ in 0..MAX_TRIES {
            if self.fuel == 0 {
                return Err(Conflict { is_proved: false, ..conflict });
            }
            self.fuel -= 1;
            match self.attempt(asks, types, &mut accepting) {
                Ok(value) => return Ok(value),
                Err(found) => conflict = found,
            }
            if conflict.is_proved || self.is_relaxed() {
                break;
            }
        }
        Err(conflict)
    }

    fn attempt(
        &mut self,
        asks: &[Ask],
        types: TypeSet,
        accepting: &mut HashSet<PlanIdx>,
    ) -> Result<Value, Conflict> {
        let mut demand = self.expand(asks, accepting)?;
        demand.types = demand.types.and(types);
        let node = asks[0].node;
        let value = self.build(&demand, asks).map_err(|conflict| conflict.of(&demand))?;
        if self.is_relaxed() {
            // What was left out may stand against it; that is not what is asked here.
            return Ok(value);
        }
        let wrong = demand.refused.iter().find(|refused| self.accepts(**refused, &value));
        if let Some(wrong) = wrong {
            accepting.insert(*wrong);
            return Err(Conflict::unproved(*wrong, "what must be refused is accepted"));
        }
        if demand.is_unsure && !self.is_met(asks, &value) {
            return Err(Conflict::unproved(node, "what was made was not what was asked for"));
        }
        Ok(value)
    }

    /// Whether the interpreter agrees; of what the aim goes through, nothing is asked.
    fn is_met(&self, asks: &[Ask], value: &Value) -> bool {
        asks.iter().filter(|ask| ask.aim.is_none()).all(|ask| self.accepts(ask.node, value) == ask.accept)
    }

    pub(super) fn accepts(&self, node: PlanIdx, value: &Value) -> bool {
        interpret::accepts(self.plan, node, value)
    }

    fn build(&mut self, demand: &Demand<'p>, asks: &[Ask]) -> Result<Value, Conflict> {
        let node = asks[0].node;
        if let Some(values) = &demand.values {
            let mut values: Vec<&Value> = values.clone();
            self.rng.shuffle(&mut values);
            let found = values.into_iter().find(|value| demand.may_be(value) && self.is_met(asks, value));
            let none = Conflict::new(node, "none of the listed values is left");
            return found.cloned().ok_or(Conflict { is_proved: !demand.is_shared, ..none });
        }
        let mut types: Vec<JsonType> = demand.types.iter().collect();
        self.rng.shuffle(&mut types);
        self.prefer(&mut types, demand);
        let mut conflict = Conflict::new(node, "no type is left");
        for json_type in types {
            match self.of_type(json_type, demand, node) {
                Ok(value) if demand.admits(&value) => return Ok(value),
                Ok(_) => conflict = Conflict::unproved(node, "what is left is excluded"),
                Err(found) => {
                    conflict = Conflict { is_proved: conflict.is_proved && found.is_proved, ..found }
                }
            }
        }
        Err(conflict)
    }

    /// Puts first what a schema says something about, and last what there is no room for.
    fn prefer(&mut self, types: &mut [JsonType], demand: &Demand<'p>) {
        let is_container = |json_type: &JsonType| matches!(json_type, JsonType::Array | JsonType::Object);
        let has_object =
            !demand.objects.is_empty() || !demand.forced.is_empty() || !demand.required.is_empty();
        let has_array =
            !demand.arrays.is_empty() || !demand.refused_items.is_empty() || !demand.contains.is_empty();
        let is_spoken_of = |json_type: &JsonType| match json_type {
            JsonType::Object => has_object,
            JsonType::Array => has_array,
            _ => false,
        };
        let is_forced = demand.forced.iter().any(|forced| forced.is_aimed)
            || demand.arrays.iter().any(|part| part.aimed.is_some());
        if is_forced {
            types.sort_by_key(|json_type| !is_spoken_of(json_type));
        } else if self.is_narrow(1) {
            types.sort_by_key(is_container);
        } else if self.rng.u8(..4) > 0 {
            types.sort_by_key(|json_type| !is_spoken_of(json_type));
        }
    }

    fn of_type(
        &mut self,
        json_type: JsonType,
        demand: &Demand<'p>,
        node: PlanIdx,
    ) -> Result<Value, Conflict> {
        let near = self.near(demand);
        match json_type {
            JsonType::Null => Ok(Value::Null),
            JsonType::Boolean => {
                let first = self.rng.bool();
                Ok(if demand.admits(&first.into()) { first } else { !first }.into())
            }
            JsonType::Integer | JsonType::Number => {
                let fraction = fraction(demand.types, json_type);
                let is_large = self.style == Style::Strange;
                let mut draw =
                    || demand.number.draw(fraction, near, is_large, &mut self.rng).map(Value::Number);
                let found = (0..16).find_map(|_| draw().filter(|value| demand.admits(value)));
                let is_proved = demand.number.is_empty(fraction);
                let none = Conflict::unproved(node, "no number is left between the limits");
                found.ok_or(Conflict { is_proved, ..none })
            }
            JsonType::String if demand.text.is_empty() => {
                let none = Conflict::unproved(node, "no string has a length within the limits");
                Err(Conflict { is_proved: demand.text.is_impossible(), ..none })
            }
            JsonType::String => {
                let is_strange = self.style == Style::Strange;
                // Where none is found in many tries, there is none to be found.
                let mut draw = || demand.text.draw(near, is_strange, self.expressions, &mut self.rng);
                let mut drawn = (0..16).map_while(|_| draw()).map(Value::String);
                let found = drawn.find(|value| demand.admits(value));
                found.ok_or_else(|| Conflict::unproved(node, "no string was found"))
            }
            JsonType::Array => self.array(demand, near, node),
            JsonType::Object => self.object(demand, near, node),
        }
    }

    fn near(&mut self, demand: &Demand<'p>) -> Near {
        demand.near.unwrap_or(match self.style {
            Style::Boundary => Near::LIMITS[self.rng.usize(..Near::LIMITS.len())],
            Style::Minimal => Near::Low,
            Style::Maximal => Near::High,
            Style::Typical | Style::Strange => Near::Anywhere,
        })
    }
}

fn n_values(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(n_values).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(n_values).sum::<usize>(),
        _ => 1,
    }
}

fn fraction(types: TypeSet, json_type: JsonType) -> Fraction {
    match (json_type, types.has(JsonType::Integer)) {
        (JsonType::Integer, _) => Fraction::None,
        (_, true) => Fraction::Maybe,
        (_, false) => Fraction::Some,
    }
}
