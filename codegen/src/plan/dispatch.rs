//! Finds the property that tells the branches of a union apart.

use std::collections::HashSet;

use serde_json::Value;

use super::Dispatch;
use crate::model::{Constraints, JsonType, SchemaBody, SchemaIdx, Schemas};

/// The property that tells `branches` apart, where every branch is an object that requires it, each allows only some
/// strings for it, and no two allow the same. Then a branch is valid only if the value selects it.
pub fn dispatch(schemas: &Schemas, branches: &[SchemaIdx]) -> Option<Dispatch> {
    if branches.len() < 2 {
        return None;
    }
    let first = conjuncts(schemas, *branches.first()?);
    let candidates = first.iter().flat_map(|part| part.object.required.iter());
    candidates.filter_map(|property| arms(schemas, branches, property)).next()
}

fn arms(schemas: &Schemas, branches: &[SchemaIdx], property: &str) -> Option<Dispatch> {
    let mut seen = HashSet::new();
    let mut arms = Vec::new();
    for (branch_idx, branch) in branches.iter().enumerate() {
        for tag in tags(schemas, *branch, property)? {
            if !seen.insert(tag.clone()) {
                return None;
            }
            arms.push((tag, branch_idx));
        }
    }
    Some(Dispatch { property: property.to_owned(), arms })
}

/// The strings that `branch` allows for `property`; `None` unless it is an object that requires one of them.
fn tags(schemas: &Schemas, branch: SchemaIdx, property: &str) -> Option<Vec<String>> {
    let is_object =
        |part: &&Constraints| part.types.and_then(|types| types.single()) == Some(JsonType::Object);
    conjuncts(schemas, branch).iter().find(|part| is_object(part))?;
    let values = required_values(schemas, branch, property)?;
    values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// The values that every object of `schema` has one of at `property`.
pub fn required_values(schemas: &Schemas, schema: SchemaIdx, property: &str) -> Option<Vec<Value>> {
    let parts = conjuncts(schemas, schema);
    parts.iter().find(|part| part.object.required.iter().any(|name| name == property))?;
    let declared = parts.iter().flat_map(|part| &part.object.properties).filter(|(name, _)| name == property);
    declared.flat_map(|(_, schema)| conjuncts(schemas, *schema)).find_map(values)
}

/// The values that a schema lists.
pub fn values(constraints: &Constraints) -> Option<Vec<Value>> {
    constraints.constant.clone().map(|value| vec![value]).or_else(|| constraints.enumeration.clone())
}

/// What holds for every instance of `schema`: its own constraints and those it refers to or combines, each once.
pub fn conjuncts(schemas: &Schemas, schema: SchemaIdx) -> Vec<&Constraints> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut stack = vec![schema];
    while let Some(schema) = stack.pop() {
        let SchemaBody::Constraints(constraints) = &schemas[schema].body else { continue };
        if seen.insert(schema) {
            found.push(&**constraints);
            // The first to be combined is the next to be read.
            stack.extend(constraints.all_of.iter().rev().chain(&constraints.reference));
        }
    }
    found
}
