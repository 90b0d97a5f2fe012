//! The payload that a schema leaves no choice about.

use handfast_codegen::model::{Constraints, JsonType, SchemaBody, SchemaIdx, Schemas};
use serde_json::{Map, Value};

/// How deep schemas are followed.
const MAX_DEPTH: usize = 32;

/// The constants that `schema` requires: `null`, or an object of the properties that must be and can only be one value.
///
/// Whether that is a whole payload is for the validator to say.
pub fn required(schemas: &Schemas, schema: SchemaIdx) -> Value {
    constant(schemas, schema, 0).unwrap_or_default()
}

fn constant(schemas: &Schemas, schema: SchemaIdx, depth: usize) -> Option<Value> {
    let mut parts = Vec::new();
    flatten(schemas, schema, depth, &mut parts);
    let fixed = parts.iter().find_map(|part| match (&part.constant, part.enumeration.as_deref()) {
        (Some(value), _) | (None, Some([value])) => Some(value.clone()),
        _ => None,
    });
    let is_object = parts.iter().any(|part| {
        part.types.is_some_and(|types| types.single() == Some(JsonType::Object))
            || !part.object.required.is_empty()
    });
    let is_null =
        parts.iter().any(|part| part.types.is_some_and(|types| types.single() == Some(JsonType::Null)));
    match fixed {
        Some(value) => Some(value),
        None if is_null => Some(Value::Null),
        None if is_object && depth < MAX_DEPTH => Some(Value::Object(members(schemas, &parts, depth))),
        None => None,
    }
}

fn members(schemas: &Schemas, parts: &[&Constraints], depth: usize) -> Map<String, Value> {
    let required = parts.iter().flat_map(|part| &part.object.required);
    let value_of = |name: &String| {
        let declared = parts.iter().flat_map(|part| &part.object.properties);
        declared
            .filter(|(declared, _)| declared == name)
            .find_map(|(_, schema)| constant(schemas, *schema, depth + 1))
    };
    required.filter_map(|name| Some((name.clone(), value_of(name)?))).collect()
}

/// The constraints that all hold together: of the schema, its reference and its `allOf`.
fn flatten<'s>(schemas: &'s Schemas, schema: SchemaIdx, depth: usize, parts: &mut Vec<&'s Constraints>) {
    let SchemaBody::Constraints(constraints) = &schemas[schema].body else { return };
    if depth >= MAX_DEPTH {
        return;
    }
    parts.push(constraints);
    for part in constraints.reference.iter().chain(&constraints.all_of) {
        flatten(schemas, *part, depth + 1, parts);
    }
}
