//! Makes payloads from a schema: valid ones, and near misses that break one keyword at one place.
//!
//! It reads the plan of a schema, and solves what the plan asks. Everything derives from a seed.
//!
//! ```
//! use std::path::Path;
//!
//! use handfast_codegen::{compile_schema, source::Memory};
//! use handfast_payload::generate::Generator;
//!
//! let text = r#"{ "type": "integer", "minimum": 3, "maximum": 9, "multipleOf": 4 }"#;
//! let source = Memory::default().with("n.json", text);
//! let schema = compile_schema(&source, Path::new("n.json")).unwrap();
//! let generator = Generator::new(&schema.plan, &schema.schemas, schema.root).unwrap();
//! assert!([4, 8].contains(&generator.valid(7).as_i64().unwrap()));
//! assert_eq!(generator.valid(7), generator.valid(7));
//! ```

mod container;
mod demand;
mod expand;
mod expression;
mod frame;
mod height;
mod influence;
mod kinds;
mod near_miss;
mod number;
mod proof;
mod shrink;
mod site;
mod solve;
mod text;
mod way;
pub mod word;

use std::cell::RefCell;
use std::fmt;

use fastrand::Rng;
use handfast_codegen::model::{SchemaIdx, Schemas};
use handfast_codegen::plan::{ObjectTests, Plan, PlanIdx, Test, TextTest};
use serde_json::Value;

use crate::interpret;
use expression::Expression;
pub use expression::translated;
pub use frame::{Frame, malformed};
use height::{Heights, NEVER};
use kinds::Kinds;
pub use near_miss::{Coverage, NearMiss, NearMisses, SiteState};
pub use shrink::{Smaller, shrink};
use site::{Edge, Step};
pub use solve::Style;
use solve::{Act, Aim, Conflict, Solver};
use text::Expressions;

/// How often a payload is tried before one is taken that was found earlier.
const MAX_TRIES: u64 = 12;
/// How often a first payload is tried.
const MAX_FIRST_TRIES: u64 = 60;

/// Which of the values between two limits to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Near {
    Anywhere,
    Low,
    InsideLow,
    InsideHigh,
    High,
}

impl Near {
    const LIMITS: [Self; 4] = [Self::Low, Self::InsideLow, Self::InsideHigh, Self::High];

    const fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Low => "low",
            Self::InsideLow => "low+1",
            Self::InsideHigh => "high-1",
            Self::High => "high",
        }
    }
}

/// A valid payload with a value at a limit, or one inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// The payload.
    pub payload: Value,
    /// JSON Pointer to the value.
    pub at: String,
    /// The subschema that has the limit: `events/a.json#/properties/b`.
    pub schema: String,
    /// Which limit: `low`, `low+1`, `high-1`, `high`.
    pub side: &'static str,
}

/// Whether a step leads to where no item has to be accepted.
fn is_uncertain(step: &Step) -> bool {
    step.edge == Edge::Contains
}

/// Makes payloads of one schema.
#[derive(Debug)]
pub struct Generator<'p> {
    plan: &'p Plan,
    schemas: &'p Schemas,
    schema: SchemaIdx,
    heights: Heights,
    kinds: Kinds,
    expressions: Expressions,
    /// A valid payload.
    sample: Value,
}

/// Why no payload can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsatisfiable {
    /// Whether no value is valid; else none was found.
    pub is_proved: bool,
    /// The subschema that could not be met: `events/a.json#/properties/b`.
    pub at: String,
    /// What is in the way there.
    pub what: &'static str,
}

impl fmt::Display for Unsatisfiable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.is_proved { "unsatisfiable" } else { "no valid payload was found" };
        write!(f, "{verdict}: {} at `{}`", self.what, self.at)
    }
}

impl std::error::Error for Unsatisfiable {}

impl<'p> Generator<'p> {
    /// A generator of payloads of `schema`.
    ///
    /// # Errors
    /// No value is valid, or none was found.
    pub fn new(plan: &'p Plan, schemas: &'p Schemas, schema: SchemaIdx) -> Result<Self, Unsatisfiable> {
        let heights = Heights::of(plan, schemas);
        let (kinds, expressions) = (Kinds::of(plan, schemas), expressions(plan));
        let mut generator = Self { plan, schemas, schema, heights, kinds, expressions, sample: Value::Null };
        generator.sample = generator.first()?;
        Ok(generator)
    }

    fn first(&self) -> Result<Value, Unsatisfiable> {
        let root = self.root();
        let mut conflict = Conflict::unproved(root, "nothing was found in time");
        let mut solver = self.solver();
        for seed in 0..MAX_FIRST_TRIES {
            let style = [Style::Minimal, Style::Typical, Style::Boundary][(seed % 3) as usize];
            match solver.value(root, style, None, seed) {
                Ok(value) if self.is_valid(&value) => return Ok(value),
                Ok(_) => {}
                Err(found) => conflict = found,
            }
            if conflict.is_proved {
                break;
            }
        }
        let is_never = self.heights.at(root) == NEVER;
        let at = if is_never { self.dead_end(root) } else { conflict.node };
        let what = if is_never { "nothing is accepted" } else { conflict.what };
        let is_proved = conflict.is_proved || is_never;
        Err(Unsatisfiable { is_proved, at: self.plan[at].uri.clone(), what })
    }

    /// The subschema that leaves nothing for `index` to accept.
    fn dead_end(&self, index: PlanIdx) -> PlanIdx {
        let mut at = index;
        for _ in 0..self.plan.iter().count() {
            let parts = self.plan[at].tests.iter().flat_map(Test::parts);
            match parts.into_iter().find(|part| self.heights.at(*part) == NEVER) {
                Some(part) if part != at => at = part,
                _ => break,
            }
        }
        at
    }

    fn root(&self) -> PlanIdx {
        self.plan.index(self.schema)
    }

    fn solver(&self) -> Solver<'_> {
        Solver::new(self.plan, self.schemas, &self.heights, &self.kinds, &self.expressions)
    }

    /// Whether the schema accepts `value`.
    pub fn is_valid(&self, value: &Value) -> bool {
        interpret::is_valid(self.plan, self.schema, value)
    }

    /// A valid payload, of a style that `seed` decides.
    pub fn valid(&self, seed: u64) -> Value {
        let style = match Rng::with_seed(seed ^ 0x5EED).u8(..10) {
            0 => Style::Minimal,
            1 => Style::Maximal,
            2 | 3 => Style::Boundary,
            4 | 5 => Style::Strange,
            _ => Style::Typical,
        };
        self.valid_in(style, seed)
    }

    /// A valid payload of that style.
    pub fn valid_in(&self, style: Style, seed: u64) -> Value {
        let mut solver = self.solver();
        let seeds =
            (0..MAX_TRIES).map(|attempt| seed.wrapping_add(attempt.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        let made = seeds.filter_map(|seed| solver.value(self.root(), style, None, seed).ok());
        let found = made.into_iter().find(|value| self.is_valid(value));
        found.unwrap_or_else(|| self.sample.clone())
    }

    /// Valid payloads that come to every subschema: every branch of a union, every optional member, every item; and there, to
    /// each limit and one inside it. The number of such places comes first.
    pub fn boundaries(&self) -> (usize, impl Fn(usize, u64) -> Option<Boundary>) {
        let (_, routes) = site::routes(self.plan, self.root());
        let mut routes: Vec<(PlanIdx, Vec<Step>)> = routes.into_iter().collect();
        routes.retain(|(node, route)| self.heights.at(*node) != NEVER && !route.iter().any(is_uncertain));
        routes.sort_by_key(|(node, _)| *node);
        let n_limits = Near::LIMITS.len();
        let n = routes.len() * n_limits;
        let mut solver = self.solver();
        solver.expect(&self.sample);
        let solver = RefCell::new(solver);
        let make = move |number: usize, seed: u64| {
            let (node, route) = routes.get(number / n_limits)?;
            let near = Near::LIMITS[number % n_limits];
            let aim = || Some(Aim { route: route.clone(), act: Act::Keep(near) });
            let mut solver = solver.borrow_mut();
            let payload = (0..MAX_TRIES).find_map(|attempt| {
                let style = if attempt < 2 { Style::Minimal } else { Style::Typical };
                let made =
                    solver.value(self.root(), style, aim(), seed.wrapping_mul(31).wrapping_add(attempt));
                made.ok().filter(|value| self.is_valid(value))
            })?;
            let at = solver.struck().unwrap_or_default().to_owned();
            Some(Boundary { payload, at, schema: self.plan[*node].uri.clone(), side: near.name() })
        };
        (n, make)
    }

    /// What breaks the schema at one place each.
    pub fn near_misses(&self) -> NearMisses<'_> {
        NearMisses::new(self)
    }
}

/// Every regular expression of a plan that can be drawn from.
fn expressions(plan: &Plan) -> Expressions {
    let of_object = |tests: &ObjectTests| {
        tests.patterns.iter().map(|(regex, _)| regex.as_str().to_owned()).collect::<Vec<_>>()
    };
    let of_test = |test: &Test| match test {
        Test::Text(TextTest::Pattern(regex)) => vec![regex.as_str().to_owned()],
        Test::Object(tests) => of_object(tests),
        _ => Vec::new(),
    };
    let mut known = Expressions::new();
    for source in plan.iter().flat_map(|(_, node)| &node.tests).flat_map(of_test) {
        if !known.contains_key(&source) {
            known.extend(Expression::new(&source).map(|expression| (source, expression)));
        }
    }
    known
}
