//! What is wrong with an instance: data first, text last.

use std::borrow::Cow;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::Place;

/// One keyword that an instance breaks at one place.
///
/// As JSON: `{"code":"minimum","at":"/payload/progress","schema":"…#/minimum","params":{"limit":0,"actual":-3}}`, the same
/// in every language that Handfast prints. Where the bytes are at hand: `"place":{"offset":21,"line":1,"column":22}` too.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The keyword: `minimum`. `false` for the schema that accepts nothing.
    pub code: Cow<'static, str>,
    /// JSON Pointer into the instance (RFC 6901).
    pub at: String,
    /// Location of the keyword: the schema's file, relative to the contract, with a JSON Pointer.
    pub schema: String,
    /// What the keyword wanted and what it found, by name.
    pub params: Map<String, Value>,
    /// Where the value stands in the bytes of the instance; [`locate`](crate::locate) sets it.
    pub place: Option<Place>,
}

impl Violation {
    /// A violation of the keyword `code`.
    pub fn new<const N: usize>(
        code: &'static str,
        at: impl Into<String>,
        schema: impl Into<String>,
        params: [(&str, Value); N],
    ) -> Self {
        let params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code: code.into(), at: at.into(), schema: schema.into(), params, place: None }
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut violation =
            serializer.serialize_struct("Violation", 4 + usize::from(self.place.is_some()))?;
        violation.serialize_field("code", &self.code)?;
        violation.serialize_field("at", &self.at)?;
        violation.serialize_field("schema", &self.schema)?;
        violation.serialize_field("params", &self.params)?;
        match &self.place {
            Some(place) => violation.serialize_field("place", place)?,
            None => violation.skip_field("place")?,
        }
        violation.end()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{}:{}: ", place.line, place.column)?;
        }
        let at = if self.at.is_empty() { "the value" } else { self.at.as_str() };
        write!(f, "`{at}` breaks `{}`", self.code)?;
        for (index, (name, value)) in self.params.iter().enumerate() {
            write!(f, "{}{name} {value}", if index == 0 { " (" } else { ", " })?;
        }
        if !self.params.is_empty() {
            f.write_str(")")?;
        }
        write!(f, " of {}", self.schema)
    }
}

/// Every keyword that an instance breaks; never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// `Err` with the violations, unless there are none.
    ///
    /// # Errors
    /// When `found` is not empty.
    pub fn none_of(found: Vec<Violation>) -> Result<(), Self> {
        if found.is_empty() { Ok(()) } else { Err(Self(found)) }
    }

    /// The violations, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Violation> {
        self.0.iter_mut()
    }
}

impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'v> IntoIterator for &'v Violations {
    type Item = &'v Violation;
    type IntoIter = std::slice::Iter<'v, Violation>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_as_json() {
        let violation = Violation::new("minimum", "/progress", "a.json#/minimum", [("limit", 0.into())]);
        let expected =
            r#"[{"code":"minimum","at":"/progress","schema":"a.json#/minimum","params":{"limit":0}}]"#;
        assert_eq!(serde_json::to_string(&Violations(vec![violation])).unwrap(), expected);
    }
}
