//! `const` and `enum`.

use serde_json::Value;

use super::conjunction::Conjunction;
use super::{Form, Shape, nullable};
use crate::model::{Constraints, JsonType};

impl Conjunction<'_> {
    /// The shape of listed values; `None` where nothing lists any.
    pub fn listed(&self) -> Option<Form> {
        let types = self.declared_types();
        let mut values: Vec<_> = self.listed_values()?.into_iter().cloned().collect();
        values.retain(|value| types.has(JsonType::of(value)));
        let is_nullable = values.len() > 1 && values.contains(&Value::Null);
        if is_nullable {
            values.retain(|value| !value.is_null());
        }
        let shape = shape(values);
        let shape = if is_nullable { nullable(shape) } else { shape };
        let is_refined = shape == Shape::Opaque || self.parts.iter().any(|part| says_more(part));
        Some(Form { shape, is_refined })
    }

    /// The values that every `const` and `enum` lists; `None` where there is none.
    pub fn listed_values(&self) -> Option<Vec<&Value>> {
        let mut lists = self.parts.iter().flat_map(|part| lists(part));
        let mut values: Vec<&Value> = Vec::new();
        for value in lists.next()? {
            if !values.iter().any(|known| equal(known, value)) {
                values.push(value);
            }
        }
        for list in lists {
            values.retain(|value| list.iter().any(|other| equal(value, other)));
        }
        Some(values)
    }
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
