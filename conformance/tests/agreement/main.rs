//! Printed validators, executed plans and the `jsonschema` crate agree; what is decoded is written back as it was.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod coverage;
mod instances;
mod oracle;
mod payloads;
mod strategies;

use std::path::{Path, PathBuf};

use handfast::{Error, Violations, equal};
use handfast_codegen::model::{SchemaIdx, Side};
use handfast_codegen::plan::Plan;
use handfast_codegen::source::Disk;
use handfast_codegen::{compile, compile_schema};
use handfast_conformance::interpret;
use jsonschema::Validator;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use instances::{near, strange_members};

mod orbit {
    handfast::contract!("../schemas/orbit/asyncapi.yaml", proptest(true));
}

mod builder {
    handfast::contract!("../schemas/builder/asyncapi.yaml", proptest(true));
}

handfast::schema!(pub Everything = "tests/agreement/schemas/everything.schema.json", proptest(true));
handfast::schema!(pub Unions = "tests/agreement/schemas/unions.schema.json", proptest(true));
handfast::schema!(pub Objects = "tests/agreement/schemas/objects.schema.json", proptest(true));
handfast::schema!(pub Arrays = "tests/agreement/schemas/arrays.schema.json", proptest(true));
handfast::schema!(pub Scalars = "tests/agreement/schemas/scalars.schema.json", proptest(true));

/// Its types are called `Error`, `String`, ….
mod odd {
    handfast::schema!(pub Names = "tests/agreement/schemas/names.schema.json", proptest(true));
}

/// One schema in its three forms.
struct Judges<'j> {
    plan: &'j Plan,
    schema: SchemaIdx,
    oracle: Validator,
    /// The violations of the generated validator, and the value that the generated type writes.
    generated: &'j dyn Fn(&Value) -> Result<Value, Error>,
}

impl Judges<'_> {
    #[track_caller]
    fn agree_on(&self, value: &Value) {
        let executed = interpret::violations(self.plan, self.schema, value);
        assert_eq!(executed.is_empty(), self.oracle.is_valid(value), "{value}\n{executed:?}");
        assert_eq!(executed.is_empty(), interpret::is_valid(self.plan, self.schema, value), "{value}");
        match (self.generated)(value) {
            Ok(written) => {
                assert!(executed.is_empty(), "{value} was accepted: {executed:?}");
                assert!(equal(&written, value), "{value} became {written}");
            }
            Err(error) => {
                let violations: Option<&Violations> = error.violations();
                let mut printed: Vec<_> = violations.into_iter().flatten().cloned().collect();
                printed.iter_mut().for_each(|violation| violation.place = None);
                assert_eq!(printed, executed, "{value}");
            }
        }
    }
}

fn check(cases: u32, strategy: impl proptest::strategy::Strategy<Value = Value>, judges: &Judges<'_>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    runner
        .run(&strategy, |value| {
            judges.agree_on(&value);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every event of a contract, near its examples.
fn contract(name: &str, decode: &dyn Fn(Side, &str, &Value) -> Result<Value, Error>) {
    let folder = folder("../schemas").join(name);
    let compiled = compile(&Disk::at(&folder), Path::new("asyncapi.yaml")).unwrap();
    for side in [Side::Server, Side::Client] {
        for event in compiled.contract.direction(side) {
            let event = &compiled.contract[event];
            let schema = event.payload.unwrap();
            let target = &compiled.contract.schemas[compiled.contract.schemas.follow(schema)];
            let examples = target.docs.examples.clone();
            assert!(!examples.is_empty(), "{} has an example", event.name);
            let judges = Judges {
                plan: &compiled.plan,
                schema,
                oracle: oracle::validator(&folder, target.location.document()),
                generated: &|value| decode(side, &event.name, value),
            };
            examples.iter().for_each(|example| assert!(judges.oracle.is_valid(example), "{example}"));
            check(200, near(examples), &judges);
            payloads::check(&compiled.contract.schemas, &judges);
        }
    }
}

#[test]
fn orbit_events() {
    contract("orbit", &|side, name, value| match side {
        Side::Server => orbit::ServerEvent::from_parts(name, value.clone())?.to_value(),
        Side::Client => orbit::ClientEvent::from_parts(name, value.clone())?.to_value(),
    });
}

#[test]
fn builder_events() {
    contract("builder", &|side, name, value| match side {
        Side::Server => builder::ServerEvent::from_parts(name, value.clone())?.to_value(),
        Side::Client => builder::ClientEvent::from_parts(name, value.clone())?.to_value(),
    });
}

#[test]
fn every_keyword() {
    let folder = folder("tests/agreement/schemas");
    let file = "everything.schema.json";
    let compiled = compile_schema(&Disk::at(&folder), Path::new(file)).unwrap();
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let names = document["properties"].as_object().unwrap().keys().cloned().collect();
    let judges = Judges {
        plan: &compiled.plan,
        schema: compiled.root,
        oracle: oracle::validator(&folder, file),
        generated: &|value| Everything::from_slice(value.to_string().as_bytes())?.to_value(),
    };
    judges.agree_on(&json!({ "always": null, "tree": { "left": null, "right": { "left": {} } } }));
    judges.agree_on(
        &json!({ "always": 1, "nullable": null, "exclusive": 1e2, "big": 9_007_199_254_740_993_u64 }),
    );
    judges.agree_on(&json!({ "always": 1, "contains": ["a", "b", 1, "c"], "if": { "a": 1, "b": 2 }, "self": { "always": 1 } }));
    check(20_000, strange_members(names), &judges);
    payloads::check(&compiled.schemas, &judges);
}

/// Every case of one topic: near its examples, and with strange values.
fn topic(file: &str, generated: &dyn Fn(&[u8]) -> Result<Value, Error>) {
    let folder = folder("tests/agreement/schemas");
    let compiled = compile_schema(&Disk::at(&folder), Path::new(file)).unwrap();
    let root = &compiled.schemas[compiled.root];
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let names = document["properties"].as_object().unwrap().keys().cloned().collect();
    let judges = Judges {
        plan: &compiled.plan,
        schema: compiled.root,
        oracle: oracle::validator(&folder, file),
        generated: &|value| generated(value.to_string().as_bytes()),
    };
    let examples = root.docs.examples.clone();
    examples.iter().for_each(|example| assert!(judges.oracle.is_valid(example), "{example}"));
    check(3_000, near(examples), &judges);
    check(3_000, strange_members(names), &judges);
    payloads::check(&compiled.schemas, &judges);
}

#[test]
fn unions() {
    topic("unions.schema.json", &|bytes| Unions::from_slice(bytes)?.to_value());
}

#[test]
fn objects() {
    topic("objects.schema.json", &|bytes| Objects::from_slice(bytes)?.to_value());
}

#[test]
fn arrays() {
    topic("arrays.schema.json", &|bytes| Arrays::from_slice(bytes)?.to_value());
}

#[test]
fn scalars() {
    topic("scalars.schema.json", &|bytes| Scalars::from_slice(bytes)?.to_value());
}

#[test]
fn names() {
    topic("names.schema.json", &|bytes| odd::Names::from_slice(bytes)?.to_value());
}

/// A value that no parser makes, and that would take more stack than there is.
#[test]
fn a_value_that_is_too_deep() {
    // `json!` would follow the value down for each of its levels.
    let above = |below: Value| Value::Object([("left".to_owned(), below)].into_iter().collect());
    let tree = |depth: usize| (0..depth).fold(json!({}), |below, _| above(below));
    let folder = folder("tests/agreement/schemas");
    let compiled = compile_schema(&Disk::at(&folder), Path::new("everything.schema.json")).unwrap();
    for (depth, is_valid) in [(127, true), (3000, false)] {
        let mut value = json!({ "always": 1 });
        value["tree"] = tree(depth);
        assert_eq!(Everything::is_valid(&value), is_valid, "{depth}");
        assert_eq!(interpret::is_valid(&compiled.plan, compiled.root, &value), is_valid, "{depth}");
        let executed = interpret::violations(&compiled.plan, compiled.root, &value);
        let printed = Everything::validate(&value).err();
        let printed: Vec<_> = printed.iter().flatten().cloned().collect();
        assert_eq!(printed, executed);
        assert!(executed.iter().all(|violation| violation.code == "depth"), "{executed:?}");
    }
}
