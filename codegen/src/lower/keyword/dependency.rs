//! What the presence of a property asks for (JSON Schema Core, 10.2.2.4; Validation, 6.5.4).

use super::{Scope, strings};
use crate::dialect::Dialect;
use crate::load::{Node, NodeKind};

pub fn required(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let members = value.as_object()?.iter();
    let dependent = members.map(|(name, entry)| Some((name.clone(), strings(&entry.value)?)));
    let dependent = dependent.collect::<Option<Vec<_>>>()?;
    scope.constraints.object.dependent_required.extend(dependent);
    Some(())
}

pub fn schemas(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let schemas = scope.subschema_map("dependentSchemas", value)?;
    scope.constraints.object.dependent_schemas.extend(schemas);
    Some(())
}

/// Both in one, up to draft 7; later dialects keep it for compatibility.
pub fn dependencies(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    for (name, entry) in value.as_object()? {
        if let NodeKind::Array(_) = entry.value.kind {
            let needed = strings(&entry.value)?;
            if needed.is_empty() && scope.rules.dialect == Dialect::Draft4 {
                return None;
            }
            scope.constraints.object.dependent_required.push((name.clone(), needed));
        } else {
            let schema = scope.subschema_of("dependencies", name);
            scope.constraints.object.dependent_schemas.push((name.clone(), schema));
        }
    }
    Some(())
}
