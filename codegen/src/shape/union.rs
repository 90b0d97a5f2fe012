//! `anyOf` and `oneOf`.

use serde_json::Value;

use super::conjunction::Conjunction;
use super::listed::{self, distinct};
use super::{Form, NULL, OBJECT, Shape, Together};
use crate::model::{ArrayRules, Constraints, JsonType, ObjectRules, SchemaIdx, TypeSet};
use crate::plan::dispatch;

/// A branch with the types that its instances may have.
struct Branch {
    schema: SchemaIdx,
    together: Together,
    types: TypeSet,
}

impl Conjunction<'_> {
    /// The shape of the only union, where it says more than what stands beside it; `None` elsewhere.
    pub fn union(&self) -> Option<Form> {
        let mut unions = self.unions();
        let (schemas, None) = (unions.next()?, unions.next()) else { return None };
        if self.parts.iter().any(|part| has_structure(part)) {
            return None;
        }
        let types = self.declared_types();
        let mut branches: Vec<_> = schemas.iter().map(|schema| self.branch(*schema, types)).collect();
        // What accepts nothing is no branch.
        branches.retain(|branch| branch.types != TypeSet::NONE);
        let is_beside = self.parts.iter().any(|part| says_more(part));
        let form = self.of_branches(branches)?;
        Some(Form { is_refined: form.is_refined || is_beside, ..form })
    }

    fn branch(&self, schema: SchemaIdx, within: TypeSet) -> Branch {
        let together = Together::of(self.schemas, schema).narrowed(self.schemas, within);
        let types = Conjunction::of(self.schemas, &together).types();
        Branch { schema, together, types }
    }

    fn of_branches(&self, mut branches: Vec<Branch>) -> Option<Form> {
        if branches.is_empty() {
            return Some(Form::opaque());
        }
        let is_null = |branch: &Branch| branch.types == NULL && self.is_all_of_null(branch);
        let n_nulls = branches.iter().filter(|branch| is_null(branch)).count();
        let allow_null = branches.iter().filter(|branch| branch.types.has(JsonType::Null)).count();
        if n_nulls == 1 && allow_null == 1 && branches.len() > 1 {
            branches.retain(|branch| !is_null(branch));
            return match branches.as_slice() {
                [other] => Some(Form::exact(Shape::OrNull(other.together.clone()))),
                _ => self.of_branches(branches).map(Form::nullable),
            };
        }
        self.of_values(&branches)
            .or_else(|| self.of_one_type(&branches))
            .or_else(|| self.dispatched(&branches))
            .or_else(|| by_type(&branches))
            .or_else(|| self.first_of(branches))
    }

    fn is_all_of_null(&self, branch: &Branch) -> bool {
        Conjunction::of(self.schemas, &branch.together).form() == Form::exact(Shape::Null)
    }

    /// Values that the branches list, one each perhaps, so that each can be described.
    fn of_values(&self, branches: &[Branch]) -> Option<Form> {
        let mut values = Vec::new();
        for branch in branches {
            let form = Conjunction::of(self.schemas, &branch.together).listed()?;
            if form.is_refined {
                return None;
            }
            match form.shape {
                Shape::Null => values.push(Value::Null),
                Shape::Constant(value) => values.push(value),
                Shape::Strings(more) => values.extend(more.into_iter().map(Value::from)),
                Shape::Scalars(more) => values.extend(more),
                _ => return None,
            }
        }
        let n_listed = values.len();
        let values = distinct(&values);
        // What two branches list is not what `oneOf` accepts.
        let is_refined = values.len() < n_listed;
        let form = listed::of_values(values.into_iter().cloned().collect());
        Some(Form { is_refined: is_refined || form.is_refined, ..form })
    }

    /// Scalars of one type, of which the branches say each something else.
    fn of_one_type(&self, branches: &[Branch]) -> Option<Form> {
        let types = branches.iter().fold(TypeSet::NONE, |types, branch| types.or(branch.types));
        match types.single()? {
            JsonType::Array | JsonType::Object => None,
            json_type => Some(Form { is_refined: true, ..self.of_type(json_type) }),
        }
    }

    fn dispatched(&self, branches: &[Branch]) -> Option<Form> {
        let schemas: Vec<_> = branches.iter().map(|branch| branch.schema).collect();
        let are_objects = branches.iter().all(|branch| branch.types == OBJECT);
        let dispatch = dispatch(self.schemas, &schemas).filter(|_| are_objects)?;
        let branches = branches.iter().map(|branch| branch.together.clone()).collect();
        Some(Form::exact(Shape::Union { branches, dispatch }))
    }

    /// A choice by trial; none where no branch says of which type its instances are.
    fn first_of(&self, branches: Vec<Branch>) -> Option<Form> {
        if branches.iter().all(|branch| branch.types == TypeSet::ALL) {
            return None;
        }
        let is_exclusive = self.parts.iter().any(|part| !part.one_of.is_empty());
        let branches = branches.into_iter().map(|branch| branch.together).collect();
        Some(Form::exact(Shape::FirstOf { branches, is_exclusive }))
    }
}

fn by_type(branches: &[Branch]) -> Option<Form> {
    let mut seen = TypeSet::NONE;
    for branch in branches {
        if !seen.is_disjoint(branch.types) {
            return None;
        }
        seen = seen.or(branch.types);
    }
    let branches = branches.iter().map(|branch| (branch.types, branch.together.clone()));
    Some(Form::exact(Shape::ByType(branches.collect())))
}

/// Whether a part describes what is inside an object or an array.
fn has_structure(part: &Constraints) -> bool {
    let ObjectRules { properties, patterns, additional, unevaluated, .. } = &part.object;
    let ArrayRules { prefix, items, unevaluated: rest, .. } = &part.array;
    !properties.is_empty()
        || !patterns.is_empty()
        || additional.or(*unevaluated).is_some()
        || !prefix.is_empty()
        || items.or(*rest).is_some()
}

/// Whether a part says more than types and its union.
fn says_more(part: &Constraints) -> bool {
    let rest = Constraints {
        types: None,
        reference: None,
        all_of: Vec::new(),
        any_of: Vec::new(),
        one_of: Vec::new(),
        ..part.clone()
    };
    rest != Constraints::default()
}
