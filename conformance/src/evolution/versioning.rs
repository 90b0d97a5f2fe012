//! The rule of versions that a contract gives itself: what breaks takes a new name, what is added raises a number.

use handfast_codegen::model::{SchemaBody, SchemaIdx, Schemas, Versioning};
use serde_json::Value;

use super::applied::applied;
use super::pair::Pair;
use super::payload::{Answer, Judgement};
use super::rule::{VERSION_FIELD, VERSION_NAME};
use super::{Finding, Grade, Mode, Revision, SubjectKind};

/// What the contract's rule says to how the payload of an event has changed: `answers` are those of both ways.
/// Ways that `mode` does not ask for may break.
pub fn check(
    pair: &Pair,
    answers: [&Answer; 2],
    old: &Revision,
    new: &Revision,
    mode: Mode,
) -> Option<Finding> {
    let versioning = new.contract()?.rules.versioning.as_ref()?;
    if pair.subject.kind != SubjectKind::Event {
        return None;
    }
    let mut findings = answers.iter().flat_map(|answer| &answer.findings);
    if findings.any(|finding| breaks(finding, mode)) {
        return Some(new_name(pair, versioning, old, new));
    }
    let has_changed = answers.iter().any(|answer| answer.strict != Judgement::Compatible);
    if has_changed { raised(pair, versioning, old, new) } else { None }
}

fn breaks(finding: &Finding, mode: Mode) -> bool {
    finding.grade == Grade::Breaking && finding.way.is_some_and(|way| mode.asks(way))
}

fn new_name(pair: &Pair, versioning: &Versioning, old: &Revision, new: &Revision) -> Finding {
    let subject = &pair.subject;
    let proposed = next_name(&subject.name, versioning, &[old, new]);
    let message =
        format!("{subject} breaks somebody under its old name, and the contract wants a new one for that");
    Finding::new(&VERSION_NAME, subject.clone(), message)
        .old(old.root_place("/x-handfast/versioning/breaking"), "this is the rule")
        .new_at(new.schema_place(pair.new, None), format!("this should be the payload of `{proposed}`"))
        .help(format!("publish it as `{proposed}` beside `{}`; `--fix` writes both", subject.name))
}

/// `task.updated.v2` for `task.updated`, `task.updated.v3` for `task.updated.v2`, unless an event is called so.
pub fn next_name(name: &str, versioning: &Versioning, known: &[&Revision]) -> String {
    let (base, version) = split(name, versioning);
    let is_known = |name: &String| {
        let contracts = known.iter().filter_map(|revision| revision.contract());
        contracts.flat_map(|contract| &contract.events).any(|event| event.name == *name)
    };
    let mut names = (version + 1..).map(|version| format!("{base}{}{version}", versioning.suffix));
    names.find(|name| !is_known(name)).unwrap_or_default()
}

/// The name without its version, and the version: 1 where there is none.
pub fn split<'n>(name: &'n str, versioning: &Versioning) -> (&'n str, u64) {
    let parts = name.rsplit_once(versioning.suffix.as_str());
    let parsed = parts.and_then(|(base, version)| Some((base, version.parse::<u64>().ok()?)));
    parsed.filter(|(base, _)| !base.is_empty()).unwrap_or((name, 1))
}

/// A complaint that the version stands where it was.
fn raised(pair: &Pair, versioning: &Versioning, old: &Revision, new: &Revision) -> Option<Finding> {
    let was = declared(old.schemas(), pair.old, &versioning.field);
    let (field, is) = match declared(new.schemas(), pair.new, &versioning.field) {
        Declared::Version(schema, version) => (schema, Some(version)),
        Declared::Field(schema) => (schema, None),
        // An event without a version has nothing to raise.
        Declared::Nothing => return None,
    };
    let was = match was {
        Declared::Version(_, version) => Some(version),
        Declared::Field(_) | Declared::Nothing => None,
    };
    if is.as_ref().is_some_and(|is| is_raised(was.as_ref(), is)) {
        return None;
    }
    let (subject, pointer) = (&pair.subject, &versioning.field);
    let message = match &is {
        Some(is) => format!("{subject} has changed, and `{pointer}` still says {is}"),
        None => format!(
            "{subject} has changed, and `{pointer}` says by no `default` or `const` which version it is"
        ),
    };
    let key = pointer.rsplit('/').next().unwrap_or_default();
    let next = is.as_ref().and_then(Value::as_u64).map_or(2, |version| version + 1);
    Some(
        Finding::new(&VERSION_FIELD, subject.clone(), message)
            .old(old.root_place("/x-handfast/versioning/field"), "this is the field")
            .new_at(new.schema_place(field, Some("default")), "the version is told here")
            .help(format!("write `\"default\": {next}` beside what `{key}` is in this event")),
    )
}

enum Declared {
    /// The field's schema, and the version it says.
    Version(SchemaIdx, Value),
    /// The field's schema, which says none.
    Field(SchemaIdx),
    /// There is no such field.
    Nothing,
}

/// The version that a payload's schema declares: the constant of the field, else its default, that nearest to the event.
fn declared(schemas: &Schemas, payload: SchemaIdx, field: &str) -> Declared {
    let found = applied(schemas, payload, field);
    let Some(first) = found.first() else { return Declared::Nothing };
    let version = |schema: &SchemaIdx| {
        let constant = match &schemas[*schema].body {
            SchemaBody::Constraints(constraints) => constraints.constant.clone(),
            SchemaBody::Always(_) => None,
        };
        constant.or_else(|| schemas[*schema].docs.default.clone())
    };
    match found.iter().find_map(version) {
        Some(version) => Declared::Version(*first, version),
        None => Declared::Field(*first),
    }
}

fn is_raised(was: Option<&Value>, is: &Value) -> bool {
    match (was.and_then(Value::as_f64), is.as_f64()) {
        (Some(was), Some(is)) => is > was,
        _ => was != Some(is),
    }
}
