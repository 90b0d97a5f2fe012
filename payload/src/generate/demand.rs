//! What is asked of the value at one place, gathered from all subschemas that apply there.

use std::collections::BTreeSet;

use handfast::equal;
use handfast_codegen::model::{JsonType, Regex, TypeSet};
use handfast_codegen::plan::{ArrayTests, Cover, ObjectTests, PlanIdx};
use serde_json::Value;

use super::Near;
use super::number::NumberDemand;
use super::site::Edge;
use super::text::TextDemand;

/// A subschema that has to accept a value, or must not.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// The subschema.
    pub node: PlanIdx,
    /// Whether it has to accept.
    pub accept: bool,
    /// The number of the step of the aim's route that starts here.
    pub aim: Option<usize>,
}

impl Ask {
    /// It has to accept.
    pub const fn accepting(node: PlanIdx) -> Self {
        Self { node, accept: true, aim: None }
    }

    /// It must not accept.
    pub const fn refusing(node: PlanIdx) -> Self {
        Self { node, accept: false, aim: None }
    }
}

/// The edge of the aim, and the number of the step behind it.
pub type Aimed = Option<(Edge, usize)>;

/// What is asked of a value.
#[derive(Debug)]
pub struct Demand<'p> {
    pub types: TypeSet,
    /// It is one of these.
    pub values: Option<Vec<&'p Value>>,
    /// It is none of these.
    pub excluded: Vec<&'p Value>,
    pub number: NumberDemand,
    pub text: TextDemand<'p>,
    pub arrays: Vec<Part<'p, ArrayTests>>,
    pub objects: Vec<Part<'p, ObjectTests>>,
    /// What is asked of items and members that nothing else looks at.
    pub rest_items: Vec<(PlanIdx, Aimed)>,
    pub rest_members: Vec<(PlanIdx, Aimed)>,
    /// What is looked at.
    pub covers: Vec<&'p Cover>,
    pub items: Counts,
    pub members: Counts,
    pub is_unique: bool,
    /// Two items are equal.
    pub is_doubled: bool,
    pub contains: Vec<Contained>,
    /// An item at one of these places must be refused.
    pub refused_items: Vec<(PlanIdx, Places)>,
    pub required: Vec<&'p str>,
    pub forbidden: BTreeSet<&'p str>,
    pub forced: Vec<Forced<'p>>,
    /// Which values to prefer; what is broken just so comes next to its limit.
    pub near: Option<Near>,
    /// What must not accept, and was left to chance.
    pub refused: Vec<PlanIdx>,
    /// Whether the value has to be checked: not all that is asked was made sure of.
    pub is_unsure: bool,
    /// Whether there was a choice on the way here.
    pub has_chosen: bool,
    /// The test that the aim breaks at this place.
    pub target: Option<(PlanIdx, usize)>,
    /// Whether that test is asked more than once here.
    pub is_shared: bool,
}

/// The tests of an array or object, and what the aim is in them.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p, T> {
    pub tests: &'p T,
    pub aimed: Aimed,
}

/// How many.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub min: u64,
    pub max: Option<u64>,
}

impl Counts {
    pub fn at_least(&mut self, n: u64) {
        self.min = self.min.max(n);
    }

    pub fn at_most(&mut self, n: u64) {
        self.max = Some(self.max.map_or(n, |max| max.min(n)));
    }

    pub fn is_empty(&self) -> bool {
        self.max.is_some_and(|max| max < self.min)
    }
}

/// How many items a subschema accepts.
#[derive(Debug, Clone, Copy)]
pub struct Contained {
    pub test: PlanIdx,
    pub min: u64,
    pub max: Option<u64>,
    /// One item more is accepted but for what the aim breaks.
    pub aim: Option<usize>,
}

/// Where an item may stand.
#[derive(Debug, Clone, Copy)]
pub enum Places {
    At(usize),
    From(usize),
    /// The first that nothing looks at.
    Rest,
}

/// A member that has to be there.
#[derive(Debug, Clone)]
pub struct Forced<'p> {
    pub name: Named<'p>,
    pub asks: Vec<Ask>,
    /// Whether the aim is in it.
    pub is_aimed: bool,
}

/// What a member is called.
#[derive(Debug, Clone)]
pub enum Named<'p> {
    Exactly(&'p str),
    Matching(&'p Regex),
    /// No name that anything knows.
    Fresh,
    /// Whatever this asks of names.
    As(Ask),
}

impl Default for Demand<'_> {
    fn default() -> Self {
        Self {
            types: TypeSet::ALL,
            values: None,
            excluded: Vec::new(),
            number: NumberDemand::default(),
            text: TextDemand::default(),
            arrays: Vec::new(),
            objects: Vec::new(),
            rest_items: Vec::new(),
            rest_members: Vec::new(),
            covers: Vec::new(),
            items: Counts::default(),
            members: Counts::default(),
            is_unique: false,
            is_doubled: false,
            contains: Vec::new(),
            refused_items: Vec::new(),
            required: Vec::new(),
            forbidden: BTreeSet::new(),
            forced: Vec::new(),
            near: None,
            refused: Vec::new(),
            is_unsure: false,
            has_chosen: false,
            target: None,
            is_shared: false,
        }
    }
}

impl<'p> Demand<'p> {
    /// One of `values`.
    pub fn listed(&mut self, values: &'p [Value]) {
        let is_listed = |value: &&Value| values.iter().any(|one| equal(one, value));
        match &mut self.values {
            Some(known) => known.retain(is_listed),
            None => self.values = Some(values.iter().collect()),
        }
    }

    /// None of `values`.
    pub fn unlisted(&mut self, values: &'p [Value]) {
        self.excluded.extend(values);
    }

    /// Of a type alone.
    pub fn of(&mut self, json_type: JsonType) {
        self.types = self.types.and(TypeSet::NONE.with(json_type));
    }

    /// Whether `value` is not what it must not be.
    pub fn admits(&self, value: &Value) -> bool {
        !self.excluded.iter().any(|excluded| equal(excluded, value))
    }

    /// Whether `value`, which a schema lists, is of the types, and within the limits of numbers and strings.
    pub fn may_be(&self, value: &Value) -> bool {
        let is_within = match value {
            Value::Number(number) => self.number.admits(number),
            Value::String(text) => self.text.allows(text),
            _ => true,
        };
        self.types.has(JsonType::of(value)) && is_within && self.admits(value)
    }

    /// What can't be whatever is chosen.
    pub fn contradiction(&self) -> Option<&'static str> {
        if self.types == TypeSet::NONE {
            Some("no type is left")
        } else if self.values.as_ref().is_some_and(|values| !values.iter().any(|value| self.may_be(value))) {
            Some("none of the listed values is left")
        } else if self.required.iter().any(|name| self.forbidden.contains(name)) {
            self.objects_only().then_some("a property has to be there and must not be there")
        } else {
            None
        }
    }

    fn objects_only(&self) -> bool {
        self.types.single() == Some(JsonType::Object)
    }
}
