//! Which subschemas look at a value inside an instance.

use std::collections::HashSet;

use handfast_codegen::model::{Constraints, Regex, SchemaBody, SchemaIdx, Schemas};
use handfast_codegen::pointer::pointer_tokens;

/// The subschemas that look at the value at `pointer` of instances of `root`, from the outermost, on any branch.
pub fn applied(schemas: &Schemas, root: SchemaIdx, pointer: &str) -> Vec<SchemaIdx> {
    let tokens = pointer_tokens(pointer).unwrap_or_default();
    let start = in_place(schemas, vec![root]);
    tokens.iter().fold(start, |found, token| {
        let below = found.iter().flat_map(|schema| below(schemas, *schema, token)).collect();
        in_place(schemas, below)
    })
}

fn constraints(schemas: &Schemas, schema: SchemaIdx) -> Option<&Constraints> {
    match &schemas[schema].body {
        SchemaBody::Constraints(constraints) => Some(constraints),
        SchemaBody::Always(_) => None,
    }
}

/// With what they apply to the same value.
fn in_place(schemas: &Schemas, start: Vec<SchemaIdx>) -> Vec<SchemaIdx> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut open = start;
    open.reverse();
    while let Some(schema) = open.pop() {
        if !seen.insert(schema) {
            continue;
        }
        found.push(schema);
        let Some(constraints) = constraints(schemas, schema) else { continue };
        let Constraints { reference, all_of, any_of, one_of, condition, object, .. } = constraints;
        let condition = condition.iter().flat_map(|it| [it.then, it.otherwise]).flatten();
        let dependent = object.dependent_schemas.iter().map(|(_, schema)| *schema);
        let unions = all_of.iter().chain(any_of).chain(one_of).copied();
        let parts: Vec<_> =
            reference.iter().copied().chain(unions).chain(condition).chain(dependent).collect();
        open.extend(parts.into_iter().rev());
    }
    found
}

/// What looks at the member or item `token`.
fn below(schemas: &Schemas, schema: SchemaIdx, token: &str) -> Vec<SchemaIdx> {
    let Some(Constraints { object, array, .. }) = constraints(schemas, schema) else { return Vec::new() };
    let named = object.properties.iter().filter(|(name, _)| name == token).map(|(_, schema)| *schema);
    let is_match = |pattern: &str| Regex::new(pattern).is_some_and(|regex| regex.is_match(token));
    let matching = object.patterns.iter().filter(|(pattern, _)| is_match(pattern)).map(|(_, schema)| *schema);
    let mut found: Vec<_> = named.chain(matching).collect();
    if found.is_empty() {
        found.extend(object.additional.or(object.unevaluated));
    }
    if let Ok(index) = token.parse::<usize>() {
        found.extend(array.prefix.get(index).copied().or(array.items).or(array.unevaluated));
    }
    found
}
