//! References and definitions (JSON Schema Core, 8). Identifiers are known before any of these is read.

use super::Scope;
use crate::load::{Node, NodeKind};

pub fn id_without_fragment(_: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    value.as_str().filter(|id| id.split_once('#').is_none_or(|(_, fragment)| fragment.is_empty())).map(drop)
}

pub fn anchor(_: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let name = value.as_str()?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    // 2019-09 had the colon as well.
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
    (begins && is_plain).then_some(())
}

/// Says something only in a metaschema, where it has been read.
pub fn vocabulary(_: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let mut values = value.as_object()?.values();
    values.all(|entry| matches!(entry.value.kind, NodeKind::Bool(_))).then_some(())
}

/// Definitions are lowered even where nothing refers to them, so that what is wrong in them is found.
pub fn definitions(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.subschema_map("$defs", value).map(drop)
}

/// As draft 7 and earlier call them; later dialects keep the name for compatibility.
pub fn old_definitions(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.subschema_map("definitions", value).map(drop)
}

pub fn reference(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let target = scope.resolve("$ref", value.as_str()?)?;
    let index = scope.lowering.schema_in(&target.site, scope.environment);
    scope.refer_to(index);
    Some(())
}

pub fn recursive_reference(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    value.as_str().filter(|reference| *reference == "#")?;
    let target = scope.lowering.registry.resolve_recursive(&scope.site);
    scope.refer_dynamically(&target);
    Some(())
}

pub fn dynamic_reference(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let target = scope.resolve("$dynamicRef", value.as_str()?)?;
    scope.refer_dynamically(&target);
    Some(())
}
