//! A plan as text: what generated code carries for those who execute plans where it runs.

use std::error::Error;

use serde::{Deserialize, Serialize};

use super::{Cover, Plan, PlanIdx, PlanNode, Test};
use crate::model::{Constraints, Docs, Format, Location, Schema, SchemaBody, SchemaIdx, Schemas, TypeSet};

/// A plan with what the generator of payloads wants to know of the schemas, and schemas that values are asked of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Portable {
    plan: Plan,
    schemas: Vec<Described>,
    roots: Vec<SchemaIdx>,
}

/// What a plan does not say of a schema.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Described {
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<TypeSet>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Format>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
}

impl Portable {
    /// A plan without roots.
    pub fn new(plan: &Plan, schemas: &Schemas) -> Self {
        let schemas = schemas.iter().map(|(_, schema)| Described::of(schema)).collect();
        Self { plan: plan.clone(), schemas, roots: Vec::new() }
    }

    /// Adds a root, whose values are valid for all of `schemas`, and of one of `types`. Gives its number.
    pub fn add_root(&mut self, schemas: &[SchemaIdx], types: Option<TypeSet>) -> usize {
        let parts: Vec<PlanIdx> = schemas.iter().map(|schema| self.plan.index(*schema)).collect();
        let tests = [types.map(Test::Types), Some(Test::All(parts))].into_iter().flatten().collect();
        let schema = SchemaIdx(self.schemas.len() as u32);
        let uri = schemas.first().map_or_else(String::new, |of| self.plan[self.plan.index(*of)].uri.clone());
        self.schemas.push(Described::default());
        self.plan.of_schema.push(PlanIdx(self.plan.nodes.len() as u32));
        self.plan.recursive.push(false);
        self.plan.nodes.push(PlanNode { schema, uri, tests, covers: Cover::default() });
        self.roots.push(schema);
        self.roots.len() - 1
    }

    /// As JSON, always the same.
    pub fn to_text(&self) -> String {
        // There is nothing in it that JSON has no form for.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From [`to_text`](Self::to_text) of the same version of this crate.
    ///
    /// # Errors
    /// It is another's.
    pub fn from_text(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(serde_json::from_str(text)?)
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The schemas, as far as they are told.
    pub fn schemas(&self) -> Schemas {
        let mut schemas = Schemas::default();
        schemas.all = self.schemas.iter().map(Described::schema).collect();
        schemas
    }

    /// The roots in the order of their numbers.
    pub fn roots(&self) -> &[SchemaIdx] {
        &self.roots
    }
}

impl Described {
    fn of(schema: &Schema) -> Self {
        let types = match &schema.body {
            SchemaBody::Constraints(constraints) => constraints.types,
            SchemaBody::Always(_) => None,
        };
        let Docs { format, encoding, media_type, .. } = schema.docs.clone();
        Self { types, format, encoding, media_type }
    }

    fn schema(&self) -> Schema {
        let Self { types, format, encoding, media_type } = self.clone();
        Schema {
            location: Location::default(),
            docs: Docs { format, encoding, media_type, ..Docs::default() },
            body: SchemaBody::Constraints(Box::new(Constraints { types, ..Constraints::default() })),
        }
    }
}
