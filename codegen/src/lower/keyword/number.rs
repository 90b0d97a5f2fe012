//! Assertions on numbers (JSON Schema Validation, 6.2).

use serde_json::Number;

use super::Scope;
use crate::load::{Node, NodeKind};

fn number(value: &Node) -> Option<Number> {
    match &value.kind {
        NodeKind::Number(number) => Some(number.clone()),
        _ => None,
    }
}

pub fn multiple_of(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let divisor = number(value).filter(|number| number.as_f64().is_some_and(|float| float > 0.0))?;
    scope.constraints.number.multiple_of = Some(divisor);
    Some(())
}

pub fn minimum(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let limit = Some(number(value)?);
    let rules = &mut scope.constraints.number;
    *if is_exclusive(&scope.node, "exclusiveMinimum") {
        &mut rules.exclusive_minimum
    } else {
        &mut rules.minimum
    } = limit;
    Some(())
}

pub fn maximum(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let limit = Some(number(value)?);
    let rules = &mut scope.constraints.number;
    *if is_exclusive(&scope.node, "exclusiveMaximum") {
        &mut rules.exclusive_maximum
    } else {
        &mut rules.maximum
    } = limit;
    Some(())
}

/// Whether draft 4 says that the limit itself is out; later dialects have no boolean there.
fn is_exclusive(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|flag| flag.kind == NodeKind::Bool(true))
}

/// `minimum` and `maximum` read the flag beside them; here only its kind, and that they are there, is checked.
pub fn exclusive_flag(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let is = |key| scope.node.get(key) == Some(value);
    let has = |key| scope.node.get(key).is_some();
    let has_limit = is("exclusiveMinimum") && has("minimum") || is("exclusiveMaximum") && has("maximum");
    (matches!(value.kind, NodeKind::Bool(_)) && has_limit).then_some(())
}

pub fn exclusive_minimum(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.number.exclusive_minimum = Some(number(value)?);
    Some(())
}

pub fn exclusive_maximum(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.number.exclusive_maximum = Some(number(value)?);
    Some(())
}
