//! What instances of a schema look like: the part of its meaning that a type can carry.
//!
//! A shape belongs to a set of schemas that hold together (a subschema, what it refers to, and what it combines with
//! `allOf`). It never refuses a valid instance; what it cannot say is left to the validation plan, and [`Form`] tells
//! whether there is such a rest.

mod array;
mod conjunction;
mod listed;
mod object;
mod structural;
mod union;

use serde_json::Value;

use crate::model::{Constraints, Docs, Format, JsonType, SchemaBody, SchemaIdx, Schemas, TypeSet};
use crate::plan::{Dispatch, dispatch};
use conjunction::Conjunction;

pub use array::Tuple;
pub use structural::{Structure, Structures};

/// Schemas that hold together, sorted, each once, for instances of some types.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Together {
    schemas: Vec<SchemaIdx>,
    within: TypeSet,
}

/// A shape, and whether it is all there is.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What instances look like.
    pub shape: Shape,
    /// Whether some value of this shape is no instance: only the validation plan tells.
    pub is_refined: bool,
}

/// What instances look like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// One value.
    Constant(Value),
    /// One of these strings.
    Strings(Vec<String>),
    /// One of these strings, numbers and booleans; not all of them are strings.
    Scalars(Vec<Value>),
    /// An integer; `None` where the schema sets no bound.
    Integer {
        /// The smallest.
        min: Option<i128>,
        /// The largest.
        max: Option<i128>,
    },
    /// A number.
    Number,
    /// A string.
    Text {
        /// Its format.
        format: Option<Format>,
    },
    /// An array of one kind of items.
    Array {
        /// The items; `None` for any.
        items: Option<Together>,
    },
    /// An array whose first items have each their kind.
    Tuple(Tuple),
    /// An object.
    Object(ObjectShape),
    /// One of several shapes, told apart by a property.
    Union {
        /// The branches.
        branches: Vec<Together>,
        /// The property.
        dispatch: Dispatch,
    },
    /// One of several shapes of different JSON types.
    ByType(Vec<(TypeSet, Together)>),
    /// The first of several shapes that accepts the instance.
    FirstOf {
        /// The branches.
        branches: Vec<Together>,
        /// Whether no other may accept it.
        is_exclusive: bool,
    },
    /// The shape, or `null`.
    Nullable(Box<Shape>),
    /// What other schemas describe, or `null`.
    OrNull(Together),
    /// No better type is known than a JSON value that is checked.
    Opaque,
}

/// What an object looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectShape {
    /// The members that are declared or required.
    pub fields: Vec<Field>,
    /// The others, all of one kind.
    pub rest: Rest,
    /// The kinds of members whose names match regular expressions (ECMA-262), declared ones among them.
    pub patterns: Vec<(String, Together)>,
    /// Members that are not declared, and that no pattern matches; never [`Rest::Matching`].
    pub others: Rest,
}

/// A declared member.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it is always there.
    pub is_required: bool,
    /// What holds for it.
    pub schema: Together,
    /// What is written where it is declared, beside a reference perhaps.
    pub docs: Docs,
}

/// Members or items that are not declared.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// Anything may be there.
    Open,
    /// Nothing may.
    Closed,
    /// What is there is of this kind.
    Typed(Together),
    /// Members whose names match the regular expression (ECMA-262) are of this kind; there are no others.
    Matching(String, Together),
}

impl Together {
    /// One schema, references followed.
    pub fn of(schemas: &Schemas, schema: SchemaIdx) -> Self {
        Self::of_all(schemas, [schema])
    }

    fn of_all(schemas: &Schemas, all: impl IntoIterator<Item = SchemaIdx>) -> Self {
        let mut all: Vec<_> = all.into_iter().map(|schema| schemas.follow(schema)).collect();
        all.sort_unstable();
        all.dedup();
        Self { schemas: all, within: TypeSet::ALL }
    }

    /// The same for instances of `types` only.
    fn narrowed(mut self, schemas: &Schemas, types: TypeSet) -> Self {
        let own = Conjunction::of(schemas, &self).types();
        // What is no restriction is not said, so that a definition stays the type it is elsewhere.
        if own.and(types) != own {
            self.within = self.within.and(types);
        }
        self
    }

    /// The same for instances that are not null.
    #[must_use]
    pub fn without_null(mut self) -> Self {
        self.within = self.within.without(JsonType::Null);
        self
    }

    /// The schemas.
    pub fn schemas(&self) -> &[SchemaIdx] {
        &self.schemas
    }

    /// The types of the instances that this is about, unless it is about all.
    pub fn within(&self) -> Option<TypeSet> {
        (self.within != TypeSet::ALL).then_some(self.within)
    }

    /// The one schema, if it is one and about all of its instances, null perhaps left out.
    pub fn single(&self) -> Option<SchemaIdx> {
        match self.schemas.as_slice() {
            [schema] if self.within.with(JsonType::Null) == TypeSet::ALL => Some(*schema),
            _ => None,
        }
    }

    /// The schema that names the type: the first; none where nothing is said.
    pub fn first(&self) -> Option<SchemaIdx> {
        self.schemas.first().copied()
    }

    /// The first title, description, … that one of the schemas has.
    pub fn docs(&self, schemas: &Schemas) -> Docs {
        first_docs(schemas, &self.schemas)
    }

    /// The types that instances may have.
    pub fn types(&self, schemas: &Schemas) -> TypeSet {
        Conjunction::of(schemas, self).types()
    }

    /// What instances look like.
    pub fn shape(&self, schemas: &Schemas) -> Shape {
        self.form(schemas).shape
    }

    /// What instances look like, and whether that is all.
    pub fn form(&self, schemas: &Schemas) -> Form {
        Conjunction::of(schemas, self).form()
    }
}

impl Form {
    fn exact(shape: Shape) -> Self {
        Self { shape, is_refined: false }
    }

    fn opaque() -> Self {
        Self { shape: Shape::Opaque, is_refined: true }
    }

    /// The same, or null.
    fn nullable(self) -> Self {
        Self { shape: nullable(self.shape), ..self }
    }
}

fn first_docs(schemas: &Schemas, of: &[SchemaIdx]) -> Docs {
    let mut docs = Docs::default();
    for schema in of {
        let own = schemas[*schema].docs.clone();
        docs.title = docs.title.or(own.title);
        docs.description = docs.description.or(own.description);
        docs.default = docs.default.or(own.default);
        docs.deprecated |= own.deprecated;
        docs.examples.extend(own.examples);
    }
    docs
}

fn nullable(shape: Shape) -> Shape {
    match shape {
        Shape::Any | Shape::Null | Shape::Opaque | Shape::Nullable(_) | Shape::OrNull(_) => shape,
        shape => Shape::Nullable(Box::new(shape)),
    }
}

const NULL: TypeSet = TypeSet::NONE.with(JsonType::Null);
const OBJECT: TypeSet = TypeSet::NONE.with(JsonType::Object);

/// Whether nothing is an instance, because `false` is what it says, refers to or combines.
fn is_never(schemas: &Schemas, schema: SchemaIdx) -> bool {
    is_false(schemas, schema)
        || dispatch::conjuncts(schemas, schema).iter().any(|part| holds_false(schemas, part))
}

fn is_false(schemas: &Schemas, schema: SchemaIdx) -> bool {
    schemas[schema].body == SchemaBody::Always(false)
}

fn holds_false(schemas: &Schemas, part: &Constraints) -> bool {
    part.all_of.iter().chain(&part.reference).any(|schema| is_false(schemas, *schema))
}

fn is_anything(schemas: &Schemas, schema: SchemaIdx) -> bool {
    schemas[schemas.follow(schema)].body == SchemaBody::Always(true)
}

/// What holds for every instance of all of `schemas`.
fn conjuncts<'s>(schemas: &'s Schemas, all: &[SchemaIdx]) -> Vec<&'s Constraints> {
    all.iter().flat_map(|schema| dispatch::conjuncts(schemas, *schema)).collect()
}
