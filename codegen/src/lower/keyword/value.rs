//! Assertions on any value (JSON Schema Validation, 6.1).

use super::Scope;
use crate::load::{Node, NodeKind};
use crate::model::{JsonType, TypeSet};

pub fn types(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let name = |node: &Node| node.as_str().and_then(JsonType::from_name);
    let types: TypeSet = match &value.kind {
        NodeKind::Array(names) => names.iter().map(name).collect::<Option<_>>()?,
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

pub fn constant(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.constant = Some(value.to_value());
    Some(())
}
