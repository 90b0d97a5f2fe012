//! What instances look like to a language whose types combine freely: tuples, and unions and intersections without tags.
//!
//! It says more where a [`Shape`] is [`Shape::Opaque`], and the same elsewhere. It never refuses a valid instance either.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::conjunction::Conjunction;
use super::{Field, ObjectShape, Rest, Shape, Together, Tuple, nullable};
use crate::model::{Condition, JsonType, SchemaIdx, Schemas, TypeSet};

/// Up to which length an array whose length is fixed has a kind for each item.
const MAX_FIXED: u64 = 4;

/// How deep unions of unions are followed to find out that they say nothing.
const MAX_DEPTH: usize = 8;

/// What instances look like.
#[derive(Debug, Clone, PartialEq)]
pub enum Structure {
    /// No more than the shape says.
    Shape(Shape),
    /// There are no instances.
    Never,
    /// An array whose first items have each their kind.
    Tuple(Tuple),
    /// What other schemas describe.
    Of(Together),
    /// One of several.
    AnyOf(Vec<Structure>),
    /// All of several at once.
    AllOf(Vec<Structure>),
}

/// The structures of schemas, each found out once.
#[derive(Debug)]
pub struct Structures<'s> {
    /// The schemas.
    pub schemas: &'s Schemas,
    known: RefCell<HashMap<Together, Rc<Structure>>>,
}

impl<'s> Structures<'s> {
    /// The structures of these.
    pub fn new(schemas: &'s Schemas) -> Self {
        Self { schemas, known: RefCell::default() }
    }

    /// What instances of `together` look like to a language whose types combine freely.
    pub fn of(&self, together: &Together) -> Rc<Structure> {
        if let Some(known) = self.known.borrow().get(together) {
            return known.clone();
        }
        let structure = Rc::new(Conjunction::of(self.schemas, together).structure());
        self.known.borrow_mut().insert(together.clone(), structure.clone());
        structure
    }
}

impl Together {
    /// Whether nothing is known of its instances.
    fn says_nothing(&self, schemas: &Schemas, depth: usize) -> bool {
        Conjunction::of(schemas, self).says_nothing(depth)
    }
}

impl Structure {
    /// Whether it says nothing.
    pub fn is_anything(&self) -> bool {
        matches!(self, Self::Shape(Shape::Any | Shape::Opaque))
    }

    /// Whether it says no more than types do.
    fn is_bare(&self) -> bool {
        match self {
            Self::Shape(shape) => is_bare(shape),
            Self::AnyOf(members) => members.iter().all(Self::is_bare),
            Self::Never | Self::Tuple(_) | Self::Of(_) | Self::AllOf(_) => false,
        }
    }
}

impl Conjunction<'_> {
    fn structure(&self) -> Structure {
        if self.is_never || self.types() == TypeSet::NONE {
            return Structure::Never;
        }
        if let Some(values) = self.listed_values() {
            return self.values(values);
        }
        if let Some(form) = self.union().filter(|form| is_told_apart(&form.shape)) {
            return Structure::Shape(form.shape);
        }
        let choices = self.choices();
        let typed = self.typed(choices.is_empty());
        let known = choices.iter().filter(|choice| !self.is_free(choice, MAX_DEPTH));
        all_of(
            typed,
            known.map(|choice| any_of(choice.iter().cloned().map(Structure::Of).collect())).collect(),
        )
    }

    fn says_nothing(&self, depth: usize) -> bool {
        let is_open = !self.is_never && self.types() == TypeSet::ALL && self.listed_values().is_none();
        let choices = || self.choices();
        is_open
            && !self.describes_parts()
            && (depth == 0 || choices().iter().all(|choice| self.is_free(choice, depth - 1)))
    }

    /// Whether one of these accepts anything, as far as is known.
    fn is_free(&self, choice: &[Together], depth: usize) -> bool {
        choice.iter().any(|branch| branch.says_nothing(self.schemas, depth))
    }

    /// What an instance is one of: each `anyOf`, `oneOf`, and `if` with an `else`.
    fn choices(&self) -> Vec<Vec<Together>> {
        let types = self.types();
        let of = |schemas: &[SchemaIdx]| {
            Together::of_all(self.schemas, schemas.iter().copied()).narrowed(self.schemas, types)
        };
        let unions =
            self.unions().map(|branches| branches.iter().map(|branch| of(&[*branch])).collect::<Vec<_>>());
        let conditions = self.parts.iter().filter_map(|part| part.condition.as_ref());
        let conditions = conditions.filter_map(|Condition { test, then, otherwise }| {
            let then: Vec<_> = std::iter::once(*test).chain(*then).collect();
            Some(vec![of(&then), of(&[(*otherwise)?])])
        });
        let possible = |branch: &Together| branch.types(self.schemas) != TypeSet::NONE;
        unions.chain(conditions).map(|branches| branches.into_iter().filter(possible).collect()).collect()
    }

    fn values(&self, values: Vec<&Value>) -> Structure {
        if let Some(form) = self.listed().filter(|form| !is_mixed(&form.shape)) {
            return Structure::Shape(form.shape);
        }
        let types = self.types();
        let shape = |value: &Value| {
            Structure::Shape(if value.is_null() { Shape::Null } else { Shape::Constant(value.clone()) })
        };
        let values = values.into_iter().filter(|value| types.has(JsonType::of(value)));
        any_of(values.map(shape).collect())
    }

    /// What the types say, and what stands inside objects and arrays. What has parts is on its own where it is one of several
    /// and nothing else is said of all.
    fn typed(&self, is_all: bool) -> Structure {
        let types = self.types();
        if types == TypeSet::ALL && !self.describes_parts() {
            return Structure::Shape(if self.parts.is_empty() { Shape::Any } else { Shape::Opaque });
        }
        let others: Vec<_> = types.without(JsonType::Null).iter().collect();
        let is_nullable = types.has(JsonType::Null);
        if let [json_type] = others.as_slice() {
            return self.one_type(*json_type).or_null(is_nullable);
        }
        let null = is_nullable.then_some(Structure::Shape(Shape::Null));
        let one = |json_type| {
            let one = self.one_type(json_type);
            if one.is_bare() || !is_all { one } else { Structure::Of(self.only(json_type)) }
        };
        // People look for objects first.
        any_of(others.into_iter().rev().map(one).chain(null).collect())
    }

    /// The same schemas for instances of one type.
    fn only(&self, json_type: JsonType) -> Together {
        Together { schemas: self.together.schemas.clone(), within: TypeSet::NONE.with(json_type) }
    }

    /// Whether something is said of the members of objects or the items of arrays.
    fn describes_parts(&self) -> bool {
        let is_bare = |json_type| self.one_type(json_type).is_bare();
        !is_bare(JsonType::Object) || !is_bare(JsonType::Array)
    }

    fn one_type(&self, json_type: JsonType) -> Structure {
        let shape = match self.of_type(json_type).shape {
            Shape::Tuple(tuple) => return Structure::Tuple(tuple),
            Shape::Array { items } => match self.fixed(items.as_ref()) {
                Some(tuple) => return Structure::Tuple(tuple),
                None => Shape::Array { items },
            },
            Shape::Object(object) => Shape::Object(self.with_names(object)),
            shape => shape,
        };
        Structure::Shape(shape)
    }

    /// The tuple that an array of fixed length is.
    fn fixed(&self, items: Option<&Together>) -> Option<Tuple> {
        let arrays = || self.parts.iter().map(|part| &part.array);
        let min = arrays().filter_map(|array| array.min_items).max().unwrap_or_default();
        let max = arrays().filter_map(|array| array.max_items).min()?;
        let anything = || Together::of_all(self.schemas, []);
        let n_items = usize::try_from(max).ok().filter(|_| min == max && max <= MAX_FIXED)?;
        let prefix = vec![items.cloned().unwrap_or_else(anything); n_items];
        Some(Tuple { prefix, n_required: n_items, rest: Rest::Closed })
    }

    /// An object whose members can only have names that `propertyNames` lists has no others.
    fn with_names(&self, object: ObjectShape) -> ObjectShape {
        let lists = self.parts.iter().filter_map(|part| part.object.names);
        let lists = lists.filter_map(|names| {
            let together = Together::of(self.schemas, names);
            let names = Conjunction::of(self.schemas, &together);
            let names = names.listed_values()?.into_iter().filter_map(Value::as_str).map(str::to_owned);
            Some(names.collect::<Vec<_>>())
        });
        match lists.min_by_key(Vec::len) {
            None => object,
            Some(names) => {
                let is_meant = |field: &Field| field.is_required || names.contains(&field.name);
                let fields = self.fields(&names).into_iter().filter(is_meant).collect();
                ObjectShape { fields, rest: Rest::Closed, patterns: Vec::new(), others: Rest::Closed }
            }
        }
    }
}

impl Structure {
    /// The same, or null. A shape that may be null is still one.
    fn or_null(self, is_nullable: bool) -> Self {
        match self {
            structure if !is_nullable => structure,
            Self::Shape(shape) => Self::Shape(nullable(shape)),
            other => Self::AnyOf(vec![other, Self::Shape(Shape::Null)]),
        }
    }
}

fn any_of(mut members: Vec<Structure>) -> Structure {
    match members.len() {
        0 => Structure::Never,
        1 => members.swap_remove(0),
        _ => Structure::AnyOf(members),
    }
}

/// What is typed so, and one of each of the `choices`, which know the types already.
fn all_of(typed: Structure, choices: Vec<Structure>) -> Structure {
    let is_needed = choices.is_empty() || !typed.is_bare();
    let mut members: Vec<_> = is_needed.then_some(typed).into_iter().chain(choices).collect();
    if members.len() == 1 { members.swap_remove(0) } else { Structure::AllOf(members) }
}

/// Whether it is a union whose branches have names by what tells them apart.
fn is_told_apart(shape: &Shape) -> bool {
    match shape {
        Shape::Nullable(shape) => is_told_apart(shape),
        shape => matches!(shape, Shape::Union { .. }),
    }
}

/// Whether the values that a shape lists are of several types.
fn is_mixed(shape: &Shape) -> bool {
    match shape {
        Shape::Nullable(shape) => is_mixed(shape),
        shape => matches!(shape, Shape::Opaque | Shape::Scalars(_)),
    }
}

fn is_bare(shape: &Shape) -> bool {
    match shape {
        Shape::Nullable(shape) => is_bare(shape),
        Shape::Object(object) => {
            let ObjectShape { fields, patterns, others, .. } = object;
            fields.is_empty() && patterns.is_empty() && *others == Rest::Open
        }
        Shape::Array { items } => items.is_none(),
        Shape::Any
        | Shape::Opaque
        | Shape::Null
        | Shape::Boolean
        | Shape::Number
        | Shape::Integer { .. }
        | Shape::Text { .. } => true,
        _ => false,
    }
}
