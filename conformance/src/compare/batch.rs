//! Pairs of schemas in bulk, one a line, each judged by itself.

use std::path::Path;

use handfast_codegen::source::Memory;
use handfast_codegen::{CompiledSchema, Dialect, Formats, Options};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::metaschemas::{WithMetaschemas, resolve};
use super::{Budget, Reading, Side, Verdict, Witness, flows, second};
use crate::interpret;
use crate::validate::{Body, Chunk};

/// Who makes instances, and who takes them, as JSON Lines hold them.
#[derive(Debug, Deserialize)]
struct Pair<'t> {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    dialect: Option<String>,
    #[serde(borrow)]
    producer: &'t RawValue,
    #[serde(borrow)]
    consumer: &'t RawValue,
}

/// What became of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The line, from 1.
    pub line: u64,
    /// What is said of it, or why it could not be read.
    pub outcome: Result<Judged, String>,
}

/// What is said of a pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// As the line has it.
    pub id: Value,
    /// Of everything that the producer's schema accepts: `compatible`, `breaking` or `unknown`.
    pub verdict: &'static str,
    /// Of what has no undeclared members.
    pub declared_only: &'static str,
    /// What the producer's schema accepts and the consumer's refuses.
    pub witness: Option<Value>,
    /// What the witness breaks, or what stands in the way of a verdict.
    pub because: Option<Value>,
}

impl Answer {
    /// The answer as JSON, without an end of line.
    pub fn json(&self) -> String {
        let text = match &self.outcome {
            Ok(judged) => serde_json::to_string(judged),
            Err(error) => serde_json::to_string(&json!({ "line": self.line, "error": error })),
        };
        // Maps of strings and values always have a text.
        text.unwrap_or_default()
    }
}

/// Judges all pairs of a piece of a stream; a line of at most `max_bytes`.
pub fn judge(chunk: &Chunk, max_bytes: u64, budget: &Budget) -> Vec<Answer> {
    let too_long =
        |line: u64| Answer { line, outcome: Err(format!("the line is longer than {max_bytes} bytes")) };
    match &chunk.body {
        Body::Oversized(_) => vec![too_long(chunk.first_line)],
        Body::Document(text) | Body::Lines(text) => {
            let lines = text.split(|byte| *byte == b'\n').zip(chunk.first_line..);
            let pairs = lines.filter(|(text, _)| !text.trim_ascii().is_empty());
            let judge = |(text, line): (&[u8], u64)| match text.len() as u64 > max_bytes {
                true => too_long(line),
                false => Answer { line, outcome: pair(text, budget) },
            };
            pairs.map(judge).collect()
        }
    }
}

fn pair(text: &[u8], budget: &Budget) -> Result<Judged, String> {
    let pair: Pair<'_> =
        serde_json::from_slice(text).map_err(|error| format!("it is no pair of schemas: {error}"))?;
    let dialect = match &pair.dialect {
        None => Dialect::default(),
        Some(name) => Dialect::from_name(name).or_else(|| Dialect::from_uri(name)).ok_or_else(|| {
            let known = Dialect::ALL.map(Dialect::name).join(", ");
            format!("`{name}` is no dialect of JSON Schema; known are {known}")
        })?,
    };
    let annotating = |name, schema| compile(name, schema, dialect, Formats::Annotate);
    let (producer, consumer) =
        (annotating("producer", pair.producer)?, annotating("consumer", pair.consumer)?);
    let strict = match flows(side(&producer), side(&consumer), Reading::Strict, budget) {
        Verdict::Unknown(_) if is_proved(&pair, dialect) => Verdict::Compatible,
        verdict => verdict,
    };
    // What is less than everything breaks nothing where everything does not.
    let declared = match &strict {
        Verdict::Compatible => Verdict::Compatible,
        _ => flows(side(&producer), side(&consumer), Reading::DeclaredOnly, budget),
    };
    let strict = match strict {
        Verdict::Breaking(witness) => {
            Verdict::Breaking(well_formed(&pair, dialect, &producer, &consumer, budget).unwrap_or(witness))
        }
        verdict => verdict,
    };
    let (witness, because) = match &strict {
        Verdict::Compatible => (None, None),
        Verdict::Breaking(witness) => (Some(witness.payload.clone()), Some(json!(witness.violations))),
        Verdict::Unknown(blocked) => (None, Some(json!(blocked))),
    };
    Ok(Judged { id: pair.id, verdict: strict.name(), declared_only: declared.name(), witness, because })
}

/// A witness that keeps the formats of the producer's schema, which only annotate, too: it convinces those who assert them.
fn well_formed(
    pair: &Pair<'_>,
    dialect: Dialect,
    producer: &CompiledSchema,
    consumer: &CompiledSchema,
    budget: &Budget,
) -> Option<Box<Witness>> {
    if !pair.producer.get().contains("\"format\"") {
        return None;
    }
    let asserting = compile("producer", pair.producer, dialect, Formats::Assert).ok()?;
    match flows(side(&asserting), side(consumer), Reading::Strict, budget) {
        Verdict::Breaking(witness)
            if interpret::is_valid(&producer.plan, producer.root, &witness.payload) =>
        {
            Some(witness)
        }
        _ => None,
    }
}

/// Whether the second prover knows what the first does not.
fn is_proved(pair: &Pair<'_>, dialect: Dialect) -> bool {
    let document = |schema: &RawValue| serde_json::from_str::<Value>(schema.get()).ok();
    let documents = document(pair.producer).zip(document(pair.consumer));
    documents.is_some_and(|(producer, consumer)| second::proves(&producer, &consumer, dialect))
}

fn compile(
    name: &str,
    schema: &RawValue,
    dialect: Dialect,
    formats: Formats,
) -> Result<CompiledSchema, String> {
    let source = WithMetaschemas(Memory::default().with(name, schema.get()));
    let options = Options { default_dialect: dialect, formats, resolve: resolve(), ..Options::default() };
    options.compile_schema(&source, Path::new(name)).map_err(|problems| {
        let first = problems.iter().next();
        let said = first.map_or_else(String::new, |one| format!("{}: {}", one.place.pointer, one.message));
        format!("the {name}'s schema is wrong: {said}")
    })
}

fn side(schema: &CompiledSchema) -> Side<'_> {
    Side { plan: &schema.plan, schemas: &schema.schemas, schema: schema.root }
}
