//! Valid payloads per second: ours, those of Schemathesis' engine, and those of json-schema-faker.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::generated::{folder, put};
use super::report::{Figure, Goal, Unit, mean};
use super::schemas::{FOLDER, Subject};
use crate::process::{cargo, command, output, python_install};
use crate::{Problem, root};

/// Where the programs are that drive the others.
const PROGRAMS: &str = "xtask/bench/payloads";

/// The others, by the names of their files, with how many times as fast as they we have to be.
const OTHERS: [(&str, f64); 2] = [("engine", 50.0), ("faker", 5.0)];

/// How long a side makes payloads of one schema, and how many at most.
fn limits(is_quick: bool) -> (f64, u64) {
    if is_quick { (1.0, 200) } else { (5.0, 2000) }
}

/// All sides over the schemas of `subjects`, which are sorted by figure.
///
/// # Errors
/// A program can't be installed or run, or something that we made is not valid.
pub fn measure(subjects: &[Subject], is_quick: bool) -> Result<Vec<Figure>, Problem> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let (seconds, n) = limits(is_quick);
    let entries = subjects.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    let path = folder("payloads").join("job.json");
    put(&path, &json!({ "n": n, "seconds": seconds, "schemas": entries }).to_string())?;
    let build = ["run", "--release", "--quiet", "-p", "handfast-payload", "--example", "payloads", "--"];
    let ours = times(&output(cargo(&build).arg(&path))?);
    let python = python_install(PROGRAMS, "requirements.txt")?;
    let engine = times(&output(command(python, PROGRAMS, &["engine.py"]).arg(&path))?);
    let faker = times(&output(command("node", FOLDER, &["payloads/faker.mjs"]).arg(&path))?);
    let made = |side: &str, times: &BTreeMap<usize, f64>| {
        let each = entries.iter().enumerate().map(|(index, entry)| each(side, entry, times.get(&index)));
        each.collect::<Result<Vec<_>, _>>()
    };
    let (ours, others) = (made("ours", &ours)?, [made("engine", &engine)?, made("faker", &faker)?]);
    if let Some((wrong, _)) = entries.iter().zip(&ours).find(|(_, made)| made.n_valid < made.n_made) {
        return Err(format!("not all payloads of {} are valid", wrong["schema"]).into());
    }
    Ok(OTHERS
        .iter()
        .zip(others)
        .flat_map(|(other, theirs)| figures(subjects, &ours, *other, &theirs))
        .collect())
}

/// What came of a schema.
#[derive(Debug, Clone, Copy, Default)]
struct Made {
    n_made: usize,
    n_valid: usize,
    seconds: f64,
}

/// The figures of one of the others, and their mean.
fn figures(subjects: &[Subject], ours: &[Made], (name, bound): (&str, f64), theirs: &[Made]) -> Vec<Figure> {
    let sides: Vec<_> = subjects.iter().zip(ours.iter().zip(theirs)).collect();
    let of_figure = sides.chunk_by(|a, b| a.0.figure == b.0.figure).filter_map(|chunk| {
        // What one side makes nothing of tells nothing of its speed.
        let kept: Vec<_> = chunk.iter().filter(|(_, (_, theirs))| theirs.n_valid > 0).collect();
        let each = |of: fn(&(&Made, &Made)) -> Made| {
            let times =
                kept.iter().map(|(_, sides)| of(sides)).map(|made| made.seconds / made.n_valid as f64);
            times.sum::<f64>() * 1e9 / kept.len() as f64
        };
        let n_made: usize = chunk.iter().map(|(_, (_, theirs))| theirs.n_made).sum();
        let n_valid: usize = chunk.iter().map(|(_, (_, theirs))| theirs.n_valid).sum();
        let figure = chunk[0].0.figure;
        println!("  payloads: of {n_made} that {name} made of {figure} {n_valid} are valid");
        let sides = [each(|sides| *sides.0), each(|sides| *sides.1)];
        let figure =
            Figure::of(format!("payloads-{name}/{figure}"), sides, Unit::Nanoseconds, Goal::AtLeast(bound));
        (!kept.is_empty()).then_some(Figure { goal: None, ..figure })
    });
    let mut figures: Vec<Figure> = of_figure.collect();
    figures.extend(mean(&format!("payloads-{name}/mean"), &figures, Goal::AtLeast(bound)));
    figures
}

/// What the programs are told of a schema: where it stands, and where its payloads go.
fn entry(subject: &Subject) -> Result<Value, Problem> {
    let path = |end: &str| folder("payloads").join(format!("{}.{end}", subject.name));
    put(&path("schema.json"), &bundled(subject)?.to_string())?;
    Ok(json!({
        "schema": path("schema.json"),
        "ours": path("ours.jsonl"),
        "engine": path("engine.jsonl"),
        "faker": path("faker.jsonl"),
    }))
}

/// The schema with the definitions that it refers to: not everybody reads several files.
fn bundled(subject: &Subject) -> Result<Value, Problem> {
    let Some(definitions) = &subject.definitions else { return Ok(subject.schema.clone()) };
    let text = subject.schema.to_string().replace("../definitions.schema.json#", "#");
    let mut schema: Value = serde_json::from_str(&text)?;
    let definitions: Value = serde_json::from_str(&fs::read_to_string(definitions)?)?;
    schema["$defs"] = definitions["$defs"].clone();
    Ok(schema)
}

/// The lines `INDEX SECONDS`.
fn times(printed: &str) -> BTreeMap<usize, f64> {
    let pair = |line: &str| {
        let (index, seconds) = line.split_once(' ')?;
        Some((index.parse().ok()?, seconds.parse().ok()?))
    };
    printed.lines().filter_map(pair).collect()
}

/// What one side made of a schema, judged by the `jsonschema` crate; nothing where either did not take the schema.
fn each(side: &str, entry: &Value, seconds: Option<&f64>) -> Result<Made, Problem> {
    let Some(seconds) = seconds else { return Ok(Made::default()) };
    let path = |key: &str| Path::new(entry[key].as_str().unwrap_or_default()).to_path_buf();
    let schema: Value = serde_json::from_str(&fs::read_to_string(path("schema"))?)?;
    // What the judge does not take is left out.
    let Ok(validator) = jsonschema::options().should_validate_formats(false).build(&schema) else {
        return Ok(Made::default());
    };
    let made = fs::read_to_string(root().join(path(side)))?;
    let payloads: Vec<Value> = made.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let n_valid = payloads.iter().filter(|payload| validator.is_valid(payload)).count();
    Ok(Made { n_made: made.lines().count(), n_valid, seconds: *seconds })
}
