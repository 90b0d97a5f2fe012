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
    for (pattern, _) in patterns.iter().filter(|(pattern, _)| Regex::new(pattern).is_none()) {
        scope.not_regular("patternProperties", pattern);
    }
    scope.constraints.object.patterns = patterns;
    Some(())
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

/// Draft 4 has no empty list here.
pub fn some_required(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    required(scope, value)?;
    (!scope.constraints.object.required.is_empty()).then_some(())
}

pub fn min_properties(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.object.min_properties = Some(count(value)?);
    Some(())
}

pub fn max_properties(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.object.max_properties = Some(count(value)?);
    Some(())
}
