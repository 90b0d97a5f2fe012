//! Constraints that hold together, and the shapes of scalars.

use serde_json::Number;

use super::{Form, NULL, Shape, Together, conjuncts, holds_false, is_false, nullable};
use crate::model::{Constraints, JsonType, NumberRules, SchemaIdx, Schemas, StringRules, TypeSet};

/// From how many types on a choice between them is no better than any value.
const MANY_TYPES: usize = 5;

/// Constraints that hold together.
pub struct Conjunction<'s> {
    pub schemas: &'s Schemas,
    pub parts: Vec<&'s Constraints>,
    pub together: &'s Together,
    pub is_never: bool,
}

impl<'s> Conjunction<'s> {
    pub fn of(schemas: &'s Schemas, together: &'s Together) -> Self {
        let parts = conjuncts(schemas, &together.schemas);
        let is_never = together.schemas.iter().any(|schema| is_false(schemas, *schema))
            || parts.iter().any(|part| holds_false(schemas, part));
        Self { schemas, parts, together, is_never }
    }

    pub fn form(&self) -> Form {
        if self.is_never {
            return Form::opaque();
        }
        self.listed().or_else(|| self.union()).unwrap_or_else(|| self.by_type())
    }

    /// What the types say; a union that is left is one of the things that refine it.
    fn by_type(&self) -> Form {
        let types = self.types();
        if types == TypeSet::ALL {
            return if self.parts.is_empty() { Form::exact(Shape::Any) } else { Form::opaque() };
        }
        let others: Vec<_> = types.without(JsonType::Null).iter().collect();
        let form = match others.as_slice() {
            [] if types == NULL => Form { shape: Shape::Null, is_refined: self.is_refined() },
            [] => Form::opaque(),
            [json_type] => self.of_type(*json_type),
            many if many.len() >= MANY_TYPES => Form::opaque(),
            many => {
                let branch = |json_type: &JsonType| {
                    let of = TypeSet::NONE.with(*json_type);
                    (of, Together { schemas: self.together.schemas.clone(), within: of })
                };
                Form::exact(Shape::ByType(many.iter().map(branch).collect()))
            }
        };
        if types.has(JsonType::Null) { self.or_null(form) } else { form }
    }

    fn or_null(&self, form: Form) -> Form {
        Form { is_refined: form.is_refined || self.is_refined(), shape: nullable(form.shape) }
    }

    /// The types that instances may have: those of the keyword, of listed values, and of the branches of unions.
    pub fn types(&self) -> TypeSet {
        let of = |schema: &SchemaIdx| self.schemas.types(*schema);
        self.together.schemas.iter().map(of).fold(self.together.within, TypeSet::and)
    }

    /// The types that the keyword allows.
    pub fn declared_types(&self) -> TypeSet {
        self.parts.iter().filter_map(|part| part.types).fold(self.together.within, TypeSet::and)
    }

    /// The branches of each `anyOf` and `oneOf`.
    pub fn unions(&self) -> impl Iterator<Item = &'s [SchemaIdx]> {
        let unions = self.parts.iter().flat_map(|part| [&part.any_of, &part.one_of]);
        unions.filter(|branches| !branches.is_empty()).map(Vec::as_slice)
    }

    /// Whether a keyword that speaks about every type says more than a type can.
    pub fn is_refined(&self) -> bool {
        self.unions().next().is_some()
            || self.parts.iter().any(|part| part.not.is_some() || part.condition.is_some())
    }

    pub fn of_type(&self, json_type: JsonType) -> Form {
        let (shape, says_more) = match json_type {
            JsonType::Null => (Shape::Null, false),
            JsonType::Boolean => (Shape::Boolean, false),
            JsonType::Integer => self.integer(),
            JsonType::Number => {
                (Shape::Number, self.parts.iter().any(|part| part.number != NumberRules::default()))
            }
            JsonType::String => self.text(),
            JsonType::Array => self.array(),
            JsonType::Object => self.object(),
        };
        Form { shape, is_refined: says_more || self.is_refined() }
    }

    fn numbers(&self, pick: fn(&NumberRules) -> &Option<Number>) -> impl Iterator<Item = &Number> {
        self.parts.iter().filter_map(move |part| pick(&part.number).as_ref())
    }

    fn integer(&self) -> (Shape, bool) {
        let floor = |number: &Number| whole(number, f64::floor);
        let ceil = |number: &Number| whole(number, f64::ceil);
        let mins = self.numbers(|rules| &rules.minimum).filter_map(ceil);
        let above = self.numbers(|rules| &rules.exclusive_minimum).filter_map(floor);
        let maxs = self.numbers(|rules| &rules.maximum).filter_map(floor);
        let below = self.numbers(|rules| &rules.exclusive_maximum).filter_map(ceil);
        let min = mins.chain(above.map(|limit| limit.saturating_add(1))).max();
        let max = maxs.chain(below.map(|limit| limit.saturating_sub(1))).min();
        let limits = self.parts.iter().flat_map(|part| {
            let NumberRules { minimum, maximum, exclusive_minimum, exclusive_maximum, .. } = &part.number;
            [minimum, maximum, exclusive_minimum, exclusive_maximum].into_iter().flatten()
        });
        let says_more = self.numbers(|rules| &rules.multiple_of).next().is_some()
            || limits.clone().any(|limit| floor(limit).is_none());
        (Shape::Integer { min, max }, says_more)
    }

    fn text(&self) -> (Shape, bool) {
        let mut formats: Vec<_> = self.parts.iter().filter_map(|part| part.string.format).collect();
        formats.dedup();
        let has_more = |part: &&Constraints| {
            let StringRules { min_length, max_length, pattern, .. } = &part.string;
            min_length.is_some_and(|min| min > 0) || max_length.is_some() || pattern.is_some()
        };
        let says_more = formats.len() > 1 || self.parts.iter().any(has_more);
        (Shape::Text { format: formats.first().copied() }, says_more)
    }
}

/// A limit rounded to an integer; `None` of a float that is too large to be the decimal that the schema has.
fn whole(limit: &Number, round: fn(f64) -> f64) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    limit
        .as_i128()
        .or_else(|| limit.as_f64().filter(|float| float.abs() < EXACT).map(|float| round(float) as i128))
}
