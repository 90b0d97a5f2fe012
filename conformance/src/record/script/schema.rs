//! What a contract's schema says of one value inside a payload: its format, and whether it is one of a few.

use handfast_codegen::model::{Constraints, Format, SchemaBody, SchemaIdx, Schemas};
use handfast_codegen::pointer::pointer_tokens;

/// How many schemas are looked at for one value.
const MAX_SCHEMAS: usize = 256;

/// What is known of a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The formats it may have.
    pub formats: Vec<Format>,
    /// Whether it is one of a few values that the schema lists.
    pub is_listed: bool,
}

/// What `schema` says of the value at `pointer`. Branches of a union count all, since what they say is true of some values.
pub fn facts(schemas: &Schemas, schema: Option<SchemaIdx>, pointer: &str) -> Facts {
    let mut reached: Vec<SchemaIdx> = schema.into_iter().collect();
    for token in pointer_tokens(pointer).unwrap_or_default() {
        let parts = parts(schemas, &reached);
        reached = parts.iter().flat_map(|part| step(part, &token)).collect();
    }
    let mut facts = Facts::default();
    for part in parts(schemas, &reached) {
        facts.formats.extend(part.string.format);
        facts.is_listed |= part.constant.is_some() || part.enumeration.is_some();
    }
    facts.formats.dedup();
    facts
}

fn parts<'s>(schemas: &'s Schemas, from: &[SchemaIdx]) -> Vec<&'s Constraints> {
    let (mut open, mut seen, mut parts) = (from.to_vec(), Vec::new(), Vec::new());
    while let Some(schema) = open.pop() {
        if seen.contains(&schema) || seen.len() >= MAX_SCHEMAS {
            continue;
        }
        seen.push(schema);
        let SchemaBody::Constraints(constraints) = &schemas[schema].body else { continue };
        let Constraints { reference, all_of, any_of, one_of, condition, .. } = constraints.as_ref();
        open.extend(reference.iter().chain(all_of).chain(any_of).chain(one_of));
        open.extend(condition.iter().flat_map(|condition| condition.then.iter().chain(&condition.otherwise)));
        parts.push(constraints.as_ref());
    }
    parts
}

/// The schemas of the member or item that `token` names.
pub fn step(part: &Constraints, token: &str) -> Vec<SchemaIdx> {
    let mut found: Vec<SchemaIdx> = Vec::new();
    let declared = part.object.properties.iter().filter(|(name, _)| name == token);
    found.extend(declared.map(|(_, schema)| *schema));
    if found.is_empty() {
        found.extend(part.object.additional);
    }
    if let Ok(n) = token.parse::<usize>() {
        found.extend(part.array.prefix.get(n).copied().or(part.array.items));
    }
    found
}
