//! What `compare` says of the suite's schemas: each is within itself, and holds of its cases those alone that are valid.

use std::path::Path;

use handfast_codegen::source::Memory;
use handfast_codegen::{CompiledSchema, compile_schema};
use handfast_conformance::compare::{Budget, Reading, Side, Verdict, flows};
use handfast_conformance::interpret;
use serde_json::{Value, json};

use super::fetch::{Fetched, fetch};
use super::generate::compile;
use super::groups::{self, Group};
use super::parallel;
use crate::{Outcome, root};

/// What was said of one group, or of all.
#[derive(Debug, Default)]
struct Said {
    n_pairs: usize,
    unknown: Vec<String>,
    wrong: Vec<String>,
}

/// Whether no verdict about the suite's schemas is wrong, and hardly any is missing.
///
/// # Errors
/// One is wrong, too many are missing, or the suite can't be fetched.
pub fn check() -> Outcome {
    let fetched = fetch(&root().join("target/suite"))?;
    let groups = groups::read(&fetched.tests)?;
    let groups: Vec<&Group> = groups.iter().collect();
    let folder = root().join("target/suite/schemas");
    let of_groups = parallel::map(&groups, || (), |(), group| of_group(&folder, &fetched, group));
    let mut all = Said::default();
    for said in of_groups {
        all.n_pairs += said.n_pairs;
        all.unknown.extend(said.unknown);
        all.wrong.extend(said.wrong);
    }
    all.wrong.iter().for_each(|line| println!("wrong: {line}"));
    all.unknown.iter().for_each(|line| println!("unknown: {line}"));
    let (n_pairs, n_unknown, n_wrong) = (all.n_pairs, all.unknown.len(), all.wrong.len());
    println!("{n_pairs} pairs were compared: {n_wrong} wrongly, {n_unknown} without a verdict");
    if n_wrong > 0 || n_unknown * 100 > n_pairs {
        return Err("the suite's schemas are not compared as they should be".into());
    }
    Ok(())
}

fn of_group(folder: &Path, fetched: &Fetched, group: &Group) -> Said {
    let mut said = Said::default();
    // What we refuse stands in the list of known failures.
    let Ok(schema) = compile(folder, fetched, group) else { return said };
    if !schema.roots.is_empty() {
        return said;
    }
    let within =
        |said: &mut Said, what: &str, producer: &CompiledSchema, consumer: &CompiledSchema, holds| {
            let verdict = flows(side(producer), side(consumer), Reading::Strict, &Budget::default());
            said.note(&format!("{group}: {what}"), &verdict, holds);
        };
    within(&mut said, "itself", &schema, &schema, Some(true));
    let (mut has_valid, mut has_invalid) = (false, false);
    for case in &group.cases {
        let Ok(data) = serde_json::from_str::<Value>(case.data.get()) else { continue };
        // Where the interpreter errs, the list of known failures says so.
        if interpret::is_valid(&schema.plan, schema.root, &data) != case.valid {
            continue;
        }
        *(if case.valid { &mut has_valid } else { &mut has_invalid }) = true;
        let Some(only) = compiled(&json!({ "enum": [data] })) else { continue };
        within(&mut said, &case.description, &only, &schema, Some(case.valid));
    }
    if let (Some(everything), Some(nothing)) = (compiled(&json!({})), compiled(&json!({ "not": {} }))) {
        within(&mut said, "nothing", &schema, &nothing, has_valid.then_some(false));
        within(&mut said, "everything", &everything, &schema, has_invalid.then_some(false));
    }
    said
}

impl Said {
    /// Counts a verdict; `holds` is what is known to be true.
    fn note(&mut self, what: &str, verdict: &Verdict, holds: Option<bool>) {
        self.n_pairs += 1;
        match verdict {
            Verdict::Unknown(blocked) => self.unknown.push(format!("{what}: {blocked:?}")),
            Verdict::Compatible if holds == Some(false) => self.wrong.push(format!("{what}: compatible")),
            Verdict::Breaking(witness) if holds == Some(true) => {
                self.wrong.push(format!("{what}: broken by {}", witness.payload));
            }
            Verdict::Compatible | Verdict::Breaking(_) => {}
        }
    }
}

fn compiled(schema: &Value) -> Option<CompiledSchema> {
    let source = Memory::default().with("other.json", schema.to_string());
    compile_schema(&source, Path::new("other.json")).ok()
}

fn side(schema: &CompiledSchema) -> Side<'_> {
    Side { plan: &schema.plan, schemas: &schema.schemas, schema: schema.root }
}
