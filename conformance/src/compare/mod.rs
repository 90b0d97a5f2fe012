//! Decides whether every instance of a producer's schema is one of a consumer's.
//!
//! It looks for an instance that the producer's plan accepts and the consumer's refuses. Where one is found, both plans have
//! executed it: nothing else is called breaking. Where none can be, that is proved; whatever is neither is unknown.

mod automaton;
pub mod batch;
mod candidate;
mod choice;
mod classes;
mod declared;
mod evaluated;
mod exact;
mod expand;
mod formula;
mod item;
mod member;
mod metaschemas;
mod scalar;
mod search;
mod second;

use handfast::Violation;
use handfast_codegen::model::{SchemaIdx, Schemas};
use handfast_codegen::plan::{Plan, PlanIdx};
use serde::Serialize;
use serde_json::Value;

use crate::generate::shrink;
use crate::interpret;
use classes::Classes;
use declared::declared;
use search::{Outcome, Search, Why};

/// How often a smaller witness is tried.
const MAX_SHRINKS: usize = 400;

/// One of the two schemas that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'p> {
    /// The tests of all its subschemas.
    pub plan: &'p Plan,
    /// All its subschemas.
    pub schemas: &'p Schemas,
    /// The schema itself.
    pub schema: SchemaIdx,
}

/// What instances a producer is taken to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// Everything that its schema accepts.
    Strict,
    /// Of that, what has no member that its schema does not mention where it mentions any.
    DeclaredOnly,
}

/// How much work a comparison may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How many steps, of some microseconds each at most.
    pub max_steps: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { max_steps: 50_000 }
    }
}

/// Whether what a producer makes is what a consumer takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It is, always: that is proved.
    Compatible,
    /// It is not.
    Breaking(Box<Witness>),
    /// Neither was found out.
    Unknown(Blocked),
}

impl Verdict {
    /// `compatible`, `breaking` or `unknown`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Breaking(_) => "breaking",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// An instance of the producer's schema that is none of the consumer's.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The instance.
    pub payload: Value,
    /// What it breaks of the consumer's schema.
    pub violations: Vec<Violation>,
}

/// Where a comparison came to no end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// The producer's subschema there: `events/a.json#/properties/b`.
    pub producer: String,
    /// The consumer's.
    pub consumer: String,
    /// The keyword that could not be reasoned about.
    pub keyword: &'static str,
    /// Why.
    pub why: &'static str,
}

/// A test of a plan.
#[derive(Debug, Clone, Copy)]
struct Root<'p> {
    plan: &'p Plan,
    node: PlanIdx,
}

impl Root<'_> {
    fn accepts(&self, value: &Value) -> bool {
        interpret::accepts(self.plan, self.node, value)
    }
}

impl<'p> Side<'p> {
    fn root(self) -> Root<'p> {
        Root { plan: self.plan, node: self.plan.index(self.schema) }
    }
}

/// Whether every instance of `producer`, by that reading, is one of `consumer`.
///
/// ```
/// use std::path::Path;
///
/// use handfast_codegen::{compile_schema, source::Memory};
/// use handfast_conformance::compare::{Budget, Reading, Side, Verdict, flows};
///
/// let compile = |text: &str| compile_schema(&Memory::default().with("n.json", text), Path::new("n.json")).unwrap();
/// let (old, new) = (compile(r#"{ "maximum": 5 }"#), compile(r#"{ "maximum": 4 }"#));
/// let side = |schema| -> Side<'_> { let s: &handfast_codegen::CompiledSchema = schema; Side { plan: &s.plan, schemas: &s.schemas, schema: s.root } };
/// let Verdict::Breaking(witness) = flows(side(&old), side(&new), Reading::Strict, &Budget::default()) else { panic!() };
/// assert_eq!(witness.violations[0].code, "maximum");
/// ```
pub fn flows(producer: Side<'_>, consumer: Side<'_>, reading: Reading, budget: &Budget) -> Verdict {
    match reading {
        Reading::Strict => compare(producer, producer.root(), consumer, budget),
        Reading::DeclaredOnly => {
            let (plan, node) = declared(producer.root());
            compare(producer, Root { plan: &plan, node }, consumer, budget)
        }
    }
}

/// Whether everything that `made` accepts, which is no more than `producer` does, is accepted by `consumer`.
fn compare(producer: Side<'_>, made: Root<'_>, consumer: Side<'_>, budget: &Budget) -> Verdict {
    let classes = Classes::of([made, consumer.root()]);
    let (from, to) = (classes.root(0), classes.root(1));
    if from == to {
        return Verdict::Compatible;
    }
    let mut search = Search::new(&classes, budget.max_steps);
    let goal = vec![search.formulas.node(from, true), search.formulas.node(to, false)];
    let refutes = |payload: &Value| made.accepts(payload) && !consumer.root().accepts(payload);
    match search.solve(goal) {
        Outcome::Empty => Verdict::Compatible,
        Outcome::Found(payload) => breaking(consumer, &payload, &refutes),
        Outcome::Unknown(why) => match candidate::find(producer, consumer, &refutes) {
            Some(payload) => breaking(consumer, &payload, &refutes),
            None => Verdict::Unknown(blocked(&classes, why)),
        },
    }
}

fn blocked(classes: &Classes<'_>, why: Why) -> Blocked {
    let uri = |side: usize| classes.node(why.at[side].unwrap_or(classes.root(side))).uri.clone();
    Blocked { producer: uri(0), consumer: uri(1), keyword: why.keyword, why: why.why }
}

fn breaking(consumer: Side<'_>, payload: &Value, refutes: &dyn Fn(&Value) -> bool) -> Verdict {
    let payload = shrink(payload, "/", MAX_SHRINKS, &mut |smaller: &Value| refutes(smaller));
    let violations = interpret::violations(consumer.plan, consumer.schema, &payload);
    Verdict::Breaking(Box::new(Witness { payload, violations }))
}
