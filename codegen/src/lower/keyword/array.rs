//! Assertions on arrays (JSON Schema Core, 10.3.1; Validation, 6.4).

use super::{Scope, count, find};
use crate::dialect::Dialect;
use crate::load::{Node, NodeKind};
use crate::model::Contains;

pub fn prefix_items(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    prefix(scope, "prefixItems", value)
}

/// Generators write empty lists, which do no harm.
fn prefix(scope: &mut Scope<'_, '_, '_>, key: &str, value: &Node) -> Option<()> {
    scope.constraints.array.prefix = scope.subschemas(key, value)?;
    if scope.constraints.array.prefix.is_empty() {
        scope.empty_list(key);
    }
    Some(())
}

pub fn items(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    if value.as_array().is_some() {
        scope.list_of_old();
        return Some(());
    }
    scope.constraints.array.items = Some(scope.subschema("items"));
    Some(())
}

/// Up to 2019-09, an array of schemas is what `prefixItems` is later.
pub fn items_or_prefix(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    if value.as_array().is_none() {
        return items(scope, value);
    }
    prefix(scope, "items", value)
}

/// What follows the array of schemas under `items`; without it, this says nothing.
pub fn additional_items(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    let rest = scope.subschema("additionalItems");
    if scope.node.get("items").is_some_and(|items| items.as_array().is_some()) {
        scope.constraints.array.items = Some(rest);
    }
    Some(())
}

pub fn contains(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    // Draft 6 and 7 know no bounds.
    let bound = |key| find(key, scope.rules).and_then(|_| scope.node.get(key)).and_then(count);
    let (min, max) = (bound("minContains").unwrap_or(1), bound("maxContains"));
    let schema = scope.subschema("contains");
    let evaluates = scope.rules.dialect >= Dialect::Draft202012;
    scope.constraints.array.contains = Some(Contains { schema, min, max, evaluates });
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
