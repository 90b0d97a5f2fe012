//! What generated code costs the compiler: `cargo check` of crates that hold one schema, and the lines it sees.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{Instant, SystemTime};

use handfast_codegen::backend::backend;
use handfast_codegen::compile_schema;
use handfast_codegen::source::Disk;
use serde_json::{Map, Value, json};

use super::generated::{cargo_in, folder, put, run};
use super::report::{Figure, Goal, Unit};
use super::schemas::FOLDER;
use crate::process::output;
use crate::{Outcome, Problem, root};

/// What typify's macro and what it prints need.
pub const TYPIFY: &str = r#"typify = "=0.8.0""#;

/// What typify prints needs, beside itself.
const OF_TYPIFY: &str = r#"chrono = { version = "0.4", features = ["serde"] }
regress = "0.11"
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
"#;

/// The large schema.
const LARGE: &str = "node_modules/@octokit/webhooks-schemas/schema.json";

/// How many definitions the smallest synthetic schema has.
const N_DEFINITIONS: usize = 250;

/// A generated crate: the manifest's dependencies, and the library.
struct Library {
    name: String,
    dependencies: String,
    source: &'static str,
    schema: String,
}

impl Library {
    fn ours(name: impl Into<String>, schema: String) -> Self {
        let dependencies = format!("handfast = {{ path = {:?} }}\n", root().display().to_string());
        let source = "handfast::schema!(pub Root = \"schema.json\");\n";
        Self { name: name.into(), dependencies, source, schema }
    }

    fn typify(schema: String) -> Self {
        let dependencies = format!("{TYPIFY}\n{OF_TYPIFY}");
        let source = "typify::import_types!(\"schema.json\");\n";
        Self { name: "check-typify".to_owned(), dependencies, source, schema }
    }

    /// Writes the crate and checks it once, so that what it depends on is built.
    fn prepare(&self) -> Outcome {
        let folder = folder(&self.name);
        let Self { name, dependencies, .. } = self;
        let manifest = format!(
            "[package]\nname = \"bench-{name}\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n[workspace]\n"
        );
        put(&folder.join("Cargo.toml"), &manifest)?;
        put(&folder.join("src/lib.rs"), self.source)?;
        put(&folder.join("schema.json"), &self.schema)?;
        quietly(&mut cargo_in(name, &["check"]))
    }

    /// Nanoseconds of `cargo check` after `lib.rs` was touched.
    fn check(&self) -> Result<f64, Problem> {
        let library = File::options().append(true).open(folder(&self.name).join("src/lib.rs"))?;
        library.set_modified(SystemTime::now())?;
        let began = Instant::now();
        quietly(&mut cargo_in(&self.name, &["check", "--offline"]))?;
        Ok(began.elapsed().as_nanos() as f64)
    }

    /// How many lines the compiler sees: macros and derives expanded.
    fn n_lines(&self) -> Result<f64, Problem> {
        let arguments = ["rustc", "--quiet", "--lib", "--profile", "check", "--", "-Zunpretty=expanded"];
        // Of the nightly options this one only prints; the variable makes a stable compiler take it.
        let text = output(cargo_in(&self.name, &arguments).env("RUSTC_BOOTSTRAP", "1"))?;
        Ok(text.lines().count() as f64)
    }
}

/// Runs a build, and shows what it says only if it fails: generated code of others warns.
fn quietly(command: &mut Command) -> Outcome {
    let ran = command.output()?;
    if ran.status.success() {
        return Ok(());
    }
    Err(format!("a generated crate can't be checked:\n{}", String::from_utf8_lossy(&ran.stderr)).into())
}

/// The medians of `n` checks of each crate, in turns.
fn medians<const N: usize>(n: usize, crates: &[Library; N]) -> Result<[f64; N], Problem> {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..n {
        for (library, times) in crates.iter().zip(&mut times) {
            times.push(library.check()?);
        }
    }
    Ok(times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }))
}

/// A large schema, against typify.
///
/// # Errors
/// A crate can't be written or checked.
pub fn against_typify(n: usize, figures: &mut Vec<Figure>, notes: &mut Vec<String>) -> Outcome {
    let schema = std::fs::read_to_string(root().join(FOLDER).join(LARGE))?;
    let crates = [Library::ours("check-ours", schema.clone()), Library::typify(schema)];
    crates.iter().try_for_each(Library::prepare)?;
    let goal = Goal::AtMost(1.0);
    figures.push(Figure::of("check-time", medians(n, &crates)?, Unit::Nanoseconds, goal));
    let [ours, theirs] = &crates;
    figures.push(Figure::of("expansion", [ours.n_lines()?, theirs.n_lines()?], Unit::Lines, goal));
    let (ours, theirs) = (own_output(&folder("check-ours"))?, typify_output()?);
    notes.push(format!(
        "output of GitHub's webhooks, formatted, derives not expanded: ours {ours} lines, typify's {theirs}"
    ));
    Ok(())
}

/// How many lines the Rust back-end writes for the schema in `folder`.
fn own_output(folder: &Path) -> Result<usize, Problem> {
    let compiled =
        compile_schema(&Disk::at(folder), Path::new("schema.json")).map_err(|error| error.to_string())?;
    let rust = backend("rust").ok_or("there is no back-end for Rust")?;
    let files = rust.generate(&compiled.unit("schema", "Root", "schema.json"));
    Ok(files.values().map(|text| text.lines().count()).sum())
}

/// How many lines typify writes for the same.
fn typify_output() -> Result<usize, Problem> {
    let manifest = "[package]\nname = \"bench-typify-output\"\nedition = \"2024\"\n\n[dependencies]\nprettyplease = \"0.3\"\nschemars = \"0.8\"\nserde_json = \"1\"\nsyn = \"3\"\ntypify-impl = \"=0.8.0\"\n\n[workspace]\n";
    let crate_folder = folder("typify-output");
    put(&crate_folder.join("Cargo.toml"), manifest)?;
    let main = std::fs::read_to_string(root().join(FOLDER).join("template/typify_output.rs"))?;
    put(&crate_folder.join("src/main.rs"), &main)?;
    let schema = folder("check-typify").join("schema.json").display().to_string();
    Ok(run("typify-output", &[&schema])?.trim().parse()?)
}

/// Synthetic schemas of 250, 500 and 1000 definitions: what one costs must not grow.
///
/// # Errors
/// A crate can't be written or checked.
pub fn linearity(n: usize) -> Result<Vec<Figure>, Problem> {
    let crates = [1, 2, 4].map(|times| {
        let n_definitions = times * N_DEFINITIONS;
        Library::ours(format!("linearity-{n_definitions}"), synthetic(n_definitions).to_string())
    });
    crates.iter().try_for_each(Library::prepare)?;
    let [once, twice, four_times] = medians(n, &crates)?;
    println!(
        "  linearity: checked in {}",
        [once, twice, four_times].map(|time| Unit::Nanoseconds.show(time)).join(", ")
    );
    let [first, _, last] = &crates;
    let lines = [last.n_lines()?, first.n_lines()?];
    Ok(vec![
        per_definition("linearity-time", [four_times, once], Unit::Nanoseconds),
        per_definition("linearity-lines", lines, Unit::Lines),
    ])
}

/// The cost of a definition where there are four times as many, against that where there are not.
fn per_definition(name: &str, [four_times, once]: [f64; 2], unit: Unit) -> Figure {
    let figure = Figure::of(name, [four_times, once], unit, Goal::AtMost(1.5));
    Figure { ratio: figure.ratio / 4.0, ..figure }
}

/// How many definitions refer to each other. rustc follows what a value drops 128 types deep, and no further unless a crate
/// raises its `recursion_limit`, so that a circle through all definitions would measure that limit.
const N_IN_GROUP: usize = 50;

/// Objects that lead to each other, each tenth a union of three of them.
fn synthetic(n_definitions: usize) -> Value {
    let name = |number: usize| format!("Definition{number}");
    let at = |number: usize| json!({ "$ref": format!("#/$defs/{}", name(number)) });
    let definition = |number: usize| {
        let first = number - number % N_IN_GROUP;
        let beside = |distance: usize| at(first + (number + distance) % N_IN_GROUP);
        if number % 10 == 9 {
            return json!({ "oneOf": [beside(N_IN_GROUP - 1), beside(N_IN_GROUP - 4), beside(N_IN_GROUP - 7)] });
        }
        json!({
            "type": "object",
            "description": format!("The definition of number {number}."),
            "required": ["kind", "id", "next"],
            "properties": {
                "kind": { "const": format!("kind-{number}") },
                "id": { "type": "string", "minLength": 1 },
                "state": { "enum": [format!("begun-{number}"), "going", "ended"] },
                "progress": { "type": "integer", "minimum": 0, "maximum": 100 },
                "labels": { "type": "array", "items": { "type": "string" }, "maxItems": 16 },
                "next": { "anyOf": [beside(1), { "type": "null" }] },
                "others": { "type": "array", "items": beside(7) },
            },
        })
    };
    let definitions: Map<String, Value> =
        (0..n_definitions).map(|number| (name(number), definition(number))).collect();
    let groups: Map<String, Value> =
        (0..n_definitions).step_by(N_IN_GROUP).map(|first| (format!("group-{first}"), at(first))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": groups,
        "$defs": definitions,
    })
}
