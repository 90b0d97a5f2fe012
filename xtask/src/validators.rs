//! TypeScript validators, compiled strictly and put to the test in Node.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use handfast_codegen::backend::Files;
use handfast_codegen::emit;
use serde::Serialize;
use serde_json::{Value, json};

use crate::process::{command, npm_install, output, run};
use crate::{Problem, root};

const FOLDER: &str = "xtask/npm";

/// How the generated code is compiled: as strictly as users may.
const CONFIG: &str = r#"{
  "compilerOptions": {
    "outDir": "compiled", "rootDir": ".", "target": "es2022", "lib": ["es2022", "dom"], "types": [], "module": "nodenext",
    "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true, "noUnusedLocals": true,
    "noImplicitReturns": true, "noPropertyAccessFromIndexSignature": true, "isolatedModules": true,
    "verbatimModuleSyntax": true, "erasableSyntaxOnly": true, "allowUnreachableCode": false
  },
  "include": ["*.ts"]
}
"#;

/// A generated file, and what it is asked.
#[derive(Debug, Clone, Serialize)]
pub struct Subject {
    /// Its name, without an ending.
    pub file: String,
    /// The type that is asked about.
    pub root: String,
    /// The schema for Ajv, which gives its verdict as well.
    pub ajv: Option<Value>,
    /// The instances.
    pub questions: Vec<Question>,
}

/// An instance, and what is true of it.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// A JSON text.
    pub instance: String,
    /// Whether it is valid.
    pub valid: bool,
    /// What is wrong with it, where that is known.
    pub violations: Option<Value>,
}

/// Compiles `files` in `folder` and asks them; for each subject what is wrong with the answer to each question.
///
/// # Errors
/// The files do not compile, or Node fails.
pub fn judge(
    folder: &Path,
    mut files: Files,
    subjects: &[Subject],
) -> Result<Vec<Vec<Option<String>>>, Problem> {
    npm_install(FOLDER)?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    files.insert("tsconfig.json".to_owned(), CONFIG.to_owned());
    files.insert("package.json".to_owned(), "{ \"type\": \"module\" }\n".to_owned());
    emit::write(folder, &files)?;
    let compiler = root().join(FOLDER).join("node_modules/typescript/bin/tsc");
    run(command("node", FOLDER, &[]).arg(compiler).arg("--project").arg(folder))?;
    let modules = subjects.iter().map(|subject| {
        let file = folder.join("compiled").join(format!("{}.js", subject.file));
        json!({ "file": file, "root": subject.root, "ajv": subject.ajv, "questions": subject.questions })
    });
    let job = folder.join("job.json");
    fs::write(&job, serde_json::to_vec(&json!({ "modules": modules.collect::<Vec<_>>() }))?)?;
    let answers = output(command("node", FOLDER, &["judge-validators.mjs"]).arg(job))?;
    Ok(serde_json::from_str(&answers)?)
}

/// Whether JavaScript's numbers hold every number of an instance as it is.
pub fn is_exact(instance: &Value) -> bool {
    const MAX_SAFE: u64 = 1 << 53;
    match instance {
        Value::Number(number) => {
            let integer = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            integer.is_none_or(|integer| integer <= MAX_SAFE)
        }
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        _ => true,
    }
}

/// The runtime's function of each format.
pub fn formats() -> BTreeMap<&'static str, String> {
    let all = handfast_codegen::model::Format::ALL.into_iter().map(|format| {
        let mut words = format.name().split('-');
        let first = words.next().unwrap_or_default().to_owned();
        let name = words.fold(first, |name, word| {
            let (initial, rest) = word.split_at(1);
            format!("{name}{}{rest}", initial.to_ascii_uppercase())
        });
        (format.name(), name)
    });
    all.collect()
}
