//! What instances look like to a language whose types combine freely: tuples, and unions and intersections without tags.
//!
//! It says more where a [`Shape`] is [`Shape::Opaque`], and the same elsewhere. It never refuses a valid instance either.

use serde_json::Value;

use super::{Conjunction, Rest, Shape, Together};
use crate::model::{ArrayRules, JsonType, SchemaBody, SchemaIdx, Schemas, TypeSet};
use crate::plan::dispatch;

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

/// An array whose first items have each their kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// The first items.
    pub prefix: Vec<Together>,
    /// How many of them are always there.
    pub n_required: usize,
    /// What follows them.
    pub rest: Rest,
}

impl Together {
    /// What instances look like to a language whose types combine freely.
    pub fn structure(&self, schemas: &Schemas) -> Structure {
        if self.0.iter().any(|schema| schemas[*schema].body == SchemaBody::Always(false)) {
            return Structure::Never;
        }
        let parts = self.0.iter().flat_map(|schema| dispatch::conjuncts(schemas, *schema)).collect();
        Conjunction { schemas, parts }.structure()
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
        let shape = self.shape();
        let is_listed = self.parts.iter().any(|part| part.constant.is_some() || part.enumeration.is_some());
        if is_listed || self.parts.is_empty() {
            return if shape == Shape::Opaque { self.values() } else { Structure::Shape(shape) };
        }
        let unions: Vec<_> = self
            .parts
            .iter()
            .flat_map(|part| [&part.any_of, &part.one_of])
            .filter(|it| !it.is_empty())
            .collect();
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
        let types = self.types();
        if types == TypeSet::ALL {
            return Structure::Shape(Shape::Opaque);
        }
        let null = types.has(JsonType::Null).then_some(Structure::Shape(Shape::Null));
        let others: Vec<_> = types.iter().filter(|json_type| *json_type != JsonType::Null).collect();
        match (others.as_slice(), &null) {
            // A shape that may be null is still one.
            ([json_type], Some(_)) if !self.is_tuple(*json_type) => {
                Structure::Shape(super::nullable(self.of_type(*json_type)))
            }
            _ => any_of(others.into_iter().map(|json_type| self.one_type(json_type)).chain(null).collect()),
        }
    }

    fn is_tuple(&self, json_type: JsonType) -> bool {
        json_type == JsonType::Array && self.arrays().any(|array| !array.prefix.is_empty())
    }

    fn one_type(&self, json_type: JsonType) -> Structure {
        if self.is_tuple(json_type) {
            return Structure::Tuple(self.tuple());
        }
        Structure::Shape(self.of_type(json_type))
    }

    fn arrays(&self) -> impl Iterator<Item = &ArrayRules> {
        self.parts.iter().map(|part| &part.array)
    }

    fn tuple(&self) -> Tuple {
        let n_prefix = self.arrays().map(|array| array.prefix.len()).max().unwrap_or_default();
        let at = |index: usize| {
            let schemas = self.arrays().filter_map(|array| array.prefix.get(index).copied().or(array.items));
            Together::of_all(self.schemas, schemas)
        };
        let n_min = self.arrays().filter_map(|array| array.min_items).max().unwrap_or_default();
        let n_required = usize::try_from(n_min).unwrap_or(n_prefix).min(n_prefix);
        Tuple { prefix: (0..n_prefix).map(at).collect(), n_required, rest: self.after(n_prefix) }
    }

    /// What follows the first `n_prefix` items.
    fn after(&self, n_prefix: usize) -> Rest {
        let is_never =
            |schema: &SchemaIdx| self.schemas[self.schemas.follow(*schema)].body == SchemaBody::Always(false);
        let is_full = |array: &ArrayRules| array.max_items.is_some_and(|max| max <= n_prefix as u64);
        let items: Vec<_> = self.arrays().filter_map(|array| array.items).collect();
        if items.iter().any(is_never) || self.arrays().any(is_full) {
            return Rest::Closed;
        }
        if items.is_empty() { Rest::Open } else { Rest::Typed(Together::of_all(self.schemas, items)) }
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

/// Whether it says no more than that instances are objects, as a union of objects does, too.
fn is_any_object(structure: &Structure) -> bool {
    matches!(structure, Structure::Shape(Shape::Object(object)) if object.fields.is_empty() && object.rest == Rest::Open)
}
