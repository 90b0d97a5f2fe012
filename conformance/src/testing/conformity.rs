//! Holds a type that was written by hand to a schema: by the schema that schemars derives from it, and by what serde does with payloads.

use std::any::type_name;
use std::path::Path;

use handfast_codegen::source::{Disk, Memory};
use handfast_codegen::{CompiledSchema, Formats, Options};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::compare::{Budget, Reading, Side, Verdict, Witness, flows};
use crate::generate::Generator;
use crate::interpret;

/// How many payloads a type is to read and write.
const N_PAYLOADS: u64 = 300;
/// The name of the file that a derived schema is taken to stand in.
const DERIVED: &str = "derived.json";

/// Panics unless the type reads what the schema in a file accepts, and writes nothing else.
///
/// The path is relative to the working folder, which `cargo test` sets to that of the crate's `Cargo.toml`; `file.json#/$defs/Name` selects
/// a schema in a file.
///
/// ```
/// #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// struct Pong {
///     id: String,
///     #[serde(rename = "type")]
///     kind: Kind,
///     timestamp: String,
/// }
/// #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
/// enum Kind { #[serde(rename = "pong")] Pong }
///
/// # fn problem() -> String {
/// handfast_conformance::testing::conformity::<Pong>("../schemas/orbit/events/pong.schema.json").unwrap_err()
/// # }
/// # assert!(problem().contains("`/id`"), "{}", problem()); // any text, where the contract wants a UUID
/// ```
///
/// # Panics
/// With a payload as witness, or with what is wrong with the schema.
#[track_caller]
pub fn assert_conforms<T: JsonSchema + Serialize + DeserializeOwned>(path: &str) {
    if let Err(problem) = conformity::<T>(path) {
        panic!("`{}` does not conform to {path}: {problem}", type_name::<T>());
    }
}

/// Whether a type reads what the schema in a file accepts, and writes nothing else.
///
/// # Errors
/// What it does not, with a payload as witness; or what is wrong with the schema.
pub fn conformity<T: JsonSchema + Serialize + DeserializeOwned>(path: &str) -> Result<(), String> {
    let source = Disk::default();
    let options = Options::find(&source, Path::new(path)).map_err(|problem| problem.to_string())?;
    // In a contract, a format is a promise, and types are written for contracts.
    let options = Options { formats: Formats::Assert, ..options };
    let wanted = options.compile_schema(&source, Path::new(path)).map_err(|problems| problems.to_string())?;
    let [written, read] = derived::<T>()?;
    if let Verdict::Breaking(witness) = flow(&written, &wanted) {
        return Err(format!("its schema writes what is refused there: {}", told(&witness)));
    }
    if let Verdict::Breaking(witness) = flow(&wanted, &read) {
        return Err(format!("its schema refuses what is accepted there: {}", told(&witness)));
    }
    behaviour::<T>(&wanted)
}

/// The schemas of what a type writes and of what it reads.
fn derived<T: JsonSchema>() -> Result<[CompiledSchema; 2], String> {
    let settings = SchemaSettings::draft2020_12();
    let compiled = |settings: SchemaSettings| {
        let schema = settings.into_generator().into_root_schema_for::<T>().to_value();
        let source = Memory::default().with(DERIVED, schema.to_string());
        let options = Options { formats: Formats::Assert, ..Options::default() };
        options
            .compile_schema(&source, Path::new(DERIVED))
            .map_err(|problems| format!("its own schema is wrong: {problems}"))
    };
    Ok([compiled(settings.clone().for_serialize())?, compiled(settings.for_deserialize())?])
}

fn flow(producer: &CompiledSchema, consumer: &CompiledSchema) -> Verdict {
    // A type writes the members it has, and takes what it does not know for nothing.
    flows(side(producer), side(consumer), Reading::DeclaredOnly, &Budget::default())
}

fn side(schema: &CompiledSchema) -> Side<'_> {
    Side { plan: &schema.plan, schemas: &schema.schemas, schema: schema.root }
}

fn told(witness: &Witness) -> String {
    let violations: Vec<String> = witness.violations.iter().map(ToString::to_string).collect();
    format!("{}\n  {}", witness.payload, violations.join("\n  "))
}

/// Reads and writes payloads of the schema.
fn behaviour<T: Serialize + DeserializeOwned>(wanted: &CompiledSchema) -> Result<(), String> {
    let generator = Generator::new(&wanted.plan, &wanted.schemas, wanted.root)
        .map_err(|reason| format!("no payload can be made: {reason}"))?;
    (0..N_PAYLOADS).try_for_each(|seed| round_trip::<T>(wanted, &generator.valid(seed)))
}

fn round_trip<T: Serialize + DeserializeOwned>(
    wanted: &CompiledSchema,
    payload: &Value,
) -> Result<(), String> {
    let value: T = serde_json::from_str(&payload.to_string())
        .map_err(|error| format!("it can't read what is accepted there: {payload}\n  {error}"))?;
    let written = serde_json::to_value(&value)
        .map_err(|error| format!("it can't write what it has read: {payload}\n  {error}"))?;
    let violations = interpret::violations(&wanted.plan, wanted.root, &written);
    if violations.is_empty() {
        return Ok(());
    }
    let read = format!("of {payload} it makes what is refused there: ");
    Err(read + &told(&Witness { payload: written, violations }))
}
