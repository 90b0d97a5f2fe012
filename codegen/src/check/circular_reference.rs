//! A schema that applies itself to the same instance has no meaning (JSON Schema Core, 9.4.1).

use super::place;
use crate::diagnostic::Diagnostic;
use crate::model::{Constraints, SchemaBody, SchemaIdx, Schemas};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Not,
    Under,
    Done,
}

/// Finds circles of references that never descend into the instance.
pub fn check(schemas: &Schemas) -> Vec<Diagnostic> {
    let mut visits = vec![Visit::Not; schemas.iter().count()];
    let mut found = Vec::new();
    for (index, _) in schemas.iter() {
        walk(schemas, index, &mut visits, &mut found);
    }
    found
}

/// Depth first, with a stack of its own: schemas may be long chains.
fn walk(schemas: &Schemas, start: SchemaIdx, visits: &mut [Visit], found: &mut Vec<Diagnostic>) {
    let mut stack = vec![(start, false)];
    while let Some((index, is_done)) = stack.pop() {
        let visit = &mut visits[index.0 as usize];
        match (is_done, *visit) {
            (true, _) => *visit = Visit::Done,
            (false, Visit::Not) => {
                *visit = Visit::Under;
                stack.push((index, true));
                if let SchemaBody::Constraints(constraints) = &schemas[index].body {
                    for part in in_place(constraints) {
                        match visits[part.0 as usize] {
                            Visit::Under => found.push(circle(schemas, part)),
                            Visit::Not => stack.push((part, false)),
                            Visit::Done => {}
                        }
                    }
                }
            }
            (false, _) => {}
        }
    }
}

fn circle(schemas: &Schemas, index: SchemaIdx) -> Diagnostic {
    let place = place(&schemas[index].location);
    Diagnostic::new("circular-reference", place, "this schema applies itself to the same value, without end")
        .help("refer to it from `properties` or `items`, so that each turn goes deeper")
}

/// The subschemas that apply to the same instance.
fn in_place(constraints: &Constraints) -> Vec<SchemaIdx> {
    let condition = constraints.condition.iter();
    let condition = condition.flat_map(|it| [Some(it.test), it.then, it.otherwise]).flatten();
    let dependent = constraints.object.dependent_schemas.iter().map(|(_, schema)| *schema);
    let lists = [&constraints.all_of, &constraints.any_of, &constraints.one_of];
    let listed = lists.into_iter().flatten().copied();
    constraints
        .reference
        .into_iter()
        .chain(constraints.not)
        .chain(condition)
        .chain(dependent)
        .chain(listed)
        .collect()
}
