//! How long `handfast compare` takes for pairs of schemas, and how much memory: versions that packages publish.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::generated::{folder, put};
use super::report::{Figure, Goal, Unit};
use super::schemas::{FOLDER, read};
use crate::process::{cargo, output, run};
use crate::{Problem, root};

/// Where the median may be, in nanoseconds.
const MEDIAN: f64 = 1e6;
/// Where the largest may be, in nanoseconds.
const LARGEST: f64 = 2e9;
/// Where the peak of the memory may be, in bytes.
const PEAK: f64 = 500e6;

/// Where schemas keep definitions.
const DEFINING: [&str; 2] = ["$defs", "definitions"];

/// Schemas that a package has in several versions, from the oldest on: what they are called, and their files.
const VERSIONS: [(&str, &[&str]); 2] = [
    (
        "asyncapi",
        &[
            "@asyncapi/specs/schemas/2.0.0-without-$id.json",
            "@asyncapi/specs/schemas/2.1.0-without-$id.json",
            "@asyncapi/specs/schemas/2.2.0-without-$id.json",
            "@asyncapi/specs/schemas/2.3.0-without-$id.json",
            "@asyncapi/specs/schemas/2.4.0-without-$id.json",
            "@asyncapi/specs/schemas/2.5.0-without-$id.json",
            "@asyncapi/specs/schemas/2.6.0-without-$id.json",
            "@asyncapi/specs/schemas/3.0.0-without-$id.json",
            "@asyncapi/specs/schemas/3.1.0-without-$id.json",
        ],
    ),
    (
        "acp",
        &[
            "@agentclientprotocol/sdk/schema/v1/schema.json",
            "@agentclientprotocol/sdk/schema/v1/schema.unstable.json",
            "@agentclientprotocol/sdk/schema/v2/schema.json",
            "@agentclientprotocol/sdk/schema/v2/schema.unstable.json",
        ],
    ),
];

/// The times of all pairs, and the peak of the memory.
///
/// # Errors
/// Something can't be built or read, or a line is no pair.
pub fn measure(own: Option<&Path>, is_quick: bool) -> Result<Vec<Figure>, Problem> {
    let file = match own {
        Some(file) => std::path::absolute(file)?,
        None => published()?,
    };
    run(&mut cargo(&["build", "--release", "--quiet", "-p", "bench-pairs"]))?;
    let program = root().join("target/release").join(format!("bench-pairs{}", std::env::consts::EXE_SUFFIX));
    let printed =
        output(std::process::Command::new(program).arg(&file).arg(if is_quick { "1" } else { "5" }))?;
    figures(&printed)
}

/// What the lines tell that were printed.
fn figures(printed: &str) -> Result<Vec<Figure>, Problem> {
    let mut lines: Vec<_> = printed.lines().filter_map(|line| line.split_once(' ')).collect();
    let peak = lines.pop_if(|(name, _)| *name == "peak").map(|(_, bytes)| bytes);
    let mut times = lines.iter().map(|(time, _)| time.parse()).collect::<Result<Vec<f64>, _>>()?;
    times.sort_by(f64::total_cmp);
    let largest = *times.last().ok_or("there are no pairs")?;
    let mut verdicts = BTreeMap::<&str, usize>::new();
    lines.iter().for_each(|(_, verdict)| *verdicts.entry(*verdict).or_default() += 1);
    let counts: Vec<String> = verdicts.iter().map(|(verdict, n)| format!("{n} {verdict}")).collect();
    let seconds = times.iter().sum::<f64>() / 1e9;
    println!("  compare: {} pairs in {seconds:.2} s: {}", times.len(), counts.join(", "));
    if verdicts.contains_key("error") {
        return Err("not every line is a pair of schemas".into());
    }
    let figure =
        |name: &str, sides, unit| Figure::of(format!("compare-{name}"), sides, unit, Goal::AtMost(1.0));
    let mut figures = vec![
        figure("median", [times[times.len() / 2], MEDIAN], Unit::Nanoseconds),
        figure("largest", [largest, LARGEST], Unit::Nanoseconds),
    ];
    if let Some(peak) = peak {
        figures.push(figure("peak", [peak.parse()?, PEAK], Unit::Bytes));
    }
    Ok(figures)
}

/// The pairs of the packages, in a file: each version with the one before it, whole, and each definition that both have.
fn published() -> Result<PathBuf, Problem> {
    let mut lines = String::new();
    for (name, files) in VERSIONS {
        let read = |file: &&str| read(&root().join(FOLDER).join("node_modules").join(file));
        let documents = files.iter().map(read).collect::<Result<Vec<Value>, Problem>>()?;
        for (number, versions) in documents.windows(2).enumerate() {
            let [old, new] = versions else { continue };
            for (id, old, new) in pairs(old, new) {
                let pair = json!({ "id": format!("{name}/{number}/{id}"), "producer": old, "consumer": new });
                lines.push_str(&format!("{pair}\n"));
            }
        }
    }
    let file = folder("compare").join("pairs.jsonl");
    put(&file, &lines)?;
    Ok(file)
}

fn pairs(old: &Value, new: &Value) -> Vec<(String, Value, Value)> {
    let of_definition = |key: &'static str| {
        let names = old[key].as_object().into_iter().flat_map(Map::keys);
        let both = names.filter(move |name| !new[key][name.as_str()].is_null());
        both.map(move |name| (name.clone(), selected(old, key, name), selected(new, key, name)))
    };
    let definitions = DEFINING.into_iter().flat_map(of_definition);
    [(String::new(), old.clone(), new.clone())].into_iter().chain(definitions).collect()
}

/// The definition of that name, with all that it refers to.
fn selected(document: &Value, key: &str, name: &str) -> Value {
    let mut found = BTreeSet::new();
    let mut open = vec![format!("#/{key}/{name}")];
    while let Some(reference) = open.pop() {
        let mut parts = reference.trim_start_matches("#/").split('/');
        if let (Some(key), Some(name)) = (parts.next(), parts.next())
            && found.insert((key.to_owned(), name.to_owned()))
        {
            references(&document[key][name], &mut open);
        }
    }
    let mut schema = json!({ "$ref": format!("#/{key}/{name}") });
    if let Some(dialect) = document.get("$schema") {
        schema["$schema"] = dialect.clone();
    }
    for (key, name) in found {
        schema[&key][&name] = document[&key][&name].clone();
    }
    schema
}

/// All that `value` refers to.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        _ => {}
    }
}
