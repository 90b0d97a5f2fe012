//! References and definitions (JSON Schema Core, 8).

use super::Scope;
use crate::load::Node;

pub fn dialect(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.dialect(value.as_str()?);
    Some(())
}

/// The id of a whole file is a name that others may refer to it by.
pub fn id(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    value.as_str()?;
    scope.only_at_the_root("$id");
    Some(())
}

/// Definitions are lowered even where nothing refers to them, so that what is wrong in them is found.
pub fn definitions(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.subschema_map("$defs", value).map(drop)
}

pub fn reference(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.reference = scope.reference("$ref", value.as_str()?);
    Some(())
}
