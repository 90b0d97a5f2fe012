//! Valid payloads: the examples of a schema with ids and times of their own, or what is generated where it has none.

use std::collections::HashMap;

use handfast_codegen::model::{Constraints, Format, SchemaBody, SchemaIdx, Side};
use serde_json::Value;

use crate::generate::{Generator, Style};
use crate::interpret;
use crate::pattern::{Fresh, of_format};
use crate::session::Protocol;

/// How deep schemas are followed.
const MAX_DEPTH: usize = 24;
/// How many payloads are made of a schema.
const N_SAMPLES: u64 = 16;

/// What payloads of a contract are drawn from.
#[derive(Debug)]
pub struct Samples(HashMap<SchemaIdx, Result<Vec<Value>, String>>);

impl Samples {
    /// Finds or makes payloads of everything that a server says.
    pub fn new(protocol: &Protocol, seed: u64) -> Self {
        let contract = &protocol.contract;
        let events = contract.direction(Side::Server).into_iter().filter_map(|event| contract[event].payload);
        let answers = contract.exchanges.iter().filter_map(|exchange| exchange.acknowledgement);
        Self(events.chain(answers).map(|schema| (schema, samples(protocol, schema, seed))).collect())
    }

    /// A valid instance of `schema`.
    ///
    /// # Errors
    /// None was found; the message says why.
    pub fn draw(&self, protocol: &Protocol, schema: SchemaIdx, fresh: &mut Fresh) -> Result<Value, String> {
        let known = match self.0.get(&schema) {
            Some(Ok(known)) => known,
            Some(Err(reason)) => return Err(reason.clone()),
            None => return Err("nothing was made of its schema".to_owned()),
        };
        let Some(chosen) = fresh.random().choice(known) else {
            return Err("its schema has no payload".to_owned());
        };
        let mut value = chosen.clone();
        refresh(protocol, schema, &mut value, fresh, 0);
        Ok(if interpret::is_valid(&protocol.plan, schema, &value) { value } else { chosen.clone() })
    }
}

fn samples(protocol: &Protocol, schema: SchemaIdx, seed: u64) -> Result<Vec<Value>, String> {
    let schemas = &protocol.contract.schemas;
    let examples =
        [schema, schemas.follow(schema)].into_iter().flat_map(|schema| &schemas[schema].docs.examples);
    let valid = examples.filter(|value| interpret::is_valid(&protocol.plan, schema, value));
    let valid: Vec<Value> = valid.cloned().collect();
    if !valid.is_empty() {
        return Ok(valid);
    }
    let generator = Generator::new(&protocol.plan, schemas, schema).map_err(|reason| reason.to_string())?;
    Ok((0..N_SAMPLES).map(|n| generator.valid_in(Style::Typical, seed.wrapping_add(n))).collect())
}

/// Puts fresh values where ids and times stand.
fn refresh(protocol: &Protocol, schema: SchemaIdx, value: &mut Value, fresh: &mut Fresh, depth: usize) {
    if depth >= MAX_DEPTH {
        return;
    }
    let parts = parts(protocol, schema, depth);
    match value {
        Value::String(text) => {
            let volatile = |format: &Format| matches!(format, Format::Uuid | Format::DateTime);
            if let Some(format) = parts.iter().filter_map(|part| part.string.format).find(volatile) {
                *text = of_format(format, fresh);
            }
        }
        Value::Object(members) => {
            for (name, inner) in parts.iter().flat_map(|part| &part.object.properties) {
                if let Some(member) = members.get_mut(name) {
                    refresh(protocol, *inner, member, fresh, depth + 1);
                }
            }
        }
        Value::Array(items) => {
            for inner in parts.iter().filter_map(|part| part.array.items) {
                items.iter_mut().for_each(|item| refresh(protocol, inner, item, fresh, depth + 1));
            }
        }
        _ => {}
    }
}

/// The constraints that all hold together: of the schema, its reference and its `allOf`.
fn parts(protocol: &Protocol, schema: SchemaIdx, depth: usize) -> Vec<&Constraints> {
    let SchemaBody::Constraints(constraints) = &protocol.contract.schemas[schema].body else {
        return Vec::new();
    };
    let mut parts = vec![constraints.as_ref()];
    if depth < MAX_DEPTH {
        let inner = constraints.reference.iter().chain(&constraints.all_of);
        parts.extend(inner.flat_map(|part| self::parts(protocol, *part, depth + 1)));
    }
    parts
}
