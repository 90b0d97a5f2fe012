//! Assertions on objects (JSON Schema Core, 10.3.2; Validation, 6.5).

use super::{Scope, count, strings};
use crate::load::Node;
use crate::model::Regex;

pub fn properties(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.object.properties = scope.subschema_map("properties", value)?;
    Some(())
}

pub fn pattern_properties(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let patterns = scope.subschema_map("patternProperties", value)?;
    let are_regular = patterns.iter().all(|(pattern, _)| Regex::new(pattern).is_some());
    scope.constraints.object.patterns = patterns;
    are_regular.then_some(())
}

pub fn additional_properties(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    scope.constraints.object.additional = Some(scope.subschema("additionalProperties"));
    Some(())
}

pub fn unevaluated_properties(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    scope.constraints.object.unevaluated = Some(scope.subschema("unevaluatedProperties"));
    Some(())
}

pub fn property_names(scope: &mut Scope<'_, '_, '_>, _: &Node) -> Option<()> {
    scope.constraints.object.names = Some(scope.subschema("propertyNames"));
    Some(())
}

pub fn required(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.object.required = strings(value)?;
    Some(())
}

pub fn min_properties(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.object.min_properties = Some(count(value)?);
    Some(())
}

pub fn max_properties(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.object.max_properties = Some(count(value)?);
    Some(())
}

pub fn dependent_required(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let members = value.as_object()?.iter();
    let dependent = members.map(|(name, entry)| Some((name.clone(), strings(&entry.value)?)));
    scope.constraints.object.dependent_required = dependent.collect::<Option<_>>()?;
    Some(())
}

pub fn dependent_schemas(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.object.dependent_schemas = scope.subschema_map("dependentSchemas", value)?;
    Some(())
}
