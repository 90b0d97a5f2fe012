//! Events that a contract does not name.

use serde_json::Value;

/// An event that the contract does not name, kept as it came: a newer server may send it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownEvent {
    name: String,
    payload: Value,
}

impl UnknownEvent {
    /// An event of that name.
    pub fn new(name: impl Into<String>, payload: Value) -> Self {
        Self { name: name.into(), payload }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What crossed the wire.
    pub fn payload(&self) -> &Value {
        &self.payload
    }

    /// What crossed the wire.
    pub fn into_payload(self) -> Value {
        self.payload
    }
}
