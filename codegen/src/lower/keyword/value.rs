//! Assertions on any value (JSON Schema Validation, 6.1).

use super::{Scope, filled, strings};
use crate::load::{Node, NodeKind};
use crate::model::{JsonType, TypeSet};

pub fn types(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let name = |node: &Node| node.as_str().and_then(JsonType::from_name);
    let types: TypeSet = match &value.kind {
        NodeKind::Array(_) => {
            filled(strings(value)?)?.iter().map(|name| JsonType::from_name(name)).collect::<Option<_>>()?
        }
        _ => TypeSet::default().with(name(value)?),
    };
    scope.constraints.types = Some(types);
    Some(())
}

pub fn enumeration(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let values: Vec<_> = value.as_array()?.iter().map(Node::to_value).collect();
    scope.constraints.enumeration = Some(values);
    Some(())
}

/// The metaschemas of draft 4 and 6 want each value once, and at least one.
pub fn distinct_enumeration(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    enumeration(scope, value)?;
    let values = scope.constraints.enumeration.iter().flatten();
    let mut seen = std::collections::HashSet::new();
    let are_distinct = values.map(ToString::to_string).all(|text| seen.insert(text));
    (are_distinct && !seen.is_empty()).then_some(())
}

pub fn constant(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.constant = Some(value.to_value());
    Some(())
}
