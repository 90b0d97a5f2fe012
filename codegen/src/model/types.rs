//! Of which types the instances of a schema can be.

use super::{Constraints, JsonType, SchemaBody, SchemaIdx, Schemas, TypeSet};

/// How often all schemas are looked at: along chains of references that are not in the order of the document.
const MAX_ROUNDS: usize = 8;

impl Schemas {
    /// No instance of the schema has another type.
    pub fn types(&self, index: SchemaIdx) -> TypeSet {
        self.types.get_or_init(|| types(self))[index.0 as usize]
    }
}

/// Every round narrows what the last one found, so that each is right, whether or not another would find more.
fn types(schemas: &Schemas) -> Vec<TypeSet> {
    let mut types = vec![TypeSet::ALL; schemas.iter().count()];
    for round in 0..MAX_ROUNDS {
        let before = types.clone();
        let mut look = |(index, body): (usize, &SchemaBody)| types[index] = of_body(body, &types);
        let bodies = schemas.iter().map(|(index, schema)| (index.0 as usize, &schema.body));
        if round % 2 == 0 {
            bodies.collect::<Vec<_>>().into_iter().rev().for_each(&mut look);
        } else {
            bodies.for_each(&mut look);
        }
        if before == types {
            break;
        }
    }
    types
}

fn of_body(body: &SchemaBody, known: &[TypeSet]) -> TypeSet {
    match body {
        SchemaBody::Always(true) => TypeSet::ALL,
        SchemaBody::Always(false) => TypeSet::NONE,
        SchemaBody::Constraints(constraints) => of_constraints(constraints, known),
    }
}

fn of_constraints(constraints: &Constraints, known: &[TypeSet]) -> TypeSet {
    let of = |schema: &SchemaIdx| known[schema.0 as usize];
    let Constraints { constant, enumeration, reference, all_of, any_of, one_of, .. } = constraints;
    let own = constraints.types.unwrap_or(TypeSet::ALL);
    let lists = constant.as_ref().map(std::slice::from_ref).into_iter().chain(enumeration.as_deref());
    let listed = lists.map(|values| values.iter().map(JsonType::of).collect());
    let together = all_of.iter().chain(reference).map(of);
    let unions = [any_of, one_of].into_iter().filter(|branches| !branches.is_empty());
    let unions = unions.map(|branches| branches.iter().map(of).fold(TypeSet::NONE, TypeSet::or));
    listed.chain(together).chain(unions).fold(own, TypeSet::and)
}
