//! The `jsonschema` crate as an independent judge of instances.

use std::error::Error;
use std::fs;

use jsonschema::{Draft, Retrieve, Uri, Validator};
use serde_json::Value;

use super::fetch::Fetched;
use super::groups::{Category, Group};

/// What judges the instances of one schema.
pub struct Oracle {
    validator: Validator,
    is_draft4: bool,
}

impl Oracle {
    /// The judge of a group's schema, which it reads as we do: the same dialect, the same documents, `format` asserted where
    /// it is what is tested.
    ///
    /// # Errors
    /// What it has against the schema.
    pub fn new(fetched: &Fetched, group: &Group) -> Result<Self, String> {
        let dialect = group.dialect;
        let schema: Value = serde_json::from_str(group.schema.get()).map_err(|error| error.to_string())?;
        let options =
            jsonschema::options().with_draft(draft(dialect)).with_retriever(Folders(fetched.clone()));
        let options = match group.category {
            Category::Format => options.should_validate_formats(true),
            // Later dialects leave it to the vocabularies.
            _ if dialect.starts_with("draft20") => options,
            _ => options.should_validate_formats(false),
        };
        let validator = options.build(&schema).map_err(|error| error.to_string())?;
        Ok(Self { validator, is_draft4: dialect == "draft4" })
    }

    /// The judge of a schema that says itself which dialect it is in, and needs no other document.
    ///
    /// # Errors
    /// What it has against the schema.
    pub fn published(schema: &Value) -> Result<Self, String> {
        let is_draft4 = schema["$schema"].as_str().is_some_and(|name| name.contains("draft-04"));
        let options = jsonschema::options().should_validate_formats(false);
        let mut schema = schema.clone();
        escape(&mut schema);
        let validator = options.build(&schema).map_err(|error| error.to_string())?;
        Ok(Self { validator, is_draft4 })
    }

    /// Whether `value` is valid. Nothing where it holds something like 1.0 in draft 4, which is a known difference: an integer
    /// to us and to later dialects, none to the letter of draft 4.
    pub fn is_valid(&self, value: &Value) -> Option<bool> {
        let is_disputed = self.is_draft4 && has_integral_float(value);
        (!is_disputed).then(|| self.validator.is_valid(value))
    }
}

/// Writes references as URIs have to be written: some who publish schemas don't, and the judge insists on it.
fn escape(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(escape),
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                let escaped = |c: char| match c {
                    '<' | '>' | '|' | '"' | '{' | '}' | '^' | '`' | '\\' | ' ' | '[' | ']' => {
                        format!("%{:02X}", c as u32)
                    }
                    c => c.to_string(),
                };
                *reference = reference.chars().map(escaped).collect();
            }
            members.values_mut().for_each(escape);
        }
        _ => {}
    }
}

fn has_integral_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64() && number.as_f64().is_some_and(|float| float.fract() == 0.0),
        Value::Array(items) => items.iter().any(has_integral_float),
        Value::Object(members) => members.values().any(has_integral_float),
        _ => false,
    }
}

fn draft(dialect: &str) -> Draft {
    match dialect {
        "draft4" => Draft::Draft4,
        "draft6" => Draft::Draft6,
        "draft7" => Draft::Draft7,
        "draft2019-09" => Draft::Draft201909,
        _ => Draft::Draft202012,
    }
}

/// Where it finds other documents.
struct Folders(Fetched);

impl Retrieve for Folders {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let resolve = self.0.resolve();
        let found = resolve.iter().find_map(|(prefix, folder)| {
            let path = uri.as_str().strip_prefix(prefix)?;
            Some(folder.join(path.trim_end_matches('#')))
        });
        let path = found.ok_or_else(|| format!("{uri} is not at hand"))?;
        Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
    }
}
