//! New names that were not needed: an event of a new version whose payload, but for the name in it, the old event's consumers read.

use std::path::{Path, PathBuf};

use handfast_codegen::model::{Event, EventIdx, Side as Producer, Versioning};
use handfast_codegen::source::Memory;
use handfast_codegen::{CompiledSchema, Formats, Options};

use super::rule::VERSION_NEEDLESS;
use super::skeleton::with_tokens;
use super::versioning::split;
use super::{Finding, Revision, Settings, Subject, Way};
use crate::compare::{Side, Verdict, flows};

/// The new events that might have kept their old names.
pub fn check(old: &Revision, new: &Revision, settings: &Settings) -> Vec<Finding> {
    let Some(contract) = new.contract() else { return Vec::new() };
    let Some(versioning) = &contract.rules.versioning else { return Vec::new() };
    let mut findings = Vec::new();
    for producer in [Producer::Server, Producer::Client] {
        for event in contract.direction(producer) {
            findings.extend(needless(old, new, versioning, (producer, event), settings));
        }
    }
    findings
}

fn needless(
    old: &Revision,
    new: &Revision,
    versioning: &Versioning,
    (producer, event): (Producer, EventIdx),
    settings: &Settings,
) -> Option<Finding> {
    let (old_contract, event) = (old.contract()?, &new.contract()?[event]);
    let (base, version) = split(&event.name, versioning);
    if version < 2 || old_contract.event(producer, &event.name).is_some() {
        return None;
    }
    let earlier = (2..version).rev().map(|version| format!("{base}{}{version}", versioning.suffix));
    let mut earlier = earlier.chain([base.to_owned()]);
    let (was, name) = earlier.find_map(|name| Some((old_contract.event(producer, &name)?, name)))?;
    let was_payload = old_contract[was].payload?;
    let renamed = under_its_old_name(new, event, &name)?;
    let was = Side { plan: old.plan(), schemas: old.schemas(), schema: was_payload };
    let is = Side { plan: &renamed.plan, schemas: &renamed.schemas, schema: renamed.root };
    let fits = |way: &Way| {
        let (sent, read) = if *way == Way::Backward { (was, is) } else { (is, was) };
        flows(sent, read, settings.reading, &settings.budget) == Verdict::Compatible
    };
    Way::ALL.iter().filter(|way| settings.mode.asks(**way)).all(fits).then(|| {
        let subject = Subject::event(&event.name, producer);
        let message = format!("{subject} would have done as `{name}`: but for the name, nobody breaks");
        Finding::new(&VERSION_NEEDLESS, subject, message)
            .old(old.schema_place(was_payload, None), format!("this was the payload of `{name}`"))
            .new_at(new.location_place(&event.location), "this is the new name")
    })
}

/// The payload of an event, read with the old name wherever its file has the new one.
fn under_its_old_name(new: &Revision, event: &Event, name: &str) -> Option<CompiledSchema> {
    let schemas = new.schemas();
    let location = &schemas[schemas.follow(event.payload?)].location;
    let replaced = [(event.name.clone(), name.to_owned())];
    let mut source = Memory::default();
    for (path, text) in new.named_texts() {
        source = source.with(PathBuf::from(path), text);
    }
    let text = new.file_text(&location.file)?;
    let renamed = if location.pointer().is_empty() {
        with_tokens(text, &replaced)
    } else {
        // Elsewhere in the file, the new name is one of its own.
        let range = new.span(&location.file, location.pointer())?;
        format!(
            "{}{}{}",
            &text[..range.start],
            with_tokens(&text[range.clone()], &replaced),
            &text[range.end..]
        )
    };
    source = source.with(PathBuf::from(&location.file), renamed);
    let selected = format!("{}#{}", location.file, location.pointer());
    let path = if location.pointer().is_empty() { &location.file } else { &selected };
    // In a contract, a format is a promise.
    let options = Options { formats: Formats::Assert, ..Options::default() };
    options.compile_schema(&source, Path::new(path)).ok()
}
