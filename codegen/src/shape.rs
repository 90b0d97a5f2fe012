//! What instances of a schema look like: the part of its meaning that a type can carry.
//!
//! A shape belongs to a set of schemas that hold together (a subschema, what it refers to, and what it combines with
//! `allOf`). It never refuses a valid instance; what it cannot say is left to the validation plan.

mod structural;

use std::collections::BTreeMap;

use serde_json::{Number, Value};

use crate::model::{
    Constraints, Docs, Format, JsonType, NumberRules, ObjectRules, SchemaBody, SchemaIdx, Schemas,
    StringRules, TypeSet,
};
use crate::plan::{Dispatch, dispatch};

pub use structural::{Structure, Tuple};

/// Schemas that hold together, sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Together(Vec<SchemaIdx>);

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
    /// An integer; `None` where the schema sets no bound.
    Integer {
        /// The smallest.
        min: Option<i128>,
        /// The largest.
        max: Option<i128>,
        /// Whether there is more to it than the bounds.
        is_refined: bool,
    },
    /// A number.
    Number {
        /// Whether the bounds keep every integer exact in an IEEE 754 double.
        is_double: bool,
        /// Whether there is more to it than being a number.
        is_refined: bool,
    },
    /// A string.
    Text {
        /// Its format.
        format: Option<Format>,
        /// Whether there is more to it than the format.
        is_refined: bool,
    },
    /// An array of one kind of items.
    Array {
        /// The items; `None` for any.
        items: Option<Together>,
        /// Whether there is more to it than the items.
        is_refined: bool,
    },
    /// An object.
    Object(ObjectShape),
    /// One of several shapes, told apart by a property.
    Union {
        /// The branches.
        branches: Vec<Together>,
        /// The property.
        dispatch: Dispatch,
    },
    /// The shape, or `null`.
    Nullable(Box<Shape>),
    /// No better type is known than a JSON value that is checked.
    Opaque,
}

/// What an object looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectShape {
    /// The members that are declared.
    pub fields: Vec<Field>,
    /// The others.
    pub rest: Rest,
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

/// Members that are not declared.
#[derive(Debug, Clone, PartialEq)]
pub enum Rest {
    /// Anything may be there.
    Open,
    /// Nothing may.
    Closed,
    /// What is there is of this kind.
    Typed(Together),
}

impl Together {
    /// One schema, references followed.
    pub fn of(schemas: &Schemas, schema: SchemaIdx) -> Self {
        Self(vec![schemas.follow(schema)])
    }

    fn of_all(schemas: &Schemas, all: impl IntoIterator<Item = SchemaIdx>) -> Self {
        let mut all: Vec<_> = all.into_iter().map(|schema| schemas.follow(schema)).collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// The schemas.
    pub fn schemas(&self) -> &[SchemaIdx] {
        &self.0
    }

    /// The schema that names the type: the first.
    pub fn first(&self) -> SchemaIdx {
        self.0[0]
    }

    /// The first title, description, … that one of the schemas has.
    pub fn docs(&self, schemas: &Schemas) -> Docs {
        first_docs(schemas, &self.0)
    }

    /// What instances look like.
    pub fn shape(&self, schemas: &Schemas) -> Shape {
        let mut parts = Vec::new();
        for schema in &self.0 {
            if schemas[*schema].body == SchemaBody::Always(false) {
                return Shape::Opaque;
            }
            parts.extend(dispatch::conjuncts(schemas, *schema));
        }
        Conjunction { schemas, parts }.shape()
    }
}

/// Constraints that hold together.
struct Conjunction<'s> {
    schemas: &'s Schemas,
    parts: Vec<&'s Constraints>,
}

impl Conjunction<'_> {
    fn shape(&self) -> Shape {
        if self.parts.is_empty() {
            return Shape::Any;
        }
        if let Some(constant) = self.parts.iter().find_map(|part| part.constant.clone()) {
            return if constant.is_null() { Shape::Null } else { Shape::Constant(constant) };
        }
        if let Some(shape) = self.enumeration().or_else(|| self.union()) {
            return shape;
        }
        let types = self.types();
        let mut others = types.iter().filter(|json_type| *json_type != JsonType::Null);
        let shape = match (others.next(), others.next()) {
            (None, _) => return if types.has(JsonType::Null) { Shape::Null } else { Shape::Opaque },
            (Some(json_type), None) => self.of_type(json_type),
            _ => return Shape::Opaque,
        };
        if types.has(JsonType::Null) { nullable(shape) } else { shape }
    }

    fn types(&self) -> TypeSet {
        self.parts.iter().filter_map(|part| part.types).fold(TypeSet::ALL, TypeSet::and)
    }

    /// The values that every `enum` lists; `None` where there is none.
    fn listed_values(&self) -> Option<Vec<&Value>> {
        let values = self.parts.iter().find_map(|part| part.enumeration.as_ref())?;
        let is_possible = |value: &&Value| {
            let lists = self.parts.iter().filter_map(|part| part.enumeration.as_ref());
            lists.into_iter().all(|list| list.contains(value))
        };
        Some(values.iter().filter(is_possible).collect())
    }

    fn enumeration(&self) -> Option<Shape> {
        let values = self.listed_values()?;
        let is_nullable = self.types().has(JsonType::Null) && values.iter().any(|value| value.is_null());
        let mut strings = Vec::new();
        for value in values.iter().filter(|value| !value.is_null()) {
            let Some(text) = value.as_str() else { return Some(Shape::Opaque) };
            if !strings.iter().any(|known| known == text) {
                strings.push(text.to_owned());
            }
        }
        Some(match (strings.is_empty(), is_nullable) {
            (true, true) => Shape::Null,
            (true, false) => Shape::Opaque,
            (false, true) => nullable(Shape::Strings(strings)),
            (false, false) => Shape::Strings(strings),
        })
    }

    /// The shape of an `anyOf` or `oneOf`; `None` where there is none.
    fn union(&self) -> Option<Shape> {
        let mut unions =
            self.parts.iter().flat_map(|part| [&part.any_of, &part.one_of]).filter(|it| !it.is_empty());
        let branches = unions.next()?;
        let more_than_a_union =
            |part: &&&Constraints| part.types.is_some() || part.object != ObjectRules::default();
        let is_alone = unions.next().is_none() && !self.parts.iter().any(|part| more_than_a_union(&part));
        if !is_alone {
            return Some(Shape::Opaque);
        }
        if let Some(dispatch) = dispatch(self.schemas, branches) {
            let branches = branches.iter().map(|branch| Together::of(self.schemas, *branch)).collect();
            return Some(Shape::Union { branches, dispatch });
        }
        let is_null = |branch: &SchemaIdx| {
            let parts = dispatch::conjuncts(self.schemas, *branch);
            let null = TypeSet::default().with(JsonType::Null);
            parts.iter().any(|part| part.types == Some(null) || part.constant == Some(Value::Null))
        };
        let (nulls, others): (Vec<_>, Vec<_>) = branches.iter().copied().partition(is_null);
        Some(match (nulls.len(), others.as_slice()) {
            (1, [other]) => nullable(Together::of(self.schemas, *other).shape(self.schemas)),
            _ => Shape::Opaque,
        })
    }

    fn of_type(&self, json_type: JsonType) -> Shape {
        match json_type {
            JsonType::Null => Shape::Null,
            JsonType::Boolean => Shape::Boolean,
            JsonType::Integer => self.integer(),
            JsonType::Number => self.number(),
            JsonType::String => self.text(),
            JsonType::Array => self.array(),
            JsonType::Object => Shape::Object(self.object()),
        }
    }

    fn is_refined(&self) -> bool {
        self.parts.iter().any(|part| part.not.is_some() || part.condition.is_some())
    }

    fn numbers(&self, pick: fn(&NumberRules) -> &Option<Number>) -> impl Iterator<Item = &Number> {
        self.parts.iter().filter_map(move |part| pick(&part.number).as_ref())
    }

    fn integer(&self) -> Shape {
        let floor =
            |number: &Number| number.as_i128().or_else(|| number.as_f64().map(|float| float.floor() as i128));
        let ceil =
            |number: &Number| number.as_i128().or_else(|| number.as_f64().map(|float| float.ceil() as i128));
        let mins = self.numbers(|rules| &rules.minimum).filter_map(ceil);
        let above = self.numbers(|rules| &rules.exclusive_minimum).filter_map(floor).map(|limit| limit + 1);
        let maxs = self.numbers(|rules| &rules.maximum).filter_map(floor);
        let below = self.numbers(|rules| &rules.exclusive_maximum).filter_map(ceil).map(|limit| limit - 1);
        let is_refined = self.is_refined() || self.numbers(|rules| &rules.multiple_of).next().is_some();
        Shape::Integer { min: mins.chain(above).max(), max: maxs.chain(below).min(), is_refined }
    }

    fn number(&self) -> Shape {
        let exact =
            |number: &Number| number.as_f64().is_some_and(|float| float.abs() <= 9_007_199_254_740_992.0);
        let low = self.numbers(|rules| &rules.minimum).chain(self.numbers(|rules| &rules.exclusive_minimum));
        let high = self.numbers(|rules| &rules.maximum).chain(self.numbers(|rules| &rules.exclusive_maximum));
        let is_double = low.into_iter().any(exact) && high.into_iter().any(exact);
        let is_refined =
            self.is_refined() || self.parts.iter().any(|part| part.number != NumberRules::default());
        Shape::Number { is_double, is_refined }
    }

    fn text(&self) -> Shape {
        let format = self.parts.iter().find_map(|part| part.string.format);
        let has_length = |part: &&Constraints| {
            let StringRules { min_length, max_length, pattern, .. } = &part.string;
            min_length.is_some() || max_length.is_some() || pattern.is_some()
        };
        Shape::Text { format, is_refined: self.is_refined() || self.parts.iter().any(has_length) }
    }

    fn array(&self) -> Shape {
        let rules = || self.parts.iter().map(|part| &part.array);
        let is_plain = rules().all(|array| {
            let bounds = array.min_items.or(array.max_items);
            array.prefix.is_empty() && array.contains.is_none() && bounds.is_none() && !array.unique
        });
        if rules().any(|array| !array.prefix.is_empty()) {
            return Shape::Opaque;
        }
        let items: Vec<_> = rules().filter_map(|array| array.items).collect();
        let items = (!items.is_empty()).then(|| Together::of_all(self.schemas, items));
        Shape::Array { items, is_refined: self.is_refined() || !is_plain }
    }

    fn object(&self) -> ObjectShape {
        let rules = || self.parts.iter().map(|part| &part.object);
        let mut order: Vec<&str> = Vec::new();
        let mut schemas: BTreeMap<&str, Vec<SchemaIdx>> = BTreeMap::new();
        for (name, schema) in rules().flat_map(|object| &object.properties) {
            if !order.contains(&name.as_str()) {
                order.push(name);
            }
            schemas.entry(name).or_default().push(*schema);
        }
        let is_required = |name: &str| rules().any(|object| object.required.iter().any(|one| one == name));
        let field = |name: &str| Field {
            name: name.to_owned(),
            is_required: is_required(name),
            schema: Together::of_all(self.schemas, schemas[name].iter().copied()),
            docs: first_docs(self.schemas, &schemas[name]),
        };
        ObjectShape { fields: order.into_iter().map(field).collect(), rest: self.rest() }
    }

    fn rest(&self) -> Rest {
        if self.parts.iter().any(|part| !part.object.patterns.is_empty()) {
            // Members of several kinds: which is which, only their names tell.
            return Rest::Open;
        }
        let additional: Vec<_> = self.parts.iter().filter_map(|part| part.object.additional).collect();
        let body = |schema: &SchemaIdx| &self.schemas[self.schemas.follow(*schema)].body;
        if additional.iter().any(|schema| *body(schema) == SchemaBody::Always(false)) {
            return Rest::Closed;
        }
        let typed: Vec<_> =
            additional.into_iter().filter(|schema| *body(schema) != SchemaBody::Always(true)).collect();
        if typed.is_empty() { Rest::Open } else { Rest::Typed(Together::of_all(self.schemas, typed)) }
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
        Shape::Any | Shape::Null | Shape::Opaque | Shape::Nullable(_) => shape,
        shape => Shape::Nullable(Box::new(shape)),
    }
}
