//! What is tested: a value, or the name of a member, which is a string that nobody has made a value of.

use serde_json::{Number, Value};

use crate::equal;

/// A value, or a text that stands for one.
pub trait Subject {
    /// The text, if it is one.
    fn as_text(&self) -> Option<&str>;
    /// The number, if it is one.
    fn as_number(&self) -> Option<&Number>;
    /// Whether it is the same instance as `other`.
    fn equals(&self, other: &Value) -> bool;
    /// JSON Schema's name of its type.
    fn type_name(&self) -> &'static str;
    /// It, as a value of its own.
    fn to_value(&self) -> Value;
}

impl Subject for Value {
    fn as_text(&self) -> Option<&str> {
        self.as_str()
    }

    fn as_number(&self) -> Option<&Number> {
        Self::as_number(self)
    }

    fn equals(&self, other: &Value) -> bool {
        equal(self, other)
    }

    fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }

    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl Subject for str {
    fn as_text(&self) -> Option<&str> {
        Some(self)
    }

    fn as_number(&self) -> Option<&Number> {
        None
    }

    fn equals(&self, other: &Value) -> bool {
        other.as_str() == Some(self)
    }

    fn type_name(&self) -> &'static str {
        "string"
    }

    fn to_value(&self) -> Value {
        self.into()
    }
}
