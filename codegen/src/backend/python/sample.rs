//! Instances that a client makes by itself: pings, answers to them, and the event that carries a token.

use super::Print;
use super::literal;
use crate::model::{Format, SchemaIdx};
use crate::shape::{ObjectShape, Shape, Together};

/// How deep an instance is made.
const MAX_DEPTH: usize = 8;

impl Print<'_> {
    /// An expression of an instance with no more than it must have; with `token` at the end of a path of members.
    /// `None` where no instance is plain.
    pub fn sample(&self, schema: Option<SchemaIdx>, token: Option<&[String]>) -> Option<String> {
        let together = Together::of(self.unit.schemas, schema?);
        self.sample_of(&together, token, MAX_DEPTH)
    }

    fn sample_of(&self, together: &Together, token: Option<&[String]>, depth: usize) -> Option<String> {
        if token.is_some_and(<[String]>::is_empty) {
            return Some("token".to_owned());
        }
        let depth = depth.checked_sub(1)?;
        Some(match together.shape(self.unit.schemas) {
            Shape::Null | Shape::Nullable(_) | Shape::OrNull(_) => "None".to_owned(),
            Shape::Boolean => "True".to_owned(),
            Shape::Constant(value) => literal::value(&value),
            Shape::Strings(strings) => literal::string(strings.first()?),
            Shape::Integer { min, max } => 0.max(min.unwrap_or(0)).min(max.unwrap_or(i128::MAX)).to_string(),
            Shape::Text { format: Some(Format::Uuid) } => "Uuid.random()".to_owned(),
            Shape::Text { format: Some(Format::DateTime) } => "DateTime.now()".to_owned(),
            Shape::Array { .. } => "[]".to_owned(),
            Shape::Object(object) => self.sample_object(&object, token, depth)?,
            _ => return None,
        })
    }

    fn sample_object(&self, object: &ObjectShape, token: Option<&[String]>, depth: usize) -> Option<String> {
        let mut members = Vec::new();
        for field in &object.fields {
            let below = token.and_then(|path| path.split_first()).filter(|(first, _)| **first == field.name);
            if field.is_required || below.is_some() {
                let value = self.sample_of(&field.schema, below.map(|(_, rest)| rest), depth)?;
                members.push(format!("{}: {value}", literal::string(&field.name)));
            }
        }
        Some(format!("{{{}}}", members.join(", ")))
    }
}
