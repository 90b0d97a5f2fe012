//! Where in a document that stands what generated types and their members are made from.

use std::collections::BTreeMap;

use handfast_codegen::diagnostic::Place;
use handfast_codegen::model::{SchemaBody, SchemaIdx, Schemas};

use super::Revision;

/// What lists the alternatives of a value.
const LISTS: [&str; 4] = ["enum", "const", "oneOf", "anyOf"];

/// The schemas of each type, by its name.
#[derive(Debug, Default)]
pub struct Origins(pub BTreeMap<String, Vec<SchemaIdx>>);

impl Origins {
    /// Whether a member of a type stands for a property.
    pub fn has(&self, revision: &Revision, name: &str, member: &str) -> bool {
        self.property(revision, name, member).is_some()
    }

    fn property(&self, revision: &Revision, name: &str, member: &str) -> Option<SchemaIdx> {
        let member = bare(member);
        self.0.get(name)?.iter().find_map(|schema| property(revision.schemas(), *schema, &member))
    }

    /// The place of the member of a type, else of what holds members, else of the type; of the document, where that has no schema.
    pub fn place(&self, revision: &Revision, name: &str, member: Option<&str>) -> Place {
        let Some(schemas) = self.0.get(name) else { return revision.root_place("") };
        if let Some(property) = member.and_then(|member| self.property(revision, name, member)) {
            return revision.schema_place(property, None);
        }
        let keywords: &[&str] = match member {
            Some(_) => &["properties"],
            None => &[],
        };
        let has = |keyword: &str| {
            schemas.iter().copied().find(|schema| revision.keyword(*schema, keyword).is_some())
        };
        let listed = LISTS.iter().chain(keywords).find_map(|keyword| Some((has(keyword)?, *keyword)));
        match listed.filter(|_| member.is_some()) {
            Some((schema, keyword)) => revision.schema_place(schema, Some(keyword)),
            None => schemas
                .first()
                .map_or_else(|| revision.root_place(""), |schema| revision.schema_place(*schema, None)),
        }
    }
}

/// The schema of the property that a member of a type stands for, however the language writes it.
fn property(schemas: &Schemas, schema: SchemaIdx, member: &str) -> Option<SchemaIdx> {
    let SchemaBody::Constraints(constraints) = &schemas[schema].body else { return None };
    let mut properties = constraints.object.properties.iter();
    properties.find(|(name, _)| bare(name) == member).map(|(_, schema)| *schema)
}

/// A name without what languages change in it: case, and what stands between words. What tells people which kind of member it is
/// stands before it.
fn bare(name: &str) -> String {
    let name = name.rsplit(' ').next().unwrap_or_default();
    name.trim_start_matches("r#")
        .chars()
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
