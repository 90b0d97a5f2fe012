//! Printed TypeScript validators find what the interpreter of plans finds, violation by violation, and Ajv gives the same verdict:
//! on the events of both contracts and the schemas of `conformance/tests/agreement`, near their examples.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use handfast_codegen::backend::{Backend, Files, typescript::TypeScript};
use handfast_codegen::model::{SchemaIdx, Schemas, Side};
use handfast_codegen::plan::Plan;
use handfast_codegen::source::Disk;
use handfast_codegen::{compile, compile_schema};
use handfast_conformance::interpret;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::process::{command, run};
use crate::suite::instances::instances;
use crate::validators::{self, Question, Subject, formats, is_exact};
use crate::{Outcome, Problem, root};

/// How many instances are drawn for each schema.
const N_INSTANCES: usize = 500;

const TOPICS: &str = "conformance/tests/agreement/schemas";

/// Schemas that Ajv can't be asked about: one holds another of an older dialect, one has members called `__proto__`.
const BEYOND_AJV: [&str; 2] = ["arrays", "hostile"];

/// Where the schemas of a folder seem to stand.
const BASE: &str = "https://contract.example/";

/// Whether they agree.
pub fn check() -> Outcome {
    let mut subjects = Subjects::default();
    for contract in ["orbit", "builder"] {
        subjects.add_contract(contract)?;
    }
    for topic in ["everything", "unions", "objects", "arrays", "scalars", "names"] {
        subjects.add_topic(TOPICS, topic)?;
    }
    subjects.add_topic("xtask/agreement", "hostile")?;
    let Subjects { files, all } = subjects;
    let folder = root().join("target/agreement");
    let answers = validators::judge(&folder, files, &all)?;
    let questions =
        all.iter().flat_map(|subject| subject.questions.iter().map(move |question| (subject, question)));
    let problems: Vec<_> = questions
        .zip(answers.iter().flatten())
        .filter_map(|((subject, question), problem)| {
            Some(format!("{} {}: {}", subject.root, question.instance, problem.as_ref()?))
        })
        .collect();
    let (n_schemas, n_instances) = (all.len(), answers.iter().flatten().count());
    println!(
        "agreement-typescript {n_instances} instances of {n_schemas} schemas, {} disagreements",
        problems.len()
    );
    if !problems.is_empty() || n_instances == 0 {
        return Err(problems.join("\n").into());
    }
    let arguments = ["--disallow-code-generation-from-strings", "check-values.mjs"];
    run(command("node", "xtask/npm", &arguments).arg(folder.join("compiled")))
}

#[derive(Default)]
struct Subjects {
    files: Files,
    all: Vec<Subject>,
}

impl Subjects {
    /// Every event of a contract, by the type that the back-end's map of events says.
    fn add_contract(&mut self, name: &str) -> Outcome {
        let folder = root().join("schemas").join(name);
        let compiled = compile(&Disk::at(&folder), Path::new("asyncapi.yaml"))?;
        let files = TypeScript.generate(&compiled.unit(name, "asyncapi.yaml"));
        let text = files.get(&format!("{name}.ts")).cloned().unwrap_or_default();
        let others = documents(&folder)?;
        for side in [Side::Server, Side::Client] {
            let types = type_names(&text, side);
            for event in compiled.contract.direction(side) {
                let event = &compiled.contract[event];
                let schema = event.payload.ok_or("an event without a payload")?;
                let root = types.get(&event.name).ok_or_else(|| format!("no type of {}", event.name))?;
                let (schemas, plan) = (&compiled.contract.schemas, &compiled.plan);
                self.all.push(subject(name, root, schemas, plan, schema, &others)?);
            }
        }
        self.files.extend(files);
        Ok(())
    }

    /// A schema whose type is called `Root`.
    fn add_topic(&mut self, folder: &str, name: &str) -> Outcome {
        let folder = root().join(folder);
        let file = format!("{name}.schema.json");
        let compiled = compile_schema(&Disk::at(&folder), Path::new(&file))?;
        self.files.extend(TypeScript.generate(&compiled.unit(name, "Root", &file)));
        let others = documents(&folder)?;
        self.all.push(subject(name, "Root", &compiled.schemas, &compiled.plan, compiled.root, &others)?);
        Ok(())
    }
}

fn subject(
    file: &str,
    root: &str,
    schemas: &Schemas,
    plan: &Plan,
    schema: SchemaIdx,
    others: &Map<String, Value>,
) -> Result<Subject, Problem> {
    let target = &schemas[schemas.follow(schema)];
    let document = format!("{BASE}{}", target.location.document());
    let source = others.get(&document).cloned().unwrap_or_default();
    // Ajv knows one dialect at a time, and not all names.
    let is_beyond_ajv = BEYOND_AJV.contains(&file);
    let ajv = json!({
        "dialect": "draft2020-12",
        "schema": { "$ref": document },
        "others": others,
        "formats": formats(),
    });
    let examples = &target.docs.examples;
    if let Some(wrong) = examples.iter().find(|example| !interpret::is_valid(plan, schema, example)) {
        return Err(format!("{file} {root}: the example {wrong} is not valid").into());
    }
    let strategy = instances(&source, examples);
    let mut runner = TestRunner::deterministic();
    let drawn =
        (0..N_INSTANCES).filter_map(|_| strategy.new_tree(&mut runner).ok()).map(|tree| tree.current());
    let mut questions = Vec::new();
    for instance in examples.iter().map(Value::to_string).chain(drawn) {
        let value: Value = serde_json::from_str(&instance)?;
        if is_exact(&value) {
            let violations = interpret::violations(plan, schema, &value);
            let valid = violations.is_empty();
            questions.push(Question {
                instance,
                valid,
                violations: Some(serde_json::to_value(&violations)?),
            });
        }
    }
    Ok(Subject {
        file: file.to_owned(),
        root: root.to_owned(),
        ajv: (!is_beyond_ajv).then_some(ajv),
        questions,
    })
}

/// The types of events by their names, as the printed map has them.
fn type_names(text: &str, side: Side) -> BTreeMap<String, String> {
    let head = match side {
        Side::Server => "export interface ServerEvents {\n",
        Side::Client => "export interface ClientEvents {\n",
    };
    let members =
        text.split_once(head).and_then(|(_, rest)| rest.split_once("\n}")).map_or("", |(inner, _)| inner);
    let member = |line: &str| {
        let (name, of) = line.trim().trim_end_matches(';').rsplit_once(": ")?;
        Some((serde_json::from_str(name).unwrap_or_else(|_| name.to_owned()), of.to_owned()))
    };
    members.lines().filter_map(member).collect()
}

/// Every schema below `folder`, by its seeming address.
fn documents(folder: &Path) -> Result<Map<String, Value>, Problem> {
    let mut found = Map::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let path = folder.join(&below);
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                open.push(below.join(entry?.file_name()));
            }
        } else if path.extension().is_some_and(|ending| ending == "json") {
            let name = below.display().to_string().replace('\\', "/");
            found.insert(format!("{BASE}{name}"), serde_json::from_str(&fs::read_to_string(&path)?)?);
        }
    }
    Ok(found)
}
