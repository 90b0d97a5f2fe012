//! What a client may ask of a stream: to go on where it was, to leave events out, to take events at any time.

use handfast_codegen::model::Side;

use super::super::rule::{FILTER, NOISE, RESUME};
use super::{Both, Finding, Subject};
use crate::evolution::{SubjectKind, Way};

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let [old, new] = [both.old_contract, both.new_contract].map(|contract| &contract.rules);
    let mut findings = Vec::new();
    // Old clients rely on what there was, new ones on what there is.
    if old.resume.is_some() {
        findings.extend(both.differs(&RESUME, "resume", [&old.resume, &new.resume], Way::Forward));
    }
    if new.resume.is_some() {
        findings.extend(both.differs(&RESUME, "resume", [&old.resume, &new.resume], Way::Backward));
    }
    if old.filter.is_some() {
        findings.extend(both.differs(&FILTER, "filter", [&old.filter, &new.filter], Way::Forward));
    }
    if new.filter.is_some() {
        findings.extend(both.differs(&FILTER, "filter", [&old.filter, &new.filter], Way::Backward));
    }
    findings.extend(noise(both));
    findings
}

fn noise(both: &Both<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for side in [Side::Server, Side::Client] {
        let new = both.sent(both.new_contract, side);
        for name in both.sent(both.old_contract, side).into_iter().filter(|name| new.contains(name)) {
            let was = both.old_contract.rules.is_noise(name);
            let (message, way) = match (was, both.new_contract.rules.is_noise(name)) {
                (false, true) => (format!("`{name}` may come at any time now"), Way::Forward),
                (true, false) => (
                    format!("`{name}` comes in its turn now, and old producers send it at any time"),
                    Way::Backward,
                ),
                _ => continue,
            };
            let subject = Subject { kind: SubjectKind::Event, name: name.to_owned(), producer: Some(side) };
            let pointer = "/x-handfast/noise";
            findings.push(both.finding(&NOISE, subject, message, [pointer, pointer]).way(way));
        }
    }
    findings
}
