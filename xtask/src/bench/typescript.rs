//! Printed TypeScript validators against Ajv's standalone code: time and size.

use handfast_codegen::backend::{Backend, typescript::TypeScript};
use handfast_codegen::source::Disk;
use handfast_codegen::{Formats, Options, emit};
use serde_json::{Value, json};

use super::generated::{folder, put};
use super::report::{Figure, Goal, Unit, mean, times};
use super::schemas::{FOLDER, Subject};
use crate::process::{command, output};
use crate::{Outcome, Problem, root};

/// Both sides over the instances of `subjects`, which are sorted by figure.
///
/// # Errors
/// A schema can't be generated, or both sides disagree about an instance.
pub fn measure(subjects: &[Subject], arguments: &[&str]) -> Result<Vec<Figure>, Problem> {
    let job = subjects.chunk_by(|a, b| a.figure == b.figure).map(figure).collect::<Result<Vec<_>, _>>()?;
    let path = folder("typescript").join("job.json");
    put(&path, &Value::from(job).to_string())?;
    let script = root().join(FOLDER).join("template/typescript.mjs");
    let printed = output(command("node", FOLDER, &[]).arg(script).arg(path).args(arguments))?;
    let (mut speed, mut size) = (Vec::new(), Vec::new());
    for line in printed.lines() {
        if let Some((name, bytes)) = line.strip_prefix("size ").and_then(times) {
            let name = format!("typescript-size/{name}");
            size.push(Figure { goal: None, ..Figure::of(name, bytes, Unit::Bytes, Goal::AtMost(0.8)) });
        } else if let Some((name, times)) = times(line) {
            let name = format!("typescript-validators/{name}");
            speed.push(Figure::of(name, times, Unit::Nanoseconds, Goal::AtLeast(0.8)));
        }
    }
    speed.extend(mean("typescript-validators/mean", &speed, Goal::AtLeast(1.0)));
    size.extend(mean("typescript-size/mean", &size, Goal::AtMost(0.8)));
    speed.extend(size);
    Ok(speed)
}

/// What the script is told of the schemas of one figure.
fn figure(subjects: &[Subject]) -> Result<Value, Problem> {
    let schemas = subjects.iter().map(schema).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "figure": subjects.first().map(|subject| subject.figure), "schemas": schemas }))
}

fn schema(subject: &Subject) -> Result<Value, Problem> {
    let folder = folder("typescript").join(subject.figure);
    let file = format!("events/{}.json", subject.name);
    put(&folder.join(&file), &subject.schema.to_string())?;
    let definitions = folder.join("definitions.schema.json");
    if let Some(source) = &subject.definitions {
        put(&definitions, &std::fs::read_to_string(source)?)?;
    }
    let instances = folder.join(format!("{}.instances.json", subject.name));
    put(&instances, &Value::from(subject.instances.clone()).to_string())?;
    generate(&folder, &file, &subject.name)?;
    Ok(json!({
        "file": folder.join(format!("{}.ts", subject.name)),
        "schema": folder.join(&file),
        "definitions": subject.definitions.as_ref().map(|_| definitions),
        "instances": instances,
    }))
}

fn generate(folder: &std::path::Path, file: &str, name: &str) -> Outcome {
    let options = Options { formats: Formats::Assert, ..Options::default() };
    let compiled =
        options.compile_schema(&Disk::at(folder), file.as_ref()).map_err(|problems| problems.to_string())?;
    emit::write(folder, &TypeScript.generate(&compiled.unit(name, "Root", file)))?;
    Ok(())
}
