//! Valid instances are of the types that are generated for TypeScript: of every schema of the suite, and of the project's own
//! that hold examples.
//!
//! `tsc` judges. It has two objections to values of the right type which are no part of what a type means: to members of a
//! literal that the type does not name, and to objects that share no member with a type which requires none. An index
//! signature takes both away, so that the types are checked with one in each object.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use handfast_codegen::backend::{Backend, typescript::TypeScript};
use handfast_codegen::source::Disk;
use handfast_codegen::{CompiledSchema, compile_schema};
use handfast_conformance::interpret;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::fetch::{Fetched, fetch};
use super::generate::compile;
use super::groups::{self, Group};
use super::instances::instances;
use super::parallel;
use crate::process::{command, npm_install, run};
use crate::{Outcome, Problem, root};

/// Folders with schemas of our own whose `examples` are instances, by what they are called here.
const OWN: [(&str, &str); 2] =
    [("agreement", "conformance/tests/agreement/schemas"), ("construct", crate::typescript::CONSTRUCTS)];

/// Where TypeScript is installed.
const TYPESCRIPT: &str = "bindings/typescript/tests";

/// How many instances are drawn per schema.
const N_DRAWN: usize = 48;

/// A schema, and what is known to be valid.
struct Subject {
    name: String,
    schema: CompiledSchema,
    written: Value,
    examples: Vec<Value>,
}

/// Whether every valid instance is of the type of its schema.
///
/// # Errors
/// One is not, or the suite or TypeScript can't be fetched.
pub fn check() -> Outcome {
    npm_install(TYPESCRIPT)?;
    let fetched = fetch(&root().join("target/suite"))?;
    let folder = root().join("target/assignable");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let groups = groups::read(&fetched.tests)?;
    let groups: Vec<&Group> = groups.iter().collect();
    let schemas = root().join("target/suite/schemas");
    let written = parallel::map(
        &groups,
        || (),
        |(), group| {
            let subject = of_group(&schemas, &fetched, group)?;
            subject.map_or(Ok(0), |subject| subject.write(&folder)).map_err(|problem| problem.to_string())
        },
    );
    let n_of_suite: usize = written.into_iter().sum::<Result<_, String>>()?;
    let mut n_own = 0;
    for subject in own()? {
        n_own += subject.write(&folder)?;
    }
    write_settings(&folder)?;
    let tsc = root().join(TYPESCRIPT).join("node_modules/typescript/bin/tsc");
    let folder = folder.display().to_string();
    run(&mut command("node", "", &[&tsc.display().to_string(), "--project", &folder]))?;
    println!("{n_of_suite} valid instances of the suite's schemas and {n_own} of ours are of their types");
    Ok(())
}

/// A group of the suite; nothing where its schema is a document of definitions, which has no type of its own.
fn of_group(folder: &Path, fetched: &Fetched, group: &Group) -> Result<Option<Subject>, String> {
    let read = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    // What we refuse stands in the list of known failures.
    let Ok(schema) = compile(folder, fetched, group) else { return Ok(None) };
    if !schema.roots.is_empty() {
        return Ok(None);
    }
    let examples = group.cases.iter().map(|case| read(case.data.get())).collect::<Result<_, _>>()?;
    let name = format!("{}-{}", group.dialect, group.name);
    Ok(Some(Subject { name, schema, written: read(group.schema.get())?, examples }))
}

fn own() -> Result<Vec<Subject>, Problem> {
    let mut files = Vec::new();
    for (of, folder) in OWN {
        for entry in fs::read_dir(root().join(folder))? {
            files.push((of, entry?.path()));
        }
    }
    files.retain(|(_, file)| file.to_string_lossy().ends_with(".schema.json"));
    files.sort();
    let subjects = files.iter().map(|(of, file)| of_file(of, file)).collect::<Result<Vec<_>, _>>()?;
    Ok(subjects.into_iter().filter(|subject| subject.schema.roots.is_empty()).collect())
}

fn of_file(of: &str, file: &Path) -> Result<Subject, Problem> {
    let written: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let folder = file.parent().ok_or("a file stands in a folder")?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let schema =
        compile_schema(&Disk::at(folder), Path::new(&name)).map_err(|problems| problems.to_string())?;
    let examples = written["examples"].as_array().cloned().unwrap_or_default();
    Ok(Subject { name: format!("{of}-{}", name.trim_end_matches(".schema.json")), schema, written, examples })
}

impl Subject {
    /// Writes the types and a file that assigns to them; gives the number of instances.
    fn write(&self, folder: &Path) -> Result<usize, Problem> {
        let files = TypeScript.generate(&self.schema.unit(&self.name, "Root", &self.name));
        let own = format!("{}.ts", self.name);
        for (path, text) in files {
            // What validators call is the same for all, and holds no types of the schema.
            let text = if path == own { opened(&text) } else { text };
            fs::write(folder.join(path), text)?;
        }
        let instances = self.valid();
        let assigned = instances.iter().enumerate();
        let lines: String =
            assigned.map(|(index, value)| format!("export const valid{index}: Root = {value};\n")).collect();
        let text = format!("import type {{ Root }} from \"./{}.js\";\n{lines}", self.name);
        fs::write(folder.join(format!("{}.check.ts", self.name)), text)?;
        Ok(instances.len())
    }

    /// Valid examples, and valid instances near them, as literals.
    fn valid(&self) -> BTreeSet<String> {
        let seed = Sha256::digest(self.name.as_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let strategy = instances(&self.written, &self.examples);
        let drawn = std::iter::from_fn(|| Some(strategy.new_tree(&mut runner).ok()?.current()));
        let drawn = drawn.take(N_DRAWN).filter_map(|text| serde_json::from_str(&text).ok());
        let all = self.examples.iter().cloned().chain(drawn);
        let is_valid = |value: &Value| interpret::is_valid(&self.schema.plan, self.schema.root, value);
        all.filter(is_valid).map(|value| literal(&value)).collect()
    }
}

/// A value as an expression: as JSON, but for a name that would set the prototype.
fn literal(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let name = json!(name).to_string();
                let name = if name == "\"__proto__\"" { format!("[{name}]") } else { name };
                format!("{name}: {}", literal(value))
            });
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}

/// Types with an index signature in each object that has none.
fn opened(text: &str) -> String {
    let mut opened = String::new();
    let mut is_type = false;
    // Whether each object around has one.
    let mut around: Vec<bool> = Vec::new();
    for line in text.lines() {
        let code = line.trim_start();
        is_type = !line.is_empty()
            && (is_type || ["export interface ", "export type "].iter().any(|it| line.starts_with(it)));
        if is_type && !code.starts_with(['*', '/']) {
            if code.starts_with('}') && around.pop() == Some(false) {
                opened.push_str("[key: string]: unknown;\n");
            }
            if let Some(has_one) = around.last_mut() {
                *has_one |= code.starts_with("[key: string]");
            }
            if code.ends_with('{') {
                around.push(false);
            }
        }
        // Objects that stand on one line say of their members that they are there.
        let is_brief = is_type && code.contains("{ ") && !code.contains("[key: ");
        opened += &if is_brief {
            line.replace(": unknown }", ": unknown; [key: string]: unknown }")
        } else {
            line.to_owned()
        };
        opened.push('\n');
    }
    opened
}

/// The settings of `tsc`, and a file that shows that it refuses what is of another type.
fn write_settings(folder: &Path) -> Outcome {
    let tests: PathBuf = root().join(TYPESCRIPT).join("tsconfig.json");
    let settings = json!({ "extends": tests, "include": ["*.ts"] });
    fs::write(folder.join("tsconfig.json"), settings.to_string())?;
    fs::write(folder.join("package.json"), json!({ "type": "module" }).to_string())?;
    let refused = "import type { Root } from \"./agreement-objects.js\";\n// @ts-expect-error not a string\nexport const refused: Root = { \"open\": { \"a\": 1 } };\n";
    Ok(fs::write(folder.join("refused.check.ts"), refused)?)
}
