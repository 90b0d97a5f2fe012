//! Promises about values of events: those that never repeat, and those that never decrease.

use std::collections::BTreeSet;

use handfast_codegen::model::{Contract, ValueRule};
use handfast_codegen::pointer::pointer_push;

use super::super::rule::{MONOTONIC, UNIQUE};
use super::{Both, Finding, Subject};
use crate::evolution::{Rule, Way};

/// One promise: the event, the pointer to the value, and that to its key.
type Promise<'c> = (&'c str, &'c str, Option<&'c str>);

/// A kind of promise.
struct Kind {
    rule: &'static Rule,
    key: &'static str,
    rules: fn(&Contract) -> &[ValueRule],
}

static KINDS: &[Kind] = &[
    Kind { rule: &UNIQUE, key: "unique", rules: |contract| &contract.rules.unique },
    Kind { rule: &MONOTONIC, key: "monotonic", rules: |contract| &contract.rules.monotonic },
];

pub fn check(both: &Both<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Kind { rule, key, rules } in KINDS {
        let [old, new] =
            [both.old_contract, both.new_contract].map(|contract| promises(contract, rules(contract)));
        let known = |contract: &Contract, name: &str| contract.events.iter().any(|event| event.name == name);
        let lost = old.difference(&new).filter(|(name, ..)| known(both.new_contract, name));
        findings.extend(lost.map(|promise| finding(both, rule, key, promise, Way::Forward)));
        let gained = new.difference(&old).filter(|(name, ..)| known(both.old_contract, name));
        findings.extend(gained.map(|promise| finding(both, rule, key, promise, Way::Backward)));
    }
    findings
}

/// The promises of a contract, event by event, so that the way in which events are named makes no difference.
fn promises<'c>(contract: &'c Contract, rules: &'c [ValueRule]) -> BTreeSet<Promise<'c>> {
    let events = contract.events.iter().map(|event| event.name.as_str());
    let promised = |name: &'c str| {
        let rules = rules.iter().filter(move |rule| rule.covers(name));
        rules.map(move |rule| (name, rule.value.as_str(), rule.key.as_deref()))
    };
    events.flat_map(promised).collect()
}

fn finding(both: &Both<'_>, rule: &'static Rule, key: &str, promise: &Promise<'_>, way: Way) -> Finding {
    let (name, value, group) = promise;
    let per = group.map_or_else(String::new, |group| format!(" per `{group}`"));
    let promised = match key {
        "unique" => format!("never repeats{per}"),
        _ => format!("never decreases{per}"),
    };
    let message = match way {
        Way::Forward => {
            format!("the old contract says that `{value}` of `{name}` {promised}, and the new one does not")
        }
        Way::Backward => {
            format!("the new contract says that `{value}` of `{name}` {promised}, and the old one does not")
        }
    };
    let pointer = pointer_push("/x-handfast", key);
    let mut subject = Subject::contract(name);
    subject.kind = crate::evolution::SubjectKind::Event;
    both.finding(rule, subject, message, [&pointer, &pointer]).way(way)
}
