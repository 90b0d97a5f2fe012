//! What clients say when they connect, or ask: the query, and the request headers.

use handfast_codegen::model::{Channel, Contract, SchemaBody, SchemaIdx, Side};

use super::super::rule::{
    HEADER_ADDED, HEADER_REMOVED, HEADER_REQUIRED, QUERY_ADDED, QUERY_REMOVED, QUERY_REQUIRED,
};
use super::{Both, Finding, Revision, Rule, Subject};
use crate::evolution::{SubjectKind, Way};

/// A part of what clients say.
pub struct Part {
    kind: SubjectKind,
    /// What one of its parameters is called.
    member: &'static str,
    required: &'static Rule,
    removed: &'static Rule,
    added: &'static Rule,
    /// The schema of the part.
    pub schema: fn(&Channel) -> Option<SchemaIdx>,
    /// Whether the case of names means nothing (RFC 9110, 5.1).
    is_caseless: bool,
}

/// Every part.
pub static PARTS: [Part; 2] = [
    Part {
        kind: SubjectKind::Query,
        member: "parameter",
        required: &QUERY_REQUIRED,
        removed: &QUERY_REMOVED,
        added: &QUERY_ADDED,
        schema: |channel| channel.query,
        is_caseless: false,
    },
    Part {
        kind: SubjectKind::Headers,
        member: "header",
        required: &HEADER_REQUIRED,
        removed: &HEADER_REMOVED,
        added: &HEADER_ADDED,
        schema: |channel| channel.headers,
        is_caseless: true,
    },
];

/// A parameter of the query, or a header.
struct Declared<'c> {
    name: &'c str,
    schema: SchemaIdx,
    is_required: bool,
}

/// Names that come, go, or have to be there. What has a schema on both sides is compared by those, as payloads are.
pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for old in &both.old_contract.channels {
        let Some(new) = both.new_contract.channel(&old.key) else { continue };
        findings.extend(PARTS.iter().flat_map(|part| part.changed(both, [old, new])));
    }
    findings
}

impl Part {
    /// What a finding about it is about.
    pub fn subject(&self, channel: &Channel) -> Subject {
        Subject { kind: self.kind, name: channel.key.clone(), producer: Some(Side::Client) }
    }

    /// Whether two schemas are compared as a whole: not where the same name is written in two ways.
    pub fn is_paired(&self, contracts: [&Contract; 2], schemas: [Option<SchemaIdx>; 2]) -> bool {
        let [old, new] = [0, 1].map(|index| declared(contracts[index], schemas[index]));
        let is_rewritten =
            |one: &Declared<'_>| new.iter().any(|other| self.is_same(one, other) && one.name != other.name);
        schemas.iter().all(Option::is_some) && !old.iter().any(is_rewritten)
    }

    fn is_same(&self, one: &Declared<'_>, other: &Declared<'_>) -> bool {
        one.name == other.name || self.is_caseless && one.name.eq_ignore_ascii_case(other.name)
    }

    fn changed(&self, both: &Both<'_>, channels: [&Channel; 2]) -> Vec<Finding> {
        let contracts = [both.old_contract, both.new_contract];
        let schemas = channels.map(self.schema);
        let [old, new] = [0, 1].map(|index| declared(contracts[index], schemas[index]));
        let is_paired = self.is_paired(contracts, schemas);
        let twin = |all: &'_ [Declared<'_>], one: &Declared<'_>| {
            all.iter().find(|other| self.is_same(one, other)).map(|other| other.is_required)
        };
        let wants = |all: &[Declared<'_>], one: &Declared<'_>| {
            !is_paired && one.is_required && twin(all, one) != Some(true)
        };
        let mut findings = Vec::new();
        for one in &old {
            let told = |rule, what: &str| self.finding(both, channels, rule, one, [true, false], what);
            if wants(&new, one) {
                findings.push(told(self.required, "may be left out by now").way(Way::Forward));
            }
            if twin(&new, one).is_none() {
                findings.push(told(self.removed, "is gone").way(Way::Backward));
            }
        }
        for one in &new {
            let told = |rule, what: &str| self.finding(both, channels, rule, one, [false, true], what);
            if wants(&old, one) {
                findings.push(told(self.required, "has to be there now").way(Way::Backward));
            } else if twin(&old, one).is_none() && !one.is_required {
                findings.push(told(self.added, "is new"));
            }
        }
        findings
    }

    /// A finding about `one`, which stands in the revisions that `stands` says.
    fn finding(
        &self,
        both: &Both<'_>,
        channels: [&Channel; 2],
        rule: &'static Rule,
        one: &Declared<'_>,
        stands: [bool; 2],
        what: &str,
    ) -> Finding {
        let place = |index: usize, revision: &Revision| {
            let whole = (self.schema)(channels[index]);
            let key = handfast_codegen::pointer::pointer_push("/channels", &channels[index].key);
            match (stands[index], whole) {
                (true, _) => (revision.schema_place(one.schema, None), "this is it"),
                (false, Some(whole)) => {
                    (revision.schema_place(whole, Some("properties")), "it is not here, or as good as")
                }
                (false, None) => (revision.root_place(&key), "nothing is said of it"),
            }
        };
        let subject = self.subject(channels[0]);
        let message = format!("{subject}: the {} `{}` {what}", self.member, one.name);
        let ((old, was), (new, is)) = (place(0, both.old), place(1, both.new));
        Finding::new(rule, subject, message).old(old, was).new_at(new, is)
    }
}

/// The members that a schema of a query or of headers names.
fn declared(contract: &Contract, schema: Option<SchemaIdx>) -> Vec<Declared<'_>> {
    let Some(schema) = schema else { return Vec::new() };
    let schemas = &contract.schemas;
    let SchemaBody::Constraints(constraints) = &schemas[schemas.follow(schema)].body else {
        return Vec::new();
    };
    let object = &constraints.object;
    let declared = object.properties.iter().map(|(name, schema)| Declared {
        name,
        schema: *schema,
        is_required: object.required.contains(name),
    });
    declared.collect()
}
