//! Applicators that combine schemas (JSON Schema Core, 10.2).

use super::{Scope, filled};
use crate::load::Node;
use crate::model::Condition;

pub fn all_of(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let parts = filled(scope.subschemas("allOf", value)?)?;
    scope.constraints.all_of.extend(parts);
    Some(())
}

pub fn any_of(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.any_of = filled(scope.subschemas("anyOf", value)?)?;
    Some(())
}

pub fn one_of(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.one_of = filled(scope.subschemas("oneOf", value)?)?;
    Some(())
}

pub fn not(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    scope.constraints.not = Some(scope.subschema("not"));
    Some(())
}

pub fn condition(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    let test = scope.subschema("if");
    let mut branch = |key| scope.node.get(key).is_some().then(|| scope.subschema(key));
    let (then, otherwise) = (branch("then"), branch("else"));
    scope.constraints.condition = Some(Condition { test, then, otherwise });
    Some(())
}

/// `if` reads its branches; without it they mean nothing, but must still be schemas.
pub fn then(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    if scope.node.get("if").is_none() {
        scope.subschema("then");
    }
    Some(())
}

/// As [`then`].
pub fn otherwise(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    if scope.node.get("if").is_none() {
        scope.subschema("else");
    }
    Some(())
}
