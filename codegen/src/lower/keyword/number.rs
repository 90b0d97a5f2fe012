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
    scope.constraints.number.minimum = Some(number(value)?);
    Some(())
}

pub fn maximum(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.number.maximum = Some(number(value)?);
    Some(())
}

pub fn exclusive_minimum(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.number.exclusive_minimum = Some(number(value)?);
    Some(())
}

pub fn exclusive_maximum(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.number.exclusive_maximum = Some(number(value)?);
    Some(())
}
