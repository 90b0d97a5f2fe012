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
