//! The `jsonschema` crate as an independent judge of an event's payload.

use std::path::{Path, PathBuf};

use jsonschema::{Registry, Resource, Validator};
use serde_json::{Value, json};

/// Where the schemas of a contract seem to stand.
const BASE: &str = "https://contract.example/";

/// A validator of the schema at `path` below `folder`, with every schema below it at hand.
pub fn validator(folder: &Path, path: &str) -> Validator {
    let mut registry = Registry::new();
    for file in schemas(folder) {
        let name = file.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let schema: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        registry = registry.add(format!("{BASE}{name}"), Resource::from_contents(schema)).unwrap();
    }
    let registry = registry.prepare().unwrap();
    let entry =
        json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": format!("{BASE}{path}") });
    jsonschema::options().with_registry(&registry).should_validate_formats(true).build(&entry).unwrap()
}

fn schemas(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { schemas(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect()
}
