//! `is_valid` of both sides, over valid instances and over such that are broken in one place.

use std::hint::black_box;

use serde_json::{Value, json};

use crate::measure::compare;

/// One schema, compiled by both sides.
pub struct Schema {
    pub name: &'static str,
    pub ours: fn(&Value) -> bool,
    pub theirs: fn(&Value) -> bool,
    /// A JSON array.
    pub instances: &'static str,
}

/// Validators of one schema with what they are given.
struct Job {
    ours: fn(&Value) -> bool,
    theirs: fn(&Value) -> bool,
    instances: Vec<Value>,
}

/// Compares both sides over the schemas of one figure.
///
/// # Panics
/// They disagree about an instance.
pub fn figure(name: &str, schemas: &[Schema]) {
    let valid: Vec<Job> = schemas.iter().map(valid).collect();
    let broken: Vec<Job> = schemas.iter().zip(&valid).map(|(schema, job)| broken(schema, job)).collect();
    for (name, jobs) in [(name.to_owned(), valid), (format!("{name}/broken"), broken)] {
        let n_instances = jobs.iter().map(|job| job.instances.len()).sum();
        let run = |side: fn(&Job) -> fn(&Value) -> bool| {
            let jobs = &jobs;
            move || {
                for job in jobs {
                    let test = side(job);
                    job.instances.iter().for_each(|instance| {
                        black_box(test(black_box(instance)));
                    });
                }
            }
        };
        compare(&name, n_instances, run(|job| job.ours), run(|job| job.theirs));
    }
}

/// The instances that both sides accept; what only one of them accepts is an error.
fn valid(schema: &Schema) -> Job {
    let mut instances: Vec<Value> = serde_json::from_str(schema.instances).expect("an array");
    instances.iter().for_each(|instance| agree(schema, instance));
    instances.retain(schema.theirs);
    assert!(!instances.is_empty(), "{}: no instance is valid", schema.name);
    Job { ours: schema.ours, theirs: schema.theirs, instances }
}

fn agree(schema: &Schema, instance: &Value) {
    let verdict = (schema.ours)(instance);
    assert_eq!(verdict, (schema.theirs)(instance), "{}: ours and theirs of {instance:.300}", schema.name);
}

/// How many places of an instance are broken, spread over all of them.
const N_BROKEN: usize = 16;

/// For each instance such as differ from it in one value, with which they are not valid any more.
fn broken(schema: &Schema, valid: &Job) -> Job {
    let strange = [json!(null), json!(-1.5), json!("?"), json!(["?"]), json!({ "?": 0 })];
    let of_instance = |instance: &Value| {
        let mut pointers = Vec::new();
        collect(instance, String::new(), &mut pointers);
        let step = pointers.len().div_ceil(N_BROKEN).max(1);
        let broken_at = |pointer: &String| {
            strange.iter().find_map(|value| {
                let mut broken = instance.clone();
                *broken.pointer_mut(pointer)? = value.clone();
                agree(schema, &broken);
                (!(schema.theirs)(&broken)).then_some(broken)
            })
        };
        pointers.iter().step_by(step).filter_map(broken_at).collect::<Vec<_>>()
    };
    let instances = valid.instances.iter().flat_map(of_instance).collect();
    Job { ours: schema.ours, theirs: schema.theirs, instances }
}

/// The pointers of all values below the root.
fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let escaped = |key: &String| key.replace('~', "~0").replace('/', "~1");
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, value)| (escaped(key), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (token, child) in children {
        let pointer = format!("{pointer}/{token}");
        pointers.push(pointer.clone());
        collect(child, pointer, pointers);
    }
}
