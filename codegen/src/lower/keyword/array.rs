//! Assertions on arrays (JSON Schema Core, 10.3.1; Validation, 6.4).

use super::{Scope, count, filled};
use crate::load::{Node, NodeKind};
use crate::model::Contains;

pub fn prefix_items(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.array.prefix = filled(scope.subschemas("prefixItems", value)?)?;
    Some(())
}

pub fn items(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    scope.constraints.array.items = Some(scope.subschema("items"));
    Some(())
}

pub fn contains(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    let bound = |key| scope.node.get(key).and_then(count);
    let (min, max) = (bound("minContains").unwrap_or(1), bound("maxContains"));
    let schema = scope.subschema("contains");
    scope.constraints.array.contains = Some(Contains { schema, min, max });
    Some(())
}

/// `contains` reads the bounds beside it; here only their kind is checked.
pub fn contains_bound(_: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    count(value).map(drop)
}

pub fn unevaluated_items(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    scope.constraints.array.unevaluated = Some(scope.subschema("unevaluatedItems"));
    Some(())
}

pub fn min_items(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.array.min_items = Some(count(value)?);
    Some(())
}

pub fn max_items(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.array.max_items = Some(count(value)?);
    Some(())
}

pub fn unique_items(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let NodeKind::Bool(unique) = value.kind else { return None };
    scope.constraints.array.unique = unique;
    Some(())
}
