//! Assertions on strings (JSON Schema Validation, 6.3 and 7).

use super::{Scope, count};
use crate::load::Node;
use crate::model::{Format, Regex};

pub fn min_length(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.string.min_length = Some(count(value)?);
    Some(())
}

pub fn max_length(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    scope.constraints.string.max_length = Some(count(value)?);
    Some(())
}

pub fn pattern(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let pattern = value.as_str()?;
    match Regex::new(pattern) {
        Some(_) => scope.constraints.string.pattern = Some(pattern.to_owned()),
        None => scope.not_regular("pattern", pattern),
    }
    Some(())
}

pub fn format(scope: &mut Scope<'_, '_, '_>, value: &Node) -> Option<()> {
    let name = value.as_str()?;
    match Format::from_name(name) {
        Some(format) if scope.asserts_formats() => scope.constraints.string.format = Some(format),
        Some(format) => scope.docs.format = Some(format),
        None => scope.unknown_format(name),
    }
    Some(())
}
