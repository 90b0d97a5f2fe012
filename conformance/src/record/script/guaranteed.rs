//! What a contract guarantees of a payload: a session expects that and no more, since another server may leave out the rest.

use handfast_codegen::model::{Constraints, SchemaBody, SchemaIdx};
use handfast_codegen::pointer::pointer_push;
use serde_json::Value;

use super::group::{Key, Step};
use super::{places, schema};
use crate::interpret;
use crate::session::Protocol;
use crate::transport::Peer;

/// How many schemas are looked at for one value.
const MAX_SCHEMAS: usize = 256;

/// Takes out of what the server says in `steps` what its schema does not require, unless the client says it afterwards.
pub fn keep(protocol: &Protocol, steps: &mut [Step]) {
    for n in 0..steps.len() {
        let (now, later) = steps[n..].split_at_mut(1);
        let needed: Vec<&Value> = later
            .iter()
            .flat_map(|step| &step.parts)
            .filter(|part| part.from == Peer::Client)
            .map(|part| &part.value)
            .collect();
        for part in now.iter_mut().flat_map(|step| &mut step.parts) {
            if let (Key::Data, Peer::Server, Some(schema)) = (part.key, part.from, part.schema) {
                let pruning = Pruning { protocol, needed: &needed };
                pruning.prune(&mut part.value, &[schema], "");
            }
        }
    }
}

struct Pruning<'p> {
    protocol: &'p Protocol,
    needed: &'p [&'p Value],
}

impl Pruning<'_> {
    fn prune(&self, value: &mut Value, schemas: &[SchemaIdx], pointer: &str) {
        let parts = self.parts(value, schemas);
        if parts.is_empty() {
            return;
        }
        match value {
            Value::Object(members) => {
                let is_required =
                    |name: &String| parts.iter().any(|part| part.object.required.contains(name));
                members.retain(|name, member| is_required(name) || self.is_needed(member));
                for (name, member) in members.iter_mut() {
                    let below: Vec<SchemaIdx> =
                        parts.iter().flat_map(|part| schema::step(part, name)).collect();
                    self.prune(member, &below, &pointer_push(pointer, name));
                }
            }
            Value::Array(items) => {
                for (n, item) in items.iter_mut().enumerate() {
                    let below: Vec<SchemaIdx> =
                        parts.iter().flat_map(|part| schema::step(part, &n.to_string())).collect();
                    self.prune(item, &below, &format!("{pointer}/{n}"));
                }
            }
            _ => {}
        }
    }

    /// What `schemas` say of `value`: of a union, the branches that accept it.
    fn parts(&self, value: &Value, schemas: &[SchemaIdx]) -> Vec<&Constraints> {
        let accepts = |schema: &&SchemaIdx| interpret::is_valid(&self.protocol.plan, **schema, value);
        let (mut open, mut seen, mut parts) = (schemas.to_vec(), Vec::new(), Vec::new());
        while let Some(schema) = open.pop() {
            if seen.contains(&schema) || seen.len() >= MAX_SCHEMAS {
                continue;
            }
            seen.push(schema);
            let SchemaBody::Constraints(constraints) = &self.protocol.contract.schemas[schema].body else {
                continue;
            };
            let Constraints { reference, all_of, any_of, one_of, condition, .. } = constraints.as_ref();
            open.extend(reference.iter().chain(all_of));
            open.extend(any_of.iter().chain(one_of).filter(accepts));
            if let Some(condition) = condition {
                let branch = if accepts(&&condition.test) { condition.then } else { condition.otherwise };
                open.extend(branch);
            }
            parts.push(constraints.as_ref());
        }
        parts
    }

    /// Whether the client says something of `value` afterwards.
    fn is_needed(&self, value: &Value) -> bool {
        let mut is_needed = false;
        places::leaves(value, &mut |pointer, leaf| {
            is_needed |= self.needed.iter().any(|said| says(said, leaf, pointer));
        });
        is_needed
    }
}

/// Whether `said` holds `leaf`: a string of some length, or an identifier.
fn says(said: &Value, leaf: &Value, pointer: &str) -> bool {
    let is_id = places::names(pointer).last().is_some_and(|name| name.to_ascii_lowercase().ends_with("id"));
    let mut found = false;
    places::leaves(said, &mut |_, said| {
        found |= match (said, leaf) {
            (Value::String(said), Value::String(leaf)) if leaf.len() >= 8 || is_id => {
                !leaf.is_empty() && said.contains(leaf.as_str())
            }
            (Value::String(said), Value::Number(leaf)) if is_id => {
                said.split(['/', '?', '&', '=']).any(|segment| segment == leaf.to_string())
            }
            (Value::Number(said), Value::Number(leaf)) => is_id && said == leaf,
            _ => false,
        };
    });
    found
}
