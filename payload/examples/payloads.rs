//! Makes valid payloads of schemas, and measures how long that takes: `cargo run --release --example payloads -- JOB.json`.
//!
//! The job is `{ "n", "seconds", "schemas": [{ "schema", "ours" }] }`: so many payloads at most of each schema, or for so many seconds, as
//! JSON Lines into the file that `ours` names. Prints `INDEX SECONDS` for each.

#![expect(clippy::unwrap_used, reason = "an example that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::time::Instant;

use handfast_codegen::compile_schema;
use handfast_codegen::source::Disk;
use handfast_payload::generate::Generator;
use serde_json::Value;

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let job: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    for (index, one) in job["schemas"].as_array().unwrap().iter().enumerate() {
        let schema = Path::new(one["schema"].as_str().unwrap());
        let (made, seconds) = payloads(schema, job["n"].as_u64().unwrap(), job["seconds"].as_f64().unwrap());
        let lines: String = made.iter().map(|payload| format!("{payload}\n")).collect();
        fs::write(one["ours"].as_str().unwrap(), lines).unwrap();
        println!("{index} {seconds}");
    }
}

/// Payloads, and how many seconds they took once the generator was there.
fn payloads(schema: &Path, n: u64, seconds: f64) -> (Vec<Value>, f64) {
    let disk = Disk::at(schema.parent().unwrap());
    let compiled = compile_schema(&disk, Path::new(schema.file_name().unwrap())).unwrap();
    let generator = Generator::new(&compiled.plan, &compiled.schemas, compiled.root).unwrap();
    let began = Instant::now();
    let in_time = (0..n).take_while(|_| began.elapsed().as_secs_f64() < seconds);
    let made = in_time.map(|seed| generator.valid(seed)).collect();
    (made, began.elapsed().as_secs_f64())
}
