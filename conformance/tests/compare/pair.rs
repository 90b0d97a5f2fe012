//! A pair of schemas, compiled, and the judge of what is said about it.

use std::path::Path;

use handfast_codegen::source::Memory;
use handfast_codegen::{CompiledSchema, Dialect, Options};
use handfast_conformance::compare::{Budget, Reading, Side, Verdict, flows};
use serde_json::Value;

/// The plan of a schema that stands alone.
pub fn compiled(schema: &Value, dialect: Dialect) -> CompiledSchema {
    let source = Memory::default().with("schema.json", schema.to_string());
    let options = Options { default_dialect: dialect, ..Options::default() };
    options
        .compile_schema(&source, Path::new("schema.json"))
        .unwrap_or_else(|problems| panic!("{schema}: {problems}"))
}

/// What is said of a pair.
pub fn verdict(producer: &Value, consumer: &Value, dialect: Dialect, reading: Reading) -> Verdict {
    let (producer, consumer) = (compiled(producer, dialect), compiled(consumer, dialect));
    flows(side(&producer), side(&consumer), reading, &Budget::default())
}

fn side(schema: &CompiledSchema) -> Side<'_> {
    Side { plan: &schema.plan, schemas: &schema.schemas, schema: schema.root }
}

/// The validators of another crate.
pub struct Oracle {
    producer: jsonschema::Validator,
    consumer: jsonschema::Validator,
}

impl Oracle {
    pub fn of(producer: &Value, consumer: &Value, dialect: Dialect) -> Self {
        let draft = match dialect {
            Dialect::Draft4 => jsonschema::Draft::Draft4,
            Dialect::Draft6 => jsonschema::Draft::Draft6,
            Dialect::Draft7 => jsonschema::Draft::Draft7,
            Dialect::Draft201909 => jsonschema::Draft::Draft201909,
            Dialect::Draft202012 => jsonschema::Draft::Draft202012,
        };
        let build = |schema: &Value| {
            let options = jsonschema::options().with_draft(draft).should_validate_formats(false);
            options.build(schema).unwrap_or_else(|error| panic!("{schema}: {error}"))
        };
        Self { producer: build(producer), consumer: build(consumer) }
    }

    /// Whether the producer may send it, and the consumer refuses it.
    pub fn refutes(&self, payload: &Value) -> bool {
        self.producer.is_valid(payload) && !self.consumer.is_valid(payload)
    }
}
