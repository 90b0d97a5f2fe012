//! Of which types a subschema accepts values: of some perhaps, of others all there are.

use handfast_codegen::model::{JsonType, SchemaBody, Schemas, TypeSet};
use handfast_codegen::plan::{Plan, PlanIdx, Test, Union};
use serde_json::Value;

/// How often what may be and what must be are made sharper by each other.
const N_ROUNDS: usize = 2;

/// For each node the types of which it may accept a value, no fewer, and those of which it accepts all, no more.
#[derive(Debug)]
pub struct Kinds {
    may: Vec<TypeSet>,
    must: Vec<TypeSet>,
}

impl Kinds {
    /// Those of every node of `plan`.
    pub fn of(plan: &Plan, schemas: &Schemas) -> Self {
        let n_nodes = plan.iter().count();
        let mut kinds = Self { may: vec![TypeSet::ALL; n_nodes], must: Vec::new() };
        for _ in 0..N_ROUNDS {
            // The least solution of the one, given the other, and the greatest of the other: neither claims too much.
            kinds.must = vec![TypeSet::NONE; n_nodes];
            kinds.settle(plan, |kinds, index| {
                let found = common(plan[index].tests.iter().map(|test| kinds.test_must(test)));
                std::mem::replace(&mut kinds.must[index.number()], found) != found
            });
            kinds.may = vec![TypeSet::ALL; n_nodes];
            kinds.settle(plan, |kinds, index| {
                let tests = common(plan[index].tests.iter().map(|test| kinds.test_may(test)));
                // Where listed values say it, too, the plan leaves the type out.
                let declared = match &schemas[plan[index].schema].body {
                    SchemaBody::Constraints(constraints) => constraints.types.unwrap_or(TypeSet::ALL),
                    SchemaBody::Always(_) => TypeSet::ALL,
                };
                let found = tests.and(declared);
                std::mem::replace(&mut kinds.may[index.number()], found) != found
            });
        }
        kinds
    }

    fn settle(&mut self, plan: &Plan, mut changes: impl FnMut(&mut Self, PlanIdx) -> bool) {
        loop {
            let mut is_settled = true;
            plan.iter().for_each(|(index, _)| is_settled &= !changes(self, index));
            if is_settled {
                return;
            }
        }
    }

    /// Of no other types does a node accept a value.
    pub fn may(&self, index: PlanIdx) -> TypeSet {
        self.may[index.number()]
    }

    /// Of these types a node accepts every value.
    pub fn must(&self, index: PlanIdx) -> TypeSet {
        self.must[index.number()]
    }

    /// Of no other types does a test accept a value.
    pub fn test_may(&self, test: &Test) -> TypeSet {
        match test {
            Test::Never => TypeSet::NONE,
            Test::Types(types) => *types,
            Test::Constant(value) => TypeSet::NONE.or(kind(value)),
            Test::Enumeration(values) => values.iter().map(kind).fold(TypeSet::NONE, TypeSet::or),
            Test::Reference(target) => self.may(*target),
            Test::All(parts) => common(parts.iter().map(|part| self.may(*part))),
            Test::Any(union) => self.some(union),
            Test::One(union) => {
                // Two of its branches accept whatever it is.
                select(|one| self.some(union).has(one) && self.n_must(union, one) < 2)
            }
            Test::Not(part) => select(|one| !self.must(*part).has(one)),
            Test::When { test, then, otherwise } => {
                let may = |part: &Option<PlanIdx>| part.map_or(TypeSet::ALL, |part| self.may(part));
                let (then, otherwise) = (may(then), may(otherwise));
                select(|one| {
                    self.may(*test).has(one) && then.has(one)
                        || !self.must(*test).has(one) && otherwise.has(one)
                })
            }
            _ => TypeSet::ALL,
        }
    }

    /// Of these types a test accepts every value.
    pub fn test_must(&self, test: &Test) -> TypeSet {
        let but = |types: &[JsonType]| select(|one| !types.contains(&one));
        match test {
            Test::Never | Test::Constant(_) | Test::Enumeration(_) => TypeSet::NONE,
            Test::Types(types) => *types,
            Test::Number(_) => but(&[JsonType::Integer, JsonType::Number]),
            Test::Text(_) => but(&[JsonType::String]),
            Test::Array(_) => but(&[JsonType::Array]),
            Test::Object(_) => but(&[JsonType::Object]),
            Test::Reference(target) => self.must(*target),
            Test::All(parts) => common(parts.iter().map(|part| self.must(*part))),
            Test::Any(union) => select(|one| self.n_must(union, one) > 0),
            Test::One(union) => select(|one| {
                let n_may = union.branches.iter().filter(|branch| self.may(**branch).has(one)).count();
                self.n_must(union, one) == 1 && n_may == 1
            }),
            Test::Not(part) => select(|one| !self.may(*part).has(one)),
            Test::When { test, then, otherwise } => {
                let must = |part: &Option<PlanIdx>| part.map_or(TypeSet::ALL, |part| self.must(part));
                let (then, otherwise) = (must(then), must(otherwise));
                select(|one| {
                    then.has(one) && (self.must(*test).has(one) || otherwise.has(one))
                        || otherwise.has(one) && !self.may(*test).has(one)
                })
            }
            Test::UnevaluatedItems(rest) if self.must(*rest) != TypeSet::ALL => but(&[JsonType::Array]),
            Test::UnevaluatedProperties(rest) if self.must(*rest) != TypeSet::ALL => but(&[JsonType::Object]),
            Test::UnevaluatedItems(_) | Test::UnevaluatedProperties(_) => TypeSet::ALL,
        }
    }

    fn some(&self, union: &Union) -> TypeSet {
        union.branches.iter().map(|branch| self.may(*branch)).fold(TypeSet::NONE, TypeSet::or)
    }

    /// How many branches accept every value of that type.
    fn n_must(&self, union: &Union, one: JsonType) -> usize {
        union.branches.iter().filter(|branch| self.must(**branch).has(one)).count()
    }
}

fn common(all: impl Iterator<Item = TypeSet>) -> TypeSet {
    all.fold(TypeSet::ALL, TypeSet::and)
}

/// The types that are meant: `Number` is what is no integer.
pub fn select(is_meant: impl Fn(JsonType) -> bool) -> TypeSet {
    let of = |one: JsonType| match one {
        JsonType::Number => TypeSet::NONE.with(one).without(JsonType::Integer),
        _ => TypeSet::NONE.with(one),
    };
    JsonType::ALL.into_iter().filter(|one| is_meant(*one)).map(of).fold(TypeSet::NONE, TypeSet::or)
}

fn kind(value: &Value) -> TypeSet {
    TypeSet::NONE.with(JsonType::of(value))
}
