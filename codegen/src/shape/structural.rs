//! What instances look like to a language whose types combine freely: tuples, and unions and intersections without tags.
//!
//! It says more where a [`Shape`] is [`Shape::Opaque`], and the same elsewhere. It never refuses a valid instance either.

use serde_json::Value;

use super::conjunction::Conjunction;
use super::{Rest, Shape, Together, Tuple, is_never, nullable};
use crate::model::{JsonType, SchemaIdx, Schemas, TypeSet};

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

impl Together {
    /// What instances look like to a language whose types combine freely.
    pub fn structure(&self, schemas: &Schemas) -> Structure {
        if self.schemas.iter().any(|schema| is_never(schemas, *schema)) {
            return Structure::Never;
        }
        Conjunction::of(schemas, self).structure()
    }
}

impl Structure {
    /// Whether it says nothing.
    pub fn is_anything(&self) -> bool {
        matches!(self, Self::Shape(Shape::Any | Shape::Opaque))
    }
}

impl Conjunction<'_> {
    fn structure(&self) -> Structure {
        let shape = self.form().shape;
        let is_listed = self.parts.iter().any(|part| part.constant.is_some() || part.enumeration.is_some());
        if is_listed || self.parts.is_empty() {
            return if is_mixed(&shape) { self.values() } else { Structure::Shape(shape) };
        }
        let unions: Vec<_> = self.unions().collect();
        if unions.is_empty() {
            return self.typed();
        }
        if matches!(shape, Shape::Union { .. }) {
            return Structure::Shape(shape);
        }
        let unions = unions.into_iter().map(|branches| self.any_of(branches));
        all_of(std::iter::once(self.typed()).chain(unions).collect())
    }

    fn values(&self) -> Structure {
        let shape = |value: &Value| {
            Structure::Shape(if value.is_null() { Shape::Null } else { Shape::Constant(value.clone()) })
        };
        any_of(self.listed_values().unwrap_or_default().into_iter().map(shape).collect())
    }

    /// What the types say, unions aside.
    fn typed(&self) -> Structure {
        let types = self.declared_types();
        if types == TypeSet::ALL {
            return Structure::Shape(Shape::Opaque);
        }
        let null = types.has(JsonType::Null).then_some(Structure::Shape(Shape::Null));
        let others: Vec<_> = types.iter().filter(|json_type| *json_type != JsonType::Null).collect();
        match (others.as_slice(), &null) {
            // A shape that may be null is still one.
            ([json_type], Some(_)) if !self.has_tuple(*json_type) => {
                Structure::Shape(nullable(self.of_type(*json_type).shape))
            }
            _ => any_of(others.into_iter().map(|json_type| self.one_type(json_type)).chain(null).collect()),
        }
    }

    fn has_tuple(&self, json_type: JsonType) -> bool {
        json_type == JsonType::Array && self.is_tuple()
    }

    fn one_type(&self, json_type: JsonType) -> Structure {
        if self.has_tuple(json_type) {
            return Structure::Tuple(self.tuple());
        }
        Structure::Shape(self.of_type(json_type).shape)
    }

    fn any_of(&self, branches: &[SchemaIdx]) -> Structure {
        let branches: Vec<_> = branches.iter().map(|branch| Together::of(self.schemas, *branch)).collect();
        if branches.iter().any(|branch| branch.structure(self.schemas).is_anything()) {
            return Structure::Shape(Shape::Opaque);
        }
        any_of(branches.into_iter().map(Structure::Of).collect())
    }
}

fn any_of(mut members: Vec<Structure>) -> Structure {
    match members.len() {
        0 => Structure::Never,
        1 => members.swap_remove(0),
        _ => Structure::AnyOf(members),
    }
}

fn all_of(members: Vec<Structure>) -> Structure {
    let mut members: Vec<_> = members.into_iter().filter(|member| !member.is_anything()).collect();
    if members.len() > 1 {
        members.retain(|member| !is_any_object(member));
    }
    match members.len() {
        0 => Structure::Shape(Shape::Opaque),
        1 => members.swap_remove(0),
        _ => Structure::AllOf(members),
    }
}

/// Whether the values that a shape lists are of several types.
fn is_mixed(shape: &Shape) -> bool {
    match shape {
        Shape::Nullable(shape) => is_mixed(shape),
        shape => matches!(shape, Shape::Opaque | Shape::Scalars(_)),
    }
}

/// Whether it says no more than that instances are objects, as a union of objects does, too.
fn is_any_object(structure: &Structure) -> bool {
    matches!(structure, Structure::Shape(Shape::Object(object)) if object.fields.is_empty() && object.rest == Rest::Open)
}
