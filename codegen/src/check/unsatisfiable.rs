//! Schemas that no value satisfies, as far as can be seen without trying: they are seldom meant so.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::place;
use crate::diagnostic::Diagnostic;
use crate::model::{Constraints, JsonType, Schema, SchemaBody, SchemaIdx, Schemas, TypeSet};

/// Finds contradictions between the keywords of one schema.
pub fn check(schemas: &Schemas) -> Vec<Diagnostic> {
    schemas.iter().flat_map(|(_, schema)| contradictions(schemas, schema)).collect()
}

fn contradictions(schemas: &Schemas, schema: &Schema) -> Vec<Diagnostic> {
    let SchemaBody::Constraints(constraints) = &schema.body else { return Vec::new() };
    let parts = [number(constraints), limits(constraints), values(constraints)].into_iter().flatten();
    let all = parts.chain(members(schemas, constraints)).chain(applied(schemas, constraints));
    all.map(|message| {
        Diagnostic::new("unsatisfiable", place(&schema.location), message)
            .help("relax one of the keywords; for a schema that nothing satisfies, write `false`")
    })
    .collect()
}

fn allows(constraints: &Constraints, json_type: JsonType) -> bool {
    constraints.types.is_none_or(|types| types.has(json_type))
}

fn number(constraints: &Constraints) -> Option<String> {
    let rules = &constraints.number;
    let lower = [(&rules.minimum, false), (&rules.exclusive_minimum, true)];
    let upper = [(&rules.maximum, false), (&rules.exclusive_maximum, true)];
    let given = |(limit, is_open): (&'_ Option<Number>, bool)| limit.clone().map(|limit| (limit, is_open));
    let pairs = lower
        .into_iter()
        .filter_map(given)
        .flat_map(|low| upper.into_iter().filter_map(given).map(move |high| (low.clone(), high)));
    let mut empty = pairs.filter(|((low, low_is_open), (high, high_is_open))| match compare(low, high) {
        Ordering::Greater => true,
        Ordering::Equal => *low_is_open || *high_is_open,
        Ordering::Less => false,
    });
    let ((low, _), (high, _)) = empty.next().filter(|_| allows(constraints, JsonType::Integer))?;
    Some(format!("no number is above the lower limit {low} and below the upper limit {high}"))
}

fn compare(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Less),
    }
}

/// Smallest sizes above the largest.
fn limits(constraints: &Constraints) -> Option<String> {
    let Constraints { string, array, object, .. } = constraints;
    let contains = array.contains.as_ref();
    let needed = u64::try_from(object.required.len()).ok().filter(|needed| *needed > 0);
    let pairs = [
        ("minLength", string.min_length, "maxLength", string.max_length, JsonType::String),
        ("minItems", array.min_items, "maxItems", array.max_items, JsonType::Array),
        (
            "minContains",
            contains.map(|it| it.min),
            "maxContains",
            contains.and_then(|it| it.max),
            JsonType::Array,
        ),
        ("minContains", contains.map(|it| it.min), "maxItems", array.max_items, JsonType::Array),
        ("minProperties", object.min_properties, "maxProperties", object.max_properties, JsonType::Object),
        ("the length of `required`", needed, "maxProperties", object.max_properties, JsonType::Object),
    ];
    let is_empty = |pair: &(_, Option<u64>, _, Option<u64>, JsonType)| {
        pair.1.zip(pair.3).is_some_and(|(min, max)| min > max) && allows(constraints, pair.4)
    };
    let (min_name, min, max_name, max, _) = pairs.into_iter().find(is_empty)?;
    let (min, max) = (min.unwrap_or_default(), max.unwrap_or_default());
    let quoted = |name: &str| if name.contains(' ') { name.to_owned() } else { format!("`{name}`") };
    Some(format!("{} is {min}, and {} is {max}", quoted(min_name), quoted(max_name)))
}

/// Values that `type` or another of them forbids.
fn values(constraints: &Constraints) -> Option<String> {
    let types = constraints.types.unwrap_or(TypeSet::ALL);
    let fits = |value: &Value| types.has(JsonType::of(value));
    if let Some(constant) = constraints.constant.as_ref().filter(|value| !fits(value)) {
        return Some(format!("`const` is {constant}, which `type` does not allow"));
    }
    let listed = constraints.enumeration.as_ref()?;
    if listed.is_empty() {
        return Some("`enum` is empty".to_owned());
    }
    if !listed.iter().any(fits) {
        return Some("`type` allows no value of `enum`".to_owned());
    }
    let constant =
        constraints.constant.as_ref().filter(|value| value.is_string() && !listed.contains(value))?;
    Some(format!("`const` is {constant}, which is not in `enum`"))
}

fn is_never(schemas: &Schemas, schema: SchemaIdx) -> bool {
    schemas[schemas.follow(schema)].body == SchemaBody::Always(false)
}

/// Properties that must be there and must not.
fn members(schemas: &Schemas, constraints: &Constraints) -> Option<String> {
    let object = &constraints.object;
    let is_closed =
        object.additional.is_some_and(|rest| is_never(schemas, rest)) && object.patterns.is_empty();
    let is_forbidden = |name: &&String| match object.properties.iter().find(|(known, _)| known == *name) {
        Some((_, schema)) => is_never(schemas, *schema),
        None => is_closed,
    };
    let name = object.required.iter().find(is_forbidden).filter(|_| allows(constraints, JsonType::Object))?;
    Some(format!("the property `{name}` is required and forbidden"))
}

/// Subschemas that apply and that nothing satisfies.
fn applied(schemas: &Schemas, constraints: &Constraints) -> Option<String> {
    let never = |schema: &SchemaIdx| is_never(schemas, *schema);
    let all_never = |parts: &[SchemaIdx]| !parts.is_empty() && parts.iter().all(never);
    let keyword = if constraints.all_of.iter().any(never) {
        "allOf"
    } else if all_never(&constraints.any_of) {
        "anyOf"
    } else if all_never(&constraints.one_of) {
        "oneOf"
    } else {
        return None;
    };
    Some(format!("nothing satisfies `{keyword}`"))
}
