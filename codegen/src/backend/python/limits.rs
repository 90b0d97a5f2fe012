//! What a schema asserts beyond the type, as arguments of pydantic's `Field`.

use serde_json::Number;

use super::literal;
use crate::model::JsonType;
use crate::plan::{NumberTest, Plan, PlanIdx, Test, TextTest};
use crate::shape::{Shape, Together};

/// How deep tests of one instance are followed.
const MAX_DEPTH: usize = 16;

/// What is said beside a type.
#[derive(Debug, Default)]
pub struct Limits {
    arguments: Vec<(&'static str, String)>,
    /// Regular expressions (ECMA-262).
    pub patterns: Vec<String>,
}

impl Limits {
    /// What every instance keeps that is of the type that `shape` is about.
    pub fn of(plan: &Plan, together: &Together, shape: &Shape) -> Self {
        let mut limits = Self::default();
        if let Some(json_type) = type_of(shape) {
            for schema in together.schemas() {
                limits.collect(plan, plan.index(*schema), json_type, MAX_DEPTH);
            }
        }
        limits
    }

    /// The arguments: `ge=0, le=100`.
    pub fn arguments(&self) -> String {
        let arguments = self.arguments.iter().map(|(name, value)| format!("{name}={value}"));
        arguments.collect::<Vec<_>>().join(", ")
    }

    /// A type with these limits.
    pub fn annotate(&self, of: String) -> String {
        let field = (!self.arguments.is_empty()).then(|| format!("Field({})", self.arguments()));
        let patterns = self.patterns.iter().map(|source| format!("Pattern({})", literal::string(source)));
        let annotations: Vec<_> = field.into_iter().chain(patterns).collect();
        if annotations.is_empty() { of } else { format!("Annotated[{of}, {}]", annotations.join(", ")) }
    }

    fn say(&mut self, name: &'static str, value: &impl ToString) {
        if !self.arguments.iter().any(|(other, _)| *other == name) {
            self.arguments.push((name, value.to_string()));
        }
    }

    fn collect(&mut self, plan: &Plan, index: PlanIdx, json_type: JsonType, depth: usize) {
        for test in &plan[index].tests {
            match (test, json_type) {
                (Test::Number(test), JsonType::Integer | JsonType::Number) => self.number(test, json_type),
                (Test::Text(test), JsonType::String) => self.text(test),
                (Test::Array(tests), JsonType::Array) => {
                    tests.min_items.iter().for_each(|limit| self.say("min_length", limit));
                    tests.max_items.iter().for_each(|limit| self.say("max_length", limit));
                }
                (Test::Object(tests), JsonType::Object) => {
                    tests.min_properties.iter().for_each(|limit| self.say("min_length", limit));
                    tests.max_properties.iter().for_each(|limit| self.say("max_length", limit));
                }
                (Test::Reference(target), _) if depth > 0 => {
                    self.collect(plan, *target, json_type, depth - 1);
                }
                (Test::All(parts), _) if depth > 0 => {
                    parts.iter().for_each(|part| self.collect(plan, *part, json_type, depth - 1));
                }
                _ => {}
            }
        }
    }

    fn number(&mut self, test: &NumberTest, json_type: JsonType) {
        match test {
            NumberTest::Minimum(limit) => self.say("ge", limit),
            NumberTest::Maximum(limit) => self.say("le", limit),
            NumberTest::ExclusiveMinimum(limit) => self.say("gt", limit),
            NumberTest::ExclusiveMaximum(limit) => self.say("lt", limit),
            // Of fractions pydantic's remainder is that of floats.
            NumberTest::MultipleOf(step) if json_type == JsonType::Integer && !Number::is_f64(step) => {
                self.say("multiple_of", step);
            }
            NumberTest::MultipleOf(_) => {}
        }
    }

    fn text(&mut self, test: &TextTest) {
        match test {
            TextTest::MinLength(limit) => self.say("min_length", limit),
            TextTest::MaxLength(limit) => self.say("max_length", limit),
            TextTest::Pattern(regex) => self.patterns.push(regex.as_str().to_owned()),
            TextTest::Format(_) => {}
        }
    }
}

/// The type that limits of a shape are about; none where a name or its branches say it.
fn type_of(shape: &Shape) -> Option<JsonType> {
    Some(match shape {
        Shape::Integer { .. } => JsonType::Integer,
        Shape::Number => JsonType::Number,
        Shape::Text { .. } => JsonType::String,
        Shape::Array { .. } => JsonType::Array,
        Shape::Object(object) if object.fields.is_empty() => JsonType::Object,
        _ => return None,
    })
}
