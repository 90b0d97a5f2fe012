//! Small schemas and values, drawn so that they often have to do with each other.

use fastrand::Rng;
use serde_json::{Map, Value, json};

const NAMES: [&str; 3] = ["a", "b", "x1"];
const PATTERNS: [&str; 6] = ["^a", "b$", "^x[0-9]$", "^[ab]*$", "a|b", "^.{2}$"];

/// A schema that goes `depth` deep at most.
pub fn schema(depth: u32, rng: &mut Rng) -> Value {
    if rng.u8(..20) == 0 {
        return Value::Bool(rng.bool());
    }
    let mut schema = Map::new();
    for _ in 0..rng.u8(1..4) {
        keyword(depth, rng, &mut schema);
    }
    Value::Object(schema)
}

fn keyword(depth: u32, rng: &mut Rng, schema: &mut Map<String, Value>) {
    let inner = |rng: &mut Rng| if depth == 0 { scalar(rng) } else { self::schema(depth - 1, rng) };
    let several = |rng: &mut Rng| (0..rng.usize(1..4)).map(|_| inner(rng)).collect::<Vec<_>>();
    let name = |rng: &mut Rng| NAMES[rng.usize(..NAMES.len())].to_owned();
    let pattern = |rng: &mut Rng| PATTERNS[rng.usize(..PATTERNS.len())].to_owned();
    let (key, value) = match rng.u8(..34) {
        0..=3 => ("type", types(rng)),
        4 => ("enum", (0..rng.usize(1..4)).map(|_| value(1, rng)).collect()),
        5 => ("const", value(1, rng)),
        6 => ("minimum", number(rng)),
        7 => ("maximum", number(rng)),
        8 => ("exclusiveMinimum", number(rng)),
        9 => ("multipleOf", json!([1.0, 2.0, 3.0, 0.5][rng.usize(..4)])),
        10 => ("minLength", rng.u8(..3).into()),
        11 => ("maxLength", rng.u8(..3).into()),
        12 => ("pattern", pattern(rng).into()),
        13..=15 => ("properties", (0..rng.usize(1..3)).map(|_| (name(rng), inner(rng))).collect()),
        16 | 17 => ("required", [name(rng)].into_iter().collect()),
        18 => ("additionalProperties", if rng.bool() { false.into() } else { inner(rng) }),
        19 => ("patternProperties", [(pattern(rng), inner(rng))].into_iter().collect()),
        20 => ("propertyNames", inner(rng)),
        21 => ("minProperties", rng.u8(..3).into()),
        22 => ("maxProperties", rng.u8(..3).into()),
        23 => ("items", inner(rng)),
        24 => ("prefixItems", several(rng).into()),
        25 => ("minItems", rng.u8(..3).into()),
        26 => ("maxItems", rng.u8(..3).into()),
        27 => {
            if rng.bool() {
                schema.insert("maxContains".into(), rng.u8(1..3).into());
            }
            ("contains", inner(rng))
        }
        28 => ("uniqueItems", true.into()),
        29 => ("anyOf", several(rng).into()),
        30 => ("oneOf", several(rng).into()),
        31 => ("not", inner(rng)),
        32 => {
            schema.insert("then".into(), inner(rng));
            schema.insert("else".into(), inner(rng));
            ("if", inner(rng))
        }
        _ => match rng.u8(..4) {
            0 => ("unevaluatedProperties", if rng.bool() { false.into() } else { inner(rng) }),
            1 => ("unevaluatedItems", if rng.bool() { false.into() } else { inner(rng) }),
            2 => ("dependentSchemas", [(name(rng), inner(rng))].into_iter().collect()),
            _ => ("dependentRequired", [(name(rng), json!([name(rng)]))].into_iter().collect()),
        },
    };
    schema.insert(key.into(), value);
}

fn scalar(rng: &mut Rng) -> Value {
    match rng.u8(..4) {
        0 => true.into(),
        1 => json!({ "const": value(0, rng) }),
        _ => json!({ "type": types(rng) }),
    }
}

fn types(rng: &mut Rng) -> Value {
    const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    let one = TYPES[rng.usize(..7)];
    let other = TYPES[rng.usize(..7)];
    if rng.bool() || one == other { one.into() } else { json!([one, other]) }
}

fn number(rng: &mut Rng) -> Value {
    json!([-1.0, 0.0, 0.5, 1.0, 2.0, 3.0][rng.usize(..6)])
}

/// A value that goes `depth` deep at most.
pub fn value(depth: u32, rng: &mut Rng) -> Value {
    const TEXTS: [&str; 8] = ["", "a", "b", "ab", "ba", "abc", "x1", "é"];
    match rng.u8(..if depth == 0 { 10 } else { 20 }) {
        0 => Value::Null,
        1 | 2 => rng.bool().into(),
        3..=5 => json!([-2, -1, 0, 1, 2, 3, 4, 6][rng.usize(..8)]),
        6 => json!([0.5, 1.5, 0.25, -0.5][rng.usize(..4)]),
        7..=9 => TEXTS[rng.usize(..8)].into(),
        10..=14 => (0..rng.usize(..4)).map(|_| value(depth - 1, rng)).collect(),
        _ => {
            let name = |rng: &mut Rng| ["a", "b", "x1", "ab", "c"][rng.usize(..5)].to_owned();
            (0..rng.usize(..4)).map(|_| (name(rng), value(depth - 1, rng))).collect()
        }
    }
}

/// A schema that may be much like `schema`.
pub fn changed(schema: &Value, depth: u32, rng: &mut Rng) -> Value {
    let Value::Object(members) = schema else { return self::schema(depth, rng) };
    let mut members = members.clone();
    match rng.u8(..6) {
        0 => return json!({ "anyOf": [schema, self::schema(depth, rng)] }),
        1 => return json!({ "oneOf": [schema, self::schema(depth, rng)] }),
        2 => keyword(depth, rng, &mut members),
        3 => {
            let names: Vec<String> = members.keys().cloned().collect();
            if let Some(name) = names.get(rng.usize(..names.len().max(1))) {
                members.remove(name);
            }
        }
        _ => {
            // A subschema inside changes.
            for (key, inner) in &mut members {
                change_inside(key, inner, depth.saturating_sub(1), rng);
            }
        }
    }
    Value::Object(members)
}

fn change_inside(key: &str, inner: &mut Value, depth: u32, rng: &mut Rng) {
    let is_one = ["items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else"];
    match inner {
        Value::Object(schemas) if ["properties", "patternProperties", "dependentSchemas"].contains(&key) => {
            schemas.values_mut().for_each(|one| *one = changed(one, depth, rng));
        }
        Value::Array(schemas) if ["anyOf", "oneOf", "prefixItems"].contains(&key) => {
            schemas.iter_mut().for_each(|one| *one = changed(one, depth, rng));
        }
        one if is_one.contains(&key) => *one = changed(one, depth, rng),
        _ => {}
    }
}
