//! `const` and `enum`.

use serde_json::Value;

use super::conjunction::Conjunction;
use super::{Form, Shape, Together, nullable};
use crate::model::{Constraints, Docs, JsonType, SchemaIdx, Schemas};

impl Conjunction<'_> {
    /// The shape of listed values; `None` where nothing lists any.
    pub fn listed(&self) -> Option<Form> {
        let types = self.declared_types();
        let mut values: Vec<_> = self.listed_values()?.into_iter().cloned().collect();
        values.retain(|value| types.has(JsonType::of(value)));
        let form = of_values(values);
        Some(Form { is_refined: form.is_refined || self.parts.iter().any(|part| says_more(part)), ..form })
    }

    /// The values that every `const` and `enum` lists; `None` where there is none.
    pub fn listed_values(&self) -> Option<Vec<&Value>> {
        let mut lists = self.parts.iter().flat_map(|part| lists(part));
        let mut values = distinct(lists.next()?);
        for list in lists {
            values.retain(|value| list.iter().any(|other| equal(value, other)));
        }
        Some(values)
    }
}

impl Together {
    /// What the branch of a union that allows only `value` says about it.
    pub fn docs_of_value(&self, schemas: &Schemas, value: &Value) -> Docs {
        let conjunction = Conjunction::of(schemas, self);
        let is_only = |branch: &&SchemaIdx| {
            let together = Self::of(schemas, **branch);
            let branch = Conjunction::of(schemas, &together);
            branch.listed_values().is_some_and(|values| values.len() == 1 && equal(values[0], value))
        };
        let branch = conjunction.unions().flatten().find(is_only);
        branch.map(|branch| schemas[*branch].docs.clone()).unwrap_or_default()
    }
}

/// The shape of one of `values`, each of which is there once.
pub fn of_values(mut values: Vec<Value>) -> Form {
    let is_nullable = values.len() > 1 && values.contains(&Value::Null);
    if is_nullable {
        values.retain(|value| !value.is_null());
    }
    let shape = shape(values);
    let shape = if is_nullable { nullable(shape) } else { shape };
    Form { is_refined: shape == Shape::Opaque, shape }
}

/// The values, each once.
pub fn distinct(values: &[Value]) -> Vec<&Value> {
    let mut distinct: Vec<&Value> = Vec::new();
    for value in values {
        if !distinct.iter().any(|known| equal(known, value)) {
            distinct.push(value);
        }
    }
    distinct
}

fn lists(part: &Constraints) -> impl Iterator<Item = &[Value]> {
    let constant = part.constant.as_ref().map(std::slice::from_ref);
    constant.into_iter().chain(part.enumeration.as_deref())
}

fn shape(mut values: Vec<Value>) -> Shape {
    let is_scalar = |value: &Value| !value.is_array() && !value.is_object();
    match values.as_slice() {
        [] => Shape::Opaque,
        [Value::Null] => Shape::Null,
        [_] => Shape::Constant(values.swap_remove(0)),
        _ if values.iter().all(Value::is_string) => {
            Shape::Strings(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ if values.iter().all(is_scalar) => Shape::Scalars(values),
        _ => Shape::Opaque,
    }
}

/// Whether a part says more than types and listed values.
fn says_more(part: &Constraints) -> bool {
    let rest = Constraints {
        types: None,
        constant: None,
        enumeration: None,
        reference: None,
        all_of: Vec::new(),
        ..part.clone()
    };
    rest != Constraints::default()
}

/// Whether two values are the same instance: 1 equals 1.0 (JSON Schema Core, 4.2.2).
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || a.as_f64() == b.as_f64() && (a.is_f64() || b.is_f64())
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| equal(value, other)))
        }
        _ => a == b,
    }
}
