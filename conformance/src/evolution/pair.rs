//! What flows between the two sides of a contract, in both revisions: payloads, acknowledgements, queries and headers.

use handfast_codegen::Document;
use handfast_codegen::model::{Answer, Contract, EventIdx, SchemaIdx, Side};

use super::contract::PARTS;
use super::rule::{DOCUMENT_REMOVED, PAYLOAD_DECLARED};
use super::{Finding, Revision, Subject, SubjectKind};

/// One thing that is sent, by both revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What it is.
    pub subject: Subject,
    /// Its schema in the old revision.
    pub old: SchemaIdx,
    /// Its schema in the new one.
    pub new: SchemaIdx,
}

/// Everything that both revisions send, and what can't be paired.
pub fn pairs(old: &Revision, new: &Revision) -> (Vec<Pair>, Vec<Finding>) {
    match (&old.document, &new.document) {
        (Document::Contract(was), Document::Contract(is)) => {
            let mut gathering = Gathering { old, new, pairs: Vec::new(), findings: Vec::new() };
            gathering.contracts(&was.contract, &is.contract);
            (gathering.pairs, gathering.findings)
        }
        (Document::Schema(_), Document::Schema(_)) => schemas(old, new),
        _ => {
            let message =
                format!("{} and {} are not of one kind: a contract and a schema", old.label, new.label);
            let finding = Finding::new(&DOCUMENT_REMOVED, Subject::contract("document"), message)
                .old(old.root_place(""), "this")
                .new_at(new.root_place(""), "became this");
            (Vec::new(), vec![finding])
        }
    }
}

struct Gathering<'r> {
    old: &'r Revision,
    new: &'r Revision,
    pairs: Vec<Pair>,
    findings: Vec<Finding>,
}

impl Gathering<'_> {
    fn contracts(&mut self, was: &Contract, is: &Contract) {
        for side in [Side::Server, Side::Client] {
            for index in was.direction(side) {
                let old = &was[index];
                let Some(found) = is.event(side, &old.name) else { continue };
                let subject = Subject::event(&old.name, side);
                self.payloads(
                    subject,
                    [old.payload, is[found].payload],
                    [&old.location, &is[found].location],
                );
                let acknowledged = |contract: &Contract, event| contract.exchange(event)?.acknowledgement;
                if let (Some(old_answer), Some(new_answer)) =
                    (acknowledged(was, index), acknowledged(is, found))
                {
                    let kind = SubjectKind::Acknowledgement;
                    let subject = Subject { kind, name: old.name.clone(), producer: Some(side.other()) };
                    self.pairs.push(Pair { subject, old: old_answer, new: new_answer });
                }
                self.answers([was, is], [index, found], side);
            }
        }
        for channel in &was.channels {
            let Some(found) = is.channel(&channel.key) else { continue };
            for part in &PARTS {
                let [old, new] = [channel, found].map(part.schema);
                let Some((old, new)) = old.zip(new).filter(|_| part.is_paired([was, is], [old, new])) else {
                    continue;
                };
                self.pairs.push(Pair { subject: part.subject(channel), old, new });
            }
        }
    }

    /// What answers an HTTP request, status by status.
    fn answers(&mut self, contracts: [&Contract; 2], requests: [EventIdx; 2], side: Side) {
        let [old, new] = [0, 1].map(|index| {
            contracts[index].exchange(requests[index]).map_or(&[][..], |exchange| &exchange.answers)
        });
        let name = contracts[0][requests[0]].name.as_str();
        for was in old {
            let is_same = |is: &&Answer| {
                is.status == was.status && contracts[1][is.event].name == contracts[0][was.event].name
            };
            let is = new.iter().find(is_same).and_then(|is| is.payload);
            let Some((old, new)) = was.payload.zip(is) else { continue };
            let kind = SubjectKind::Answer;
            let subject = Subject { kind, name: name.to_owned(), producer: Some(side.other()) };
            self.pairs.push(Pair { subject, old, new });
        }
    }

    fn payloads(
        &mut self,
        subject: Subject,
        payloads: [Option<SchemaIdx>; 2],
        locations: [&handfast_codegen::model::Location; 2],
    ) {
        match payloads {
            [Some(old), Some(new)] => self.pairs.push(Pair { subject, old, new }),
            [None, None] => {}
            [was, _] => {
                let which = if was.is_none() { "old" } else { "new" };
                let message = format!("the {which} contract says nothing of the payload of {subject}");
                let finding = Finding::new(&PAYLOAD_DECLARED, subject, message)
                    .old(self.old.location_place(locations[0]), said(payloads[0]))
                    .new_at(self.new.location_place(locations[1]), said(payloads[1]));
                self.findings.push(finding);
            }
        }
    }
}

fn said(payload: Option<SchemaIdx>) -> &'static str {
    if payload.is_some() { "it has a payload" } else { "it has no payload" }
}

/// The schema itself, or the definitions of documents that hold nothing else.
fn schemas(old: &Revision, new: &Revision) -> (Vec<Pair>, Vec<Finding>) {
    let (Document::Schema(was), Document::Schema(is)) = (&old.document, &new.document) else {
        return (Vec::new(), Vec::new());
    };
    let subject = |name: &str| Subject { kind: SubjectKind::Schema, name: name.to_owned(), producer: None };
    if was.roots.is_empty() && is.roots.is_empty() {
        return (vec![Pair { subject: subject(&new.label), old: was.root, new: is.root }], Vec::new());
    }
    let (mut pairs, mut findings) = (Vec::new(), Vec::new());
    for (name, schema) in &was.roots {
        match is.roots.iter().find(|(known, _)| known == name) {
            Some((_, found)) => pairs.push(Pair { subject: subject(name), old: *schema, new: *found }),
            None => {
                let message = format!("the definition `{name}` is gone");
                let finding = Finding::new(&DOCUMENT_REMOVED, subject(name), message)
                    .old(old.schema_place(*schema, None), "it was here")
                    .new_at(new.root_place(""), "it is not here");
                findings.push(finding);
            }
        }
    }
    (pairs, findings)
}
