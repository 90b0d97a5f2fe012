//! The one meaning of a schema: what to test, in which order, and what dispatches on what.
//!
//! Validators of every language are printed from it, and the runner executes it. Nothing after it reads keywords.

mod build;
mod choice;
mod cycle;
pub(crate) mod dispatch;
mod portable;

use std::ops::Index;

pub(crate) use dispatch::dispatch;
pub use portable::Portable;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::model::{Format, Regex, SchemaIdx, Schemas, TypeSet};

/// The test of a subschema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlanIdx(u32);

/// The tests of all subschemas.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Plan {
    nodes: Vec<PlanNode>,
    of_schema: Vec<PlanIdx>,
    /// For each node whether it is one of those of which one is on every way from a test back to itself.
    recursive: Vec<bool>,
}

/// What a valid instance of one subschema passes: all of its tests, the cheapest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanNode {
    /// The subschema.
    pub schema: SchemaIdx,
    /// Its location: `events/a.json#/properties/b`. A test's keyword is the next token.
    pub uri: String,
    /// The tests.
    pub tests: Vec<Test>,
    /// What its own keywords look at, whether or not they can fail.
    pub covers: Cover,
}

/// The members and items that the keywords beside each other evaluate (JSON Schema Core, 11).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cover {
    /// `properties`
    pub properties: Vec<String>,
    /// `patternProperties`
    pub patterns: Vec<Regex>,
    /// Whether `additionalProperties` is there: it looks at all the others.
    pub all_properties: bool,
    /// Whether `unevaluatedProperties` is there: it looks at what is left, as those see it who apply the schema.
    pub rest_of_properties: bool,
    /// How many `prefixItems` there are.
    pub n_prefix: usize,
    /// Whether `items` is there: it looks at all the others.
    pub all_items: bool,
    /// Whether `unevaluatedItems` is there: it looks at what is left, as those see it who apply the schema.
    pub rest_of_items: bool,
    /// `contains`: it looks at the items it accepts.
    pub contains: Option<PlanIdx>,
}

/// One test of a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// The schema `false`.
    Never,
    /// `type`
    Types(TypeSet),
    /// `const`
    Constant(Value),
    /// `enum`
    Enumeration(Vec<Value>),
    /// A limit of a number; other values pass.
    Number(NumberTest),
    /// A limit of a string; other values pass.
    Text(TextTest),
    /// Limits of an array; other values pass.
    Array(ArrayTests),
    /// Limits of an object; other values pass.
    Object(ObjectTests),
    /// `$ref`
    Reference(PlanIdx),
    /// `allOf`
    All(Vec<PlanIdx>),
    /// `anyOf`
    Any(Union),
    /// `oneOf`
    One(Union),
    /// `not`
    Not(PlanIdx),
    /// `if`, `then`, `else`
    When {
        /// `if`
        test: PlanIdx,
        /// `then`
        then: Option<PlanIdx>,
        /// `else`
        otherwise: Option<PlanIdx>,
    },
    /// `unevaluatedItems`: the test of what nothing else in the node, or in what it applies in place, looks at.
    UnevaluatedItems(PlanIdx),
    /// `unevaluatedProperties`, likewise.
    UnevaluatedProperties(PlanIdx),
}

/// A limit of a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NumberTest {
    /// `minimum`
    Minimum(Number),
    /// `maximum`
    Maximum(Number),
    /// `exclusiveMinimum`
    ExclusiveMinimum(Number),
    /// `exclusiveMaximum`
    ExclusiveMaximum(Number),
    /// `multipleOf`
    MultipleOf(Number),
}

/// A limit of a string.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TextTest {
    /// `minLength`, in code points
    MinLength(u64),
    /// `maxLength`, in code points
    MaxLength(u64),
    /// `format`
    Format(Format),
    /// `pattern`
    Pattern(Regex),
}

/// Limits of an array.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ArrayTests {
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `prefixItems`
    pub prefix: Vec<PlanIdx>,
    /// `items`: what follows the prefix.
    pub items: Option<PlanIdx>,
    /// `contains`, with `minContains` and `maxContains`.
    pub contains: Option<(PlanIdx, u64, Option<u64>)>,
    /// `uniqueItems`
    pub unique: bool,
}

/// Limits of an object.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ObjectTests {
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// `required`
    pub required: Vec<String>,
    /// `properties`; what accepts everything is here only where `additional` must know its name.
    pub properties: Vec<(String, Option<PlanIdx>)>,
    /// `patternProperties`; what accepts everything is here only where `additional` must know its names.
    pub patterns: Vec<(Regex, Option<PlanIdx>)>,
    /// `additionalProperties`
    pub additional: Option<PlanIdx>,
    /// `propertyNames`
    pub names: Option<PlanIdx>,
    /// `dependentRequired`
    pub dependent_required: Vec<(String, Vec<String>)>,
    /// `dependentSchemas`
    pub dependent_schemas: Vec<(String, PlanIdx)>,
}

/// The branches of `anyOf` or `oneOf`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Union {
    /// The branches, in the order of the document.
    pub branches: Vec<PlanIdx>,
    /// Which of them can accept what; every type is in one arm.
    pub arms: Vec<Arm>,
}

/// What can accept values of some types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// The types. Numbers are not told apart: `integer` comes with `number`.
    pub types: TypeSet,
    /// The branches.
    pub choice: Choice,
}

/// The branches that can accept a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Choice {
    /// There is none.
    None,
    /// The value is valid if this one accepts it.
    One(PlanIdx),
    /// A property tells which.
    Tagged(Tags),
    /// Each has to be asked.
    Several(Vec<Candidate>),
}

/// A branch that may accept a value, and what shows without asking it that it does not.
///
/// What the branch itself tests stays its own: this only spares the deep tests of branches that are not meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The branch.
    pub branch: PlanIdx,
    /// Properties without which it accepts no object, unless all candidates require them.
    pub needs: Vec<String>,
    /// Properties that must hold one of some strings where they are there, unless all candidates say the same of them.
    pub wants: Vec<(String, Vec<String>)>,
}

/// A property that every branch requires, and whose value tells them apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tags {
    /// The property.
    pub property: String,
    /// The scalars it may hold, no two equal, each with its branch.
    pub arms: Vec<(Value, PlanIdx)>,
}

/// A property that tells which branch of a union is meant: every branch is an object that requires it, and no two
/// branches allow the same value.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispatch {
    /// The property.
    pub property: String,
    /// The strings it may hold, each with the number of its branch.
    pub arms: Vec<(String, usize)>,
}

impl ObjectTests {
    /// Fewer members than these are looked up one by one.
    const FEW: usize = 2;

    /// The names that have a test or are required, each once: the test, and whether it is required.
    pub fn named(&self) -> impl Iterator<Item = (&str, Option<PlanIdx>, bool)> {
        let declared = self.properties.iter().map(|(name, test)| (name.as_str(), *test, self.requires(name)));
        let others = self.required.iter().filter(|name| !self.declares(name));
        declared.chain(others.map(|name| (name.as_str(), None, true)))
    }

    fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required == name)
    }

    /// Whether `properties` has that name.
    pub fn declares(&self, name: &str) -> bool {
        self.properties.iter().any(|(declared, _)| declared == name)
    }

    /// Whether every member is looked at in turn; else those that have a name are looked up.
    pub fn walks(&self) -> bool {
        let looks_at_all = self.names.is_some() || self.additional.is_some() || !self.patterns.is_empty();
        looks_at_all || self.named().nth(Self::FEW).is_some()
    }
}

impl Plan {
    /// The plan of every subschema.
    pub fn of(schemas: &Schemas) -> Self {
        build::plan(schemas)
    }

    /// The test of a subschema.
    pub fn index(&self, schema: SchemaIdx) -> PlanIdx {
        self.of_schema[schema.0 as usize]
    }

    /// Whether validators count how often they are in that test: on every way from a test to itself is one they count.
    pub fn is_recursive(&self, index: PlanIdx) -> bool {
        self.recursive[index.number()]
    }

    /// The test that stands for `index`: what only passes a value on is left out.
    pub fn target(&self, index: PlanIdx) -> PlanIdx {
        let mut target = index;
        for _ in 0..self.nodes.len() {
            match self[target].tests.as_slice() {
                [Test::Reference(next)] => target = *next,
                [Test::All(parts)] if parts.len() == 1 => target = parts[0],
                _ => break,
            }
        }
        target
    }

    /// The same tests, where every union asks all of its branches: with another test in the place of one, others may accept.
    #[must_use]
    pub fn undispatched(&self) -> Self {
        let mut plan = self.clone();
        for test in plan.nodes.iter_mut().flat_map(|node| &mut node.tests) {
            if let Test::Any(union) | Test::One(union) = test {
                let candidate =
                    |branch: &PlanIdx| Candidate { branch: *branch, needs: Vec::new(), wants: Vec::new() };
                let choice = Choice::Several(union.branches.iter().map(candidate).collect());
                union.arms = vec![Arm { types: TypeSet::ALL, choice }];
            }
        }
        plan
    }

    /// Puts `node` in the place of a test, and gives the one that was there. Of an [undispatched](Self::undispatched) plan
    /// the others stay right.
    pub fn replace(&mut self, index: PlanIdx, node: PlanNode) -> PlanNode {
        std::mem::replace(&mut self.nodes[index.number()], node)
    }

    /// Adds tests, which may call each other: `make` gets the numbers they will have.
    pub fn add(&mut self, n_added: usize, make: impl FnOnce(&[PlanIdx]) -> Vec<PlanNode>) -> Vec<PlanIdx> {
        let n_known = self.nodes.len() as u32;
        let added: Vec<_> = (n_known..).take(n_added).map(PlanIdx).collect();
        self.nodes.extend(make(&added));
        self.recursive = cycle::recursive(self);
        added
    }

    /// Every node with its index.
    pub fn iter(&self) -> impl Iterator<Item = (PlanIdx, &PlanNode)> {
        (0..).map(PlanIdx).zip(&self.nodes)
    }
}

impl PlanIdx {
    /// The number of the test in its plan.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

impl Index<PlanIdx> for Plan {
    type Output = PlanNode;
    fn index(&self, index: PlanIdx) -> &PlanNode {
        &self.nodes[index.number()]
    }
}

impl Test {
    /// Whether it only speaks of values of one type. Where `type` fails, it is not asked.
    pub fn is_of_type(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Text(_) | Self::Array(_) | Self::Object(_))
    }

    /// The tests that this one calls.
    pub fn parts(&self) -> Vec<PlanIdx> {
        match self {
            Self::Never
            | Self::Types(_)
            | Self::Constant(_)
            | Self::Enumeration(_)
            | Self::Number(_)
            | Self::Text(_) => Vec::new(),
            Self::Array(tests) => {
                let contains = tests.contains.map(|(test, ..)| test);
                tests.prefix.iter().copied().chain(tests.items).chain(contains).collect()
            }
            Self::Object(tests) => {
                let properties = tests.properties.iter().filter_map(|(_, test)| *test);
                let patterns = tests.patterns.iter().filter_map(|(_, test)| *test);
                let dependent = tests.dependent_schemas.iter().map(|(_, test)| *test);
                properties
                    .chain(patterns)
                    .chain(tests.additional)
                    .chain(tests.names)
                    .chain(dependent)
                    .collect()
            }
            Self::Reference(target)
            | Self::Not(target)
            | Self::UnevaluatedItems(target)
            | Self::UnevaluatedProperties(target) => vec![*target],
            Self::All(parts) => parts.clone(),
            Self::Any(union) | Self::One(union) => union.branches.clone(),
            Self::When { test, then, otherwise } => {
                [Some(*test), *then, *otherwise].into_iter().flatten().collect()
            }
        }
    }

    /// The tests that this one applies to the same instance, and when what they look at counts as evaluated.
    pub fn in_place(&self) -> Vec<(PlanIdx, Holds<'_>)> {
        let all = |parts: &[PlanIdx], holds| parts.iter().map(|part| (*part, holds)).collect();
        match self {
            Self::Reference(target) => vec![(*target, Holds::Always)],
            Self::All(parts) => all(parts, Holds::Always),
            Self::Any(union) | Self::One(union) => all(&union.branches, Holds::WhenValid),
            Self::When { test, then, otherwise } => {
                let then = then.map(|then| (then, Holds::After(*test, true)));
                let otherwise = otherwise.map(|otherwise| (otherwise, Holds::After(*test, false)));
                [Some((*test, Holds::WhenValid)), then, otherwise].into_iter().flatten().collect()
            }
            Self::Object(tests) => {
                tests.dependent_schemas.iter().map(|(name, test)| (*test, Holds::With(name))).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// When a subschema that is applied in place takes part in the verdict on a valid instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds<'t> {
    /// Always.
    Always,
    /// When it accepts the instance.
    WhenValid,
    /// When that other test accepts the instance, or does not.
    After(PlanIdx, bool),
    /// When the instance has that property.
    With(&'t str),
}
