//! Annotations (JSON Schema Validation, 9).

use super::Scope;
use crate::load::{Node, NodeKind};

pub fn title(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.docs.title = Some(value.as_str()?.to_owned());
    Some(())
}

pub fn description(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.docs.description = Some(value.as_str()?.to_owned());
    Some(())
}

pub fn examples(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.docs.examples = value.as_array()?.iter().map(Node::to_value).collect();
    Some(())
}

pub fn default(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.docs.default = Some(value.to_value());
    Some(())
}

pub fn deprecated(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let NodeKind::Bool(deprecated) = value.kind else { return None };
    scope.docs.deprecated = deprecated;
    Some(())
}

pub fn encoding(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.docs.encoding = Some(value.as_str()?.to_owned());
    Some(())
}

pub fn media_type(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.docs.media_type = Some(value.as_str()?.to_owned());
    Some(())
}

/// What only has to be text.
pub fn text(_: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    value.as_str().map(drop)
}

/// What only has to be a boolean.
pub fn flag(_: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    matches!(value.kind, NodeKind::Bool(_)).then_some(())
}

/// What only has to be a schema.
pub fn schema(_: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    matches!(value.kind, NodeKind::Bool(_) | NodeKind::Object(_)).then_some(())
}
